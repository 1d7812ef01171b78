//! # Lost phrasings and titles
//!
//! ## What it does
//! `phrasing-lost`: a phrasing that another entry wins, although the matcher
//! has learned it under its own. A winner that is named in `overlaps` is none.
//! `title-lost`: a title that, sent as a message, is not answered by its own
//! entry nor by one in `overlaps`.
//!
//! ## Why is this bad
//! A patient who writes exactly this gets the other answer. Titles are what the
//! program suggests; who picks one on a web page sends it.
//!
//! ## Example
//! ```yaml
//!   - id: price
//!     asks: [is botox safe]
//! ```
//!
//! ## Use instead
//! Move the phrasing to the entry that answers it, or say in it what it is
//! about. If either answer serves, name the entries in `overlaps`. For a title,
//! write phrasings that ask the same in the same words.

use super::Subject;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{Context, Status};
use crate::knowledge::Claim;

pub(super) const CODES: &[&str] = &["phrasing-lost", "title-lost"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    phrasings(subject, findings);
    for claim in &subject.knowledge.claims {
        if let Some(instead) = answered_instead(subject, claim) {
            findings.push(Diagnostic::warning(
                "title-lost",
                claim.at.title.clone(),
                format!("“{}”, sent as a message, gets {instead}, not `{}`", claim.title, claim.id),
                "add phrasings that ask it in these words, or word the title as they do",
            ));
        }
    }
}

/// What the title of a claim gets that is not its answer.
fn answered_instead(subject: &Subject<'_>, claim: &Claim) -> Option<String> {
    let reply = subject.engine().answer(&Context::default(), &claim.title);
    let serves = |answer: &Claim| answer.id == claim.id || answer.overlaps_with(claim);
    if reply.answers.iter().any(|answer| serves(&answer.claim)) {
        return None;
    }
    Some(match (reply.status, reply.answers.first()) {
        (_, Some(answer)) => format!("`{}`", answer.claim.id),
        (Status::Safety, None) => "a red flag's text".to_owned(),
        _ => "no answer".to_owned(),
    })
}

fn phrasings(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for loss in &subject.trial().known {
        let claim = &subject.knowledge.claims[loss.claim];
        let Some(phrasing) = claim.phrasings().nth(loss.phrasing) else { continue };
        findings.push(Diagnostic::warning(
            "phrasing-lost",
            phrasing.place.clone(),
            format!(
                "“{}” is won by `{}` ({:.2}), not by `{}` ({:.2})",
                phrasing.text, loss.winner, loss.won, claim.id, loss.own
            ),
            "move it to the entry that answers it, make it clearer, or name the two in `overlaps`",
        ));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;

    use super::super::trial::{Loss, Trial};
    use super::*;
    use crate::knowledge::Knowledge;

    #[test]
    fn a_loss_is_named_with_the_winner_and_both_scores() {
        let knowledge = Knowledge::embedded();
        let loss = Loss { claim: 0, phrasing: 2, winner: "price".into(), own: 0.41, won: 0.87 };
        let trial = OnceCell::from(Trial { known: vec![loss], unseen: Vec::new() });
        let today = jiff::civil::date(2026, 12, 1);
        let subject = Subject { knowledge: &knowledge, today, engine: OnceCell::new(), trial };
        let mut findings = Vec::new();
        phrasings(&subject, &mut findings);
        let claim = &knowledge.claims[0];
        let phrasing = claim.phrasings().nth(2).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, phrasing.place);
        let expected = format!("“{}” is won by `price` (0.87), not by `{}` (0.41)", phrasing.text, claim.id);
        assert_eq!(findings[0].message, expected);
    }
}
