//! Rasa's training data (`nlu.yml`, format 3): an intent is a draft, its
//! examples are phrasings. Answers stand in Rasa's domain; those that are in
//! the same file, under `responses`, are taken along.

use super::super::draft::{Draft, Drafts, slug};
use crate::knowledge::tree::{self, Node, Value};
use crate::limits;

/// Reads a file of training data.
///
/// # Errors
/// What keeps it from being read at all, with the remedy.
pub fn import(file: &str, text: &str) -> Result<Drafts, String> {
    let root = tree::parse(file, text).map_err(|finding| format!("{finding}; {}", finding.help))?;
    let Some(entries) = get(&root, "nlu").and_then(list) else {
        return Err(
            "this file has no list `nlu`; name the nlu.yml of Rasa 3 (older files: `rasa data migrate`)"
                .to_owned(),
        );
    };
    let mut found = Drafts::default();
    for entry in entries {
        let named = ["intent", "synonym", "lookup", "regex"]
            .into_iter()
            .find_map(|kind| Some((kind, string(get(entry, kind)?)?)));
        match named {
            Some(("intent", name)) => intent(name, entry, &root, &mut found),
            Some((kind, name)) => found.lost.push(lost(kind, name, entry)),
            None => found.lost.push(format!("line {}: an entry without a name", entry.place.line)),
        }
    }
    for (key, _) in map(&root) {
        if !matches!(key.name.as_str(), "version" | "nlu" | "responses") {
            found.lost.push(format!("line {}: `{}`", key.place.line, key.name));
        }
    }
    Ok(found.completed())
}

fn intent(name: &str, entry: &Node, root: &Node, found: &mut Drafts) {
    let mut draft = Draft { id: slug(&name.replace(['_', '/'], " ")), ..Draft::default() };
    let written = get(entry, "examples");
    draft.asks = written.map(|node| examples(node, &mut found.lost)).unwrap_or_default();
    if draft.asks.iter().any(|example| is_annotated(example)) {
        found.lost.push(format!("intent `{name}`: its entities; the words stay"));
        for example in &mut draft.asks {
            *example = without_entities(example);
        }
    }
    for (key, _) in map(entry) {
        if !matches!(key.name.as_str(), "intent" | "examples") {
            found.lost.push(format!("intent `{name}`: `{}`", key.name));
        }
    }
    let responses = get(root, "responses").and_then(|r| get(r, &format!("utter_{name}"))).and_then(list);
    let texts: Vec<&str> =
        responses.unwrap_or_default().iter().filter_map(|r| get(r, "text").and_then(string)).collect();
    match texts.as_slice() {
        [] => {
            let help = "write `title` and `answer`";
            found.lost.push(format!("intent `{name}`: no answer is in this file; {help}"));
        }
        [answer, others @ ..] => {
            (*answer).trim().clone_into(&mut draft.answer);
            let others = if others.is_empty() { "" } else { ", and all answers but the first" };
            found.lost.push(format!("intent `{name}`: no `title`, no source{others}"));
        }
    }
    found.drafts.push(draft);
}

/// The examples of an intent: lines that begin with "- " in one text, or a
/// list of texts.
fn examples(node: &Node, lost: &mut Vec<String>) -> Vec<String> {
    match &node.value {
        Value::Text(text) => {
            if text.chars().count() > limits::YAML_TEXT_CHARS {
                lost.push(format!("line {}: examples beyond the limit of one text", node.place.line));
            }
            let lines = text.lines().filter_map(|line| line.trim().strip_prefix('-'));
            lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        }
        Value::List(items) => items
            .iter()
            .filter_map(|item| string(item).or_else(|| get(item, "text").and_then(string)))
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

fn lost(kind: &str, name: &str, entry: &Node) -> String {
    let place = entry.place.line;
    let help = match kind {
        "synonym" => "; add the group to `synonyms` in vocabulary.yaml",
        _ => "",
    };
    format!("line {place}: the {kind} `{name}`{help}")
}

/// Where an annotated stretch of an example ends: `[words](entity)` or
/// `[words]{"entity": …}`.
fn annotation(rest: &str) -> Option<(&str, usize)> {
    let inside = rest.strip_prefix('[')?;
    let (words, after) = inside.split_once(']')?;
    let close = match after.chars().next()? {
        '(' => ')',
        '{' => '}',
        _ => return None,
    };
    Some((words, rest.len() - after.len() + after.find(close)? + 1))
}

fn is_annotated(example: &str) -> bool {
    example.match_indices('[').any(|(at, _)| annotation(&example[at..]).is_some())
}

fn without_entities(example: &str) -> String {
    let mut text = String::with_capacity(example.len());
    let mut rest = example;
    while let Some(at) = rest.find('[') {
        text.push_str(&rest[..at]);
        let (words, taken) = annotation(&rest[at..]).unwrap_or(("[", 1));
        text.push_str(words);
        rest = &rest[at + taken..];
    }
    text + rest
}

fn map(node: &Node) -> &[(tree::Key, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    map(node).iter().find(|(k, _)| k.name == key).map(|(_, value)| value)
}

fn list(node: &Node) -> Option<&[Node]> {
    match &node.value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

fn string(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intents_become_drafts_and_the_rest_is_listed() {
        let text = "version: \"3.1\"\nnlu:\n- intent: faq/does_it_hurt\n  examples: |\n    - does it [hurt](symptom)\n    - is [ouch]{\"entity\": \"symptom\", \"value\": \"pain\"} normal\n- intent: bye\n  metadata: {x: 1}\n  examples:\n  - text: see you\n  - later [maybe]\n- synonym: botox\n  examples: |\n    - tox\nresponses:\n  utter_bye:\n  - text: Goodbye.\n  - text: So long.\nrules: []\n";
        let found = import("nlu.yml", text).unwrap();
        let [hurt, bye] = found.drafts.as_slice() else { panic!("{found:?}") };
        assert_eq!((hurt.id.as_str(), hurt.answer.as_str()), ("faq-does-it-hurt", ""));
        assert_eq!(hurt.asks, ["does it hurt", "is ouch normal"]);
        assert_eq!(
            (bye.answer.as_str(), bye.asks.as_slice()),
            ("Goodbye.", ["see you", "later [maybe]"].map(String::from).as_slice())
        );
        let lost = found.lost.join("\n");
        for part in ["entities", "no answer", "metadata", "synonym `botox`", "but the first", "`rules`"] {
            assert!(lost.contains(part), "{part:?} is not in\n{lost}");
        }
        for text in ["", "nlu: x", "## intent:greet\n- hi", "a: [b"] {
            assert!(import("nlu.yml", text).is_err(), "{text:?}");
        }
    }
}
