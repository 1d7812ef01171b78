//! What the parts of a message come to, with the topic of the conversation.

use std::ops::Range;

use super::about::About;
use super::decision::{Decision, Scored, decide};
use super::followup::{Leaning, content, leaning};
use crate::limits;
use crate::matching::Target;
use crate::text::Utterance;
use crate::text::split::{Part, parts};

/// What is needed to hear a message: the engine lends it.
pub struct Hearing<'a> {
    /// Ranks what an utterance may mean, best first; nothing where it names
    /// another subject.
    pub rank: &'a dyn Fn(&Utterance) -> Vec<Scored>,
    /// From which confidence on a candidate is accepted.
    pub threshold: f64,
    /// Whether the answer of the second claim serves for the first as well.
    pub serves: &'a dyn Fn(usize, usize) -> bool,
    /// What the knowledge is about, in a word: what "it" is without a topic.
    pub treatment: &'a str,
    /// What a claim is about.
    pub about: &'a dyn Fn(usize) -> &'a About,
    /// Whether the knowledge has a word.
    pub knows: &'a dyn Fn(&str) -> bool,
    /// Whether it may be asked back which claim is meant.
    pub may_clarify: bool,
}

/// How much likelier the topic and what is read next to it are meant by words
/// that lean on it.
const NEXT_TO_TOPIC: f64 = 1.3;

/// One part of a message and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The tokens of the question.
    pub core: Range<usize>,
    /// The tokens that the writer's belief shows in.
    pub story: Range<usize>,
    /// What it comes to.
    pub decision: Decision,
    /// The candidates, best first.
    pub candidates: Vec<Scored>,
}

impl Heard {
    fn confidence(&self) -> f64 {
        self.candidates.first().map_or(0.0, |c| c.confidence)
    }

    fn answered(&self) -> Option<usize> {
        if let Decision::Answer(claim, _) = self.decision { Some(claim) } else { None }
    }
}

impl Hearing<'_> {
    /// The parts of a message with what they come to, in order; `topic` is the
    /// claim that the conversation is about.
    #[must_use]
    pub fn hear(&self, message: &Utterance, topic: Option<usize>) -> Vec<Heard> {
        let parts = parts(message);
        let everything = 0..message.tokens().len();
        if let [_] | [] = parts.as_slice() {
            let story = parts.first().filter(|p| p.core != p.story).cloned();
            return vec![match story {
                Some(part) => self.part(message, &part, topic),
                None => self.range(message, everything.clone(), everything, topic),
            }];
        }
        let mut heard: Vec<Heard> = Vec::with_capacity(parts.len());
        let mut about = topic;
        for part in parts.iter().take(limits::PARTS) {
            let next = self.part(message, part, about);
            about = next.answered().or(about);
            heard.push(next);
        }
        let whole = self.range(message, everything.clone(), everything, topic);
        if self.whole_wins(&heard, &whole) { vec![whole] } else { heard }
    }

    /// Whether a message is better understood as one question than by its
    /// parts: none of them is answered, or it is surer of something that the
    /// one answered part does not say.
    fn whole_wins(&self, parts: &[Heard], whole: &Heard) -> bool {
        let best = parts.iter().filter(|p| p.answered().is_some()).map(Heard::confidence).fold(0.0, f64::max);
        let answered = parts.iter().filter_map(Heard::answered).count();
        match whole.answered() {
            _ if answered == 0 => parts.iter().all(|p| p.decision == Decision::Decline),
            Some(claim) => {
                answered < parts.len()
                    && whole.confidence() > best
                    && parts.iter().filter_map(Heard::answered).all(|c| !(self.serves)(c, claim))
            }
            None => false,
        }
    }

    /// A question with the story before it: by itself, or with its story where
    /// that says more.
    fn part(&self, message: &Utterance, part: &Part, topic: Option<usize>) -> Heard {
        let alone = self.range(message, part.core.clone(), part.story.clone(), topic);
        if part.core == part.story {
            return alone;
        }
        let told = self.range(message, part.story.clone(), part.story.clone(), topic);
        let told = Heard { core: part.core.clone(), ..told };
        if told.confidence() > alone.confidence() { told } else { alone }
    }

    fn range(
        &self,
        message: &Utterance,
        core: Range<usize>,
        story: Range<usize>,
        topic: Option<usize>,
    ) -> Heard {
        let words = message.part(core.clone());
        let (decision, candidates) = self.decide(&words, topic);
        Heard { core, story, decision, candidates }
    }

    /// Decides about words that may lean on a topic.
    fn decide(&self, words: &Utterance, topic: Option<usize>) -> (Decision, Vec<Scored>) {
        let alone = (self.rank)(words);
        let leaning = leaning(words);
        let best = |candidates: &[Scored]| candidates.first().map_or(0.0, |c| c.confidence);
        let said = words.normalized();
        let with = |topic: &str| (self.rank)(&Utterance::new(&format!("{topic} {said}")));
        let Some(claim) = topic else {
            let is_named = words.words().any(|w| w == self.treatment);
            if leaning != Leaning::Pronoun || is_named || best(&alone) >= self.threshold {
                return self.decided(alone);
            }
            let resolved = with(self.treatment);
            return self.decided(if best(&resolved) > best(&alone) { resolved } else { alone });
        };
        let about = (self.about)(claim);
        match leaning {
            Leaning::None => self.decided(alone),
            Leaning::Echo => {
                let again = Scored {
                    target: Target::Claim(claim),
                    confidence: f64::max(self.threshold, best(&alone)),
                };
                (Decision::Answer(claim, again.confidence), vec![again])
            }
            Leaning::Pronoun => self.decided(self.leaning(&alone, &with(&about.subject), claim)),
            Leaning::Ellipsis => {
                let new = self.leaning(&alone, &with(&about.subject), claim);
                if !content(words).all(|w| (self.knows)(w)) {
                    return self.decided(new);
                }
                let title = with(&about.title.normalized());
                let new = self.leaning(&new, &title, claim);
                self.decided(if best(&new) >= self.threshold { new } else { title })
            }
        }
    }

    /// The candidates of words that lean on a topic: what they mean by
    /// themselves and what they mean with its subject, the topic and what is
    /// read next to it first. The subject alone makes the topic look meant once
    /// more, so for the topic the words by themselves count.
    fn leaning(&self, alone: &[Scored], resolved: &[Scored], topic: usize) -> Vec<Scored> {
        let about = Target::Claim(topic);
        let related = &(self.about)(topic).related;
        let mut candidates: Vec<Scored> = resolved.iter().filter(|c| c.target != about).copied().collect();
        for scored in alone {
            match candidates.iter_mut().find(|c| c.target == scored.target) {
                Some(candidate) => candidate.confidence = candidate.confidence.max(scored.confidence),
                None => candidates.push(*scored),
            }
        }
        for candidate in &mut candidates {
            if candidate.target == about || related.contains(&candidate.target) {
                candidate.confidence = f64::min(candidate.confidence * NEXT_TO_TOPIC, 1.0);
            }
        }
        // Stable: of equals, what stood first stays first.
        candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        candidates
    }

    fn decided(&self, candidates: Vec<Scored>) -> (Decision, Vec<Scored>) {
        let decision = decide(&candidates, self.threshold, self.serves);
        let decision = match (decision, candidates.first()) {
            (Decision::Clarify(meant), Some(best)) if !self.may_clarify => {
                if best.confidence >= self.threshold {
                    Decision::Answer(meant[0], best.confidence)
                } else {
                    Decision::Decline
                }
            }
            (decision, _) => decision,
        };
        (decision, candidates)
    }
}
