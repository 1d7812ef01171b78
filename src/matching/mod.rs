//! From an utterance to candidates: which label, how sure, and why.
//!
//! Ranks and explains; refuses to decide. A label is a number here; what it
//! stands for, and whether a confidence is enough for an answer, is the
//! dialogue's business.

mod explanation;
mod lexical;
mod trained;

pub use explanation::Explanation;
pub use trained::Trained;

use crate::text::Utterance;

/// One phrasing and the label that it belongs to.
#[derive(Clone, Debug)]
pub struct Example {
    /// The label, counted from 0.
    pub label: usize,
    /// The phrasing, corrected and with synonyms folded.
    pub utterance: Utterance,
}

/// A label that an utterance may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The label.
    pub label: usize,
    /// The probability that the utterance means it, 0…1.
    pub confidence: f64,
    /// The example that is nearest among those of the label.
    pub example: usize,
    /// How near it is, 0…1; 1 is the same words.
    pub similarity: f64,
}

/// Ranks labels for utterances.
#[derive(Clone, Debug)]
pub struct Matcher {
    lexical: lexical::Lexical,
    labels: Vec<usize>,
    threshold: f64,
}

impl Matcher {
    /// Learns from examples; the result does not depend on their order.
    #[must_use]
    pub fn train(examples: &[Example]) -> Self {
        let labels: Vec<usize> = examples.iter().map(|e| e.label).collect();
        let lexical = lexical::Lexical::new(examples.iter().map(|e| &e.utterance));
        let mut own = Self { lexical, labels, threshold: 0.0 };
        own.threshold = own.left_out_threshold(examples);
        own
    }

    /// From which confidence on a candidate is accepted; derived from the
    /// examples alone.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// The labels that share anything with the utterance, best first.
    #[must_use]
    pub fn rank(&self, utterance: &Utterance) -> Vec<Candidate> {
        self.rank_without(utterance, None)
    }

    fn rank_without(&self, utterance: &Utterance, left_out: Option<usize>) -> Vec<Candidate> {
        let mut best: Vec<Option<Candidate>> = Vec::new();
        for (example, similarity) in self.lexical.similarities(utterance) {
            if left_out == Some(example) {
                continue;
            }
            let label = self.labels[example];
            if best.len() <= label {
                best.resize(label + 1, None);
            }
            if best[label].is_none_or(|b| similarity > b.similarity) {
                best[label] = Some(Candidate { label, confidence: similarity, example, similarity });
            }
        }
        let mut ranked: Vec<Candidate> = best.into_iter().flatten().collect();
        ranked.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.label.cmp(&b.label)));
        ranked
    }

    fn left_out_threshold(&self, examples: &[Example]) -> f64 {
        let mut scores: Vec<f64> = examples
            .iter()
            .enumerate()
            .filter_map(|(i, e)| {
                let first = *self.rank_without(&e.utterance, Some(i)).first()?;
                (first.label == e.label).then_some(first.confidence)
            })
            .collect();
        scores.sort_by(f64::total_cmp);
        scores.get(scores.len() / 10).copied().unwrap_or(0.5)
    }

    /// Why a candidate scores as it does.
    #[must_use]
    pub fn explain(&self, _utterance: &Utterance, candidate: &Candidate) -> Explanation {
        Explanation {
            name: "similarity".into(),
            value: candidate.similarity,
            note: format!("example {}", candidate.example),
            parts: vec![],
        }
    }
}
