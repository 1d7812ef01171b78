//! The one door: a message in, a reply out.
//!
//! [`Engine::answer`] is total: it cannot fail, does no I/O, reads no clock,
//! and "unknown" is a value. It reads red flags first, then matches, then lets
//! the dialogue decide.

mod reply;
#[cfg(test)]
mod tests;
mod turn;

use std::sync::OnceLock;

use bytes::Bytes;

use crate::compiled::Compiled;
use crate::dialogue::about::About;
use crate::dialogue::choice::Choice;
use crate::dialogue::decision::Scored;
use crate::dialogue::language::{Language, language};
use crate::dialogue::{Context, Reply, Stance, Status, aftermath, wording};
use crate::knowledge::Knowledge;
use crate::limits;
use crate::matching::{Candidate, Explanation, Matcher, Origin, Target, Trained, examples};
use crate::safety::Screen;
use crate::text::Utterance;

/// Everything that is needed to answer, made once from the knowledge.
pub struct Engine {
    knowledge: Knowledge,
    screen: Screen,
    trained: Trained,
    /// What each example of the matcher is, in the same order.
    examples: Vec<Origin>,
    /// What the knowledge is not about, each with a blank around it.
    other_subjects: Vec<String>,
    /// The claims to begin with.
    starters: Vec<usize>,
    /// What is learned from each claim's phrasings for a conversation; read when it is
    /// first needed.
    about: Vec<(Bytes, OnceLock<About>)>,
    /// The word that most titles share: the treatment.
    treatment: String,
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
        Self::with(Self::compile(knowledge))
    }

    /// Compiles a knowledge base. Where its red flags are the shipped ones, so
    /// is the screen: learning it anew would take seconds.
    #[must_use]
    pub fn compile(knowledge: Knowledge) -> Compiled {
        let shipped = Compiled::from_bytes(Bytes::from_static(COMPILED), None).ok();
        let ready = shipped.filter(|shipped| shipped.knowledge.safety_hash == knowledge.safety_hash);
        Compiled::new(knowledge, ready.map(|shipped| shipped.screen))
    }

    /// The engine on the shipped knowledge, which was compiled when the program
    /// was built.
    #[must_use]
    pub fn embedded(today: jiff::civil::Date) -> Self {
        match Compiled::from_bytes(Bytes::from_static(COMPILED), None) {
            Ok(compiled) => Self::of(compiled, today),
            Err(_) => Self::new(Knowledge::embedded().on(today)),
        }
    }

    /// The engine on the shipped knowledge, if files with this hash are just
    /// that.
    #[must_use]
    pub fn shipped(hash: &str, today: jiff::civil::Date) -> Option<Self> {
        Self::compiled(Bytes::from_static(COMPILED), hash, today)
    }

    /// The engine in its compiled form, as of a day; `None` where the bytes
    /// are not the compiled form of the files with this hash.
    #[must_use]
    pub fn compiled(bytes: Bytes, hash: &str, today: jiff::civil::Date) -> Option<Self> {
        Some(Self::of(Compiled::from_bytes(bytes, Some(hash)).ok()?, today))
    }

    fn of(compiled: Compiled, today: jiff::civil::Date) -> Self {
        Self::with(Compiled { knowledge: compiled.knowledge.on(today), ..compiled })
    }

    fn with(compiled: Compiled) -> Self {
        let Compiled { knowledge, trained, screen, treatment, about } = compiled;
        let starters = starters(&knowledge);
        let examples = examples(&knowledge).map(|(_, _, origin)| origin).collect();
        let about = about.into_iter().map(|bytes| (bytes, OnceLock::new())).collect();
        let other_subjects = knowledge.vocabulary.other_subjects.iter().map(|s| padded(s)).collect();
        Self { knowledge, screen, trained, examples, other_subjects, starters, about, treatment }
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
        if let Some(level) = self.screen.read(&said, &corrected) {
            return self.alarm(context, level);
        }
        if let Some(level) = context.reminder()
            && aftermath::goes_on(&corrected)
        {
            return self.alarm(context, level);
        }
        if text.chars().count() > limits::TEXT_CHARS {
            return self.plain(context, Status::Unknown, wording::TOO_LONG.to_owned(), Vec::new());
        }
        if said.tokens().is_empty() {
            return self.wordless(context, text);
        }
        if language(&said, |word| self.trained.knows(word)) == Language::Spanish {
            return self.plain(context, Status::Unknown, wording::SPANISH.to_owned(), self.starters());
        }
        let utterance = self.trained.folded(&corrected);
        match self.choice(context, &utterance) {
            Some(Choice::This(claim)) => {
                let answer = self.compose(&said, claim, Stance::NONE, 1.0);
                return self.answered(context, vec![answer], Vec::new(), Vec::new());
            }
            Some(Choice::Neither) => {
                return self.plain(context, Status::Unknown, wording::NEITHER.to_owned(), self.starters());
            }
            None => {}
        }
        let heard = self.hear(context, &utterance);
        self.said_back(context, &said, &utterance, &heard)
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

    /// The confidence below which a candidate changes nothing: it is neither
    /// offered nor, leaning on a topic, likely enough to be asked about.
    fn worth_offering(&self) -> f64 {
        self.threshold() * WORTH_OFFERING
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
        let message = padded(&utterance.normalized());
        let mut named = self.other_subjects.iter().filter(|s| message.contains(*s)).peekable();
        // Most messages name none: the phrasing need not be prepared for them.
        if named.peek().is_none() {
            return false;
        }
        let phrasing = self.knowledge.claims[index].phrasings().nth(origin.phrasing);
        let phrasing = phrasing.map(|p| self.trained.prepared(&p.text).normalized()).unwrap_or_default();
        let phrasing = padded(&phrasing);
        named.any(|subject| !phrasing.contains(subject))
    }

    /// What an utterance may mean, best first; nothing where it names a subject
    /// that this knowledge is not about, or what it means has expired.
    fn scored(&self, utterance: &Utterance) -> Vec<Scored> {
        let candidates = self.matcher().likely(utterance, RANKED, self.worth_offering());
        if candidates.first().is_some_and(|best| self.vetoed(utterance, best) || self.withheld(best)) {
            return Vec::new();
        }
        let shown = candidates.iter().filter(|c| !self.withheld(c));
        shown.map(|c| Scored { target: self.target(c.label), confidence: c.confidence }).collect()
    }

    fn about(&self, claim: usize) -> &About {
        let (bytes, about) = &self.about[claim];
        about.get_or_init(|| About::from_bytes(bytes))
    }
}

/// Candidates that a decision looks at: the best, and those it may be confused
/// with.
const RANKED: usize = 5;

/// A declined candidate is offered as a question from this share of the
/// threshold on: half as likely as what would be answered.
const WORTH_OFFERING: f64 = 0.5;

/// The shipped knowledge, compiled by `build.rs`.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/compiled.bin"));

/// The claims that most others name as worth reading next: where a newcomer
/// does well to begin.
fn starters(knowledge: &Knowledge) -> Vec<usize> {
    let named = |id: &str| knowledge.claims.iter().flat_map(|c| &c.related).filter(|r| r.text == id).count();
    let shown = knowledge.claims.iter().enumerate().filter(|(_, c)| !c.withheld);
    let mut claims: Vec<(usize, usize)> = shown.map(|(index, c)| (index, named(&c.id))).collect();
    claims.sort_by_key(|(index, named)| (std::cmp::Reverse(*named), *index));
    claims.into_iter().take(limits::SUGGESTIONS).map(|(index, _)| index).collect()
}

/// A normalised text with a blank around each word, so that words are found
/// whole.
fn padded(text: &str) -> String {
    format!(" {text} ")
}

/// The beginning of a text, cut at a character.
fn truncated(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}
