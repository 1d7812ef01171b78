//! What of the dialogue is learned from messages is what they teach.

use serde::Deserialize;

use super::Engine;
use crate::dialogue::Context;
use crate::dialogue::segmentation::WEIGHTS;
use crate::dialogue::segmentation::learn::{Message, learn};

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
