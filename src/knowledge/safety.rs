//! `safety.yaml`: red flags, their levels, the fixed texts.
//!
//! Holds the rules as a clinician wrote them, validated: every group and sign
//! that a rule names exists, every level has its text. Refuses to match
//! anything; `crate::safety` does that.

mod pattern;
mod wording;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::reader::{Fields, Findings, text};
use super::tree::{self, Node};
use super::{check_unique_ids, read_id};
use crate::diagnostic::{self, Diagnostic, Place};

use wording::{Reader, entries, missing};

pub use pattern::{NUMBER, Pattern, STEPS, Step, YEAR};

/// How urgent a red flag is; the greatest comes first when several fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Emergency room or doctor today.
    Urgent,
    /// Poison control.
    Poison,
    /// Thoughts of self-harm.
    Crisis,
    /// Call the emergency number now.
    Emergency,
}

impl Level {
    /// All levels, the least first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::Poison, Self::Crisis, Self::Emergency];

    /// The level as files and the protocol name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Poison => "poison",
            Self::Crisis => "crisis",
            Self::Emergency => "911",
        }
    }

    /// The level that a word names.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// The groups of `grammar:`, which the screen itself reads; all must be there.
pub const ROLES: [&str; 15] = [
    "fillers",
    "negations",
    "not-negations",
    "links",
    "lists",
    "breaks",
    "subjects",
    "asks",
    "futures",
    "owners",
    "verbs",
    "looks-back",
    "nopes",
    "joins",
    "prepositions",
];

/// The name that stands in `when` for any sign that is no context.
pub const ANY_SIGN: &str = "any-sign";

/// A message that teaches the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyExample {
    /// What somebody writes.
    pub text: String,
    /// What it calls for; nothing where it is harmless.
    pub level: Option<Level>,
    /// Whether it was written by somebody who had not seen the rules: only then
    /// it tells how far the rules can be trusted.
    pub fresh: bool,
}

/// The red flags and their fixed texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SafetyRules {
    /// What is said at each level; may hold `{emergency}`, `{crisis}`,
    /// `{poison}` for the practice's numbers.
    pub texts: BTreeMap<Level, String>,
    /// One line for each level that follows in the next replies; the same placeholders.
    pub reminders: BTreeMap<Level, String>,
    /// Word groups by name, those of `grammar:` ([`ROLES`]) included. Entries
    /// are folded: a word, `begin*`, several words, or `{group}`.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Words that are spelled right though no dictionary has them.
    pub familiar: Vec<String>,
    /// What keeps a sign from counting.
    pub frames: Frames,
    /// The signs, in the order of the file.
    pub signs: Vec<Sign>,
    /// The red flags, in the order of the file.
    pub flags: Vec<Flag>,
}

/// Turns of phrase that keep a sign from counting.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Frames {
    /// Fixed expressions: their words mean something else.
    pub idioms: Vec<Pattern>,
    /// Openings of questions of principle and of hearsay: they hold to the end
    /// of the statement.
    pub principle: Vec<Pattern>,
    /// The same, for openings that also begin other requests ("can I get …"):
    /// they hold for the next two words.
    pub brief: Vec<Pattern>,
    /// What puts a sign into the distant past.
    pub history: Vec<Pattern>,
    /// Questions of whether somebody may be treated.
    pub candidacy: Vec<Pattern>,
    /// What makes a sign recent although the past is spoken of too.
    pub recent: Vec<Pattern>,
    /// What says that it is happening now, whatever the message asks.
    pub present: Vec<Pattern>,
}

/// How a sign is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignKind {
    /// Something that somebody notices.
    Symptom,
    /// Something that one may also have had for years: does not count beside
    /// a question of whether one may be treated.
    Condition,
    /// A circumstance: counts in every frame, and only together with signs.
    Context,
}

/// Something that people write, in all its wordings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sign {
    /// Its name.
    pub id: String,
    /// How it is read.
    pub kind: SignKind,
    /// Its wordings.
    pub patterns: Vec<Pattern>,
    /// What keeps it from counting in the same sentence.
    pub unless: Vec<Pattern>,
}

/// A red flag: a level, and the signs that call for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flag {
    /// Its id.
    pub id: String,
    /// What it is about, for a clinician.
    pub about: String,
    /// Its level.
    pub level: Level,
    /// It is raised when all signs of one of these are there.
    pub when: Vec<Vec<String>>,
    /// Messages that must raise it.
    pub fires: Vec<String>,
    /// Messages that must raise nothing.
    pub silent: Vec<String>,
}

impl SafetyRules {
    /// Reads a `safety.yaml` by itself, for tools and tests.
    ///
    /// # Errors
    /// All findings, if any of them is an error.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Findings::new();
        let rules = match tree::parse(file, text) {
            Ok(root) => read(root, &mut findings),
            Err(finding) => return Err(vec![finding]),
        };
        match rules {
            Some(rules) if !diagnostic::has_errors(&findings) => Ok(rules),
            _ => Err(findings),
        }
    }
}

