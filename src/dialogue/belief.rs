//! What the writer's own words presume about a claim, held against its
//! verdict, and the opening that follows.

use crate::knowledge::{Claim, Verdict};
use crate::matching::Direction;

/// What the writer presumes, judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belief {
    /// What they presume is right.
    Right,
    /// What they presume is wrong.
    Wrong,
    /// It is neither all right nor all wrong.
    Partly,
    /// They presume nothing, or it is in doubt.
    None,
}

impl Belief {
    /// The word of the protocol.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Partly => "partly",
            Self::None => "none",
        }
    }
}

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

/// The stance of a message whose words are those of a phrasing of the claim.
#[must_use]
pub fn stance(claim: &Claim, direction: Direction, is_question: bool) -> Stance {
    let affirms = match direction {
        Direction::Asks => return Stance::NONE,
        Direction::Affirms => true,
        Direction::Denies => false,
    };
    let (belief, lead) = match (claim.verdict, is_question) {
        (Verdict::Info, _) => return Stance::NONE,
        (Verdict::Depends, false) => (Belief::Partly, "It depends."),
        (Verdict::Depends, true) => (Belief::None, "It depends."),
        (verdict, true) => (Belief::None, if (verdict == Verdict::True) == affirms { "Yes." } else { "No." }),
        (verdict, false) if (verdict == Verdict::True) == affirms => (Belief::Right, "That's right."),
        (_, false) => (Belief::Wrong, "That's a common myth."),
    };
    Stance { belief, lead: Some(lead) }
}
