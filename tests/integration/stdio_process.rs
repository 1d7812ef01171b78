//! Properties of the program: it is ready with valid knowledge alone, ends as
//! the protocol says, changes its knowledge between two requests, and lets no
//! word of a patient get anywhere but into the reply.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fixture::{CLAIMS, Folder};
use crate::stdio_client::{Running, lines, request};

const A_SECOND: Duration = Duration::from_secs(1);

/// For what takes as long as the machine is busy.
const LONG: Duration = Duration::from_secs(30);

fn started() -> (Folder, Running) {
    let folder = Folder::new();
    let mut running = Running::start(Some(folder.path()), &[]);
    assert_eq!(running.ask("is the dose big?")["result"]["status"], "answer");
    (folder, running)
}

fn asks(count: usize) -> String {
    (0..count).map(|n| request(n, "ask", json!({ "text": "is the dose big?" }))).collect()
}

#[test]
fn a_broken_folder_is_an_exit_3_with_nothing_on_stdout() {
    let folder = Folder::new();
    folder.write("claims/all.yaml", "claims: [{id: Bad}]");
    let mut running = Running::start(Some(folder.path()), &[]);
    assert_eq!(running.wait(LONG).code(), Some(3));
    let (out, err) = running.rest();
    assert!(out.is_empty() && err.contains("claims/all.yaml"), "{err}");
}

#[test]
fn the_end_of_the_input_is_an_exit_0_after_all_replies() {
    let (_folder, mut running) = started();
    running.send(asks(300));
    running.stdin = None;
    let (out, err) = running.rest();
    assert_eq!(running.wait(LONG).code(), Some(0));
    let replies = lines(out.as_bytes());
    assert!(replies.iter().map(|r| &r["id"]).eq((0..300).map(|n| json!(n)).collect::<Vec<_>>().iter()));
    assert_eq!(err, "");
}

#[cfg(unix)]
#[test]
fn a_signal_is_an_exit_0_after_what_is_in_flight() {
    for signal in ["TERM", "INT"] {
        let (_folder, mut running) = started();
        running.send(asks(20));
        running.signal(signal);
        assert_eq!(running.wait(LONG).code(), Some(0), "{signal}");
        let (out, err) = running.rest();
        assert_eq!((lines(out.as_bytes()).len(), err.as_str()), (20, ""), "{signal}");
    }
    let (_folder, mut idle) = started();
    idle.signal("TERM");
    assert_eq!(idle.wait(LONG).code(), Some(0));
}

/// The embedded knowledge takes a while to get ready.
#[cfg(unix)]
#[test]
fn a_signal_while_it_gets_ready_is_an_exit_0_too() {
    let mut running = Running::start(None, &[]);
    // Time to begin: before that the system ends it.
    std::thread::sleep(A_SECOND / 10);
    running.signal("TERM");
    assert_eq!(running.wait(LONG).code(), Some(0));
    assert_eq!(running.rest(), (String::new(), String::new()));
}

#[cfg(unix)]
#[test]
fn a_client_that_does_not_read_is_waited_for_one_second() {
    for signal in [None, Some("TERM")] {
        let (_folder, mut running) = started();
        running.send(asks(3_000));
        // The pipe is full by then, and the program waits for its client.
        std::thread::sleep(A_SECOND / 2);
        let begun = Instant::now();
        match signal {
            Some(name) => running.signal(name),
            None => running.stdin = None,
        }
        assert_eq!(running.wait(LONG).code(), Some(1), "{signal:?}");
        // That it waits no longer is held in `stdio_framing`, in time that no
        // busy machine stretches.
        let waited = begun.elapsed();
        assert!(waited >= A_SECOND * 9 / 10, "{signal:?}: {waited:?}");
    }
}

#[test]
fn a_closed_stdout_ends_it_quietly() {
    let (_folder, mut running) = started();
    running.stdout = None;
    running.send(asks(1));
    assert_eq!(running.wait(LONG).code(), Some(0));
    assert_eq!(running.rest().1, "");
}

