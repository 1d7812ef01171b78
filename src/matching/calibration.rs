//! What a score is worth: the probability that the label is right.
//!
//! Does: score phrasings that a matcher has not seen, from the phrasings alone. In each fold a fifth of the labels
//! is left out (their phrasings stand for messages that no label fits) and a fifth of the phrasings of the others.
//! A logistic curve through right and wrong (Platt 1999, with a prior in place of his smoothed targets) makes a
//! score a confidence. Refuses: to look at any message but the phrasings.

use super::features::{Features, Probe};
use super::fusion::{Depth, Model};
use crate::learning::bytes::{Malformed, Reader, Writer};

/// The share of right answers that may be lost to the threshold. The threshold is where this share of the phrasings
/// left out, of those whose own label won, would be declined (matching.md: 5 % to 10 % served HINT3, 2 % CLINC150).
const LOST: f64 = 0.1;
/// The most confidence that the threshold asks for: the answer is likelier right than wrong, and not by a hair. Where
/// labels are far apart, nearly all right answers lie higher, and asking for as much would decline what is new.
const ENOUGH: f32 = 0.55;
/// As many phrasings left out and won weigh as much as what is assumed about the threshold.
const FEW: f64 = 20.0;

const FOLDS: usize = 5;
/// The share of messages that no label fits, as assumed: people mostly ask what there is an answer to. Labels left
/// out are harder to tell from the others than what is really outside, so this is less than the true share.
const OUTSIDE: f64 = 0.08;
/// The curve that is assumed before anything is seen, and how firmly, in standard deviations of each number.
const PRIOR: Calibration = Calibration { offset: 3.8, slope: 2.3, threshold: ENOUGH };
const DOUBT: f64 = 1.0;
/// Phrasings times labels: more than this are represented by a sample of the labels. Its scores are a little higher
/// than those of all, as fewer labels compete, so that the confidence among all is a little too low.
const MOST_WORK: f64 = 5e6;
/// Newton's method has converged long before.
const STEPS: usize = 20;

/// `confidence = 1 / (1 + exp(-(offset + slope · score)))`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Calibration {
    offset: f32,
    slope: f32,
    threshold: f32,
}

/// A score, whether its label was right, and what that counts for.
struct Seen {
    score: f32,
    right: bool,
    weight: f64,
}

impl Calibration {
    /// What is assumed before anything is seen.
    pub(super) const ASSUMED: Self = PRIOR;

    /// Calibrates a model of these phrasings, sorted by label.
    pub(super) fn new(
        features: &Features,
        labels: usize,
        rows: &[(u32, &Probe)],
        serves: &dyn Fn(u32, u32) -> bool,
    ) -> Self {
        let step = step(labels, rows.len());
        let original = |label: u32| label * step;
        let sample: Vec<_> =
            rows.iter().filter(|r| r.0 % step == 0).map(|&(l, probe)| (l / step, probe)).collect();
        let rows = sample.as_slice();
        let labels = rows.last().map_or(0, |&(label, _)| label as usize + 1);
        let mut counts = vec![0.0; labels];
        for &(label, _) in rows {
            counts[label as usize] += 1.0;
        }
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for fold in 0..FOLDS {
            let mut places = Places::default();
            let (mut known, mut hidden) = (Vec::new(), Vec::new());
            for &(label, probe) in rows {
                let place = places.next(label);
                if label as usize % FOLDS == fold || place == fold {
                    hidden.push((label, probe));
                } else {
                    known.push((label, probe));
                }
            }
            let model = Model::train(features, labels, &known);
            for (label, probe) in hidden {
                let Some(top) = model.best(Depth::ranking(1), features, probe, 1).pop() else { continue };
                // each label counts the same: how many phrasings it has says nothing about how often it is asked
                let seen = Seen {
                    score: top.score,
                    right: label == top.label || serves(original(label), original(top.label)),
                    weight: 1.0 / counts[label as usize],
                };
                if label as usize % FOLDS == fold { outside.push(seen) } else { inside.push(seen) }
            }
        }
        // the share of each is the assumed one, and together they weigh as much as there are phrasings inside
        let total = inside.len() as f64;
        scale(&mut inside, total * (1.0 - OUTSIDE));
        scale(&mut outside, total * OUTSIDE);
        inside.append(&mut outside);
        let mut fitted = Self::fit(&inside);
        fitted.threshold = fitted.least_kept(&inside);
        fitted
    }

    /// The confidence above which all but [`LOST`] of the right answers lie, at most [`ENOUGH`]; few phrasings say
    /// little about it.
    fn least_kept(self, seen: &[Seen]) -> f32 {
        let mut right: Vec<(f32, f64)> =
            seen.iter().filter(|s| s.right).map(|s| (self.confidence(s.score), s.weight)).collect();
        right.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = right.iter().map(|(_, weight)| weight).sum();
        let mut lost = 0.0;
        let kept = right.iter().find(|(_, weight)| {
            lost += weight;
            lost > LOST * total
        });
        let kept = kept.map_or(ENOUGH, |(confidence, _)| confidence.min(ENOUGH));
        let trust = total / (total + FEW);
        ENOUGH + (kept - ENOUGH) * trust as f32
    }

