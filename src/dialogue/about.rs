//! What a conversation has to know about a claim beyond its text.

use super::belief::Lean;
use super::followup;
use crate::knowledge::Knowledge;
use crate::matching::Target;
use crate::text::Utterance;

/// What is learned from the phrasings of one claim.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// How its phrasings speak for and against it.
    pub lean: Lean,
    /// What it is about, in words that a follow-up leaves out: the words of its
    /// subject, joined by blanks.
    pub subject: String,
    /// Its title, prepared like a message.
    pub title: Utterance,
    /// The claims that are worth reading next.
    pub related: Vec<Target>,
}

impl About {
    /// Learns about a claim; `prepared` prepares a text like a message.
    pub fn of(knowledge: &Knowledge, claim: usize, prepared: impl Fn(&str) -> Utterance) -> Self {
        let claim = &knowledge.claims[claim];
        let title = prepared(&claim.title);
        let phrasings: Vec<Utterance> = claim.phrasings().map(|p| prepared(&p.text)).collect();
        let place = |id: &str| knowledge.claims.iter().position(|c| c.id == id);
        let next = claim.related.iter().chain(&claim.overlaps);
        Self {
            lean: Lean::of(claim, prepared),
            subject: followup::subject(&title, phrasings.iter()).join(" "),
            title,
            related: next.filter_map(|id| place(&id.text)).map(Target::Claim).collect(),
        }
    }
}
