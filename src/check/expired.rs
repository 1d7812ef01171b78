//! # `expired`
//!
//! ## What it does
//! Finds entries whose day of expiry has passed.
//!
//! ## Why is this bad
//! The program withholds an expired entry: patients who ask get no answer.
//!
//! ## Example
//! ```yaml
//!     expires: 2025-06-01
//! ```
//!
//! ## Use instead
//! Look the fact up again, mend the answer, and give the day until which it
//! can be trusted:
//! ```yaml
//!     expires: 2027-06-01
//! ```

use super::Subject;
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["expired"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in &subject.knowledge.claims {
        if let Some(last) = claim.expires.filter(|last| *last < subject.today) {
            findings.push(Diagnostic::warning(
                "expired",
                claim.at.expires.clone(),
                format!("`{}` expired on {last} and is withheld", claim.id),
                "look the fact up again and move `expires`, or remove the entry",
            ));
        }
    }
}