    /// The likeliest curve, given the prior, by Newton's method.
    fn fit(seen: &[Seen]) -> Self {
        let precision = DOUBT.powi(-2);
        let prior = [PRIOR.offset, PRIOR.slope].map(f64::from);
        let [mut offset, mut slope] = prior;
        for _ in 0..STEPS {
            let mut gradient = [precision * (offset - prior[0]), precision * (slope - prior[1])];
            let (mut a, mut b, mut c) = (precision, 0.0, precision);
            for &Seen { score, right, weight } in seen {
                let score = f64::from(score);
                let p = logistic(offset + slope * score);
                let error = weight * (p - f64::from(u8::from(right)));
                gradient[0] += error;
                gradient[1] += error * score;
                let bend = weight * p * (1.0 - p);
                a += bend;
                b += bend * score;
                c += bend * score * score;
            }
            let determinant = a * c - b * b;
            offset -= (c * gradient[0] - b * gradient[1]) / determinant;
            slope -= (a * gradient[1] - b * gradient[0]) / determinant;
        }
        Self { offset: offset as f32, slope: slope as f32, threshold: ENOUGH }
    }

    /// The probability that a label with this score is right.
    pub(super) fn confidence(self, score: f32) -> f32 {
        logistic((self.offset + self.slope * score).into()) as f32
    }

    /// The score that a confidence stands for; where scores say nothing, every score will do.
    pub(super) fn score(self, confidence: f32) -> f32 {
        let score = ((confidence / (1.0 - confidence)).ln() - self.offset) / self.slope;
        if self.slope > 0.0 { score } else { f32::NEG_INFINITY }
    }

    /// The confidence from which on an answer is worth giving.
    pub(super) fn threshold(self) -> f32 {
        self.threshold
    }

    pub(super) fn write(self, out: &mut Writer) {
        out.array(&[self.offset, self.slope, self.threshold]);
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, Malformed> {
        let [offset, slope, threshold] = *reader.array::<f32>()?.as_array().ok_or(Malformed)?;
        Ok(Self { offset, slope, threshold })
    }
}

/// Every how manyth label is looked at: all, or so many, evenly spread, that training on them takes seconds.
fn step(labels: usize, phrasings: usize) -> u32 {
    let work = phrasings as f64 * labels as f64;
    // work falls with the square of the step, as there are fewer phrasings and fewer labels
    (work / MOST_WORK).sqrt().ceil().max(1.0) as u32
}

/// Makes the weights add up to `total`.
fn scale(seen: &mut [Seen], total: f64) {
    let sum: f64 = seen.iter().map(|seen| seen.weight).sum();
    for one in seen {
        one.weight *= total / sum;
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Deals the phrasings of each label out over the folds.
#[derive(Default)]
struct Places {
    label: u32,
    place: usize,
}

impl Places {
    /// The fold that leaves this phrasing out; never one that leaves its label out.
    fn next(&mut self, label: u32) -> usize {
        if label != self.label {
            *self = Self { label, place: 0 };
        }
        self.place += 1;
        (label as usize + 1 + self.place % (FOLDS - 1)) % FOLDS
    }
}

#[cfg(test)]
mod tests {
    use super::{Calibration, ENOUGH, FOLDS, PRIOR, Places, Seen};

    fn seen(score: f32, right: bool, weight: f64) -> Seen {
        Seen { score, right, weight }
    }

    #[test]
    fn without_evidence_the_prior_holds() {
        assert_eq!(Calibration::fit(&[]), PRIOR);
    }

    #[test]
    fn confidence_is_the_share_that_was_right() {
        let curve = Calibration::fit(&[
            seen(-2.0, true, 200.0),
            seen(-2.0, false, 800.0),
            seen(-0.5, true, 900.0),
            seen(-0.5, false, 100.0),
        ]);
        assert!((curve.confidence(-2.0) - 0.2).abs() < 0.02, "{curve:?}");
        assert!((curve.confidence(-0.5) - 0.9).abs() < 0.02, "{curve:?}");
    }

    #[test]
    fn the_threshold_keeps_most_right_answers() {
        let low = [
            seen(-3.0, true, 4.0),
            seen(-2.5, true, 2.0),
            seen(-2.0, true, 194.0),
            seen(-2.0, false, 300.0),
            seen(-3.0, false, 90.0),
        ];
        let curve = Calibration::fit(&low);
        let threshold = curve.least_kept(&low);
        // 6 of 200 lie below -2.0, which is less than may be lost
        assert!(threshold < ENOUGH && threshold > curve.confidence(-2.5), "{threshold} {curve:?}");
        assert_eq!(curve.least_kept(&[]).to_bits(), ENOUGH.to_bits());
        // one phrasing says little
        let one = curve.least_kept(&low[1..2]);
        assert!(one < ENOUGH && one > 0.9 * ENOUGH, "{one}");
    }

    #[test]
    fn every_phrasing_has_a_fold_that_keeps_its_label() {
        let mut places = Places::default();
        for label in 0..12_u32 {
            let folds: Vec<_> = (0..20).map(|_| places.next(label)).collect();
            assert!(folds.iter().all(|&fold| fold < FOLDS && fold != label as usize % FOLDS));
        }
    }
}
