//! # `suggests-licence`
//!
//! ## What it does
//! Finds wording with which the program passes for a person with a licence: "I
//! am a doctor", "as your nurse", "I diagnose", "AI doctor".
//!
//! ## Why is this bad
//! A program has no licence. California forbids any title or wording by which
//! an automated system suggests one (AB 489), and patients who trust it may
//! not see a clinician.
//!
//! ## Example
//! ```yaml
//!     reply: As your nurse, I recommend a light dose.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     reply: I am an automated program. A clinician can say what suits you.
//! ```

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["suggests-licence"];

/// Those who have a licence (`*`: and what begins with it).
const LICENSED: &[&str] = &[
    "doctor",
    "nurse",
    "clinician",
    "physician*",
    "dermatologist",
    "surgeon",
    "injector",
    "pharmacist",
    "therapist",
    "md",
    "rn",
];

/// What a program would say before one of them if it passed for one; up to two
/// words may stand between ("I am a trained nurse").
const PASSING: &[&str] =
    &["i am a", "i am an", "i am your", "i'm a", "i'm an", "i'm your", "ai", "virtual", "robot", "digital"];

/// The same where the program speaks of itself next ("as your nurse, I …"):
/// "as a clinician has to see you" is a reason.
const PASSING_THEN_I: &[&str] = &["as a", "as an", "as your"];

/// What only one of them does.
const ACTS: &[&str] = &[
    "i diagnose",
    "i prescribe",
    "i can diagnose",
    "i can prescribe",
    "i treat",
    "my diagnosis",
    "my patients",
    "my medical opinion",
    "my medical advice",
    "my license",
    "my licence",
    "licensed chatbot",
    "licensed program",
    "licensed assistant",
    "i am licensed",
    "i'm licensed",
    "board-certified program",
];

/// Most words between "I am a" and the title.
const BETWEEN: usize = 2;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for passage in passages::all(subject.knowledge) {
        for sentence in prose::sentences(passage.text) {
            let words = prose::folded(sentence);
            let acts = ACTS.iter().any(|act| prose::find(&words, act).is_some());
            let passing = PASSING.iter().any(|opening| passes(&words, opening).is_some());
            let then_i = PASSING_THEN_I
                .iter()
                .any(|opening| passes(&words, opening).is_some_and(|next| next == "i" || next == "we"));
            if acts || passing || then_i {
                findings.push(Diagnostic::error(
                    "suggests-licence",
                    passage.place.clone(),
                    format!("{} sounds like a licensed person: “{sentence}”", passage.what),
                    "say that this is an automated program, and who can judge instead",
                ));
            }
        }
    }
}

/// Whether a title follows an opening within a few words, with no denial
/// between them; then the word after the title, or nothing of it.
fn passes<'a>(words: &'a [String], opening: &str) -> Option<&'a str> {
    let at = prose::find(words, opening)?;
    let rest = &words[at + opening.split(' ').count()..];
    let window = &rest[..rest.len().min(BETWEEN + 1)];
    let has_licence =
        |word: &String| LICENSED.iter().any(|l| prose::find(std::slice::from_ref(word), l).is_some());
    let title = window.iter().position(has_licence)?;
    let denied = window[..title].iter().any(|w| prose::is_negation(w) || w == "program");
    (!denied).then(|| rest.get(title + 1).map_or("", String::as_str))
}
