//! Properties: every message is counted once; what the knowledge does not
//! cover is counted apart; groups add up to the whole; bad files are named with
//! their line; a bound that is missed fails the run; results go to stdout.

use serde_json::Value;

use crate::fixture::{Folder, askwell};

const MESSAGES: &str = r#"{"text": "how large is the dose", "expect": "dose", "kind": "plain", "belief": "none"}
{"text": "the dose is large", "expect": "dose", "kind": "myth", "belief": "wrong"}
{"text": "which colour has the box", "expect": "dose", "kind": "plain"}
{"text": "qqqq zzzz", "expect": "unknown", "kind": "plain"}
{"text": "qqqq zzzz", "expect": "colour", "kind": "plain"}
{"text": "how large is the dose", "expect": "colour", "doubt": true, "kind": "plain"}
{"text": "how large is the dose", "expect": "elsewhere", "kind": "plain"}
"#;

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let file = folder.path().join("m.jsonl");
    let output = folder.askwell().arg("eval").arg(file).arg("--json").args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A folder with messages in `m.jsonl`, which the knowledge does not mind.
fn folder(messages: &str) -> Folder {
    let folder = Folder::new();
    folder.write("m.jsonl", messages);
    folder
}

#[test]
fn every_message_is_counted_once() {
    let report = json(&folder(MESSAGES), &["--by", "kind", "--slips", "2", "--failures"]);
    let overall = &report["overall"];
    let count = |category: &str| overall["categories"][category]["count"].as_u64().unwrap();
    assert_eq!((count("right"), count("wrong"), count("declined")), (3, 1, 1));
    assert_eq!(overall["categories"]["right"]["share"], 0.6);
    assert_eq!(overall["doubtful"]["wrong"]["count"], 1);
    assert_eq!((&overall["covered"], &overall["not_covered"]), (&5.into(), &1.into()));
    assert_eq!(report["messages"], 7);
    assert_eq!(report["off_topic"]["right"], 1);
    assert_eq!(report["beliefs"]["of"], 2);
    assert_eq!(report["sweep"]["cases"], 5);
    assert_eq!(report["sweep"]["own"]["out_of_scope_recall"], 1.0);
    let asked = &report["sweep"]["with_in_scope"];
    assert_eq!((&asked["asked"], &asked["point"]), (&0.93.into(), &Value::Null));
    let groups = report["groups"].as_object().unwrap().values();
    assert_eq!(groups.map(|g| g["covered"].as_u64().unwrap()).sum::<u64>(), 5);
    let pair = serde_json::json!({"expected": "dose", "came": "colour", "count": 1});
    assert_eq!(report["confusions"], Value::Array(vec![pair]));
    let failures: Vec<u64> =
        report["failures"].as_array().unwrap().iter().map(|f| f["line"].as_u64().unwrap()).collect();
    assert_eq!(failures, [3, 5, 6]);
    assert!(report["failures"][0]["candidates"][0]["explanation"].is_object());
    assert_eq!(report["slips"]["seeds"], 2);
    let slipped = report["slips"]["shares"].as_object().unwrap().values();
    assert!((slipped.map(|s| s.as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn the_text_says_the_same() {
    let folder = folder(MESSAGES);
    let output = folder.askwell().arg("eval").arg(folder.path().join("m.jsonl")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "right            3  60.0 %",
        "not covered: 1",
        "leads against the fact: 0",
        "    1  dose → colour",
        "accuracy of 93.0 % is reached at no threshold; 50.0 % is the most",
    ] {
        assert!(text.contains(line), "{line:?} is not in:\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn a_missed_bound_fails_the_run() {
    let folder = folder(MESSAGES);
    let code = |bounds: &str| {
        let file = folder.path().join("m.jsonl");
        let output = folder.askwell().arg("eval").arg(file).arg("--fail-under").arg(bounds).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(code("right=0.6,wrong=0.2"), (0, String::new()));
    assert_eq!(code("right=0.61,wrong=0.2"), (1, "askwell: right is 0.6000, under 0.61\n".into()));
    assert_eq!(code("right=0.6,wrong=0.19").0, 1);
    for usage in ["right", "nonsense=1", "right=x", "right=2", "right=NaN"] {
        assert_eq!(code(usage).0, 2, "{usage}");
    }
}

#[test]
fn bad_files_are_named_with_their_line() {
    let folder = folder("{\"text\": \"a\", \"expect\": \"b\"}\n{\"text\": \"a\"}\nnonsense\n");
    folder.write("empty.jsonl", "\n");
    folder.write("latin.jsonl", b"{}\n\xe9");
    for (file, says) in [
        ("m.jsonl", vec!["m.jsonl:2:1", "no `expect`", "m.jsonl:3:", "no JSON", "2 errors"]),
        ("empty.jsonl", vec!["empty.jsonl", "no line"]),
        ("latin.jsonl", vec!["latin.jsonl:2", "UTF-8"]),
        ("absent.jsonl", vec!["absent.jsonl", "cannot read"]),
    ] {
        let output = folder.askwell().arg("eval").arg(folder.path().join(file)).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(output.stdout.is_empty());
        let stderr = String::from_utf8(output.stderr).unwrap();
        for part in says {
            assert!(stderr.contains(part), "{part:?} is not in:\n{stderr}");
        }
    }
    let by = folder.askwell().args(["eval", "--by", "nonsense"]).arg(folder.path().join("ok.jsonl")).output();
    assert_eq!(by.unwrap().status.code(), Some(1));
}

#[test]
fn labelled_files_need_no_knowledge() {
    let folder = folder("");
    folder.write("train.jsonl", "{\"text\": \"my order\", \"expect\": \"order\"}\n{\"text\": \"refund me\", \"expect\": \"refund\"}\n");
    folder.write(
        "test.jsonl",
        "{\"text\": \"my order\", \"expect\": \"order\"}\n{\"text\": \"qqqq\", \"expect\": \"unknown\"}\n",
    );
    let run = |test: &str| {
        let path = |name: &str| folder.path().join(name);
        let mut command = askwell();
        command.args(["eval", "--json", "--train"]).arg(path("train.jsonl"));
        command.arg("--test").arg(path(test)).output().unwrap()
    };
    let report: Value = serde_json::from_slice(&run("test.jsonl").stdout).unwrap();
    assert_eq!(report["overall"]["categories"]["right"]["count"], 2);
    assert_eq!(report["sweep"]["own"]["mcc"], 1.0);
    assert_eq!(report["sweep"]["with_in_scope"]["point"]["out_of_scope_recall"], 1.0);
    folder.write("other.jsonl", "{\"text\": \"x\", \"expect\": \"weather\"}");
    let output = run("other.jsonl");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no label of this file"));
    let code = |arguments: &[&str]| askwell().arg("eval").args(arguments).output().unwrap().status.code();
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["--train", "x"]), Some(2));
    assert_eq!(code(&["x", "--train", "x", "--test", "y"]), Some(2));
}
