//! Which content words a clause holds, and whether it holds them as they are
//! or turned into their opposite.
//!
//! "It doesn't last" and "it is not permanent" share no word, but "permanent"
//! turned by "not" is what "temporary" says; signs make that comparable.

use crate::text::Token;
use crate::text::grammar::{
    is_attitude, is_auxiliary, is_determiner, is_doubt, is_negated_auxiliary, is_negator, is_question_word,
    is_refutation, is_subject, is_subject_with_verb,
};

/// The content of a clause with signs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polarity {
    /// The roots of the content words, each with its sign: −1 under an odd
    /// number of negations.
    pub words: Vec<(String, f32)>,
    /// −1 where the clause as a whole is negated.
    pub parity: f32,
}

impl Polarity {
    /// The same content, denied.
    #[must_use]
    pub fn opposite(self) -> Self {
        let words = self.words.into_iter().map(|(word, sign)| (word, -sign)).collect();
        Self { words, parity: -self.parity }
    }
}

/// Reads the content of a clause.
#[must_use]
pub fn read(words: &[Token]) -> Polarity {
    let refuted = (0..words.len()).filter(|at| refutes(words, *at)).count() % 2 == 1;
    let mut sign = if refuted { -1.0 } else { 1.0 };
    let mut content = Vec::with_capacity(words.len());
    for (at, token) in words.iter().enumerate() {
        let word = token.text.as_str();
        let next = words.get(at + 1).map_or("", |t| t.text.as_str());
        if turns(words, at) {
            sign = -sign;
            match word {
                "cant" | "cannot" | "couldnt" | "unable" => content.push(("can".to_owned(), sign)),
                "mustnt" | "shouldnt" | "neednt" => content.push(("must".to_owned(), sign)),
                _ => {}
            }
        } else if let Some(modal) = modal(word, next) {
            content.push((modal.to_owned(), sign));
        } else if refutes(words, at) || is_function_word(word) {
            // Form, not content.
        } else if let Some((root, direction)) = opposite(word) {
            // "A low risk" is none.
            let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
            let lowered = root == "safe" && matches!(opposite(before), Some(("less", _)));
            if lowered {
                content.pop();
            }
            let direction = if lowered { direction * -lessens(before) } else { direction };
            content.push((root.to_owned(), sign * direction));
        } else {
            content.push((root(word), sign));
        }
    }
    Polarity { words: content, parity: sign }
}

/// +1 for a word that lowers what follows, −1 for one that raises it.
fn lessens(word: &str) -> f32 {
    opposite(word).map_or(-1.0, |(_, direction)| direction)
}

/// Whether a word calls the clause untrue. "Lie" does so as a noun alone.
fn refutes(words: &[Token], at: usize) -> bool {
    let word = words[at].text.as_str();
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    match word {
        "lie" | "lies" => matches!(before, "a" | "big" | "are" | "all" | "of" | "total" | "just"),
        _ => is_refutation(word),
    }
}

/// Whether a word turns what follows it.
fn turns(words: &[Token], at: usize) -> bool {
    let (word, rest) = (words[at].text.as_str(), &words[at + 1..]);
    let next = rest.first().map_or("", |t| t.text.as_str());
    let negates = is_negator(word) || is_negated_auxiliary(word);
    // "You can't be suggesting that" denies the saying, not what is said.
    let incredulous = rest.iter().take(SPEECH_WITHIN).any(|t| is_incredulous(&t.text));
    let inert = !is_doubt(word) && (leaves_open(word, rest) || incredulous);
    (negates && !inert)
        || (word == "rather" && next == "than")
        || (word == "instead" && next == "of")
        || ends_too(words, at)
        || (word == "from" && is_within(words, at, HINDERED_WITHIN, is_hindrance))
}

/// Whether a "not" before these words says nothing about what follows: "don't
/// want a frozen face", "don't get why".
fn leaves_open(word: &str, rest: &[Token]) -> bool {
    let next = |at: usize| rest.get(at).map_or("", |t| t.text.as_str());
    match next(0) {
        "get" => is_question_word(next(1)),
        // "It is not like being numb" compares.
        "like" => is_negated_auxiliary(word),
        verb => is_attitude(verb),
    }
}

