//! What the writer's own words presume about a claim.
//!
//! Each claim lists phrasings in its direction and in the opposite one. From
//! them [`Lean`] learns which words, taken with their signs, speak for the
//! claim and which against it. A message's direction is judged from that, and
//! its [`Form`] tells whether the direction is presumed or only asked about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::form::{self, Form, Formed};
use super::polarity::{self, Polarity};
use crate::text::clause::clauses;
use crate::text::{Token, Utterance};

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

/// How a claim's phrasings speak for and against it: a logistic regression of
/// their direction on their words with signs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lean {
    /// The roots of the words, in byte order.
    vocabulary: Vec<String>,
    /// What each word says for (+) or against (−) the claim.
    weights: Vec<f32>,
    /// What a clause says by not being negated.
    bias: f32,
}

/// What not being negated counts beside one word: a direction shows in it, but
/// a phrasing has several words.
const BIAS: f32 = 0.5;

/// How strongly weights are held near 0, in phrasings: of 0.03, 0.1, 0.5 and 2
/// the least judged most phrasings of the shipped knowledge right, each left
/// out in turn.
const RIDGE: f32 = 0.03;

/// Steps of the ascent; three times as many as leave no more to gain on a
/// claim with a few dozen phrasings.
const STEPS: usize = 120;

/// Twice the inverse of the largest curvature of the logistic loss, ¼: the
/// longest step that does not overshoot.
const STEP: f32 = 2.0 / 0.25;

/// Words of a vocabulary with their signs, as a vector of length 1; the last
/// entry is the bias.
type Features = Vec<(usize, f32)>;

impl Lean {
    /// Learns from phrasings that speak for a claim and others against it, each
    /// prepared like a message.
    #[must_use]
    pub fn learn<'a>(
        affirm: impl IntoIterator<Item = &'a Utterance>,
        deny: impl IntoIterator<Item = &'a Utterance>,
    ) -> Self {
        let directed = affirm.into_iter().map(|u| (1.0, u)).chain(deny.into_iter().map(|u| (-1.0, u)));
        let read: Vec<(f32, Vec<Polarity>)> = directed
            .map(|(direction, u)| (direction, contents(u).into_iter().map(|c| c.polarity).collect()))
            .collect();
        let mut vocabulary: Vec<String> = read
            .iter()
            .flat_map(|(_, p)| p.iter().flat_map(|p| p.words.iter().map(|(w, _)| w.clone())))
            .collect();
        vocabulary.sort();
        vocabulary.dedup();
        let bias = vocabulary.len();
        let mut own = Self { vocabulary, ..Self::default() };
        let examples: Vec<(f32, Features)> =
            read.iter().map(|(direction, p)| (*direction, own.features(p.iter()))).collect();
        let mut weights = vec![0.0; bias + 1];
        let rate = STEP / (examples.len() as f32).max(1.0);
        for _ in 0..STEPS {
            let mut gradient: Vec<f32> = weights.iter().map(|w| -RIDGE * w).collect();
            for (direction, features) in &examples {
                let margin = direction * dot(&weights, features);
                let missed = direction / (1.0 + margin.exp());
                for (word, value) in features {
                    gradient[*word] += missed * value;
                }
            }
            for (weight, change) in weights.iter_mut().zip(&gradient) {
                *weight += rate * change;
            }
        }
        own.bias = weights.pop().unwrap_or_default();
        own.weights = weights;
        own
    }

    /// How much contents speak together for (+) or against (−) the claim, as
    /// log-odds; 0 where they share no word with the phrasings.
    #[must_use]
    pub fn evidence<'a>(&self, contents: impl Iterator<Item = &'a Polarity>) -> f32 {
        let features = self.features(contents);
        let bias = self.weights.len();
        if features.iter().all(|(word, _)| *word == bias) {
            return 0.0;
        }
        features.iter().map(|(word, value)| value * self.weights.get(*word).unwrap_or(&self.bias)).sum()
    }

    /// The known words of contents; the unknown ones count in the length alone.
    fn features<'a>(&self, contents: impl Iterator<Item = &'a Polarity>) -> Features {
        let bias = self.vocabulary.len();
        let (mut known, mut unknown): (BTreeMap<usize, f32>, f32) = (BTreeMap::new(), 0.0);
        for polarity in contents {
            *known.entry(bias).or_default() += BIAS * polarity.parity;
            for (word, sign) in &polarity.words {
                match self.vocabulary.binary_search(word) {
                    Ok(place) => *known.entry(place).or_default() += sign,
                    Err(_) => unknown += 1.0,
                }
            }
        }
        let squares: f32 = known.values().map(|v| v * v).sum::<f32>() + unknown;
        let length = squares.sqrt().max(f32::MIN_POSITIVE);
        known.into_iter().map(|(word, value)| (word, value / length)).collect()
    }
}

fn dot(weights: &[f32], features: &Features) -> f32 {
    features.iter().map(|(word, value)| weights[*word] * value).sum()
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
            let polarity = if formed.turned == formed.former { polarity } else { polarity.opposite() };
            Content { formed, polarity }
        })
        .collect()
}

