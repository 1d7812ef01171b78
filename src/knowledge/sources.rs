//! `sources.yaml`: what the answers rest on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reader::{Fields, Findings};
use super::tree::Node;
use super::{check_unique_ids, read_id};
use crate::diagnostic::{Diagnostic, Place};

/// A document that answers cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// How much it weighs.
    pub kind: Kind,
    /// Its address, where it has one; `https` only.
    pub url: Option<String>,
    /// The year of publication, where it is known.
    pub year: Option<i64>,
    /// When somebody last looked at it.
    pub accessed: Date,
}

/// How much a source weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A label, regulator, society, hospital or journal.
    Authority,
    /// The practice's own page.
    Practice,
    /// Anything else.
    Other,
}

impl Kind {
    /// The word of the format.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Practice => "practice",
            Self::Other => "other",
        }
    }
}

pub(super) fn read(root: Node, findings: &mut Findings) -> Vec<(Source, Place)> {
    let Some(mut top) = Fields::open(root, "file", findings) else { return Vec::new() };
    if !top.has("sources") {
        top.missing("sources", findings);
    }
    let items = top.list("sources", findings);
    top.close(findings);
    items.into_iter().filter_map(|item| source(item, findings)).collect()
}

fn source(node: Node, findings: &mut Findings) -> Option<(Source, Place)> {
    let mut fields = Fields::open(node, "source", findings)?;
    let id = read_id(&mut fields, findings);
    if let Some(id) = &id {
        fields.rename(format!("source `{}`", id.text));
    }
    let title = fields.required("title", findings);
    let publisher = fields.required("publisher", findings);
    let kind = fields.required("kind", findings).and_then(|kind| match kind.text.as_str() {
        "authority" => Some(Kind::Authority),
        "practice" => Some(Kind::Practice),
        "other" => Some(Kind::Other),
        other => {
            findings.push(Diagnostic::error(
                "source-kind",
                kind.place,
                format!("`{other}` is no kind of source"),
                "write authority, practice or other",
            ));
            None
        }
    });
    let url = fields.url("url", findings);
    let year = fields.integer("year", findings);
    let accessed = if fields.has("accessed") {
        fields.date("accessed", findings)
    } else {
        fields.missing("accessed", findings);
        None
    };
    fields.close(findings);
    let id = id?;
    // What is missing has a finding; a citation of this source is still none.
    let source = Source {
        id: id.text,
        title: title.map(|t| t.text).unwrap_or_default(),
        publisher: publisher.map(|p| p.text).unwrap_or_default(),
        kind: kind.unwrap_or(Kind::Other),
        url,
        year,
        accessed: accessed.unwrap_or_default(),
    };
    Some((source, id.place))
}

pub(super) fn check_unique(sources: &[(Source, Place)], findings: &mut Findings) {
    check_unique_ids("source", sources.iter().map(|(s, p)| (s.id.as_str(), p)), findings);
}
