//! What the writer's own words presume about a claim.
//!
//! Each claim lists phrasings in its direction and in the opposite one. From
//! them [`Lean`] learns which words, taken with their signs, speak for the
//! claim and which against it. A message's direction is judged from that, and
//! its [`Form`] tells whether the direction is presumed or only asked about.

use super::form::{self, Form, Formed};
use super::polarity::{self, Polarity};
use crate::knowledge::Claim;
use crate::text::Utterance;
use crate::text::clause::clauses;

/// What the writer presumes, judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belief {
    /// What they presume is right.
    Right,
    /// What they presume is wrong.
    Wrong,
    /// It is neither all right nor all wrong.
    Partly,
    /// They presume nothing, or it is in doubt.
    None,
}

impl Belief {
    /// The word of the protocol.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Partly => "partly",
            Self::None => "none",
        }
    }
}

/// How a claim's phrasings speak for and against it.
#[derive(Clone, Debug, Default)]
pub struct Lean {
    /// The roots of the words, in byte order.
    vocabulary: Vec<String>,
    /// What each word says for (+) or against (−) the claim.
    weights: Vec<f32>,
    /// What a clause says by not being negated.
    bias: f32,
    /// The phrasings: direction, and words with signs.
    phrasings: Vec<Phrasing>,
    /// How rare each word is among the phrasings: what tells them apart counts
    /// for more than the subject that they share.
    rarity: Vec<f32>,
}

#[derive(Clone, Debug)]
struct Phrasing {
    direction: f32,
    words: Vec<(usize, f32)>,
    /// Of the words, weighted by rarity.
    norm: f32,
}

/// Added to each count, so that a word seen once does not decide alone
/// (Jeffreys' prior).
const SMOOTHING: f32 = 0.5;

/// How many of the nearest phrasings vote: one may be a coincidence.
const VOTERS: usize = 3;

/// What a vote of the nearest phrasings weighs beside the words: leaving each
/// phrasing of the shipped knowledge out in turn, 2 judged most of them right,
/// and 1 and 4 nearly as many.
const VOTE_WEIGHT: f32 = 2.0;

/// How much a content speaks for (+) or against (−) a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Of the words, each by itself.
    pub words: f32,
    /// Of the nearest phrasings.
    pub near: f32,
}

impl Evidence {
    /// Both together.
    #[must_use]
    pub fn total(self) -> f32 {
        self.words + VOTE_WEIGHT * self.near
    }

    /// Whether both point in one direction.
    fn agrees(self) -> bool {
        self.words * self.near > 0.0
    }
}

impl std::ops::AddAssign for Evidence {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.near += other.near;
    }
}

impl Lean {
    /// Learns from the phrasings of a claim, each prepared like a message.
    pub fn of(claim: &Claim, prepared: impl Fn(&str) -> Utterance) -> Self {
        let stated = claim.claim.iter().map(|text| (prepared(text), 1.0));
        let affirms = claim.affirms.iter().map(|p| (prepared(&p.text), 1.0));
        let denies = claim.denies.iter().map(|p| (prepared(&p.text), -1.0));
        Self::learn(&stated.chain(affirms).chain(denies).collect::<Vec<_>>())
    }

    /// Learns from phrasings with their direction: +1 for the claim, −1
    /// against it.
    #[must_use]
    pub fn learn(phrasings: &[(Utterance, f32)]) -> Self {
        let read: Vec<(f32, Polarity)> = phrasings
            .iter()
            .flat_map(|(u, direction)| contents(u).into_iter().map(|c| (*direction, c.polarity)))
            .collect();
        let mut vocabulary: Vec<String> =
            read.iter().flat_map(|(_, p)| p.words.iter().map(|(w, _)| w.clone())).collect();
        vocabulary.sort();
        vocabulary.dedup();
        let mut own = Self { vocabulary, ..Self::default() };
        let mut counts = vec![Count::default(); own.vocabulary.len()];
        let (mut all, mut clauses) = (Count::default(), Count::default());
        for (direction, polarity) in read {
            clauses.add(direction * polarity.parity);
            let words = own.known(&polarity);
            for (word, sign) in &words {
                counts[*word].add(direction * sign);
                all.add(direction * sign);
            }
            own.phrasings.push(Phrasing { direction, words, norm: 0.0 });
        }
        #[allow(clippy::cast_precision_loss, reason = "a count of phrasings")]
        let clauses_read = own.phrasings.len() as f32;
        own.rarity = counts.iter().map(|c| (1.0 + clauses_read / c.all()).ln()).collect();
        for phrasing in &mut own.phrasings {
            phrasing.norm = norm(phrasing.words.iter().map(|(word, _)| own.rarity[*word]));
        }
        own.bias = clauses.log_odds();
        own.weights = counts.iter().map(|c| c.log_odds() - all.log_odds()).collect();
        own
    }

    /// What a content says for or against the claim; nothing where it shares
    /// no word with the phrasings.
    #[must_use]
    pub fn evidence(&self, polarity: &Polarity) -> Evidence {
        let words = self.known(polarity);
        if words.is_empty() {
            return Evidence::default();
        }
        let said: f32 = words.iter().map(|(word, sign)| sign * self.weights[*word]).sum();
        let unknown = polarity.words.len() - words.len();
        let own_norm =
            norm(words.iter().map(|(w, _)| self.rarity[*w]).chain(std::iter::repeat_n(RARE, unknown)));
        let mut nearest = [(0.0_f32, 0.0_f32); VOTERS];
        for phrasing in &self.phrasings {
            let shared: f32 = words
                .iter()
                .filter_map(|(w, s)| {
                    let (_, sign) = phrasing.words.iter().find(|(o, _)| o == w)?;
                    Some(s * sign * self.rarity[*w] * self.rarity[*w])
                })
                .sum();
            let similarity = shared.abs() / (own_norm * phrasing.norm);
            if similarity > nearest[VOTERS - 1].0 {
                nearest[VOTERS - 1] = (similarity, phrasing.direction * shared.signum());
                nearest.sort_by(|a, b| b.0.total_cmp(&a.0));
            }
        }
        let near = nearest.iter().map(|(similarity, direction)| direction * similarity * similarity).sum();
        Evidence { words: said + self.bias * polarity.parity, near }
    }

