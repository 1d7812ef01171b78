//! Misspelled words mended against a list of known ones, by the words beside them.
//!
//! A noisy channel: of what a word may have been meant for, that is taken which is likeliest between its
//! neighbours (`bigrams`) and the likeliest to be typed so. A word that is known, or is common English, and that
//! was ever seen beside one of its neighbours stands as it is; elsewhere a much likelier one may take its place
//! ("go to the jim"). A word that is neither is always mended where something is within a few edits; where that only
//! sounds the same, it has to be likelier than a word that nobody has seen.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::bigrams::Bigrams;
use super::{Token, Utterance, english, grammar};

/// From this length on, a word that is no word is changed whatever stands beside it. Of three
/// letters, half are left after one slip: too little to tell what was meant without that.
const LONG_ENOUGH: usize = 4;

/// Shortest word that is mended, and that another is mended to.
const SHORTEST: usize = 2;

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

/// Shortest half of two words that were typed as one ("babybotox", "isit").
const SHORTEST_HALF: usize = 2;

/// What it costs that a word was misspelled at all, in nats: ln 20, as one in twenty is ...
const SLIP: f32 = 3.0;

/// ... and into another real word: ln 100.
const REAL_SLIP: f32 = 4.6;

/// What a slip costs by its kind, in nats: the logarithm of how many a word of seven letters has of that kind, over
/// the kind's share. Of the misspellings that the shipped vocabulary lists, four in five sound as what was meant, or
/// lack letters, or swap them: some 40 ways to misspell a word so ...
const LIKELY_SLIP: f32 = 4.0;

/// ... one in ten has another letter, of 150; one in thirty begins otherwise, of 50.
const OTHER_SLIP: f32 = 7.0;

/// What each edit after the first costs more: of the listed ones that sound the same one in five has two, in more ways.
const FURTHER_EDIT: f32 = 2.0;

/// How many likely words are weighed for one that was written: more would cost time alone.
const CHOICES: usize = 8;

/// Knows a list of words, what stands beside them, and what a misspelled one was meant to be.
#[derive(Clone, Debug)]
pub struct Speller {
    /// Known words, by length and then in byte order.
    known: Vec<Known>,
    /// Which of them were seen side by side.
    bigrams: Bigrams,
    /// Misspellings that are listed by hand; they outrank everything.
    listed: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
struct Known {
    word: String,
    letters: u32,
    sound: u64,
}

/// What a word may have been meant for.
#[derive(Clone, Debug)]
struct Choice {
    /// The words, with one blank between them, or none where it stands as it was written.
    words: Option<String>,
    /// The places of the first and of the last of them in the list.
    ends: [Option<usize>; 2],
    /// By how many edits it differs from what was written.
    edits: usize,
    /// How unlikely it is, whatever stands beside it, in nats.
    cost: f32,
}

impl Known {
    fn new(word: String) -> Self {
        Self { letters: letters(&word), sound: sound(&word), word }
    }

    /// What words are ordered by.
    fn rank(word: &str) -> (usize, &str) {
        (word.len(), word)
    }

    /// Whether the letters of another word are some of this one's, in their order.
    fn has_all_of(&self, other: &Self) -> bool {
        let mut letters = self.word.chars();
        other.word.chars().all(|letter| letters.any(|own| own == letter))
    }

    /// By how many edits two words differ (optimal string alignment: a swap of neighbours
    /// is one), if by `most` at most.
    fn distance(&self, other: &Self, most: usize) -> Option<usize> {
        let may_be_near = self.word.len().abs_diff(other.word.len()) <= most
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * most;
        may_be_near.then(|| strsim::osa_distance(&self.word, &other.word)).filter(|edits| *edits <= most)
    }

