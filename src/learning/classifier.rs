//! Which one is it? A linear classifier over sparse features: one L2-SVM per label against all others.
//!
//! Trained by dual coordinate descent (Hsieh et al. 2008, "A Dual Coordinate Descent Method for Large-scale Linear
//! SVM", algorithm 1 with the squared hinge), for many labels at once: the weights of a feature lie side by side,
//! so that one pass over an example's features serves every label. Kept in 8 bits per weight that matters.
//! Refuses: to know what a feature is, and to say whether a message is about any of the labels at all.

use super::bytes::{Array, Malformed, Reader, Writer, cuts};

/// Training ends with the pass in which no dual variable moves further than this. On a shop of HINT3 and
/// a seventh of the shipped phrasings, 10 and 13 passes, margins are then 0.003 and 0.001 from the optimum (root mean
/// square), so that a text more or less moves the others no more than it has to. liblinear asks for 0.1. Leaving out
/// examples that did not move in the pass before saves a tenth of the time and ends much further from the optimum.
const STILL: f32 = 0.03;
/// ... or after as many passes, whatever moves.
const MOST_PASSES: usize = 100;
/// Labels trained at a time: bounds memory, is a multiple of any vector register, and fits a byte.
const BLOCK: usize = 128;
/// What a byte can name.
const BYTES: usize = 1 << u8::BITS;
/// The largest weight of a feature in 8 bits.
const LARGEST: f32 = 127.0;
/// Weights below this many of those steps are left out: on CLINC150 that loses nothing and a tenth of the size.
const SMALLEST: f32 = 1.5;

/// An example: its label, and its features by number.
pub(crate) type Row<'a> = (u32, &'a [(u32, f32)]);

/// The trained classifier: labels in blocks of [`BLOCK`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classifier {
    blocks: Vec<Block>,
}

impl Classifier {
    /// Trains on rows whose labels are below `labels` and whose features are below `features`; `cost` is the C of
    /// the SVM, what an error costs next to long weights.
    pub(crate) fn train(cost: f32, labels: usize, features: usize, rows: &[Row<'_>]) -> Self {
        let train = |first: usize| {
            Training::run(cost, first, BLOCK.min(labels - first), features, rows).pack(features)
        };
        Self { blocks: (0..labels).step_by(BLOCK).map(train).collect() }
    }

    /// How far a message is on each label's side: about 1 for its own phrasings, about -1 for others'.
    pub(crate) fn margins(&self, features: &[(u32, f32)]) -> Vec<f32> {
        let margins = self.blocks.iter().flat_map(|block| {
            // A byte names no place outside, whatever a damaged form holds.
            let mut margins = [0.0; BYTES];
            margins[..block.bias.len()].copy_from_slice(&block.bias);
            for &(feature, value) in features {
                block.for_each_weight(feature, value, |label, added| margins[usize::from(label)] += added);
            }
            margins.into_iter().take(block.bias.len())
        });
        margins.collect()
    }

    /// What a feature of value 1 adds to the margin of a label.
    pub(crate) fn weight(&self, feature: u32, label: u32) -> f32 {
        let mut found = 0.0;
        self.blocks[label as usize / BLOCK].for_each_weight(feature, 1.0, |other, weight| {
            if usize::from(other) == label as usize % BLOCK {
                found = weight;
            }
        });
        found
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        for block in &self.blocks {
            block.write(out);
        }
    }

    pub(crate) fn read(reader: &mut Reader, labels: usize, features: usize) -> Result<Self, Malformed> {
        let read = |first: usize| Block::read(reader, BLOCK.min(labels - first), features);
        Ok(Self { blocks: (0..labels).step_by(BLOCK).map(read).collect::<Result<_, _>>()? })
    }
}

/// Some neighbouring labels: a weight per feature and label, where it is not negligible, and a bias per label.
#[derive(Debug, Clone, PartialEq)]
struct Block {
    bias: Vec<f32>,
    /// Where the weights of each feature begin, and where the last ends.
    starts: Vec<u32>,
    scales: Array<f32>,
    /// Within the block.
    labels: Array<u8>,
    weights: Array<i8>,
}

impl Block {
    /// The labels for which a feature has a weight, and that weight times its `value`.
    fn for_each_weight(&self, feature: u32, value: f32, mut visit: impl FnMut(u8, f32)) {
        let feature = feature as usize;
        let range = self.starts[feature] as usize..self.starts[feature + 1] as usize;
        let scale = value * self.scales.get(feature);
        for (&label, &weight) in self.labels.bytes(range.clone()).iter().zip(self.weights.bytes(range)) {
            visit(label, scale * f32::from(weight.cast_signed()));
        }
    }

