//! A table with a row for each entry, for a spreadsheet; `askwell import`
//! reads it back.

use crate::exchange::draft::COLUMNS;
use crate::knowledge::{Claim, Knowledge, Located, Review, Verdict};

/// The table. A cell with several items has one a line; a source is its id,
/// then, after " | ", the section.
///
/// # Errors
/// None that memory allows; the writer's own kind.
pub fn export(knowledge: &Knowledge) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for claim in &knowledge.claims {
        table.write_record(row(claim).map(|cell| guarded(&cell)))?;
    }
    let bytes = table.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The cells of an entry, in the order of [`COLUMNS`].
fn row(claim: &Claim) -> [String; COLUMNS.len()] {
    let flag = |set: bool| if set { "true".to_owned() } else { String::new() };
    let sources: Vec<String> = claim
        .citations
        .iter()
        .map(|citation| match &citation.section {
            Some(section) => format!("{} | {section}", citation.source),
            None => citation.source.clone(),
        })
        .collect();
    let review = match &claim.review {
        Review::Reviewed { by, on, next, .. } if claim.is_reviewed() => {
            format!("reviewed by {by} on {on}, next {next}")
        }
        _ => "pending".to_owned(),
    };
    let verdict = if claim.verdict == Verdict::Info { "" } else { claim.verdict.word() };
    [
        claim.id.clone(),
        claim.title.clone(),
        claim.claim.clone().unwrap_or_default(),
        verdict.to_owned(),
        claim.answer.clone(),
        claim.why.clone().unwrap_or_default(),
        sources.join("\n"),
        flag(claim.handover),
        lines(&claim.asks),
        lines(&claim.affirms),
        lines(&claim.denies),
        lines(&claim.related),
        lines(&claim.overlaps),
        flag(claim.personal),
        claim.expires.map(|day| day.to_string()).unwrap_or_default(),
        review,
    ]
}

fn lines(items: &[Located]) -> String {
    let line = |item: &Located| item.text.split_whitespace().collect::<Vec<_>>().join(" ");
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before
/// "=", "+", "-" and "@".
fn guarded(cell: &str) -> String {
    if needs_guard(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Whether a cell begins a formula, or like a guarded one.
pub(in crate::exchange) fn needs_guard(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}
