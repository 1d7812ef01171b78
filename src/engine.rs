//! The one door: a message in, a reply out.
//!
//! [`Engine::answer`] is total: it cannot fail, does no I/O, reads no clock,
//! and "unknown" is a value. It reads red flags first, then matches, then lets
//! the dialogue decide.

mod reply;
mod turn;

use crate::dialogue::belief::Lean;
use crate::dialogue::choice::Choice;
use crate::dialogue::decision::{Scored, Target};
use crate::dialogue::hearing::Topic;
use crate::dialogue::language::{Language, language};
use crate::dialogue::{Context, Reply, Stance, Status, aftermath, followup, wording};
use crate::knowledge::{Claim, Knowledge};
use crate::limits;
use crate::matching::{Candidate, Example, Explanation, Matcher};
use crate::safety::Screen;
use crate::text::{Speller, Synonyms, Utterance};

/// Everything that is needed to answer, made once from the knowledge.
pub struct Engine {
    knowledge: Knowledge,
    screen: Screen,
    speller: Speller,
    synonyms: Synonyms,
    matcher: Matcher,
    /// What each example of the matcher is, in the same order.
    examples: Vec<Origin>,
    /// How the phrasings of each claim speak for and against it.
    leans: Vec<Lean>,
    /// What each claim is about.
    topics: Vec<Topic>,
    /// The claims to begin with.
    starters: Vec<usize>,
}

/// Where an example of the matcher comes from.
#[derive(Clone, Copy, Debug)]
struct Origin {
    target: Target,
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
        let speller = Speller::new(vocabulary(&knowledge), knowledge.vocabulary.spellings.iter().cloned());
        let synonyms = Synonyms::new(&knowledge.vocabulary.synonyms);
        let (examples, origins): (Vec<_>, Vec<_>) = examples(&knowledge)
            .map(|(label, text, origin)| {
                let utterance = Utterance::new(text).corrected(&speller).folded(&synonyms);
                (Example { label, utterance }, origin)
            })
            .unzip();
        let prepared = |text: &str| Utterance::new(text).corrected(&speller).folded(&synonyms);
        let leans = knowledge.claims.iter().map(|claim| Lean::of(claim, prepared)).collect();
        let topics = knowledge.claims.iter().map(|claim| topic(&knowledge, claim, prepared)).collect();
        let matcher = Matcher::train(&examples);
        let screen = Screen::new(&knowledge.safety);
        let starters = starters(&knowledge);
        Self { starters, knowledge, screen, speller, synonyms, matcher, examples: origins, leans, topics }
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
        let corrected = said.corrected(&self.speller);
        if let Some(alarm) = self.screen.read(&said, &corrected) {
            return self.alarm(context, alarm.level);
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
        if language(&said, |word| self.speller.knows(word)) == Language::Spanish {
            return self.plain(context, Status::Unknown, wording::SPANISH.to_owned(), self.starters());
        }
        let utterance = corrected.folded(&self.synonyms);
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
        let utterance = self.prepared(truncated(text, limits::SCREENED_BYTES));
        let claims = self.matcher.rank(&utterance).into_iter().filter_map(|c| match self.target(c.label) {
            Target::Claim(index) => Some((c, &self.knowledge.claims[index])),
            Target::SmallTalk(_) => None,
        });
        claims
            .take(limits::CANDIDATES)
            .enumerate()
            .map(|(rank, (candidate, claim))| Explained {
                id: claim.id.clone(),
                confidence: candidate.confidence,
                explanation: (rank < limits::EXPLAINED).then(|| self.matcher.explain(&utterance, &candidate)),
            })
            .collect()
    }

    /// The threshold that the matcher has derived from the phrasings.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        self.matcher.threshold()
    }

    /// A text as the matcher reads it.
    #[must_use]
    pub fn prepared(&self, text: &str) -> Utterance {
        Utterance::new(text).corrected(&self.speller).folded(&self.synonyms)
    }

    /// Labels are claims first, small talk after them.
    fn target(&self, label: usize) -> Target {
        target(label, self.knowledge.claims.len())
    }

    /// What an utterance may mean, best first; nothing where it names a subject
    /// that this knowledge is not about, and the best phrasing does not.
    fn scored(&self, utterance: &Utterance) -> Vec<Scored> {
        let candidates = self.matcher.rank(utterance);
        if candidates.first().is_some_and(|best| self.vetoed(utterance, best)) {
            return Vec::new();
        }
        let scored = |c: &Candidate| Scored { target: self.target(c.label), confidence: c.confidence };
        candidates.iter().take(limits::CANDIDATES).map(scored).collect()
    }
    fn vetoed(&self, utterance: &Utterance, best: &Candidate) -> bool {
        let origin = self.examples[best.example];
        let Target::Claim(index) = origin.target else { return false };
        let phrasing = self.knowledge.claims[index].phrasings().nth(origin.phrasing);
        let phrasing = phrasing.map(|p| self.prepared(&p.text).normalized()).unwrap_or_default();
        let message = utterance.normalized();
        self.knowledge
            .vocabulary
            .other_subjects
            .iter()
            .any(|subject| holds_words(&message, subject) && !holds_words(&phrasing, subject))
    }
}

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
        claim.phrasings().enumerate().map(move |(phrasing, located)| {
            (label, located.text.as_str(), Origin { target: target(label, claims), phrasing })
        })
    });
    let of_smalltalk = knowledge.smalltalk.iter().enumerate().flat_map(move |(entry, talk)| {
        let label = claims + entry;
        talk.phrasings.iter().enumerate().map(move |(phrasing, located)| {
            let origin = Origin { target: target(label, claims), phrasing };
            (label, located.text.as_str(), origin)
        })
    });
    of_claims.chain(of_smalltalk)
}

/// All words that the knowledge knows, each as often as it occurs in it.
fn vocabulary(knowledge: &Knowledge) -> impl Iterator<Item = String> {
    let phrasings = examples(knowledge).map(|(_, text, _)| text);
    let titles =
        knowledge.claims.iter().flat_map(|c| [c.title.as_str(), c.claim.as_deref().unwrap_or_default()]);
    let synonyms = knowledge.vocabulary.synonyms.iter().flatten().map(String::as_str);
    let others = knowledge.vocabulary.other_subjects.iter().map(String::as_str);
    let misspelled: std::collections::BTreeSet<&str> =
        knowledge.vocabulary.spellings.iter().map(|(word, _)| word.as_str()).collect();
    let texts = phrasings.chain(titles).chain(synonyms).chain(others);
    let words = texts.flat_map(|t| Utterance::new(t).words().map(str::to_owned).collect::<Vec<_>>());
    words.filter(move |w| !misspelled.contains(w.as_str())).collect::<Vec<_>>().into_iter()
}

/// Whether a normalised text holds a sequence of words.
fn holds_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

/// The beginning of a text, cut at a character.
fn truncated(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// What a claim is about, in words that follow-ups leave out.
fn topic(knowledge: &Knowledge, claim: &Claim, prepared: impl Fn(&str) -> Utterance) -> Topic {
    let title = prepared(&claim.title);
    let phrasings: Vec<Utterance> = claim.phrasings().map(|p| prepared(&p.text)).collect();
    let place = |id: &str| knowledge.claims.iter().position(|c| c.id == id);
    let next = claim.related.iter().chain(&claim.overlaps);
    let related = next.filter_map(|id| place(&id.text)).map(Target::Claim).collect();
    Topic { related, subject: followup::subject(&title, phrasings.iter()).join(" "), title }
}
