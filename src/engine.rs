//! The one door: a message in, a reply out.
//!
//! [`Engine::answer`] is total: it cannot fail, does no I/O, reads no clock,
//! and "unknown" is a value. It reads red flags first, then matches, then lets
//! the dialogue decide.

use crate::dialogue::belief;
use crate::dialogue::decision::{self, Decision};
use crate::dialogue::{Answer, Context, Notice, Reply, Status, Suggestion, cited, wording};
use crate::knowledge::{Claim, Consultation, Knowledge, Level};
use crate::limits;
use crate::matching::{Candidate, Explanation, Matcher, Origin, Target, Trained, examples};
use crate::safety::Screen;
use crate::text::{Utterance, normalize};

/// Everything that is needed to answer, made once from the knowledge.
pub struct Engine {
    knowledge: Knowledge,
    screen: Screen,
    trained: Trained,
    /// What each example of the matcher is, in the same order.
    examples: Vec<Origin>,
    /// The claims to begin with.
    starters: Vec<usize>,
}

/// A candidate with its explanation, as `explain` lists it.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The id of the claim.
    pub id: String,
    /// How sure the match is, 0…1.
    pub confidence: f64,
    /// Why; for the first few alone.
    pub explanation: Option<Explanation>,
}

impl Engine {
    /// Prepares a knowledge base for answering.
    #[must_use]
    pub fn new(knowledge: Knowledge) -> Self {
        let trained = Trained::of(&knowledge);
        Self::with(knowledge, trained)
    }

    /// The engine on the shipped knowledge, which was compiled when the program
    /// was built.
    #[must_use]
    pub fn embedded(today: jiff::civil::Date) -> Self {
        Self::compiled(Knowledge::embedded().on(today), COMPILED)
    }

    /// Prepares a knowledge base for answering from its compiled form; trains
    /// anew where the bytes are not the compiled form of just this knowledge.
    #[must_use]
    pub fn compiled(knowledge: Knowledge, bytes: &[u8]) -> Self {
        match Trained::from_bytes(bytes, &knowledge) {
            Ok(trained) => Self::with(knowledge, trained),
            Err(_) => Self::new(knowledge),
        }
    }

    fn with(knowledge: Knowledge, trained: Trained) -> Self {
        let screen = Screen::new(&knowledge.safety);
        let starters = starters(&knowledge);
        let examples = examples(&knowledge).map(|(_, _, origin)| origin).collect();
        Self { knowledge, screen, trained, examples, starters }
    }

    /// The knowledge that answers.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The conversation that a string of an earlier reply stands for; a new
    /// one where it is not ours.
    #[must_use]
    pub fn context(&self, text: &str) -> Context {
        Context::decode(text, &self.knowledge).unwrap_or_default()
    }

    /// Answers a message within a conversation.
    #[must_use]
    pub fn answer(&self, context: &Context, text: &str) -> Reply {
        let text = truncated(text, limits::SCREENED_BYTES);
        let said = Utterance::new(text);
        let corrected = self.trained.corrected(&said);
        if let Some(alarm) = self.screen.read(&said, &corrected) {
            return self.alarm(context, alarm.level);
        }
        if text.chars().count() > limits::TEXT_CHARS {
            return self.plain(context, Status::Unknown, wording::TOO_LONG.to_owned(), Vec::new());
        }
        if said.tokens().is_empty() {
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
            return self.plain(context, status, message.to_owned(), self.starters());
        }
        if let Some(claim) = picked(context, &said).and_then(|at| self.knowledge.claim(&context.offered[at]))
        {
            let answer = self.compose(&said, claim, belief::Stance::NONE, 1.0);
            return self.answered(context, vec![answer]);
        }
        let utterance = self.trained.folded(&corrected);
        let candidates = self.matcher().rank(&utterance, RANKED);
        match decision::decide(&candidates, self.matcher().threshold(), |label| self.target(label)) {
            Decision::Answer(best) if !self.vetoed(&utterance, &best) && !self.withheld(&best) => {
                let Target::Claim(index) = self.target(best.label) else {
                    unreachable!("decided to be a claim")
                };
                let claim = &self.knowledge.claims[index];
                let is_question = text.contains('?');
                let stance = if best.similarity >= NEAR_ENOUGH_FOR_A_LEAD {
                    belief::stance(claim, self.examples[best.example].direction, is_question)
                } else {
                    belief::Stance::NONE
                };
                let answer = self.compose(&said, claim, stance, best.confidence);
                self.answered(context, vec![answer])
            }
            Decision::SmallTalk(entry) => {
                let reply = self.knowledge.smalltalk[entry].reply.clone();
                self.plain(context, Status::SmallTalk, reply, self.starters())
            }
            _ => self.plain(context, Status::Unknown, wording::UNKNOWN.to_owned(), self.near(&candidates)),
        }
    }

