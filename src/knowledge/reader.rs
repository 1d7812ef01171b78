//! Reading a group of keys: each field once, by name and type, with a finding
//! for everything that is missing, unknown, repeated or of the wrong type.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Place};
use crate::limits;
use crate::text::normalize::is_unsafe_to_show;

use super::tree::{Key, Node, Value};

/// The findings of a run, in the order in which they were made.
pub(super) type Findings = Vec<Diagnostic>;

/// A text of the knowledge and where it stands. Places are for findings about
/// the files: the compiled form, which is made of files without any, has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// The text, trimmed.
    pub text: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// The fields of one group that have not been read yet.
pub(super) struct Fields {
    place: Place,
    /// What the group is, for messages: "claim `baby-men`", "source".
    what: String,
    entries: Vec<(Key, Node)>,
    known: Vec<&'static str>,
}

impl Fields {
    /// Opens a group; reports anything else and keys that stand twice.
    pub(super) fn open(node: Node, what: &str, findings: &mut Findings) -> Option<Self> {
        let Value::Map(entries) = node.value else {
            findings.push(wrong_type(&node, what, "a group of keys"));
            return None;
        };
        let mut unique: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            if let Some((first, _)) = unique.iter().find(|(k, _)| k.name == key.name) {
                findings.push(Diagnostic::error(
                    "duplicate-key",
                    key.place,
                    format!("`{}` stands twice in this {what}", key.name),
                    format!("keep one; the first is in line {}", first.place.line),
                ));
            } else {
                unique.push((key, value));
            }
        }
        Some(Self { place: node.place, what: what.to_owned(), entries: unique, known: Vec::new() })
    }

    /// Where the group stands.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Where the value of a field stands.
    pub(super) fn place_of(&self, name: &str) -> Option<&Place> {
        self.entries.iter().find(|(k, _)| k.name == name).map(|(_, value)| &value.place)
    }

    /// Names the group in later messages, once its id is known.
    pub(super) fn rename(&mut self, what: String) {
        self.what = what;
    }

    /// Takes a field out, whatever its type; `null` counts as blank, not as
    /// absent.
    pub(super) fn take(&mut self, name: &'static str) -> Option<Node> {
        self.known.push(name);
        let at = self.entries.iter().position(|(k, _)| k.name == name)?;
        Some(self.entries.remove(at).1)
    }

    /// Whether a field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(k, _)| k.name == name)
    }

    /// A text that may be absent but not blank.
    pub(super) fn text(&mut self, name: &'static str, findings: &mut Findings) -> Option<Located> {
        let node = self.take(name)?;
        text(node, &format!("`{name}` of this {}", self.what), findings)
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, name: &'static str, findings: &mut Findings) -> Option<Located> {
        if !self.has(name) {
            self.known.push(name);
            self.missing(name, findings);
            return None;
        }
        self.text(name, findings)
    }

    /// Reports that a field is missing.
    pub(super) fn missing(&self, name: &str, findings: &mut Findings) {
        findings.push(Diagnostic::error(
            "missing-key",
            self.place.clone(),
            format!("this {} has no `{name}`", self.what),
            format!("add `{name}: …`"),
        ));
    }

    /// `true` or `false`; absent is false.
    pub(super) fn flag(&mut self, name: &'static str, findings: &mut Findings) -> bool {
        match self.take(name) {
            None => false,
            Some(Node { value: Value::Bool(value), .. }) => value,
            Some(node) => {
                findings.push(wrong_type(&node, &format!("`{name}`"), "`true` or `false`"));
                false
            }
        }
    }

    /// A whole number.
    pub(super) fn integer(&mut self, name: &'static str, findings: &mut Findings) -> Option<i64> {
        match self.take(name)? {
            Node { value: Value::Integer(value), .. } => Some(value),
            node => {
                findings.push(wrong_type(&node, &format!("`{name}`"), "a whole number"));
                None
            }
        }
    }

    /// A list of texts; absent is empty, blank items are findings.
    pub(super) fn texts(&mut self, name: &'static str, findings: &mut Findings) -> Vec<Located> {
        let what = format!("`{name}` of this {}", self.what);
        self.list(name, findings)
            .into_iter()
            .filter_map(|node| text(node, &format!("an entry in {what}"), findings))
            .collect()
    }

    /// A list of anything; absent is empty.
    pub(super) fn list(&mut self, name: &'static str, findings: &mut Findings) -> Vec<Node> {
        match self.take(name) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                findings.push(wrong_type(&node, &format!("`{name}` of this {}", self.what), "a list"));
                Vec::new()
            }
        }
    }

    /// A date, `YYYY-MM-DD`.
    pub(super) fn date(&mut self, name: &'static str, findings: &mut Findings) -> Option<jiff::civil::Date> {
        let given = self.text(name, findings)?;
        given.text.parse().map_or_else(
            |_| {
                findings.push(Diagnostic::error(
                    "date",
                    given.place.clone(),
                    format!("`{}` is no date", given.text),
                    "write it as year, month, day: 2026-11-23",
                ));
                None
            },
            Some,
        )
    }

    /// An address, `https` only.
    pub(super) fn url(&mut self, name: &'static str, findings: &mut Findings) -> Option<String> {
        let given = self.text(name, findings)?;
        let host = given.text.strip_prefix("https://").unwrap_or_default();
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        let spelled = given.text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"'));
        if !host.contains('.') || !spelled {
            findings.push(Diagnostic::error(
                "url-not-https",
                given.place,
                format!("`{}` is not an https address", given.text),
                "give the full address, beginning with https://, without blanks",
            ));
            return None;
        }
        Some(given.text)
    }

    /// Reports every field that nobody asked for.
    pub(super) fn close(self, findings: &mut Findings) {
        for (key, _) in self.entries {
            let near = self
                .known
                .iter()
                .map(|k| (strsim::osa_distance(k, &key.name), *k))
                .min()
                .filter(|(edits, _)| *edits <= 2);
            let help = match near {
                Some((_, name)) => format!("did you mean `{name}`?"),
                None => format!("known here: {}", self.known.join(", ")),
            };
            findings.push(Diagnostic::error(
                "unknown-key",
                key.place,
                format!("unknown key `{}` in this {}", key.name, self.what),
                help,
            ));
        }
    }
}

