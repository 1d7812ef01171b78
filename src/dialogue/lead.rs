//! The opening of an answer: what follows from the verdict and from what the
//! writer presumes or asks.
//!
//! It never says the opposite of the fact; where the direction of the
//! writer's words is in doubt there is none.

use super::belief::{Belief, Reading};
use super::form::Form;
use crate::knowledge::Verdict;

/// A belief and the opening of the answer; no opening in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stance {
    /// What the writer presumes.
    pub belief: Belief,
    /// "No.", "That's a common myth.", …
    pub lead: Option<&'static str>,
}

impl Stance {
    /// No belief, no opening.
    pub const NONE: Self = Self { belief: Belief::None, lead: None };
}

const YES: &str = "Yes.";
const NO: &str = "No.";
const DEPENDS: &str = "It depends.";
const RIGHT: &str = "That's right.";
/// To a false claim.
const MYTH: &str = "That's a common myth.";
/// To the denial of a true one, which need not be a common error.
const MISTAKEN: &str = "That's a misunderstanding.";

/// What a reading of a message means for a claim with this verdict.
#[must_use]
pub fn stance(verdict: Verdict, reading: Reading) -> Stance {
    let presumes = reading.form.presumes();
    let fact = match verdict {
        Verdict::Info => return Stance::NONE,
        // It depends, whatever the direction.
        Verdict::Depends if presumes => return Stance { belief: Belief::Partly, lead: Some(DEPENDS) },
        Verdict::Depends => {
            let lead = (reading.form == Form::YesNo).then_some(DEPENDS);
            return Stance { belief: Belief::None, lead };
        }
        _ if !reading.is_directed() => return Stance::NONE,
        Verdict::True => reading.affirms(),
        Verdict::False => !reading.affirms(),
    };
    let lead = match (reading.form, fact) {
        _ if reading.former => None,
        (Form::YesNo, _) if reading.ambiguous => None,
        (Form::YesNo, true) => Some(YES),
        (Form::YesNo, false) => Some(NO),
        (_, true) => Some(RIGHT),
        (Form::NegativeQuestion, false) if !reading.ambiguous => Some(NO),
        (_, false) if verdict == Verdict::False => Some(MYTH),
        (_, false) => Some(MISTAKEN),
    };
    let belief = match (presumes, fact) {
        (false, _) => Belief::None,
        (true, true) => Belief::Right,
        (true, false) => Belief::Wrong,
    };
    Stance { belief, lead: lead.filter(|_| reading.is_certain()) }
}