    /// By how many edits another word that was `written` differs from this one, if by `edits` at most, or by one more
    /// where it sounds the same; and what it costs that this one was meant. A letter left out, a swap or the wrong vowel is likelier than a wrong consonant, and a
    /// wrong first letter is rare.
    fn slip(&self, written: &Self, edits: usize) -> Option<(usize, f32)> {
        let is_heard = self.sound == written.sound;
        let distance = self.distance(written, edits + if is_heard { SOUND_EDITS } else { 0 })?;
        let begins_so = self.word.chars().next() == written.word.chars().next();
        let is_left_out = self.letters == written.letters || self.has_all_of(written);
        let kind = if is_heard || (begins_so && is_left_out) { LIKELY_SLIP } else { OTHER_SLIP };
        Some((distance, kind + FURTHER_EDIT * distance.saturating_sub(1) as f32))
    }
}

/// The set of letters of a word, one bit each: words that differ by `d` edits
/// differ in at most `2d` bits, which rejects nearly all words at the cost of
/// one instruction.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 32))
}

/// A word without the ending of a plural or of the past: "masks", "dissolved".
fn stem(word: &str) -> &str {
    word.strip_suffix(['s', 'd']).unwrap_or(word)
}

/// How a word sounds, roughly: its consonants, and a vowel that it begins with, each once
/// of several in a row, those that sound alike as one. People who write by ear miss
/// vowels and silent letters most. Five bits a letter; of the longest words the end.
fn sound(word: &str) -> u64 {
    let mut heard = 0;
    let mut before = ' ';
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_first = before == ' ';
        let sounds_as = match letter {
            // Silent: "knee", "wrong".
            'k' if is_first && next == 'n' => None,
            'w' if is_first && next == 'r' => None,
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' if is_first => Some(letter),
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
            // At the end half of those who speak English leave it out: "foreva", "fillas".
            'r' if matches!(next, ' ' | 's') && matches!(before, 'a' | 'e' | 'i' | 'o' | 'u') => None,
            other => Some(other),
        };
        if let Some(code) = sounds_as.map(|letter| u64::from(letter) % 32).filter(|code| heard % 32 != *code)
        {
            heard = heard << 5 | code;
        }
        before = letter;
    }
    heard
}

