//! Which content words a clause holds, and whether it holds them as they are
//! or turned into their opposite.
//!
//! "It doesn't last" and "it is not permanent" share no word, but "permanent"
//! turned by "not" is what "temporary" says; signs make that comparable.

use crate::text::Token;
use crate::text::grammar::{
    is_attitude, is_auxiliary, is_determiner, is_doubt, is_negated_auxiliary, is_negator, is_refutation,
    is_subject, is_subject_with_verb,
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

/// Reads the content of a clause.
#[must_use]
pub fn read(words: &[Token]) -> Polarity {
    let refuted = words.iter().filter(|t| is_refutation(&t.text)).count() % 2 == 1;
    let mut sign = if refuted { -1.0 } else { 1.0 };
    let mut content = Vec::with_capacity(words.len());
    for (at, token) in words.iter().enumerate() {
        let word = token.text.as_str();
        let rest = &words[at + 1..];
        let next = rest.first().map_or("", |t| t.text.as_str());
        if turns(word, rest) || ends_too(words, at) {
            sign = -sign;
            if matches!(word, "cant" | "cannot" | "couldnt") {
                content.push(("can".to_owned(), sign));
            }
        } else if let Some(modal) = modal(word, next) {
            content.push((modal.to_owned(), sign));
        } else if is_refutation(word) || is_function_word(word) {
            // Form, not content.
        } else if let Some((root, direction)) = opposite(word) {
            content.push((root.to_owned(), sign * direction));
        } else {
            content.push((root(word), sign));
        }
    }
    Polarity { words: content, parity: sign }
}

/// Whether a word turns what follows it.
fn turns(word: &str, rest: &[Token]) -> bool {
    let next = rest.first().map_or("", |t| t.text.as_str());
    let negates = is_negator(word) || is_negated_auxiliary(word);
    // "You can't be suggesting that" denies the saying, not what is said.
    let incredulous = rest.iter().take(SPEECH_WITHIN).any(|t| is_incredulous(&t.text));
    let inert = !is_doubt(word) && (is_attitude(next) || incredulous);
    (negates && !inert) || (word == "rather" && next == "than") || (word == "instead" && next == "of")
}

/// How far after its "not" a verb of saying may stand: "can't possibly be
/// suggesting".
const SPEECH_WITHIN: usize = 3;

fn is_incredulous(word: &str) -> bool {
    matches!(word, "suggesting" | "saying" | "telling" | "implying" | "kidding" | "joking")
}

/// The "to" of "too weak to …", which says that it does not.
fn ends_too(words: &[Token], at: usize) -> bool {
    words[at].text == "to" && words[at.saturating_sub(TOO_WITHIN)..at].iter().any(|t| t.text == "too")
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
        || is_subject(word)
        || is_subject_with_verb(word)
        || (is_determiner(word) && !matches!(word, "all" | "every"))
        || matches!(
            word,
            "be" | "been"
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
        "possible" | "able" => ("possible", 1.0),
        "impossible" | "unable" => ("possible", -1.0),
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
