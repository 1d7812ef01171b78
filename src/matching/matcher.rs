//! The door of the matcher: trained on phrasings, it ranks labels for a message.

use super::calibration::Calibration;
use super::explanation::{Explainer, Explanation};
use super::features::{Features, Probe};
use super::fusion::{Depth, Model, Scored};
use crate::learning::bytes::{Malformed, Reader, Strings, Writer};
use crate::learning::vectors::Vectors;
use crate::text::Utterance;

/// A phrasing and the label that it stands for.
#[derive(Debug, Clone)]
pub struct Example {
    /// The label; any number will do.
    pub label: usize,
    /// The phrasing, corrected and with synonyms folded.
    pub utterance: Utterance,
}

/// A label that may be meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The label, as in the examples.
    pub label: usize,
    /// The probability that it is right, 0…1.
    pub confidence: f64,
    /// The nearest example of the label, by its place among the examples.
    pub example: usize,
    /// How near that example is, 0…1; 1 is the same words.
    pub similarity: f64,
}

/// Ranks labels for messages.
#[derive(Debug, Clone)]
pub struct Matcher {
    vectors: Vectors<'static>,
    features: Features,
    model: Model,
    calibration: Calibration,
    /// The labels as the examples have them, by the numbers used here.
    labels: Vec<u32>,
    /// The place of each phrasing among the examples.
    places: Vec<u32>,
    /// The words of each phrasing, for explanations.
    phrasings: Strings,
}

impl Matcher {
    /// Trains on examples. Their order and the numbers of their labels make no
    /// difference; of two examples alike the first counts. `serves` tells
    /// whether the answer of the second label serves for the first as well, so
    /// that winning there is no mistake.
    #[must_use]
    pub fn train(examples: &[Example], serves: &dyn Fn(usize, usize) -> bool) -> Self {
        Self::learn(examples, Vectors::embedded(), Some(serves))
    }

    /// Trains without calibrating, in a sixth of the time: it ranks alike, but
    /// its confidences are those that are assumed before anything is seen. For
    /// trials in which the winner counts alone.
    #[must_use]
    pub fn uncalibrated(examples: &[Example]) -> Self {
        Self::learn(examples, Vectors::embedded(), None)
    }

    fn learn(
        examples: &[Example],
        vectors: Vectors<'static>,
        calibrated: Option<&dyn Fn(usize, usize) -> bool>,
    ) -> Self {
        let (labels, rows) = canonical(examples);
        let features = Features::new(rows.iter().map(|row| &examples[row.example].utterance));
        let probe = |row: &Row| features.probe(&examples[row.example].utterance, &vectors);
        let probes: Vec<Probe> = rows.iter().map(probe).collect();
        let labelled: Vec<_> = rows.iter().map(|row| row.label).zip(&probes).collect();
        Self {
            model: Model::train(&features, labels.len(), &labelled),
            calibration: calibrated.map_or(Calibration::ASSUMED, |serves| {
                let named = |label: u32| labels[label as usize] as usize;
                let serves = |own: u32, other: u32| serves(named(own), named(other));
                Calibration::new(&features, labels.len(), &labelled, &serves)
            }),
            places: rows.iter().map(|row| row.example as u32).collect(),
            phrasings: rows.into_iter().map(|row| row.words).collect(),
            vectors,
            features,
            labels,
        }
    }

    /// The labels that may be meant, best first, `most` at most; none where
    /// nothing is alike.
    #[must_use]
    pub fn rank(&self, utterance: &Utterance, most: usize) -> Vec<Candidate> {
        self.candidates(&self.score(&self.probe(utterance), most))
    }

    /// The same, but labels that can neither be as sure as `least`, were a phrasing
    /// of theirs the very message, nor win may be missing: most messages leave few
    /// labels to compare.
    #[must_use]
    pub fn likely(&self, utterance: &Utterance, most: usize, least: f64) -> Vec<Candidate> {
        let depth = Depth::ranking(most).from(self.calibration.score(least as f32));
        self.candidates(&self.model.best(depth, &self.features, &self.probe(utterance), most))
    }

    fn candidates(&self, scored: &[Scored]) -> Vec<Candidate> {
        let candidate = |scored: &Scored| Candidate {
            label: self.labels[scored.label as usize] as usize,
            confidence: self.calibration.confidence(scored.score).into(),
            example: self.places[scored.phrasing as usize] as usize,
            similarity: f64::from(scored.likeness).clamp(0.0, 1.0),
        };
        scored.iter().map(candidate).collect()
    }

    /// The same, with every label's phrasings compared: what leaving some out is held against.
    #[cfg(test)]
    pub(super) fn rank_all(&self, utterance: &Utterance) -> Vec<Candidate> {
        let probe = self.probe(utterance);
        self.candidates(&self.model.best(Depth::ALL, &self.features, &probe, self.labels.len()))
    }

