//! Words to numbers: every word that a rule names gets one, exact or by its
//! beginning (`swallow*`); misspelled words find the number of the word they
//! were meant to be.
//!
//! Refuses to mend a word that is common English: "breach" is not "breath".

use serde::{Deserialize, Serialize};

use crate::knowledge::{NUMBER, YEAR};
use crate::text::english;

/// The number of a word (or a beginning of words) that some rule names.
pub(super) type Term = u32;

/// Shortest word that is mended. Below five letters only what fingers do is
/// mended (a letter left out, doubled, swapped, or its neighbour hit), because
/// nearly every other change gives another real word.
const SHORTEST: usize = 3;

/// Shortest word that a misspelled one may be meant for.
const SHORTEST_MEANT: usize = 4;

/// From this length on one wrong, missing or added letter is mended.
const ONE_EDIT_FROM: usize = 5;

/// From this length on two slips are mended.
const TWO_EDITS_FROM: usize = 8;

/// Shortest beginning (`wheez*`) that is mended inside a longer word.
const SHORTEST_STEM: usize = 5;

/// Shortest word whose first letter may be the wrong one.
const FREE_FIRST_FROM: usize = 6;

/// Shortest half of two words typed as one ("cantswallow").
const SHORTEST_HALF: usize = 4;

/// Digits of a year.
const YEAR_DIGITS: usize = 4;

/// Longest word that is looked at more closely: no real word is longer, and
/// the cost of a hostile one stays bounded.
const LONGEST: usize = 24;

/// How often a letter may stand in a row before it counts as emphasis
/// ("soooo").
const ROW: usize = 2;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Node {
    children: Vec<(u8, u32)>,
    exact: Option<Term>,
    begin: Option<Term>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    word: String,
    letters: u32,
    length: usize,
    term: Term,
}

/// All words of the rules, in a tree by letters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Lexicon {
    nodes: Vec<Node>,
    terms: u32,
    /// The words that a misspelled one may have been meant for, by length in
    /// letters; beginnings stand apart.
    known: Vec<Vec<Known>>,
    begins: Vec<Known>,
    year: Option<Term>,
    number: Option<Term>,
}

/// What a word of a message turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The terms that were appended.
    One,
    /// Two words in one: the terms of the second begin at this index.
    Two(usize),
}

fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, b| set | 1 << (u32::from(b) % 32))
}

