//! One message within a conversation: what it picks, what its parts come to,
//! and what is said back.

use std::cell::RefCell;

use super::Engine;
use crate::dialogue::choice::{Choice, choice};
use crate::dialogue::decision::{Decision, Scored};
use crate::dialogue::hearing::{Heard, Hearing};
use crate::dialogue::language::{Language, language};
use crate::dialogue::{
    Answer, Context, Reply, Stance, Status, Suggestion, belief, cited, lead, personal, wording,
};
use crate::knowledge::Verdict;
use crate::limits;
use crate::matching::Target;
use crate::text::{Utterance, normalize};

impl Engine {
    /// What is said to a message without a word.
    pub(super) fn wordless(&self, context: &Context, text: &str) -> Reply {
        let pictured = text.chars().any(|c| {
            !c.is_ascii()
                && !c.is_alphanumeric()
                && !c.is_whitespace()
                && !c.is_control()
                && !normalize::is_invisible(c)
        });
        let (status, message) = if pictured {
            (Status::SmallTalk, wording::EMOJI)
        } else {
            (Status::Unknown, wording::NOTHING_SAID)
        };
        self.plain(context, status, message.to_owned(), self.starters())
    }

    /// The claim that a message picks among those offered.
    pub(super) fn choice(&self, context: &Context, utterance: &Utterance) -> Option<Choice> {
        let offered: Vec<usize> = context.offered.iter().filter_map(|id| self.index(id)).collect();
        let titles: Vec<Utterance> = offered.iter().map(|claim| self.about(*claim).title.clone()).collect();
        Some(match choice(utterance, &titles, context.clarifying)? {
            Choice::This(at) => Choice::This(*offered.get(at)?),
            Choice::Neither => Choice::Neither,
        })
    }

    pub(super) fn hear(&self, context: &Context, utterance: &Utterance) -> Vec<Heard> {
        let topic = context.topics.last().and_then(|id| self.index(id));
        self.hearing(context, |hearing| hearing.hear(utterance, topic))
    }

    /// Lends what is needed to hear a message.
    pub(super) fn hearing<T>(&self, context: &Context, listen: impl FnOnce(&Hearing) -> T) -> T {
        listen(&Hearing {
            rank: &|words| self.scored(words),
            threshold: self.matcher().threshold(),
            serves: &|one, other| self.serves(one, other),
            treatment: &self.treatment,
            about: &|claim| self.about(claim),
            off_topic: &|entry| self.knowledge.smalltalk[entry].off_topic,
            knows: &|word| self.trained.knows(word),
            may_clarify: !context.clarifying,
            memory: RefCell::default(),
        })
    }

