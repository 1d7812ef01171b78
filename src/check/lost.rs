//! # `phrasing-lost`
//!
//! ## What it does
//! Finds phrasings that another entry wins, although the matcher has learned
//! them under their own. A winner that is named in `overlaps` is none.
//!
//! ## Why is this bad
//! A patient who writes exactly this gets the other answer.
//!
//! ## Example
//! ```yaml
//!   - id: price
//!     asks: [is botox safe]
//! ```
//!
//! ## Use instead
//! Move the phrasing to the entry that answers it, or say in it what it is
//! about. If either answer serves, name the entries in `overlaps`.

use super::Subject;
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["phrasing-lost"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
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
        find(&subject, &mut findings);
        let claim = &knowledge.claims[0];
        let phrasing = claim.phrasings().nth(2).unwrap();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, phrasing.place);
        let expected = format!("“{}” is won by `price` (0.87), not by `{}` (0.41)", phrasing.text, claim.id);
        assert_eq!(findings[0].message, expected);
    }
}
