//! # `myth-repeated`
//!
//! ## What it does
//! Finds false claims whose answer and `why` state the myth in more than one
//! sentence.
//!
//! ## Why is this bad
//! What is heard often feels true, also when it was heard as a myth. State it
//! once at most, after the fact (Debunking Handbook 2020).
//!
//! ## Example
//! ```yaml
//!     claim: Botox is permanent.
//!     answer: Many think that Botox is permanent. The myth that Botox is permanent is wrong.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     answer: Botox wears off after three to four months. Many think that it is permanent.
//! ```

use std::collections::BTreeSet;

use super::{Subject, passages, prose};
use crate::diagnostic::Diagnostic;
use crate::knowledge::Verdict;

pub(super) const CODES: &[&str] = &["myth-repeated"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for claim in subject.knowledge.claims.iter().filter(|c| c.verdict == Verdict::False) {
        let Some(myth) = &claim.claim else { continue };
        let statement = Statement::of(myth);
        let stated = passages::of_claim(claim)
            .flat_map(|passage| prose::sentences(passage.text).into_iter().map(move |s| (s, passage.place)))
            .filter(|(sentence, _)| statement.is_in(sentence));
        if let Some((sentence, place)) = stated.skip(1).last() {
            findings.push(Diagnostic::warning(
                "myth-repeated",
                place.clone(),
                format!("`{}` states the myth more than once, also in “{sentence}”", claim.id),
                "state it once at most, after the fact; say the fact elsewhere",
            ));
        }
    }
}

/// What a claim says: the words that carry it, and whether it denies.
pub(super) struct Statement {
    words: BTreeSet<String>,
    denies: bool,
}

impl Statement {
    /// What a text says.
    pub(super) fn of(text: &str) -> Self {
        let words = prose::folded(text);
        let denies = words.iter().any(|w| prose::is_negation(w));
        let words = words.iter().filter(|w| !is_function_word(w)).map(|w| stem(w)).collect();
        Self { words, denies }
    }

    /// Whether a sentence says it too: it has all of its words, and denies
    /// where it denies.
    pub(super) fn is_in(&self, sentence: &str) -> bool {
        let other = Self::of(sentence);
        !self.words.is_empty() && self.denies == other.denies && self.words.is_subset(&other.words)
    }
}

/// A word without the endings of number and tense, so that "treats" and
/// "treated" are one.
pub(super) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let endings = ["ing", "ed", "es", "s", "e"];
    let shorter = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|s| s.len() > 2));
    shorter.unwrap_or(word).to_owned()
}

/// Whether a word carries no meaning of its own here.
fn is_function_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "the", "is", "are", "was", "were", "be", "been", "do", "does", "did", "can", "could",
        "has", "have", "had", "of", "to", "in", "on", "at", "for", "from", "by", "with", "and", "or", "it",
        "its", "you", "your", "that", "this", "will", "would", "just",
    ];
    WORDS.contains(&word) || prose::is_negation(word)
}
