//! A table with a heading: our own export, or a list of questions and answers.

use super::super::draft::{COLUMNS, Draft, Drafts};
use super::super::export::csv::needs_guard;

/// Headings that others use for ours.
const ALSO: &[(&str, &str)] = &[("question", "title"), ("questions", "title"), ("answers", "answer")];

/// Reads a table; commas, semicolons or tabs separate its cells.
///
/// # Errors
/// What keeps it from being read at all, with the remedy.
pub fn import(text: &str) -> Result<Drafts, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let heading = text.lines().next().unwrap_or_default();
    let most = [',', ';', '\t'].into_iter().max_by_key(|mark| (heading.matches(*mark).count(), *mark == ','));
    let delimiter = most.and_then(|mark| u8::try_from(mark).ok()).unwrap_or(b',');
    let mut table =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let headings = table.headers().map_err(|error| unreadable(&error))?.clone();
    let mut found = Drafts::default();
    let columns: Vec<Option<&str>> = headings.iter().map(column).collect();
    if !columns.contains(&Some("title")) && !columns.contains(&Some("id")) {
        let known = COLUMNS.join(", ");
        return Err(format!("the first line names no column `title` or `id`; the columns are: {known}"));
    }
    for (name, column) in headings.iter().zip(&columns) {
        if column.is_none() {
            found.lost.push(format!("the column `{}` has no place in a claim", name.trim()));
        }
    }
    // As a spreadsheet numbers its rows: the heading is the first.
    for (number, row) in (2..).zip(table.records()) {
        let row = row.map_err(|error| unreadable(&error))?;
        let mut draft = Draft::default();
        for (cell, column) in row.iter().zip(&columns) {
            let cell = unguarded(cell.trim());
            if let Some(column) = column.filter(|_| !cell.is_empty()) {
                set(&mut draft, column, cell, number, &mut found.lost);
            }
        }
        if draft == Draft::default() {
            continue;
        }
        if row.len() > columns.len() {
            found.lost.push(format!("row {number}: the cells beyond the last heading"));
        }
        found.drafts.push(draft);
    }
    Ok(found.completed())
}

fn unreadable(error: &csv::Error) -> String {
    format!("this is no table that can be read: {error}; save it as CSV in UTF-8 again")
}

/// Which of our columns a heading names.
fn column(heading: &str) -> Option<&'static str> {
    let heading = heading.trim().to_lowercase();
    let ours = ALSO.iter().find(|(also, _)| *also == heading).map_or(heading.as_str(), |(_, ours)| *ours);
    COLUMNS.into_iter().find(|column| *column == ours)
}

/// Puts a cell into a draft; what does not fit is listed.
fn set(draft: &mut Draft, column: &str, cell: &str, row: usize, lost: &mut Vec<String>) {
    let items = || cell.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    let mut not_carried = |what: &str| lost.push(format!("row {row}: {what}: `{}`", first_line(cell)));
    match column {
        "id" => cell.clone_into(&mut draft.id),
        "title" => cell.clone_into(&mut draft.title),
        "claim" => cell.clone_into(&mut draft.claim),
        "answer" => draft.answer = with_newlines(cell),
        "why" => draft.why = with_newlines(cell),
        "verdict" => match cell.to_lowercase().as_str() {
            word @ ("true" | "false" | "depends") => word.clone_into(&mut draft.verdict),
            _ => not_carried("a verdict is true, false or depends"),
        },
        "sources" => {
            draft.sources = cell
                .lines()
                .map(|line| match line.split_once(" | ") {
                    Some((id, section)) => (id.trim().to_owned(), Some(section.trim().to_owned())),
                    None => (line.trim().to_owned(), None),
                })
                .filter(|(id, _)| !id.is_empty())
                .collect();
        }
        "handover" | "personal" => match cell.to_lowercase().as_str() {
            "true" | "yes" if column == "handover" => draft.handover = true,
            "true" | "yes" => draft.personal = true,
            "false" | "no" => {}
            _ => not_carried("this column is true or empty"),
        },
        "asks" => draft.asks = items(),
        "affirms" => draft.affirms = items(),
        "denies" => draft.denies = items(),
        "related" => draft.related = items(),
        "overlaps" => draft.overlaps = items(),
        "expires" => cell.clone_into(&mut draft.expires),
        _ if cell == "pending" => {}
        _ => not_carried("a review has to be made again, on the text as it is now"),
    }
}

fn first_line(cell: &str) -> &str {
    cell.lines().next().unwrap_or_default()
}

/// Line ends as the knowledge has them.
fn with_newlines(cell: &str) -> String {
    cell.replace("\r\n", "\n")
}

/// A cell without the apostrophe that our export puts before a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| needs_guard(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_list_becomes_drafts_and_the_rest_is_listed() {
        let text = "\u{feff}Question;Answer;Author;Verdict\r\n\"Does it hurt?\";\"A little.\r\n\r\nUse ice.\";Bob;maybe\r\n;;;\r\nWhy;It is so;;FALSE\r\n";
        let found = import(text).unwrap();
        let [hurt, why] = found.drafts.as_slice() else { panic!("{found:?}") };
        assert_eq!((hurt.id.as_str(), hurt.answer.as_str()), ("does-it-hurt", "A little.\n\nUse ice."));
        assert_eq!(
            (hurt.asks.as_slice(), why.verdict.as_str()),
            (["Does it hurt?".to_owned()].as_slice(), "false")
        );
        assert_eq!(found.lost.len(), 2, "{:?}", found.lost);
        assert!(
            found.lost[0].contains("`Author`")
                && found.lost[1].contains("row 2")
                && found.lost[1].contains("maybe")
        );
    }

    #[test]
    fn what_is_no_table_is_an_error_with_a_remedy() {
        for text in ["", "a,b\n1,2\n", "<html>"] {
            assert!(import(text).unwrap_err().contains("columns are"), "{text:?}");
        }
    }
}
