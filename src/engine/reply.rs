//! Replies of each kind, with what goes with all of them.

use std::collections::BTreeMap;

use super::Engine;
use crate::dialogue::invitation::invitation;
use crate::dialogue::{Answer, Context, Notice, Reply, Status, Suggestion};
use crate::knowledge::{Consultation, Level};
use crate::limits;

impl Engine {
    pub(super) fn answered(
        &self,
        context: &Context,
        answers: Vec<Answer>,
        unanswered: Vec<String>,
        meant: Vec<Suggestion>,
    ) -> Reply {
        let given: Vec<&str> = answers.iter().map(|a| a.claim.id.as_str()).collect();
        let related = answers.iter().flat_map(|a| &a.claim.related);
        let mut suggestions = meant;
        for id in related {
            if let Some(claim) = self.knowledge.claim(&id.text)
                && !given.contains(&claim.id.as_str())
                && suggestions.iter().all(|s| s.id != claim.id)
            {
                suggestions.push(claim.into());
            }
        }
        suggestions.truncate(limits::SUGGESTIONS);
        let topics = given.into_iter().map(str::to_owned).collect();
        let reply = self.reply(context, Status::Answer, String::new(), answers, suggestions, topics);
        Reply { unanswered, ..reply }
    }

    pub(super) fn plain(
        &self,
        context: &Context,
        status: Status,
        message: String,
        suggestions: Vec<Suggestion>,
    ) -> Reply {
        self.reply(context, status, message, Vec::new(), suggestions, Vec::new())
    }

    pub(super) fn reply(
        &self,
        context: &Context,
        status: Status,
        message: String,
        answers: Vec<Answer>,
        suggestions: Vec<Suggestion>,
        topics: Vec<String>,
    ) -> Reply {
        let consultation = invitation(&self.knowledge.practice.consultation, &answers, context.invited);
        let offered = suggestions.iter().map(|s| s.id.clone()).collect();
        Reply {
            status,
            message,
            answers,
            unanswered: Vec::new(),
            suggestions,
            safety: context.reminder().map(|level| self.notice(level, &self.knowledge.safety.reminders)),
            consultation: Some(consultation),
            disclosure: self.knowledge.practice.disclosure.clone(),
            opens: context.replies == 0,
            context: context.after(topics, offered, status == Status::Clarify),
        }
    }

    pub(super) fn alarm(&self, context: &Context, level: Level) -> Reply {
        Reply {
            status: Status::Safety,
            message: String::new(),
            answers: Vec::new(),
            unanswered: Vec::new(),
            suggestions: Vec::new(),
            safety: Some(self.notice(level, &self.knowledge.safety.texts)),
            consultation: None::<Consultation>,
            disclosure: self.knowledge.practice.disclosure.clone(),
            opens: context.replies == 0,
            context: context.alarmed(level),
        }
    }

    /// The text for a level, with the practice's numbers in it.
    fn notice(&self, level: Level, texts: &BTreeMap<Level, String>) -> Notice {
        let numbers = &self.knowledge.practice.numbers;
        let text = texts.get(&level).map_or("", String::as_str);
        let text = text
            .replace("{emergency}", &numbers.emergency)
            .replace("{crisis}", &numbers.crisis)
            .replace("{poison}", &numbers.poison);
        Notice { level, text }
    }

    /// Questions to begin with.
    pub(super) fn starters(&self) -> Vec<Suggestion> {
        self.starters.iter().map(|index| (&self.knowledge.claims[*index]).into()).collect()
    }
}