impl Lexicon {
    pub(super) fn new() -> Self {
        Self {
            nodes: vec![Node::default()],
            terms: 0,
            known: Vec::new(),
            begins: Vec::new(),
            year: None,
            number: None,
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms as usize
    }

    fn child(&self, node: usize, letter: u8) -> Option<usize> {
        self.nodes[node].children.iter().find(|(b, _)| *b == letter).map(|(_, child)| *child as usize)
    }

    /// The term of a word as the rules write it; a new one for a new word.
    pub(super) fn term(&mut self, written: &str) -> Term {
        let next = self.terms;
        let special = match written {
            YEAR => Some(&mut self.year),
            NUMBER => Some(&mut self.number),
            _ => None,
        };
        if let Some(special) = special {
            let term = *special.get_or_insert(next);
            self.terms = self.terms.max(term + 1);
            return term;
        }
        let (word, begin) = written.strip_suffix('*').map_or((written, false), |w| (w, true));
        let mut at = 0;
        for byte in word.bytes() {
            at = self.child(at, byte).unwrap_or_else(|| {
                let child = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[at].children.push((byte, u32::try_from(child).unwrap_or(u32::MAX)));
                child
            });
        }
        let slot = if begin { &mut self.nodes[at].begin } else { &mut self.nodes[at].exact };
        let term = *slot.get_or_insert(next);
        if term == next {
            self.terms += 1;
            let length = word.chars().count();
            let known = Known { word: word.to_owned(), letters: letters(word), length, term };
            if begin {
                self.begins.push(known);
            } else {
                if self.known.len() <= length {
                    self.known.resize(length + 1, Vec::new());
                }
                self.known[length].push(known);
            }
        }
        term
    }

    /// Whether the rules name a word just as it stands.
    pub(super) fn names(&self, word: &str) -> bool {
        let end = word.bytes().try_fold(0, |at, byte| self.child(at, byte));
        end.is_some_and(|at| self.nodes[at].exact.is_some())
    }

    /// Appends the terms of a folded word of a message.
    pub(super) fn find(&self, word: &str, terms: &mut Vec<Term>) -> Found {
        let start = terms.len();
        // A word that only begins like a listed one may still be misspelled.
        let known = self.walk(word, terms);
        if known || word.len() < SHORTEST || word.len() > 2 * LONGEST || self.squeezed(word, terms) {
            return Found::One;
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            terms.extend(if is_year(word) { self.year } else { self.number });
            return Found::One;
        }
        if self.singular(word, terms) || is_english(word) {
            return Found::One;
        }
        self.mend(word, terms);
        let second = if terms.len() == start { self.split(word, terms) } else { None };
        second.map_or(Found::One, Found::Two)
    }

    /// The word as it stands, and whether a rule names it in full; its
    /// beginnings and small numbers are appended in any case.
    fn walk(&self, word: &str, terms: &mut Vec<Term>) -> bool {
        if word.len() < YEAR_DIGITS && word.bytes().all(|b| b.is_ascii_digit()) {
            terms.extend(self.number);
        }
        let mut at = 0;
        for byte in word.bytes() {
            let Some(child) = self.child(at, byte) else { return false };
            at = child;
            terms.extend(self.nodes[at].begin);
        }
        terms.extend(self.nodes[at].exact);
        self.nodes[at].exact.is_some()
    }

    /// A word with an s at its end that no rule names: a plural, or "is" run
    /// into it ("throat's" is "throats").
    fn singular(&self, word: &str, terms: &mut Vec<Term>) -> bool {
        word.len() > SHORTEST && word.strip_suffix('s').is_some_and(|stem| self.walk(stem, terms))
    }

    /// A word with letters in a row for emphasis.
    fn squeezed(&self, word: &str, terms: &mut Vec<Term>) -> bool {
        [1, 2].into_iter().any(|keep| squeeze(word, keep).is_some_and(|short| self.walk(&short, terms)))
    }

    /// The terms of all words that are equally near to a misspelled one.
    fn mend(&self, word: &str, terms: &mut Vec<Term>) {
        let length = word.chars().count();
        if length > LONGEST {
            return;
        }
        let edits = if length < TWO_EDITS_FROM { 1 } else { 2 };
        let set = letters(word);
        let mut best = edits;
        let start = terms.len();
        let mut take = |term, distance| {
            if distance < best {
                terms.truncate(start);
                best = distance;
            }
            terms.push(term);
            best
        };
        let mut most = edits;
        let lengths = SHORTEST_MEANT.max(length - edits)..(length + edits + 1).min(self.known.len());
        for known in self.known.get(lengths).unwrap_or_default().iter().flatten() {
            if let Some(distance) = near(word, length, set, known, most) {
                most = take(known.term, distance);
            }
        }
        for known in &self.begins {
            if (known.letters & !set).count_ones() <= 1 && near_beginning(word, length, known) {
                take(known.term, 1);
            }
        }
    }

    /// Two known words that were typed as one.
    fn split(&self, word: &str, terms: &mut Vec<Term>) -> Option<usize> {
        if !word.is_ascii() || word.len() < 2 * SHORTEST_HALF {
            return None;
        }
        let start = terms.len();
        for at in SHORTEST_HALF..=word.len() - SHORTEST_HALF {
            let (first, second) = word.split_at(at);
            if self.walk(first, terms) {
                let middle = terms.len();
                if self.walk(second, terms) {
                    return Some(middle);
                }
            }
            terms.truncate(start);
        }
        None
    }
}

/// Endings that make one English word of another.
const ENDINGS: [&str; 4] = ["ing", "ed", "er", "y"];

/// Shortest word that an ending may be taken from: what is left of a shorter
/// one is a word by chance.
const SHORTEST_BASE: usize = 4;

/// Whether a word is common English, or a common English word with an ending
/// that is spelled as English spells it ("bloated", "scamming").
fn is_english(word: &str) -> bool {
    english::contains(word) || ENDINGS.iter().any(|end| word.strip_suffix(end).is_some_and(is_base))
}

/// Whether a stem stands before an ending as English spells it: without its
/// last "e", with its last letter doubled after a short vowel, or unchanged.
fn is_base(stem: &str) -> bool {
    let listed = |word: &str| word.len() >= SHORTEST_BASE && english::contains(word);
    let single = match stem.as_bytes() {
        [.., a, b] if a == b => stem.get(..stem.len() - 1),
        _ => None,
    };
    (!is_doubled_before_endings(stem) && listed(stem))
        || single.is_some_and(|single| is_doubled_before_endings(single) && listed(single))
        || listed(&format!("{stem}e"))
}

/// Whether a word ends in one short vowel and one consonant ("scam").
fn is_doubled_before_endings(word: &str) -> bool {
    let is_vowel = |b: &u8| b"aeiou".contains(b);
    match word.as_bytes() {
        [.., a, b, c] => !is_vowel(a) && is_vowel(b) && !is_vowel(c) && !b"wxy".contains(c),
        _ => false,
    }
}

fn is_year(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == YEAR_DIGITS
        && (digits.starts_with("19") || digits.starts_with("20"))
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The word with every row of more than [`ROW`] equal letters cut to `keep`.
fn squeeze(word: &str, keep: usize) -> Option<String> {
    let mut short = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let mut row = 1;
        while chars.next_if_eq(&c).is_some() {
            row += 1;
        }
        let times = if row > ROW { keep } else { row };
        short.extend(std::iter::repeat_n(c, times));
    }
    (short.len() < word.len()).then_some(short)
}

/// The distance of a word to a known one, if it is within `most` and the word
/// may be trusted to be meant.
fn near(word: &str, length: usize, set: u32, known: &Known, most: usize) -> Option<usize> {
    let swapped = known.letters == set;
    let first = known.word.as_bytes().first() == word.as_bytes().first();
    // Typists rarely miss the first letter, and then make no second slip; a
    // short word with other letters is another word.
    let most = if length.min(known.length) < ONE_EDIT_FROM {
        let left_out = length < known.length && set & !known.letters == 0;
        usize::from(swapped || (first && (left_out || is_neighbour_hit(word, &known.word))))
    } else if first {
        most
    } else {
        usize::from(swapped || length >= FREE_FIRST_FROM).min(most)
    };
    if (known.letters ^ set).count_ones() as usize > 2 * most {
        return None;
    }
    let distance = strsim::osa_distance(&known.word, word);
    (distance <= most).then_some(distance)
}

/// Whether two words begin with the same letter, or with the same two swapped.
fn is_same_start(a: &[u8], b: &[u8]) -> bool {
    a.first() == b.first() || (a.first() == b.get(1) && a.get(1) == b.first())
}

/// The rows of a keyboard.
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// Whether two letters lie side by side on a keyboard.
fn are_neighbours(a: u8, b: u8) -> bool {
    let place = |letter| {
        ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.iter().position(|k| *k == letter)?)))
    };
    match (place(a), place(b)) {
        (Some((row_a, at_a)), Some((row_b, at_b))) => row_a.abs_diff(row_b) <= 1 && at_a.abs_diff(at_b) <= 1,
        _ => false,
    }
}

