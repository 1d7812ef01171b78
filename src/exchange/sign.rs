//! The signature of a review, written into the text of a file at its place:
//! nothing else in the file changes, not a comment, not a blank.

use std::fmt::Write;
use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::Place;
use crate::knowledge::{Claim, File, Knowledge};

/// Who has reviewed a text, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Name and credentials.
    pub by: String,
    /// The day of the review.
    pub on: Date,
    /// The day on which the next one is due.
    pub next: Date,
}

/// The file of a claim with the signature in it, which binds to the claim's
/// text as it is. The result has been read again: it says what it says now,
/// and one review more.
///
/// # Errors
/// Why the file has to be edited by hand.
pub fn sign(files: &[File], knowledge: &Knowledge, id: &str, by: &Signature) -> Result<File, String> {
    let claim = knowledge.claim(id).ok_or_else(|| format!("there is no claim `{id}`"))?;
    let place = &claim.at.review;
    let by_hand = |why: &str| format!("{place}: {why}; write `review: {}` there by hand", flow(claim, by));
    let position = files.iter().position(|(path, _)| *path == place.file);
    let position = position.ok_or_else(|| by_hand("the file is not there"))?;
    let text = &files[position].1;
    let at = offset(text, place).ok_or_else(|| by_hand("the place is not in the file"))?;
    let signed = if text[at..].starts_with('{') {
        let end = flow_end(&text[at..]).ok_or_else(|| by_hand("the review has no simple layout"))?;
        splice(text, at..at + end, &flow(claim, by))
    } else {
        block(text, at, &entries(claim, by)).ok_or_else(|| by_hand("the review has no simple layout"))?
    };
    let mut changed = files.to_vec();
    changed[position].1 = signed;
    let read = Knowledge::parse(&changed).map_err(|_| by_hand("the file could not be read any more"))?;
    if !differ_by_review(knowledge, &read, id) {
        return Err(by_hand("more than this review would change"));
    }
    Ok(changed.swap_remove(position))
}

/// The keys of a review with their values, as YAML has them.
fn entries(claim: &Claim, by: &Signature) -> [(&'static str, String); 5] {
    [
        ("status", "reviewed".to_owned()),
        ("by", serde_json::Value::from(by.by.as_str()).to_string()),
        ("on", by.on.to_string()),
        ("next", by.next.to_string()),
        // A digest of digits alone would be read as a number.
        ("of", format!("\"{}\"", claim.digest())),
    ]
}

/// A review in one line.
fn flow(claim: &Claim, by: &Signature) -> String {
    let entries = entries(claim, by).map(|(key, value)| format!("{key}: {value}"));
    format!("{{{}}}", entries.join(", "))
}

/// The byte at which a place stands. Places are counted without a byte-order
/// mark.
fn offset(text: &str, place: &Place) -> Option<usize> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let before: usize =
        text[mark..].split_inclusive('\n').take(place.line.checked_sub(1)?).map(str::len).sum();
    let line = text.get(mark + before..)?.lines().next()?;
    let (column, _) = line.char_indices().nth(place.column.checked_sub(1)?)?;
    Some(mark + before + column)
}

fn splice(text: &str, range: Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

/// Where a `{…}` ends that the text begins with; none where it holds another,
/// or a comment, which would be lost.
fn flow_end(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = text.get(at..)?;
        at += match rest.chars().next()? {
            '}' => return Some(at + 1),
            '"' | '\'' => quoted_end(rest)?,
            '{' | '#' | '&' | '*' => return None,
            other => other.len_utf8(),
        };
    }
}

/// Where a text in quotes ends that the text begins with: after `\"` a
/// double-quoted one goes on, after `''` a single-quoted one.
fn quoted_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let (_, quote) = chars.next()?;
    while let Some((at, c)) = chars.next() {
        let escapes =
            if quote == '"' { c == '\\' } else { c == quote && chars.peek().is_some_and(|n| n.1 == quote) };
        if escapes {
            chars.next();
        } else if c == quote {
            return Some(at + 1);
        }
    }
    None
}

/// The text with the entries of a review that stands in lines of its own,
/// `key: value`, beginning at a byte. Values are replaced where they stand,
/// with the comments after them; what is new follows the last line.
fn block(text: &str, at: usize, entries: &[(&str, String)]) -> Option<String> {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let indent = &text[start..at];
    if !indent.chars().all(|c| c == ' ') {
        return None;
    }
    let end_of_line = if text[at..].contains("\r\n") { "\r\n" } else { "\n" };
    let mut written = text[..start].to_owned();
    let mut missing: Vec<&(&str, String)> = entries.iter().collect();
    let mut after = start;
    let mut pending = String::new();
    let mut position = start;
    for line in text[start..].split_inclusive('\n') {
        position += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        if content.trim().is_empty() || content.trim_start().starts_with('#') {
            pending.push_str(line);
            continue;
        }
        let Some(entry) = content.strip_prefix(indent).filter(|rest| !rest.starts_with(' ')) else { break };
        let (key, value) = entry.split_once(':')?;
        let known = missing.iter().position(|(name, _)| *name == key)?;
        let (_, new) = missing.remove(known);
        let comment = scalar_end(value)?;
        written.push_str(&std::mem::take(&mut pending));
        let line_end = &line[content.len()..];
        let _ = write!(written, "{indent}{key}: {new}{}{line_end}", &value[comment..]);
        after = position;
    }
    if !written.ends_with('\n') {
        written.push_str(end_of_line);
    }
    for (key, value) in missing {
        let _ = write!(written, "{indent}{key}: {value}{end_of_line}");
    }
    written.push_str(&text[after..]);
    Some(written)
}

/// Where the value of an entry ends, before the blank space of a comment; none
/// where it is no plain or quoted text in one line.
fn scalar_end(value: &str) -> Option<usize> {
    let start = value.len() - value.trim_start().len();
    let rest = &value[start..];
    let length = match rest.chars().next()? {
        '"' | '\'' => quoted_end(rest)?,
        '|' | '>' | '&' | '*' | '{' | '[' | '!' | '#' => return None,
        _ => rest.find(" #").unwrap_or(rest.len()),
    };
    let trimmed = rest[..length].trim_end().len();
    let left = rest[length..].trim_start();
    (left.is_empty() || left.starts_with('#')).then_some(start + trimmed)
}

/// Whether two readings differ in the review of one claim alone, which now
/// holds.
fn differ_by_review(before: &Knowledge, after: &Knowledge, id: &str) -> bool {
    fn same(a: &Claim, b: &Claim) -> bool {
        let texts = |claim: &Claim| {
            let lists = [&claim.asks, &claim.affirms, &claim.denies, &claim.related, &claim.overlaps];
            lists.map(|list| list.iter().map(|l| l.text.clone()).collect::<Vec<_>>())
        };
        let rest = |claim: &Claim| (claim.id.clone(), claim.handover, claim.personal, claim.expires);
        rest(a) == rest(b) && a.digest() == b.digest() && texts(a) == texts(b)
    }
    before.claims.len() == after.claims.len()
        && before
            .claims
            .iter()
            .zip(&after.claims)
            .all(|(a, b)| same(a, b) && if a.id == id { b.is_reviewed() } else { a.review == b.review })
}
