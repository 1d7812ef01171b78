//! The phrasings of a knowledge base as examples: what each label stands for,
//! and where each example comes from.

use serde::{Deserialize, Serialize};

use crate::knowledge::Knowledge;

/// What a label of the matcher stands for: claims come first, small talk after
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A claim, by its index.
    Claim(usize),
    /// An entry of the small talk, by its index.
    SmallTalk(usize),
}

impl Target {
    /// What a label stands for in a knowledge base.
    #[must_use]
    pub fn of(label: usize, knowledge: &Knowledge) -> Self {
        let claims = knowledge.claims.len();
        if label < claims { Self::Claim(label) } else { Self::SmallTalk(label - claims) }
    }
}

/// In which direction of its claim a phrasing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// An open question.
    Asks,
    /// In the direction of the claim.
    Affirms,
    /// In the opposite direction.
    Denies,
}

/// Where an example of the matcher comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// What it stands for.
    pub target: Target,
    /// In which direction it stands.
    pub direction: Direction,
    /// Its place among the phrasings of its target.
    pub phrasing: usize,
}

/// Every phrasing of the knowledge with its label and origin.
pub fn examples(knowledge: &Knowledge) -> impl Iterator<Item = (usize, &str, Origin)> {
    let of_claims = knowledge.claims.iter().enumerate().flat_map(|(index, claim)| {
        let directed = [
            (Direction::Asks, &claim.asks),
            (Direction::Affirms, &claim.affirms),
            (Direction::Denies, &claim.denies),
        ];
        let all = directed.into_iter().flat_map(|(direction, list)| list.iter().map(move |l| (direction, l)));
        all.enumerate().map(move |(phrasing, (direction, located))| {
            let origin = Origin { target: Target::Claim(index), direction, phrasing };
            (index, located.text.as_str(), origin)
        })
    });
    let claims = knowledge.claims.len();
    let of_smalltalk = knowledge.smalltalk.iter().enumerate().flat_map(move |(index, talk)| {
        talk.phrasings.iter().enumerate().map(move |(phrasing, located)| {
            let origin = Origin { target: Target::SmallTalk(index), direction: Direction::Asks, phrasing };
            (claims + index, located.text.as_str(), origin)
        })
    });
    of_claims.chain(of_smalltalk)
}
