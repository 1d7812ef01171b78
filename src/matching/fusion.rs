//! All scores together: is anything here about this, and which one is it?
//!
//! Does: rank labels by `score = EVIDENCE · ln P + ln S`, where `P` is the label's share in a softmax of what both
//! classifiers say (which one?), and `S` the similarity of the message with the label's nearest phrasing (about
//! this at all?). Their product beats either (matching.md). Refuses: to say what a score is worth, which is
//! [`super::calibration`]'s part.

use std::ops::Range;

use super::features::{Features, Probe};
use super::packed::{Packed, Rows};
use super::ridge::Ridge;
use crate::learning::bytes::{Malformed, Reader, Writer, cuts};
use crate::learning::classifier::Classifier;
use crate::learning::terms::{Bag, Idf, Table, Texts, Weighted};

/// What each likeness of a message with a phrasing counts for in their similarity. Half for how it is written, half
/// for what it means; in cross-validation on CLINC150 shares from 0.3 to 0.7 differ by under 0.5 %.
pub(super) const WORDS: f32 = 0.25;
/// See [`WORDS`].
pub(super) const GRAMS: f32 = 0.25;
/// See [`WORDS`].
pub(super) const MEANING: f32 = 0.5;

/// How long the features of each kind are for the classifier: n-grams and pairs lead, words repeat what they say.
const WORD_FEATURES: f32 = 0.5;
const PAIR_FEATURES: f32 = 1.0;
const GRAM_FEATURES: f32 = 1.0;

/// C of the classifier's SVM, for features of about unit length. On CLINC150 in cross-validation 0.3 to 3 differ by
/// under 1 %.
const COST: f32 = 1.0;

/// What a unit of margin is worth in the softmax, of the classifier by spelling ...
const SPELLING_MARGIN: f32 = 4.0;
/// ... and by meaning.
const MEANING_MARGIN: f32 = 2.0;
/// The exponent of `P`: between a square root and the share itself.
const EVIDENCE: f32 = 0.7;

/// How far a message is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Depth {
    /// How many labels' phrasings are compared, the likeliest by the classifiers.
    labels: usize,
    /// How many phrasings of a label are compared by n-grams too, at most: those that are nearest in words and
    /// meaning. A text has several times as many n-grams as words.
    phrasings: usize,
    /// Labels that can neither reach this score, were their phrasings the very words, nor win are not compared.
    least: f32,
}

impl Depth {
    /// For answers. The first label is that of comparing everything in 99.9 % of messages, which a test measures.
    const USUAL: Self = Self { labels: 8, phrasings: 12, least: f32::NEG_INFINITY };

    /// To rank the best `most` labels.
    pub(super) fn ranking(most: usize) -> Self {
        Self { labels: Self::USUAL.labels.max(most), ..Self::USUAL }
    }

    /// The same, of labels that can reach a score.
    pub(super) fn from(self, least: f32) -> Self {
        Self { least, ..self }
    }

    /// Everything.
    #[cfg(test)]
    pub(super) const ALL: Self = Self { labels: usize::MAX, phrasings: usize::MAX, ..Self::USUAL };
}

/// Likeness below this is none.
const NO_LIKENESS: f32 = 1e-3;

/// The scores of a knowledge, not yet calibrated. Phrasings are sorted by label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    word_idf: Idf,
    pair_idf: Idf,
    gram_idf: Idf,
    word_texts: Texts,
    gram_texts: Texts,
    sentences: Rows,
    classifier: Classifier,
    ridge: Ridge,
    /// Where the phrasings of each label begin, and where the last end.
    starts: Vec<u32>,
}

/// A label and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) label: u32,
    /// At most 0; 0 for a phrasing itself, where no other label has a share.
    pub(super) score: f32,
    /// Logarithm of the label's share in the softmax.
    pub(super) evidence: f32,
    /// Similarity with the nearest phrasing.
    pub(super) likeness: f32,
    /// The nearest phrasing.
    pub(super) phrasing: u32,
}

/// A message as the scores see it.
struct Query {
    meaning: Packed,
    words: Table,
    grams: Table,
    features: Vec<(u32, f32)>,
}

