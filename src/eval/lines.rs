//! The lines of a message file before their expectation is read.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Place};
use crate::limits;

/// What every line has: where it stands, the message, what it is reported by.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it stands.
    pub place: Place,
    /// The message.
    pub text: String,
    /// The label is doubtful: reported beside the others.
    pub doubt: bool,
    /// The single values of its other keys, as text, and `file`: what reports
    /// by group go by.
    pub groups: BTreeMap<String, String>,
}

/// A line with the keys that say what is expected.
pub(super) struct Raw {
    pub(super) line: Line,
    pub(super) keys: Map<String, Value>,
}

/// The lines of a file; blank ones are skipped.
///
/// # Errors
/// Every line that is no object with a `text` and an `expect`, and a file
/// without a line.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Raw>, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut findings = Vec::new();
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match raw(file, number, line) {
            Ok(raw) => lines.push(raw),
            Err(finding) => findings.push(finding),
        }
    }
    if lines.is_empty() && findings.is_empty() {
        findings.push(Diagnostic::error(
            "no-message",
            Place::file(file),
            "the file has no line",
            "write one object a line, such as {\"text\": \"…\", \"expect\": \"unknown\"}",
        ));
    }
    settle(lines, findings)
}

/// The items, or the findings if there are any.
pub(super) fn settle<T>(items: Vec<T>, mut findings: Vec<Diagnostic>) -> Result<Vec<T>, Vec<Diagnostic>> {
    findings.truncate(limits::FINDINGS);
    if findings.is_empty() { Ok(items) } else { Err(findings) }
}

fn raw(file: &str, number: usize, line: &str) -> Result<Raw, Diagnostic> {
    let place = |column| Place { file: file.to_owned(), line: number, column };
    let keys: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
        let shown = error.to_string();
        let reason = shown.split(" at line ").next().unwrap_or_default();
        let message = if error.is_data() {
            "the line is no JSON object".to_owned()
        } else {
            format!("the line is no JSON: {reason}")
        };
        Diagnostic::error("json", place(error.column().max(1)), message, "write one object a line")
    })?;
    let missing = |key: &str, help: &str| {
        Diagnostic::error("missing-key", place(1), format!("the line has no `{key}`"), help)
    };
    let text = match keys.get("text") {
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err(wrong(&place(1), "text", "the message, a string")),
        None => return Err(missing("text", "add the message")),
    };
    if keys.get("expect").is_none_or(Value::is_null) {
        return Err(missing("expect", "add what should come of it: a claim's id, or `unknown`"));
    }
    let doubt = flag(&keys, "doubt", &place(1))?;
    let groups = keys.iter().filter(|(key, _)| *key != "text").filter_map(|(key, value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => return None,
        };
        Some((key.clone(), value))
    });
    let groups = groups.chain([("file".to_owned(), file.to_owned())]).collect();
    Ok(Raw { line: Line { place: place(1), text, doubt, groups }, keys })
}

/// A key that is true or false; false where it is absent.
pub(super) fn flag(keys: &Map<String, Value>, key: &str, place: &Place) -> Result<bool, Diagnostic> {
    match keys.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(value)) => Ok(*value),
        Some(_) => Err(wrong(place, key, "true or false")),
    }
}

/// A key whose value is not what the format says.
pub(super) fn wrong(place: &Place, key: &str, what: &str) -> Diagnostic {
    Diagnostic::error(
        "wrong-value",
        place.clone(),
        format!("`{key}` is not {what}"),
        format!("write {what}, or remove it"),
    )
}
