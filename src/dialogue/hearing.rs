//! What the parts of a message come to, with the topic of the conversation.

use std::cell::RefCell;
use std::ops::Range;

use super::about::About;
use super::decision::{Decision, Scored, decide};
use super::followup::{Leaning, leaning, points_back, resolved};
use crate::limits;
use crate::matching::Target;
use crate::text::Utterance;
use crate::text::content::content;
use crate::text::joined::{Joined, joined, pieces};
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

/// From which confidence on a piece of a sentence is a question by itself. Well
/// above the threshold: a wrong cut adds an answer that nobody asked for.
const SURE_PIECE: f64 = 0.7;

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
        let everything = 0..message.tokens().len();
        let parts = parts(message);
        let topic = topic.map_or(Referent::Treatment, Referent::Topic);
        let mut heard: Vec<(Heard, Referent)> = Vec::with_capacity(parts.len());
        let mut about = topic;
        for part in parts.iter().take(limits::PARTS) {
            let next = self.part(message, part, about);
            let after = match next.decision {
                Decision::Answer(claim, _) => Referent::Topic(claim),
                Decision::Decline => Referent::Unknown,
                Decision::Clarify(_) | Decision::SmallTalk(_) => about,
            };
            heard.push((next, about));
            about = after;
        }
        // What is too much to be heard is still named.
        if let Some(first) = parts.get(limits::PARTS) {
            let rest = first.core.start..everything.end;
            let story = rest.clone();
            heard.push((
                Heard { core: rest, story, decision: Decision::Decline, candidates: Vec::new() },
                Referent::Unknown,
            ));
        }
        if heard.len() != 1 && heard.iter().any(|(part, _)| part.answered().is_none()) || heard.is_empty() {
            let whole = self.range(message, everything.clone(), everything, topic);
            if self.whole_wins(&heard, &whole) {
                return vec![whole];
            }
        }
        let divided = |(part, about)| self.divided(message, &part, about).unwrap_or_else(|| vec![part]);
        heard.into_iter().flat_map(divided).collect()
    }

    /// Whether a message is better understood as one question than by its
    /// parts: none of them is answered, or it is surer of something that the
    /// one answered part does not say.
    fn whole_wins(&self, parts: &[(Heard, Referent)], whole: &Heard) -> bool {
        let answered = || parts.iter().map(|(part, _)| part).filter(|p| p.answered().is_some());
        let best = answered().map(Heard::confidence).fold(0.0, f64::max);
        match whole.answered() {
            _ if answered().next().is_none() => parts.iter().all(|(p, _)| p.decision == Decision::Decline),
            Some(claim) => {
                whole.confidence() > best
                    && answered().filter_map(Heard::answered).all(|c| !(self.serves)(c, claim))
            }
            None => false,
        }
    }

    /// The questions that one sentence joins ("can I swim and drink wine"), taken
    /// apart in the finest way that makes sense.
    fn divided(&self, message: &Utterance, part: &Heard, about: Referent) -> Option<Vec<Heard>> {
        if part.candidates.is_empty() {
            return self.unmuted(message, part, about);
        }
        let ways = joined(message, part.core.clone());
        let mut few = ways.into_iter().filter(|way| way.len() <= limits::ANSWERS);
        few.find_map(|way| self.taken_apart(message, part, way, about))
    }

    /// A part as the things that it joins: no two are served by one answer, each
    /// is sure, and surer by itself than the sentence as a whole, whose answer is
    /// among theirs.
    fn taken_apart(
        &self,
        message: &Utterance,
        part: &Heard,
        joined: Vec<Joined>,
        about: Referent,
    ) -> Option<Vec<Heard>> {
        let least = f64::max(SURE_PIECE, part.confidence());
        let mut found: Vec<Heard> = Vec::with_capacity(joined.len());
        for Joined { tokens, frame } in joined {
            let words = message.part(tokens.clone());
            let words = match message.part(frame).normalized() {
                frame if frame.is_empty() => words,
                frame => Utterance::new(&format!("{frame} {}", words.normalized())),
            };
            let (decision, candidates) = self.decide(&words, about);
            let piece = Heard { core: tokens.clone(), story: tokens, decision, candidates };
            let is_new = found.iter().all(|f| !self.serve_alike(f, &piece));
            if !is_new || piece.answered().is_none() || piece.confidence() < least {
                return None;
            }
            found.push(piece);
        }
        let is_among = found.iter().any(|f| self.serve_alike(f, part));
        (is_among || part.answered().is_none()).then_some(found)
    }

    /// The pieces of a part that comes to nothing because it names another
    /// subject, where a piece without it is sure: "the price of this and of a
    /// nose job".
    fn unmuted(&self, message: &Utterance, part: &Heard, about: Referent) -> Option<Vec<Heard>> {
        let pieces = pieces(message, part.core.clone(), false);
        if !(2..=limits::ANSWERS).contains(&pieces.len()) {
            return None;
        }
        let heard: Vec<Heard> =
            pieces.into_iter().map(|piece| self.range(message, piece.clone(), piece, about)).collect();
        // "Over or under the muscle" is still about what was named before.
        let is_named = |h: &Heard| self.names_treatment(&message.part(h.core.clone()));
        let is_sure = |h: &Heard| h.answered().is_some() && h.confidence() >= SURE_PIECE && is_named(h);
        let is_decided = |h: &Heard| is_sure(h) || h.candidates.is_empty();
        (heard.iter().any(is_sure) && heard.iter().all(is_decided)).then_some(heard)
    }

    fn serve_alike(&self, one: &Heard, other: &Heard) -> bool {
        matches!((one.answered(), other.answered()), (Some(a), Some(b)) if (self.serves)(a, b))
    }

    /// A question with the story before it: by itself, or with its story where
    /// that says more.
    fn part(&self, message: &Utterance, part: &Part, about: Referent) -> Heard {
        let alone = self.range(message, part.core.clone(), part.story.clone(), about);
        if part.core == part.story {
            return alone;
        }
        let told = self.range(message, part.story.clone(), part.story.clone(), about);
        let told = Heard { core: part.core.clone(), ..told };
        // "I am breastfeeding. Can I still get it?" leans on its own story.
        let words = message.part(part.core.clone());
        // So does "I have a new tattoo. How soon can I go to the gym?", and that is elsewhere.
        if !self.names_treatment(&words) && self.is_elsewhere(&told) {
            return told;
        }
        let leans = leaning(&words) != Leaning::None && best(&self.ranked(&words)) < STANDS_ALONE;
        // "Ok thanks. How much is it?" is no thanks.
        let is_surer = told.confidence() > alone.confidence()
            && (told.answered().is_some() || alone.answered().is_none());
        let is_told = is_surer || (leans && told.answered().is_some());
        if is_told { told } else { alone }
    }

    fn names_treatment(&self, words: &Utterance) -> bool {
        words.words().any(|w| w == self.treatment)
    }

    /// Whether what words are most like is another subject.
    fn is_elsewhere(&self, heard: &Heard) -> bool {
        heard.candidates.first().is_some_and(|best| match best.target {
            Target::SmallTalk(entry) => (self.off_topic)(entry),
            Target::Claim(_) => false,
        })
    }

    fn range(&self, message: &Utterance, core: Range<usize>, story: Range<usize>, about: Referent) -> Heard {
        let (decision, candidates) = self.decide(&message.part(core.clone()), about);
        Heard { core, story, decision, candidates }
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

    /// Decides about words that may lean on a topic.
    fn decide(&self, words: &Utterance, about: Referent) -> (Decision, Vec<Scored>) {
        let alone = self.ranked(words);
        let leaning = leaning(words);
        let with = |topic: &str| self.ranked(&resolved(words, topic));
        let claim = match about {
            Referent::Topic(claim) => claim,
            Referent::Treatment if leaning == Leaning::Pronoun => {
                return self.decided(self.of_treatment(words, alone, self.treatment, 0.0));
            }
            Referent::Treatment | Referent::Unknown => return self.decided(alone),
        };
        let about = (self.about)(claim);
        let points_back = points_back(words);
        match leaning {
            Leaning::None => self.decided(alone),
            Leaning::Echo => {
                let again = Scored {
                    target: Target::Claim(claim),
                    confidence: f64::max(self.threshold, best(&alone)),
                };
                (Decision::Answer(claim, again.confidence), vec![again])
            }
            // A new question that happens to be short, or to say "it".
            Leaning::Pronoun | Leaning::Ellipsis if !points_back && best(&alone) >= STANDS_ALONE => {
                self.decided(alone)
            }
            Leaning::Pronoun => {
                let again = (points_back || !self.is_settled(&alone)) && asks_within(words, about);
                // After another answer "it" need not be the treatment.
                let alone = if points_back {
                    alone
                } else {
                    self.of_treatment(words, alone, &about.treatment, STANDS_ALONE)
                };
                self.decided(self.leaning(&alone, &with(&about.subject), claim, again))
            }
            Leaning::Ellipsis => {
                let new = self.leaning(&alone, &with(&about.subject), claim, false);
                if !content(words).all(|w| (self.knows)(w)) {
                    return self.decided(new);
                }
                let title = with(&about.title.normalized());
                let new = self.leaning(&new, &title, claim, false);
                self.decided(if best(&new) >= self.threshold { new } else { title })
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