    /// The best candidates for a whole message, best first, whatever is
    /// decided about it.
    #[must_use]
    pub fn explain(&self, text: &str) -> Vec<Explained> {
        let utterance = self.trained.prepared(truncated(text, limits::SCREENED_BYTES));
        let explanations = self.matcher().explain(&utterance, limits::EXPLAINED);
        let ranked = self.matcher().rank(&utterance, limits::CANDIDATES);
        let explanations = explanations.into_iter().map(Some).chain(std::iter::repeat(None));
        let claims =
            ranked.into_iter().zip(explanations).filter_map(|(c, explanation)| match self.target(c.label) {
                Target::Claim(index) => {
                    let id = self.knowledge.claims[index].id.clone();
                    Some(Explained { id, confidence: c.confidence, explanation })
                }
                Target::SmallTalk(_) => None,
            });
        claims.collect()
    }

    /// The threshold that the matcher has derived from the phrasings.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.matcher().threshold()
    }

    fn matcher(&self) -> &Matcher {
        self.trained.matcher()
    }

    /// The matcher and the preparation that it was trained with.
    #[must_use]
    pub fn trained(&self) -> &Trained {
        &self.trained
    }

    /// Labels are claims first, small talk after them.
    fn target(&self, label: usize) -> Target {
        Target::of(label, &self.knowledge)
    }

    /// Whether a candidate is a claim that has expired.
    fn withheld(&self, candidate: &Candidate) -> bool {
        matches!(self.target(candidate.label), Target::Claim(index) if self.knowledge.claims[index].withheld)
    }

    /// Whether the message names a subject that this knowledge is not about,
    /// and the phrasing that won does not.
    fn vetoed(&self, utterance: &Utterance, best: &Candidate) -> bool {
        let origin = self.examples[best.example];
        let Target::Claim(index) = origin.target else { return false };
        let phrasing = self.knowledge.claims[index].phrasings().nth(origin.phrasing);
        let phrasing = phrasing.map(|p| self.trained.prepared(&p.text).normalized()).unwrap_or_default();
        let message = utterance.normalized();
        self.knowledge
            .vocabulary
            .other_subjects
            .iter()
            .any(|subject| holds_words(&message, subject) && !holds_words(&phrasing, subject))
    }

    fn compose(&self, said: &Utterance, claim: &Claim, stance: belief::Stance, confidence: f64) -> Answer {
        Answer {
            part: normalize::printable(said.original()).trim().to_owned(),
            claim: claim.clone(),
            sources: cited(&self.knowledge, claim),
            stance,
            confidence,
            personal: claim.personal,
        }
    }

    fn answered(&self, context: &Context, answers: Vec<Answer>) -> Reply {
        let given: Vec<&str> = answers.iter().map(|a| a.claim.id.as_str()).collect();
        let related = answers.iter().flat_map(|a| &a.claim.related);
        let mut suggestions: Vec<Suggestion> = Vec::new();
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
        self.reply(context, Status::Answer, String::new(), answers, suggestions, topics)
    }

    fn plain(
        &self,
        context: &Context,
        status: Status,
        message: String,
        suggestions: Vec<Suggestion>,
    ) -> Reply {
        self.reply(context, status, message, Vec::new(), suggestions, Vec::new())
    }

    fn reply(
        &self,
        context: &Context,
        status: Status,
        message: String,
        answers: Vec<Answer>,
        suggestions: Vec<Suggestion>,
        topics: Vec<String>,
    ) -> Reply {
        let offered = suggestions.iter().map(|s| s.id.clone()).collect();
        Reply {
            status,
            message,
            answers,
            unanswered: Vec::new(),
            suggestions,
            safety: context
                .reminder()
                .map(|level| Notice { level, text: self.filled(&self.knowledge.safety.reminder) }),
            consultation: Some(self.knowledge.practice.consultation.clone()),
            disclosure: self.knowledge.practice.disclosure.clone(),
            opens: context.replies == 0,
            context: context.after(topics, offered, status == Status::Clarify),
        }
    }

    fn alarm(&self, context: &Context, level: Level) -> Reply {
        let text = self.knowledge.safety.texts.get(&level).cloned().unwrap_or_default();
        Reply {
            status: Status::Safety,
            message: String::new(),
            answers: Vec::new(),
            unanswered: Vec::new(),
            suggestions: Vec::new(),
            safety: Some(Notice { level, text: self.filled(&text) }),
            consultation: None::<Consultation>,
            disclosure: self.knowledge.practice.disclosure.clone(),
            opens: context.replies == 0,
            context: context.alarmed(level),
        }
    }

    /// A fixed text with the practice's numbers in it.
    fn filled(&self, text: &str) -> String {
        let numbers = &self.knowledge.practice.numbers;
        text.replace("{emergency}", &numbers.emergency)
            .replace("{crisis}", &numbers.crisis)
            .replace("{poison}", &numbers.poison)
    }

    /// Questions to begin with.
    fn starters(&self) -> Vec<Suggestion> {
        self.starters.iter().map(|index| (&self.knowledge.claims[*index]).into()).collect()
    }

    /// Questions near what was asked; without any, those to begin with.
    fn near(&self, candidates: &[Candidate]) -> Vec<Suggestion> {
        let enough = self.matcher().threshold() * WORTH_OFFERING;
        let near: Vec<Suggestion> = candidates
            .iter()
            .filter(|c| c.confidence >= enough)
            .filter_map(|c| match self.target(c.label) {
                Target::Claim(index) if !self.knowledge.claims[index].withheld => {
                    Some((&self.knowledge.claims[index]).into())
                }
                Target::Claim(_) | Target::SmallTalk(_) => None,
            })
            .take(limits::SUGGESTIONS)
            .collect();
        if near.is_empty() { self.starters() } else { near }
    }
}

