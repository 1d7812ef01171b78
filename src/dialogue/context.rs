//! What a conversation remembers: ids and counters, never words.
//!
//! The state travels with the client as an opaque string, so any process can
//! answer any message. A string that is not ours is ignored.

use std::fmt::Write;

use crate::knowledge::{Knowledge, Level};
use crate::limits;

/// What every string of this version begins with.
const VERSION: &str = "askwell2";

/// Replies after a red flag that carry its reminder.
const REMINDERS: u8 = 3;

/// The state of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Replies given so far; 0 where there is no conversation yet.
    pub replies: u16,
    /// Claims answered in the last reply that answered.
    pub topics: Vec<String>,
    /// Claims offered in the last reply, in order.
    pub offered: Vec<String>,
    /// Whether the last reply asked which of the offered ones was meant.
    pub clarifying: bool,
    /// Whether an answer has carried the practice's invitation in full.
    pub invited: bool,
    /// The last red flag and how many reminders of it are due.
    pub alarm: Option<(Level, u8)>,
}

impl Context {
    /// Reads the string of an earlier reply; `None` where it is not ours: too
    /// long, broken, or of another version. Ids that this knowledge does not
    /// have are left out.
    #[must_use]
    pub fn decode(text: &str, knowledge: &Knowledge) -> Option<Self> {
        if text.len() > limits::CONTEXT_BYTES {
            return None;
        }
        let mut fields = text.split(';');
        if fields.next() != Some(VERSION) {
            return None;
        }
        let mut context = Self { replies: fields.next()?.parse().ok()?, ..Self::default() };
        let ids = |list: &str, most: usize| -> Vec<String> {
            let known = list.split(',').filter(|id| knowledge.claim(id).is_some());
            known.take(most).map(str::to_owned).collect()
        };
        context.topics = ids(fields.next()?, limits::ANSWERS);
        context.offered = ids(fields.next()?, limits::SUGGESTIONS);
        (context.clarifying, context.invited) = match fields.next()? {
            "" => (false, false),
            "c" => (true, false),
            "i" => (false, true),
            "ci" => (true, true),
            _ => return None,
        };
        context.alarm = match fields.next()? {
            "" => None,
            alarm => {
                let (level, due) = alarm.split_once(':')?;
                Some((Level::of(level)?, due.parse::<u8>().ok()?.min(REMINDERS)))
            }
        };
        (fields.next().is_none() && context.replies > 0).then_some(context)
    }

    /// The string for the client, at most [`limits::CONTEXT_BYTES`] long.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = format!("{VERSION};{};", self.replies);
        let _ = write!(text, "{};{};", self.topics.join(","), self.offered.join(","));
        text.push_str(if self.clarifying { "c" } else { "" });
        text.push_str(if self.invited { "i;" } else { ";" });
        if let Some((level, due)) = self.alarm {
            let _ = write!(text, "{}:{due}", level.word());
        }
        text
    }

    /// The state after a red flag: the topic is gone, reminders are due.
    #[must_use]
    pub fn alarmed(&self, level: Level) -> Self {
        let alarm = Some((level, REMINDERS));
        Self { replies: self.next(), invited: self.invited, alarm, ..Self::default() }
    }

    /// The state after any other reply.
    #[must_use]
    pub fn after(&self, topics: Vec<String>, offered: Vec<String>, clarifying: bool) -> Self {
        let invited = self.invited || !topics.is_empty();
        let topics = if topics.is_empty() { self.topics.clone() } else { topics };
        let alarm = self.alarm.map(|(level, due)| (level, due.saturating_sub(1)));
        Self { replies: self.next(), topics, offered, clarifying, invited, alarm }
    }

    /// The red flag that this reply has to remind of.
    #[must_use]
    pub fn reminder(&self) -> Option<Level> {
        self.alarm.filter(|(_, due)| *due > 0).map(|(level, _)| level)
    }

    fn next(&self) -> u16 {
        self.replies.saturating_add(1)
    }
}
