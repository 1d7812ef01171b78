//! Words and pairs of neighbouring words.
//!
//! Does: cut an utterance into the terms whose TF-IDF cosine and classifier weights speak for a label. A word with
//! digits counts as itself and as its shape (`##u` for `20u`): messages hold numbers that no phrasing has. Refuses:
//! to stem or to drop stop words: n-grams see endings, idf sees what is common, and `not` or `how long` matter.

use std::borrow::Cow;

use crate::text::Utterance;

/// Stands for any digit; no word has it.
const DIGIT: char = '#';

/// The words of an utterance, and their shapes.
pub(super) fn words(utterance: &Utterance) -> Vec<Cow<'_, str>> {
    let mut words = Vec::with_capacity(utterance.tokens().len());
    for word in utterance.words() {
        words.push(Cow::Borrowed(word));
        if has_digit(word) {
            words.push(Cow::Owned(shape(word).collect()));
        }
    }
    words
}

/// Two neighbouring words, with a blank between them.
pub(super) fn pairs(utterance: &Utterance) -> Vec<String> {
    utterance.tokens().windows(2).map(|pair| format!("{} {}", pair[0].text, pair[1].text)).collect()
}

/// The characters of a word, with one sign for any digit.
pub(super) fn shape(word: &str) -> impl Iterator<Item = char> {
    word.chars().map(|c| if c.is_ascii_digit() { DIGIT } else { c })
}

/// Whether somebody wrote this, and it is no shape.
pub(super) fn is_written(word: &str) -> bool {
    !word.contains(DIGIT)
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_written, pairs, words};
    use crate::text::Utterance;

    #[test]
    fn words_shapes_and_pairs() {
        let utterance = Utterance::new("How long do 20u last?");
        assert_eq!(words(&utterance), ["how", "long", "do", "20u", "##u", "last"]);
        assert_eq!(pairs(&utterance), ["how long", "long do", "do 20u", "20u last"]);
        assert!(pairs(&Utterance::new("hi")).is_empty());
        assert!(is_written("20u") && !is_written("##u"));
    }
}
