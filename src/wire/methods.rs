//! What each method takes and gives; `ask` gives a [`super::Reply`].

use schemars::JsonSchema;
use serde::Serialize;

use super::{Review, Source, Suggestion};
use crate::knowledge::{self, Knowledge, Located};
use crate::{dialogue, limits};

/// The version of the protocol. It changes when a client would have to.
pub const PROTOCOL: u32 = 1;

/// What `ask` takes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq)]
#[schemars(deny_unknown_fields)]
pub struct AskParams {
    /// The message, in the patient's words.
    pub text: String,
    /// The `context` of the reply before; absent or null in a new conversation.
    pub context: Option<String>,
    /// Whether to list the candidates and why they score as they do.
    pub explain: Option<bool>,
}

/// What `suggest` takes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq)]
#[schemars(deny_unknown_fields)]
pub struct SuggestParams {
    /// How the title begins; upper and lower case are the same.
    pub prefix: Option<String>,
    /// How many questions at most: 5 where it is absent, never more than 20.
    pub limit: Option<usize>,
}

/// What `claims` takes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq)]
#[schemars(deny_unknown_fields)]
pub struct ClaimsParams {
    /// How many claims to leave out at the start.
    pub offset: Option<usize>,
    /// How many claims at most: 200 where it is absent, never more.
    pub limit: Option<usize>,
}

/// What `claim` takes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq)]
#[schemars(deny_unknown_fields)]
pub struct ClaimParams {
    /// The id of the claim.
    pub id: String,
}

/// What `hello` gives: who answers, with which knowledge, within which limits.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Hello {
    /// The name of the program.
    pub name: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// The version of the protocol.
    pub protocol: u32,
    /// The knowledge in use.
    pub knowledge: KnowledgeInUse,
    /// What a request must stay within.
    pub limits: Limits,
    /// What opens every conversation.
    pub disclosure: String,
}

/// The knowledge in use.
#[derive(Debug, JsonSchema, Serialize)]
pub struct KnowledgeInUse {
    /// An opaque digest of all files in use: equal files, equal hash.
    pub hash: String,
    /// How many claims it has.
    pub claims: usize,
    /// Its language, as an IETF tag.
    pub language: String,
}

/// What a request must stay within.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Limits {
    /// Longest line, in bytes, without its end.
    pub line_bytes: usize,
    /// Longest text, in Unicode scalar values.
    pub text_chars: usize,
}

/// What `suggest` gives.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Questions {
    /// Neutral titles, in the order of the files.
    pub questions: Vec<Suggestion>,
}

/// What `claims` gives.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Claims {
    /// The claims of this page, in the order of the files.
    pub claims: Vec<ClaimTitle>,
    /// How many claims there are on all pages.
    pub total: usize,
}

/// A claim in a list.
#[derive(Debug, JsonSchema, Serialize)]
pub struct ClaimTitle {
    /// Its id.
    pub id: String,
    /// Its neutral title.
    pub title: String,
    /// `true`, `false`, `depends` or `info`.
    #[schemars(extend("enum" = ["true", "false", "depends", "info"]))]
    pub verdict: &'static str,
}

/// What `claim` gives: an entry of the knowledge.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The neutral question.
    pub title: String,
    /// How people put it; null for a plain question.
    pub claim: Option<String>,
    /// `true`, `false`, `depends` or `info`.
    #[schemars(extend("enum" = ["true", "false", "depends", "info"]))]
    pub verdict: &'static str,
    /// The answer, the fact first.
    pub answer: String,
    /// Why people believe the claim and why it misleads.
    pub why: Option<String>,
    /// What the answer rests on.
    pub sources: Vec<Source>,
    /// No source settles it.
    pub handover: bool,
    /// The answer depends on the person.
    pub personal: bool,
    /// Open questions.
    pub asks: Vec<String>,
    /// Statements and questions in the direction of the claim.
    pub affirms: Vec<String>,
    /// Statements and questions in the opposite direction.
    pub denies: Vec<String>,
    /// Ids worth reading next.
    pub related: Vec<String>,
    /// Ids so close that either answer serves.
    pub overlaps: Vec<String>,
    /// Who has reviewed the text.
    pub review: Review,
    /// The last day on which the entry is shown.
    pub expires: Option<String>,
}

/// What `reload` gives.
#[derive(Debug, JsonSchema, Serialize)]
pub struct Reloaded {
    /// The knowledge that answers from now on.
    pub knowledge: KnowledgeInUse,
}

impl From<&Knowledge> for Hello {
    fn from(knowledge: &Knowledge) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            protocol: PROTOCOL,
            knowledge: knowledge.into(),
            limits: Limits { line_bytes: limits::LINE_BYTES, text_chars: limits::TEXT_CHARS },
            disclosure: knowledge.practice.disclosure.clone(),
        }
    }
}

impl From<&Knowledge> for KnowledgeInUse {
    fn from(knowledge: &Knowledge) -> Self {
        Self {
            hash: knowledge.hash.clone(),
            claims: knowledge.shown().count(),
            language: knowledge.practice.language.clone(),
        }
    }
}

impl From<&knowledge::Claim> for Suggestion {
    fn from(claim: &knowledge::Claim) -> Self {
        Self { id: claim.id.clone(), title: claim.title.clone() }
    }
}

impl From<&knowledge::Claim> for ClaimTitle {
    fn from(claim: &knowledge::Claim) -> Self {
        Self { id: claim.id.clone(), title: claim.title.clone(), verdict: claim.verdict.word() }
    }
}

impl Claim {
    /// An entry of a knowledge base.
    #[must_use]
    pub fn new(knowledge: &Knowledge, claim: &knowledge::Claim) -> Self {
        let texts = |list: &[Located]| list.iter().map(|l| l.text.clone()).collect();
        Self {
            id: claim.id.clone(),
            title: claim.title.clone(),
            claim: claim.claim.clone(),
            verdict: claim.verdict.word(),
            answer: claim.answer.clone(),
            why: claim.why.clone(),
            sources: dialogue::cited(knowledge, claim).iter().map(Into::into).collect(),
            handover: claim.handover,
            personal: claim.personal,
            asks: texts(&claim.asks),
            affirms: texts(&claim.affirms),
            denies: texts(&claim.denies),
            related: texts(&claim.related),
            overlaps: texts(&claim.overlaps),
            review: claim.into(),
            expires: claim.expires.map(|day| day.to_string()),
        }
    }
}