fn is_within(words: &[Token], at: usize, most: usize, holds: impl Fn(&str) -> bool) -> bool {
    words[at.saturating_sub(most)..at].iter().any(|t| holds(&t.text))
}

/// "Stops your brows from going up": what stands after the "from" is not so.
fn is_hindrance(word: &str) -> bool {
    matches!(word, "stop" | "stops" | "prevent" | "prevents" | "keep" | "keeps" | "protects" | "far" | "away")
}

/// How far before its "from" it may stand.
const HINDERED_WITHIN: usize = 5;

/// How far after its "not" a verb of saying may stand: "can't possibly be
/// suggesting".
const SPEECH_WITHIN: usize = 3;

fn is_incredulous(word: &str) -> bool {
    matches!(word, "suggesting" | "saying" | "telling" | "implying" | "kidding" | "joking")
}

/// The "to" of "too weak to …", which says that it does not; the "for" of
/// "too strong for …" likewise.
fn ends_too(words: &[Token], at: usize) -> bool {
    matches!(words[at].text.as_str(), "to" | "for") && is_within(words, at, TOO_WITHIN, |word| word == "too")
}

/// What may be and what must be are content: "can I", "do I have to".
fn modal(word: &str, next: &str) -> Option<&'static str> {
    match word {
        "can" | "could" | "may" | "able" => Some("can"),
        "must" | "should" | "shall" | "supposed" => Some("must"),
        "have" | "has" | "need" | "needs" | "got" | "ought" if next == "to" => Some("must"),
        _ => None,
    }
}

/// How far before its "to" a "too" may stand: "too small a dose to".
const TOO_WITHIN: usize = 4;

/// Words that carry no content: they are the same in a claim and its denial.
fn is_function_word(word: &str) -> bool {
    is_auxiliary(word)
        || is_negated_auxiliary(word)
        || is_subject(word)
        || is_subject_with_verb(word)
        || (is_determiner(word) && !matches!(word, "all" | "every"))
        || matches!(
            word,
            "be" | "not"
                | "been"
                | "being"
                | "to"
                | "of"
                | "in"
                | "on"
                | "at"
                | "for"
                | "with"
                | "and"
                | "or"
                | "as"
                | "than"
                | "by"
                | "from"
                | "if"
                | "when"
                | "what"
                | "how"
                | "why"
                | "who"
                | "which"
                | "so"
                | "but"
                | "because"
                | "me"
                | "them"
                | "him"
                | "us"
                | "think"
                | "say"
                | "says"
                | "said"
                | "told"
                | "heard"
                | "read"
                | "guess"
                | "sure"
                | "pretty"
                | "really"
                | "actually"
                | "very"
                | "just"
                | "about"
                | "after"
                | "right"
                | "too"
                | "also"
                | "then"
                | "thing"
                | "such"
                | "there"
                | "believe"
                | "thought"
                | "friend"
                | "true"
                | "unlike"
        )
}

