//! Properties: every mistake in a folder is a finding with file, line, column
//! and remedy, all of them at once; the program then exits with 3 and answers
//! nothing; what `init` writes is the shipped folder.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::fixture::{CLAIMS, Folder, SOURCES, askwell};

/// Checks a folder and gives the exit code and all that is printed.
fn check(folder: &Folder) -> (i32, String) {
    let output = askwell().arg("check").arg(folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn a_small_folder_is_enough() {
    let (code, text) = check(&Folder::new());
    assert_eq!((code, text.contains("2 claims, 12 phrasings, 1 sources")), (0, true), "{text}");
}

#[test]
fn each_mistake_is_found_where_it_is() {
    let cases = [
        ("practice.yaml", "  name: Test practice\n", "", "missing-key", "practice.yaml:2:3"),
        ("practice.yaml", "name: Test", "name: Test\n  nmae: x #", "unknown-key", "practice.yaml:3:3"),
        (
            "practice.yaml",
            "https://example.org/book",
            "http://example.org/book",
            "url-not-https",
            "practice.yaml:5:",
        ),
        ("sources.yaml", "2026-11-23", "2026-13-23", "date", "sources.yaml:2:"),
        ("sources.yaml", "kind: authority", "kind: rumour", "source-kind", "sources.yaml:2:"),
        ("sources.yaml", "https://example.org/a", "ftp://example.org/a", "url-not-https", "sources.yaml:2:"),
        ("claims/all.yaml", "answer: The dose is small.", "answer:", "blank", "claims/all.yaml:6:"),
        ("claims/all.yaml", "answer: The dose is small.", "answer: >-", "blank", "claims/all.yaml:"),
        (
            "claims/all.yaml",
            "answer: The dose is small.",
            "answer: [a]",
            "wrong-type",
            "claims/all.yaml:6:13",
        ),
        ("claims/all.yaml", "verdict: false", "verdict: maybe", "verdict", "claims/all.yaml:5:14"),
        ("claims/all.yaml", "    verdict: false\n", "", "missing-key", "claims/all.yaml:2:"),
        (
            "claims/all.yaml",
            "    why: People confuse it with another one.\n",
            "",
            "why-missing",
            "claims/all.yaml:2:",
        ),
        (
            "claims/all.yaml",
            "{source: article, section: Dose}",
            "{source: nowhere}",
            "dangling-reference",
            "claims/all.yaml:8:",
        ),
        (
            "claims/all.yaml",
            "related: [colour]",
            "related: [colours]",
            "dangling-reference",
            "claims/all.yaml:12:",
        ),
        ("claims/all.yaml", "id: colour", "id: dose", "duplicate-id", "claims/all.yaml:14:"),
        (
            "claims/all.yaml",
            "dose size",
            "Dose? SIZE!, dose size",
            "duplicate-phrasing",
            "claims/all.yaml:9:",
        ),
        (
            "claims/all.yaml",
            "which colour has the box,",
            "how LARGE is the dose,",
            "duplicate-phrasing",
            "claims/all.yaml:18:",
        ),
        ("claims/all.yaml", "dose size", "'???'", "blank", "claims/all.yaml:9:"),
        ("claims/all.yaml", "title: How", "title: \"How", "yaml-syntax", "claims/all.yaml:"),
        ("claims/all.yaml", "status: pending", "status: reviewed", "review", "claims/all.yaml:13:"),
        (
            "claims/all.yaml",
            "answer: The box is blue.",
            "answer: The box is blue.\n    answer: Or green.",
            "duplicate-key",
            "claims/all.yaml:17:",
        ),
        (
            "claims/all.yaml",
            "answer: The box is blue.",
            "answer: \"blue \\e[31m\"",
            "control-character",
            "claims/all.yaml:16:",
        ),
    ];
    for (file, from, to, code, place) in cases {
        let folder = Folder::new();
        folder.replace(file, from, to);
        let (exit, text) = check(&folder);
        assert_eq!(exit, 3, "{from} -> {to}: {text}");
        assert!(text.contains(&format!("[{code}]")), "{from} -> {to}: no {code} in:\n{text}");
        assert!(text.contains(place), "{from} -> {to}: not at {place}:\n{text}");
        assert!(text.contains("help: "), "{from} -> {to}: no remedy in:\n{text}");
    }
}

#[test]
fn all_findings_of_a_run_are_reported() {
    let folder = Folder::new();
    folder.replace("practice.yaml", "location", "locatoin");
    folder.replace("claims/all.yaml", "title: How large", "tilte: How large");
    folder.replace("claims/all.yaml", "source: article, section", "source: other, section");
    folder.write("claims/broken.yaml", "claims: [");
    folder.write("notes.yaml", "a: b");
    let (exit, text) = check(&folder);
    assert_eq!(exit, 3);
    for part in
        ["locatoin", "did you mean `location`?", "tilte", "`other`", "claims/broken.yaml", "notes.yaml"]
    {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
}

#[test]
fn what_cannot_be_read_is_a_finding() {
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("claims/latin1.yaml", b"claims: \"caf\xe9\"".to_vec(), "not-utf-8"),
        ("claims/huge.yaml", vec![b'#'; 17 << 20], "file-too-large"),
        ("claims/bomb.yaml", bomb().into_bytes(), "yaml-syntax"),
        ("claims/deep.yaml", "[".repeat(100_000).into_bytes(), "yaml-syntax"),
    ];
    for (file, bytes, code) in cases {
        let folder = Folder::new();
        folder.write(file, bytes);
        let (exit, text) = check(&folder);
        assert_eq!((exit, text.contains(&format!("[{code}]"))), (3, true), "{file}: {text}");
    }
    let missing = askwell().args(["--knowledge", "/nowhere/at/all", "ask", "hi"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(3));
    assert!(missing.stdout.is_empty(), "a broken start prints nothing on stdout");
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/nowhere/at/all"));
}

/// Aliases that grow tenfold a line.
fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    text
}

/// The files below a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all = BTreeMap::new();
    for path in entries {
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            all.extend(files(&path).into_iter().map(|(below, text)| (name.join(below), text)));
        } else {
            all.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    all
}

#[test]
fn init_writes_the_shipped_folder_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("mine");
    let init = || askwell().arg("init").arg(&target).output().unwrap().status.code();
    assert_eq!(init(), Some(0));
    // What `check` says of these files is a test of its own.
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    assert_eq!(files(&target), files(&shipped));
    std::fs::write(target.join("practice.yaml"), "mine").unwrap();
    assert_eq!(init(), Some(1));
    assert_eq!(std::fs::read_to_string(target.join("practice.yaml")).unwrap(), "mine");
}

#[test]
fn an_expired_entry_is_withheld() {
    let folder = Folder::new();
    folder.replace(
        "claims/all.yaml",
        "answer: The box is blue.",
        "answer: The box is blue.\n    expires: 2020-01-01",
    );
    let reply = folder.askwell().args(["ask", "which colour has the box"]).output().unwrap();
    assert_eq!(reply.status.code(), Some(4));
    folder.replace("claims/all.yaml", "2020-01-01", "2999-01-01");
    let reply = folder.askwell().args(["ask", "which colour has the box"]).output().unwrap();
    assert_eq!(reply.status.code(), Some(0));
}

#[test]
fn the_order_of_claims_does_not_change_a_reply() {
    let folder = Folder::new();
    let ask = |message: &str| {
        let output = folder.askwell().args(["ask", "--json", "--explain", message]).output().unwrap();
        let reply: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (reply["status"].clone(), reply["answers"].clone(), reply["candidates"].clone())
    };
    let messages = ["is the dose big?", "what colour", "dose", "how much is it"];
    let before = messages.map(&ask);
    let (first, second) = CLAIMS.split_at(CLAIMS.find("  - id: colour").unwrap());
    folder.write("claims/all.yaml", format!("claims:\n{second}{}", first.trim_start_matches("claims:\n")));
    folder.write("sources.yaml", SOURCES);
    assert_eq!(before, messages.map(&ask));
}
