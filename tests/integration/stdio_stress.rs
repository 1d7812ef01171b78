//! Properties under load: nothing is lost, reordered or answered from two
//! sorts of knowledge; no bytes make it panic or hang; memory stays where it
//! is; the transport costs little.
//!
//! Each runs small with the other tests and in full, ignored, by `.ci/full`.

#![allow(clippy::print_stdout, reason = "a full run shows its figures")]

use std::io::{BufRead, BufReader, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use askwell::dialogue::Context;
use askwell::engine::Engine;
use askwell::knowledge::{File, Knowledge};
use askwell::stdio::{End, Service, serve};
use askwell::wire;
use serde_json::{Value, json};

use crate::fixture::{PRACTICE, SMALLTALK, SOURCES};
use crate::stdio_client::{Running, request, runtime, small};

/// Messages of every sort, each with its reply as JSON.
fn expected() -> Vec<(String, String)> {
    let engine = Engine::embedded(jiff::civil::date(2026, 11, 1));
    let titles = engine.knowledge().claims.iter().map(|c| c.title.clone());
    let others = ["", "hello", "qwertzuiop", "What's the capital of France?", "😀"].map(str::to_owned);
    let long = ["is it safe ".repeat(80), "is it safe ".repeat(200)];
    let messages: Vec<String> = titles.chain(others).chain(long).collect();
    let reply = |text: &String| {
        let reply = engine.answer(&Context::default(), text);
        serde_json::to_string(&wire::Reply::new(&reply, Vec::new())).unwrap()
    };
    messages.iter().map(|text| (text.clone(), reply(text))).collect()
}

/// A generator of bytes that is the same in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap() % bound
    }
}

const MALFORMED: [&str; 4] =
    ["{\"jsonrpc\":\"2.0\",\"id\":", "no JSON", "[1,2", "{\"jsonrpc\":\"2.0\",\"id\":1,}"];

/// Sends `count` messages, one in ten malformed, one in a thousand 1 MB long,
/// and returns how much the memory grew after the first 10,000.
fn soak(count: usize) -> Option<u64> {
    let expected = Arc::new(expected());
    let mut running = Running::start(None, &[]);
    let mut stdin = running.stdin.take().unwrap();
    let to_send = Arc::clone(&expected);
    let writer = thread::spawn(move || {
        let long = format!("{}\n", "x".repeat(1 << 20));
        let requests: Vec<String> =
            to_send.iter().map(|(text, _)| json!({ "text": text }).to_string()).collect();
        for n in 0..count {
            let line = match n {
                _ if n % 1_000 == 999 => long.clone(),
                _ if n % 10 == 4 => format!("{}\n", MALFORMED[n / 10 % MALFORMED.len()]),
                _ => format!(
                    "{{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"ask\",\"params\":{}}}\n",
                    requests[n % requests.len()]
                ),
            };
            stdin.write_all(line.as_bytes()).unwrap();
        }
    });
    let mut stdout = running.stdout.take().unwrap();
    let (mut line, mut early, mut late) = (String::new(), None, None);
    for n in 0..count {
        line.clear();
        stdout.read_line(&mut line).unwrap();
        let good = match n {
            _ if n % 1_000 == 999 => {
                line.starts_with("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,")
            }
            _ if n % 10 == 4 => {
                line.starts_with("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,")
            }
            _ => {
                let result = line.strip_prefix(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"result\":"));
                result.and_then(|r| r.strip_suffix("}\n")) == Some(&expected[n % expected.len()].1)
            }
        };
        assert!(good, "message {n} got {line}");
        if n == 10_000.min(count / 2) {
            early = running.memory();
        } else if n % 10_000 == 0 && n > 10_000 || n + 1 == count {
            late = late.max(running.memory());
        }
    }
    writer.join().unwrap();
    assert_eq!(running.wait(Duration::from_secs(10)).code(), Some(0));
    Some(late?.saturating_sub(early?))
}

#[test]
fn every_message_is_answered_among_broken_and_long_ones() {
    soak(3_000);
}