impl Speller {
    /// Makes a speller from texts of the knowledge (of which each word counts as often as it
    /// occurs), from words that are `sure` to be right, and from the misspellings listed by
    /// hand, which may stand for several words and are themselves no words.
    #[must_use]
    pub fn new(texts: &[Utterance], sure: &[Utterance], listed: &[(String, String)]) -> Self {
        let listed: BTreeMap<String, String> = listed.iter().cloned().collect();
        let words = |texts: &'_ [Utterance]| -> Vec<String> {
            texts
                .iter()
                .flat_map(Utterance::words)
                .filter(|w| !listed.contains_key(*w))
                .map(str::to_owned)
                .collect()
        };
        let certain: BTreeSet<String> = words(sure).into_iter().collect();
        let mut counts = BTreeMap::<String, usize>::new();
        for word in words(texts).into_iter().chain(words(sure)) {
            *counts.entry(word).or_default() += 1;
        }
        let of = |words: Vec<String>| {
            let unseen = Bigrams::count(words.len(), []);
            Self::from_parts(words, unseen, listed.clone())
        };
        let all = of(counts.keys().cloned().collect());
        let is_right = |word: &&String| certain.contains(*word) || !all.is_misspelt(word, &counts);
        let speller = of(counts.keys().filter(is_right).cloned().collect());
        let places = |text: &Utterance| -> Vec<Vec<Option<usize>>> {
            let sentence = |range: &Range<usize>| speller.places(&text.tokens()[range.clone()]);
            text.sentences().iter().map(sentence).collect()
        };
        let bigrams = Bigrams::count(speller.known.len(), texts.iter().flat_map(places));
        Self { bigrams, ..speller }
    }

    /// Whether a word of the list is a slip in another one, by how often each occurs.
    fn is_misspelt(&self, word: &str, counts: &BTreeMap<String, usize>) -> bool {
        let written = Known::new(word.to_owned());
        let is_meant = |known: &Known| {
            counts[&known.word] >= MISSPELT * counts[word] && known.distance(&written, 1).is_some()
        };
        word.len() >= SHORTEST_MISSPELT
            && !english::contains(word)
            && self.near(&written, 1).any(|(_, known)| is_meant(known))
    }

    /// Makes a speller from its words and from the pairs of them that were seen, as [`Speller::known`] and
    /// [`Speller::bigrams`] give them.
    #[must_use]
    pub fn from_parts(
        words: Vec<String>,
        bigrams: Bigrams,
        listed: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut known: Vec<Known> = words.into_iter().map(Known::new).collect();
        known.sort_by(|a, b| Known::rank(&a.word).cmp(&Known::rank(&b.word)));
        Self { known, bigrams, listed: listed.into_iter().collect() }
    }

    /// The known words.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|known| known.word.as_str())
    }

    /// Which known words were seen side by side: their places are those in [`Speller::known`].
    #[must_use]
    pub fn bigrams(&self) -> &Bigrams {
        &self.bigrams
    }

    /// Whether a folded word is in the list.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.place(word).is_some()
    }

    fn place(&self, word: &str) -> Option<usize> {
        self.known.binary_search_by(|k| Known::rank(&k.word).cmp(&Known::rank(word))).ok()
    }

    /// The places of the words of a sentence, those of one that is listed where it stands for one word.
    fn places(&self, sentence: &[Token]) -> Vec<Option<usize>> {
        let meant = |word| self.listed.get(word).map_or(word, String::as_str);
        sentence.iter().map(|token| self.place(meant(token.text.as_str()))).collect()
    }

    /// What each word of a sentence was meant to be (words separated by one blank), or `None`
    /// where it stands as it is: the likeliest way through the choices of all (Viterbi).
    #[must_use]
    pub fn correct(&self, sentence: &[Token]) -> Vec<Option<String>> {
        let edge = Some(self.known.len());
        let places = self.places(sentence);
        let mut choices: Vec<Vec<Choice>> = (0..sentence.len())
            .map(|at| {
                let before = if at == 0 { edge } else { places[at - 1] };
                let after = places.get(at + 1).copied().unwrap_or(edge);
                let is_seen = |pair: (Option<usize>, Option<usize>)| {
                    pair.0.zip(pair.1).is_some_and(|(before, after)| self.bigrams.has(before, after))
                };
                let is_in_place = is_seen((before, places[at])) || is_seen((places[at], after));
                self.choices(&sentence[at..], places[at], is_in_place)
            })
            .collect();
        // The cost of the best way to each choice, and the choice before it.
        let mut ways: Vec<Vec<(f32, usize)>> = Vec::with_capacity(sentence.len());
        for (at, here) in choices.iter().enumerate() {
            let way = |choice: &Choice| {
                let from = |(place, before): (usize, Option<usize>)| {
                    let so_far = if at == 0 { 0.0 } else { ways[at - 1][place].0 };
                    (so_far + choice.cost + self.bigrams.surprise(before, choice.ends[0]), place)
                };
                let ends = at.checked_sub(1).map(|before| choices[before].iter().map(|c| c.ends[1]));
                let before = ends.into_iter().flatten().chain((at == 0).then_some(edge)).enumerate();
                before.map(from).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
            };
            let is_settled = here.len() == 1 && at > 0 && choices[at - 1].len() == 1;
            ways.push(if is_settled { vec![(0.0, 0)] } else { here.iter().map(way).collect() });
        }
        let last = choices.last().into_iter().flatten().zip(ways.last().into_iter().flatten());
        let whole = last.map(|(choice, way)| way.0 + self.bigrams.surprise(choice.ends[1], edge));
        let mut best = whole.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(place, _)| place);
        let mut meant = vec![None; sentence.len()];
        for at in (0..sentence.len()).rev() {
            meant[at] = choices[at].swap_remove(best).words;
            best = ways[at][best].1;
        }
        meant
    }

    /// What the first of some words may have been meant for.
    fn choices(&self, words: &[Token], place: Option<usize>, is_in_place: bool) -> Vec<Choice> {
        let word = words[0].text.as_str();
        let as_written = Choice { words: None, ends: [place; 2], edits: 0, cost: 0.0 };
        let certain = if grammar::is_clipped_and(words) {
            Some("and")
        } else {
            self.listed.get(word).map(String::as_str)
        };
        if let Some(meant) = certain {
            let place = |word: Option<&str>| word.and_then(|word| self.place(word));
            let ends = [place(meant.split(' ').next()), place(meant.rsplit(' ').next())];
            return vec![Choice { words: Some(meant.to_owned()), ends, ..as_written }];
        }
        let length = word.chars().count();
        let is_word = place.is_some() || english::contains(word);
        if is_in_place || length < SHORTEST || word.chars().any(|c| c.is_ascii_digit()) {
            return vec![as_written];
        }
        let written = Known::new(word.to_owned());
        let edits = if !is_word && length >= TWO_EDITS_FROM { 2 } else { 1 };
        let slip = if is_word { REAL_SLIP } else { SLIP };
        // Another form of a real word says the same, and who wrote it knew the word.
        let is_other = |known: &Known| !is_word || stem(&known.word) != stem(word);
        let near = self.near(&written, edits + SOUND_EDITS).filter(|(_, known)| is_other(known));
        let choice = |(place, known): (usize, &Known)| {
            let (edits, cost) = known.slip(&written, edits)?;
            Some(Choice { words: Some(known.word.clone()), ends: [Some(place); 2], edits, cost: slip + cost })
        };
        let mut choices: Vec<Choice> = near.filter_map(choice).collect();
        if !is_word {
            choices.extend(self.halves(word));
        }
        let is_near = choices.iter().any(|choice| choice.edits <= edits);
        let alone = |choice: &Choice| choice.cost + self.bigrams.surprise(None, choice.ends[0]);
        choices.sort_by(|a, b| alone(a).total_cmp(&alone(b)));
        choices.truncate(CHOICES);
        if is_word || length < LONG_ENOUGH || !is_near {
            choices.push(as_written);
        }
        choices
    }

    /// The known words that are longer or shorter than another by `edits` at most, with their places.
    fn near(&self, word: &Known, edits: usize) -> impl Iterator<Item = (usize, &Known)> {
        let (shortest, longest) =
            (word.word.len().saturating_sub(edits).max(SHORTEST), word.word.len() + edits);
        let start = self.known.partition_point(|known| known.word.len() < shortest);
        let near = self.known[start..].iter().take_while(move |known| known.word.len() <= longest);
        near.enumerate().map(move |(at, known)| (start + at, known))
    }

    /// Two known words that were typed as one.
    fn halves(&self, word: &str) -> impl Iterator<Item = Choice> {
        let halves = word.char_indices().map(|(at, _)| word.split_at(at));
        halves.filter(|(a, b)| a.len() >= SHORTEST_HALF && b.len() >= SHORTEST_HALF).filter_map(|(a, b)| {
            let ends = [Some(self.place(a)?), Some(self.place(b)?)];
            let cost = SLIP + LIKELY_SLIP + self.bigrams.surprise(ends[0], ends[1]);
            Some(Choice { words: Some(format!("{a} {b}")), ends, edits: 1, cost })
        })
    }
}

