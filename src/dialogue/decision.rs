//! From candidates to a decision about one part of a message.

use crate::matching::{Candidate, Target};

/// What to do with a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Answer with this candidate.
    Answer(Candidate),
    /// Say the small talk with this index.
    SmallTalk(usize),
    /// Nothing here is sure enough.
    Decline,
}

/// Decides: the best candidate if it reaches the threshold, else nothing.
#[must_use]
pub fn decide(candidates: &[Candidate], threshold: f64, target: impl Fn(usize) -> Target) -> Decision {
    match candidates.first() {
        Some(best) if best.confidence >= threshold => match target(best.label) {
            Target::Claim(_) => Decision::Answer(*best),
            Target::SmallTalk(entry) => Decision::SmallTalk(entry),
        },
        _ => Decision::Decline,
    }
}