/// The text of a node, trimmed; reports wrong types, blanks and over-long
/// texts. A bare number or `yes` is taken as the text that it looks like.
pub(super) fn text(node: Node, what: &str, findings: &mut Findings) -> Option<Located> {
    let value = match &node.value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::List(_) | Value::Map(_) => {
            findings.push(wrong_type(&node, what, "a text"));
            return None;
        }
    };
    if value.is_empty() {
        findings.push(Diagnostic::error(
            "blank",
            node.place,
            format!("{what} is blank"),
            "write the text, or remove the key",
        ));
        return None;
    }
    if value.chars().count() > limits::KNOWLEDGE_TEXT_CHARS {
        findings.push(Diagnostic::error(
            "too-long",
            node.place,
            format!("{what} is longer than {} characters", limits::KNOWLEDGE_TEXT_CHARS),
            "split it, or say it in fewer words",
        ));
        return None;
    }
    if value.chars().any(is_unsafe_to_show) {
        findings.push(Diagnostic::error(
            "control-character",
            node.place,
            format!("{what} holds a control character"),
            "remove it; it can change what a terminal shows",
        ));
        return None;
    }
    Some(Located { text: value, place: node.place })
}

/// A finding about a value of the wrong type.
pub(super) fn wrong_type(node: &Node, what: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(
        "wrong-type",
        node.place.clone(),
        format!("{what} is {}, expected {expected}", node.value.kind()),
        format!("write {expected}; a text that looks like something else goes in quotes"),
    )
}
