//! # `unexplained-term`
//!
//! ## What it does
//! Finds medical terms in an answer that does not say what they mean in plain
//! words: in brackets beside them, or with a plain word that this rule knows
//! for them.
//!
//! ## Why is this bad
//! A patient who does not know the word does not know what was said.
//!
//! ## Example
//! ```yaml
//!     answer: Ptosis is an uncommon side effect.
//! ```
//!
//! ## Use instead
//! The plain term first, the technical one in brackets:
//! ```yaml
//!     answer: A droopy eyelid (ptosis) is an uncommon side effect.
//! ```

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;

pub(super) const CODES: &[&str] = &["unexplained-term"];

/// Medical terms (`*`: and what begins with it), each with plain words that
/// explain it wherever they stand in the same text.
const TERMS: &[(&str, &[&str])] = &[
    ("ptosis", &["droop*"]),
    ("dysphagia", &["swallow*"]),
    ("dysphonia", &["voice", "hoarse*"]),
    ("dysarthria", &["speak*", "speech"]),
    ("diplopia", &["double vision"]),
    ("dyspnea", &["breath*"]),
    ("erythema*", &["red*"]),
    ("edema*", &["swell*", "swollen"]),
    ("hematoma*", &["bruis*"]),
    ("ecchymos*", &["bruis*"]),
    ("prurit*", &["itch*"]),
    ("paresthesia*", &["tingl*", "numb*"]),
    ("anaphyla*", &["allergic reaction", "allergy"]),
    ("glabella*", &["frown*", "between the brows", "between your brows"]),
    ("periorbital", &["around the eye*", "eye area"]),
    ("perioral", &["around the mouth", "mouth"]),
    ("canthal", &["crow's feet"]),
    ("rhytid*", &["wrinkle*", "line*"]),
    ("frontalis", &["forehead muscle*"]),
    ("corrugator*", &["frown*"]),
    ("procerus", &["frown*"]),
    ("orbicularis", &["around the eye*", "around the mouth"]),
    ("platysma*", &["neck*"]),
    ("masseter*", &["jaw*", "chew*"]),
    ("intradermal*", &["into the skin", "in the skin"]),
    ("subcutaneous*", &["under the skin"]),
    ("intramuscular*", &["muscle", "muscles"]),
    ("neuromuscular", &["nerve*"]),
    ("myasthenia", &["nerve-muscle", "muscle disease"]),
    ("lambert-eaton", &["nerve-muscle", "muscle disease"]),
    ("spastic*", &["stiff*"]),
    ("blepharospasm", &["eyelid*"]),
    ("hyperhidrosis", &["sweat*"]),
    ("atroph*", &["thin*", "shrink*", "weak*"]),
    ("hypertroph*", &["large*", "thick*"]),
    ("asymmetr*", &["uneven"]),
    ("saline", &["salt water"]),
    ("reconstitut*", &["mix*"]),
    ("placebo*", &["dummy", "sham"]),
    ("aminoglycoside*", &["antibiotic*"]),
    ("contraindicat*", &["should not", "rule out", "rules out"]),
    ("immunogenic*", &["immune"]),
    ("adverse", &["side effect*"]),
    ("efficacy", &["work*"]),
    ("botulism", &["illness", "disease", "poison*"]),
    ("antitoxin*", &["botulism"]),
    ("albumin", &["protein"]),
    ("potency", &["strength"]),
    ("off-label", &["label", "approved"]),
    ("ablative", &["laser*"]),
    ("nonablative", &["gentle"]),
    ("retinoid*", &["cream*"]),
    ("necrosis", &["skin death", "dead skin"]),
    ("vascular occlusion", &["blood vessel*"]),
];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in &subject.knowledge.claims {
        let texts: Vec<_> = passages::of_claim(claim).collect();
        let words: Vec<Vec<String>> = texts.iter().map(|passage| prose::folded(passage.text)).collect();
        for (term, plain) in TERMS {
            let explained =
                || words.iter().any(|words| plain.iter().any(|plain| prose::find(words, plain).is_some()));
            for (passage, words) in texts.iter().zip(&words) {
                let Some(at) = prose::find(words, term) else { continue };
                let term = &words[at];
                if !explained() && !stands_by_brackets(passage.text, term) {
                    findings.push(Diagnostic::warning(
                        "unexplained-term",
                        passage.place.clone(),
                        format!("{} uses “{term}” without saying what it means", passage.what),
                        "say it in plain words first and put the term in brackets, or leave it out",
                    ));
                }
            }
        }
    }
}

/// Whether a word stands in brackets or has a bracket after it.
fn stands_by_brackets(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let inside = before.rfind('(') > before.rfind(')') && after.contains(')');
        inside || after.trim_start().starts_with('(')
    })
}
