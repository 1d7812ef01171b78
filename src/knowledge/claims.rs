//! `claims/*.yaml`: the answers, and how people ask for them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reader::{Fields, Findings, Located};
use super::tree::Node;
use super::{Source, check_unique_ids, read_id};
use crate::diagnostic::{Diagnostic, Place};
use crate::text::Utterance;

/// One claim that people make, or one question that they ask, with its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// A neutral question; the only thing that suggestions and headings show.
    pub title: String,
    /// How people put it; absent for a plain question.
    pub claim: Option<String>,
    /// Whether the claim is right.
    pub verdict: Verdict,
    /// The answer, the fact first.
    pub answer: String,
    /// Why people believe the claim and why it misleads.
    pub why: Option<String>,
    /// What the answer rests on.
    pub citations: Vec<Citation>,
    /// No source settles it: the answer asserts nothing medical.
    pub handover: bool,
    /// Open questions.
    pub asks: Vec<Located>,
    /// Statements and yes/no questions in the direction of the claim.
    pub affirms: Vec<Located>,
    /// Statements and yes/no questions in the opposite direction.
    pub denies: Vec<Located>,
    /// Ids worth reading next.
    pub related: Vec<Located>,
    /// Ids so close that either answer serves.
    pub overlaps: Vec<Located>,
    /// The answer depends on the person.
    pub personal: bool,
    /// The last day on which the entry is shown.
    pub expires: Option<Date>,
    /// It has expired, so it is not shown.
    pub withheld: bool,
    /// Who has reviewed the text, and when.
    pub review: Review,
    /// Where the entry stands.
    #[serde(skip)]
    pub place: Place,
    /// Where its parts stand.
    #[serde(skip)]
    pub at: Places,
}

/// Where the parts of a claim stand; the entry itself for a part that is not
/// there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The title.
    pub title: Place,
    /// The answer.
    pub answer: Place,
    /// Why people believe the claim.
    pub why: Place,
    /// The day on which it expires.
    pub expires: Place,
    /// The review.
    pub review: Place,
}

/// Whether a claim is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// The claim is right.
    True,
    /// The claim is wrong.
    False,
    /// It depends.
    Depends,
    /// A plain question without a claim.
    Info,
}

impl Verdict {
    /// The word of the protocol.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Depends => "depends",
            Self::Info => "info",
        }
    }
}

/// A passage that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The id of the source.
    pub source: String,
    /// The section of it, where that helps to find the passage.
    pub section: Option<String>,
    /// Where the citation stands.
    #[serde(skip)]
    pub place: Place,
}

/// Who has reviewed a text, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Review {
    /// Nobody yet.
    Pending,
    /// A clinician has.
    Reviewed {
        /// Name and credentials.
        by: String,
        /// The day of the review.
        on: Date,
        /// The day on which the next one is due.
        next: Date,
        /// The digest of what was read ([`Claim::digest`]).
        of: String,
    },
}

impl Claim {
    /// Whether a review covers the text as it is now.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        matches!(&self.review, Review::Reviewed { of, .. } if *of == self.digest())
    }

    /// Whether the answer of either serves for the other: one names the other
    /// in `overlaps`.
    #[must_use]
    pub fn overlaps_with(&self, other: &Self) -> bool {
        let names = |a: &Self, b: &Self| a.overlaps.iter().any(|id| id.text == b.id);
        names(self, other) || names(other, self)
    }

    /// The claim as a reply carries it: without its phrasings, which are many.
    #[must_use]
    pub fn told(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            claim: self.claim.clone(),
            answer: self.answer.clone(),
            why: self.why.clone(),
            citations: self.citations.clone(),
            asks: Vec::new(),
            affirms: Vec::new(),
            denies: Vec::new(),
            related: self.related.clone(),
            overlaps: Vec::new(),
            review: self.review.clone(),
            place: self.place.clone(),
            at: self.at.clone(),
            ..*self
        }
    }

    /// All phrasings: `asks`, `affirms`, `denies`, in this order.
    pub fn phrasings(&self) -> impl Iterator<Item = &Located> {
        self.asks.iter().chain(&self.affirms).chain(&self.denies)
    }
}

