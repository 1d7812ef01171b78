//! Where a message may be cut into its questions: between clauses, at words
//! that join and at punctuation. Whether a cut makes sense only meaning can
//! tell; here are the signs that the form gives.

use std::ops::Range;

use super::clause::{Clause, begins_question, clauses, gap, is_broken, is_indirect_question, openers};
use super::grammar::{
    is_auxiliary, is_determiner, is_negated_auxiliary, is_question_word, is_subject, is_subject_with_verb,
};
use super::{Token, Utterance};

/// A place between two words where one question may end and another begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The token that it stands before.
    pub at: usize,
    /// The first token after it that does not only join ("and").
    pub after: usize,
    /// The tokens of the verb and subject that the words after it share with
    /// words before it: "can I" in "can I swim, drink wine"; may be empty.
    pub frame: Range<usize>,
    /// What speaks for it or against it.
    pub signs: Signs,
}

/// What the form says about a cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "signs are there or not, in any combination")]
pub struct Signs {
    /// A question begins or ends here, by the order of its words.
    pub question: bool,
    /// A question mark stands before it.
    pub asked: bool,
    /// A comma, a dash, a bracket or the like.
    pub broken: bool,
    /// "&" or "+".
    pub added: bool,
    /// "And" follows.
    pub and: bool,
    /// "Also" follows.
    pub also: bool,
    /// "Whether" follows.
    pub whether: bool,
}

/// The places where a message may be cut, in order.
#[must_use]
pub fn cuts(utterance: &Utterance) -> Vec<Cut> {
    let tokens = utterance.tokens();
    let clauses = clauses(utterance);
    let (begins, ends) = questions(utterance, &clauses);
    let is_cut = |at: &usize| {
        is_joint(&tokens[*at].text)
            || is_broken(utterance, *at)
            || gap(utterance, *at).contains(['?', '!', '.', '&', '+', '\n'])
            || clauses.iter().any(|c| c.tokens.start == *at)
    };
    let mut frame = frame(tokens);
    let mut cuts = Vec::new();
    for at in (1..tokens.len()).filter(is_cut) {
        let joints = tokens[at..].iter().take_while(|t| is_joint(&t.text)).count();
        let after = at + joints.min(tokens.len() - at - 1);
        let gap = gap(utterance, at);
        let joined =
            |words: &[&str]| tokens[at..at + joints].iter().any(|t| words.contains(&t.text.as_str()));
        let signs = Signs {
            question: begins.contains(&at) || ends.contains(&at),
            asked: gap.contains('?'),
            broken: is_broken(utterance, at),
            added: gap.contains(['&', '+']),
            and: joined(&["and", "n", "plus"]),
            also: joined(&["also", "plus"]),
            whether: tokens[after..].iter().take(2).any(|t| t.text == "whether"),
        };
        let words = &tokens[after..];
        match opening(words) {
            Opening::Question => frame = self::frame(words).map(|f| after + f.start..after + f.end),
            Opening::Statement => frame = None,
            Opening::Phrase if joints == 0 && gap.contains(['?', '.', '!', '\n']) => frame = None,
            Opening::Phrase => {}
        }
        // A question's own verb and subject are no frame for itself.
        let shared = frame.clone().filter(|f| f.end <= at).unwrap_or(0..0);
        cuts.push(Cut { at, after, frame: shared, signs });
    }
    cuts
}

/// Whether a word joins what follows to what stands before.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "n" | "plus" | "or" | "also" | "then")
}

/// Where the questions of a message begin, and where they end, by the order of
/// their words.
fn questions(utterance: &Utterance, clauses: &[Clause]) -> (Vec<usize>, Vec<usize>) {
    let mut begins = Vec::new();
    let mut ends = Vec::new();
    let mut rest = clauses;
    while !rest.is_empty() {
        let length = 1 + rest[1..].iter().position(|c| c.opens).unwrap_or(rest.len() - 1);
        let (sentence, after) = rest.split_at(length);
        rest = after;
        let heads = heads(utterance, sentence);
        ends.extend(sentence.last().filter(|_| !heads.is_empty()).map(|c| c.tokens.end));
        begins.extend(heads);
    }
    (begins, ends)
}

/// Where the questions of one sentence begin; what stands before the first one
/// belongs to it ("if I stop, will it come back").
fn heads(utterance: &Utterance, sentence: &[Clause]) -> Vec<usize> {
    let asks = sentence.last().is_some_and(|c| c.asks);
    let start = sentence.first().map_or(0, |c| c.tokens.start);
    // "My sister did it last year" tells: what follows at once is what she did.
    let owned = |at: usize| matches!(utterance.tokens()[at].text.as_str(), "my" | "her" | "his" | "our");
    let tells = |c: &Clause| !asks && (start + 1..=start + 2).contains(&c.tokens.start) && owned(start);
    let mut heads: Vec<usize> = sentence
        .iter()
        .filter(|c| !tells(c))
        .filter(|c| is_head(&utterance.tokens()[c.tokens.clone()], c.tokens.start == start, asks))
        .map(|c| c.tokens.start)
        .collect();
    if heads.is_empty() && asks {
        heads.push(start);
    }
    if let Some(first) = heads.first_mut() {
        *first = start;
    }
    heads
}

