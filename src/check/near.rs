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

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::myth::stem;
use super::trial::{Phrasing, phrasings};
use crate::diagnostic::Diagnostic;
use crate::matching::Direction;
use crate::text::{Utterance, grammar};

pub(super) const CODES: &[&str] = &["near-duplicate"];

/// Words that make no difference: two phrasings that differ in these, in the
/// endings of words or in their order say nearly the same. Questions words,
/// "can", "should" and denials do make one.
const NO_DIFFERENCE: &[&str] = &[
    "a", "an", "the", "please", "so", "just", "really", "very", "well", "ok", "okay", "hi", "hey", "hello",
    "um", "is", "are", "was", "be", "been", "am", "do", "does", "did", "has", "have", "it", "its", "to",
    "of", "for", "in", "on", "at", "me", "my", "i", "im", "you", "your", "and", "that", "this", "there",
    "some", "any", "actually", "right", "then", "lot", "much",
];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let mut alike = BTreeMap::<BTreeSet<String>, Vec<Phrasing<'_>>>::new();
    for later in phrasings(subject.engine()) {
        let meaning = meaning(&later.utterance);
        if meaning.is_empty() {
            continue;
        }
        let earlier = alike.entry(meaning).or_default();
        if let Some(other) = earlier.iter().find(|other| may_not_be_alike(other, &later)) {
            findings.push(finding(other, &later));
        }
        earlier.push(later);
    }
}

/// The words that carry a phrasing. A question hung on behind ("isn't it?")
/// carries nothing, and turns no statement round; "do" at the end is what is
/// asked about ("what does it do").
fn meaning(phrasing: &Utterance) -> BTreeSet<String> {
    let words: Vec<&str> = phrasing.words().collect();
    let words = match &words[..] {
        [said @ .., verb, subject] if said.len() > 1 && is_verb(verb) && grammar::is_subject(subject) => said,
        all => all,
    };
    let (last, before) = words.split_last().unwrap_or((&"", &[]));
    let before = before.iter().filter(|word| !NO_DIFFERENCE.contains(word));
    let last = std::iter::once(last).filter(|word| **word == "do" || !NO_DIFFERENCE.contains(word));
    before.chain(last).filter(|word| !word.is_empty()).map(|word| stem(word)).collect()
}

fn is_verb(word: &str) -> bool {
    grammar::is_auxiliary(word) || grammar::is_negated_auxiliary(word)
}

fn may_not_be_alike(a: &Phrasing<'_>, b: &Phrasing<'_>) -> bool {
    if a.claim.id == b.claim.id {
        // An open question beside either of them changes nothing.
        a.direction != b.direction && a.direction != Direction::Asks && b.direction != Direction::Asks
    } else {
        !a.claim.overlaps_with(b.claim)
    }
}

fn finding(earlier: &Phrasing<'_>, later: &Phrasing<'_>) -> Diagnostic {
    let (a, b) = (earlier.claim, later.claim);
    let elsewhere = if a.id == b.id {
        "in the other direction of the same claim".to_owned()
    } else if a.verdict == b.verdict {
        format!("under `{}`", a.id)
    } else {
        format!("under `{}`, whose verdict differs", a.id)
    };
    Diagnostic::warning(
        "near-duplicate",
        later.located.place.clone(),
        format!("“{}” is nearly “{}” {elsewhere}", later.located.text, earlier.located.text),
        format!("keep the one that belongs and change the other, which is at {}", earlier.located.place),
    )
}