#[cfg(unix)]
#[test]
fn hangup_reloads_and_a_broken_folder_changes_nothing() {
    let folder = Folder::new();
    let mut running = Running::start(Some(folder.path()), &["--log", "info"]);
    let mut told = |signal: bool, expected: &str| {
        if signal {
            running.signal("HUP");
        }
        let begun = Instant::now();
        loop {
            let reply = running.ask("which colour has the box");
            let text = reply["result"]["answers"][0]["text"].as_str().unwrap().to_owned();
            if text == expected {
                return;
            }
            assert!(begun.elapsed() < LONG, "{text}");
        }
    };
    told(false, "The box is blue.");
    folder.write("claims/all.yaml", CLAIMS.replace("blue", "green"));
    told(true, "The box is green.");
    folder.write("claims/all.yaml", "claims: 7");
    told(true, "The box is green.");
    running.send(request(1, "reload", Value::Null));
    let error = running.receive()["error"].clone();
    assert_eq!(error["data"]["diagnostics"][0]["file"], "claims/all.yaml", "{error}");
    folder.write("claims/all.yaml", CLAIMS.replace("blue", "red"));
    running.send(request(2, "reload", Value::Null));
    assert_eq!(running.receive()["result"]["knowledge"]["claims"], 2);
    assert_eq!(running.ask("which colour has the box")["result"]["answers"][0]["text"], "The box is red.");
    running.stdin = None;
    assert_eq!(running.wait(LONG).code(), Some(0));
    let (_, err) = running.rest();
    for line in ["serving", "knowledge reloaded", "not reloaded", "ended"] {
        assert!(err.contains(line), "{line:?} is not in {err}");
    }
}

#[test]
fn a_level_that_is_none_is_a_usage_error() {
    let mut running = Running::start(None, &["--log", "loud"]);
    assert_eq!(running.wait(LONG).code(), Some(2));
    assert_eq!(running.rest().0, "");
}

/// An e-mail address, a telephone number and a name in every channel, with all
/// logging: nothing of them in the log, an error, a context or a file.
#[test]
fn a_patients_words_are_nowhere_but_in_the_reply() {
    const PLANTED: [&str; 3] = ["maria.lopez@example.org", "619-555-0143", "Maria Lopez"];
    let folder = Folder::new();
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_askwell"));
    command.env_clear().env("HOME", home.path()).env("TMPDIR", home.path()).current_dir(home.path());
    command.arg("--knowledge").arg(folder.path()).args(["stdio", "--log", "trace"]).stdin(Stdio::piped());
    let mut running = Running::spawn(command);
    let mut sent = 0;
    for planted in PLANTED {
        let long = format!("{planted} {}", "x".repeat(70_000));
        let unanswered = format!("is the dose big? I am {planted}. and what about {planted}");
        for line in [
            request("a", "ask", json!({ "text": planted })),
            request("a", "ask", json!({ "text": unanswered, "explain": true })),
            request("a", "ask", json!({ "text": "a", "context": planted })),
            request(
                "a",
                "ask",
                json!({ "text": "a", "context": format!("askwell1;1;{planted};{planted};c;") }),
            ),
            request("e", "ask", json!({ "text": [planted] })),
            request("e", "ask", json!({ "text": "a", "explain": planted })),
            request("e", "ask", json!({ planted: "a" })),
            request("e", planted, Value::Null),
            request("e", "claim", json!({ "id": planted })),
            request("e", "suggest", json!({ "prefix": planted, "limit": planted })),
            request("a", "suggest", json!({ "prefix": planted })),
            request(json!([planted]), "ask", json!({ "text": planted })),
            format!("{planted}\n"),
            format!(
                "{{\"jsonrpc\":\"2.0\",\"id\":\"e\",\"method\":\"ask\",\"params\":{{\"text\":\"{planted}\n"
            ),
            format!("{long}\n"),
        ] {
            running.send(line);
            sent += 1;
            let reply = running.receive();
            let kept = [&reply["error"], &reply["result"]["context"], &reply["result"]["questions"]];
            for kept in kept {
                assert!(!kept.to_string().contains(planted), "{reply}");
            }
        }
    }
    running.stdin = None;
    assert_eq!(running.wait(LONG).code(), Some(0));
    let (_, err) = running.rest();
    assert!(err.lines().filter(|l| l.contains("request")).count() >= sent, "nothing was logged: {err}");
    for word in PLANTED.iter().flat_map(|p| p.split(['@', ' '])) {
        assert!(!err.contains(word), "{word} is in the log: {err}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "a file was written");
}