/// Whether two words differ in one letter, and those lie side by side.
fn is_neighbour_hit(word: &str, meant: &str) -> bool {
    let mut different = word.bytes().zip(meant.bytes()).filter(|(a, b)| a != b);
    let slip = different.next().is_some_and(|(a, b)| are_neighbours(a, b));
    word.len() == meant.len() && slip && different.next().is_none()
}

/// Whether the beginning of a word is one slip away from a known beginning.
fn near_beginning(word: &str, length: usize, known: &Known) -> bool {
    known.length >= SHORTEST_STEM
        && length + 1 >= known.length
        && is_same_start(word.as_bytes(), known.word.as_bytes())
        && (known.length - 1..=known.length + 1).any(|cut| {
            let end = word.char_indices().nth(cut).map_or(word.len(), |(at, _)| at);
            strsim::osa_distance(&word[..end], &known.word) == 1
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> (Lexicon, Vec<&'static str>) {
        let words =
            vec!["cant", "breathe", "swallow*", "wheezing", "weak", "seizure", "throat", YEAR, NUMBER];
        let mut lexicon = Lexicon::new();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(lexicon.term(word) as usize, at);
            assert_eq!(lexicon.term(word) as usize, at);
        }
        (lexicon, words)
    }

    #[test]
    fn finds_words_beginnings_slips_and_numbers() {
        let (lexicon, words) = lexicon();
        for (given, expected) in [
            ("cant", &["cant"][..]),
            ("swallowing", &["swallow*"]),
            ("swalowing", &["swallow*"]),
            ("wheeezing", &["wheezing"]),
            ("weezing", &["wheezing"]),
            ("waek", &["weak"]),
            ("thraot", &["throat"]),
            ("siezure", &["seizure"]),
            ("breatheeeee", &["breathe"]),
            ("2010", &["YEAR"]),
            ("1990s", &["YEAR"]),
            ("50", &["NUMBER"]),
            ("leak", &[]),
            ("swearing", &[]),
            ("throttling", &[]),
            ("breach", &[]),
            ("shallow", &[]),
            ("botox", &[]),
        ] {
            let mut terms = Vec::new();
            assert_eq!(lexicon.find(given, &mut terms), Found::One, "{given}");
            let found: Vec<&str> = terms.iter().map(|t| words[*t as usize]).collect();
            assert_eq!(found, expected, "{given}");
        }
    }

    #[test]
    fn two_words_typed_as_one() {
        let (lexicon, _) = lexicon();
        let mut terms = Vec::new();
        assert_eq!(lexicon.find("cantbreathe", &mut terms), Found::Two(1));
        assert_eq!(terms, [0, 1]);
    }
}
