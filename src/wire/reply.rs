//! The reply to a message, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::dialogue::{self, Status};
use crate::engine::Explained;
use crate::knowledge::{self, Review as KnowledgeReview};
use crate::matching;

/// A reply to one message.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Reply {
    /// What kind of reply it is.
    #[schemars(extend("enum" = ["answer", "clarify", "unknown", "safety", "smalltalk"]))]
    pub status: &'static str,
    /// The whole reply as plain text, complete by itself.
    pub text: String,
    /// The answered parts.
    pub answers: Vec<Answer>,
    /// The patient's words of parts that were declined.
    pub unanswered: Vec<String>,
    /// Neutral questions to go on with.
    pub suggestions: Vec<Suggestion>,
    /// A red flag, or the reminder of one.
    pub safety: Option<Safety>,
    /// The invitation to book; null with a red flag.
    pub consultation: Option<Consultation>,
    /// What opens every conversation.
    pub disclosure: String,
    /// Opaque; to be passed with the next message.
    pub context: String,
    /// With `explain` alone: the best candidates for the whole message.
    pub candidates: Vec<Candidate>,
}

/// One answered part.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Answer {
    /// The patient's words that this answers.
    pub part: String,
    /// The id of the claim.
    pub id: String,
    /// The neutral question.
    pub title: String,
    /// How people put it; null for a plain question.
    pub claim: Option<String>,
    /// `true`, `false`, `depends` or `info`.
    #[schemars(extend("enum" = ["true", "false", "depends", "info"]))]
    pub verdict: &'static str,
    /// What the writer presumes, judged: `right`, `wrong`, `partly`, `none`.
    #[schemars(extend("enum" = ["right", "wrong", "partly", "none"]))]
    pub belief: &'static str,
    /// The opening of the answer; null in doubt.
    pub lead: Option<&'static str>,
    /// Answer and why.
    pub text: String,
    /// How sure the match is, 0…1.
    pub confidence: f64,
    /// The answer depends on the person.
    pub personal: bool,
    /// No source settles it.
    pub handover: bool,
    /// What the answer rests on.
    pub sources: Vec<Source>,
    /// Who has reviewed the text.
    pub review: Review,
}

/// A source as an answer cites it.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// `authority`, `practice` or `other`.
    #[schemars(extend("enum" = ["authority", "practice", "other"]))]
    pub kind: &'static str,
    /// Its address; null for a document without one.
    pub url: Option<String>,
    /// The section cited.
    pub section: Option<String>,
    /// The year of publication.
    pub year: Option<i64>,
}

/// The review state of an answer.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Review {
    /// `pending` or `reviewed`.
    #[schemars(extend("enum" = ["pending", "reviewed"]))]
    pub status: &'static str,
    /// Name and credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The day of the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The day on which the next one is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A claim to offer.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Suggestion {
    /// Its id.
    pub id: String,
    /// Its neutral title.
    pub title: String,
}

/// A red flag, or the reminder of one.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Safety {
    /// `911`, `urgent`, `crisis` or `poison`.
    #[schemars(extend("enum" = ["911", "urgent", "crisis", "poison"]))]
    pub level: &'static str,
    /// What to do now.
    pub text: String,
}

/// The invitation to book.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Consultation {
    /// What it says.
    pub text: String,
    /// Where to book.
    pub url: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// A candidate for the whole message.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Candidate {
    /// The id of the claim.
    pub id: String,
    /// How sure the match is, 0…1.
    pub confidence: f64,
    /// Why; null but for the first few.
    pub explanation: Option<Explanation>,
}

/// A score as a tree of named parts.
#[derive(Debug, JsonSchema, Serialize)]
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

impl Reply {
    /// The JSON form of a reply; `candidates` is empty unless they were asked
    /// for.
    #[must_use]
    pub fn new(reply: &dialogue::Reply, candidates: Vec<Explained>) -> Self {
        Self {
            status: match reply.status {
                Status::Answer => "answer",
                Status::Clarify => "clarify",
                Status::Unknown => "unknown",
                Status::Safety => "safety",
                Status::SmallTalk => "smalltalk",
            },
            text: reply.text(),
            answers: reply.answers.iter().map(Into::into).collect(),
            unanswered: reply.unanswered.clone(),
            suggestions: reply.suggestions.iter().map(Into::into).collect(),
            safety: reply.safety.as_ref().map(|s| Safety { level: s.level.word(), text: s.text.clone() }),
            consultation: reply.consultation.as_ref().map(|c| Consultation {
                text: c.prompt.clone(),
                url: c.url.clone(),
                phone: c.phone.clone(),
            }),
            disclosure: reply.disclosure.clone(),
            context: reply.context.encode(),
            candidates: candidates.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<&dialogue::Answer> for Answer {
    fn from(answer: &dialogue::Answer) -> Self {
        let claim = &answer.claim;
        Self {
            part: answer.part.clone(),
            id: claim.id.clone(),
            title: claim.title.clone(),
            claim: claim.claim.clone(),
            verdict: claim.verdict.word(),
            belief: answer.stance.belief.word(),
            lead: answer.stance.lead,
            text: answer.paragraphs().join("\n\n"),
            confidence: answer.confidence,
            personal: answer.personal,
            handover: claim.handover,
            sources: answer.sources.iter().map(Into::into).collect(),
            review: claim.into(),
        }
    }
}

impl From<&dialogue::Cited> for Source {
    fn from(cited: &dialogue::Cited) -> Self {
        let source = &cited.source;
        Self {
            id: source.id.clone(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            kind: source.kind.word(),
            url: source.url.clone(),
            section: cited.section.clone(),
            year: source.year,
        }
    }
}

impl From<&knowledge::Claim> for Review {
    fn from(claim: &knowledge::Claim) -> Self {
        match &claim.review {
            KnowledgeReview::Reviewed { by, on, next, .. } if claim.is_reviewed() => Self {
                status: "reviewed",
                by: Some(by.clone()),
                on: Some(on.to_string()),
                next: Some(next.to_string()),
            },
            _ => Self { status: "pending", by: None, on: None, next: None },
        }
    }
}

impl From<&dialogue::Suggestion> for Suggestion {
    fn from(suggestion: &dialogue::Suggestion) -> Self {
        Self { id: suggestion.id.clone(), title: suggestion.title.clone() }
    }
}

impl From<Explained> for Candidate {
    fn from(explained: Explained) -> Self {
        Self {
            id: explained.id,
            confidence: explained.confidence,
            explanation: explained.explanation.map(Into::into),
        }
    }
}

impl From<matching::Explanation> for Explanation {
    fn from(explanation: matching::Explanation) -> Self {
        Self {
            name: explanation.name.to_owned(),
            value: explanation.value,
            note: explanation.note,
            parts: explanation.parts.into_iter().map(Into::into).collect(),
        }
    }
}
