//! A knowledge base in formats that other programs and people read.

pub mod csv;
pub mod html;
pub mod jsonld;
pub mod markdown;

use crate::dialogue::{Cited, wording};
use crate::knowledge::{Claim, Knowledge, Review};

/// Stands before the disclosure, which speaks of "this program".
const ORIGIN: &str = "These are the answers of a program to questions of patients. It says of itself:";

/// The themes of a knowledge base: a name made of the file, and its claims.
fn themes(knowledge: &Knowledge) -> Vec<(String, Vec<&Claim>)> {
    let mut themes: Vec<(String, Vec<&Claim>)> = Vec::new();
    for claim in &knowledge.claims {
        let name = theme(&claim.place.file);
        match themes.last_mut() {
            Some((last, claims)) if *last == name => claims.push(claim),
            _ => themes.push((name, vec![claim])),
        }
    }
    themes
}

/// `claims/side-effects.yaml` is about "Side effects".
fn theme(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let words = name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What people say and whether it is so, in a sentence; none for a plain
/// question.
fn verdict(claim: &Claim) -> Option<String> {
    use crate::knowledge::Verdict::{Depends, False, Info, True};
    let said = claim.claim.as_deref()?;
    let judged = match claim.verdict {
        True => "This is right.",
        False => "This is wrong.",
        Depends => "It depends.",
        Info => return None,
    };
    Some(format!("What people say: “{said}” {judged}"))
}

/// The review state in a sentence.
fn review(claim: &Claim) -> String {
    match &claim.review {
        Review::Reviewed { by, on, .. } if claim.is_reviewed() => format!("Reviewed by {by} on {on}."),
        _ => wording::REVIEW_PENDING.to_owned(),
    }
}

/// What follows the title of a source: section, publisher, year, and whether
/// it is the practice's own.
fn details(cited: &Cited) -> String {
    let section = cited.section.iter().map(|s| format!("“{s}”"));
    let year = cited.source.year.iter().map(ToString::to_string);
    let parts: Vec<String> = section.chain([cited.source.publisher.clone()]).chain(year).collect();
    let own = cited.source.kind == crate::knowledge::Kind::Practice;
    format!("{}{}", parts.join(", "), if own { " (the practice's own page)" } else { "" })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_theme_is_named_after_its_file() {
        assert_eq!(super::theme("claims/side-effects.yaml"), "Side effects");
        assert_eq!(super::theme("claims.yaml"), "Claims");
        assert_eq!(super::theme(""), "");
    }
}
