//! Character 3- and 4-grams within word boundaries (scikit-learn's `char_wb`).
//!
//! Does: cut words into n-grams, which survive slips and endings; all digits are one. Refuses: to cross from one word to the next.

use super::lexical::shape;
use crate::text::Utterance;

/// Up to four characters of 32 bits each: exact, so no two n-grams share a key.
pub(super) type Gram = u128;

/// Shorter ones say little, longer ones are nearly words, which have features of their own.
const SIZES: [usize; 2] = [3, 4];

/// The n-grams of each word, with a blank on either side of the word.
pub(super) fn grams(utterance: &Utterance) -> Vec<Gram> {
    let mut grams = Vec::new();
    let mut padded = Vec::new();
    for word in utterance.words() {
        padded.clear();
        padded.push(' ');
        padded.extend(shape(word));
        padded.push(' ');
        for size in SIZES {
            if padded.len() <= size {
                // the whole word is one n-gram, once
                grams.push(key(&padded));
                break;
            }
            grams.extend(padded.windows(size).map(key));
        }
    }
    grams
}

fn key(chars: &[char]) -> Gram {
    chars.iter().fold(0, |key, &c| key << u32::BITS | Gram::from(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::{grams, key};
    use crate::text::Utterance;

    fn check(text: &str, expected: &[&str]) {
        let expected: Vec<_> = expected.iter().map(|gram| key(&gram.chars().collect::<Vec<_>>())).collect();
        assert_eq!(grams(&Utterance::new(text)), expected, "{text}");
    }

    #[test]
    fn stay_within_words() {
        check("a", &[" a "]);
        check("is", &[" is", "is ", " is "]);
        check("lip i", &[" li", "lip", "ip ", " lip", "lip ", " i "]);
        check("20u", &[" ##", "##u", "#u ", " ##u", "##u "]);
        check("", &[]);
    }
}