    /// The reply to what was heard: the answered parts first, and the others
    /// named; one question back, small talk or an honest "no" where none is.
    pub(super) fn said_back(
        &self,
        context: &Context,
        said: &Utterance,
        utterance: &Utterance,
        heard: &[Heard],
    ) -> Reply {
        let mut answers: Vec<Answer> = Vec::new();
        let mut given: Vec<usize> = Vec::new();
        let mut unanswered = Vec::new();
        let mut meant: Vec<usize> = Vec::new();
        let mut talk = None;
        let mut off_topic = None;
        for part in heard {
            match &part.decision {
                Decision::Answer(claim, _) if given.contains(claim) => {}
                Decision::Answer(claim, confidence) if answers.len() < limits::ANSWERS => {
                    let words = utterance.part(part.story.clone());
                    let stance = self.stance(*claim, &words);
                    let mut answer =
                        self.compose(&utterance.part(part.core.clone()), *claim, stance, *confidence);
                    answer.personal |= !answer.claim.handover && self.is_personal(*claim, &words);
                    answers.push(answer);
                    given.push(*claim);
                }
                Decision::SmallTalk(entry) if self.knowledge.smalltalk[*entry].off_topic => {
                    off_topic = off_topic.or(Some(*entry));
                    unanswered.push(words_of(&utterance.part(part.core.clone())));
                }
                Decision::SmallTalk(entry) => talk = talk.or(Some(*entry)),
                Decision::Clarify(claims) => {
                    meant.extend(claims);
                    unanswered.push(words_of(&utterance.part(part.core.clone())));
                }
                Decision::Answer(..) | Decision::Decline => {
                    unanswered.push(words_of(&utterance.part(part.core.clone())));
                }
            }
        }
        meant.retain(|claim| !given.contains(claim));
        let titles = |claims: &[usize]| -> Vec<Suggestion> {
            claims.iter().take(limits::SUGGESTIONS).map(|c| (&self.knowledge.claims[*c]).into()).collect()
        };
        if !answers.is_empty() {
            return self.answered(context, answers, unanswered, titles(&meant));
        }
        if meant.len() > 1 {
            return self.plain(context, Status::Clarify, String::new(), titles(&meant));
        }
        // Small talk beside a question that has no answer would pass over it.
        if let Some(entry) = talk.filter(|_| unanswered.is_empty()) {
            let reply = self.knowledge.smalltalk[entry].reply.clone();
            return self.plain(context, Status::SmallTalk, reply, self.starters());
        }
        if let Some(entry) = off_topic {
            let reply = self.knowledge.smalltalk[entry].reply.clone();
            return self.plain(context, Status::Unknown, reply, self.starters());
        }
        let message = match language(said, |word| self.trained.knows(word)) {
            Language::Other => wording::NOT_ENGLISH,
            Language::English | Language::Spanish => wording::UNKNOWN,
        };
        let candidates = heard.first().map_or(&[][..], |h| h.candidates.as_slice());
        self.plain(context, Status::Unknown, message.to_owned(), self.near(candidates))
    }

    /// Whether words ask for individual advice about a claim. "I am 34, what
    /// does it cost" is told like everybody else.
    fn is_personal(&self, claim: usize, words: &Utterance) -> bool {
        match self.knowledge.claims[claim].verdict {
            Verdict::Info => personal::asks_about_own_body(words),
            _ => personal::asks_for_advice(words),
        }
    }

    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.knowledge.claims.iter().position(|c| c.id == id)
    }

    /// Whether the answer of one claim serves for another as well.
    pub(super) fn serves(&self, one: usize, other: usize) -> bool {
        let claims = &self.knowledge.claims;
        one == other || claims[one].overlaps_with(&claims[other])
    }

    /// What a message presumes about a claim, and the opening that follows.
    #[must_use]
    pub fn stance(&self, claim: usize, utterance: &Utterance) -> Stance {
        let reading = belief::read(&self.about(claim).lean, utterance);
        lead::stance(self.knowledge.claims[claim].verdict, reading)
    }

    pub(super) fn compose(&self, part: &Utterance, claim: usize, stance: Stance, confidence: f64) -> Answer {
        let claim = &self.knowledge.claims[claim];
        Answer {
            part: words_of(part),
            claim: claim.told(),
            sources: cited(&self.knowledge, claim),
            stance,
            confidence,
            personal: claim.personal,
        }
    }

    /// Questions near what was asked; without any, those to begin with.
    pub(super) fn near(&self, candidates: &[Scored]) -> Vec<Suggestion> {
        let near: Vec<Suggestion> = candidates
            .iter()
            .filter(|c| c.confidence >= self.worth_offering())
            .filter_map(|c| match c.target {
                Target::Claim(index) => Some((&self.knowledge.claims[index]).into()),
                Target::SmallTalk(_) => None,
            })
            .take(limits::SUGGESTIONS)
            .collect();
        if near.is_empty() { self.starters() } else { near }
    }
}

/// The patient's own words that an utterance stands for, fit to be shown.
fn words_of(part: &Utterance) -> String {
    let (Some(first), Some(last)) = (part.tokens().first(), part.tokens().last()) else {
        return String::new();
    };
    let original = part.original();
    let rest = original.get(last.span.end..).unwrap_or_default();
    let end = last.span.end + usize::from(rest.starts_with(['?', '!', '.']));
    normalize::printable(original.get(first.span.start..end).unwrap_or_default())
}
