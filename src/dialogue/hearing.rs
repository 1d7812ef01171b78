//! What the parts of a message come to, with the topic of the conversation.

use std::cell::RefCell;
use std::ops::Range;

use super::about::About;
use super::decision::{Decision, Scored, decide};
use super::followup::{Leaning, leaning, points_back, resolved};
use super::segmentation::{Segment, Segmenter};
use crate::matching::Target;
use crate::text::Utterance;
use crate::text::content::content;

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
    /// Whether a piece of small talk is what is said to another subject.
    pub off_topic: &'a dyn Fn(usize) -> bool,
    /// Whether the knowledge has a word.
    pub knows: &'a dyn Fn(&str) -> bool,
    /// Whether it may be asked back which claim is meant.
    pub may_clarify: bool,
    /// What was ranked already, by its words; empty at first.
    pub memory: RefCell<Vec<(String, Vec<Scored>)>>,
}

/// How much likelier the topic and what is read next to it are meant by words
/// that lean on it.
const NEXT_TO_TOPIC: f64 = 1.3;

/// From which confidence on a short message, or one with an "it", is a question
/// of its own: what the phrasings say nearly word for word.
const STANDS_ALONE: f64 = 0.85;

/// What words that leave something out may mean by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Referent {
    /// The topic of the conversation.
    Topic(usize),
    /// What the knowledge is about: nothing was said before.
    Treatment,
    /// Something that this knowledge does not have: the question before, in the
    /// same message.
    Unknown,
}

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

