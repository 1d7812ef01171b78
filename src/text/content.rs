//! Content: the words of a text that say what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::Utterance;
use super::grammar::is_frame;

/// The words of a message that carry its content.
pub fn content(message: &Utterance) -> impl Iterator<Item = &str> {
    message.words().filter(|w| !is_function_word(w))
}

/// How many of some texts have each word.
#[must_use]
pub fn frequencies(texts: &[Utterance]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        for word in text.words().collect::<BTreeSet<_>>() {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// The content word that most texts share.
#[must_use]
pub fn commonest(texts: &[Utterance]) -> Option<String> {
    let counts = frequencies(texts).into_iter().filter(|(word, _)| !is_function_word(word));
    let (word, _) = counts.max_by_key(|(word, count)| (*count, std::cmp::Reverse(*word)))?;
    Some(word.to_owned())
}

fn is_function_word(word: &str) -> bool {
    is_frame(word)
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
