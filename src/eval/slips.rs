//! Keyboard slips, for robustness: one word of a message is hit once.

use std::ops::Range;

/// Shortest word that is hit, in letters (knowledge format).
const SHORTEST: usize = 4;

/// The rows of a QWERTY keyboard; each stands half a key to the right of the
/// one above.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Numbers that look random and are the same on every machine and in every
/// version: `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers for the message at `index` with a seed: each message has
    /// its own, so that a further message leaves the others as they were.
    #[must_use]
    pub fn of(seed: u64, index: usize) -> Self {
        let mut seeded = Self(seed);
        Self(seeded.next() ^ index as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        #[allow(clippy::cast_possible_truncation, reason = "any of its bits will do")]
        let number = self.next() as usize;
        number % bound
    }
}

/// The message with one slip in one of its words of four or more letters; the
/// message itself where it has none.
#[must_use]
pub fn slip(text: &str, random: &mut Random) -> String {
    let chars: Vec<char> = text.chars().collect();
    let words = words(&chars);
    if words.is_empty() {
        return text.to_owned();
    }
    let word = words[random.below(words.len())].clone();
    let first = word.start;
    let at = first + random.below(word.len());
    let mut hit = chars.clone();
    match random.below(4) {
        0 => {
            hit.remove(at);
        }
        // Two equal letters cannot be swapped, a letter without neighbours on
        // the keyboard cannot be missed: such a one is doubled.
        1 if at > first && chars[at - 1] != chars[at] => hit.swap(at - 1, at),
        2 if !neighbours(chars[at]).is_empty() => {
            let near = neighbours(chars[at]);
            let other = near[random.below(near.len())];
            hit[at] = if chars[at].is_uppercase() { other.to_ascii_uppercase() } else { other };
        }
        _ => hit.insert(at, chars[at]),
    }
    hit.into_iter().collect()
}

/// Where the words stand that are long enough.
fn words(chars: &[char]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut words = Vec::new();
    for run in chars.chunk_by(|a, b| a.is_alphabetic() == b.is_alphabetic()) {
        if run[0].is_alphabetic() && run.len() >= SHORTEST {
            words.push(start..start + run.len());
        }
        start += run.len();
    }
    words
}

/// The keys that touch a key.
fn neighbours(letter: char) -> Vec<char> {
    let letter = letter.to_ascii_lowercase();
    let Some((row, column)) = ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(letter)?)))
    else {
        return Vec::new();
    };
    let touching = [
        (Some(row), column.checked_sub(1)),
        (Some(row), Some(column + 1)),
        (row.checked_sub(1), Some(column)),
        (row.checked_sub(1), Some(column + 1)),
        (Some(row + 1), column.checked_sub(1)),
        (Some(row + 1), Some(column)),
    ];
    touching.into_iter().filter_map(|(row, column)| ROWS.get(row?)?.chars().nth(column?)).collect()
}

#[cfg(test)]
mod tests {
    //! Properties: a message with a word of four letters is one edit away from
    //! what it was, and only in that word; any other stays; the same seed
    //! gives the same slip.
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_touch_those_around_them() {
        let near = |c| neighbours(c).into_iter().collect::<String>();
        assert_eq!(near('g'), "fhtyvb");
        assert_eq!(near('q'), "wa");
        assert_eq!(near('M'), "njk");
        assert_eq!(near('é'), "");
    }

    #[test]
    fn all_four_slips_happen_in_all_words() {
        let slipped: BTreeSet<String> =
            (0..400).map(|seed| slip("is BOTOX safe", &mut Random::of(seed, 0))).collect();
        for expected in ["is BOTX safe", "is BBOTOX safe", "is OBTOX safe", "is VOTOX safe", "is BOTOX szfe"]
        {
            assert!(slipped.contains(expected), "{expected}");
        }
        assert!(slipped.iter().all(|s| s.starts_with("is ")));
    }

    proptest! {
        #[test]
        fn one_word_is_hit_once(text in "([a-zé]{1,9}[ ,.'🙂]){0,6}", seed in any::<u64>(), index in 0usize..500) {
            let slipped = slip(&text, &mut Random::of(seed, index));
            prop_assert_eq!(&slipped, &slip(&text, &mut Random::of(seed, index)));
            let long = text.split(|c: char| !c.is_alphabetic()).any(|w| w.chars().count() >= SHORTEST);
            prop_assert_eq!(strsim::osa_distance(&text, &slipped), usize::from(long));
        }
    }
}
