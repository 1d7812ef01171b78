//! The questions of a message, each with the words that lead up to it.

use std::ops::Range;

use super::clause::{Clause, begins_question, clauses, is_indirect_question, openers};
use super::grammar::{
    is_auxiliary, is_negated_auxiliary, is_question_word, is_subject, is_subject_with_verb,
};
use super::{Token, Utterance};

/// One question of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The tokens of the question itself.
    pub core: Range<usize>,
    /// The tokens from the story that leads up to it to its end; the same as
    /// `core` where there is none.
    pub story: Range<usize>,
}

/// The questions of a message, in order; a message without one is one part.
///
/// A sentence that only tells something belongs to the question after it, or,
/// at the end of the message, to the one before.
#[must_use]
pub fn parts(utterance: &Utterance) -> Vec<Part> {
    let clauses = clauses(utterance);
    let mut parts: Vec<Part> = Vec::new();
    // Where the words begin that no question has taken yet.
    let mut told_from = 0;
    let mut rest = clauses.as_slice();
    while !rest.is_empty() {
        let length = 1 + rest[1..].iter().position(|c| c.opens).unwrap_or(rest.len() - 1);
        let (sentence, after) = rest.split_at(length);
        rest = after;
        for core in questions(utterance, sentence) {
            parts.push(Part { story: told_from..core.end, core: core.clone() });
            told_from = core.end;
        }
    }
    for part in parts.iter_mut().skip(1) {
        part.core.start += joints(&utterance.tokens()[part.core.clone()]);
    }
    for part in &mut parts {
        if is_check(&utterance.tokens()[part.core.clone()]) {
            part.core = part.story.clone();
        }
    }
    let end = utterance.tokens().len();
    match parts.last_mut() {
        Some(last) => last.story.end = end,
        None if end > 0 => parts.push(Part { core: 0..end, story: 0..end }),
        None => {}
    }
    parts
}

/// Whether a question asks no more than whether what was told is so: "true?",
/// "is she right?"
fn is_check(words: &[Token]) -> bool {
    let words = &words[openers(words).min(words.len() - 1)..];
    let is_frame = |w: &str| is_auxiliary(w) || is_negated_auxiliary(w) || is_subject(w) || w == "a";
    words.iter().any(|t| is_checked(&t.text))
        && words.iter().all(|t| is_frame(&t.text) || is_checked(&t.text))
}

fn is_checked(word: &str) -> bool {
    matches!(
        word,
        "true" | "right" | "so" | "correct" | "real" | "accurate" | "legit" | "thoughts" | "wrong" | "myth"
    )
}

/// How many words at the beginning only join a question to the one before.
fn joints(words: &[Token]) -> usize {
    let joint = |t: &&Token| matches!(t.text.as_str(), "and" | "also" | "plus" | "then" | "n");
    words.iter().take_while(joint).count().min(words.len() - 1)
}

/// The questions of one sentence; what stands before the first one in the
/// sentence belongs to it ("if I stop, will it come back").
fn questions(utterance: &Utterance, sentence: &[Clause]) -> Vec<Range<usize>> {
    let asks = sentence.last().is_some_and(|c| c.asks);
    let start = sentence.first().map_or(0, |c| c.tokens.start);
    let end = sentence.last().map_or(0, |c| c.tokens.end);
    // "My sister did it last year" tells: what follows at once is what she did.
    let owned = |at: usize| matches!(utterance.tokens()[at].text.as_str(), "my" | "her" | "his" | "our");
    let tells = |c: &Clause| !asks && (start + 1..=start + 2).contains(&c.tokens.start) && owned(start);
    let mut heads: Vec<usize> = sentence
        .iter()
        .filter(|c| !tells(c))
        .filter(|c| is_head(&utterance.tokens()[c.tokens.clone()], c.tokens.start == start, asks))
        .map(|c| c.tokens.start)
        .collect();
    if heads.is_empty() {
        return if asks { std::iter::once(start..end).collect() } else { Vec::new() };
    }
    heads[0] = start;
    let ends = heads.iter().skip(1).copied().chain(std::iter::once(end));
    heads.iter().copied().zip(ends).map(|(from, to)| from..to).collect()
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

#[cfg(test)]
mod tests {
    //! Properties: parts come in order and do not overlap; every part has
    //! words; a message with words has a part.
    use super::*;
    use proptest::prelude::*;

    fn cores(text: &str) -> Vec<String> {
        let utterance = Utterance::new(text);
        let words: Vec<&str> = utterance.words().collect();
        parts(&utterance).iter().map(|p| words[p.core.clone()].join(" ")).collect()
    }

    #[test]
    fn a_message_is_split_into_its_questions() {
        for (text, expected) in [
            (
                "What does it cost and how soon does it show?",
                vec!["what does it cost", "how soon does it show"],
            ),
            ("is it safe, is it new", vec!["is it safe", "is it new"]),
            ("Is it safe? Any downsides?", vec!["is it safe", "any downsides"]),
            ("I am 31. My sister did it last year. Does it hurt?", vec!["does it hurt"]),
            ("it is new, isn't it?", vec!["it is new isnt it"]),
            ("will it help or do I need more", vec!["will it help or do i need more"]),
            ("if I stop, will it come back", vec!["if i stop will it come back"]),
            ("when I stop, does it come back", vec!["when i stop does it come back"]),
            ("salt and pepper are fine", vec!["salt and pepper are fine"]),
            ("where do you park, also can I pay by card", vec!["where do you park", "can i pay by card"]),
            ("the doctor, who is new, was kind", vec!["the doctor who is new was kind"]),
            ("is a bus near, n how far is it", vec!["is a bus near", "how far is it"]),
            ("how far is it how long does it take", vec!["how far is it", "how long does it take"]),
            ("They say it is new. True?", vec!["they say it is new true"]),
            (
                "roughly how far is it, and would I get lost",
                vec!["roughly how far is it", "would i get lost"],
            ),
            (
                "Tell me where it is. Also whether it is far.",
                vec!["tell me where it is", "whether it is far"],
            ),
            ("wondering if it is far and is it new", vec!["wondering if it is far", "is it new"]),
            (
                "I'd like to know if it is far and she would like to know what it costs",
                vec!["id like to know if it is far", "she would like to know what it costs"],
            ),
        ] {
            assert_eq!(cores(text), expected, "{text}");
        }
    }

    #[test]
    fn the_story_before_a_question_belongs_to_it() {
        let utterance = Utterance::new("I am new here. How much is it? Does it hurt? Just asking.");
        let parts = parts(&utterance);
        assert_eq!(parts.iter().map(|p| p.story.clone()).collect::<Vec<_>>(), [0..8, 8..13]);
        assert_eq!(parts.iter().map(|p| p.core.clone()).collect::<Vec<_>>(), [4..8, 8..11]);
    }

    proptest! {
        #[test]
        fn parts_are_in_order_and_have_words(text in "([a-z]{1,5}|and|is it|why|but|[ ,.?!-]){0,60}") {
            let utterance = Utterance::new(&text);
            let parts = parts(&utterance);
            prop_assert_eq!(parts.is_empty(), utterance.tokens().is_empty());
            let mut next = 0;
            for part in parts {
                prop_assert!(part.story.start >= next && part.core.start >= part.story.start);
                prop_assert!(part.core.start < part.core.end && part.core.end <= part.story.end);
                next = part.core.end;
            }
        }
    }
}
