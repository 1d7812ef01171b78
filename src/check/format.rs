//! # Format
//!
//! ## What it does
//! Reads every file of the knowledge folder: unknown, missing and repeated
//! keys, wrong types, blank texts, ids that stand twice, references to what
//! does not exist, addresses that are not https, dates that are none.
//!
//! ## Why is this bad
//! The program does not start with a folder that it can only half read: a
//! misspelled key would drop an answer in silence.
//!
//! ## Example
//! ```yaml
//!   - id: parking
//!     tilte: Where can I park?
//! ```
//!
//! ## Use instead
//! ```yaml
//!   - id: parking
//!     title: Where can I park?
//! ```
//! These findings are always errors, and while there are any no other rule
//! runs.

use super::Subject;
use crate::diagnostic::Diagnostic;

/// What the reader of the files finds.
pub(super) const CODES: &[&str] = &[
    "blank",
    "control-character",
    "dangling-reference",
    "date",
    "direction-without-claim",
    "duplicate-id",
    "duplicate-key",
    "duplicate-phrasing",
    "file-too-large",
    "handover-verdict",
    "id",
    "missing-file",
    "missing-key",
    "missing-level",
    "missing-role",
    "not-utf-8",
    "pattern",
    "phrasings-missing",
    "review",
    "review-interval",
    "source-kind",
    "source-missing",
    "too-long",
    "unknown-file",
    "unknown-group",
    "unknown-key",
    "unknown-level",
    "unknown-sign",
    "unreadable",
    "url-not-https",
    "verdict",
    "verdict-without-claim",
    "why-missing",
    "wrong-type",
    "yaml-syntax",
];

/// Knowledge that exists has none of these.
pub(super) fn find(_subject: &Subject<'_>, _findings: &mut Vec<Diagnostic>) {}