#[test]
#[ignore = "minutes: .ci/full runs it"]
fn a_million_messages_are_answered_in_constant_memory() {
    let begun = Instant::now();
    let grown = soak(1_000_000);
    println!("1,000,000 messages in {:.0?}, memory grew by {grown:?} bytes", begun.elapsed());
    if let Some(grown) = grown {
        assert!(grown < 5_000_000, "{grown} bytes");
    }
}

/// A client of 1 KB/s for a minute against one that writes as fast as it can.
#[test]
#[ignore = "a minute: .ci/full runs it"]
fn a_slow_reader_loses_nothing_and_costs_no_memory() {
    const COUNT: usize = 200_000;
    let mut running = Running::start(None, &[]);
    let mut stdin = running.stdin.take().unwrap();
    let writer = thread::spawn(move || {
        for n in 0..COUNT {
            stdin.write_all(request(n, "ask", json!({ "text": "hello" })).as_bytes()).unwrap();
        }
    });
    let mut stdout = running.stdout.take().unwrap();
    let mut output = Vec::new();
    let mut most = 0;
    for _ in 0..60 {
        let mut piece = [0; 1_000];
        stdout.read_exact(&mut piece).unwrap();
        output.extend_from_slice(&piece);
        most = most.max(running.memory().unwrap_or(0));
        thread::sleep(Duration::from_secs(1));
    }
    println!("a reader of 1 KB/s: at most {most} bytes of memory");
    assert!(most < 80_000_000, "{most} bytes");
    let mut replies = BufReader::new(output.as_slice().chain(stdout));
    let mut line = String::new();
    for n in 0..COUNT {
        line.clear();
        replies.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"result\":")), "{n}: {line}");
    }
    writer.join().unwrap();
    assert_eq!(running.wait(Duration::from_secs(10)).code(), Some(0));
}

/// Files of 300 phrasings in which every text that a reply shows holds a mark.
fn marked(mark: usize) -> Vec<File> {
    use std::fmt::Write as _;
    let mut claims = "claims:\n".to_owned();
    for claim in 0..30 {
        let asks: Vec<String> = (0..10).map(|n| format!("'what is word{claim} thing{n}'")).collect();
        let _ = writeln!(
            claims,
            "  - {{id: claim-{claim}, title: 'What is word{claim} (v{mark})?', answer: 'An answer (v{mark}).', \
             sources: [{{source: article, section: 'v{mark}'}}], asks: [{}], related: [claim-{}], \
             review: {{status: pending}}}}",
            asks.join(", "),
            (claim + 1) % 30
        );
    }
    let marked = |text: &str, from: &str| text.replace(from, &format!("{from} (v{mark})"));
    let file = |path: &str, text: String| (path.to_owned(), text);
    vec![
        file("practice.yaml", marked(PRACTICE, "program")),
        file("sources.yaml", marked(SOURCES, "An article")),
        file("smalltalk.yaml", SMALLTALK.to_owned()),
        file("claims/all.yaml", claims),
    ]
}

/// The marks in a line.
fn marks(line: &str) -> Vec<&str> {
    line.match_indices("(v").map(|(at, _)| line[at + 2..].split(')').next().unwrap()).collect()
}

