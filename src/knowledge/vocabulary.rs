//! `vocabulary.yaml`: words that mean the same, misspellings, other subjects.

use serde::{Deserialize, Serialize};

use super::reader::{Fields, Findings, text};
use super::tree::{Node, Value};
use crate::text::Utterance;

/// What the words of the patients mean here. All texts are normalised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Groups of words that mean the same; each group as written.
    pub synonyms: Vec<Vec<String>>,
    /// Misspelled word → what it stands for.
    pub spellings: Vec<(String, String)>,
    /// Named things that this knowledge is not about.
    pub other_subjects: Vec<String>,
}

pub(super) fn read(root: Node, findings: &mut Findings) -> Option<Vocabulary> {
    let mut fields = Fields::open(root, "vocabulary", findings)?;
    let mut synonyms = Vec::new();
    for group in fields.list("synonyms", findings) {
        if let Value::List(items) = group.value {
            let words = items.into_iter().filter_map(|i| text(i, "a synonym", findings));
            synonyms.push(words.map(|w| normalized(&w.text)).filter(|w| !w.is_empty()).collect());
        } else {
            findings.push(super::reader::wrong_type(&group, "an entry of `synonyms`", "a list of words"));
        }
    }
    let spellings = match fields.take("spellings") {
        None => Vec::new(),
        Some(Node { value: Value::Map(entries), .. }) => entries
            .into_iter()
            .filter_map(|(key, value)| {
                let meant = text(value, "a spelling", findings)?;
                Some((normalized(&key.name).replace(' ', ""), normalized(&meant.text)))
            })
            .filter(|(word, meant)| !word.is_empty() && !meant.is_empty())
            .collect(),
        Some(node) => {
            findings.push(super::reader::wrong_type(&node, "`spellings`", "a group of keys"));
            Vec::new()
        }
    };
    let other_subjects = fields.texts("other_subjects", findings);
    fields.close(findings);
    let other_subjects = other_subjects.iter().map(|s| normalized(&s.text)).filter(|s| !s.is_empty());
    Some(Vocabulary { synonyms, spellings, other_subjects: other_subjects.collect() })
}

fn normalized(text: &str) -> String {
    Utterance::new(text).normalized()
}
