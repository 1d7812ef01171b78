//! # `reading-grade`
//!
//! ## What it does
//! Computes the Flesch–Kincaid grade of the answers of each file of claims and
//! of all of them (0.39 × words / sentences + 11.8 × syllables / words −
//! 15.59), and warns above grade 8. Texts of fewer than 30 sentences are left
//! out, because the formula says little about them.
//!
//! ## Why is this bad
//! The American Medical Association asks for texts at grade 6, the National
//! Institutes of Health for grades 6 to 8. What is written above that, many
//! patients cannot use. The figure is an estimate: use it to see which file to
//! work on first.
//!
//! ## Example
//! ```yaml
//!     answer: Administration of botulinum toxin facilitates temporary neuromuscular inhibition.
//! ```
//!
//! ## Use instead
//! ```yaml
//!     answer: Botox relaxes the muscle for a time.
//! ```

use super::syllables::syllables;
use super::{Subject, passages, prose};
use crate::diagnostic::{Diagnostic, Place};
use crate::knowledge::{Claim, Knowledge};

pub(super) const CODES: &[&str] = &["reading-grade"];

/// Highest grade without a warning: the upper end of what the NIH advises.
const HIGHEST: f64 = 8.0;

/// Fewest sentences for which the formula says something (it was made for
/// samples of a hundred words and more).
const FEWEST_SENTENCES: usize = 30;

/// How hard the answers of a file are to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// The file; none for all files together.
    pub file: Option<String>,
    /// Sentences in it.
    pub sentences: usize,
    /// The Flesch–Kincaid grade, in years of school; none for fewer sentences
    /// than say something.
    pub grade: Option<f64>,
}

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for grade in grades(subject.knowledge) {
        let Some(years) = grade.grade.filter(|years| *years > HIGHEST) else { continue };
        let (what, place) = match &grade.file {
            Some(file) => ("this file", Place::file(file)),
            None => ("all claims", Place::file("claims")),
        };
        findings.push(Diagnostic::warning(
            "reading-grade",
            place,
            format!("the answers of {what} have a reading grade of {years:.1}"),
            format!("shorten sentences and words until it is {HIGHEST:.0} at most; 6 is better"),
        ));
    }
}

/// The grade of each file, in the order of the files, then of all.
pub(super) fn grades(knowledge: &Knowledge) -> Vec<Grade> {
    let mut files: Vec<&str> = knowledge.claims.iter().map(|c| c.place.file.as_str()).collect();
    files.dedup();
    let of_file = |file: &str| {
        let claims = knowledge.claims.iter().filter(|c| c.place.file == file);
        Grade { file: Some(file.to_owned()), ..Counts::of(claims).grade() }
    };
    files.into_iter().map(of_file).chain([Counts::of(knowledge.claims.iter()).grade()]).collect()
}

/// What the formula is made of.
#[derive(Default)]
struct Counts {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Counts {
    fn of<'a>(claims: impl Iterator<Item = &'a Claim>) -> Self {
        let mut counts = Self::default();
        for passage in claims.flat_map(passages::of_claim) {
            for sentence in prose::sentences(passage.text) {
                counts.sentences += 1;
                for word in prose::words(sentence) {
                    counts.words += 1;
                    counts.syllables += syllables(word);
                }
            }
        }
        counts
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    fn grade(&self) -> Grade {
        let (sentences, words, syllables) = (self.sentences as f64, self.words as f64, self.syllables as f64);
        let grade = (self.sentences >= FEWEST_SENTENCES)
            .then(|| 0.39 * words / sentences + 11.8 * syllables / words - 15.59);
        Grade { file: None, sentences: self.sentences, grade }
    }
}