/// Reloads, every other one broken, while requests are answered.
fn reloads(count: usize) {
    let files = Arc::new(Mutex::new(marked(0)));
    let read = Arc::clone(&files);
    let load = move || Knowledge::parse(&read.lock().unwrap()).map(Engine::new);
    let service = Arc::new(Service::new(load().unwrap(), Some(Box::new(load))));
    let done = Arc::new(AtomicBool::new(false));
    let (mut client, server) = tokio::io::duplex(1 << 16);
    let ended = {
        let service = Arc::clone(&service);
        thread::spawn(move || {
            let (input, output) = tokio::io::split(server);
            runtime().block_on(serve(service, input, output, std::future::pending())).unwrap()
        })
    };
    let reloading = {
        let done = Arc::clone(&done);
        thread::spawn(move || {
            for n in 1..=count {
                let broken = n % 2 == 1;
                *files.lock().unwrap() = marked(n);
                if broken {
                    files.lock().unwrap()[2].1 += "  - {id: claim-0}\n";
                }
                assert_eq!(service.reload().is_err(), broken);
            }
            done.store(true, Ordering::SeqCst);
        })
    };
    let mut seen = std::collections::BTreeSet::new();
    let mut sent = 0;
    runtime().block_on(async {
        use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
        let (input, mut output) = tokio::io::split(&mut client);
        let mut replies = tokio::io::BufReader::new(input).lines();
        while !done.load(Ordering::SeqCst) {
            let batch: String = (sent..sent + 20)
                .map(|n| request(n, "ask", json!({ "text": format!("what is word{} thing1", n % 30) })))
                .collect();
            output.write_all(batch.as_bytes()).await.unwrap();
            for n in sent..sent + 20 {
                let line = replies.next_line().await.unwrap().expect("no request is lost");
                assert!(line.starts_with(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"result\"")), "{line}");
                let marks = marks(&line);
                assert!(marks.len() > 3 && marks.iter().all(|m| *m == marks[0]), "{line}");
                let version: usize = marks[0].parse().unwrap();
                assert!(version.is_multiple_of(2), "broken knowledge answers: {line}");
                seen.insert(version);
            }
            sent += 20;
        }
    });
    reloading.join().unwrap();
    drop(client);
    assert_eq!(ended.join().unwrap(), End::Finished);
    assert!(seen.len() > 1, "no reload was seen");
    println!("{count} reloads while {sent} requests were answered, from {} versions", seen.len());
}

#[test]
fn answers_come_from_one_knowledge_or_the_other() {
    reloads(20);
}

#[test]
#[ignore = "a minute: .ci/full runs it"]
fn a_thousand_reloads_lose_and_mix_nothing() {
    reloads(1_000);
}

/// A line made from good ones by what goes wrong with lines.
fn mutated(random: &mut Random, seeds: &[String]) -> Vec<u8> {
    const STRUCTURE: &[u8] = b"{}[]\",:\\\n\r\0 u0eE+-.tfn\xff\xc3\xef\xbb\xbf";
    let pick = |random: &mut Random| seeds[random.below(seeds.len())].clone().into_bytes();
    if random.below(10) == 0 {
        let length = random.below(80);
        return (0..length).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
    }
    let mut line = pick(random);
    for _ in 0..=random.below(4) {
        let at = random.below(line.len() + 1);
        let end = (at + random.below(12)).min(line.len());
        match random.below(7) {
            0 if at < line.len() => line[at] ^= 1 << random.below(8),
            1 => drop(line.drain(at..end)),
            2 => line.insert(at, STRUCTURE[random.below(STRUCTURE.len())]),
            3 => {
                let again = line[at..end].to_vec();
                line.splice(at..at, again);
            }
            4 => line.truncate(at),
            5 => {
                let other = pick(random);
                line.splice(at..end, other[random.below(other.len())..].to_vec());
            }
            _ => line.insert(at, u8::try_from(random.below(256)).unwrap()),
        }
    }
    line
}

/// Sends `count` lines that are random or nearly good.
fn fuzz(count: usize) {
    const BATCH: usize = 1_000;
    let text = |text: &str| json!({ "text": text, "context": "askwell1;1;dose;colour;c;", "explain": true });
    let mut seeds: Vec<String> = [
        ("ask", text("is the dose big? 😀\u{0}")),
        ("ask", text("")),
        ("suggest", json!({ "prefix": "How", "limit": 7 })),
        ("claims", json!({ "offset": 1, "limit": 1e3 })),
        ("claim", json!({ "id": "dose" })),
        ("hello", json!({})),
        ("reload", Value::Null),
    ]
    .map(|(method, params)| request("an id", method, params).trim_end().to_owned())
    .into();
    seeds.push("[{\"jsonrpc\":\"2.0\",\"id\":-1.5e3,\"method\":\"ask\"}]".to_owned());
    seeds.push(
        "{\"jsonrpc\":\"2.0\",\"method\":\"ask\",\"params\":{\"text\":\"\\ud83d\\ude00\\u0000\"}}".to_owned(),
    );
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (service, runtime) = (small(), runtime());
    let mut answered = 0;
    for batch in 0..count.div_ceil(BATCH) {
        let mut input = Vec::new();
        for _ in 0..BATCH {
            input.extend(mutated(&mut random, &seeds));
            input.push(b'\n');
        }
        input.extend(request("the last", "hello", Value::Null).bytes());
        let mut output = Vec::new();
        let served = serve(Arc::clone(&service), input.as_slice(), &mut output, std::future::pending());
        let end = runtime.block_on(async { tokio::time::timeout(Duration::from_mins(1), served).await });
        assert_eq!(end.expect("it hangs").unwrap(), End::Finished, "batch {batch}");
        let output = String::from_utf8(output).unwrap();
        let mut last = Value::Null;
        for line in output.split_terminator('\n') {
            last = serde_json::from_str(line).unwrap_or_else(|e| panic!("batch {batch}: {e}: {line}"));
            assert_ne!(last["error"]["code"], -32603, "batch {batch}: {line}");
            answered += usize::from(last.get("result").is_some());
        }
        assert_eq!(last["id"], "the last", "batch {batch}");
    }
    println!("{count} lines: no panic, no hang, {answered} were good requests");
    assert!(answered > count / 100, "mutation leaves too little alive: {answered}");
}

