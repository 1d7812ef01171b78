//! The red-flag screen over an utterance, before anything else.
//!
//! [`Screen::read`] says whether a message speaks of an emergency, and of which
//! level. It reads the message as it was typed and as it was corrected, because
//! a correction may destroy a sign or mend one. Rules find signs (`compile`,
//! `scene`), and what plainly takes them back (`doubt`); what was learned from
//! examples (`learned`) hears them together with the words of the message and
//! decides. Refuses to see the matcher's scores and to diagnose.

mod compile;
mod doubt;
mod learned;
mod lexicon;
mod network;
mod scene;
#[cfg(test)]
mod tests;

use std::ops::Range;

use compile::{Flag, Rules};
use doubt::Doubts;
use learned::{Evidence, Learned};
use scene::{Hit, Scene};

use crate::knowledge::{Level, SafetyExample, SafetyRules, SignKind};
use crate::learning::Malformed;
use crate::learning::bytes::{Reader, Writer};
use crate::text::Utterance;

/// The rules of the knowledge and what was learned from its examples, ready to
/// read messages.
#[derive(Clone, Debug)]
pub struct Screen {
    rules: Rules,
    /// None where there are no examples: then the rules decide alone.
    learned: Option<Learned>,
}

/// From how many words on what was learned is asked: in "today" or "I did it" there
/// is nothing to hear but how often emergencies have those words. The rules find
/// nearly all emergencies of three words (benches/README.md).
const ENOUGH_WORDS: usize = 4;

/// What a message may be labelled: harmless, which comes first, or of a level.
const LABELS: usize = 1 + Level::ALL.len();

/// What the rules say of a message.
struct Finding<'a> {
    /// The first flag that is raised, in falling order of level.
    flag: Option<&'a Flag>,
    /// What was found, whether or not it counts.
    evidence: Evidence,
}

impl Finding<'_> {
    fn level(&self) -> Option<Level> {
        self.flag.map(|flag| flag.level)
    }
}

impl Screen {
    /// Compiles the rules as they were `written` and learns from the examples,
    /// and from messages that are `harmless` for sure: what the knowledge has
    /// answers to. The rules' own examples are left out: they are its test.
    #[must_use]
    pub fn new<'a>(
        written: &SafetyRules,
        examples: &[SafetyExample],
        harmless: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut screen = Self { rules: Rules::new(written), learned: None };
        if !examples.is_empty() {
            let examples = examples.iter().map(|e| (e.level, e.text.as_str(), e.fresh));
            let examples: Vec<_> = examples
                .chain(harmless.map(|text| (None, text, true)))
                .map(|(level, text, fresh)| {
                    let said = Utterance::new(text);
                    let evidence = if fresh { screen.find(&said, &said).evidence } else { Evidence::new() };
                    (level, said, evidence)
                })
                .collect();
            screen.learned = Some(Learned::train(&examples, screen.rules.evidence()));
        }
        screen
    }

    /// Reads a message before (`said`) and after (`corrected`) its spelling
    /// was corrected. Rules read both; what was learned hears the words as they
    /// were said, slips and all, as its examples were. Total, and linear in the
    /// length of the message up to a logarithm.
    #[must_use]
    pub fn read(&self, said: &Utterance, corrected: &Utterance) -> Option<Level> {
        let as_said = self.find(said, said);
        let is_changed = !said.words().eq(corrected.words());
        let mended = is_changed.then(|| self.find(corrected, said)).filter(|found| found.flag.is_some());
        let ruled = as_said.level().max(mended.as_ref().and_then(Finding::level));
        let Some(learned) = self.learned.as_ref().filter(|_| said.tokens().len() >= ENOUGH_WORDS) else {
            return ruled;
        };
        let least = if ruled.is_some() { learned::ALARMING_BY_RULE } else { learned::ALARMING };
        let heard = learned.level(said, &as_said.evidence, least).or_else(|| {
            // The rest of a long message, or a slip, must not drown what the rules point at.
            let by_sentence = ruled.and_then(|_| self.loudest(learned, said));
            let by_mending =
                mended.and_then(|found| learned.level(corrected, &found.evidence, learned::ALARMING_PART));
            by_sentence.max(by_mending)
        })?;
        Some(ruled.map_or(heard, |ruled| ruled.max(heard)))
    }

    /// The greatest level that a sentence of a message has by itself.
    fn loudest(&self, learned: &Learned, utterance: &Utterance) -> Option<Level> {
        let level = |range: &Range<usize>| {
            let sentence = utterance.part(range.clone());
            let evidence = self.find(&sentence, &sentence).evidence;
            learned.level(&sentence, &evidence, learned::ALARMING_PART)
        };
        utterance.sentences().iter().filter_map(level).max()
    }

    /// Reads a message by the rules.
    fn find(&self, utterance: &Utterance, said: &Utterance) -> Finding<'_> {
        let scene = Scene::new(utterance, said, &self.rules);
        let mut evidence = Evidence::new();
        let hits = self.hits(&scene);
        if hits.iter().zip(&self.rules.signs).all(|(h, s)| h.is_empty() || s.kind == SignKind::Context) {
            return Finding { flag: None, evidence };
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
        let flag = self.rules.flags.iter().find(|flag| flag.when.iter().any(|all| all.iter().all(holds)));
        evidence.extend(self.rules.of_signs(hits.iter().map(|hits| !hits.is_empty()), 0));
        evidence.extend(self.rules.of_signs(there.iter().copied(), 1));
        evidence.extend(flag.map(|flag| self.rules.of_level(flag.level)));
        Finding { flag, evidence }
    }

    /// Where the wordings of each sign are found.
    fn hits(&self, scene: &Scene) -> Vec<Vec<Hit>> {
        self.rules.signs.iter().map(|sign| doubt::all(scene, &sign.chains)).collect()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        // Plain data of strings and numbers: there is nothing in it that could fail to be written.
        out.array(&postcard::to_allocvec(&self.rules).unwrap_or_default());
        out.value(u32::from(self.learned.is_some()));
        if let Some(learned) = &self.learned {
            learned.write(out);
        }
    }

    pub(crate) fn read_from(reader: &mut Reader) -> Result<Self, Malformed> {
        let rules: Rules = postcard::from_bytes(&reader.block()?).map_err(|_| Malformed)?;
        let is_learned: u32 = reader.value()?;
        let learned = match is_learned {
            0 => None,
            _ => Some(Learned::read(reader, rules.evidence())?),
        };
        Ok(Self { rules, learned })
    }
}

/// What takes a sign back where the two touch: the same sign elsewhere in the
/// sentence still counts.
fn excuses(scene: &Scene, unless: &[compile::Chain]) -> Vec<Hit> {
    let said = |hit: &Hit| scene.is_together(hit) && scene.is_unbroken(hit);
    doubt::all(scene, unless).into_iter().filter(said).collect()
}
