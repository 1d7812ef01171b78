//! What a conversation has to know about a claim beyond its text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::belief::Lean;
use crate::knowledge::{Knowledge, Located};
use crate::matching::Target;
use crate::text::Utterance;
use crate::text::content::{content, frequencies};

/// A word tells what a claim is about where one phrasing in this many has it. A
/// common claim began with 40 phrasings, and any of their words told; with 150,
/// nearly every everyday word is among them.
const TOLD_BY: usize = 40;

/// A word of the title is what a claim is about where one phrasing in this many has
/// it.
const COMMON: usize = 4;

/// What is learned from the phrasings of one claim.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct About {
    /// How its phrasings speak for and against it.
    pub lean: Lean,
    /// What it is about, in words that a follow-up leaves out: the words of its
    /// subject, joined by blanks.
    pub subject: String,
    /// The treatment as its title names it: "baby botox"; empty where it does
    /// not.
    pub treatment: String,
    /// The words that enough of its phrasings have, in byte order.
    pub words: Vec<String>,
    /// Its title, prepared like a message.
    pub title: Utterance,
    /// The claims that are worth reading next.
    pub related: Vec<Target>,
}

impl About {
    /// Learns about a claim; `prepared` prepares a text like a message.
    pub fn of(
        knowledge: &Knowledge,
        claim: usize,
        treatment: &str,
        prepared: impl Fn(&str) -> Utterance,
    ) -> Self {
        let claim = &knowledge.claims[claim];
        let title = prepared(&claim.title);
        let prepare = |list: &[Located]| list.iter().map(|p| prepared(&p.text)).collect::<Vec<_>>();
        let [asks, affirms, denies] = [&claim.asks, &claim.affirms, &claim.denies].map(|list| prepare(list));
        let stated = claim.claim.as_deref().map(&prepared);
        let lean = Lean::learn(stated.iter().chain(&affirms), &denies);
        let phrasings: Vec<Utterance> = [asks, affirms, denies].into_iter().flatten().collect();
        let place = |id: &str| knowledge.claims.iter().position(|c| c.id == id);
        let next = claim.related.iter().chain(&claim.overlaps);
        let counts = frequencies(&phrasings);
        let words = counts.iter().filter(|(_, n)| **n * TOLD_BY >= phrasings.len());
        let subject = subject(&title, &counts, phrasings.len());
        Self {
            treatment: named(treatment, &title, &subject),
            words: words.map(|(word, _)| (*word).to_owned()).collect(),
            lean,
            subject: subject.join(" "),
            title,
            related: next.filter_map(|id| place(&id.text)).map(Target::Claim).collect(),
        }
    }

    /// Its bytes, for the compiled form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain data of strings and numbers: there is nothing in it that could fail to be written.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads the bytes; of others than [`About::to_bytes`] gives, nothing is learned:
    /// then no belief is in a message and nothing leans on the claim.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        postcard::from_bytes(bytes).unwrap_or_default()
    }

    /// Whether enough of its phrasings have a word.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }
}

/// The words of a title that enough of a claim's phrasings have, each once;
/// `counts` is how many of them have each word.
fn subject(title: &Utterance, counts: &BTreeMap<&str, usize>, phrasings: usize) -> Vec<String> {
    let common = |word: &str| counts.get(word).is_some_and(|n| n * COMMON >= phrasings);
    let mut words: Vec<String> = Vec::new();
    for word in content(title).filter(|w| common(w)) {
        if !words.iter().any(|w| w == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// The treatment with the word before it where that is of the subject too.
fn named(treatment: &str, title: &Utterance, subject: &[String]) -> String {
    let words: Vec<&str> = title.words().collect();
    let Some(at) = words.iter().position(|w| *w == treatment) else { return String::new() };
    match at.checked_sub(1).map(|before| words[before]).filter(|w| subject.iter().any(|s| s == w)) {
        Some(kind) => format!("{kind} {treatment}"),
        None => treatment.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{About, subject};
    use crate::knowledge::Knowledge;
    use crate::text::Utterance;
    use crate::text::content::frequencies;

    #[test]
    fn the_subject_is_what_the_phrasings_share() {
        let phrasings = ["is a brow lift safe", "does a brow lift hurt", "brow lifts"].map(Utterance::new);
        let title = Utterance::new("What does a brow lift do? A lift for foreheads");
        assert_eq!(subject(&title, &frequencies(&phrasings), phrasings.len()), ["brow", "lift"]);
        let rare = [phrasings.to_vec(), vec![Utterance::new("is it safe"); 10]].concat();
        assert!(subject(&title, &frequencies(&rare), rare.len()).is_empty());
    }

    #[test]
    fn the_bytes_give_it_back_and_others_give_nothing() {
        let knowledge = Knowledge::embedded();
        let about = About::of(&knowledge, 0, "botox", Utterance::new);
        assert!(!about.words.is_empty() && !about.title.tokens().is_empty());
        let bytes = about.to_bytes();
        assert_eq!(format!("{:?}", About::from_bytes(&bytes)), format!("{about:?}"));
        assert!(About::from_bytes(&bytes[..bytes.len() / 2]).words.is_empty());
    }
}
