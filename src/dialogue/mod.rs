//! What is said back: decision, belief, conversation, reply.
//!
//! Takes candidates and turns them into a [`Reply`], which is plain data.
//! Refuses to rank and to format: ranking is `matching`'s, screens and JSON
//! are the edges'.

pub mod about;
pub mod aftermath;
pub mod belief;
pub mod choice;
pub mod compose;
pub mod context;
pub mod decision;
pub mod followup;
pub mod form;
pub mod hearing;
pub mod invitation;
pub mod language;
pub mod lead;
pub mod personal;
pub mod polarity;
pub mod remark;
pub mod segmentation;
pub mod wording;

use std::borrow::Cow;

use crate::knowledge::{Claim, Consultation, Knowledge, Level};

pub use belief::Belief;
pub use context::Context;
pub use lead::Stance;

/// What kind of reply it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// At least one part is answered.
    Answer,
    /// Two or three titles to choose from.
    Clarify,
    /// No answer in this knowledge.
    Unknown,
    /// A red flag.
    Safety,
    /// A greeting, thanks, a question about the program.
    SmallTalk,
}

/// A claim to offer: its id and its neutral title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The claim's id.
    pub id: String,
    /// The claim's title.
    pub title: String,
}

impl From<&Claim> for Suggestion {
    fn from(claim: &Claim) -> Self {
        Self { id: claim.id.clone(), title: claim.title.clone() }
    }
}

/// One answered part of a message.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The patient's words that this answers.
    pub part: String,
    /// The claim that answers.
    pub claim: Claim,
    /// The sources of the claim, in its order, with the sections cited.
    pub sources: Vec<Cited>,
    /// What the writer believes, and the opening that follows from it.
    pub stance: Stance,
    /// How sure the match is, 0…1.
    pub confidence: f64,
    /// The answer depends on the person.
    pub personal: bool,
}

impl Answer {
    /// The answer and why, as paragraphs without line breaks.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<Cow<'_, str>> {
        let why = self.claim.why.iter().flat_map(|w| paragraphs(w));
        paragraphs(&self.claim.answer).chain(why).collect()
    }
}

/// The paragraphs of a text of the knowledge: a blank line separates them, or
/// a line break where the text has no blank line (YAML's folded style leaves
/// one).
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let separator = if text.contains("\n\n") { "\n\n" } else { "\n" };
    text.split(separator).map(|p| on_one_line(p.trim())).filter(|p| !p.is_empty())
}

/// A text with single blanks between its words; most have no others.
fn on_one_line(text: &str) -> Cow<'_, str> {
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    if text.split(' ').all(is_word) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A source as an answer cites it.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The source.
    pub source: crate::knowledge::Source,
    /// The section of it.
    pub section: Option<String>,
}

/// What a red flag says, or the reminder that follows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How urgent it is.
    pub level: Level,
    /// The fixed text.
    pub text: String,
}

/// The whole reply to a message.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What kind of reply it is.
    pub status: Status,
    /// What is said where there is no answer: the question to choose, the
    /// small talk, the honest "I do not know".
    pub message: String,
    /// The answered parts, in the order of the message.
    pub answers: Vec<Answer>,
    /// The patient's words of parts that were declined.
    pub unanswered: Vec<String>,
    /// Neutral questions to go on with.
    pub suggestions: Vec<Suggestion>,
    /// A red flag, or the reminder of one.
    pub safety: Option<Notice>,
    /// The invitation to book; absent with a red flag.
    pub consultation: Option<Consultation>,
    /// What opens every conversation.
    pub disclosure: String,
    /// Whether this reply opens the conversation, so that the disclosure is
    /// due.
    pub opens: bool,
    /// What the next message is read with.
    pub context: Context,
}

impl Reply {
    /// The whole reply as plain text, complete by itself.
    #[must_use]
    pub fn text(&self) -> String {
        compose::text(self)
    }
}

/// A claim's sources as it cites them.
pub(crate) fn cited(knowledge: &Knowledge, claim: &Claim) -> Vec<Cited> {
    claim
        .citations
        .iter()
        .filter_map(|c| {
            let source = knowledge.source(&c.source)?.clone();
            Some(Cited { source, section: c.section.clone() })
        })
        .collect()
}