    fn write(&self, out: &mut Writer) {
        out.array(&self.bias);
        out.array(&self.starts);
        out.in_place(&self.scales);
        out.in_place(&self.labels);
        out.in_place(&self.weights);
    }

    fn read(reader: &mut Reader, width: usize, features: usize) -> Result<Self, Malformed> {
        let bias = reader.exactly(width)?;
        let starts: Vec<u32> = reader.array()?;
        let scales = reader.exactly_in_place(features)?;
        let labels: Array<u8> = reader.in_place()?;
        let weights: Array<i8> = reader.in_place()?;
        let fits = cuts(&starts, features, labels.len()) && weights.len() == labels.len();
        if fits { Ok(Self { bias, starts, scales, labels, weights }) } else { Err(Malformed) }
    }
}

/// The weights of a block in training, feature by feature, and last the bias.
struct Training {
    /// What is added to the diagonal of the dual problem: `1 / 2C`.
    diagonal: f32,
    width: usize,
    weights: Vec<f32>,
}

impl Training {
    fn run(cost: f32, first: usize, width: usize, features: usize, rows: &[Row<'_>]) -> Self {
        let mut training = Self { diagonal: 0.5 / cost, width, weights: vec![0.0; (features + 1) * width] };
        let mut alphas = vec![0.0; rows.len() * width];
        let mut steps = vec![0.0; width];
        for pass in 0..MOST_PASSES {
            let mut furthest = 0.0_f32;
            for place in shuffled(rows.len(), pass) {
                let (label, terms) = rows[place];
                let alphas = &mut alphas[place * width..(place + 1) * width];
                let own = (label as usize).checked_sub(first).filter(|&own| own < width);
                furthest = furthest.max(training.step(terms, own, alphas, &mut steps));
            }
            if furthest < STILL {
                break;
            }
        }
        training
    }

    fn row(&self, feature: usize) -> &[f32] {
        &self.weights[feature * self.width..(feature + 1) * self.width]
    }

    /// The weights that matter, in 8 bits.
    fn pack(&self, features: usize) -> Block {
        let (mut starts, mut scales) = (vec![0], Vec::with_capacity(features));
        let (mut labels, mut weights) = (Vec::new(), Vec::new());
        for feature in 0..features {
            let row = self.row(feature);
            let scale = row.iter().fold(0.0, |largest: f32, weight| largest.max(weight.abs())) / LARGEST;
            for (label, weight) in row.iter().enumerate() {
                if weight.abs() >= SMALLEST * scale && scale > 0.0 {
                    labels.push(label as u8);
                    weights.push((weight / scale).round() as i8);
                }
            }
            scales.push(scale);
            starts.push(labels.len() as u32);
        }
        Block {
            bias: self.row(features).to_vec(),
            starts,
            scales: scales.into(),
            labels: labels.into(),
            weights: weights.into(),
        }
    }

    /// One step for one example: the dual variables of all labels of the block are brought to their optimum. How
    /// far the furthest moves.
    fn step(
        &mut self,
        terms: &[(u32, f32)],
        own: Option<usize>,
        alphas: &mut [f32],
        steps: &mut [f32],
    ) -> f32 {
        let bias = (self.weights.len() / self.width) as u32 - 1;
        let terms = || terms.iter().copied().chain([(bias, 1.0)]);
        let curvature = (terms().map(|(_, x)| x * x).sum::<f32>() + self.diagonal).recip();
        // `steps` holds the margins first, then what each label's weights gain per unit of a feature
        steps.fill(0.0);
        for (feature, x) in terms() {
            for (margin, weight) in steps.iter_mut().zip(self.row(feature as usize)) {
                *margin += x * weight;
            }
        }
        let own = own.map(|own| (own, steps[own], alphas[own]));
        for (step, alpha) in steps.iter_mut().zip(alphas.iter_mut()) {
            let gradient = -*step - 1.0 + self.diagonal * *alpha;
            let new = (*alpha - gradient * curvature).max(0.0);
            *step = *alpha - new;
            *alpha = new;
        }
        if let Some((own, margin, alpha)) = own {
            let gradient = margin - 1.0 + self.diagonal * alpha;
            let new = (alpha - gradient * curvature).max(0.0);
            steps[own] = new - alpha;
            alphas[own] = new;
        }
        let furthest = steps.iter().fold(0.0_f32, |furthest, step| furthest.max(step.abs()));
        if furthest > 0.0 {
            for (feature, x) in terms() {
                let at = feature as usize * self.width;
                for (weight, step) in self.weights[at..at + self.width].iter_mut().zip(&*steps) {
                    *weight += x * step;
                }
            }
        }
        furthest
    }
}

/// All of `0..n` in an order without order, another one each pass: with one order for all, thirty passes come
/// no nearer to the optimum than five. The same on every machine.
fn shuffled(n: usize, pass: usize) -> Vec<usize> {
    /// The finalizer of `SplitMix64` (Steele et al. 2014, "Fast Splittable Pseudorandom Number Generators").
    fn mixed(number: usize) -> u64 {
        let mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_cached_key(|place| mixed(pass * n + place));
    order
}

#[cfg(test)]
mod tests {
    use super::{Classifier, shuffled};
    use crate::learning::bytes::{Reader, Writer};

    const ROWS: [(u32, &[(u32, f32)]); 5] = [
        (0, &[(0, 1.0), (3, 0.3)]),
        (0, &[(0, 0.8), (1, 0.2)]),
        (1, &[(1, 1.0), (3, 0.3)]),
        (1, &[(1, 0.9)]),
        (2, &[(2, 1.0), (3, 0.3)]),
    ];

    #[test]
    fn its_own_examples_come_first() {
        let classifier = Classifier::train(1.0, 3, 4, &ROWS);
        for (label, terms) in ROWS {
            let margins = classifier.margins(terms);
            let best = (0..3).max_by(|&a, &b| margins[a].total_cmp(&margins[b]));
            assert_eq!(best, Some(label as usize));
        }
        assert!(classifier.weight(0, 0) > 0.0 && classifier.weight(0, 1) < 0.0);
    }

    #[test]
    fn blocks_do_not_change_a_label() {
        // labels are independent of one another: 300 of them, in three blocks, with the same three examples
        let wide = Classifier::train(1.0, 300, 4, &ROWS);
        let narrow = Classifier::train(1.0, 3, 4, &ROWS);
        for (label, terms) in ROWS {
            let (wide, narrow) = (wide.margins(terms)[label as usize], narrow.margins(terms)[label as usize]);
            assert!((wide - narrow).abs() < 0.05, "{wide} {narrow}");
        }
    }

    #[test]
    fn survives_writing_and_cutting() {
        let classifier = Classifier::train(1.0, 3, 4, &ROWS);
        let mut out = Writer::new(b"");
        classifier.write(&mut out);
        let bytes = bytes::Bytes::from(out.finish());
        let read = |labels| {
            Reader::new(bytes.clone(), b"").and_then(|mut reader| Classifier::read(&mut reader, labels, 4))
        };
        assert_eq!(read(3), Ok(classifier));
        assert!(read(2).is_err());
    }

    #[test]
    fn order_visits_everything_once() {
        for n in 0..50 {
            let mut order = shuffled(n, 3);
            order.sort_unstable();
            assert!(order.into_iter().eq(0..n));
        }
    }

    #[test]
    fn nothing_to_learn_from() {
        assert!(Classifier::train(1.0, 0, 0, &[]).margins(&[]).is_empty());
        assert_eq!(Classifier::train(1.0, 1, 0, &[]).margins(&[]), [0.0]);
    }
}