/// What a message does with a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The form in which it does it.
    pub form: Form,
    /// In which direction, and how surely: log-odds, + for the claim.
    pub evidence: f32,
    /// "Yes" and "no" would be ambiguous: the words are negated, or offer a
    /// choice.
    pub ambiguous: bool,
    /// It is told as what was believed before, and not what is believed now.
    pub former: bool,
    /// One of its clauses by itself speaks in the other direction, or an "only"
    /// takes back a part of it ("only the needle is smaller").
    pub torn: bool,
}

impl Reading {
    /// Nothing said about the claim.
    pub const NONE: Self =
        Self { form: Form::Fragment, evidence: 0.0, ambiguous: false, former: false, torn: false };

    /// Whether the direction is sure enough to judge the writer's belief.
    #[must_use]
    pub fn is_directed(self) -> bool {
        self.evidence.abs() >= DIRECTED
    }

    /// Whether the direction is sure enough to open the answer with it.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self.evidence.abs() >= CERTAIN && !self.torn
    }

    /// Whether the direction is the claim's.
    #[must_use]
    pub fn affirms(self) -> bool {
        self.evidence > 0.0
    }
}

/// From which evidence on a direction is taken for the writer's. Of messages
/// that somebody else wrote (the development halves of the tables) it is right
/// three times in four just above it and nine in ten over all. Below it, and
/// for phrasings left out in turn, which share fewer words with the rest, it is
/// hardly better than chance.
const DIRECTED: f32 = 0.4;

/// From which evidence on the answer may open with "Yes", "No" or a judgement:
/// the same trial leaves two wrong in a hundred.
const CERTAIN: f32 = 3.5;

/// From which evidence on a statement beside an open question is a belief and
/// not the story that leads up to it.
const STATED_BESIDE_OPEN: f32 = 1.0;

/// The same beside a yes/no question, which may ask about that very statement.
const STATED_BESIDE_YES_NO: f32 = 3.0;

/// From which evidence on words without a visible verb are a statement
/// ("botox permanent") and not a heading ("botox while pregnant").
const STATED_WITHOUT_VERB: f32 = 1.0;

/// The clauses of one kind: what they say together, in the form of the last.
struct Group<'a> {
    form: Form,
    said: Vec<&'a Polarity>,
    ambiguous: bool,
    former: bool,
    restricted: bool,
}

impl<'a> Group<'a> {
    const NONE: Self =
        Self { form: Form::Fragment, said: Vec::new(), ambiguous: false, former: false, restricted: false };

    fn add(&mut self, content: &'a Content, words: &[Token]) {
        self.form = content.formed.form;
        self.said.push(&content.polarity);
        self.former = content.formed.former;
        self.restricted |= words.iter().any(|t| t.text == "only");
        self.ambiguous |= content.polarity.parity < 0.0 || words.iter().any(|t| t.text == "or");
    }

    fn reading(&self, lean: &Lean) -> Reading {
        let evidence = lean.evidence(self.said.iter().copied());
        let is_against = |one: &&Polarity| evidence * lean.evidence(std::iter::once(*one)) < 0.0;
        Reading {
            form: self.form,
            evidence,
            torn: self.restricted || (self.said.len() > 1 && self.said.iter().any(is_against)),
            ambiguous: self.ambiguous,
            former: self.former,
        }
    }
}

/// Reads what a message does with a claim.
#[must_use]
pub fn read(lean: &Lean, utterance: &Utterance) -> Reading {
    let contents = contents(utterance);
    let (mut presumed, mut asked, mut named) = (Group::NONE, Group::NONE, Group::NONE);
    let (mut is_open, mut asks_in_short) = (false, false);
    for content in &contents {
        let group = match content.formed.form {
            Form::Open => {
                is_open = true;
                continue;
            }
            Form::Account => continue,
            Form::YesNo => &mut asked,
            // "Ok for me?", "too young?": a question that leaves its verb out.
            Form::Fragment if content.formed.asks => {
                asks_in_short = true;
                &mut named
            }
            Form::Fragment => &mut named,
            _ => &mut presumed,
        };
        group.add(content, &utterance.tokens()[content.formed.body.clone()]);
    }
    let [presumed, asked, named] = [presumed, asked, named].map(|group| group.reading(lean));
    let least = match (asked.form, is_open) {
        (Form::YesNo, _) => STATED_BESIDE_YES_NO,
        _ if asks_in_short => STATED_BESIDE_YES_NO,
        (_, true) => STATED_BESIDE_OPEN,
        _ => 0.0,
    };
    let is_asked = asked.form == Form::YesNo || is_open || clauses(utterance).iter().any(|c| c.asks);
    if presumed.form.presumes() && presumed.evidence.abs() >= least {
        presumed
    } else if !is_asked && named.evidence.abs() >= STATED_WITHOUT_VERB {
        Reading { form: Form::Statement, ..named }
    } else {
        asked
    }
}
