//! How loading and answering grow from 10² to 10⁵ phrasings.
//!
//! The phrasings are made, the same in every run, from the words of the shipped
//! ones: each claim has a few words of its own, mixed with words as often as
//! the shipped phrasings use them. A folder without its compiled form is
//! trained once and timed once, since 10⁵ phrasings take minutes.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a benchmark has no callers, stops at surprises and says what it sees"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use askwell::dialogue::Context;
use askwell::engine::Engine;
use askwell::knowledge::{Claim, File, Knowledge, embedded_files};
use bytes::Bytes;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use times::{microseconds, quantile, sorted};

mod times;

const SIZES: [usize; 4] = [100, 3_000, 10_000, 100_000];

/// Phrasings of a claim: as many as the shipped claims have at least.
const OF_A_CLAIM: usize = 25;

/// Words of a phrasing, and how many of them may be the claim's own.
const WORDS: usize = 8;
const OWN: usize = 4;

/// Messages of a batch.
const BATCH: usize = 100;

/// Messages whose times give the median and the 99 % quantile.
const TIMED: usize = 2_000;

/// `SplitMix64`: numbers that look random and are the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound
    }
}

/// The words of the shipped phrasings, each as often as it is used.
fn words(knowledge: &Knowledge) -> Vec<String> {
    let phrasings = knowledge.claims.iter().flat_map(Claim::phrasings);
    let words = phrasings.flat_map(|phrasing| phrasing.text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A text about a claim.
fn text(words: &[String], claim: usize, random: &mut Random) -> String {
    let mut own = Random(claim as u64);
    let own: Vec<&str> = (0..2 * OWN).map(|_| words[own.below(words.len())].as_str()).collect();
    let word = |place: usize| {
        if place < OWN { own[random.below(own.len())] } else { words[random.below(words.len())].as_str() }
    };
    (0..WORDS).map(word).collect::<Vec<_>>().join(" ")
}

/// A knowledge folder with so many phrasings.
fn folder(words: &[String], phrasings: usize) -> Vec<File> {
    let mut random = Random(1);
    let mut claims = "claims:\n".to_owned();
    for claim in 0..phrasings / OF_A_CLAIM {
        let _ = write!(
            claims,
            "  - id: claim-{claim}\n    title: Question {claim}?\n    answer: Answer {claim}.\n    handover: true\n    asks:\n"
        );
        for phrasing in 0..OF_A_CLAIM {
            // The numbers keep two phrasings from being the same by chance.
            let text = text(words, claim, &mut random);
            let _ = writeln!(claims, "      - \"{text} {claim} {phrasing}\"");
        }
        claims.push_str("    review: {status: pending}\n");
    }
    let mut files = embedded_files();
    files.retain(|(path, _)| !path.starts_with("claims/"));
    files.push(("claims/all.yaml".to_owned(), claims));
    files
}

fn growth(criterion: &mut Criterion) {
    let words = words(&Knowledge::embedded());
    let mut group = criterion.benchmark_group("growth");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for size in SIZES {
        let files = folder(&words, size);
        let knowledge = Knowledge::parse(&files).unwrap();
        let began = Instant::now();
        let compiled = Engine::compile(knowledge.clone());
        eprintln!("training {size} phrasings: {:.2} s, once", began.elapsed().as_secs_f64());
        let bytes = Bytes::from(compiled.to_bytes());
        eprintln!("compiled form of {size} phrasings: {:.1} MB", bytes.len() as f64 / 1e6);
        let today = jiff::civil::date(2026, 1, 1);
        let load = || Engine::compiled(bytes.clone(), &Knowledge::hash_of(&files), today).unwrap();
        let engine = load();

        group.bench_function(BenchmarkId::new("load a compiled folder", size), |b| {
            b.iter(load);
        });
        let mut random = Random(2);
        let claims = knowledge.claims.len();
        let mut message = || {
            let claim = random.below(claims);
            text(&words, claim, &mut random)
        };
        let messages: Vec<String> = (0..TIMED).map(|_| message()).collect();
        let answer = |message: &str| engine.answer(&Context::default(), message);
        let times = sorted(messages.iter().map(|message| microseconds(|| drop(black_box(answer(message))))));
        let [median, slow] = [0.5, 0.99].map(|share| quantile(&times, share));
        eprintln!("{TIMED} answers with {size} phrasings: median {median:.0} µs, 99 % quantile {slow:.0} µs");
        group.bench_function(BenchmarkId::new("one answer", size), |b| {
            b.iter(|| answer(black_box(&messages[0])));
        });
        group.bench_function(BenchmarkId::new("batch", size), |b| {
            b.iter(|| messages[..BATCH].iter().map(|message| answer(message).answers.len()).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, growth);
criterion_main!(benches);
