//! What of the dialogue is learned from messages is what they teach; a misspelled message gets what
//! the same one gets when it is spelled right.
#![allow(clippy::print_stdout, reason = "the figures of the table are worth reading")]

use serde::Deserialize;

use super::Engine;
use crate::dialogue::Context;
use crate::dialogue::segmentation::WEIGHTS;
use crate::dialogue::segmentation::learn::{Message, learn};
use crate::text::Utterance;

/// How far a weight may be from what is learned: the knowledge changes, and with it how sure
/// the matcher is, and they need not be learned anew each time.
const DRIFT: f64 = 0.5;

/// A message and what it asks; "unknown" is what no claim answers.
#[derive(Deserialize)]
struct Line {
    text: String,
    expect: Vec<String>,
    /// Other claims that would answer each of the questions.
    accept: Vec<Vec<String>>,
}

impl Line {
    fn message(&self, engine: &Engine) -> Message {
        let claims = |ids: Vec<&String>| ids.into_iter().filter_map(|id| engine.index(id)).collect();
        let questions = self.expect.iter().zip(&self.accept);
        Message {
            utterance: engine.trained().prepared(&self.text),
            questions: questions
                .map(|(id, others)| claims([id].into_iter().chain(others).collect()))
                .collect(),
        }
    }
}

#[test]
#[ignore = "says which weights to write in the code; some seconds with --release"]
fn segmentation_is_as_learned() {
    let engine = Engine::embedded(jiff::civil::date(2026, 1, 1));
    let lines = include_str!("../../tests/data/segmentation.jsonl").lines();
    let message = |line: &str| serde_json::from_str::<Line>(line).unwrap().message(&engine);
    let messages: Vec<Message> = lines.map(message).collect();
    let (weights, messages) = engine
        .hearing(&Context::default(), |hearing| hearing.segmenter(|segmenter| learn(segmenter, &messages)));
    let learned: Vec<String> = weights.iter().map(|weight| format!("{weight:.2}")).collect();
    let is_near = weights.iter().zip(WEIGHTS).all(|(learned, used)| (learned - used).abs() < DRIFT);
    assert!(is_near, "{messages} messages teach {}", learned.join(", "));
}

/// A message as it was typed, and as it should have been; the two are the same where a careless
/// corrector would do harm.
#[derive(Deserialize)]
struct Spelling {
    said: String,
    meant: String,
}

/// How many of the misspelled get what the others get: 92 % do. The costs of slips were chosen with this table in sight.
const UNDERSTOOD: f64 = 0.88;

/// How many of those that were right stay as they were: 84 % do. They are full of names and rare words.
const UNHARMED: f64 = 0.78;

#[test]
fn spelling_of_the_table() {
    let engine = Engine::embedded(jiff::civil::date(2026, 1, 1));
    let lines = include_str!("../../tests/data/spelling.jsonl").lines();
    let lines: Vec<Spelling> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let (right, wrong): (Vec<&Spelling>, Vec<_>) = lines.iter().partition(|line| line.said == line.meant);
    let outcome = |text: &str| {
        let reply = engine.answer(&Context::default(), text);
        (reply.status, reply.answers.iter().map(|answer| answer.claim.id.clone()).collect::<Vec<_>>())
    };
    let stays = |line: &&&Spelling| {
        let said = Utterance::new(&line.said);
        engine.trained().corrected(&said).words().eq(said.words())
    };
    let understood = wrong.iter().filter(|line| outcome(&line.said) == outcome(&line.meant)).count();
    let unharmed = right.iter().filter(stays).count();
    println!("spelling: {understood} of {} understood, {unharmed} of {} unharmed", wrong.len(), right.len());
    assert!(understood as f64 >= UNDERSTOOD * wrong.len() as f64, "{understood}");
    assert!(unharmed as f64 >= UNHARMED * right.len() as f64, "{unharmed}");
}