    /// The examples of a label that are nearest to an utterance, nearest first,
    /// `most` at most, each with its similarity, 0…1.
    #[must_use]
    pub fn nearest(&self, utterance: &Utterance, label: usize, most: usize) -> Vec<(usize, f64)> {
        let Some(number) = (0..).zip(&self.labels).find(|(_, own)| **own as usize == label) else {
            return Vec::new();
        };
        let near = self.model.nearest_phrasings(&self.features, &self.probe(utterance), number.0, most);
        let named = |(phrasing, likeness): (usize, f32)| {
            (self.places[phrasing] as usize, f64::from(likeness).clamp(0.0, 1.0))
        };
        near.into_iter().map(named).collect()
    }

    /// The confidence from which on an answer is worth giving.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.calibration.threshold().into()
    }

    /// Why each of the first `most` of [`Matcher::rank`] stands where it
    /// stands, in the same order.
    #[must_use]
    pub fn explain(&self, utterance: &Utterance, most: usize) -> Vec<Explanation> {
        let probe = self.probe(utterance);
        // The last one that is asked for is set against the next.
        let scored = self.score(&probe, most + 1);
        let explainer = Explainer {
            features: &self.features,
            model: &self.model,
            calibration: self.calibration,
            phrasings: &self.phrasings,
            word: &|word| self.probe(&Utterance::new(word)),
        };
        let corrections = utterance.corrections();
        scored.iter().take(most).map(|one| explainer.explain(&probe, *one, &scored, &corrections)).collect()
    }

    /// One more than the largest label, and than the largest place of an
    /// example, that a candidate can name.
    pub(super) fn extent(&self) -> (usize, usize) {
        let end = |numbers: &[u32]| numbers.iter().max().map_or(0, |n| *n as usize + 1);
        (end(&self.labels), end(&self.places))
    }

    fn probe(&self, utterance: &Utterance) -> Probe {
        self.features.probe(utterance, &self.vectors)
    }

    fn score(&self, probe: &Probe, most: usize) -> Vec<Scored> {
        self.model.best(Depth::ranking(most), &self.features, probe, most)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.array(&self.labels);
        out.array(&self.places);
        out.texts(&self.phrasings);
        self.features.write(out);
        self.model.write(out);
        self.calibration.write(out);
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, Malformed> {
        let labels: Vec<u32> = reader.array()?;
        let places: Vec<u32> = reader.array()?;
        let phrasings = reader.texts()?;
        let features = Features::read(reader)?;
        let model = Model::read(reader, &features, labels.len(), phrasings.len())?;
        let calibration = Calibration::read(reader)?;
        if places.len() != phrasings.len() {
            return Err(Malformed);
        }
        Ok(Self { vectors: Vectors::embedded(), features, model, calibration, labels, places, phrasings })
    }
}

/// An example in the order in which it is learned.
struct Row {
    /// The label, numbered by the phrasings.
    label: u32,
    words: String,
    /// Its place among the examples.
    example: usize,
}

/// The examples in an order that depends on their words alone, sorted by
/// label, each once; and the labels, numbered by their phrasings.
fn canonical(examples: &[Example]) -> (Vec<u32>, Vec<Row>) {
    let mut sorted: Vec<(usize, String, usize)> = examples
        .iter()
        .enumerate()
        .map(|(place, example)| (example.label, example.utterance.normalized(), place))
        .collect();
    sorted.sort_unstable();
    sorted.dedup_by(|later, first| (later.0, &later.1) == (first.0, &first.1));
    let mut groups: Vec<&[(usize, String, usize)]> = sorted.chunk_by(|a, b| a.0 == b.0).collect();
    groups.sort_by(|a, b| a.iter().map(|row| &row.1).cmp(b.iter().map(|row| &row.1)));
    let labels = groups.iter().map(|group| group[0].0 as u32).collect();
    let rows = (0..).zip(&groups).flat_map(|(label, group)| {
        group.iter().map(move |(_, words, example)| Row { label, words: words.clone(), example: *example })
    });
    (labels, rows.collect())
}

#[cfg(test)]
mod tests {
    //! Properties: independence of order and names of labels; survival of writing; total on any message; sensible on
    //! the smallest knowledge; an explanation for every candidate.

    use super::{Example, Matcher};
    use crate::learning::bytes::{Reader, Writer};
    use crate::learning::vectors::Vectors;
    use crate::text::{Speller, Utterance};

    const KNOWLEDGE: [(usize, &str); 9] = [
        (0, "how many units in the forehead"),
        (0, "units for my forehead lines"),
        (0, "how much botox does a forehead need"),
        (1, "does it hurt"),
        (1, "is the needle painful"),
        (1, "how bad is the pain"),
        (2, "how long does botox last"),
        (2, "when does it wear off"),
        (2, "how many months do results last"),
    ];
    const MESSAGES: [&str; 8] = [
        "how many units",
        "is it painful",
        "wear off?",
        "botox pain foreheed",
        "",
        "\u{1f600}",
        "xyzzy",
        "can I park here",
    ];

