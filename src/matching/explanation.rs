//! Why a score is what it is, as a tree of named parts.

/// A score with its parts, in words that an editor of the knowledge can act
/// on.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What was scored.
    pub name: String,
    /// The score.
    pub value: f64,
    /// What it means.
    pub note: String,
    /// What it is made of.
    pub parts: Vec<Explanation>,
}
