//! A YAML file as a tree of nodes with their places.
//!
//! The only file that knows the YAML library. A derived reader stops at the
//! first error of a file; this tree is read as a whole and then validated, so
//! that one run reports every finding.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use serde_yaml::options::DuplicateKeyPolicy;

use crate::diagnostic::{Diagnostic, Place};
use crate::limits;

/// A value and where it stands in its file.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) place: Place,
}

/// What a node holds. Numbers stay as they were written, because nothing in
/// the format is computed with except a few small integers.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    List(Vec<Node>),
    /// Entries in the order of the file, repeated keys included.
    Map(Vec<(Key, Node)>),
}

/// A key and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) place: Place,
}

impl Value {
    /// What it is, for a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a group of keys",
        }
    }
}

/// Parses one file.
///
/// # Errors
/// A diagnostic with the position of a syntax error, or of what breaks a bound
/// (nesting, repeated aliases).
pub(crate) fn parse(file: &str, text: &str) -> Result<Node, Diagnostic> {
    // A byte-order mark is what some editors on Windows leave.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: limits::YAML_REPEATS },
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(root) => Ok(node(root, file)),
        Err(error) => {
            let place = error.location().map_or_else(|| Place::file(file), |l| place(file, l));
            Err(Diagnostic::error(
                "yaml-syntax",
                place,
                format!("not readable as YAML: {}", first_line(&error.without_snippet().to_string())),
                "mend this line: indent with blanks, quote texts that hold `: ` or ` #`",
            ))
        }
    }
}

/// The message without its own "line 1 column 2:" prefix, which the place
/// already says.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    match line.split_once(": ") {
        Some((position, rest)) if position.starts_with("line ") => rest.to_owned(),
        _ => line.to_owned(),
    }
}

fn place(file: &str, location: serde_yaml::Location) -> Place {
    let at = |n: u64| usize::try_from(n).unwrap_or(0);
    Place { file: file.to_owned(), line: at(location.line()), column: at(location.column()) }
}

fn node(raw: Spanned<Raw>, file: &str) -> Node {
    let at = place(file, raw.referenced);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(b) => Value::Bool(b),
        Raw::Integer(i) => Value::Integer(i),
        Raw::Text(t) => Value::Text(t),
        Raw::List(items) => Value::List(items.into_iter().map(|n| node(n, file)).collect()),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(k, v)| {
                    let key = Key { place: place(file, k.referenced), name: k.value };
                    (key, node(v, file))
                })
                .collect(),
        ),
    };
    Node { value, place: at }
}

/// The tree as the YAML library hands it over.
enum Raw {
    Null,
    Bool(bool),
    Integer(i64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(i64::try_from(value).map_or_else(|_| Raw::Text(value.to_string()), Raw::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.chars().take(limits::YAML_TEXT_CHARS + 1).collect()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}
