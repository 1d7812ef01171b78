//! Learns [`super::WEIGHTS`]: a conditional log-linear model of the ways to cut a
//! message, in which those that give just the expected claims are likely. By
//! gradient ascent on the log-likelihood, the same in every run.

use super::{Bounds, FEATURES, Segment, Segmenter};
use crate::limits;
use crate::text::Utterance;

/// A message of one question counts as much as four of several: of these messages four
/// in ten ask one thing, of what patients write nine in ten, and this is halfway between.
/// The whole way would leave most messages of several questions uncut.
const ONE_QUESTION: f64 = 4.0;

/// Passes over all messages, and how far each goes up the mean gradient of
/// features scaled to their deviation: where the weights stand still to two
/// places.
const PASSES: usize = 4_000;
const STEP: f64 = 1.0;

/// Weight of the squares of the weights, shared by all messages.
const RIDGE: f64 = 3.0;

/// A message and what it asks.
pub struct Message {
    /// Its words.
    pub utterance: Utterance,
    /// The claims that answer each of its questions; none where no claim does.
    pub questions: Vec<Vec<usize>>,
}

/// The weights that make the right ways to cut these messages likeliest, and of
/// how many messages: of the others all ways are right, or none.
#[must_use]
pub fn learn(segmenter: &Segmenter, messages: &[Message]) -> ([f64; FEATURES], usize) {
    let all: Vec<Ways> = messages.iter().filter_map(|message| ways(segmenter, message)).collect();
    (ascend(&all), all.len())
}

/// The ways to cut one message: their features, and whether each is right.
struct Ways {
    weight: f64,
    features: Vec<[f64; FEATURES]>,
    right: Vec<bool>,
}

fn ways(segmenter: &Segmenter, message: &Message) -> Option<Ways> {
    let bounds = Bounds::new(&message.utterance);
    let mut features = Vec::new();
    let mut misses = Vec::new();
    for way in cuttings(bounds.last()) {
        let parts = segmenter.way(&message.utterance, &bounds, &way).segments;
        features.push(segmenter.features(&bounds, &way, &parts));
        misses.push(missed(segmenter, message, &parts));
    }
    let least = misses.iter().flatten().min().copied()?;
    let right: Vec<bool> = misses.iter().map(|missed| *missed == Some(least)).collect();
    let weight = if message.questions.len() == 1 { ONE_QUESTION } else { 1.0 };
    (!right.iter().all(|r| *r)).then_some(Ways { weight, features, right })
}

/// By how many the questions without an answer differ from those expected, if
/// the claims are just those expected, each once.
fn missed(segmenter: &Segmenter, message: &Message, parts: &[Segment]) -> Option<usize> {
    let given: Vec<usize> = parts.iter().filter_map(|part| part.claim).map(|(claim, _)| claim).collect();
    let again = |at: usize| given[..at].iter().any(|other| (segmenter.serves)(*other, given[at]));
    let answered: Vec<&Vec<usize>> = message.questions.iter().filter(|claims| !claims.is_empty()).collect();
    let is_right = answered.iter().all(|claims| given.iter().any(|claim| claims.contains(claim)))
        && given.iter().all(|claim| answered.iter().any(|claims| claims.contains(claim)))
        && !(1..given.len()).any(again);
    let unanswered = parts.iter().filter(|part| part.claim.is_none() && part.asks).count();
    is_right.then_some(unanswered.abs_diff(message.questions.len() - answered.len()))
}

/// The ways to choose bounds, first and last among them, for as many segments
/// as there may be answers.
fn cuttings(last: usize) -> Vec<Vec<usize>> {
    let mut ways = vec![vec![0]];
    let mut complete = Vec::new();
    while let Some(way) = ways.pop() {
        complete.push([way.as_slice(), &[last]].concat());
        if way.len() < limits::ANSWERS {
            ways.extend((way[way.len() - 1] + 1..last).map(|at| [way.as_slice(), &[at]].concat()));
        }
    }
    complete
}

/// The weights under which the right ways are likeliest.
fn ascend(all: &[Ways]) -> [f64; FEATURES] {
    let scales = deviations(all);
    let total: f64 = all.iter().map(|ways| ways.weight).sum();
    let mut weights = [0.0; FEATURES];
    for _ in 0..PASSES {
        let mut gradient = [0.0; FEATURES];
        for ways in all {
            let scores: Vec<f64> = ways.features.iter().map(|f| weigh(&weights, f, &scales)).collect();
            let any = shares(&scores, |_| true);
            let right = shares(&scores, |at| ways.right[at]);
            for ((features, any), right) in ways.features.iter().zip(any).zip(right) {
                for at in 0..FEATURES {
                    gradient[at] += ways.weight * (right - any) * features[at] / scales[at];
                }
            }
        }
        for at in 0..FEATURES {
            weights[at] += STEP * (gradient[at] - RIDGE * weights[at]) / total;
        }
    }
    std::array::from_fn(|at| weights[at] / scales[at])
}

fn weigh(weights: &[f64; FEATURES], features: &[f64; FEATURES], scales: &[f64; FEATURES]) -> f64 {
    (0..FEATURES).map(|at| weights[at] * features[at] / scales[at]).sum()
}

/// The probabilities of those that are `among`, by their log-odds.
fn shares(scores: &[f64], among: impl Fn(usize) -> bool) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let odds: Vec<f64> =
        (0..).zip(scores).map(|(at, s)| if among(at) { (s - most).exp() } else { 0.0 }).collect();
    let total: f64 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / total).collect()
}

/// How far each feature varies.
fn deviations(all: &[Ways]) -> [f64; FEATURES] {
    let rows = || all.iter().flat_map(|ways| &ways.features);
    let count = rows().count() as f64;
    std::array::from_fn(|at| {
        let mean = rows().map(|row| row[at]).sum::<f64>() / count;
        let variance = rows().map(|row| (row[at] - mean).powi(2)).sum::<f64>() / count;
        variance.sqrt().max(1e-6)
    })
}
