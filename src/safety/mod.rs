//! The red-flag screen over an utterance, before anything else.

use crate::knowledge::{Level, SafetyRules};
use crate::text::Utterance;

/// The compiled red flags.
pub struct Screen;

/// A red flag that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// How urgent it is.
    pub level: Level,
    /// The id of the rule.
    pub flag: String,
}

impl Screen {
    /// Compiles the rules.
    #[must_use]
    pub fn new(_rules: &SafetyRules) -> Self {
        Self
    }

    /// Reads a message before and after spelling correction.
    #[must_use]
    pub fn read(&self, _said: &Utterance, _corrected: &Utterance) -> Option<Alarm> {
        None
    }
}
