//! A finding about the knowledge, as plain data.
//!
//! Holds what was found, where, and what to do next. One file per rendering
//! stands below; nothing here prints.

pub mod github;
pub mod json;
pub mod text;

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding weighs: only an error keeps the knowledge from loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the knowledge can be used.
    Warning,
    /// The knowledge cannot be used as it is.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place in a knowledge file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file, as the user knows it: relative to the knowledge folder.
    pub file: String,
    /// Line, counted from 1; 0 where the finding is about the file as a whole.
    pub line: usize,
    /// Column in Unicode scalar values, counted from 1; 0 with line 0.
    pub column: usize,
}

impl Place {
    /// A place that stands for a file as a whole.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.column)
        }
    }
}

/// One finding: what, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it, a stable kebab-case word such as `unknown-key`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do next, one sentence.
    pub help: String,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, severity: Severity::Error, place, message: message.into(), help: help.into() }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message, help) }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]: {}", self.place, self.severity, self.code, self.message)
    }
}

/// Whether any finding is an error.
#[must_use]
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Error)
}

/// Sorts findings by file and position, so that a report does not depend on
/// the order in which rules ran.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
}
