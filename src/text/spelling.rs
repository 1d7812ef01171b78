//! Unknown words mended against a list of known ones.
//!
//! Only a word that is neither known to the list nor common English is
//! changed, so a correction never turns one real word into another. What was meant
//! is a known word that is one slip away, or that sounds the same ("forhed").

use std::collections::{BTreeMap, BTreeSet};

use super::english;

/// Shortest word that is mended. Of three letters, half are left after one
/// slip: too little to tell what was meant.
const SHORTEST: usize = 4;

/// From this length on two slips are mended, below it one: the usual bound of
/// search engines (one edit per four letters, two at the most).
const TWO_EDITS_FROM: usize = 8;

/// How many edits more a word may be away that sounds the same: "forhed".
const SOUND_EDITS: usize = 1;

/// A word of the list that is no English is a misspelling itself where another, one slip
/// away, is so many times as frequent: hardly any word is misspelled more often than one
/// time in twenty ...
const MISSPELT: usize = 20;

/// ... and has as many letters: brands and short forms ("tret") are near to words.
const SHORTEST_MISSPELT: usize = 6;

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

impl Known {
    fn new(word: String, count: usize) -> Self {
        Self { letters: letters(&word), length: word.chars().count(), word, count }
    }

    /// Whether the letters of another word are some of this one's, in their order.
    fn has_all_of(&self, other: &Self) -> bool {
        let mut letters = self.word.chars();
        other.word.chars().all(|letter| letters.any(|own| own == letter))
    }

    /// By how many edits two words differ (optimal string alignment: a swap of neighbours
    /// is one), if by `most` at most.
    fn distance(&self, other: &Self, most: usize) -> Option<usize> {
        let may_be_near = self.length.abs_diff(other.length) <= most
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * most;
        may_be_near.then(|| strsim::osa_distance(&self.word, &other.word)).filter(|edits| *edits <= most)
    }
}

/// The set of letters of a word, one bit each: words that differ by `d` edits
/// differ in at most `2d` bits, which rejects nearly all words at the cost of
/// one instruction.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 32))
}

/// How a word sounds, roughly: its first letter and the consonants after it, each once
/// of several in a row, those that sound alike as one. People who write by ear miss
/// vowels and silent letters most.
fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let before = if at > 0 { letters[at - 1] } else { ' ' };
        let heard = match letter {
            _ if at == 0 => Some(letter),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => None,
            // "Sh", "ch" and "th" sound otherwise than without it.
            'h' => matches!(before, 's' | 'c' | 't').then_some('h'),
            'c' if matches!(next, 'e' | 'i' | 'y') => Some('s'),
            'c' | 'q' if next != 'h' => Some('k'),
            'g' if matches!(next, 'e' | 'i' | 'y') => Some('j'),
            // Silent: "eight", "sign"; "watch" is heard as "wach".
            'g' if matches!(next, 'h' | 'n') => None,
            't' if next == 'c' => None,
            'p' if next == 'h' => Some('f'),
            'z' => Some('s'),
            other => Some(other),
        };
        if let Some(heard) = heard.filter(|heard| !sound.ends_with(*heard)) {
            sound.push(heard);
        }
    }
    sound
}

impl Speller {
    /// Makes a speller from the words of the knowledge (each as often as it
    /// occurs: of two equally near words the more frequent wins), of which some are
    /// `sure` to be right, and from the misspellings listed by hand, which may stand
    /// for several words.
    pub fn new(
        words: impl IntoIterator<Item = String>,
        sure: impl IntoIterator<Item = String>,
        listed: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut counts = BTreeMap::<String, usize>::new();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        let mut certain = BTreeSet::new();
        for word in sure {
            *counts.entry(word.clone()).or_default() += 1;
            certain.insert(word);
        }
        let all = Self::counted(counts, listed);
        let is_right = |k: &&Known| certain.contains(&k.word) || !all.is_misspelt(k);
        Self { known: all.known.iter().filter(is_right).cloned().collect(), listed: all.listed.clone() }
    }

    /// Whether a word of the list is a slip in another one.
    fn is_misspelt(&self, word: &Known) -> bool {
        word.length >= SHORTEST_MISSPELT
            && !english::contains(&word.word)
            && self.known.iter().any(|k| k.count >= MISSPELT * word.count && k.distance(word, 1).is_some())
    }

    /// Makes a speller from words that are counted already, as
    /// [`Speller::known`] gives them: in byte order, each once.
    pub fn counted(
        words: impl IntoIterator<Item = (String, usize)>,
        listed: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let known = words.into_iter().map(|(word, count)| Known::new(word, count)).collect();
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
        let written = Known::new(word.to_owned(), 0);
        if written.length < SHORTEST
            || word.chars().any(|c| c.is_ascii_digit())
            || self.knows(word)
            || english::contains(word)
        {
            return None;
        }
        let is_long = written.length >= TWO_EDITS_FROM;
        self.nearest(&written, 1)
            .or_else(|| self.split(word))
            .or_else(|| is_long.then(|| self.nearest(&written, 2)).flatten())
    }

    /// The known word within `edits` of this one, or that sounds the same and is not much
    /// further. A letter left out, a swap or the wrong vowel is likelier than a wrong
    /// consonant, and a wrong first letter is rare, whichever word is more frequent.
    fn nearest(&self, written: &Known, edits: usize) -> Option<String> {
        let heard = sound(&written.word);
        let first = written.word.chars().next();
        let mut best = None;
        for known in self.known.iter().filter(|k| k.length >= SHORTEST) {
            let Some(distance) = known.distance(written, edits + SOUND_EDITS) else { continue };
            let is_near = distance <= edits;
            let is_heard = sound(&known.word) == heard;
            if !is_near && !is_heard {
                continue;
            }
            let left_out = known.has_all_of(written) || known.letters == written.letters;
            let likeness = (
                known.word.chars().next() == first,
                is_heard || (is_near && left_out),
                is_near,
                known.count,
                std::cmp::Reverse(&known.word),
            );
            best = best.max(Some((likeness, &known.word)));
        }
        best.map(|(_, word)| word.clone())
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
        let words = "botox botox forehead wrinkles units baby swallow breastfeeding frozen chemical \
                     watered safe said said amount about about monthly mostly mostly";
        Speller::new(words.split(' ').map(String::from), [], [("btx".to_owned(), "botox".to_owned())])
    }

    #[test]
    fn mends_slips_and_leaves_words_alone() {
        for (given, meant) in [
            ("botux", Some("botox")),
            ("btoox", Some("botox")),
            ("foreheed", Some("forehead")),
            ("wrinkels", Some("wrinkles")),
            ("brestfeding", Some("breastfeeding")),
            ("forhed", Some("forehead")),
            ("watterd", Some("watered")),
            ("unts", Some("units")),
            ("saif", Some("safe")),
            ("amout", Some("amount")),
            ("montly", Some("monthly")),
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

    #[test]
    fn a_slip_in_the_knowledge_is_mended_like_one_in_a_message() {
        let words = ["swallow"; MISSPELT].into_iter().chain(["swalow", "dysport", "wallow"]);
        let speller = Speller::new(words.map(String::from), [], []);
        assert_eq!(speller.correct("swalow").as_deref(), Some("swallow"));
        assert!(speller.knows("dysport") && speller.knows("wallow"));
        let sure = Speller::new(["swallow"; MISSPELT].map(String::from), ["swalow".to_owned()], []);
        assert!(sure.knows("swalow"));
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