#[cfg(test)]
mod tests {
    //! Properties: words that were seen side by side are never changed; what is put in is known; one
    //! letter left out of a long word is mended.
    use std::sync::LazyLock;

    use super::*;
    use proptest::prelude::*;

    static SPELLER: LazyLock<Speller> = LazyLock::new(|| {
        let text = "botox. forehead. wrinkles. units. baby. swallow. breastfeeding. frozen. chemical. photo. forever. \
                    wrong. watered. safe. said. \
                    said. amount. about. about. monthly. mostly. mostly. baby botox. can i go to the gym after. \
                    i went to the gym. when does it kick in. does it kick in soon. when is it. what is it like. \
                    how long does it last. does it hurt. does it hurt. the dose is small. the dose for me. ";
        // As often as in a knowledge base, next to which a word that nobody has seen is rare.
        Speller::new(&[Utterance::new(&text.repeat(500))], &[], &[("btx".to_owned(), "botox".to_owned())])
    });

    fn corrected(text: &str) -> String {
        Utterance::new(text).corrected(&SPELLER).normalized()
    }

    #[test]
    fn mends_slips_and_leaves_words_alone() {
        for (given, meant) in [
            ("botux", "botox"),
            ("btoox", "botox"),
            ("foreheed", "forehead"),
            ("wrinkels", "wrinkles"),
            ("brestfeding", "breastfeeding"),
            ("forhed", "forehead"),
            ("foto", "photo"),
            ("foreva", "forever"),
            ("rong", "wrong"),
            ("watterd", "watered"),
            ("unts", "units"),
            ("saif", "safe"),
            ("amout", "amount"),
            ("montly", "monthly"),
            ("babybotox", "baby botox"),
            ("btx", "botox"),
            ("greece", "greece"),
            ("parking", "parking"),
            ("botox", "botox"),
            ("babies", "babies"),
            ("xq", "xq"),
            ("20units", "20units"),
        ] {
            assert_eq!(corrected(given), meant, "{given}");
        }
    }

