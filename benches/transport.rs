//! What the transport costs: answers in process against answers of the
//! program itself, asked by a client over its pipes.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark has no callers and stops at surprises")]

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use askwell::dialogue::Context;
use askwell::engine::Engine;
use askwell::knowledge::Knowledge;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::json;

/// Requests that are pipelined in one go.
const BATCH: usize = 1_000;

/// Messages as the titles put them: all are answered or offered, none is cheap.
fn messages(knowledge: &Knowledge) -> Vec<String> {
    knowledge.claims.iter().map(|claim| claim.title.clone()).cycle().take(BATCH).collect()
}

/// The program, serving, and the two ends of its pipes.
struct Server {
    process: Child,
    requests: Option<ChildStdin>,
    replies: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_askwell"))
            .arg("stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let replies = BufReader::with_capacity(1 << 16, process.stdout.take().unwrap());
        Self { requests: process.stdin.take(), process, replies }
    }

    /// Asks and reads as many replies as there are requests.
    fn ask(&mut self, requests: &[String]) {
        let mut writer = self.requests.take().unwrap();
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| writer.write_all(requests.concat().as_bytes()).unwrap());
            for _ in requests {
                self.read();
            }
            writing.join().unwrap();
        });
        self.requests = Some(writer);
    }

    fn ask_one(&mut self, request: &str) {
        self.requests.as_mut().unwrap().write_all(request.as_bytes()).unwrap();
        self.read();
    }

    fn read(&mut self) {
        let mut line = Vec::new();
        assert!(self.replies.read_until(b'\n', &mut line).unwrap() > 0, "a reply to every request");
        black_box(line);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.requests = None;
        self.process.wait().unwrap();
    }
}

fn transport(criterion: &mut Criterion) {
    let knowledge = Knowledge::embedded();
    let messages = messages(&knowledge);
    let engine = Engine::embedded(jiff::civil::date(2026, 1, 1));
    let request = |(id, text): (usize, &String)| {
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": "ask", "params": { "text": text } });
        format!("{request}\n")
    };
    let requests: Vec<String> = messages.iter().enumerate().map(request).collect();
    // One for all samples, as the engine is: the first answer of a claim in a
    // process takes a millisecond more.
    let mut server = Server::start();
    server.ask(&requests);

    let mut group = criterion.benchmark_group("pipelined");
    group.throughput(Throughput::Elements(BATCH as u64)).sample_size(10);
    group.bench_function("in process", |b| {
        b.iter(|| {
            for message in &messages {
                black_box(engine.answer(&Context::default(), message));
            }
        });
    });
    group.bench_function("transport, replies read", |b| b.iter(|| server.ask(&requests)));
    group.finish();

    let mut group = criterion.benchmark_group("one at a time");
    group.bench_function("in process", |b| {
        b.iter(|| black_box(engine.answer(&Context::default(), &messages[0])));
    });
    group.bench_function("transport", |b| b.iter(|| server.ask_one(&requests[0])));
    group.finish();
}

criterion_group!(benches, transport);
criterion_main!(benches);
