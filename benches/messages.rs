//! Answers in process to a list of messages, each timed by itself:
//! `MESSAGES=FILE cargo bench --bench messages`, where FILE is a JSON array of
//! texts. Prints the median and the 99 % quantile over the messages, of each
//! one's median of passes, in microseconds, as JSON. Without a file the
//! messages are the titles of the shipped claims.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark has no callers, stops at surprises and prints its figures"
)]

use std::hint::black_box;

use askwell::dialogue::Context;
use askwell::engine::Engine;
use times::{microseconds, quantile, sorted};

mod times;

/// One pass is at the mercy of what else the machine does.
const PASSES: usize = 3;

fn main() {
    let engine = Engine::embedded(jiff::ZonedDateTime::now().date());
    let messages: Vec<String> = match std::env::var_os("MESSAGES") {
        Some(file) => serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap(),
        None => engine.knowledge().claims.iter().map(|claim| claim.title.clone()).collect(),
    };
    let clocked =
        |message: &String| microseconds(|| drop(black_box(engine.answer(&Context::default(), message))));
    let passes: Vec<Vec<f64>> = (0..PASSES).map(|_| messages.iter().map(clocked).collect()).collect();
    let of_one = |place: usize| quantile(&sorted(passes.iter().map(|pass| pass[place])), 0.5);
    let times = sorted((0..messages.len()).map(of_one));
    println!("{}", serde_json::json!({ "median": quantile(&times, 0.5), "p99": quantile(&times, 0.99) }));
}
