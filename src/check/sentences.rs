//! # Sentences and paragraphs
//!
//! ## What it does
//! `long-sentence`: a sentence of more than 20 words. `long-paragraph`: a
//! paragraph of more than three sentences. A blank line (or, where there is
//! none, a line break) separates paragraphs.
//!
//! ## Why is this bad
//! Long sentences are read twice or not at all (NHS content standard). On a
//! phone, a paragraph of four sentences fills the screen.
//!
//! ## Example
//! ```yaml
//!     answer: >-
//!       Botox, which relaxes muscles for a time and wears off within about three to four months, has to be
//!       repeated if you want to keep the result.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     answer: Botox wears off within about three to four months. To keep the result, you need to repeat it.
//! ```

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["long-sentence", "long-paragraph"];

/// Most words in a sentence (NHS content standard).
const MOST_WORDS: usize = 20;

/// Most sentences in a paragraph.
const MOST_SENTENCES: usize = 3;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for passage in passages::all(subject.knowledge) {
        let mut warn = |code, message: String, help: &str| {
            findings.push(Diagnostic::warning(code, passage.place.clone(), message, help));
        };
        for paragraph in prose::paragraphs(passage.text) {
            let sentences = prose::in_paragraph(paragraph);
            if sentences.len() > MOST_SENTENCES {
                let message = format!(
                    "a paragraph of {} sentences in {}: “{} …”",
                    sentences.len(),
                    passage.what,
                    sentences[0]
                );
                warn("long-paragraph", message, "divide it by a blank line (under `|-`, not `>-`)");
            }
            for sentence in sentences {
                let words = prose::words(sentence).count();
                if words > MOST_WORDS {
                    let message = format!("a sentence of {words} words in {}: “{sentence}”", passage.what);
                    warn("long-sentence", message, "make two of it, 20 words at most");
                }
            }
        }
    }
}
