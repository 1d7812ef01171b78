//! # Title
//!
//! ## What it does
//! `title-no-question`: a title that does not end in a question mark.
//! `title-states-myth`: the title of a false claim that holds the claim word
//! for word, or takes it for granted ("Why is …").
//!
//! ## Why is this bad
//! Titles are what the program suggests, lists and heads its answers with.
//! People remember a headline and forget the correction below it, so a myth
//! must never stand in one.
//!
//! ## Example
//! ```yaml
//!     title: Why is Botox permanent?
//!     claim: Botox is permanent.
//!     verdict: false
//! ```
//!
//! ## Use instead
//! ```yaml
//!     title: Is Botox permanent or temporary?
//! ```

use super::{Subject, myth, prose};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Claim, Verdict};
use crate::text::Utterance;

pub(super) const CODES: &[&str] = &["title-no-question", "title-states-myth"];

/// Openings of a question that takes for granted what follows.
const PRESUMING: &[&str] = &["why", "since when", "how come", "how much", "when did"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in &subject.knowledge.claims {
        let mut warn = |code, message: &str| {
            let help = "ask a neutral question that leaves the answer open";
            let message = format!("the title of `{}` {message}", claim.id);
            findings.push(Diagnostic::warning(code, claim.at.title.clone(), message, help));
        };
        if !claim.title.trim_end_matches(['"', '”', ')']).ends_with('?') {
            warn("title-no-question", "is no question");
        }
        if claim.verdict == Verdict::False && states_myth(claim) {
            warn("title-states-myth", "states the myth");
        }
    }
}

fn states_myth(claim: &Claim) -> bool {
    let Some(myth) = &claim.claim else { return false };
    let spaced = |text: &str| format!(" {} ", Utterance::new(text).normalized());
    let (title, words) = (spaced(&claim.title), prose::folded(&claim.title));
    let presumes = PRESUMING.iter().any(|opening| prose::find(&words, opening) == Some(0));
    title.contains(&spaced(myth)) || (presumes && myth::Statement::of(myth).is_in(&claim.title))
}
