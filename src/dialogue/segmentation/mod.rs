//! Which questions a message asks: it is cut in two where that makes more
//! sense, and each half again.
//!
//! What makes sense is a segment that is sure of a claim, and a cut for which its
//! form speaks, between sides that do not mean the same. The weights are those of a
//! conditional model of all ways to cut a message, learned from messages that are
//! not in the knowledge (`tests/data/segmentation.jsonl`); `cargo test --release
//! --lib segmentation_is_as_learned -- --ignored` learns them anew.

#[cfg(test)]
pub mod learn;

use std::ops::Range;

use super::decision::Scored;
use crate::limits;
use crate::matching::Target;
use crate::text::Utterance;
use crate::text::clause::{asks, begins_question};
use crate::text::cuts::{Cut, cuts};

/// What is needed to cut a message.
pub struct Segmenter<'a> {
    /// Ranks what an utterance may mean, best first; nothing where it names
    /// another subject.
    pub rank: &'a dyn Fn(&Utterance) -> Vec<Scored>,
    /// From which confidence on a candidate is accepted.
    pub threshold: f64,
    /// Whether the answer of the second claim serves for the first as well.
    pub serves: &'a dyn Fn(usize, usize) -> bool,
    /// Whether a piece of small talk is what is said to another subject.
    pub off_topic: &'a dyn Fn(usize) -> bool,
}

/// A stretch of a message.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its tokens, without those that only join it to the one before.
    pub tokens: Range<usize>,
    /// Its words, with the verb and the subject that it shares with words before it.
    pub words: Utterance,
    asks: bool,
    candidates: Vec<Scored>,
    /// The claim that it is sure of, if any, and how sure.
    claim: Option<(usize, f64)>,
}

impl Segment {
    /// Whether it only tells something: no question, and nothing that is answered.
    #[must_use]
    pub fn tells(&self) -> bool {
        !self.asks && self.claim.is_none()
    }
}

/// What makes sense of a segment, and of a way to cut a message.
const OF_A_SEGMENT: usize = 8;
const FEATURES: usize = OF_A_SEGMENT + 10;

/// The weight of each feature, in log-odds. Of each segment, where it asks: the
/// log-odds of its claim; for a question that no claim is sure of, that it is one
/// and the log-odds of what it is most like; one that is small talk; one about
/// another subject. Where it tells: that it has a claim, and the log-odds of that;
/// nothing but a story. Of each cut: that there is one; a question that begins
/// or ends there by its words, a question mark, a comma, "&", "and", "also",
/// "whether"; how sure the right side is of the claim on the left, and the same
/// claim on both sides.
pub(crate) const WEIGHTS: [f64; FEATURES] = [
    1.81, -0.76, -0.43, -2.13, 2.51, -3.47, 2.81, 0.82, -4.75, 0.92, 0.41, 0.52, 3.00, 1.05, 0.86, 5.94,
    -3.56, -3.16,
];

/// The weight of a question that a question mark parts from an answered one that it
/// has nothing to do with. As much as a cut and such a question weigh otherwise: it is
/// to be named where it has no answer, and the examples have too few to teach that.
const NAMED: f64 = 4.0;

/// Keeps the log-odds of a confidence of 0 or 1 finite: what is as sure as
/// 0.97 is hardly surer at 1.
const SLACK: f64 = 0.03;

