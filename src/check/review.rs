//! # Review
//!
//! ## What it does
//! `review-pending`: nobody has reviewed the text yet. `review-changed`: the
//! text has changed since it was reviewed, so the review no longer holds.
//! `review-due`: the day of the next review has passed. `review-too-long`: the
//! next review is further off than `interval_months` of `practice.yaml`
//! allows. `review-in-future`: the review is dated after today.
//!
//! ## Why is this bad
//! Medical advice ages. The program shows who reviewed an answer and when, and
//! calls everything else pending: patients see the difference.
//!
//! ## Example
//! ```yaml
//!     review: {status: pending}
//! ```
//!
//! ## Use instead
//! Run `askwell review DIR`: it shows each text that is pending, changed or
//! due beside its sources, and writes
//! ```yaml
//!     review: {status: reviewed, by: "A. Name, MD", on: 2026-11-23, next: 2028-11-23, of: "0123456789abcdef"}
//! ```
//! `of` is the digest of what was read, which the finding names too. With
//! `--strict` these are errors.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Subject;
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Claim, Practice, Review};

pub(super) const CODES: &[&str] =
    &["review-pending", "review-changed", "review-due", "review-too-long", "review-in-future"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in &subject.knowledge.claims {
        findings.extend(about(claim, &subject.knowledge.practice, subject.today));
    }
}

fn about(claim: &Claim, practice: &Practice, today: Date) -> Vec<Diagnostic> {
    let id = &claim.id;
    let at = || claim.at.review.clone();
    let warning = |code, message: String, help: &str| Diagnostic::warning(code, at(), message, help);
    let read_again =
        format!("run `askwell review`, which shows the text and writes `of: \"{}\"`", claim.digest());
    let Review::Reviewed { on, next, .. } = &claim.review else {
        let message = format!("nobody has reviewed `{id}` yet");
        return vec![warning("review-pending", message, &read_again)];
    };
    let mut found = Vec::new();
    if !claim.is_reviewed() {
        let message = format!("the text of `{id}` has changed since its review");
        found.push(warning("review-changed", message, &read_again));
    }
    if *on > today {
        found.push(Diagnostic::error(
            "review-in-future",
            at(),
            format!("`{id}` was reviewed on {on}, which is after {today}"),
            "mend the date",
        ));
    }
    if *next < today {
        let message = format!("the next review of `{id}` was due on {next}");
        found.push(warning("review-due", message, &read_again));
    }
    let months = practice.review_months;
    if on.checked_add(i64::from(months).months()).is_ok_and(|latest| *next > latest) {
        let message = format!("the next review of `{id}` is due later than {months} months after {on}");
        found.push(warning("review-too-long", message, "bring `next` forward"));
    }
    found
}
