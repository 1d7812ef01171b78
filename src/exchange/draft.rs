//! Entries that were brought in from elsewhere: not yet knowledge. A draft may
//! lack what an entry must have; `askwell check` then says so.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::text::Utterance;

/// The columns of a table of entries, which are also the keys of a claim.
pub const COLUMNS: [&str; 16] = [
    "id", "title", "claim", "verdict", "answer", "why", "sources", "handover", "asks", "affirms", "denies",
    "related", "overlaps", "personal", "expires", "review",
];

/// An entry as far as it could be carried over; empty where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its id; made of the title where there was none.
    pub id: String,
    /// The neutral question.
    pub title: String,
    /// How people put it.
    pub claim: String,
    /// `true`, `false` or `depends`.
    pub verdict: String,
    /// The answer.
    pub answer: String,
    /// Why people believe the claim.
    pub why: String,
    /// Ids of sources, each with a section or none.
    pub sources: Vec<(String, Option<String>)>,
    /// No source settles it.
    pub handover: bool,
    /// Open questions.
    pub asks: Vec<String>,
    /// In the direction of the claim.
    pub affirms: Vec<String>,
    /// In the opposite direction.
    pub denies: Vec<String>,
    /// Ids worth reading next.
    pub related: Vec<String>,
    /// Ids so close that either answer serves.
    pub overlaps: Vec<String>,
    /// The answer depends on the person.
    pub personal: bool,
    /// The last day on which it is shown, as written.
    pub expires: String,
}

/// What an import gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The entries, in their order.
    pub drafts: Vec<Draft>,
    /// What could not be carried over, a sentence each.
    pub lost: Vec<String>,
}

impl Drafts {
    /// Makes ids where there are none, each once, and takes the title for a
    /// phrasing where there is no other.
    pub(super) fn completed(mut self) -> Self {
        let mut taken: BTreeSet<String> =
            self.drafts.iter().map(|d| d.id.clone()).filter(|id| !id.is_empty()).collect();
        for draft in &mut self.drafts {
            if draft.id.is_empty() {
                draft.id = free(&slug(&draft.title), &mut taken);
            }
            let phrased = [&draft.asks, &draft.affirms, &draft.denies].iter().any(|list| !list.is_empty());
            if !phrased && !draft.title.is_empty() {
                draft.asks.push(draft.title.clone());
            }
        }
        self
    }

    /// The drafts as a file of claims, all of them pending.
    #[must_use]
    pub fn yaml(&self, origin: &str) -> String {
        let origin: String = origin.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut file = format!("# Drafts from {origin}. Nobody has reviewed them.\nclaims:\n");
        if self.drafts.is_empty() {
            file.insert_str(file.len() - 1, " []");
        }
        for draft in &self.drafts {
            entry(&mut file, draft);
        }
        file
    }
}

fn entry(file: &mut String, draft: &Draft) {
    let _ = writeln!(file, "  - id: {}", scalar(&draft.id));
    for (key, text) in [
        ("title", &draft.title),
        ("claim", &draft.claim),
        ("verdict", &draft.verdict),
        ("answer", &draft.answer),
        ("why", &draft.why),
    ] {
        if !text.is_empty() {
            let _ =
                writeln!(file, "    {key}: {}", if key == "verdict" { text.clone() } else { value(text) });
        }
    }
    if !draft.sources.is_empty() {
        file.push_str("    sources:\n");
    }
    for (source, section) in &draft.sources {
        let _ = write!(file, "      - source: {}", scalar(source));
        if let Some(section) = section {
            let _ = write!(file, "\n        section: {}", scalar(section));
        }
        file.push('\n');
    }
    if draft.handover {
        file.push_str("    handover: true\n");
    }
    for (key, list) in [
        ("asks", &draft.asks),
        ("affirms", &draft.affirms),
        ("denies", &draft.denies),
        ("related", &draft.related),
        ("overlaps", &draft.overlaps),
    ] {
        if !list.is_empty() {
            let _ = writeln!(file, "    {key}:");
        }
        for item in list {
            let _ = writeln!(file, "      - {}", scalar(item));
        }
    }
    if draft.personal {
        file.push_str("    personal: true\n");
    }
    if !draft.expires.is_empty() {
        let _ = writeln!(file, "    expires: {}", scalar(&draft.expires));
    }
    file.push_str("    review: {status: pending}\n");
}

