//! The red-flag screen over an utterance, before anything else.
//!
//! [`Screen::read`] says whether a message holds signs of an emergency, which
//! level, and which rule said so. It reads the message as it was typed and as
//! it was corrected, because a correction may destroy a sign or mend one.
//! Refuses to see scores, to diagnose, and to weigh: a sign counts unless the
//! words around it plainly take it back (`doubt`).

mod compile;
mod doubt;
mod lexicon;
mod scene;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use compile::{Flag, Rules};
use doubt::Doubts;
use scene::{Hit, Scene};

use crate::knowledge::{Level, SafetyRules, SignKind};
use crate::text::Utterance;

/// The rules of the knowledge, ready to read messages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Screen {
    rules: Rules,
}

/// A red flag that was raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// How urgent it is: the greatest level of all flags that were raised.
    pub level: Level,
    /// The id of the flag.
    pub flag: String,
}

impl Screen {
    /// Compiles the rules; done once.
    #[must_use]
    pub fn new(rules: &SafetyRules) -> Self {
        Self { rules: Rules::new(rules) }
    }

    /// Reads a message before (`said`) and after (`corrected`) its spelling
    /// was corrected; the greater level counts. Total, and linear in the
    /// length of the message up to a logarithm.
    #[must_use]
    pub fn read(&self, said: &Utterance, corrected: &Utterance) -> Option<Alarm> {
        let first = self.raised(said, said);
        let same = said.words().eq(corrected.words());
        let second = if same { None } else { self.raised(corrected, said) };
        let flag = match (first, second) {
            (Some(a), Some(b)) => Some(if b.level > a.level { b } else { a }),
            (a, b) => a.or(b),
        }?;
        Some(Alarm { level: flag.level, flag: flag.id.clone() })
    }

    /// The first flag that a reading raises, in falling order of level.
    fn raised(&self, utterance: &Utterance, said: &Utterance) -> Option<&Flag> {
        let scene = Scene::new(utterance, said, &self.rules);
        let hits = self.hits(&scene);
        if hits.iter().zip(&self.rules.signs).all(|(h, s)| h.is_empty() || s.kind == SignKind::Context) {
            return None;
        }
        let doubts = Doubts::new(&scene, &self.rules, hits.iter().flatten());
        let there: Vec<bool> = self
            .rules
            .signs
            .iter()
            .zip(&hits)
            .map(|(sign, hits)| {
                let mut unless = None;
                hits.iter().any(|hit| {
                    doubts.allow(sign, hit) && {
                        let excuses = unless.get_or_insert_with(|| excuses(&scene, &sign.unless));
                        !excuses.iter().any(|excuse| excuse.touches(hit))
                    }
                })
            })
            .collect();
        let any = there.iter().zip(&self.rules.signs).any(|(there, s)| *there && s.kind != SignKind::Context);
        let holds = |sign: &Option<usize>| sign.map_or(any, |at| there[at]);
        self.rules.flags.iter().find(|flag| flag.when.iter().any(|all| all.iter().all(holds)))
    }

    /// Where the wordings of each sign are found.
    fn hits(&self, scene: &Scene) -> Vec<Vec<Hit>> {
        self.rules.signs.iter().map(|sign| doubt::all(scene, &sign.chains)).collect()
    }
}

/// What takes a sign back where the two touch: the same sign elsewhere in the
/// sentence still counts.
fn excuses(scene: &Scene, unless: &[compile::Chain]) -> Vec<Hit> {
    let said = |hit: &Hit| scene.is_together(hit) && scene.is_unbroken(hit);
    doubt::all(scene, unless).into_iter().filter(said).collect()
}
