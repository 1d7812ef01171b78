//! `smalltalk.yaml`: greetings, thanks, questions about the program, and what
//! people ask that no practice's knowledge is about.

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
    /// It is no small talk but off the subject: the reply says so, and its
    /// status is `unknown`. Without such examples, a word that happens to occur
    /// in the knowledge ("red wine") is all that such a message is judged by.
    pub off_topic: bool,
}

pub(super) fn read(root: Node, findings: &mut Findings) -> Vec<SmallTalk> {
    let Some(mut top) = Fields::open(root, "file", findings) else { return Vec::new() };
    let talk = top.list("smalltalk", findings);
    let off_topic = top.list("off_topic", findings);
    top.close(findings);
    let items =
        talk.into_iter().map(|item| (item, false)).chain(off_topic.into_iter().map(|item| (item, true)));
    let entries: Vec<(SmallTalk, Place)> =
        items.filter_map(|(item, off_topic)| entry(item, off_topic, findings)).collect();
    check_unique_ids("small talk", entries.iter().map(|(e, p)| (e.id.as_str(), p)), findings);
    entries.into_iter().map(|(e, _)| e).collect()
}

fn entry(node: Node, off_topic: bool, findings: &mut Findings) -> Option<(SmallTalk, Place)> {
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
    Some((
        SmallTalk { id: id.text, phrasings, reply: reply.text, reply_at: reply.place, off_topic },
        id.place,
    ))
}