/// Columns at which long texts are wrapped.
const WIDTH: usize = 100;

/// A text of any length as the value of a key in an entry.
fn value(text: &str) -> String {
    let printable = !text.chars().any(|c| c.is_control() && c != '\n');
    let folds = text.split(' ').all(|word| !word.is_empty()) && !text.contains('\n');
    let stands = text.lines().all(|line| !line.starts_with([' ', '\t'])) && !text.ends_with('\n');
    let block = |opening: &str, lines: &mut dyn Iterator<Item = &str>| {
        let indented = lines.map(|l| if l.is_empty() { String::new() } else { format!("      {l}") });
        format!("{opening}\n{}", indented.collect::<Vec<_>>().join("\n"))
    };
    if !printable || text.starts_with(' ') {
        scalar(text)
    } else if text.len() > WIDTH && folds {
        let wrapped = wrap(text);
        block(">-", &mut wrapped.iter().map(String::as_str))
    } else if text.contains('\n') && stands {
        block("|-", &mut text.lines())
    } else {
        scalar(text)
    }
}

/// Lines of words, no wider than [`WIDTH`] if a word is not.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.len() - 1;
        if lines[line].is_empty() {
            lines[line].push_str(word);
        } else if lines[line].len() + word.len() < WIDTH {
            lines[line].push(' ');
            lines[line].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A text in one line: bare where YAML reads it as itself, else in quotes
/// (JSON's are YAML's too).
pub(super) fn scalar(text: &str) -> String {
    const MEANING: [&str; 12] =
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf", "infinity"];
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || " ,.'’?!()/-%$+".contains(c))
        && !text.ends_with(' ')
        && !MEANING.contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// Longest id.
const ID_BYTES: usize = 64;

/// An id made of a text: its words with hyphens between them.
pub(super) fn slug(text: &str) -> String {
    let words = Utterance::new(text).normalized();
    let mut slug: String = words
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
        .take(ID_BYTES - 4)
        .collect();
    while slug.contains("--") {
        slug = slug.replace("--", "-");
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "entry".to_owned() } else { slug.to_owned() }
}

/// The id, with a number if it is taken.
fn free(id: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = std::iter::once(id.to_owned()).chain((2..).map(|n| format!("{id}-{n}")));
    let free = numbered.into_iter().find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    //! Properties: every text that a draft holds is read back as it was; every
    //! id can be one.
    use super::*;
    use crate::knowledge::tree::{self, Value};
    use proptest::prelude::*;

    fn read_back(text: &str) -> Option<String> {
        let file = format!("  - answer: {}\n    next: x\n", value(text).replace("\n      ", "\n        "));
        let root = tree::parse("a.yaml", &file).ok()?;
        let Value::List(mut items) = root.value else { return None };
        let Value::Map(mut entries) = items.remove(0).value else { return None };
        match entries.remove(0).1.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "(\\PC|[ \n:#'\"\\-]){1,160}") {
            let trimmed = text.trim();
            prop_assume!(!trimmed.is_empty());
            prop_assert_eq!(read_back(trimmed), Some(trimmed.to_owned()));
        }

        #[test]
        fn every_id_can_be_one(text in any::<String>()) {
            let id = slug(&text);
            prop_assert!(!id.is_empty() && id.len() <= ID_BYTES);
            prop_assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        }
    }

    #[test]
    fn words_that_mean_something_in_yaml_are_quoted() {
        for text in ["yes", "No", "null", "12", "- a", "a: b", "a #b", "{a}", "*a", "&a", "2026-11-23", "~"] {
            assert_eq!(read_back(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn an_id_stands_once() {
        let titled = |title: &str| Draft { title: title.into(), ..Draft::default() };
        let drafts = vec![titled("Why?"), titled("why"), Draft { id: "why-2".into(), ..titled("Other") }];
        let ids: Vec<String> =
            Drafts { drafts, lost: Vec::new() }.completed().drafts.into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["why", "why-3", "why-2"]);
    }
}
