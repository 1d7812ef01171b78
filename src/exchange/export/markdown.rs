//! Markdown, for a document or a repository.

use std::borrow::Cow;
use std::fmt::Write;

use super::{ORIGIN, details, review, themes, verdict};
use crate::dialogue::{cited, compose, paragraphs, wording};
use crate::knowledge::{Claim, Knowledge};

/// The document.
#[must_use]
pub fn export(knowledge: &Knowledge) -> String {
    let practice = &knowledge.practice;
    let mut document =
        format!("# Questions to {}\n\n{ORIGIN} {}\n", text(&practice.name), text(&practice.disclosure));
    for (name, claims) in themes(knowledge) {
        let _ = write!(document, "\n## {}\n", text(&name));
        for claim in claims {
            entry(&mut document, knowledge, claim);
        }
    }
    let _ = write!(document, "\n## Consultation\n\n{}\n", text(&compose::invitation(&practice.consultation)));
    document
}

fn entry(document: &mut String, knowledge: &Knowledge, claim: &Claim) {
    let _ = write!(document, "\n### {}\n", text(&claim.title));
    let why = claim.why.iter().flat_map(|why| paragraphs(why));
    let personal = claim.personal.then_some(Cow::Borrowed(wording::PERSONAL));
    let verdict = verdict(claim).map(Cow::Owned);
    for paragraph in paragraphs(&claim.answer).chain(verdict).chain(why).chain(personal) {
        let _ = write!(document, "\n{}\n", text(&paragraph));
    }
    for (number, cited) in cited(knowledge, claim).iter().enumerate() {
        let title = text(&cited.source.title);
        let title = match &cited.source.url {
            Some(url) => format!("[{title}](<{url}>)"),
            None => title,
        };
        let opening = if number == 0 { "\nSources:\n\n" } else { "" };
        let _ = writeln!(document, "{opening}- {title}, {}", text(&details(cited)));
    }
    let _ = write!(document, "\n*{}*\n", text(&review(claim)));
}

/// A text with the characters escaped that mean something in Markdown,
/// wherever they stand; those that mean something at the start of a line only
/// there.
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => escaped.insert(digits, '\\'),
        Some(b'-' | b'+' | b'=') if digits == 0 => escaped.insert(0, '\\'),
        _ => {}
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_in_a_text_becomes_markup() {
        let table = [
            ("a *b* [c](d) <e> & #f", "a \\*b\\* \\[c\\](d) \\<e\\> \\& \\#f"),
            ("1. One 2. two", "1\\. One 2. two"),
            ("- no list", "\\- no list"),
            ("plain (text), 5-7 units", "plain (text), 5-7 units"),
        ];
        for (given, expected) in table {
            assert_eq!(super::text(given), expected);
        }
    }
}
