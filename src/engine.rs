//! The one door: a message in, a reply out.
//!
//! [`Engine::answer`] is total: it cannot fail, does no I/O, reads no clock,
//! and "unknown" is a value. It reads red flags first, then matches, then lets
//! the dialogue decide.

use crate::dialogue::belief::{self, Direction};
use crate::dialogue::decision::{self, Decision, Target};
use crate::dialogue::{Answer, Context, Notice, Reply, Status, Suggestion, cited, wording};
use crate::knowledge::{Claim, Consultation, Knowledge, Level};
use crate::limits;
use crate::matching::{Candidate, Explanation, Matcher, Trained};
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

/// Where an example of the matcher comes from.
#[derive(Clone, Copy, Debug)]
struct Origin {
    target: Target,
    direction: Direction,
    /// Its place among the phrasings of its target.
    phrasing: usize,
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
        let (phrasings, origins): (Vec<_>, Vec<_>) =
            examples(&knowledge).map(|(label, text, origin)| ((label, text), origin)).unzip();
        let trained = Trained::new(&phrasings, &titles(&knowledge), &knowledge.vocabulary);
        let screen = Screen::new(&knowledge.safety);
        let starters = starters(&knowledge);
        Self { starters, knowledge, screen, trained, examples: origins }
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
        let candidates = self.matcher().rank(&utterance);
        match decision::decide(&candidates, self.matcher().threshold(), |label| self.target(label)) {
            Decision::Answer(best) if !self.vetoed(&utterance, &best) => {
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
        let claims = self.matcher().rank(&utterance).into_iter().filter_map(|c| match self.target(c.label) {
            Target::Claim(index) => Some((c, &self.knowledge.claims[index])),
            Target::SmallTalk(_) => None,
        });
        claims
            .take(limits::CANDIDATES)
            .enumerate()
            .map(|(rank, (candidate, claim))| Explained {
                id: claim.id.clone(),
                confidence: candidate.confidence,
                explanation: (rank < limits::EXPLAINED)
                    .then(|| self.matcher().explain(&utterance, &candidate)),
            })
            .collect()
    }

    /// The threshold that the matcher has derived from the phrasings.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.matcher().threshold()
    }

    fn matcher(&self) -> &Matcher {
        self.trained.matcher()
    }

    /// Labels are claims first, small talk after them.
    fn target(&self, label: usize) -> Target {
        target(label, self.knowledge.claims.len())
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
                Target::Claim(index) => Some((&self.knowledge.claims[index]).into()),
                Target::SmallTalk(_) => None,
            })
            .take(limits::SUGGESTIONS)
            .collect();
        if near.is_empty() { self.starters() } else { near }
    }
}

/// From which similarity to a phrasing on its direction is taken for the
/// writer's. Below it a "not" may be in the difference.
const NEAR_ENOUGH_FOR_A_LEAD: f64 = 0.9;

/// A declined candidate is offered as a question from this share of the
/// threshold on: half as likely as what would be answered.
const WORTH_OFFERING: f64 = 0.5;

fn target(label: usize, claims: usize) -> Target {
    if label < claims { Target::Claim(label) } else { Target::SmallTalk(label - claims) }
}

/// The claims that most others name as worth reading next: where a newcomer
/// does well to begin.
fn starters(knowledge: &Knowledge) -> Vec<usize> {
    let named = |id: &str| knowledge.claims.iter().flat_map(|c| &c.related).filter(|r| r.text == id).count();
    let mut claims: Vec<(usize, usize)> =
        knowledge.claims.iter().enumerate().map(|(index, c)| (index, named(&c.id))).collect();
    claims.sort_by_key(|(index, named)| (std::cmp::Reverse(*named), *index));
    claims.into_iter().take(limits::SUGGESTIONS).map(|(index, _)| index).collect()
}

/// Every phrasing of the knowledge with its label and origin.
fn examples(knowledge: &Knowledge) -> impl Iterator<Item = (usize, &str, Origin)> {
    let claims = knowledge.claims.len();
    let of_claims = knowledge.claims.iter().enumerate().flat_map(move |(label, claim)| {
        let directed = [
            (Direction::Asks, &claim.asks),
            (Direction::Affirms, &claim.affirms),
            (Direction::Denies, &claim.denies),
        ];
        let directions =
            directed.into_iter().flat_map(|(direction, list)| list.iter().map(move |_| direction));
        claim.phrasings().zip(directions).enumerate().map(move |(phrasing, (located, direction))| {
            (label, located.text.as_str(), Origin { target: target(label, claims), direction, phrasing })
        })
    });
    let of_smalltalk = knowledge.smalltalk.iter().enumerate().flat_map(move |(entry, talk)| {
        let label = claims + entry;
        talk.phrasings.iter().enumerate().map(move |(phrasing, located)| {
            let origin = Origin { target: target(label, claims), direction: Direction::Asks, phrasing };
            (label, located.text.as_str(), origin)
        })
    });
    of_claims.chain(of_smalltalk)
}

/// What the claims say apart from their phrasings; its words are known too.
fn titles(knowledge: &Knowledge) -> Vec<&str> {
    let claims = knowledge.claims.iter();
    claims.flat_map(|c| [c.title.as_str(), c.claim.as_deref().unwrap_or_default()]).collect()
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