/// Candidates that a decision looks at: the best, and those it may be confused
/// with.
const RANKED: usize = 5;

/// The shipped knowledge, compiled by `build.rs`.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/trained.bin"));

/// From which similarity to a phrasing on its direction is taken for the
/// writer's. Below it a "not" may be in the difference.
const NEAR_ENOUGH_FOR_A_LEAD: f64 = 0.9;

/// A declined candidate is offered as a question from this share of the
/// threshold on: half as likely as what would be answered.
const WORTH_OFFERING: f64 = 0.5;

/// The claims that most others name as worth reading next: where a newcomer
/// does well to begin.
fn starters(knowledge: &Knowledge) -> Vec<usize> {
    let named = |id: &str| knowledge.claims.iter().flat_map(|c| &c.related).filter(|r| r.text == id).count();
    let shown = knowledge.claims.iter().enumerate().filter(|(_, c)| !c.withheld);
    let mut claims: Vec<(usize, usize)> = shown.map(|(index, c)| (index, named(&c.id))).collect();
    claims.sort_by_key(|(index, named)| (std::cmp::Reverse(*named), *index));
    claims.into_iter().take(limits::SUGGESTIONS).map(|(index, _)| index).collect()
}

/// Whether a normalised text holds a sequence of words.
fn holds_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

/// The beginning of a text, cut at a character.
fn truncated(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// Which of the offered claims a message picks: "2", "the second one".
fn picked(context: &Context, said: &Utterance) -> Option<usize> {
    let words: Vec<&str> = said.words().collect();
    let number = match words.as_slice() {
        [number] | ["number" | "the" | "option", number] | ["the", number, "one"] => *number,
        _ => return None,
    };
    let at = match number {
        "1" | "first" | "one" | "1st" => 0,
        "2" | "second" | "two" | "2nd" => 1,
        "3" | "third" | "three" | "3rd" => 2,
        _ => return None,
    };
    (at < context.offered.len()).then_some(at)
}
