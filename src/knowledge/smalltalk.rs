//! `smalltalk.yaml`: greetings, thanks, and questions about the program.

use serde::{Deserialize, Serialize};

use super::reader::{Fields, Findings, Located};
use super::tree::Node;
use super::{check_unique_ids, read_id};
use crate::diagnostic::Place;

/// Something that people say to a program besides their question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallTalk {
    /// Its id.
    pub id: String,
    /// How people say it.
    pub phrasings: Vec<Located>,
    /// What is said back.
    pub reply: String,
    /// Where that stands.
    pub reply_at: Place,
}

pub(super) fn read(root: Node, findings: &mut Findings) -> Vec<SmallTalk> {
    let Some(mut top) = Fields::open(root, "file", findings) else { return Vec::new() };
    let items = top.list("smalltalk", findings);
    top.close(findings);
    let entries: Vec<(SmallTalk, Place)> =
        items.into_iter().filter_map(|item| entry(item, findings)).collect();
    check_unique_ids("small talk", entries.iter().map(|(e, p)| (e.id.as_str(), p)), findings);
    entries.into_iter().map(|(e, _)| e).collect()
}

fn entry(node: Node, findings: &mut Findings) -> Option<(SmallTalk, Place)> {
    let mut fields = Fields::open(node, "entry", findings)?;
    let id = read_id(&mut fields, findings);
    let phrasings = fields.texts("phrasings", findings);
    if phrasings.is_empty() {
        fields.missing("phrasings", findings);
    }
    let reply = fields.required("reply", findings);
    fields.close(findings);
    let id = id?;
    let reply = reply?;
    Some((SmallTalk { id: id.text, phrasings, reply: reply.text, reply_at: reply.place }, id.place))
}
