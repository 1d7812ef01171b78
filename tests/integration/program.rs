//! Properties: stdout carries replies alone; no input makes the program panic
//! or echo a control character; exit codes are those of the README.

use crate::fixture::{Folder, askwell};

fn piped(input: &[u8]) -> String {
    let output = askwell().write_stdin(input).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_reply_a_line_and_the_disclosure_once() {
    let text = piped("is baby botox a different product?\nwhat does it cost\n".as_bytes());
    assert_eq!(text.matches("automated program").count(), 1);
    assert_eq!(text.matches("Not yet reviewed by a clinician.").count(), 2);
    assert!(text.ends_with("\n\n") && !text.contains("> "));
}

#[test]
fn hostile_lines_get_calm_replies() {
    let long = "botox ".repeat(2_000);
    let lines: [&[u8]; 9] = [
        b"",
        b"a",
        b"the of and",
        "👍".as_bytes(),
        long.as_bytes(),
        b"\x1b[31mred\x07 \xff\xfe",
        "\u{202e}xotob\u{202d}".as_bytes(),
        b"???????",
        b"/nonsense",
    ];
    let text = piped(&lines.join(&b'\n'));
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(!text.contains('\u{202e}'));
    assert!(text.contains("Please shorten it"));
    assert!(!text.contains("Source"), "no random claim:\n{text}");
}

#[test]
fn exit_codes() {
    let code = |args: &[&str]| askwell().args(args).output().unwrap().status.code();
    assert_eq!(code(&["ask", "is baby botox a different kind of botox"]), Some(0));
    assert_eq!(code(&["ask", "zzz qqq"]), Some(4));
    assert_eq!(code(&["ask"]), Some(2));
    assert_eq!(code(&["--nonsense"]), Some(2));
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let script = format!("'{}' ask 'what is baby botox' | head -1", env!("CARGO_BIN_EXE_askwell"));
    let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}

#[test]
fn json_has_every_key_of_the_protocol() {
    let output =
        askwell().args(["ask", "--json", "is baby botox a different kind of botox"]).output().unwrap();
    let reply: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let mut expected = vec![
        "answers",
        "candidates",
        "consultation",
        "context",
        "disclosure",
        "safety",
        "status",
        "suggestions",
        "text",
        "unanswered",
    ];
    assert_eq!(keys(&reply), expected);
    expected = vec![
        "belief",
        "claim",
        "confidence",
        "handover",
        "id",
        "lead",
        "part",
        "personal",
        "review",
        "sources",
        "text",
        "title",
        "verdict",
    ];
    assert_eq!(keys(&reply["answers"][0]), expected);
    assert_eq!(reply["answers"][0]["id"], "baby-special-product");
    assert_eq!(reply["answers"][0]["verdict"], "false");
    assert_eq!(reply["candidates"], serde_json::json!([]));
}

#[test]
fn a_number_picks_a_suggestion() {
    let folder = Folder::new();
    let output = folder.askwell().write_stdin("is the dose big?\n1\n").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("1. Which colour has the box?"), "{text}");
    assert!(text.contains("The box is blue."), "{text}");
}

#[test]
fn accessible_text_is_labelled() {
    let output =
        askwell().args(["--accessible", "ask", "is baby botox a different kind of botox"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for label in ["Question: ", "Answer: ", "Source 1: ", "Consultation: "] {
        assert!(text.lines().any(|l| l.starts_with(label)), "{label:?} is missing in:\n{text}");
    }
}

#[test]
fn colour_is_for_those_who_ask() {
    let text = |args: &[&str]| String::from_utf8(askwell().args(args).output().unwrap().stdout).unwrap();
    assert!(!text(&["ask", "hi"]).contains('\u{1b}'));
    assert!(text(&["--color", "always", "ask", "hi"]).contains('\u{1b}'));
}
