//! One answer in process, for messages of three lengths, and a batch of them,
//! on the shipped knowledge.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use askwell::dialogue::Context;
use askwell::engine::Engine;
use askwell::knowledge::Knowledge;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn answer(criterion: &mut Criterion) {
    let knowledge = Knowledge::embedded();
    let titles: Vec<String> = knowledge.claims.iter().map(|claim| claim.title.clone()).collect();
    let engine = Engine::embedded(jiff::civil::date(2026, 1, 1));
    let context = Context::default();
    let mut group = criterion.benchmark_group("answer");
    group.measurement_time(Duration::from_secs(3));
    for (length, message) in [
        ("short", "does it hurt"),
        ("usual", "is the small dose another kind of product than the regular one?"),
        (
            "long",
            "I saw a film about it, my neighbor went last month and liked it. How long before I see anything?",
        ),
    ] {
        group.bench_function(length, |b| b.iter(|| engine.answer(&context, black_box(message))));
    }
    group.throughput(Throughput::Elements(titles.len() as u64)).sample_size(20);
    group.bench_function("batch of all titles", |b| {
        b.iter(|| titles.iter().map(|title| engine.answer(&context, title).answers.len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, answer);
criterion_main!(benches);