/// Whether a clause is a question of its own: no tag, no alternative, no
/// subordinate clause, no relative clause.
fn is_head(words: &[Token], opens: bool, asks: bool) -> bool {
    let skipped = openers(words);
    let word = |at: usize| words.get(skipped + at).map_or("", |t: &Token| t.text.as_str());
    // "Tell me what it is. Also whether it hurts."
    if is_indirect_question(words) {
        return true;
    }
    if words[0].text == "or" || !begins_question(words) {
        return false;
    }
    let is_verb = |w: &str| is_auxiliary(w) || is_negated_auxiliary(w);
    let is_named = |w: &str| is_subject(w) || is_subject_with_verb(w);
    match word(0) {
        "when" | "where" if is_named(word(1)) => false,
        "who" | "which" | "whose" | "whom" => opens || asks || skipped > 0,
        first if is_question_word(first) => true,
        first if is_verb(first) => !is_named(word(1)) || !is_tag(&words[skipped + 2..]),
        _ => false,
    }
}

/// Whether a verb and a pronoun with these words after them only end another
/// question: "…, isn't it", "…, is that true".
fn is_tag(rest: &[Token]) -> bool {
    match rest {
        [] => true,
        [word] => matches!(
            word.text.as_str(),
            "true" | "right" | "so" | "correct" | "real" | "accurate" | "though" | "tho"
        ),
        _ => false,
    }
}

/// The verb and the subject that open a question: "can I", "does the gel".
fn frame(words: &[Token]) -> Option<Range<usize>> {
    let start = openers(words);
    let [verb, subject, rest @ ..] = &words[start..] else { return None };
    let length = if is_determiner(&subject.text) { 3 } else { 2 };
    (is_auxiliary(&verb.text) && rest.len() + 2 > length).then_some(start..start + length)
}

/// How a piece begins.
enum Opening {
    /// With a subject of its own: "it fades", "that it fades".
    Statement,
    /// Without verb and subject: "drink wine".
    Phrase,
    /// A question, or what only goes with one ("is it").
    Question,
}

fn opening(words: &[Token]) -> Opening {
    let word = |at: usize| words.get(at).map_or("", |t| t.text.as_str());
    let first = usize::from(word(0) == "that" && is_subject(word(1)));
    if begins_question(words) || is_auxiliary(word(0)) || is_negated_auxiliary(word(0)) {
        Opening::Question
    } else if is_subject_with_verb(word(first)) || (is_subject(word(first)) && words.len() > first + 1) {
        Opening::Statement
    } else {
        Opening::Phrase
    }
}

#[cfg(test)]
mod tests {
    //! Properties: cuts come in order, each with words before and after it, and its frame stands before it.
    use super::*;
    use proptest::prelude::*;

    /// The words after each cut up to the next one, with their frame; "|" before those that begin or follow a question.
    fn after_cuts(text: &str) -> Vec<String> {
        let utterance = Utterance::new(text);
        let words: Vec<&str> = utterance.words().collect();
        let cuts = cuts(&utterance);
        let ends = cuts.iter().skip(1).map(|cut| cut.at).chain(std::iter::once(words.len()));
        let text = |(cut, end): (&Cut, usize)| {
            let sign = if cut.signs.question { "|" } else { "" };
            format!("{sign}{}", [&words[cut.frame.clone()], &words[cut.after..end]].concat().join(" "))
        };
        cuts.iter().zip(ends).map(text).collect()
    }

    #[test]
    fn a_message_may_be_cut_between_clauses_and_at_joints() {
        for (text, expected) in [
            ("What does it cost and how soon does it show?", vec!["|how soon does it show"]),
            ("is it safe, is it new", vec!["|is it new"]),
            (
                "I am 31. My sister did it last year. Does it hurt?",
                vec!["my sister", "did it last year", "|does it hurt"],
            ),
            ("it is new, isn't it?", vec!["isnt it"]),
            ("will it help or do I need more", vec!["do i need more"]),
            ("if I stop, will it come back", vec!["will it come back"]),
            ("when I stop, does it come back", vec!["does it come back"]),
            ("how far is it how long does it take", vec!["|how long does it take"]),
            ("wondering if it is far and is it new", vec!["|is it new"]),
            ("Tell me where it is. Also whether it is far.", vec!["|whether it is far"]),
            ("can I swim, drink wine, and fly?", vec!["can i drink wine", "can i fly"]),
            ("Can I swim? And drink wine?", vec!["|can i drink wine"]),
            ("Can I swim? I am 30, thanks", vec!["|i am 30", "thanks"]),
            ("does the gel smell and sting", vec!["does the gel sting"]),
            ("price, pain & parking", vec!["pain", "parking"]),
            ("where is it", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(after_cuts(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn cuts_are_in_order(text in "([a-z]{1,5}|and|also|can i|is it|why|or|[ ,.?!&-]){0,60}") {
            let utterance = Utterance::new(&text);
            let mut last = 0;
            for cut in cuts(&utterance) {
                prop_assert!(last < cut.at && cut.at <= cut.after && cut.after < utterance.tokens().len());
                prop_assert!(cut.frame.end <= cut.at);
                last = cut.at;
            }
        }
    }
}