impl Model {
    /// Learns from phrasings, sorted by label; labels are below `labels`, and some may have no phrasing.
    pub(super) fn train(features: &Features, labels: usize, rows: &[(u32, &Probe)]) -> Self {
        let idf = |terms, bag: fn(&Probe) -> &Bag| Idf::new(terms, rows.iter().map(|(_, probe)| bag(probe)));
        let word_idf = idf(features.words.len(), |probe| &probe.words);
        let pair_idf = idf(features.pairs.len(), |probe| &probe.pairs);
        let gram_idf = idf(features.grams.len(), |probe| &probe.grams);

        let words: Vec<_> = rows.iter().map(|(_, probe)| word_idf.weigh(&probe.words)).collect();
        let grams: Vec<_> = rows.iter().map(|(_, probe)| gram_idf.weigh(&probe.grams)).collect();
        let pairs = rows.iter().map(|(_, probe)| pair_idf.weigh(&probe.pairs));
        let inputs: Vec<_> = words
            .iter()
            .zip(pairs)
            .zip(&grams)
            .map(|((w, p), g)| classifier_input(features, w, &p, g))
            .collect();
        let examples: Vec<_> =
            rows.iter().zip(&inputs).map(|(row, input)| (row.0, input.as_slice())).collect();
        let vectors: Vec<_> = rows.iter().map(|&(label, probe)| (label, &probe.vector)).collect();

        let mut starts = vec![0_u32; labels + 1];
        for &(label, _) in rows {
            starts[label as usize + 1] += 1;
        }
        for label in 0..labels {
            starts[label + 1] += starts[label];
        }
        Self {
            word_texts: Texts::new(&word_idf, rows.iter().map(|(_, probe)| &probe.words)),
            gram_texts: Texts::new(&gram_idf, rows.iter().map(|(_, probe)| &probe.grams)),
            sentences: Rows::new(rows.iter().map(|(_, probe)| &probe.vector)),
            classifier: Classifier::train(COST, labels, features.len(), &examples),
            ridge: Ridge::train(labels, &vectors),
            word_idf,
            pair_idf,
            gram_idf,
            starts,
        }
    }

    /// How rare a word is.
    pub(super) fn word_idf(&self) -> &Idf {
        &self.word_idf
    }

    /// The phrasings of a label.
    pub(super) fn phrasings(&self, label: u32) -> Range<usize> {
        self.starts[label as usize] as usize..self.starts[label as usize + 1] as usize
    }

    /// The best `keep` labels, best first; none where nothing is alike.
    pub(super) fn best(&self, depth: Depth, features: &Features, probe: &Probe, keep: usize) -> Vec<Scored> {
        let query = self.query(features, probe);
        let mut open = self.evidence(&query);
        let likelier = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if open.len() > depth.labels {
            open.select_nth_unstable_by(depth.labels, likelier);
            open.truncate(depth.labels);
        }
        open.sort_unstable_by(likelier);

        let mut best: Vec<Scored> = Vec::new();
        for (label, evidence) in open {
            let most = score(evidence, 1.0);
            if most < depth.least && best.first().is_some_and(|best| most <= best.score) {
                break;
            }
            let (likeness, phrasing) = self.nearest(&query, label, depth.phrasings);
            if likeness > NO_LIKENESS {
                let scored = Scored { label, score: score(evidence, likeness), evidence, likeness, phrasing };
                let place = best.partition_point(|other| other.score >= scored.score);
                best.insert(place, scored);
            }
        }
        best.truncate(keep);
        best
    }

    fn query(&self, features: &Features, probe: &Probe) -> Query {
        let words = self.word_idf.weigh(&probe.words);
        let grams = self.gram_idf.weigh(&probe.grams);
        let pairs = self.pair_idf.weigh(&probe.pairs);
        Query {
            meaning: Packed::new(&probe.vector),
            features: classifier_input(features, &words, &pairs, &grams),
            words: Table::new(&self.word_idf, &words),
            grams: Table::new(&self.gram_idf, &grams),
        }
    }

    /// For each label with phrasings the logarithm of its share in the softmax.
    fn evidence(&self, query: &Query) -> Vec<(u32, f32)> {
        let by_spelling = self.classifier.margins(&query.features);
        let by_meaning = self.ridge.margins(&query.meaning);
        let mut logits: Vec<(u32, f32)> = (0..)
            .zip(by_spelling.iter().zip(by_meaning))
            .filter(|&(label, _)| !self.phrasings(label).is_empty())
            .map(|(label, (spelling, meaning))| {
                (label, SPELLING_MARGIN * spelling + MEANING_MARGIN * meaning)
            })
            .collect();
        let highest = logits.iter().fold(f32::NEG_INFINITY, |highest, logit| highest.max(logit.1));
        let total: f32 = logits.iter().map(|logit| (logit.1 - highest).exp()).sum();
        let all = highest + total.ln();
        for logit in &mut logits {
            logit.1 -= all;
        }
        logits
    }

