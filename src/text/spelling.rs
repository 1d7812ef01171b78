//! Unknown words mended against a list of known ones.
//!
//! Only a word that is neither known to the list nor common English is
//! changed, so a correction never turns one real word into another.

use std::collections::BTreeMap;

use super::english;

/// Shortest word that is mended. Of three letters, half are left after one
/// slip: too little to tell what was meant.
const SHORTEST: usize = 4;

/// From this length on two slips are mended, below it one: the usual bound of
/// search engines (one edit per four letters, two at the most).
const TWO_EDITS_FROM: usize = 8;

/// Shortest half of two words that were typed as one ("babybotox").
const SHORTEST_HALF: usize = 3;

/// Knows a list of words and what a misspelled one was meant to be.
#[derive(Clone, Debug, Default)]
pub struct Speller {
    /// Known words with their letters as a set, in byte order.
    known: Vec<Known>,
    /// Misspellings that are listed by hand; they outrank everything.
    listed: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
struct Known {
    word: String,
    letters: u32,
    length: usize,
    count: usize,
}

/// The set of letters of a word, one bit each: words that differ by `d` edits
/// differ in at most `2d` bits, which rejects nearly all words at the cost of
/// one instruction.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 32))
}

impl Speller {
    /// Makes a speller from the words of the knowledge (each as often as it
    /// occurs: of two equally near words the more frequent wins) and from the
    /// misspellings listed by hand, which may stand for several words.
    pub fn new(
        words: impl IntoIterator<Item = String>,
        listed: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut counts = BTreeMap::<String, usize>::new();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        Self::counted(counts, listed)
    }

    /// Makes a speller from words that are counted already, as
    /// [`Speller::known`] gives them: in byte order, each once.
    pub fn counted(
        words: impl IntoIterator<Item = (String, usize)>,
        listed: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let known = words
            .into_iter()
            .map(|(word, count)| Known { letters: letters(&word), length: word.chars().count(), word, count })
            .collect();
        Self { known, listed: listed.into_iter().collect() }
    }

    /// The known words in byte order, each with how often it occurs.
    pub fn known(&self) -> impl Iterator<Item = (&str, usize)> {
        self.known.iter().map(|k| (k.word.as_str(), k.count))
    }

    /// Whether a folded word is in the list.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.known.binary_search_by(|k| k.word.as_str().cmp(word)).is_ok()
    }

    /// What an unknown folded word was meant to be (words separated by one
    /// blank), or `None` where the word stands as it is.
    #[must_use]
    pub fn correct(&self, word: &str) -> Option<String> {
        if let Some(meant) = self.listed.get(word) {
            return Some(meant.clone());
        }
        let length = word.chars().count();
        if length < SHORTEST
            || word.chars().any(|c| c.is_ascii_digit())
            || self.knows(word)
            || english::contains(word)
        {
            return None;
        }
        self.nearest(word, length, 1)
            .or_else(|| self.split(word))
            .or_else(|| (length >= TWO_EDITS_FROM).then(|| self.nearest(word, length, 2)).flatten())
    }

    /// The known word within `edits` (optimal string alignment: a swap of
    /// neighbours is one edit) of this one. Typists rarely miss the first
    /// letter, so a word with the same one wins over a more frequent one.
    fn nearest(&self, word: &str, length: usize, edits: usize) -> Option<String> {
        let set = letters(word);
        let first = word.chars().next();
        self.known
            .iter()
            .filter(|k| {
                k.length >= SHORTEST
                    && k.length.abs_diff(length) <= edits
                    && (k.letters ^ set).count_ones() as usize <= 2 * edits
                    && strsim::osa_distance(&k.word, word) <= edits
            })
            .max_by_key(|k| (k.word.chars().next() == first, k.count, std::cmp::Reverse(&k.word)))
            .map(|k| k.word.clone())
    }

    /// Two known words that were typed as one.
    fn split(&self, word: &str) -> Option<String> {
        word.char_indices()
            .map(|(at, _)| word.split_at(at))
            .filter(|(a, b)| a.chars().count() >= SHORTEST_HALF && b.chars().count() >= SHORTEST_HALF)
            .find(|(a, b)| self.knows(a) && self.knows(b))
            .map(|(a, b)| format!("{a} {b}"))
    }
}

#[cfg(test)]
mod tests {
    //! Properties: what is known or common English is never changed; every
    //! single slip in a word of five letters or more is mended.
    use super::*;
    use proptest::prelude::*;

    fn speller() -> Speller {
        let words = "botox botox forehead wrinkles units baby swallow breastfeeding frozen chemical";
        Speller::new(words.split(' ').map(String::from), [("btx".to_owned(), "botox".to_owned())])
    }

    #[test]
    fn mends_slips_and_leaves_words_alone() {
        for (given, meant) in [
            ("botux", Some("botox")),
            ("btoox", Some("botox")),
            ("foreheed", Some("forehead")),
            ("wrinkels", Some("wrinkles")),
            ("brestfeding", Some("breastfeeding")),
            ("babybotox", Some("baby botox")),
            ("btx", Some("botox")),
            ("greece", None),
            ("parking", None),
            ("botox", None),
            ("babies", None),
            ("xq", None),
            ("20units", None),
        ] {
            assert_eq!(speller().correct(given).as_deref(), meant, "{given}");
        }
    }

    proptest! {
        #[test]
        fn known_words_are_never_changed(word in "botox|forehead|greece|price|[a-z]{1,12}") {
            if let Some(meant) = speller().correct(&word) {
                prop_assert!(!english::contains(&word) && !speller().knows(&word));
                prop_assert!(meant.split(' ').all(|w| speller().knows(w)));
            }
        }

        #[test]
        fn one_letter_left_out_is_mended(index in 0usize..20, word in "forehead|wrinkles|swallow|chemical") {
            let mut slip = word.clone();
            slip.remove(index % word.len());
            prop_assume!(!english::contains(&slip));
            prop_assert_eq!(speller().correct(&slip).unwrap_or(slip), word);
        }
    }
}