    #[test]
    fn what_stands_beside_a_word_says_what_it_was_meant_for() {
        for (given, meant) in [
            ("can i go to the jim after", "can i go to the gym after"),
            ("wen does it kik in", "when does it kick in"),
            ("wat is it like", "what is it like"),
            ("dose it hurt", "does it hurt"),
            ("how long isit", "how long is it"),
            // Right, if rare.
            ("the dose is small", "the dose is small"),
            ("jim said it is safe", "jim said it is safe"),
            ("the doses is small", "the doses is small"),
            ("kim and jim", "kim and jim"),
        ] {
            assert_eq!(corrected(given), meant, "{given}");
        }
    }

    #[test]
    fn a_slip_in_the_knowledge_is_mended_like_one_in_a_message() {
        let texts: Vec<_> = ["swallow. "; MISSPELT]
            .iter()
            .chain(&["swalow. dysport. wallow"])
            .map(|t| Utterance::new(t))
            .collect();
        let speller = Speller::new(&texts, &[], &[]);
        assert_eq!(Utterance::new("swalow").corrected(&speller).normalized(), "swallow");
        assert!(speller.knows("dysport") && speller.knows("wallow"));
        let sure = Speller::new(&texts, &[Utterance::new("swalow")], &[]);
        assert!(sure.knows("swalow"));
    }

    proptest! {
        #[test]
        fn what_was_seen_side_by_side_is_never_changed(start in 0..60usize, words in 2..12usize) {
            let text = "can i go to the gym after how long does it last the dose is small when does it kick in \
                        what is it like does it hurt";
            let speller = Speller::new(&[Utterance::new(text)], &[], &[]);
            let all: Vec<_> = text.split_whitespace().collect();
            let part = all[start % (all.len() - 1)..].iter().take(words).copied().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(Utterance::new(&part).corrected(&speller).normalized(), part);
        }

        #[test]
        fn what_is_put_in_is_known(text in "([a-z]{1,9} ){1,8}") {
            let (said, speller) = (Utterance::new(&text), &*SPELLER);
            for meant in speller.correct(said.tokens()).into_iter().flatten() {
                prop_assert!(meant.split(' ').all(|word| speller.knows(word) || word == "and"), "{}", meant);
            }
        }

        #[test]
        fn one_letter_left_out_is_mended(index in 0usize..20, word in "forehead|wrinkles|swallow|chemical") {
            let mut slip = word.clone();
            slip.remove(index % word.len());
            prop_assume!(!english::contains(&slip));
            prop_assert_eq!(corrected(&slip), word);
        }
    }
}