    /// The similarity with the nearest phrasing of a label, of the `most` that are nearest in words and meaning, and
    /// which it is.
    fn nearest(&self, query: &Query, label: u32, most: usize) -> (f32, u32) {
        let roughly = |phrasing: usize| (self.likeness_without_grams(query, phrasing), phrasing);
        let mut near: Vec<(f32, usize)> = self.phrasings(label).map(roughly).collect();
        if near.len() > most {
            near.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            near.truncate(most);
        }
        let closely =
            near.into_iter().map(|(rough, phrasing)| (rough + self.gram_likeness(query, phrasing), phrasing));
        let nearest = closely.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        nearest.map_or((f32::NEG_INFINITY, 0), |(likeness, phrasing)| (likeness, phrasing as u32))
    }

    fn likeness_without_grams(&self, query: &Query, phrasing: usize) -> f32 {
        WORDS * self.word_texts.cosine(&query.words, phrasing)
            + MEANING * self.sentences.product(&query.meaning, phrasing)
    }

    fn gram_likeness(&self, query: &Query, phrasing: usize) -> f32 {
        GRAMS * self.gram_texts.cosine(&query.grams, phrasing)
    }

    /// The phrasings of a label that are most like a message, most like first, `most` at most, with their likeness.
    pub(super) fn nearest_phrasings(
        &self,
        features: &Features,
        probe: &Probe,
        label: u32,
        most: usize,
    ) -> Vec<(usize, f32)> {
        let query = self.query(features, probe);
        let likeness = |phrasing: usize| {
            self.likeness_without_grams(&query, phrasing) + self.gram_likeness(&query, phrasing)
        };
        let mut near: Vec<(usize, f32)> = self.phrasings(label).map(|p| (p, likeness(p))).collect();
        near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(most);
        near
    }

    /// The parts of the likeness of a message and a phrasing: cosines of words, of n-grams and of meaning.
    pub(super) fn likeness(&self, features: &Features, probe: &Probe, phrasing: u32) -> [f32; 3] {
        let query = self.query(features, probe);
        let phrasing = phrasing as usize;
        [
            self.word_texts.cosine(&query.words, phrasing),
            self.gram_texts.cosine(&query.grams, phrasing),
            self.sentences.product(&query.meaning, phrasing),
        ]
    }

    /// What the known features of a text, as parts of a message, add to the classifier's margin of a label.
    pub(super) fn says(&self, features: &Features, message: &Probe, part: &Probe, label: u32) -> f32 {
        let of_message = self.query(features, message).features;
        let of_part = self.query(features, part).features;
        let shared = of_message.iter().filter(|(id, _)| of_part.iter().any(|(other, _)| other == id));
        shared.map(|&(feature, value)| value * self.classifier.weight(feature, label)).sum()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.array(&self.starts);
        self.word_idf.write(out);
        self.pair_idf.write(out);
        self.gram_idf.write(out);
        self.word_texts.write(out);
        self.gram_texts.write(out);
        self.sentences.write(out);
        self.classifier.write(out);
        self.ridge.write(out);
    }

    pub(super) fn read(
        reader: &mut Reader,
        features: &Features,
        labels: usize,
        phrasings: usize,
    ) -> Result<Self, Malformed> {
        let starts: Vec<u32> = reader.array()?;
        if !cuts(&starts, labels, phrasings) {
            return Err(Malformed);
        }
        let (words, pairs, grams) = (features.words.len(), features.pairs.len(), features.grams.len());
        Ok(Self {
            word_idf: Idf::read(reader, words)?,
            pair_idf: Idf::read(reader, pairs)?,
            gram_idf: Idf::read(reader, grams)?,
            word_texts: Texts::read(reader, phrasings)?,
            gram_texts: Texts::read(reader, phrasings)?,
            sentences: Rows::read(reader, phrasings)?,
            classifier: Classifier::read(reader, labels, features.len())?,
            ridge: Ridge::read(reader, labels)?,
            starts,
        })
    }
}

fn score(evidence: f32, likeness: f32) -> f32 {
    EVIDENCE * evidence + likeness.max(NO_LIKENESS).ln()
}

/// Words, pairs and n-grams, one after the other.
fn classifier_input(
    features: &Features,
    words: &Weighted,
    pairs: &Weighted,
    grams: &Weighted,
) -> Vec<(u32, f32)> {
    let mut input = Vec::with_capacity(words.terms.len() + pairs.terms.len() + grams.terms.len());
    let mut first = 0;
    for (part, length, count) in [
        (words, WORD_FEATURES, features.words.len()),
        (pairs, PAIR_FEATURES, features.pairs.len()),
        (grams, GRAM_FEATURES, features.grams.len()),
    ] {
        input.extend(part.terms.iter().map(|&(id, weight)| (first + id, weight * length)));
        first += count as u32;
    }
    input
}
