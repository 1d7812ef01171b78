//! The reply as plain text, complete by itself: what a website shows that
//! shows nothing else, and what `text` of the protocol holds.

use std::fmt::Write;

use super::{Answer, Cited, Reply, Status, wording};
use crate::knowledge::{Consultation, Review};

/// The whole reply: disclosure where it is due, what is said, sources, review
/// state, invitation.
pub(super) fn text(reply: &Reply) -> String {
    let mut blocks = Vec::new();
    match (&reply.safety, reply.status) {
        (Some(notice), Status::Safety) => {
            blocks.push(notice.text.clone());
            blocks.extend(reply.opens.then(|| reply.disclosure.clone()));
            return blocks.join("\n\n");
        }
        (Some(notice), _) => blocks.push(notice.text.clone()),
        (None, _) => {}
    }
    if reply.opens {
        blocks.push(reply.disclosure.clone());
    }
    let several = reply.answers.len() > 1;
    for answer in &reply.answers {
        blocks.push(block(answer, several));
    }
    if !reply.message.is_empty() {
        blocks.push(reply.message.clone());
    }
    if !reply.unanswered.is_empty() {
        blocks.push(unanswered(&reply.unanswered));
    }
    if !reply.suggestions.is_empty() {
        blocks.push(suggestions(reply));
    }
    if let Some(consultation) = &reply.consultation {
        blocks.push(invitation(consultation));
    }
    blocks.join("\n\n")
}

fn block(answer: &Answer, titled: bool) -> String {
    let mut text = String::new();
    if titled {
        let _ = writeln!(text, "{}", answer.claim.title);
    }
    if let Some(lead) = answer.stance.lead {
        let _ = write!(text, "{lead} ");
    }
    text.push_str(&answer.paragraphs().join("\n\n"));
    if answer.personal {
        let _ = write!(text, "\n\n{}", wording::PERSONAL);
    }
    if !answer.sources.is_empty() {
        text.push_str("\n\n");
        text.push_str(if answer.sources.len() == 1 { "Source:" } else { "Sources:" });
        for source in &answer.sources {
            let _ = write!(text, "\n- {}", citation(source));
        }
    }
    let _ = write!(text, "\n{}", review(answer));
    text
}

/// A source in one line: title, section, publisher, year, address.
#[must_use]
pub fn citation(cited: &Cited) -> String {
    let source = &cited.source;
    let mut line = source.title.clone();
    if let Some(section) = &cited.section {
        let _ = write!(line, ", “{section}”");
    }
    let _ = write!(line, ", {}", source.publisher);
    if let Some(year) = source.year {
        let _ = write!(line, ", {year}");
    }
    if source.kind == crate::knowledge::Kind::Practice {
        line.push_str(" (the practice's own page)");
    }
    if let Some(url) = &source.url {
        let _ = write!(line, ": {url}");
    }
    line
}

/// The review state of an answer in one sentence.
#[must_use]
pub fn review(answer: &Answer) -> String {
    match &answer.claim.review {
        Review::Reviewed { by, on, .. } if answer.claim.is_reviewed() => {
            format!("Reviewed by {by} on {on}.")
        }
        _ => wording::REVIEW_PENDING.to_owned(),
    }
}

/// The heading over the suggestions of a reply.
#[must_use]
pub fn suggestions_heading(status: Status) -> &'static str {
    match status {
        Status::Answer => wording::RELATED,
        Status::Clarify => wording::CLARIFY,
        Status::Unknown | Status::Safety | Status::SmallTalk => wording::SUGGEST,
    }
}

fn suggestions(reply: &Reply) -> String {
    let mut text = suggestions_heading(reply.status).to_owned();
    for (number, suggestion) in (1..).zip(&reply.suggestions) {
        let _ = write!(text, "\n{number}. {}", suggestion.title);
    }
    text
}

/// The parts without an answer, named.
#[must_use]
pub fn unanswered(parts: &[String]) -> String {
    let quoted: Vec<String> = parts.iter().map(|p| format!("“{p}”")).collect();
    format!("{} {}", wording::UNANSWERED, quoted.join(", "))
}

/// The invitation with its address and number.
#[must_use]
pub fn invitation(consultation: &Consultation) -> String {
    let mut text = consultation.prompt.clone();
    for way in [&consultation.url, &consultation.phone].into_iter().flatten() {
        let _ = write!(text, " {way}");
    }
    text
}