    fn known(&self, polarity: &Polarity) -> Vec<(usize, f32)> {
        let place = |(word, sign): &(String, f32)| Some((self.vocabulary.binary_search(word).ok()?, *sign));
        polarity.words.iter().filter_map(place).collect()
    }
}

fn norm(weights: impl Iterator<Item = f32>) -> f32 {
    weights.map(|w| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE)
}

/// The rarity of a word that no phrasing of the claim has: it is as likely to
/// matter as a common one of theirs.
const RARE: f32 = 1.0;

/// How often something speaks for and against.
#[derive(Clone, Copy)]
struct Count {
    pro: f32,
    contra: f32,
}

impl Default for Count {
    fn default() -> Self {
        Self { pro: SMOOTHING, contra: SMOOTHING }
    }
}

impl Count {
    fn add(&mut self, direction: f32) {
        if direction > 0.0 { self.pro += 1.0 } else { self.contra += 1.0 }
    }

    fn all(self) -> f32 {
        self.pro + self.contra
    }

    fn log_odds(self) -> f32 {
        (self.pro / self.contra).ln()
    }
}

/// A clause as the belief is judged from it.
#[derive(Clone, Debug)]
pub struct Content {
    /// What it does.
    pub formed: Formed,
    /// What it says.
    pub polarity: Polarity,
}

/// The forms and contents of a message's clauses.
#[must_use]
pub fn contents(utterance: &Utterance) -> Vec<Content> {
    let clauses = clauses(utterance);
    let formed = form::forms(utterance, &clauses);
    formed
        .into_iter()
        .map(|formed| {
            let polarity = polarity::read(&utterance.tokens()[formed.body.clone()]);
            Content { formed, polarity }
        })
        .collect()
}

/// What a message does with a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The form in which it does it.
    pub form: Form,
    /// In which direction, and how surely.
    pub evidence: Evidence,
    /// "Yes" and "no" would be ambiguous: the words are negated, or offer a
    /// choice.
    pub ambiguous: bool,
}

impl Reading {
    /// Nothing said about the claim.
    pub const NONE: Self =
        Self { form: Form::Fragment, evidence: Evidence { words: 0.0, near: 0.0 }, ambiguous: false };

    /// Whether the direction is sure enough to judge the writer's belief.
    #[must_use]
    pub fn is_directed(self) -> bool {
        self.evidence.total().abs() >= DIRECTED
    }

    /// Whether the direction is sure enough to open the answer with it.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self.evidence.total().abs() >= CERTAIN && self.evidence.agrees()
    }

    /// Whether the direction is the claim's.
    #[must_use]
    pub fn affirms(self) -> bool {
        self.evidence.total() > 0.0
    }
}

/// From which evidence on a direction is taken for the writer's. Leaving each
/// phrasing of the shipped knowledge out in turn, it is right nine times in
/// ten from here on.
const DIRECTED: f32 = 0.6;

/// From which evidence on, words and nearest phrasings agreeing, the answer
/// may open with "Yes", "No" or a judgement.
const CERTAIN: f32 = 4.0;

/// From which evidence on a statement beside an open question is a belief and
/// not the story that leads up to it.
const STATED_BESIDE_OPEN: f32 = 2.0;

/// The same beside a yes/no question, which may ask about that very statement.
const STATED_BESIDE_YES_NO: f32 = 5.0;

/// From which evidence on words without a visible verb are a statement
/// ("botox permanent") and not a heading ("botox while pregnant").
const STATED_WITHOUT_VERB: f32 = 2.0;

/// Reads what a message does with a claim.
#[must_use]
pub fn read(lean: &Lean, utterance: &Utterance) -> Reading {
    let (mut presumed, mut asked, mut named) = (Reading::NONE, Reading::NONE, Reading::NONE);
    let mut is_open = false;
    for content in contents(utterance) {
        let form = content.formed.form;
        let reading = match form {
            Form::Open => {
                is_open = true;
                continue;
            }
            Form::Account => continue,
            Form::YesNo => &mut asked,
            Form::Fragment => &mut named,
            _ => &mut presumed,
        };
        reading.form = form;
        reading.evidence += lean.evidence(&content.polarity);
        let tokens = &utterance.tokens()[content.formed.body.clone()];
        reading.ambiguous |= content.polarity.parity < 0.0 || tokens.iter().any(|t| t.text == "or");
    }
    let least = match (asked.form, is_open) {
        (Form::YesNo, _) => STATED_BESIDE_YES_NO,
        (_, true) => STATED_BESIDE_OPEN,
        _ => 0.0,
    };
    let is_asked = asked.form == Form::YesNo || is_open || clauses(utterance).last().is_some_and(|c| c.asks);
    if presumed.form.presumes() && presumed.evidence.total().abs() >= least {
        presumed
    } else if !is_asked && named.evidence.total().abs() >= STATED_WITHOUT_VERB {
        Reading { form: Form::Statement, ..named }
    } else {
        asked
    }
}
