//! Why: a ranking in words that somebody who edits the phrasings can act on.
//!
//! Does: name what each candidate shares with its closest phrasing, which words speak for it, and what it lacks
//! beside the best. Refuses: to print.

use super::calibration::Calibration;
use super::features::{Features, Probe};
use super::fusion::{GRAMS, MEANING, Model, Scored, WORDS};
use super::lexical::is_written;
use crate::learning::bytes::Strings;

/// How many words a note names at most.
const NAMED: usize = 4;
/// A word that adds less than this to a margin (1 for a label's own phrasings) says nothing.
const AUDIBLE: f32 = 0.05;

/// A named part of a score, with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What it is.
    pub name: &'static str,
    /// Its value, 0 to 1.
    pub value: f64,
    /// The same in words.
    pub note: String,
    /// What it is made of.
    pub parts: Vec<Explanation>,
}

/// What an explanation draws on.
pub(super) struct Explainer<'a> {
    pub(super) features: &'a Features,
    pub(super) model: &'a Model,
    pub(super) calibration: Calibration,
    pub(super) phrasings: &'a Strings,
    /// Looks at a single word.
    pub(super) word: &'a dyn Fn(&str) -> Probe,
}

impl Explainer<'_> {
    /// Why a candidate of a ranking stands where it stands; `corrections` are the words that were read as others.
    pub(super) fn explain(
        &self,
        message: &Probe,
        scored: Scored,
        ranking: &[Scored],
        corrections: &[(&str, &str)],
    ) -> Explanation {
        // each is set against the best, and the best against the runner-up
        let rival = ranking.iter().find(|other| other.label != scored.label);
        let note = match rival {
            None => "nothing else is alike".to_owned(),
            Some(rival) if rival.score > scored.score => behind(scored, *rival),
            Some(rival) => format!("ahead: the next is {}", behind(*rival, scored)),
        };
        Explanation {
            name: "confidence",
            value: self.calibration.confidence(scored.score).into(),
            note,
            parts: vec![self.likeness(message, scored, corrections), self.evidence(message, scored, rival)],
        }
    }

    /// Is anything here about this?
    fn likeness(&self, message: &Probe, scored: Scored, corrections: &[(&str, &str)]) -> Explanation {
        let [words, spelling, meaning] = self.model.likeness(self.features, message, scored.phrasing);
        let phrasing = self.phrasings.get(scored.phrasing as usize);
        let corrections: Vec<_> =
            corrections.iter().map(|(written, read)| format!("; reads '{written}' as '{read}'")).collect();
        let part = |name, value: f32, share: f32, note| Explanation {
            name,
            value: value.into(),
            note: format!("{note}counts {:.0} %", share * 100.0),
            parts: Vec::new(),
        };
        Explanation {
            name: "likeness",
            value: scored.likeness.into(),
            note: format!("closest phrasing \"{phrasing}\"{}", corrections.concat()),
            parts: vec![
                part("words", words, WORDS, self.shared(message, phrasing)),
                part("spelling", spelling, GRAMS, String::new()),
                part("meaning", meaning, MEANING, String::new()),
            ],
        }
    }

    /// The words that the message shares with a phrasing, rarest first, and how many it has beside them.
    fn shared(&self, message: &Probe, phrasing: &str) -> String {
        let rare_first = {
            let mut ids: Vec<u32> = message.words.known.iter().map(|&(id, _)| id).collect();
            let idf = self.model.word_idf();
            ids.sort_by(|&a, &b| idf.of(b).total_cmp(&idf.of(a)).then(a.cmp(&b)));
            ids.into_iter().map(|id| self.features.words.key(id)).filter(|word| is_written(word))
        };
        let (shared, other): (Vec<_>, Vec<_>) =
            rare_first.partition(|word| phrasing.split(' ').any(|own| own == *word));
        let mut notes = vec![format!("shares {}", quoted(&shared))];
        if !other.is_empty() {
            notes.push(format!("not {}", quoted(&other)));
        }
        if message.words.unknown > 0 {
            notes.push(format!("words that no phrasing has: {}", message.words.unknown));
        }
        notes.join(", ") + "; "
    }

    /// Which one is it?
    fn evidence(&self, message: &Probe, scored: Scored, rival: Option<&Scored>) -> Explanation {
        let says = |word: &str| {
            let word = (self.word)(word);
            let of = |label| self.model.says(self.features, message, &word, label);
            of(scored.label) - rival.map_or(0.0, |rival| of(rival.label))
        };
        let words = message.words.known.iter().map(|&(id, _)| self.features.words.key(id));
        let mut voices: Vec<(f32, &str)> =
            words.filter(|word| is_written(word)).map(|word| (says(word), word)).collect();
        voices.sort_by(|a, b| b.0.total_cmp(&a.0));
        let named =
            |voices: Vec<&str>, verb| if voices.is_empty() { String::new() } else { quoted(&voices) + verb };
        let above = voices.iter().filter(|voice| voice.0 > AUDIBLE).map(|voice| voice.1).collect();
        let below = voices.iter().rev().filter(|voice| voice.0 < -AUDIBLE).map(|voice| voice.1).collect();
        let notes = [named(above, " for it"), named(below, " against it")];
        Explanation {
            name: "evidence",
            value: scored.evidence.exp().into(),
            note: notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; "),
            parts: Vec::new(),
        }
    }
}

/// Why one candidate is behind another.
fn behind(scored: Scored, better: Scored) -> String {
    let mut reasons = Vec::new();
    if better.likeness > scored.likeness {
        reasons.push(format!("is less alike ({:.2} against {:.2})", scored.likeness, better.likeness));
    }
    if better.evidence > scored.evidence {
        let share = |scored: Scored| scored.evidence.exp() * 100.0;
        reasons.push(format!(
            "has less of the evidence ({:.0} % against {:.0} %)",
            share(scored),
            share(better)
        ));
    }
    format!("behind: {}", reasons.join(" and "))
}

fn quoted(words: &[&str]) -> String {
    if words.is_empty() {
        return "nothing".to_owned();
    }
    words.iter().take(NAMED).map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{behind, quoted};
    use crate::matching::fusion::Scored;

    #[test]
    fn the_runner_up_lost_because() {
        let scored = |likeness, evidence| Scored { label: 0, score: 0.0, evidence, likeness, phrasing: 0 };
        assert_eq!(behind(scored(0.2, 0.0), scored(0.5, 0.0)), "behind: is less alike (0.20 against 0.50)");
        let worse = scored(0.5, 0.25_f32.ln());
        assert_eq!(
            behind(worse, scored(0.5, 0.5_f32.ln())),
            "behind: has less of the evidence (25 % against 50 %)"
        );
    }

    #[test]
    fn names_a_few() {
        assert_eq!(quoted(&["a", "b"]), "'a', 'b'");
        assert_eq!(quoted(&["a", "b", "c", "d", "e"]), "'a', 'b', 'c', 'd'");
        assert_eq!(quoted(&[]), "nothing");
    }
}
