//! What one sentence joins: headings in a list ("price, pain, parking"), verbs
//! after one subject ("can I swim and drink wine"), statements ("it is new and
//! it fades"). Whether they are questions of their own only their meaning can
//! tell.

use std::cell::LazyCell;
use std::ops::Range;

use super::clause::{begins_question, clauses, is_parted, openers};
use super::grammar::{
    is_auxiliary, is_determiner, is_negated_auxiliary, is_question_word, is_subject, is_subject_with_verb,
};
use super::{Token, Utterance};

/// One of several things that a sentence joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Its tokens, without the word that joins it.
    pub tokens: Range<usize>,
    /// The tokens of the verb and subject that it shares with the first one:
    /// "can I".
    pub frame: Range<usize>,
}

/// Most words of a heading: "crow's feet price".
const HEADING: usize = 3;

/// The ways to take a range for several things, the finest first, each with its
/// things in order; none where it joins none.
#[must_use]
pub fn joined(utterance: &Utterance, range: Range<usize>) -> Vec<Vec<Joined>> {
    let words = |piece: &Range<usize>| &utterance.tokens()[piece.clone()];
    let finest = pieces(utterance, range.clone(), true);
    if finest.len() > 1 && finest.iter().all(|piece| is_heading(words(piece))) {
        return vec![finest.into_iter().map(|tokens| Joined { tokens, frame: 0..0 }).collect()];
    }
    let by_joints = pieces(utterance, range, false);
    let mut ways = vec![sharing(utterance, &finest)];
    if by_joints != finest {
        ways.push(sharing(utterance, &by_joints));
    }
    ways.retain(|way| way.len() > 1);
    ways
}

/// Pieces that go on as the first one began: statements after a statement, what
/// takes the verb and subject of a question, or anything before a question ("this
/// or that, which is it"). A statement's nouns say one thing together.
fn sharing(utterance: &Utterance, pieces: &[Range<usize>]) -> Vec<Joined> {
    let words = |piece: &Range<usize>| &utterance.tokens()[piece.clone()];
    let [first, others @ ..] = pieces else { return Vec::new() };
    let shared = frame(words(first)).map(|frame| first.start + frame.start..first.start + frame.end);
    let asks_after = LazyCell::new(|| asks_after(utterance, first, pieces));
    let mut joined = vec![Joined { tokens: first.clone(), frame: 0..0 }];
    for piece in others {
        let frame = match (opening(words(piece)), &shared) {
            (Opening::Statement, None) => 0..0,
            (Opening::Phrase, None) if *asks_after => 0..0,
            (Opening::Phrase, Some(shared)) => shared.clone(),
            _ => return Vec::new(),
        };
        joined.push(Joined { tokens: piece.clone(), frame });
    }
    joined
}

/// Whether the first piece is no question, and what comes after it has one or
/// ends with a question mark.
fn asks_after(utterance: &Utterance, first: &Range<usize>, pieces: &[Range<usize>]) -> bool {
    let end = pieces.last().map_or(first.end, |last| last.end);
    let words = |from: usize, to: usize| &utterance.tokens()[from..to];
    let clauses = clauses(utterance);
    let mut later = clauses.iter().filter(|c| (first.end..end).contains(&c.tokens.start));
    !begins_question(words(first.start, first.end))
        && later.any(|c| c.asks || begins_question(words(c.tokens.start, c.tokens.end)))
}

/// The pieces of a range that an "and" holds apart, or also any punctuation.
#[must_use]
pub fn pieces(utterance: &Utterance, range: Range<usize>, by_punctuation: bool) -> Vec<Range<usize>> {
    let tokens = utterance.tokens();
    let is_joint = |at: usize| matches!(tokens[at].text.as_str(), "and" | "n" | "plus" | "or" | "also");
    let mut pieces = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if is_joint(at) || (by_punctuation && at > start && is_parted(utterance, at)) {
            pieces.extend((start < at).then_some(start..at));
            start = if is_joint(at) { at + 1 } else { at };
        }
    }
    pieces.extend((start < range.end).then_some(start..range.end));
    pieces
}

fn is_verb(word: &str) -> bool {
    is_auxiliary(word) || is_negated_auxiliary(word)
}

fn is_heading(words: &[Token]) -> bool {
    let is_clausal = |w: &str| is_verb(w) || is_subject(w) || is_subject_with_verb(w) || is_question_word(w);
    words.len() <= HEADING && !words.iter().any(|t| is_clausal(&t.text))
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
    if begins_question(words) || is_verb(word(0)) {
        Opening::Question
    } else if is_subject_with_verb(word(first)) || (is_subject(word(first)) && words.len() > first + 1) {
        Opening::Statement
    } else {
        Opening::Phrase
    }
}

#[cfg(test)]
mod tests {
    //! Properties: what is joined comes in order and has words.
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        let utterance = Utterance::new(text);
        let words: Vec<&str> = utterance.words().collect();
        let text = |j: Joined| [&words[j.frame], &words[j.tokens]].concat().join(" ");
        joined(&utterance, 0..words.len()).into_iter().next().into_iter().flatten().map(text).collect()
    }

    #[test]
    fn lists_verbs_and_statements_are_joined() {
        for (text, expected) in [
            ("price, pain, parking?", vec!["price", "pain", "parking"]),
            ("can I swim and drink wine", vec!["can i swim", "can i drink wine"]),
            ("can I swim, drink wine, fly?", vec!["can i swim", "can i drink wine", "can i fly"]),
            ("does the gel smell, and sting", vec!["does the gel smell", "does the gel sting"]),
            ("it is new and it fades", vec!["it is new", "it fades"]),
            ("they say it is new and that it fades", vec!["they say it is new", "that it fades"]),
            ("what is it, new or old", vec![]),
            ("this and that, which is it", vec!["this", "that which is it"]),
            ("is it new, is it", vec![]),
            ("I am 30, is it new", vec![]),
            ("the salt and the pepper are fine", vec![]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_joined_is_in_order(text in "([a-z]{1,5}|and|can i|it is|or|[ ,.?!-]){0,40}") {
            let utterance = Utterance::new(&text);
            for way in joined(&utterance, 0..utterance.tokens().len()) {
                prop_assert!(way.len() > 1);
                let mut next = 0;
                for one in way {
                    prop_assert!(one.tokens.start >= next && one.tokens.start < one.tokens.end);
                    prop_assert!(one.frame.end <= one.tokens.start);
                    next = one.tokens.end;
                }
            }
        }
    }
}