/// Reads `safety-examples.yaml`: messages by level, and the harmless ones.
pub(super) fn read_examples(root: Node, findings: &mut Findings) -> Vec<SafetyExample> {
    let Some(mut top) = Fields::open(root, "file", findings) else { return Vec::new() };
    let mut examples = Vec::new();
    for (key, fresh) in [("fresh", true), ("known", false)] {
        let Some(node) = top.take(key) else { continue };
        let Some(mut group) = Fields::open(node, key, findings) else { continue };
        let levels = Level::ALL.map(|level| (level.word(), Some(level)));
        for (name, level) in levels.into_iter().chain([(HARMLESS, None)]) {
            let texts = group.texts(name, findings).into_iter();
            examples.extend(texts.map(|located| SafetyExample { text: located.text, level, fresh }));
        }
        group.close(findings);
    }
    top.close(findings);
    examples
}

/// The key of the examples that must raise no alarm.
const HARMLESS: &str = "harmless";

pub(super) fn read(root: Node, findings: &mut Findings) -> Option<SafetyRules> {
    let place = root.place.clone();
    let mut top = Fields::open(root, "file", findings)?;
    let texts = levels("levels", top.take("levels"), &place, findings);
    let reminders = levels("reminders", top.take("reminders"), &place, findings);
    let mut reader = Reader::default();
    reader.groups(top.take("grammar"), findings);
    for role in ROLES {
        if !reader.groups.contains_key(role) {
            findings.push(missing(&place, "missing-role", format!("`grammar` has no `{role}`")));
        }
    }
    reader.groups(top.take("groups"), findings);
    let familiar = top.texts("familiar", findings);
    let familiar = familiar.iter().flat_map(|line| reader.entries(line, findings)).collect();
    let frames = reader.frames(top.take("frames"), findings);
    let signs = reader.signs(top.take("signs"), findings);
    let flags = flags(top.list("flags", findings), &signs, findings);
    top.close(findings);
    for (name, known, place) in [("signs", signs.len(), &place), ("flags", flags.len(), &place)] {
        if known == 0 {
            findings.push(missing(place, "missing-key", format!("this file has no `{name}`")));
        }
    }
    reader.check(findings);
    Some(SafetyRules { texts, reminders, groups: reader.groups, familiar, frames, signs, flags })
}

/// A text for each level, under a `key` of the file.
fn levels(key: &str, node: Option<Node>, place: &Place, findings: &mut Findings) -> BTreeMap<Level, String> {
    let mut texts = BTreeMap::new();
    for (name, node) in entries(node, &format!("`{key}`"), findings) {
        match Level::of(&name.name) {
            Some(level) => {
                let said = text(node, &format!("the text of level `{}`", name.name), findings);
                texts.extend(said.map(|said| (level, said.text)));
            }
            None => findings.push(unknown_level(&name.name, name.place)),
        }
    }
    for level in Level::ALL.into_iter().filter(|level| !texts.contains_key(level)) {
        findings.push(missing(
            place,
            "missing-level",
            format!("level `{}` has no text in `{key}`", level.word()),
        ));
    }
    texts
}

fn unknown_level(word: &str, place: Place) -> Diagnostic {
    let known = Level::ALL.map(Level::word).join(", ");
    Diagnostic::error(
        "unknown-level",
        place,
        format!("there is no level `{word}`"),
        format!("levels are {known}"),
    )
}

/// The name in `{name}`.
pub(crate) fn group_name(entry: &str) -> Option<&str> {
    entry.strip_prefix('{').and_then(|e| e.strip_suffix('}'))
}

fn flags(items: Vec<Node>, signs: &[Sign], findings: &mut Findings) -> Vec<Flag> {
    let flags: Vec<(Flag, Place)> =
        items.into_iter().filter_map(|item| flag(item, signs, findings)).collect();
    check_unique_ids("flag", flags.iter().map(|(f, p)| (f.id.as_str(), p)), findings);
    flags.into_iter().map(|(f, _)| f).collect()
}

fn flag(node: Node, signs: &[Sign], findings: &mut Findings) -> Option<(Flag, Place)> {
    let mut fields = Fields::open(node, "flag", findings)?;
    let id = read_id(&mut fields, findings);
    if let Some(id) = &id {
        fields.rename(format!("flag `{}`", id.text));
    }
    let about = fields.required("about", findings);
    let word = fields.required("level", findings);
    let level = word.and_then(|w| {
        let level = Level::of(&w.text);
        if level.is_none() {
            findings.push(unknown_level(&w.text, w.place));
        }
        level
    });
    let lines = fields.texts("when", findings);
    if lines.is_empty() {
        fields.missing("when", findings);
    }
    let mut when = Vec::new();
    for line in lines {
        let names: Vec<String> = line.text.split('+').map(|n| n.trim().to_owned()).collect();
        for name in &names {
            if name != ANY_SIGN && !signs.iter().any(|s| s.id == *name) {
                let message = format!("there is no sign `{name}`");
                let help = "add it under `signs`, or mend its name; `a + b` wants both";
                findings.push(Diagnostic::error("unknown-sign", line.place.clone(), message, help));
            }
        }
        when.push(names);
    }
    let mut messages = |name| fields.texts(name, findings).into_iter().map(|m| m.text).collect();
    let (fires, silent) = (messages("fires"), messages("silent"));
    fields.close(findings);
    let id = id?;
    let flag = Flag { id: id.text, about: about?.text, level: level?, when, fires, silent };
    Some((flag, id.place))
}

#[cfg(test)]
mod tests;
