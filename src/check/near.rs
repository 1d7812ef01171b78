//! # `near-duplicate`
//!
//! ## What it does
//! Finds phrasings that say nearly the same, word for word, under two entries
//! that do not name each other in `overlaps`, or in both directions of one
//! claim.
//!
//! ## Why is this bad
//! Whoever writes that gets one of the two answers by accident. Where the
//! verdicts differ, or the directions, the answer may be the opposite.
//!
//! ## Example
//! ```yaml
//!   - id: hurts-before
//!     asks: [will the shot hurt a lot]
//!   - id: hurts-after
//!     asks: [will the shot hurt much]
//! ```
//!
//! ## Use instead
//! Keep it where it belongs and make the other one clear:
//! ```yaml
//!   - id: hurts-after
//!     asks: [will it still hurt a lot the day after the shot]
//! ```
//! If either answer serves, name the entries in `overlaps`.

use std::collections::BTreeMap;

use super::Subject;
use super::trial::{Phrasing, overlap, phrasings};
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["near-duplicate"];

/// How much of two phrasings must be the same: their common words weighed by
/// how rare they are, as a share of all their words (weighted Jaccard). Ten
/// common words and one rare one that differs give about 0.8.
const NEARLY_ALIKE: f64 = 0.85;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let phrasings: Vec<Phrasing<'_>> = phrasings(subject.engine()).collect();
    let weighed = Weighed::of(&phrasings);
    for (at, later) in phrasings.iter().enumerate() {
        let earlier = phrasings[..at].iter().enumerate().find(|(before, earlier)| {
            may_not_be_alike(earlier, later) && weighed.likeness(*before, at) >= NEARLY_ALIKE
        });
        let Some((_, earlier)) = earlier else { continue };
        let (a, b) = (earlier.claim, later.claim);
        let where_else = if a.id == b.id {
            "in the other direction of the same claim".to_owned()
        } else if a.verdict == b.verdict {
            format!("under `{}`", a.id)
        } else {
            format!("under `{}`, whose verdict differs", a.id)
        };
        findings.push(Diagnostic::warning(
            "near-duplicate",
            later.located.place.clone(),
            format!("“{}” is nearly “{}” {where_else}", later.located.text, earlier.located.text),
            format!("keep the one that belongs and change the other, which is at {}", earlier.located.place),
        ));
    }
}

fn may_not_be_alike(a: &Phrasing<'_>, b: &Phrasing<'_>) -> bool {
    if a.claim.id == b.claim.id { a.direction != b.direction } else { !overlap(a.claim, b.claim) }
}

/// The words of all phrasings as sorted numbers, and what each weighs.
struct Weighed {
    words: Vec<Vec<usize>>,
    weights: Vec<f64>,
    sums: Vec<f64>,
}

impl Weighed {
    fn of(phrasings: &[Phrasing<'_>]) -> Self {
        let mut numbers = BTreeMap::<&str, usize>::new();
        let mut counts = Vec::<f64>::new();
        let mut words = Vec::with_capacity(phrasings.len());
        for phrasing in phrasings {
            let mut own: Vec<usize> = phrasing
                .utterance
                .words()
                .map(|word| {
                    let next = numbers.len();
                    *numbers.entry(word).or_insert(next)
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            counts.resize(numbers.len(), 0.0);
            for word in &own {
                counts[*word] += 1.0;
            }
            words.push(own);
        }
        let all = counts.iter().copied().fold(1.0, f64::max);
        let weights: Vec<f64> = counts.iter().map(|count| 1.0 + (all / count).ln()).collect();
        let sums = words.iter().map(|own| own.iter().map(|w| weights[*w]).sum()).collect();
        Self { words, weights, sums }
    }

    /// The weighted share of words that two phrasings have in common.
    fn likeness(&self, a: usize, b: usize) -> f64 {
        // The common words weigh no more than the lighter phrasing.
        let (less, more) = (self.sums[a].min(self.sums[b]), self.sums[a].max(self.sums[b]));
        if less < NEARLY_ALIKE * more {
            return 0.0;
        }
        let (mut left, mut right) = (self.words[a].iter().peekable(), self.words[b].iter().peekable());
        let mut common = 0.0;
        while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => {
                    left.next();
                }
                std::cmp::Ordering::Greater => {
                    right.next();
                }
                std::cmp::Ordering::Equal => {
                    common += self.weights[**x];
                    left.next();
                    right.next();
                }
            }
        }
        common / (self.sums[a] + self.sums[b] - common).max(f64::MIN_POSITIVE)
    }
}
