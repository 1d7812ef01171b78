//! From knowledge to an engine that can answer: the embedded one, and a folder
//! with and without its compiled form.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark has no callers and stops at surprises")]

use std::path::Path;
use std::time::Duration;

use askwell::engine::Engine;
use askwell::knowledge::{File, Knowledge, embedded_files};
use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};

/// The files of a folder, read from the disk.
fn read(folder: &Path, files: &[File]) -> Vec<File> {
    let read = |(path, _): &File| (path.clone(), std::fs::read_to_string(folder.join(path)).unwrap());
    files.iter().map(read).collect()
}

fn load(criterion: &mut Criterion) {
    let files = embedded_files();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("claims")).unwrap();
    for (path, text) in &files {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let today = jiff::civil::date(2026, 1, 1);
    let trained = || Engine::compile(Knowledge::parse(&read(folder.path(), &files)).unwrap());
    let bytes = Bytes::from(trained().to_bytes());

    let mut group = criterion.benchmark_group("load");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    group.bench_function("embedded", |b| b.iter(|| Engine::embedded(today)));
    group.bench_function("folder, compiled", |b| {
        b.iter(|| Engine::compiled(bytes.clone(), &Knowledge::hash_of(&read(folder.path(), &files)), today));
    });
    group.bench_function("folder, trained", |b| b.iter(trained));
    group.finish();
}

criterion_group!(benches, load);
criterion_main!(benches);
