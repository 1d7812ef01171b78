//! # `personal-dose`
//!
//! ## What it does
//! Finds a dose that is given to the reader: "you need 20 units", "your dose
//! is 7.5 units".
//!
//! ## Why is this bad
//! A dose for a person is a prescription. Only a clinician who sees the
//! patient can set it; a figure from a program would be taken along to the
//! visit, or worse, to a home kit.
//!
//! ## Example
//! ```yaml
//!     answer: You need 20 units in the forehead.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     answer: The label gives 20 units for the forehead. Your clinician sets your dose.
//! ```

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["personal-dose"];

/// What a dose is counted in.
const UNITS: &[&str] = &["unit", "units", "cc", "ml", "iu"];

/// Words that make it the reader's, in this order and not far apart.
const GIVING: &[[&str; 2]] = &[
    ["you", "need*"],
    ["you", "should"],
    ["you", "must"],
    ["you", "require*"],
    ["you", "get"],
    ["you", "want"],
    ["your", "dose"],
    ["your", "number"],
    ["inject", "yourself"],
];

/// Most words from "you" to the figure: a clause, not a paragraph.
const REACH: usize = 10;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for passage in passages::all(subject.knowledge) {
        for sentence in prose::sentences(passage.text) {
            let words = prose::folded(sentence);
            if !words.iter().any(|w| prose::is_negation(w)) && gives_dose(&words) {
                findings.push(Diagnostic::error(
                    "personal-dose",
                    passage.place.clone(),
                    format!("{} gives the reader a dose: “{sentence}”", passage.what),
                    "name who gives the figure and for whom, and leave the reader's dose to a clinician",
                ));
            }
        }
    }
}

fn gives_dose(words: &[String]) -> bool {
    let is_dose = |at: usize| {
        let number = words[at].starts_with(|c: char| c.is_ascii_digit());
        let unit = |at: usize| words.get(at).is_some_and(|w| UNITS.contains(&w.as_str()));
        let range = words.get(at + 1).is_some_and(|w| w == "to" || w == "or");
        number && (unit(at + 1) || (range && unit(at + 3)))
    };
    (0..words.len()).filter(|at| is_dose(*at)).any(|at| {
        let before = &words[at.saturating_sub(REACH)..at];
        GIVING.iter().any(|[who, gets]| {
            let Some(from) = prose::find(before, who) else { return false };
            prose::find(&before[from + 1..], gets).is_some()
        })
    })
}