/// Words of opposite meaning, as one word with two signs. Comparisons and
/// judgements of everyday English; the words of a subject come with its
/// phrasings.
fn opposite(word: &str) -> Option<(&'static str, f32)> {
    Some(match word {
        "same" | "identical" | "identically" | "equal" | "equals" | "equally" | "equivalent" | "alike"
        | "interchangeable" | "interchangeably" | "similar" => ("same", 1.0),
        "different" | "differ" | "differs" | "differently" | "separate" | "distinct" | "another"
        | "difference" => ("same", -1.0),
        "safe" | "safely" | "fine" | "ok" | "okay" | "alright" | "harmless" | "allowed" | "allright" => {
            ("safe", 1.0)
        }
        "dangerous" | "unsafe" | "harmful" | "risky" | "risk" | "risks" | "hazardous" | "bad" | "danger"
        | "forbidden" | "prohibited" => ("safe", -1.0),
        "legal" | "legally" => ("legal", 1.0),
        "illegal" | "illegally" | "unlawful" => ("legal", -1.0),
        "cheaper" | "cheap" | "cheapest" | "bargain" => ("cheap", 1.0),
        "expensive" | "dearer" | "pricier" | "dear" | "pricey" | "costlier" => ("cheap", -1.0),
        "fewer" | "less" | "lower" | "smaller" | "small" | "low" | "reduced" | "lesser" | "little"
        | "tinier" | "tiny" | "light" | "lighter" => ("less", 1.0),
        "more" | "higher" | "bigger" | "larger" | "greater" | "extra" | "big" | "large" | "high" => {
            ("less", -1.0)
        }
        "permanent" | "permanently" | "forever" | "irreversible" | "lifelong" | "eternal" => {
            ("permanent", 1.0)
        }
        "temporary" | "temporarily" | "reversible" => ("permanent", -1.0),
        "real" | "genuine" | "authentic" => ("real", 1.0),
        "fake" | "counterfeit" => ("real", -1.0),
        "new" | "newer" | "recent" | "recently" | "novel" | "newly" => ("new", 1.0),
        "old" | "older" | "ancient" => ("new", -1.0),
        "strong" | "stronger" => ("strong", 1.0),
        "weak" | "weaker" => ("strong", -1.0),
        "better" | "best" | "superior" | "improve" | "improves" => ("better", 1.0),
        "worse" | "worst" | "inferior" | "worsen" | "worsens" => ("better", -1.0),
        "longer" | "long" | "slower" => ("long", 1.0),
        "shorter" | "short" | "sooner" | "quicker" | "faster" | "quickly" => ("long", -1.0),
        "possible" => ("possible", 1.0),
        "impossible" => ("possible", -1.0),
        "useful" | "effective" | "worthwhile" => ("useful", 1.0),
        "useless" | "pointless" | "ineffective" | "scam" => ("useful", -1.0),
        "natural" | "naturally" => ("natural", 1.0),
        "unnatural" | "artificial" => ("natural", -1.0),
        "necessary" | "required" | "mandatory" => ("necessary", 1.0),
        "unnecessary" | "optional" => ("necessary", -1.0),
        _ => return None,
    })
}

/// A word without its ending: "wears", "wearing" and "wear" are one.
fn root(word: &str) -> String {
    let cut = |suffix: &str, least: usize| word.strip_suffix(suffix).filter(|rest| rest.len() >= least);
    let stem = cut("ing", 3)
        .or_else(|| cut("ies", 3))
        .or_else(|| cut("ed", 3))
        .or_else(|| cut("es", 3))
        .or_else(|| cut("ly", 4))
        .or_else(|| cut("s", 3).filter(|rest| !rest.ends_with('s')))
        .unwrap_or(word);
    let stem = stem.strip_suffix(['e', 'y', 'i']).filter(|rest| rest.len() >= 3).unwrap_or(stem);
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    //! Properties: a "not" turns what follows it, and two turn it back; words
    //! that only look like one turn nothing; opposites share a word.
    use super::*;
    use crate::text::Utterance;

    /// The content words of a clause, those that are turned with a "−".
    fn signed(text: &str) -> String {
        let utterance = Utterance::new(text);
        let mark = |(word, sign): &(String, f32)| if *sign < 0.0 { format!("-{word}") } else { word.clone() };
        read(utterance.tokens()).words.iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_turns_and_what_does_not() {
        for (text, expected) in [
            ("it melts", "melt"),
            ("it never melts", "-melt"),
            ("it doesn't never melt", "melt"),
            ("I won't be unable to swim", "can swim"),
            ("kids don't get that", "kid -get"),
            ("I don't get why it melts", "get melt"),
            ("it is not like snow", "-lik -snow"),
            ("it is too weak to melt", "-strong -melt"),
            ("it stops snow from melting", "stop snow -melt"),
            ("calling it snow is a lie", "-call -snow"),
            ("lie on snow", "lie snow"),
            ("the low risk of snow", "safe snow"),
            ("the high risk of snow", "-safe snow"),
            ("you shouldn't melt it", "-must -melt"),
        ] {
            assert_eq!(signed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_denied_content_is_turned_as_a_whole() {
        let polarity = read(Utterance::new("it never melts snow").tokens()).opposite();
        assert!(polarity.parity > 0.0 && polarity.words.iter().all(|(_, sign)| *sign > 0.0));
    }
}
