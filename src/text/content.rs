//! Content: the words of a text that say what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::Utterance;
use super::grammar::{
    is_auxiliary, is_determiner, is_negated_auxiliary, is_opener, is_question_word, is_subject,
    is_subject_with_verb,
};

/// The words of a message that carry its content.
pub fn content(message: &Utterance) -> impl Iterator<Item = &str> {
    message.words().filter(|w| !is_function_word(w))
}

/// The content word that most texts share.
#[must_use]
pub fn commonest(texts: &[Utterance]) -> Option<String> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for text in texts {
        for word in content(text).collect::<BTreeSet<_>>() {
            *counts.entry(word).or_default() += 1;
        }
    }
    let (word, _) = counts.into_iter().max_by_key(|(word, count)| (*count, std::cmp::Reverse(*word)))?;
    Some(word.to_owned())
}

fn is_function_word(word: &str) -> bool {
    is_auxiliary(word)
        || is_negated_auxiliary(word)
        || is_subject(word)
        || is_subject_with_verb(word)
        || is_determiner(word)
        || is_opener(word)
        || is_question_word(word)
        || matches!(
            word,
            "be" | "about"
                | "of"
                | "for"
                | "on"
                | "in"
                | "at"
                | "with"
                | "to"
                | "from"
                | "by"
                | "after"
                | "before"
                | "if"
                | "as"
                | "than"
                | "me"
                | "not"
                | "them"
                | "its"
                | "or"
                | "when"
                | "while"
                | "during"
                | "around"
        )
}
