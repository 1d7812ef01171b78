//! Word groups, frames and signs: every pattern is read here, and every group
//! that one names is looked for.

use std::collections::{BTreeMap, BTreeSet};

use super::pattern::{self, Pattern, groups_in};
use super::{Frames, Sign, SignKind};
use crate::diagnostic::{Diagnostic, Place};
use crate::knowledge::check_unique_ids;
use crate::knowledge::reader::{Fields, Findings, Located, text, wrong_type};
use crate::knowledge::tree::{self, Node, Value};

pub(super) fn missing(place: &Place, code: &'static str, message: String) -> Diagnostic {
    Diagnostic::error(code, place.clone(), message, "`askwell init DIR` writes a complete file to start from")
}

/// The entries of a group of keys that the author named, or a finding.
pub(super) fn entries(node: Option<Node>, what: &str, findings: &mut Findings) -> Vec<(tree::Key, Node)> {
    let Some(node) = node else { return Vec::new() };
    let Value::Map(entries) = node.value else {
        findings.push(wrong_type(&node, what, "a group of keys"));
        return Vec::new();
    };
    check_unique_ids(what, entries.iter().map(|(k, _)| (k.name.as_str(), &k.place)), findings);
    entries
}

/// Reads groups and patterns, and remembers which groups were named where.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) groups: BTreeMap<String, Vec<String>>,
    named: Vec<(String, Place)>,
}

impl Reader {
    /// A line of entries, separated by commas.
    pub(super) fn entries(&mut self, line: &Located, findings: &mut Findings) -> Vec<String> {
        let mut entries = Vec::new();
        for part in line.text.split(',') {
            match pattern::entry(part) {
                Ok(entry) => {
                    self.name(&entry, &line.place);
                    entries.push(entry);
                }
                Err(why) => findings.push(bad_pattern(why, &line.place)),
            }
        }
        entries
    }

    fn name(&mut self, entry: &str, place: &Place) {
        self.named.extend(groups_in(entry).map(|name| (name.to_owned(), place.clone())));
    }

    pub(super) fn groups(&mut self, node: Option<Node>, findings: &mut Findings) {
        for (key, node) in entries(node, "a word group", findings) {
            let what = format!("group `{}`", key.name);
            let lines = match node.value {
                Value::List(lines) => lines,
                _ => vec![node],
            };
            let lines: Vec<Located> = lines.into_iter().filter_map(|l| text(l, &what, findings)).collect();
            let entries: Vec<String> = lines.iter().flat_map(|line| self.entries(line, findings)).collect();
            if entries.is_empty() {
                findings.push(missing(&key.place, "blank", format!("{what} holds no word")));
            }
            if self.groups.insert(key.name, entries).is_some() {
                findings.push(missing(&key.place, "duplicate-id", format!("{what} exists twice")));
            }
        }
    }

    fn patterns(&mut self, node: Option<Node>, what: &str, findings: &mut Findings) -> Vec<Pattern> {
        let lines = match node {
            None => Vec::new(),
            Some(Node { value: Value::List(lines), .. }) => lines,
            Some(node) => vec![node],
        };
        let mut patterns = Vec::new();
        for line in lines {
            let Some(line) = text(line, what, findings) else { continue };
            match pattern::parse(&line.text) {
                Ok(parsed) => {
                    for entry in parsed.iter().flat_map(|p| &p.steps).flat_map(|s| &s.any) {
                        self.name(entry, &line.place);
                    }
                    patterns.extend(parsed);
                }
                Err(why) => findings.push(bad_pattern(why, &line.place)),
            }
        }
        patterns
    }

    pub(super) fn frames(&mut self, node: Option<Node>, findings: &mut Findings) -> Frames {
        let Some(mut fields) = node.and_then(|n| Fields::open(n, "list of frames", findings)) else {
            return Frames::default();
        };
        let mut frame = |name| self.patterns(fields.take(name), "a frame", findings);
        let frames = Frames {
            idioms: frame("idioms"),
            principle: frame("principle"),
            brief: frame("brief"),
            history: frame("history"),
            candidacy: frame("candidacy"),
            recent: frame("recent"),
            present: frame("present"),
        };
        fields.close(findings);
        frames
    }

    pub(super) fn signs(&mut self, node: Option<Node>, findings: &mut Findings) -> Vec<Sign> {
        let mut signs = Vec::new();
        for (key, node) in entries(node, "a sign", findings) {
            let Some(mut fields) = Fields::open(node, &format!("sign `{}`", key.name), findings) else {
                continue;
            };
            let kind = match fields.text("kind", findings) {
                None => SignKind::Symptom,
                Some(kind) => match kind.text.as_str() {
                    "symptom" => SignKind::Symptom,
                    "condition" => SignKind::Condition,
                    "context" => SignKind::Context,
                    other => {
                        findings
                            .push(bad_pattern(format!("there is no kind `{other}` of sign"), &kind.place));
                        continue;
                    }
                },
            };
            let patterns = self.patterns(fields.take("words"), "a pattern", findings);
            let unless = self.patterns(fields.take("unless"), "a pattern", findings);
            if patterns.is_empty() {
                fields.missing("words", findings);
            }
            fields.close(findings);
            signs.push(Sign { id: key.name, kind, patterns, unless });
        }
        signs
    }

    /// Reports groups that do not exist, and groups that hold themselves.
    pub(super) fn check(&self, findings: &mut Findings) {
        for (name, place) in &self.named {
            if !self.groups.contains_key(name) {
                findings.push(Diagnostic::error(
                    "unknown-group",
                    place.clone(),
                    format!("there is no word group `{name}`"),
                    "add it under `groups`, or mend its name",
                ));
            } else if reaches(&self.groups, name, name, &mut BTreeSet::new()) {
                findings.push(bad_pattern(format!("group `{name}` holds itself"), place));
            }
        }
    }
}

/// Whether group `from` holds group `goal`, directly or through others.
fn reaches<'a>(
    groups: &'a BTreeMap<String, Vec<String>>,
    from: &'a str,
    goal: &str,
    seen: &mut BTreeSet<&'a str>,
) -> bool {
    let mut inner = groups.get(from).into_iter().flatten().flat_map(|e| groups_in(e));
    inner.any(|name| name == goal || (seen.insert(name) && reaches(groups, name, goal, seen)))
}

fn bad_pattern(why: String, place: &Place) -> Diagnostic {
    let help = "write words, {groups}, (one|or another), and `_`, `..`, `&` between them";
    Diagnostic::error("pattern", place.clone(), why, help)
}
