//! An ear for what n-grams miss: a small convolutional network over word vectors.
//!
//! Kim 2014, "Convolutional Neural Networks for Sentence Classification", with one width of window: filters are laid
//! over every three words in a row, the strongest answer of each counts, and a linear layer over those says how much
//! likelier some level is than none. It hears "my tongue went fat" as near "tongue is swelling"; the classifier of
//! [`super::learned`] knows the very words. Refuses to decide, which is done there.
//!
//! Learned ahead by `scripts/build_network.py` from the shipped examples, as learning takes minutes. Layout of the
//! table, little endian: magic (8 bytes); 32-bit floats: of each place in the window, of each dimension, a weight per
//! filter; a bias per filter; of each label, harmless first, a weight per filter; a bias per label.

use std::sync::LazyLock;

use super::LABELS;
use crate::learning::vectors::{DIMENSIONS, Sentence, Vectors};
use crate::text::Utterance;

const MAGIC: &[u8; 8] = b"askwconv";
/// Words in a row.
const WINDOW: usize = 3;
/// What a word costs grows with them: 50,000 products with these.
const FILTERS: usize = 64;

/// The table that is shipped.
static EMBEDDED: &[u8] = include_bytes!("network.bin");

/// A number per filter, as bytes.
type PerFilter = [[u8; 4]; FILTERS];

/// The network, read where it lies in the binary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Network<'a> {
    words: Vectors<'a>,
    /// By place in the window, then dimension.
    filters: &'a [PerFilter],
    bias: &'a PerFilter,
    /// By label.
    labels: &'a [PerFilter],
    label_bias: &'a [[u8; 4]],
}

impl Network<'static> {
    /// The network that is shipped, read when it is first asked; none if its table is not one, which a test rules out.
    pub(super) fn embedded() -> Option<&'static Self> {
        static SHIPPED: LazyLock<Option<Network<'static>>> =
            LazyLock::new(|| Network::read(EMBEDDED, Vectors::embedded()));
        SHIPPED.as_ref()
    }
}

impl<'a> Network<'a> {
    fn read(bytes: &'a [u8], words: Vectors<'a>) -> Option<Self> {
        let (numbers, rest) = bytes.strip_prefix(MAGIC)?.as_chunks::<4>();
        let (rows, label_bias) = numbers.as_chunks::<FILTERS>();
        let (filters, rows) = rows.split_at_checked(WINDOW * DIMENSIONS)?;
        let (bias, labels) = rows.split_first()?;
        let fits = labels.len() == LABELS && label_bias.len() == LABELS && rest.is_empty();
        fits.then_some(Self { words, filters, bias, labels, label_bias })
    }

    /// How much likelier it is that a message calls for some level than for none, in log-odds.
    pub(super) fn log_odds(&self, said: &Utterance) -> f32 {
        let strongest = self.strongest(said);
        let logit = |(weights, bias): (&PerFilter, &[u8; 4])| {
            let products = weights.iter().zip(strongest).map(|(weight, x)| f32::from_le_bytes(*weight) * x);
            f32::from_le_bytes(*bias) + products.sum::<f32>()
        };
        let logits: Vec<f32> = self.labels.iter().zip(self.label_bias).map(logit).collect();
        let [harmless, levels @ ..] = logits.as_slice() else { return 0.0 };
        levels.iter().map(|level| (level - harmless).exp()).sum::<f32>().ln()
    }

    /// The strongest answer of each filter to any three words in a row; before the first word and after the last
    /// stand words without meaning. Never below 0.
    fn strongest(&self, said: &Utterance) -> [f32; FILTERS] {
        let words: Vec<Sentence> = said.words().map(|word| self.words.word(word)).collect();
        let mut strongest = [0.0_f32; FILTERS];
        for end in 0..words.len() + WINDOW - 1 {
            let mut answers = self.bias.map(f32::from_le_bytes);
            for (place, filters) in self.filters.chunks(DIMENSIONS).enumerate() {
                let word = (end + place).checked_sub(WINDOW - 1).and_then(|at| words.get(at));
                for (x, weights) in word.into_iter().flatten().zip(filters) {
                    for (answer, weight) in answers.iter_mut().zip(weights) {
                        *answer += x * f32::from_le_bytes(*weight);
                    }
                }
            }
            for (strongest, answer) in strongest.iter_mut().zip(answers) {
                *strongest = strongest.max(answer);
            }
        }
        strongest
    }
}

#[cfg(test)]
mod tests {
    //! Properties: the shipped table is one; a window sees three words in their order; a table cut short is none.
    use super::{DIMENSIONS, EMBEDDED, FILTERS, LABELS, MAGIC, Network, WINDOW};
    use crate::learning::vectors::Vectors;
    use crate::text::Utterance;

    /// A table whose first filter looks for `words`, each in its place, and speaks for the first level.
    fn table(words: [&str; WINDOW]) -> Vec<u8> {
        let mut numbers = vec![0.0_f32; (WINDOW * DIMENSIONS + 1 + LABELS) * FILTERS + LABELS];
        for (place, word) in words.iter().enumerate() {
            for (dimension, x) in Vectors::embedded().word(word).into_iter().enumerate() {
                numbers[(place * DIMENSIONS + dimension) * FILTERS] = x;
            }
        }
        numbers[(WINDOW * DIMENSIONS + 2) * FILTERS] = 1.0;
        let numbers = numbers.iter().flat_map(|number| number.to_le_bytes());
        MAGIC.iter().copied().chain(numbers).collect()
    }

    #[test]
    fn the_shipped_table_is_one() {
        let network = Network::embedded().unwrap();
        let log_odds = |text: &str| network.log_odds(&Utterance::new(text));
        assert!(log_odds("my throat is closing up and I can not breathe") > log_odds("what does it cost"));
    }

    #[test]
    fn a_window_sees_words_in_their_order() {
        let bytes = table(["dogs", "chase", "cats"]);
        let network = Network::read(&bytes, Vectors::embedded()).unwrap();
        let strongest = |text: &str| network.strongest(&Utterance::new(text))[0];
        assert!((strongest("big dogs chase cats all day") - 3.0).abs() < 0.01);
        assert!((strongest("dogs chase cats") - 3.0).abs() < 0.01);
        assert!(strongest("cats chase dogs") < 2.9 && strongest("") == 0.0);
        let odds = |text: &str| network.log_odds(&Utterance::new(text));
        assert!(odds("dogs chase cats") > odds("dogs chase") && odds("dogs chase") > odds(""));
    }

    #[test]
    fn refuses_what_is_no_table() {
        for end in (0..EMBEDDED.len()).step_by(997) {
            assert!(Network::read(&EMBEDDED[..end], Vectors::empty()).is_none(), "cut at {end}");
        }
    }
}