pub(super) fn read(root: Node, findings: &mut Findings) -> Vec<Claim> {
    let Some(mut top) = Fields::open(root, "file", findings) else { return Vec::new() };
    if !top.has("claims") {
        top.missing("claims", findings);
    }
    let items = top.list("claims", findings);
    top.close(findings);
    items.into_iter().filter_map(|item| claim(item, findings)).collect()
}

/// A claim with all that could be read of it. Where a required field is
/// missing there is a finding, which keeps the knowledge from loading; the rest
/// of the claim is still there, so that its references are checked too.
fn claim(node: Node, findings: &mut Findings) -> Option<Claim> {
    let mut fields = Fields::open(node, "claim", findings)?;
    let id = read_id(&mut fields, findings);
    if let Some(id) = &id {
        fields.rename(format!("claim `{}`", id.text));
    }
    let place = id.as_ref().map_or_else(|| fields.place().clone(), |id| id.place.clone());
    let of = |name| fields.place_of(name).unwrap_or(&place).clone();
    let at = Places {
        title: of("title"),
        answer: of("answer"),
        why: of("why"),
        expires: of("expires"),
        review: of("review"),
    };
    let title = fields.required("title", findings);
    let claim = fields.text("claim", findings);
    let verdict = verdict(&mut fields, claim.is_some(), findings);
    let answer = fields.required("answer", findings);
    let why = fields.text("why", findings);
    let handover = fields.flag("handover", findings);
    let has_sources = fields.has("sources");
    let citations: Vec<Citation> =
        fields.list("sources", findings).into_iter().filter_map(|n| citation(n, findings)).collect();
    let asks = fields.texts("asks", findings);
    let affirms = fields.texts("affirms", findings);
    let denies = fields.texts("denies", findings);
    let related = fields.texts("related", findings);
    let overlaps = fields.texts("overlaps", findings);
    let personal = fields.flag("personal", findings);
    let expires = fields.date("expires", findings);
    let review = review(&mut fields, findings);
    let mut require = |holds: bool, code, message: &str, help: &str| {
        if !holds {
            findings.push(Diagnostic::error(code, place.clone(), message, help));
        }
    };
    require(
        why.is_some() || verdict != Some(Verdict::False),
        "why-missing",
        "a claim with the verdict false has no `why`",
        "say in one to three sentences why people believe it and why it misleads",
    );
    require(
        handover || has_sources,
        "source-missing",
        "the answer has no source",
        "cite at least one under `sources`, or set `handover: true` and assert nothing medical",
    );
    require(
        !handover || matches!(verdict, None | Some(Verdict::Info)),
        "handover-verdict",
        "a hand-over has a claim and a verdict",
        "remove `claim` and `verdict`: where no source settles it, nothing can be right or wrong",
    );
    require(
        !asks.is_empty() || !affirms.is_empty() || !denies.is_empty(),
        "phrasings-missing",
        "the claim has no phrasing",
        "add at least 25 under `asks`, `affirms` and `denies`",
    );
    require(
        verdict != Some(Verdict::Info) || (affirms.is_empty() && denies.is_empty()),
        "direction-without-claim",
        "`affirms` or `denies` without a `claim`",
        "put the phrasings under `asks`, or add `claim` and `verdict`",
    );
    fields.close(findings);
    Some(Claim {
        id: id.map(|i| i.text).unwrap_or_default(),
        title: title.map(|t| t.text).unwrap_or_default(),
        claim: claim.map(|c| c.text),
        verdict: verdict.unwrap_or(Verdict::Info),
        answer: answer.map(|a| a.text).unwrap_or_default(),
        why: why.map(|w| w.text),
        citations,
        handover,
        asks,
        affirms,
        denies,
        related,
        overlaps,
        personal,
        expires,
        withheld: false,
        review,
        place,
        at,
    })
}

/// The verdict; it is there exactly when `claim` is.
fn verdict(fields: &mut Fields, has_claim: bool, findings: &mut Findings) -> Option<Verdict> {
    use super::tree::Value;
    let Some(node) = fields.take("verdict") else {
        if has_claim {
            fields.missing("verdict", findings);
            return None;
        }
        return Some(Verdict::Info);
    };
    if !has_claim {
        findings.push(Diagnostic::error(
            "verdict-without-claim",
            node.place,
            "a `verdict` without a `claim`",
            "add `claim`: the statement that is right or wrong; or remove `verdict`",
        ));
        return None;
    }
    match &node.value {
        Value::Bool(true) => Some(Verdict::True),
        Value::Bool(false) => Some(Verdict::False),
        Value::Text(word) if word == "depends" => Some(Verdict::Depends),
        _ => {
            findings.push(Diagnostic::error(
                "verdict",
                node.place,
                "this is no verdict",
                "write true, false or depends",
            ));
            None
        }
    }
}

