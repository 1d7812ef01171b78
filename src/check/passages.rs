//! The texts of a knowledge base that a patient may read, with their places.

use crate::diagnostic::Place;
use crate::knowledge::{Claim, Knowledge};

/// A text that a patient may read.
pub(super) struct Passage<'a> {
    /// What it is, for a message: "the answer of `baby-men`".
    pub(super) what: String,
    pub(super) text: &'a str,
    pub(super) place: &'a Place,
}

/// The answer of a claim and its `why`.
pub(super) fn of_claim(claim: &Claim) -> impl Iterator<Item = Passage<'_>> {
    let answer = Passage {
        what: format!("the answer of `{}`", claim.id),
        text: &claim.answer,
        place: &claim.at.answer,
    };
    let why = claim.why.as_deref().map(|text| Passage {
        what: format!("the `why` of `{}`", claim.id),
        text,
        place: &claim.at.why,
    });
    std::iter::once(answer).chain(why)
}

/// Every text: answers, small talk, disclosure and invitation.
pub(super) fn all(knowledge: &Knowledge) -> impl Iterator<Item = Passage<'_>> {
    let practice = &knowledge.practice;
    let disclosure =
        Passage { what: "the disclosure".into(), text: &practice.disclosure, place: &practice.disclosure_at };
    let consultation = &practice.consultation;
    let prompt =
        Passage { what: "the invitation".into(), text: &consultation.prompt, place: &consultation.prompt_at };
    let smalltalk = knowledge.smalltalk.iter().map(|talk| Passage {
        what: format!("the reply of `{}`", talk.id),
        text: &talk.reply,
        place: &talk.reply_at,
    });
    knowledge.claims.iter().flat_map(of_claim).chain([disclosure, prompt]).chain(smalltalk)
}
