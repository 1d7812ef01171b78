//! # `weak-sources`
//!
//! ## What it does
//! Finds answers whose sources are all of the kind `other`.
//!
//! ## Why is this bad
//! A patient can rely on an answer that rests on a label, a regulator, a
//! society, a hospital or a journal, or on what the practice itself says. A
//! blog or a shop is neither.
//!
//! ## Example
//! ```yaml
//!     sources:
//!       - {source: beauty-blog}
//! ```
//!
//! ## Use instead
//! ```yaml
//!     sources:
//!       - {source: botox-cosmetic-label, section: Adverse Reactions}
//!       - {source: beauty-blog}
//! ```
//! Without a better source, make the entry a hand-over.

use super::Subject;
use crate::diagnostic::Diagnostic;
use crate::knowledge::Kind;

pub(super) const CODES: &[&str] = &["weak-sources"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let knowledge = subject.knowledge;
    for claim in &knowledge.claims {
        let mut sources = claim.citations.iter().filter_map(|c| knowledge.source(&c.source)).peekable();
        if sources.peek().is_some() && sources.all(|source| source.kind == Kind::Other) {
            findings.push(Diagnostic::error(
                "weak-sources",
                claim.citations[0].place.clone(),
                format!("`{}` rests on sources of the kind `other` alone", claim.id),
                "cite an authority or the practice's own page, or set `handover: true`",
            ));
        }
    }
}
