//! One answer in process, for messages of three lengths, on the shipped knowledge.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;

use askwell::dialogue::Context;
use askwell::engine::Engine;
use askwell::knowledge::Knowledge;
use criterion::{Criterion, criterion_group, criterion_main};

fn answer(criterion: &mut Criterion) {
    let engine = Engine::new(Knowledge::embedded());
    let context = Context::default();
    for (length, message) in [
        ("short", "does it hurt"),
        ("usual", "is the small dose another kind of product than the regular one?"),
        (
            "long",
            "I saw a film about it, my neighbor went last month and liked it. How long before I see anything?",
        ),
    ] {
        criterion.bench_function(length, |b| b.iter(|| engine.answer(&context, black_box(message))));
    }
}

criterion_group!(benches, answer);
criterion_main!(benches);