impl Segmenter<'_> {
    /// The segments of a message, in order; together they have all of its
    /// tokens, but those that only join them.
    #[must_use]
    pub fn segments(&self, message: &Utterance) -> Vec<Segment> {
        let bounds = Bounds::new(message);
        let mut segments = Vec::new();
        if !message.tokens().is_empty() {
            self.divide(message, &bounds, 0, bounds.last(), &mut segments);
        }
        segments
    }

    /// Cuts a stretch in the way that makes most sense: in two, or wherever a
    /// question begins by its words, since half of a message of five questions
    /// is no better than the whole.
    fn divide(&self, message: &Utterance, bounds: &Bounds, from: usize, to: usize, out: &mut Vec<Segment>) {
        let mut best = self.way(message, bounds, &[from, to]);
        let questions: Vec<usize> = (from + 1..to).filter(|at| bounds.cut(*at).signs.question).collect();
        // One is tried by itself.
        let questions = Some(questions).filter(|cuts| cuts.len() > 1);
        for cut in (from + 1..to).map(|at| vec![at]).chain(questions) {
            let way = self.way(message, bounds, &[&[from], cut.as_slice(), &[to]].concat());
            if way.sense > best.sense {
                best = way;
            }
        }
        match best.bounds.as_slice() {
            [_, _] => out.append(&mut best.segments),
            cut => cut.windows(2).for_each(|side| self.divide(message, bounds, side[0], side[1], out)),
        }
    }

    fn way(&self, message: &Utterance, bounds: &Bounds, way: &[usize]) -> Way {
        let segment = |side: &[usize]| self.segment(message, bounds, side[0], side[1]);
        let segments: Vec<Segment> = way.windows(2).map(segment).collect();
        let features = self.features(bounds, way, &segments);
        let learned: f64 = WEIGHTS.iter().zip(&features).map(|(weight, feature)| weight * feature).sum();
        let sides = way[1..].iter().zip(segments.windows(2));
        let foreign = sides.filter(|(at, sides)| self.is_foreign(bounds.cut(**at), &sides[0], &sides[1]));
        let sense = learned + NAMED * foreign.count() as f64;
        Way { bounds: way.to_vec(), segments, sense }
    }

    /// The features of the segments between some bounds, in the order of
    /// [`WEIGHTS`].
    fn features(&self, bounds: &Bounds, way: &[usize], segments: &[Segment]) -> [f64; FEATURES] {
        let is = |sign: bool| f64::from(u8::from(sign));
        let mut sum = [0.0; FEATURES];
        let (of_segments, of_cuts) = sum.split_at_mut(OF_A_SEGMENT);
        for segment in segments {
            let best = segment.candidates.first().map(|best| best.target);
            match (segment.claim, best, segment.asks) {
                (Some((_, sure)), _, true) => of_segments[0] += log_odds(sure),
                (None, Some(Target::Claim(_)), true) => {
                    of_segments[1] += 1.0;
                    of_segments[2] += log_odds(segment.candidates[0].confidence);
                }
                (None, Some(Target::SmallTalk(entry)), true) if !(self.off_topic)(entry) => {
                    of_segments[3] += 1.0;
                }
                (None, _, true) => of_segments[4] += 1.0,
                (Some((_, sure)), _, false) => {
                    of_segments[5] += 1.0;
                    of_segments[6] += log_odds(sure);
                }
                (None, _, false) => of_segments[7] += 1.0,
            }
        }
        for (at, sides) in way[1..].iter().zip(segments.windows(2)) {
            let (signs, [left, right]) = (&bounds.cut(*at).signs, sides) else { continue };
            let alike = matches!((left.claim, right.claim), (Some(a), Some(b)) if (self.serves)(a.0, b.0));
            let features = [
                1.0,
                is(signs.question),
                is(signs.asked),
                is(signs.broken),
                is(signs.added),
                is(signs.and),
                is(signs.also),
                is(signs.whether),
                left.claim.map_or(0.0, |(claim, _)| self.confidence(right, claim)),
                is(alike),
            ];
            for (sum, feature) in of_cuts.iter_mut().zip(features) {
                *sum += feature;
            }
        }
        sum
    }

    /// Whether a question mark parts two questions of which one alone has an
    /// answer, and the other is like nothing of that.
    fn is_foreign(&self, cut: &Cut, left: &Segment, right: &Segment) -> bool {
        let (claim, other) = match (left.claim, right.claim) {
            (Some((claim, _)), None) => (claim, right),
            (None, Some((claim, _))) => (claim, left),
            _ => return false,
        };
        cut.signs.asked && begins_question(other.words.tokens()) && self.confidence(other, claim) == 0.0
    }

    /// How sure a segment is of a claim or of one that serves for it.
    fn confidence(&self, segment: &Segment, claim: usize) -> f64 {
        let serves = |c: &&Scored| matches!(c.target, Target::Claim(other) if (self.serves)(claim, other));
        segment.candidates.iter().find(serves).map_or(0.0, |c| c.confidence)
    }

    fn segment(&self, message: &Utterance, bounds: &Bounds, from: usize, to: usize) -> Segment {
        let tokens = bounds.tokens(from, to);
        let words = message.part(tokens.clone());
        let asks = asks(message, &tokens);
        let words = match message.part(bounds.frame(from)).normalized() {
            frame if frame.is_empty() => words,
            frame => Utterance::new(&format!("{frame} {}", words.normalized())),
        };
        let candidates = (self.rank)(&words);
        let claim = match candidates.first() {
            Some(Scored { target: Target::Claim(claim), confidence }) if *confidence >= self.threshold => {
                Some((*claim, *confidence))
            }
            _ => None,
        };
        Segment { tokens, words, asks, candidates, claim }
    }
}

fn log_odds(confidence: f64) -> f64 {
    ((confidence + SLACK) / (1.0 - confidence + SLACK)).ln()
}

