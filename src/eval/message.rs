//! Message files: what a message should bring, as the knowledge format says.

use serde_json::{Map, Value};

use super::lines::{self, Line, Raw, flag, wrong};
use crate::diagnostic::{Diagnostic, Place};
use crate::dialogue::Belief;
use crate::knowledge::Level;

/// A message and what should come of it.
#[derive(Clone, Debug)]
pub struct Message {
    /// The message itself.
    pub line: Line,
    /// What should come of it.
    pub expect: Expect,
    /// What the writer presumes about the first expected claim.
    pub belief: Option<Belief>,
    /// How urgent the red flag is.
    pub level: Option<Level>,
    /// Declining is right too; for [`Expect::Unknown`] an accepted claim is.
    pub either: bool,
    /// A red flag is right too, and so is none.
    pub soft: bool,
    /// Not English: `unknown` with a line in its language is right too.
    pub foreign: bool,
}

/// What should come of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// An answer to every part.
    Claims(Vec<Part>),
    /// No answer; with `either`, one of these claims.
    Unknown(Vec<String>),
    /// A red flag.
    Safety,
    /// Small talk.
    SmallTalk,
}

/// A part of a message and the claims that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The claim that is expected.
    pub id: String,
    /// The claims that are right too.
    pub accept: Vec<String>,
}

impl Part {
    /// Whether a claim answers this part.
    #[must_use]
    pub fn accepts(&self, id: &str) -> bool {
        self.id == id || self.accept.iter().any(|a| a == id)
    }
}

/// Reads a message file.
///
/// # Errors
/// Every line that is not as the format says.
pub fn read(file: &str, text: &str) -> Result<Vec<Message>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut messages = Vec::new();
    for raw in lines::read(file, text)? {
        match message(raw) {
            Ok(message) => messages.push(message),
            Err(finding) => findings.push(finding),
        }
    }
    lines::settle(messages, findings)
}

fn message(Raw { line, keys }: Raw) -> Result<Message, Diagnostic> {
    let place = &line.place;
    let beliefs = [Belief::Right, Belief::Wrong, Belief::Partly, Belief::None];
    Ok(Message {
        expect: expect(&keys, place)?,
        belief: word(&keys, "belief", "right, wrong, partly or none", place, |w| {
            beliefs.into_iter().find(|b| b.word() == w)
        })?,
        level: word(&keys, "level", "911, urgent, crisis or poison", place, Level::of)?,
        either: flag(&keys, "either", place)?,
        soft: flag(&keys, "soft", place)?,
        foreign: keys.get("lang").is_some_and(|l| !l.is_null() && l != "en"),
        line,
    })
}

/// A key that names one of a few words.
fn word<T>(
    keys: &Map<String, Value>,
    key: &str,
    words: &str,
    place: &Place,
    meaning: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Diagnostic> {
    match keys.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(word)) => meaning(word).map(Some).ok_or_else(|| wrong(place, key, words)),
        Some(_) => Err(wrong(place, key, words)),
    }
}

fn expect(keys: &Map<String, Value>, place: &Place) -> Result<Expect, Diagnostic> {
    const WHAT: &str = "a claim's id, a list of ids, `unknown`, `safety` or `smalltalk`";
    let accept = accept(keys, place)?;
    let ids = match &keys["expect"] {
        Value::String(word) => match word.as_str() {
            "unknown" => return Ok(Expect::Unknown(accept.into_iter().flatten().collect())),
            "safety" => return Ok(Expect::Safety),
            "smalltalk" => return Ok(Expect::SmallTalk),
            id => vec![id.to_owned()],
        },
        Value::Array(ids) if !ids.is_empty() => {
            strings(ids).filter(|ids| !ids.iter().any(|id| is_status(id))).ok_or_else(|| Diagnostic {
                help: "name claims alone in a list".to_owned(),
                ..wrong(place, "expect", WHAT)
            })?
        }
        _ => return Err(wrong(place, "expect", WHAT)),
    };
    if !accept.is_empty() && accept.len() != ids.len() {
        return Err(wrong(place, "accept", "one list of ids for each part of `expect`"));
    }
    let accept = accept.into_iter().chain(std::iter::repeat(Vec::new()));
    Ok(Expect::Claims(ids.into_iter().zip(accept).map(|(id, accept)| Part { id, accept }).collect()))
}

fn is_status(word: &str) -> bool {
    matches!(word, "unknown" | "safety" | "smalltalk")
}

/// The accepted ids of each part; empty where the key is absent.
fn accept(keys: &Map<String, Value>, place: &Place) -> Result<Vec<Vec<String>>, Diagnostic> {
    let lists = match keys.get("accept") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(parts)) => {
            parts.iter().map(|p| p.as_array().and_then(|ids| strings(ids))).collect()
        }
        Some(_) => None,
    };
    lists.ok_or_else(|| wrong(place, "accept", "a list of ids for each part, such as [[\"one\"], [\"two\"]]"))
}

