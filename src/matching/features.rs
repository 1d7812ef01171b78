//! What a text is to the scores: bags of words, pairs and n-grams, and a sentence vector.
//!
//! Does: hold the dictionaries of a knowledge and turn an utterance into a [`Probe`]. Refuses: to know labels.

use super::lexical::{pairs, words};
use super::ngrams::{Gram, grams};
use crate::learning::bytes::{Malformed, Reader, Strings, Writer};
use crate::learning::terms::{Bag, Dictionary};
use crate::learning::vectors::{Sentence, Vectors};
use crate::text::Utterance;

/// A pair that only one phrasing has says nothing that its words do not say; without those the knowledge is half
/// as large and CLINC150 in cross-validation a little better.
const COMMON_PAIR: usize = 2;

/// The dictionaries of a knowledge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Features {
    pub(super) words: Dictionary<Strings>,
    pub(super) pairs: Dictionary<Strings>,
    pub(super) grams: Dictionary<Vec<Gram>>,
}

/// A text, seen through the dictionaries.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub(super) words: Bag,
    pub(super) pairs: Bag,
    pub(super) grams: Bag,
    pub(super) vector: Sentence,
}

impl Features {
    /// The dictionaries of some phrasings.
    pub(super) fn new<'a>(phrasings: impl Iterator<Item = &'a Utterance> + Clone) -> Self {
        let mut all_pairs: Vec<_> = phrasings.clone().flat_map(pairs).collect();
        all_pairs.sort_unstable();
        let common = all_pairs.chunk_by(|a, b| a == b).filter(|same| same.len() >= COMMON_PAIR);
        let words = Dictionary::new(phrasings.clone().flat_map(words).collect());
        Self {
            words,
            pairs: Dictionary::new(common.map(|same| same[0].as_str()).collect()),
            grams: Dictionary::new(phrasings.flat_map(grams).collect()),
        }
    }

    /// How many words, pairs and n-grams there are together.
    pub(super) fn len(&self) -> usize {
        self.words.len() + self.pairs.len() + self.grams.len()
    }

    /// Looks at an utterance.
    pub(super) fn probe(&self, utterance: &Utterance, vectors: &Vectors<'_>) -> Probe {
        Probe {
            words: self.words.bag(words(utterance)),
            pairs: self.pairs.bag(pairs(utterance)),
            grams: self.grams.bag(grams(utterance)),
            vector: vectors.sentence(utterance),
        }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        self.words.write_texts(out);
        self.pairs.write_texts(out);
        self.grams.write(out);
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, Malformed> {
        let words = Dictionary::read_texts(reader)?;
        Ok(Self { words, pairs: Dictionary::read_texts(reader)?, grams: Dictionary::read(reader)? })
    }
}

#[cfg(test)]
mod tests {
    use super::Features;
    use crate::learning::vectors::Vectors;
    use crate::text::Utterance;

    #[test]
    fn counts_what_the_knowledge_has_and_has_not() {
        let phrasings = ["how long does botox last", "how long is the visit"].map(Utterance::new);
        let features = Features::new(phrasings.iter());
        let probe = features.probe(&Utterance::new("how long in xanadu"), &Vectors::empty());
        assert_eq!((probe.words.known.len(), probe.words.unknown), (2, 2));
        assert_eq!((features.pairs.len(), features.pairs.key(0)), (1, "how long"));
    }
}
