//! What is learned from examples: how alarming a message is, beyond the rules.
//!
//! People describe an emergency in more ways than rules can list, and use the
//! same words in jest. A linear classifier hears a message as n-grams of its
//! words and characters, together with what the rules found in it, and says
//! which level it sounds like, or none. It is trained on the examples of the
//! knowledge, so a clinician teaches it by adding messages. Where it is barely
//! calmed, a network that knows what words mean is asked, too. Refuses to read
//! the rules itself.

use super::LABELS;
use super::network::Network;
use crate::knowledge::Level;
use crate::learning::Malformed;
use crate::learning::bytes::{Reader, Writer};
use crate::learning::classifier::Classifier;
use crate::learning::terms::{Bag, Idf};
use crate::limits;
use crate::text::Utterance;

/// Terms are numbered by a hash of this many bits (Weinberger et al. 2009,
/// "Feature Hashing for Large Scale Multitask Learning"): no dictionary has to
/// be kept or loaded. With 16 a fifth more of level 911 and crisis is missed, as
/// terms fall together; with 18 nothing is gained.
const BITS: u32 = 17;
const BUCKETS: u32 = 1 << BITS;
/// Words in a row, and characters in a row within a word and its two blanks.
const WORDS: std::ops::RangeInclusive<usize> = 1..=3;
const CHARACTERS: std::ops::RangeInclusive<usize> = 3..=5;
/// The value of each thing that the rules found, next to two vectors of unit
/// length for what was written.
const EVIDENCE: f32 = 0.3;
/// C of the classifier's SVM: with 0.3, in cross-validation over authors, the
/// same; with 1 the examples of the rules hold.
const COST: f32 = 1.0;
/// How far on the side of "harmless" a message may be and still raise an
/// alarm, in margins of the classifier: 1 is where harmless examples lie, -1
/// where alarming ones do. Without a flag of the rules it has to lie a little
/// on the alarming side: with 0 a third more ordinary messages of other authors
/// raise one, questions about droopy lids above all, and one emergency in 150
/// less is missed.
pub(super) const ALARMING: f32 = -0.15;
/// The same where the rules raise a flag: a miss is worse than an alarm for
/// nothing, so what is learned has to be surer to take a flag back.
pub(super) const ALARMING_BY_RULE: f32 = 0.4;
/// The same for one sentence of a message that the rules flag, or the message
/// as it was corrected: a second look, so no favor either way.
pub(super) const ALARMING_PART: f32 = 0.0;

/// How much further on the side of harmless a message may be for each unit of the
/// network's log-odds. A miss is worse than an alarm for nothing, so the network can
/// raise an alarm and not take one back: with both it took back emergencies that
/// nothing else missed. From 0.1 to 0.2 the less is missed the larger it is, and the
/// more ordinary messages raise an alarm (benches/README.md).
const NETWORK: f32 = 0.15;
/// Log-odds beyond this count as this, odds of twenty to one: of messages unlike its
/// examples the network is far too sure. One further away than this is worth is not
/// shown to it at all, which is most of them.
const SUREST: f32 = 3.0;

/// The label of harmless messages; those of the levels follow.
const HARMLESS: u32 = 0;

/// What was learned.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Learned {
    words: Idf,
    characters: Idf,
    classifier: Classifier,
}

/// What the rules found in a message: numbers below [`Learned::train`]'s
/// `evidence`.
pub(super) type Evidence = Vec<u32>;