fn citation(node: Node, findings: &mut Findings) -> Option<Citation> {
    let mut fields = Fields::open(node, "citation", findings)?;
    let source = fields.required("source", findings);
    let section = fields.text("section", findings).map(|s| s.text);
    fields.close(findings);
    let source = source?;
    Some(Citation { source: source.text, section, place: source.place })
}

fn review(fields: &mut Fields, findings: &mut Findings) -> Review {
    let Some(node) = fields.take("review") else {
        fields.missing("review", findings);
        return Review::Pending;
    };
    let Some(mut fields) = Fields::open(node, "review", findings) else { return Review::Pending };
    let status = fields.required("status", findings);
    let by = fields.text("by", findings);
    let on = fields.date("on", findings);
    let next = fields.date("next", findings);
    let of = fields.text("of", findings);
    let place = fields.place().clone();
    fields.close(findings);
    let mut wrong = |message: &str| {
        findings.push(Diagnostic::error(
            "review",
            place.clone(),
            message,
            "write {status: pending}, or status, by, on, next and of (see `askwell check`)",
        ));
        Review::Pending
    };
    match (status.as_ref().map(|s| s.text.as_str()), by, on, next, of) {
        (Some("pending"), None, None, None, None) | (None, ..) => Review::Pending,
        (Some("pending"), ..) => wrong("a pending review names no reviewer and no date"),
        (Some("reviewed"), Some(by), Some(on), Some(next), Some(of)) if on < next => {
            Review::Reviewed { by: by.text, on, next, of: of.text }
        }
        (Some("reviewed"), Some(_), Some(_), Some(_), Some(_)) => {
            wrong("the next review is due before this one")
        }
        (Some("reviewed"), ..) => wrong("a review needs by, on, next and of"),
        (Some(_), ..) => wrong("the status of a review is `pending` or `reviewed`"),
    }
}

/// Ids are unique; sources, `related` and `overlaps` point at something.
pub(super) fn check_references(claims: &[Claim], sources: &[(Source, Place)], findings: &mut Findings) {
    check_unique_ids("claim", claims.iter().map(|c| (c.id.as_str(), &c.place)), findings);
    let known = |id: &str| claims.iter().any(|c| c.id == id);
    for claim in claims {
        for citation in &claim.citations {
            if !sources.iter().any(|(s, _)| s.id == citation.source) {
                let help = "add it to sources.yaml, or cite one that is there";
                findings.push(dangling("source", &citation.source, &citation.place, help));
            }
        }
        for link in claim.related.iter().chain(&claim.overlaps) {
            if !known(&link.text) || link.text == claim.id {
                let help = "name the id of another claim";
                findings.push(dangling("claim", &link.text, &link.place, help));
            }
        }
    }
}

fn dangling(what: &str, id: &str, place: &Place, help: &str) -> Diagnostic {
    Diagnostic::error(
        "dangling-reference",
        place.clone(),
        format!("there is no {what} `{id}` to refer to"),
        help,
    )
}

/// No phrasing stands twice: under two claims it would make both lose.
pub(super) fn check_phrasings(claims: &[Claim], findings: &mut Findings) {
    let mut seen = BTreeMap::<String, (&str, &Place)>::new();
    for claim in claims {
        for phrasing in claim.phrasings() {
            let normalized = Utterance::new(&phrasing.text).normalized();
            if normalized.is_empty() {
                findings.push(Diagnostic::error(
                    "blank",
                    phrasing.place.clone(),
                    format!("`{}` has no word to match", phrasing.text),
                    "write what a person would type",
                ));
            } else if let Some((id, place)) = seen.get(&normalized) {
                findings.push(Diagnostic::error(
                    "duplicate-phrasing",
                    phrasing.place.clone(),
                    format!("`{}` stands under `{id}` already", phrasing.text),
                    format!("keep it where it belongs; the first is at {place}"),
                ));
            } else {
                seen.insert(normalized, (&claim.id, &phrasing.place));
            }
        }
    }
}
