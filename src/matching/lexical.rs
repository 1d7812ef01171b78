//! TF-IDF of words and character trigrams over an inverted index.

use std::collections::BTreeMap;

use crate::text::Utterance;

/// Cosine similarity of utterances to the examples.
#[derive(Clone, Debug)]
pub(super) struct Lexical {
    terms: BTreeMap<String, usize>,
    idf: Vec<f64>,
    postings: Vec<Vec<(usize, f64)>>,
    examples: usize,
}

fn features(utterance: &Utterance) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for word in utterance.words() {
        *counts.entry(format!(" {word} ")).or_insert(0.0) += 1.0;
        let padded: Vec<char> = format!("<{word}>").chars().collect();
        for gram in padded.windows(3) {
            *counts.entry(gram.iter().collect()).or_insert(0.0) += 0.5;
        }
    }
    counts
}

impl Lexical {
    pub(super) fn new<'a>(examples: impl Iterator<Item = &'a Utterance>) -> Self {
        let all: Vec<BTreeMap<String, f64>> = examples.map(features).collect();
        let mut terms = BTreeMap::new();
        let mut df: Vec<f64> = Vec::new();
        for example in &all {
            for term in example.keys() {
                let next = terms.len();
                let id = *terms.entry(term.clone()).or_insert(next);
                if id == df.len() {
                    df.push(0.0);
                }
                df[id] += 1.0;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "a count of examples")]
        let n = all.len() as f64;
        let idf: Vec<f64> = df.iter().map(|d| ((1.0 + n) / (1.0 + d)).ln() + 1.0).collect();
        let mut own = Self { terms, postings: vec![Vec::new(); idf.len()], idf, examples: all.len() };
        for (i, example) in all.iter().enumerate() {
            for (term, weight) in own.weigh(example).0 {
                own.postings[term].push((i, weight));
            }
        }
        own
    }

    fn weigh(&self, counts: &BTreeMap<String, f64>) -> (Vec<(usize, f64)>, f64) {
        let unknown = self.idf.iter().copied().fold(1.0, f64::max);
        let mut norm = 0.0;
        let mut weights = Vec::new();
        for (term, count) in counts {
            let id = self.terms.get(term);
            let weight = count.sqrt() * id.map_or(unknown, |i| self.idf[*i]);
            norm += weight * weight;
            if let Some(id) = id {
                weights.push((*id, weight));
            }
        }
        let norm = f64::max(norm.sqrt(), f64::MIN_POSITIVE);
        for (_, weight) in &mut weights {
            *weight /= norm;
        }
        (weights, norm)
    }

    /// The examples that share a term with the utterance, each with its cosine.
    pub(super) fn similarities(&self, utterance: &Utterance) -> Vec<(usize, f64)> {
        let mut scores = vec![0.0; self.examples];
        for (term, weight) in self.weigh(&features(utterance)).0 {
            for (example, other) in &self.postings[term] {
                scores[*example] += weight * other;
            }
        }
        scores.into_iter().enumerate().filter(|(_, s)| *s > 0.0).map(|(i, s)| (i, s.min(1.0))).collect()
    }
}
