//! # Red flags
//!
//! ## What it does
//! Sends every example of `safety.yaml` through the program. `red-flag-missed`:
//! a message under `fires` that does not raise the level of its flag.
//! `red-flag-false`: a message under `silent` that raises one.
//!
//! ## Why is this bad
//! Red flags are read before anything else. One that is missed may cost a
//! life; one that is raised for nothing teaches patients to pass it over.
//!
//! ## Example
//! ```yaml
//!     fires: [my tongue is swelling]
//! ```
//! while no sign holds a wording for the tongue.
//!
//! ## Use instead
//! Add the wording to a sign that the flag names under `when`, or to what keeps
//! the sign from counting:
//! ```yaml
//!   swelling:
//!     words: ["(tongue|throat) _ swell*"]
//! ```
//! These are errors.

use super::Subject;
use crate::diagnostic::{Diagnostic, Place};
use crate::dialogue::{Context, Status};
use crate::engine::Engine;
use crate::knowledge::Level;

pub(super) const CODES: &[&str] = &["red-flag-missed", "red-flag-false"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let engine = subject.engine();
    let mut wrong = |code, message, help| {
        findings.push(Diagnostic::error(code, Place::file("safety.yaml"), message, help));
    };
    for flag in &subject.knowledge.safety.flags {
        let (id, level) = (&flag.id, flag.level.word());
        for text in &flag.fires {
            let found = match raised(engine, text) {
                Some(raised) if raised == flag.level => continue,
                Some(other) => format!("level {}", other.word()),
                None => "no level".to_owned(),
            };
            let message = format!("“{text}” must raise `{id}`, level {level}, and raises {found}");
            wrong("red-flag-missed", message, "add its wording to a sign of the flag, or move the example");
        }
        for text in &flag.silent {
            if let Some(raised) = raised(engine, text) {
                let message = format!("“{text}” must not raise `{id}`, and raises level {}", raised.word());
                wrong(
                    "red-flag-false",
                    message,
                    "add what keeps the sign from counting, or move the example",
                );
            }
        }
    }
}

/// The level that a message raises in a new conversation.
fn raised(engine: &Engine, text: &str) -> Option<Level> {
    let reply = engine.answer(&Context::default(), text);
    reply.safety.filter(|_| reply.status == Status::Safety).map(|notice| notice.level)
}
