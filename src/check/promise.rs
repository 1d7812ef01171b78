//! # `absolute-promise`
//!
//! ## What it does
//! Finds words that promise without exception: "always", "guaranteed", "cure",
//! "100 % safe", "no side effects". A sentence that denies them before ("no
//! clinic can guarantee …") and words in quotation marks are left alone.
//!
//! ## Why is this bad
//! No treatment has an outcome without exception, and the Federal Trade
//! Commission takes such words for deceptive.
//!
//! ## Example
//! ```yaml
//!     answer: Baby Botox always looks natural.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     answer: Baby Botox is meant to look natural, and for most people it does.
//! ```

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["absolute-promise"];

/// What promises without exception.
const PROMISES: &[&str] = &[
    "always",
    "guarantee*",
    "cure",
    "cures",
    "cured",
    "miracle*",
    "100% safe",
    "100% effective",
    "100 percent",
    "completely safe",
    "totally safe",
    "perfectly safe",
    "absolutely safe",
    "entirely safe",
    "risk-free",
    "zero risk",
    "no risk",
    "no risks",
    "no side effects",
    "without risk",
    "without side effects",
    "works for everyone",
    "permanent result*",
];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for passage in passages::all(subject.knowledge) {
        for sentence in prose::sentences(passage.text) {
            let words = prose::folded(&unquoted(sentence).replace(" %", "%"));
            let made = PROMISES.iter().find_map(|promise| {
                let at = prose::find(&words, promise)?;
                (!words[..at].iter().any(|w| prose::is_negation(w))).then_some(promise)
            });
            if let Some(promise) = made {
                findings.push(Diagnostic::warning(
                    "absolute-promise",
                    passage.place.clone(),
                    format!("{} promises “{}”: “{sentence}”", passage.what, promise.trim_end_matches('*')),
                    "say how often, for whom, and what the source says of the rest",
                ));
            }
        }
    }
}

/// A sentence without what it quotes.
fn unquoted(sentence: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in sentence.chars() {
        match c {
            '“' => inside = true,
            '”' => inside = false,
            '"' => inside = !inside,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}