#[test]
fn no_bytes_make_it_panic_or_hang() {
    fuzz(20_000);
}

#[test]
#[ignore = "minutes: .ci/full runs it"]
fn ten_million_inputs_make_no_panic_and_no_hang() {
    fuzz(10_000_000);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Round trips of the program against answers written as JSON, and its
/// throughput against the answers alone: each by the block, since a processor
/// that waited is slow at first, and the blocks in turns, so that all meet the
/// same machine.
#[test]
#[ignore = "a figure of speed, which a debug build has not: .ci/full runs it"]
fn the_transport_costs_little() {
    const TURNS: usize = 50;
    let engine = Engine::embedded(jiff::civil::date(2026, 11, 1));
    let texts: Vec<String> = engine.knowledge().claims.iter().map(|c| c.title.clone()).collect();
    let requests: Vec<String> = texts.iter().map(|text| request(1, "ask", json!({ "text": text }))).collect();
    let mut running = Running::start(None, &[]);
    let mut stdin = running.stdin.take().unwrap();
    let mut stdout = running.stdout.take().unwrap();
    let mut line = String::new();
    let (mut answers, mut round_trips, mut added, mut shares) = (vec![], vec![], vec![], vec![]);
    for turn in 0..=TURNS {
        let (mut alone, mut through) = (vec![], vec![]);
        let mut in_process = Duration::ZERO;
        for text in &texts {
            let begun = Instant::now();
            let reply = engine.answer(&Context::default(), text);
            in_process += begun.elapsed();
            // `ask --json` has to write the answer as well; the pipes come on top.
            std::hint::black_box(serde_json::to_vec(&wire::Reply::new(&reply, Vec::new())).unwrap());
            alone.push(begun.elapsed());
        }
        for request in &requests {
            let begun = Instant::now();
            stdin.write_all(request.as_bytes()).unwrap();
            line.clear();
            stdout.read_line(&mut line).unwrap();
            through.push(begun.elapsed());
        }
        let begun = Instant::now();
        thread::scope(|scope| {
            scope.spawn(|| stdin.write_all(requests.concat().as_bytes()).unwrap());
            for _ in &requests {
                line.clear();
                assert!(stdout.read_line(&mut line).unwrap() > 0);
            }
        });
        let pipelined = begun.elapsed();
        // The first turn only warms up.
        if turn > 0 {
            let (alone, through) = (median(alone), median(through));
            answers.push(alone);
            round_trips.push(through);
            added.push(through.saturating_sub(alone));
            shares.push(in_process.div_duration_f64(pipelined));
        }
    }
    let added = median(added);
    shares.sort_by(f64::total_cmp);
    let share = shares[TURNS / 2];
    println!(
        "round trip {:?}, answer {:?}, transport {added:?}; throughput {share:.2} of in process",
        median(round_trips),
        median(answers)
    );
    assert!(added <= Duration::from_micros(60), "{added:?}");
    assert!(share >= 0.7, "{share}");
}
