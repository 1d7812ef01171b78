//! Findings as JSON, for a program.

use serde_json::{Value, json};

use super::Diagnostic;

/// One finding: `code`, `severity`, `file`, `line` and `column` (counted from
/// 1, null where the finding is about the file as a whole), `message`, `help`.
#[must_use]
pub fn value(finding: &Diagnostic) -> Value {
    let place = &finding.place;
    let position = |n: usize| (place.line > 0).then_some(n);
    json!({
        "code": finding.code,
        "severity": finding.severity.to_string(),
        "file": place.file,
        "line": position(place.line),
        "column": position(place.column),
        "message": finding.message,
        "help": finding.help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn a_finding_about_a_file_has_no_position() {
        let finding = Diagnostic::warning("reading-grade", Place::file("a.yaml"), "hard", "ease it");
        let value = value(&finding);
        assert_eq!(value["line"], Value::Null);
        assert_eq!(value["severity"], "warning");
        let placed = Diagnostic::error("date", Place { file: "a".into(), line: 2, column: 5 }, "x", "y");
        assert_eq!(super::value(&placed)["column"], 5);
    }
}