impl Learned {
    /// Learns from messages with their level, none for harmless ones;
    /// `evidence` is how many things the rules may find.
    pub(super) fn train(examples: &[(Option<Level>, Utterance, Evidence)], evidence: usize) -> Self {
        let words: Vec<Bag> = examples.iter().map(|(_, said, _)| word_bag(said)).collect();
        let characters: Vec<Bag> = examples.iter().map(|(_, said, _)| character_bag(said)).collect();
        let mut learned = Self {
            words: Idf::new(BUCKETS as usize, words.iter()),
            characters: Idf::new(BUCKETS as usize, characters.iter()),
            classifier: Classifier::train(COST, LABELS, 0, &[]),
        };
        let rows: Vec<Vec<(u32, f32)>> = examples
            .iter()
            .zip(words.iter().zip(&characters))
            .map(|((_, _, found), (words, characters))| learned.row(words, characters, found))
            .collect();
        let labelled: Vec<_> =
            examples.iter().zip(&rows).map(|((level, ..), row)| (label(*level), row.as_slice())).collect();
        learned.classifier = Classifier::train(COST, LABELS, 2 * BUCKETS as usize + evidence, &labelled);
        learned
    }

    /// The level that a message sounds like, unless it lies further than `least`
    /// on the side of harmless ones than the network excuses.
    pub(super) fn level(&self, said: &Utterance, found: &[u32], least: f32) -> Option<Level> {
        let margins = self.classifier.margins(&self.row(&word_bag(said), &character_bag(said), found));
        let beyond = margins[HARMLESS as usize] - least;
        let is_calm = beyond > NETWORK * SUREST || said.tokens().len() > limits::NETWORK_WORDS;
        let excused = || NETWORK * Network::embedded().map_or(0.0, |network| network.log_odds(said));
        if beyond > 0.0 && (is_calm || beyond > excused()) {
            return None;
        }
        let margin = |level: &Level| margins[label(Some(*level)) as usize];
        Level::ALL.into_iter().max_by(|a, b| margin(a).total_cmp(&margin(b)))
    }

    fn row(&self, words: &Bag, characters: &Bag, found: &[u32]) -> Vec<(u32, f32)> {
        let mut row = self.words.weigh(words).terms;
        row.extend(self.characters.weigh(characters).terms.iter().map(|(id, w)| (BUCKETS + id, *w)));
        row.extend(found.iter().map(|id| (2 * BUCKETS + id, EVIDENCE)));
        row
    }

    pub(super) fn write(&self, out: &mut Writer) {
        self.words.write(out);
        self.characters.write(out);
        self.classifier.write(out);
    }

    pub(super) fn read(reader: &mut Reader, evidence: usize) -> Result<Self, Malformed> {
        Ok(Self {
            words: Idf::read(reader, BUCKETS as usize)?,
            characters: Idf::read(reader, BUCKETS as usize)?,
            classifier: Classifier::read(reader, LABELS, 2 * BUCKETS as usize + evidence)?,
        })
    }
}

fn label(level: Option<Level>) -> u32 {
    level.map_or(HARMLESS, |level| 1 + level as u32)
}

/// The n-grams of words.
fn word_bag(said: &Utterance) -> Bag {
    let tokens = said.tokens();
    let mut buckets = Vec::new();
    for from in 0..tokens.len() {
        let mut hash = Hash::new();
        for token in tokens[from..].iter().take(*WORDS.end()) {
            hash.add(token.text.bytes().chain([b' ']));
            buckets.push(hash.bucket());
        }
    }
    bag(buckets)
}

/// The n-grams of characters within words.
fn character_bag(said: &Utterance) -> Bag {
    let mut buckets = Vec::new();
    for word in said.words() {
        let padded: Vec<char> = format!(" {word} ").chars().collect();
        for size in CHARACTERS {
            for window in padded.windows(size) {
                let mut hash = Hash::new();
                hash.add(window.iter().flat_map(|c| u32::from(*c).to_le_bytes()));
                buckets.push(hash.bucket());
            }
        }
    }
    bag(buckets)
}

fn bag(mut buckets: Vec<u32>) -> Bag {
    buckets.sort_unstable();
    let known = buckets.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect();
    Bag { known, unknown: 0 }
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: impl IntoIterator<Item = u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn bucket(&self) -> u32 {
        ((self.0 ^ (self.0 >> 32)) as u32) & (BUCKETS - 1)
    }
}