fn strings(values: &[Value]) -> Option<Vec<String>> {
    values.iter().map(|v| v.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    //! Properties: no text of a file makes the reader panic; what is wrong is
    //! named with its line; what is right is read as the format says.
    use super::*;
    use proptest::prelude::*;

    fn one(line: &str) -> Message {
        let mut messages = read("m.jsonl", line).unwrap();
        assert_eq!(messages.len(), 1);
        messages.remove(0)
    }

    #[test]
    fn reads_parts_with_what_is_accepted_for_each() {
        let message =
            one(r#"{"text": "a and b?", "expect": ["a", "b"], "accept": [["c"], []], "belief": "none",
            "soft": true, "kind": "multi", "n": 3, "more": {"x": 1}}"#
                .replace('\n', " ")
                .as_str());
        let part = |id: &str, accept: &[&str]| Part {
            id: id.into(),
            accept: accept.iter().map(|s| (*s).to_owned()).collect(),
        };
        assert_eq!(message.expect, Expect::Claims(vec![part("a", &["c"]), part("b", &[])]));
        assert_eq!(message.belief, Some(Belief::None));
        assert!(message.soft && !message.either && !message.foreign && !message.line.doubt);
        let groups = ["belief", "file", "kind", "n", "soft"];
        assert_eq!(message.line.groups.keys().collect::<Vec<_>>(), groups);
    }

    #[test]
    fn statuses_are_no_claims() {
        let unknown = one(r#"{"text": "x", "expect": "unknown", "accept": [["a"], ["b"]], "either": true}"#);
        assert_eq!(unknown.expect, Expect::Unknown(vec!["a".into(), "b".into()]));
        let safety = one(r#"{"text": "x", "expect": "safety", "level": "911", "lang": "es"}"#);
        assert_eq!(safety.expect, Expect::Safety);
        assert_eq!(safety.level, Some(Level::Emergency));
        assert!(safety.foreign);
    }

    #[test]
    fn a_mark_returns_and_blank_lines_are_no_lines() {
        let text =
            "\u{feff}{\"text\": \"a\", \"expect\": \"b\"}\r\n\r\n  \n{\"text\": \"\", \"expect\": \"b\"}";
        let places: Vec<usize> = read("m", text).unwrap().iter().map(|m| m.line.place.line).collect();
        assert_eq!(places, [1, 4]);
    }

    #[test]
    fn every_wrong_line_is_named() {
        for (line, code, says) in [
            ("{", "json", "no JSON"),
            ("[1]", "json", "no JSON object"),
            ("{\"expect\": \"a\"}", "missing-key", "`text`"),
            ("{\"text\": \"a\"}", "missing-key", "`expect`"),
            ("{\"text\": 1, \"expect\": \"a\"}", "wrong-value", "`text`"),
            ("{\"text\": \"a\", \"expect\": []}", "wrong-value", "`expect`"),
            ("{\"text\": \"a\", \"expect\": [\"b\", \"safety\"]}", "wrong-value", "`expect`"),
            ("{\"text\": \"a\", \"expect\": \"b\", \"accept\": [\"c\"]}", "wrong-value", "`accept`"),
            ("{\"text\": \"a\", \"expect\": \"b\", \"accept\": [[], []]}", "wrong-value", "`accept`"),
            ("{\"text\": \"a\", \"expect\": \"b\", \"level\": \"112\"}", "wrong-value", "`level`"),
            ("{\"text\": \"a\", \"expect\": \"b\", \"belief\": true}", "wrong-value", "`belief`"),
            ("{\"text\": \"a\", \"expect\": \"b\", \"doubt\": \"yes\"}", "wrong-value", "`doubt`"),
        ] {
            let findings = read("m.jsonl", &format!("\n{line}\n")).unwrap_err();
            assert_eq!(findings.len(), 1, "{line}");
            assert_eq!((findings[0].code, findings[0].place.line), (code, 2), "{line}");
            assert!(findings[0].message.contains(says), "{line}: {}", findings[0].message);
        }
        assert_eq!(read("m", " \n").unwrap_err()[0].code, "no-message");
        assert_eq!(read("m", "{\n[\n").unwrap_err().len(), 2);
    }

    proptest! {
        #[test]
        fn no_file_is_too_strange(text in "(\\PC|[\\[\\]{}:\",\n]){0,80}") {
            if let Err(findings) = read("m", &text) {
                prop_assert!(!findings.is_empty());
            }
        }

        #[test]
        fn whatever_a_key_holds_is_read_or_refused(
            key in "expect|accept|belief|level|either|soft|lang|doubt",
            value in "null|true|1|\"a\"|\"none\"|\\[\\]|\\[\"a\"\\]|\\[\\[\"a\"\\]\\]|\\[null\\]|\\{\\}",
        ) {
            let line = format!("{{\"text\": \"t\", \"expect\": \"a\", \"{key}\": {value}}}");
            match read("m", &line) {
                Ok(messages) => prop_assert_eq!(messages.len(), 1),
                Err(findings) => prop_assert_eq!(findings[0].place.line, 1),
            }
        }
    }
}
