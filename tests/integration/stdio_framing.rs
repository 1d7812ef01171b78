//! Properties of the stream: one object a line whatever ends it, replies in
//! the order of the requests, nothing lost behind a line that is no good, and
//! two bounded queues between which nothing grows.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use askwell::stdio::{End, serve};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

use crate::stdio_client::{exchange, lines, request, small};

/// A runtime whose clock stands still while there is something to do and jumps
/// where there is not, so that no busy machine stretches a time.
fn paused() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

fn ids(replies: &[Value]) -> Vec<Value> {
    replies.iter().map(|r| r["id"].clone()).collect()
}

#[test]
fn line_ends_marks_and_blank_lines_are_accepted() {
    let hello = |id: u32| request(id, "hello", Value::Null).trim_end().to_owned();
    let input = format!(
        "\u{feff}{}\r\n\n\r\n \t \n\u{feff}\n{}\n\u{feff}  {}  \r\n{}",
        hello(1),
        hello(2),
        hello(3),
        hello(4)
    );
    assert_eq!(ids(&exchange(&small(), input)), [1, 2, 3, 4]);
    assert_eq!(exchange(&small(), ""), Vec::<Value>::new());
}

#[test]
fn a_line_may_have_65536_bytes_and_a_longer_one_is_drained_and_answered() {
    let service = small();
    let sized = |bytes: usize| {
        let frame = request(1, "ask", json!({ "text": "" })).trim_end().len();
        request(1, "ask", json!({ "text": "x".repeat(bytes - frame) })).trim_end().to_owned()
    };
    for end in ["\n", "\r\n", ""] {
        let reply = exchange(&service, sized(65_536) + end);
        assert_eq!(reply[0]["result"]["status"], "unknown", "{end:?}");
        let reply = exchange(&service, sized(65_537) + end);
        assert_eq!(
            (reply.len(), &reply[0]["error"]["code"], &reply[0]["id"]),
            (1, &json!(-32600), &Value::Null)
        );
    }
    let input = format!("{}\n{}", "x".repeat(3 << 20), request(2, "hello", Value::Null));
    let replies = exchange(&service, input);
    assert_eq!(replies[0]["error"]["code"], -32600);
    assert_eq!(replies[1]["result"]["name"], "askwell");
}

#[test]
fn requests_are_answered_in_the_order_they_came_as_each_would_be_alone() {
    let service = small();
    let texts =
        ["is the dose big?", "what colour is the packaging", "nothing of the sort", "the dose is small", ""];
    let alone = texts.map(|t| exchange(&service, request(0, "ask", json!({ "text": t }))).remove(0));
    let input: String =
        (0..1_000).map(|n| request(n, "ask", json!({ "text": texts[n % texts.len()] }))).collect();
    let replies = exchange(&service, input);
    assert_eq!(replies.len(), 1_000);
    for (n, reply) in replies.iter().enumerate() {
        assert_eq!(reply["id"], n);
        assert_eq!(reply["result"], alone[n % texts.len()]["result"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a line holds, what comes back is valid and the next is served.
    #[test]
    fn after_any_line_the_next_is_served(line in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut input: Vec<u8> = line.into_iter().filter(|b| *b != b'\n').collect();
        input.push(b'\n');
        input.extend(request("next", "hello", Value::Null).bytes());
        let replies = exchange(&small(), input);
        prop_assert!(replies.len() <= 2);
        prop_assert_eq!(&replies.last().unwrap()["id"], "next");
    }

    #[test]
    fn any_text_gets_a_reply(text in any::<String>(), context in proptest::option::of(any::<String>()), explain: bool) {
        let params = json!({ "text": text, "context": context, "explain": explain });
        let reply = crate::stdio_client::call(&small(), "ask", params);
        prop_assert!(reply["result"]["status"].is_string());
    }
}

/// An output that takes nothing before a time, and counts its flushes.
struct Late {
    opens: Pin<Box<tokio::time::Sleep>>,
    taken: Arc<Mutex<Vec<u8>>>,
    flushes: Arc<AtomicUsize>,
}

impl AsyncWrite for Late {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        std::task::ready!(self.opens.as_mut().poll(cx));
        self.taken.lock().unwrap().extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.flushes.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[test]
fn replies_that_are_ready_share_a_flush() {
    let (taken, flushes) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
    let input: String = (0..60).map(|n| request(n, "hello", Value::Null)).collect();
    let end = paused().block_on(async {
        let opens = Box::pin(tokio::time::sleep(Duration::from_millis(500)));
        let output = Late { opens, taken: Arc::clone(&taken), flushes: Arc::clone(&flushes) };
        serve(small(), input.as_bytes(), output, std::future::pending()).await.unwrap()
    });
    assert_eq!(end, End::Finished);
    assert_eq!(lines(&taken.lock().unwrap()).len(), 60);
    let flushes = flushes.load(Ordering::SeqCst);
    assert!((1..=5).contains(&flushes), "{flushes} flushes");
}

/// The same request without end, counted.
struct Endless {
    line: Vec<u8>,
    at: usize,
    read: Arc<AtomicUsize>,
}

impl AsyncRead for Endless {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let piece = self.line[self.at..].to_vec();
        let piece = &piece[..piece.len().min(buffer.remaining())];
        buffer.put_slice(piece);
        self.at = (self.at + piece.len()) % self.line.len();
        self.read.fetch_add(piece.len(), Ordering::SeqCst);
        Poll::Ready(Ok(()))
    }
}

#[test]
fn a_client_that_does_not_read_is_not_read_from_without_end() {
    let read = Arc::new(AtomicUsize::new(0));
    for text in ["", &"is it safe ".repeat(5_000)] {
        read.store(0, Ordering::SeqCst);
        let line = request(1, "ask", json!({ "text": text })).into_bytes();
        let input = Endless { line, at: 0, read: Arc::clone(&read) };
        let (output, _unread) = tokio::io::duplex(1_024);
        let (end, waited) = paused().block_on(async {
            let begun = Instant::now();
            let stop = tokio::time::sleep(Duration::from_millis(500));
            let end = serve(small(), input, output, stop).await.unwrap();
            (end, begun.elapsed())
        });
        assert_eq!(end, End::Stalled);
        // Half a second to the signal, and the one that a client is waited for.
        let patience = Duration::from_millis(1_500)..Duration::from_millis(1_600);
        assert!(patience.contains(&waited), "{waited:?}");
        let read = read.load(Ordering::SeqCst);
        // Eight MiB of lines wait, and 64 of them, of 55 kB, were answered.
        assert!((100_000..16 << 20).contains(&read), "{read} bytes");
    }
}

#[test]
fn after_the_end_of_the_input_a_client_is_waited_for_one_second() {
    let input: String = (0..200).map(|n| request(n, "hello", Value::Null)).collect();
    let (output, _unread) = tokio::io::duplex(1_024);
    let (end, waited) = paused().block_on(async {
        let begun = Instant::now();
        let end = serve(small(), input.as_bytes(), output, std::future::pending()).await.unwrap();
        (end, begun.elapsed())
    });
    assert_eq!(end, End::Stalled);
    let patience = Duration::from_secs(1)..Duration::from_millis(1_100);
    assert!(patience.contains(&waited), "{waited:?}");
}
