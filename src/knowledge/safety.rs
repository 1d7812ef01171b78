//! `safety.yaml`: red flags, their levels, the fixed texts.

use std::collections::BTreeMap;

use super::reader::{Fields, Findings};
use super::tree::Node;

/// How urgent a red flag is; the greatest comes first when several fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Emergency room or doctor today.
    Urgent,
    /// Poison control.
    Poison,
    /// Thoughts of self-harm.
    Crisis,
    /// Call the emergency number now.
    Emergency,
}

/// The red flags and their fixed texts.
#[derive(Clone, Debug, Default)]
pub struct SafetyRules {
    /// What is said at each level.
    pub texts: BTreeMap<Level, String>,
    /// One line that follows in the next replies.
    pub reminder: String,
}

impl Level {
    /// The word of the format and the protocol.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Poison => "poison",
            Self::Crisis => "crisis",
            Self::Emergency => "911",
        }
    }

    /// The level that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Urgent, Self::Poison, Self::Crisis, Self::Emergency].into_iter().find(|l| l.word() == word)
    }
}

pub(super) fn read(root: Node, findings: &mut Findings) -> Option<SafetyRules> {
    let fields = Fields::open(root, "file", findings)?;
    fields.close(findings);
    Some(SafetyRules::default())
}