    /// More than there are labels.
    const ALL: usize = 9;

    fn train(knowledge: &[(usize, &str)]) -> Matcher {
        let example =
            |(label, text): &(usize, &str)| Example { label: *label, utterance: Utterance::new(text) };
        let examples: Vec<_> = knowledge.iter().map(example).collect();
        Matcher::learn(&examples, Vectors::empty(), Some(&|own, other| own == other))
    }

    fn best(matcher: &Matcher, text: &str) -> Option<super::Candidate> {
        matcher.rank(&Utterance::new(text), ALL).first().copied()
    }

    /// Label and bits of the confidence of every candidate for every message.
    fn answers(matcher: &Matcher, rename: impl Fn(usize) -> usize) -> Vec<Vec<(usize, u64)>> {
        let rank = |text: &&str| matcher.rank(&Utterance::new(text), ALL);
        let plain = MESSAGES.iter().map(rank);
        plain.map(|r| r.into_iter().map(|c| (rename(c.label), c.confidence.to_bits())).collect()).collect()
    }

    #[test]
    fn order_and_names_of_labels_make_no_difference() {
        let forward = answers(&train(&KNOWLEDGE), |label| label);
        let mut other: Vec<_> = KNOWLEDGE.iter().rev().map(|&(label, text)| (70 - label, text)).collect();
        other.push(other[3]);
        assert_eq!(answers(&train(&other), |label| 70 - label), forward);
    }

    /// Reads bytes and, as the test's matcher has no vectors, takes them away.
    fn read(bytes: &[u8]) -> Option<Matcher> {
        let mut reader = Reader::new(bytes::Bytes::copy_from_slice(bytes), b"").ok()?;
        let matcher = Matcher::read(&mut reader).ok()?;
        reader.finish().ok()?;
        Some(Matcher { vectors: Vectors::empty(), ..matcher })
    }

    fn bytes(matcher: &Matcher) -> Vec<u8> {
        let mut out = Writer::new(b"");
        matcher.write(&mut out);
        out.finish()
    }

    #[test]
    fn nearest_examples_of_a_label_come_first() {
        let matcher = train(&KNOWLEDGE);
        let near = matcher.nearest(&Utterance::new("is the needle painful"), 1, 2);
        assert_eq!(near.iter().map(|n| n.0).collect::<Vec<_>>()[0], 4);
        assert!(near.len() == 2 && near[0].1 > near[1].1);
        assert!(matcher.nearest(&Utterance::new("x"), 77, 2).is_empty());
    }

    #[test]
    fn the_compiled_form_answers_alike_and_bad_bytes_are_refused() {
        let matcher = train(&KNOWLEDGE);
        let bytes = bytes(&matcher);
        let again = read(&bytes).map(|read| answers(&read, |label| label));
        assert_eq!(again, Some(answers(&matcher, |label| label)));
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_none(), "cut at {end}");
        }
    }

    #[test]
    fn changed_bytes_are_refused_or_harmless() {
        let bytes = bytes(&train(&KNOWLEDGE));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x41;
            if let Some(matcher) = read(&changed) {
                answers(&matcher, |label| label);
                assert!(matcher.explain(&Utterance::new(MESSAGES[3]), 2).len() <= 2);
            }
        }
    }

    #[test]
    fn phrasings_find_their_own_label() {
        let matcher = train(&KNOWLEDGE);
        for (label, text) in KNOWLEDGE {
            let best = best(&matcher, text);
            assert!(best.is_some_and(|b| b.label == label && b.confidence >= matcher.threshold()), "{text}");
            assert!(best.is_some_and(|b| KNOWLEDGE[b.example].1 == text && b.similarity > 0.4), "{best:?}");
        }
    }

    #[test]
    fn the_smallest_knowledge() {
        for knowledge in [&[][..], &KNOWLEDGE[..1], &KNOWLEDGE[..3], &[KNOWLEDGE[0], KNOWLEDGE[3]]] {
            let matcher = train(knowledge);
            for (label, text) in knowledge {
                let best = best(&matcher, text);
                assert!(
                    best.is_some_and(|b| b.label == *label && b.confidence >= matcher.threshold()),
                    "{text}"
                );
            }
            let park = best(&matcher, "can I park here");
            assert!(park.is_none_or(|b| b.confidence < matcher.threshold()), "{park:?}");
        }
    }

    #[test]
    fn explains_each_candidate_in_words() {
        let matcher = train(&KNOWLEDGE);
        let speller = Speller::new(&[Utterance::new("forehead")], &[], &[]);
        let utterance = Utterance::new("how many units for the foreheed").corrected(&speller);
        let explanations = matcher.explain(&utterance, ALL);
        assert_eq!(explanations.len(), matcher.rank(&utterance, ALL).len());
        let text = format!("{explanations:?}");
        for expected in [
            "'units'",
            "reads 'foreheed' as 'forehead'",
            "closest phrasing \\\"how many units in the forehead",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }
}