impl Hearing<'_> {
    /// The parts of a message with what they come to, in order; `topic` is the
    /// claim that the conversation is about.
    #[must_use]
    pub fn hear(&self, message: &Utterance, topic: Option<usize>) -> Vec<Heard> {
        let segments = self.segmenter(|segmenter| segmenter.segments(message));
        let mut about = topic.map_or(Referent::Treatment, Referent::Topic);
        let mut heard: Vec<Heard> = Vec::with_capacity(segments.len());
        // Where the words begin that no question has taken yet.
        let mut told_from = 0;
        let only_tells = segments.iter().all(Segment::tells);
        for segment in segments.into_iter().filter(|segment| only_tells || !segment.tells()) {
            let story = told_from..segment.tokens.end;
            told_from = story.end;
            let part = self.part(message, segment, story, about);
            about = match part.decision {
                Decision::Answer(claim, _) => Referent::Topic(claim),
                Decision::Decline => Referent::Unknown,
                Decision::Clarify(_) | Decision::SmallTalk(_) => about,
            };
            heard.push(part);
        }
        if let Some(last) = heard.last_mut() {
            last.story.end = message.tokens().len();
        }
        heard
    }

    /// Lends what is needed to cut a message.
    pub(crate) fn segmenter<T>(&self, cut: impl FnOnce(&Segmenter) -> T) -> T {
        cut(&Segmenter {
            rank: &|words| self.ranked(words),
            threshold: self.threshold,
            serves: self.serves,
            off_topic: self.off_topic,
        })
    }

    /// A segment with the story that leads up to it.
    fn part(&self, message: &Utterance, segment: Segment, story: Range<usize>, about: Referent) -> Heard {
        let core = segment.tokens;
        // "I have a new tattoo. How soon can I go to the gym?" is elsewhere.
        let told = (story.start < core.start && !self.names_treatment(&segment.words))
            .then(|| self.ranked(&message.part(story.clone())))
            .filter(|told| self.is_elsewhere(told));
        let candidates = told.unwrap_or_else(|| self.candidates(&segment.words, about));
        Heard { core, story, decision: self.decided(&candidates), candidates }
    }

    fn names_treatment(&self, words: &Utterance) -> bool {
        words.words().any(|w| w == self.treatment)
    }

    /// Whether what words are most like is another subject.
    fn is_elsewhere(&self, candidates: &[Scored]) -> bool {
        candidates.first().is_some_and(|best| match best.target {
            Target::SmallTalk(entry) => (self.off_topic)(entry),
            Target::Claim(_) => false,
        })
    }

    /// What words may mean, ranked once: a message's parts, their stories and
    /// the whole are often the same words.
    fn ranked(&self, words: &Utterance) -> Vec<Scored> {
        let key = words.normalized();
        if let Some((_, known)) = self.memory.borrow().iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let ranked = (self.rank)(words);
        self.memory.borrow_mut().push((key, ranked.clone()));
        ranked
    }

    /// What words may mean that may lean on a topic, best first.
    fn candidates(&self, words: &Utterance, about: Referent) -> Vec<Scored> {
        let alone = self.ranked(words);
        let leaning = leaning(words);
        let with = |topic: &str| self.ranked(&resolved(words, topic));
        let claim = match about {
            Referent::Topic(claim) => claim,
            Referent::Treatment if leaning == Leaning::Pronoun => {
                return self.of_treatment(words, alone, self.treatment, 0.0);
            }
            Referent::Treatment | Referent::Unknown => return alone,
        };
        let about = (self.about)(claim);
        let points_back = points_back(words);
        match leaning {
            Leaning::None => alone,
            Leaning::Echo => {
                let confidence = f64::max(self.threshold, best(&alone));
                vec![Scored { target: Target::Claim(claim), confidence }]
            }
            // A new question that happens to be short, or to say "it".
            Leaning::Pronoun | Leaning::Ellipsis if !points_back && best(&alone) >= STANDS_ALONE => alone,
            Leaning::Pronoun => {
                let again = (points_back || !self.is_settled(&alone)) && asks_within(words, about);
                // After another answer "it" need not be the treatment.
                let alone = if points_back {
                    alone
                } else {
                    self.of_treatment(words, alone, &about.treatment, STANDS_ALONE)
                };
                self.leaning(&alone, &with(&about.subject), claim, again)
            }
            Leaning::Ellipsis => {
                let new = self.leaning(&alone, &with(&about.subject), claim, false);
                if !content(words).all(|w| (self.knows)(w)) {
                    return new;
                }
                let title = with(&about.title.normalized());
                let new = self.leaning(&new, &title, claim, false);
                if best(&new) >= self.threshold { new } else { title }
            }
        }
    }

    /// The candidates of words with an "it" that may be the treatment, as it was
    /// `named`, where they are `least` sure then; they are `alone` where those
    /// are an answer.
    fn of_treatment(&self, words: &Utterance, alone: Vec<Scored>, named: &str, least: f64) -> Vec<Scored> {
        if named.is_empty() || self.is_settled(&alone) || self.names_treatment(words) {
            return alone;
        }
        let named = self.ranked(&resolved(words, named));
        if best(&named) > f64::max(best(&alone), least) { named } else { alone }
    }

    /// Whether candidates are an answer as they are.
    fn is_settled(&self, candidates: &[Scored]) -> bool {
        matches!(decide(candidates, self.threshold, self.serves), Decision::Answer(..))
    }

    /// The candidates of words that lean on a topic: what they mean by
    /// themselves and what they mean with its subject, the topic and what is
    /// read next to it first. The subject alone makes the topic look meant once
    /// more, so for the topic the words by themselves count, unless they ask
    /// about it `again`.
    fn leaning(&self, alone: &[Scored], resolved: &[Scored], topic: usize, again: bool) -> Vec<Scored> {
        let about = Target::Claim(topic);
        let related = &(self.about)(topic).related;
        let mut candidates: Vec<Scored> =
            resolved.iter().filter(|c| again || c.target != about).copied().collect();
        for scored in alone {
            match candidates.iter_mut().find(|c| c.target == scored.target) {
                Some(candidate) => candidate.confidence = candidate.confidence.max(scored.confidence),
                None => candidates.push(*scored),
            }
        }
        for candidate in &mut candidates {
            // Asked about again, the topic is meant and not its neighbour.
            if candidate.target == about || (!again && related.contains(&candidate.target)) {
                candidate.confidence = f64::min(candidate.confidence * NEXT_TO_TOPIC, 1.0);
            }
        }
        // Stable: of equals, what stood first stays first.
        candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        candidates
    }

    fn decided(&self, candidates: &[Scored]) -> Decision {
        match (decide(candidates, self.threshold, self.serves), candidates.first()) {
            (Decision::Clarify(meant), Some(best)) if !self.may_clarify => {
                if best.confidence >= self.threshold {
                    Decision::Answer(meant[0], best.confidence)
                } else {
                    Decision::Decline
                }
            }
            (decision, _) => decision,
        }
    }
}

fn best(candidates: &[Scored]) -> f64 {
    candidates.first().map_or(0.0, |c| c.confidence)
}

/// Whether the phrasings of a topic have most words of a question, the everyday
/// verbs apart: whether it may be asked about that topic.
fn asks_within(words: &Utterance, about: &About) -> bool {
    let telling = || content(words).filter(|w| !is_light(w));
    let known = telling().filter(|w| about.has(w)).count();
    known > 0 && known * 2 >= telling().count()
}

/// Verbs that go with anything.
fn is_light(word: &str) -> bool {
    matches!(word, "get" | "got" | "have" | "go" | "goes" | "do" | "make" | "take" | "want" | "need")
}
