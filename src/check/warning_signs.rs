//! # `warning-signs-missing`
//!
//! ## What it does
//! Finds answers about a symptom that may be an emergency, such as trouble
//! swallowing or a droopy lid, that do not name the emergency number; and
//! answers about self-harm that do not name the crisis line.
//!
//! ## Why is this bad
//! Toxin that spreads can stop the breath. Somebody who reads about the
//! symptom may have it: the answer must say when to call.
//!
//! ## Example
//! ```yaml
//!     answer: A droopy eyelid fades over weeks.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     answer: |-
//!       A droopy eyelid fades over weeks.
//!
//!       Call 911 for trouble breathing, swallowing or speaking, or for spreading weakness.
//! ```

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Claim, Numbers};

pub(super) const CODES: &[&str] = &["warning-signs-missing"];

/// Symptoms that may be a sign of spread, of a severe allergic reaction, of a
/// stroke or of a blocked vessel.
const SYMPTOMS: &[&str] = &[
    "trouble swallowing",
    "swallowing problems",
    "trouble breathing",
    "breathing problems",
    "trouble speaking",
    "slurred",
    "droop",
    "drooping",
    "droopy",
    "double vision",
    "blurred vision",
    "vision loss",
    "vision changes",
    "weakness spreads",
    "spreading weakness",
    "swollen face",
    "swollen tongue",
    "chest pain",
    "fainting",
    "numbness",
    "numbs your",
    "face numb",
];

/// Thoughts of self-harm.
const CRISIS: &[&str] =
    &["harming yourself", "hurting yourself", "suicid*", "kill yourself", "end your life", "self-harm"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let Numbers { emergency, crisis, .. } = &subject.knowledge.practice.numbers;
    for claim in &subject.knowledge.claims {
        for (symptoms, number, whom) in
            [(SYMPTOMS, emergency, "the emergency number"), (CRISIS, crisis, "the crisis line")]
        {
            let Some(symptom) = named(claim, symptoms) else { continue };
            if !passages::of_claim(claim).any(|passage| passage.text.contains(number.as_str())) {
                findings.push(Diagnostic::warning(
                    "warning-signs-missing",
                    claim.at.answer.clone(),
                    format!("`{}` speaks of “{symptom}” and does not name {whom}", claim.id),
                    format!("add when to call {number}"),
                ));
            }
        }
    }
}

/// The first of these that a claim speaks of: its title, what it says, or its
/// answer.
fn named(claim: &Claim, symptoms: &[&'static str]) -> Option<&'static str> {
    let heads = std::iter::once(claim.title.as_str()).chain(claim.claim.as_deref());
    let texts: Vec<Vec<String>> =
        heads.chain(passages::of_claim(claim).map(|p| p.text)).map(prose::folded).collect();
    symptoms
        .iter()
        .copied()
        .find(|symptom| texts.iter().any(|words| prose::find(words, symptom).is_some()))
        .map(|symptom| symptom.trim_end_matches('*'))
}
