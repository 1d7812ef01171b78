//! What the transport costs: answers in process against answers through it.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark has no callers and stops at surprises")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use askwell::dialogue::Context;
use askwell::engine::Engine;
use askwell::knowledge::Knowledge;
use askwell::stdio::{Service, serve};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};

/// Requests that are pipelined in one go.
const BATCH: usize = 1_000;

/// Messages as the titles put them: all are answered or offered, none is cheap.
fn messages(knowledge: &Knowledge) -> Vec<String> {
    knowledge.claims.iter().map(|claim| claim.title.clone()).cycle().take(BATCH).collect()
}

/// One end of a service that runs on a thread of its own.
fn connected(service: Arc<Service>) -> DuplexStream {
    let (client, server) = duplex(1 << 16);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (input, output) = tokio::io::split(server);
        runtime.block_on(serve(service, input, output, std::future::pending()))
    });
    client
}

fn transport(criterion: &mut Criterion) {
    let knowledge = Knowledge::embedded();
    let messages = messages(&knowledge);
    let engine = || Engine::embedded(jiff::civil::date(2026, 1, 1));
    let service = Arc::new(Service::new(engine(), None));
    let engine = engine();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();

    let mut group = criterion.benchmark_group("pipelined");
    group.throughput(Throughput::Elements(BATCH as u64)).sample_size(10);
    group.bench_function("in process", |b| {
        b.iter(|| {
            for message in &messages {
                black_box(engine.answer(&Context::default(), message));
            }
        });
    });
    let requests = messages.iter().enumerate().fold(String::new(), |mut lines, (id, text)| {
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": "ask", "params": { "text": text } });
        let _ = writeln!(lines, "{request}");
        lines
    });
    group.bench_function("transport, replies read", |b| {
        let (input, mut output) = tokio::io::split(connected(Arc::clone(&service)));
        let mut replies = BufReader::new(input);
        b.iter(|| {
            runtime.block_on(async {
                let writing = async { output.write_all(requests.as_bytes()).await.unwrap() };
                let reading = async {
                    let mut line = Vec::new();
                    for _ in 0..BATCH {
                        line.clear();
                        assert!(replies.read_until(b'\n', &mut line).await.unwrap() > 0);
                    }
                };
                tokio::join!(writing, reading);
            });
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("one at a time");
    let request = requests.lines().next().unwrap().to_owned() + "\n";
    group.bench_function("in process", |b| {
        b.iter(|| black_box(engine.answer(&Context::default(), &messages[0])));
    });
    group.bench_function("transport", |b| {
        let mut client = connected(Arc::clone(&service));
        let mut buffer = vec![0; 1 << 16];
        b.iter(|| {
            runtime.block_on(async {
                client.write_all(request.as_bytes()).await.unwrap();
                while client.read(&mut buffer).await.map(|n| buffer[n - 1]).unwrap() != b'\n' {}
            });
        });
    });
    group.finish();
}

criterion_group!(benches, transport);
criterion_main!(benches);