/// A way to cut a stretch: where, into what, and how much sense it makes.
struct Way {
    bounds: Vec<usize>,
    segments: Vec<Segment>,
    sense: f64,
}

/// A message's cuts, with its beginning and its end.
struct Bounds {
    cuts: Vec<Cut>,
    end: usize,
}

impl Bounds {
    /// The cuts, as many as are tried: those where a question begins or ends before
    /// others, and earlier ones before later ones.
    fn new(message: &Utterance) -> Self {
        let mut cuts = cuts(message);
        if cuts.len() > limits::CUTS {
            cuts.sort_by_key(|cut| std::cmp::Reverse(cut.signs.question));
            cuts.truncate(limits::CUTS);
            cuts.sort_by_key(|cut| cut.at);
        }
        Self { cuts, end: message.tokens().len() }
    }

    /// The number of the end; the beginning is 0, the cuts stand between.
    fn last(&self) -> usize {
        self.cuts.len() + 1
    }

    fn cut(&self, at: usize) -> &Cut {
        &self.cuts[at - 1]
    }

    /// The tokens between two bounds.
    fn tokens(&self, from: usize, to: usize) -> Range<usize> {
        let start = if from == 0 { 0 } else { self.cut(from).after };
        let end = if to == self.last() { self.end } else { self.cut(to).at };
        start.min(end.saturating_sub(1))..end
    }

    fn frame(&self, from: usize) -> Range<usize> {
        if from == 0 { 0..0 } else { self.cut(from).frame.clone() }
    }
}

#[cfg(test)]
mod tests {
    //! Properties: segments come in order, do not overlap and have words; what is ranked is bounded, whatever is sent.
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Segment, Segmenter};
    use crate::dialogue::decision::Scored;
    use crate::limits;
    use crate::matching::Target;
    use crate::text::Utterance;

    /// Words that claims are about; "park" is another subject.
    const CLAIMS: [&str; 4] = ["price", "pain", "swim", "drink"];

    /// What each claim's own word says, if it is the only one; of several none is sure.
    fn rank(words: &Utterance) -> Vec<Scored> {
        let named: Vec<usize> =
            (0..CLAIMS.len()).filter(|claim| words.words().any(|w| w == CLAIMS[*claim])).collect();
        let confidence = if named.len() == 1 { 0.95 } else { 0.4 };
        if words.words().any(|w| w == "park") {
            return Vec::new();
        }
        let scored = |claim: usize| Scored { target: Target::Claim(claim), confidence };
        named.into_iter().map(scored).collect()
    }

    fn segments(text: &str, rank: &dyn Fn(&Utterance) -> Vec<Scored>) -> Vec<Segment> {
        let serves = |one, other| one == other;
        Segmenter { rank, threshold: 0.5, serves: &serves, off_topic: &|_| false }
            .segments(&Utterance::new(text))
    }

    #[test]
    fn a_message_is_cut_where_its_parts_make_more_sense() {
        for (text, expected) in [
            ("what is the price", vec!["what is the price"]),
            ("what is the price and is there pain", vec!["what is the price", "is there pain"]),
            (
                "What is the price? Is there pain? Can I swim?",
                vec!["what is the price", "is there pain", "can i swim"],
            ),
            ("can I swim and drink", vec!["can i swim", "can i drink"]),
            ("price, pain, swim?", vec!["price", "pain", "swim"]),
            ("I know the price, tell me about the price", vec!["i know the price tell me about the price"]),
            (
                "I have two cats and a dog. What is the price?",
                vec!["i have two cats and a dog what is the price"],
            ),
            ("Where do I park? And is there pain?", vec!["where do i park", "is there pain"]),
        ] {
            let words: Vec<String> = segments(text, &rank).iter().map(|s| s.words.normalized()).collect();
            assert_eq!(words, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn segments_are_in_order_and_have_words(text in "(price|pain|park|[a-z]{1,5}|and|is it|can i|[ ,.?!-]){0,90}") {
            let ranked = RefCell::new(BTreeSet::new());
            let counted = |words: &Utterance| { ranked.borrow_mut().insert(words.normalized()); rank(words) };
            let mut next = 0;
            for segment in segments(&text, &counted) {
                prop_assert!(segment.tokens.start >= next && !segment.tokens.is_empty());
                next = segment.tokens.end;
            }
            prop_assert_eq!(next, Utterance::new(&text).tokens().len());
            // Each stretch between two bounds, however often it is asked for.
            prop_assert!(ranked.borrow().len() <= (limits::CUTS + 1) * (limits::CUTS + 2) / 2);
        }
    }
}
