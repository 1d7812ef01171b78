//! # `confused-claim`
//!
//! ## What it does
//! Trains the matcher ten times on nine tenths of the phrasings and asks it
//! for the rest. Finds entries that lose more than a quarter of their
//! phrasings this way; a loss to an entry in `overlaps` does not count.
//!
//! ## Why is this bad
//! It is how the entry will do on words that it has not seen: one patient in
//! four gets another answer or none.
//!
//! ## Example
//! ```text
//! `baby-volume` loses 14 of 40 phrasings that it has not seen: 9 to `baby-diluted`, 5 to `dilution`
//! ```
//!
//! ## Use instead
//! Give the two entries phrasings that show the difference. If there is none
//! that a patient would see, name them in `overlaps` or make one of the two.

use std::collections::BTreeMap;

use super::Subject;
use super::trial::FOLDS;
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["confused-claim"];

/// An entry may lose one phrasing in this many.
const ONE_IN: usize = 4;

/// Winners that a message names.
const NAMED: usize = 3;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let mut lost = BTreeMap::<usize, Vec<&str>>::new();
    for loss in &subject.trial().unseen {
        lost.entry(loss.claim).or_default().push(&loss.winner);
    }
    for (index, winners) in lost {
        let claim = &subject.knowledge.claims[index];
        let all = claim.phrasings().count();
        // A handful of phrasings gives no share worth naming.
        if all < FOLDS || winners.len() * ONE_IN <= all {
            continue;
        }
        let mut counts = BTreeMap::<&str, usize>::new();
        for winner in &winners {
            *counts.entry(winner).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        let to: Vec<String> = counts.iter().take(NAMED).map(|(id, n)| format!("{n} to `{id}`")).collect();
        findings.push(Diagnostic::warning(
            "confused-claim",
            claim.place.clone(),
            format!(
                "`{}` loses {} of {all} phrasings that it has not seen: {}",
                claim.id,
                winners.len(),
                to.join(", ")
            ),
            "add phrasings that tell them apart, or name them in `overlaps` if either answer serves",
        ));
    }
}
