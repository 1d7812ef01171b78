//! The invitation to talk to the practice, worded for what was asked.

use super::{Answer, wording};
use crate::knowledge::Consultation;

/// The practice's invitation for a reply: in full once a conversation, then in
/// one sentence; with what to bring up where an answer says what that is.
#[must_use]
pub fn invitation(practice: &Consultation, answers: &[Answer], invited: bool) -> Consultation {
    let opening = match (invited, answers) {
        (false, _) => practice.prompt.clone(),
        (true, [answer]) if answer.claim.handover => wording::OFFICE_AGAIN.to_owned(),
        (true, _) => wording::INVITED_AGAIN.to_owned(),
    };
    let prompt = match subject(answers) {
        Some(subject) => format!("{opening} {subject}"),
        None => opening,
    };
    Consultation { prompt, ..practice.clone() }
}

/// What to bring up at the visit.
fn subject(answers: &[Answer]) -> Option<String> {
    let answer = answers.iter().find(|a| a.personal).or(answers.first())?;
    if answer.personal {
        return Some(wording::BRING_LIST.to_owned());
    }
    (!answer.claim.handover).then(|| format!("{} “{}”", wording::BRING_UP, answer.claim.title))
}
