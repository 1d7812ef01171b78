//! # Phrasings
//!
//! ## What it does
//! `few-phrasings`: an entry with fewer than 25 phrasings.
//! `uniform-phrasings`: most phrasings of an entry begin with the same two
//! words, or share most of their words.
//!
//! ## Why is this bad
//! Phrasings are what the matcher learns from. With few of them, or with one
//! sentence in many copies, it knows one way to ask and declines the others.
//!
//! ## Example
//! ```yaml
//!     asks: [how long does it last, how long does it last on men, how long does it last now]
//! ```
//!
//! ## Use instead
//! ```yaml
//!     asks: [how long does it last, when will it wear off, is it gone by summer]
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diagnostic::Diagnostic;
use crate::knowledge::Claim;
use crate::text::Utterance;

pub(super) const CODES: &[&str] = &["few-phrasings", "uniform-phrasings"];

/// Fewest phrasings of an entry: with fewer, each tenth that is left out in a
/// trial is two or three, and the matcher knows hardly any variety.
const FEWEST: usize = 25;

/// Share of phrasings that may begin with the same two words. The shipped
/// entries stay below 0.43.
const SAME_BEGINNING: f64 = 0.5;

/// Mean share of words that two phrasings may have in common (Jaccard). The
/// shipped entries stay below 0.19.
const SAME_WORDS: f64 = 0.35;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in &subject.knowledge.claims {
        let mut warn = |code, message: String, help: &str| {
            findings.push(Diagnostic::warning(code, claim.place.clone(), message, help));
        };
        let count = claim.phrasings().count();
        if count < FEWEST {
            let message = format!("`{}` has {count} of {FEWEST} phrasings", claim.id);
            warn("few-phrasings", message, "add what people would type, in as many ways as they have");
        } else if let Some(message) = uniformity(claim) {
            warn("uniform-phrasings", message, "say it in other words, lengths and forms");
        }
    }
}

fn uniformity(claim: &Claim) -> Option<String> {
    let phrasings: Vec<Vec<String>> =
        claim.phrasings().map(|p| Utterance::new(&p.text).words().map(str::to_owned).collect()).collect();
    let mut beginnings = BTreeMap::<&[String], usize>::new();
    for words in &phrasings {
        *beginnings.entry(&words[..words.len().min(2)]).or_default() += 1;
    }
    let (beginning, most) = beginnings.into_iter().max_by_key(|(_, count)| *count)?;
    if share(most, phrasings.len()) > SAME_BEGINNING {
        let beginning = beginning.join(" ");
        return Some(format!(
            "{most} of {} phrasings of `{}` begin with “{beginning}”",
            phrasings.len(),
            claim.id
        ));
    }
    let sets: Vec<BTreeSet<&String>> = phrasings.iter().map(|words| words.iter().collect()).collect();
    let pairs = sets.iter().enumerate().flat_map(|(at, a)| sets[at + 1..].iter().map(move |b| (a, b)));
    let (mut sum, mut count) = (0.0, 0);
    for (a, b) in pairs {
        sum += share(a.intersection(b).count(), a.union(b).count());
        count += 1;
    }
    let common = sum / f64::from(count.max(1));
    (common > SAME_WORDS).then(|| {
        format!(
            "two phrasings of `{}` have {:.0} % of their words in common on average",
            claim.id,
            common * 100.0
        )
    })
}

#[allow(clippy::cast_precision_loss, reason = "counts of words and phrasings")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
