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
