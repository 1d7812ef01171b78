//! What a conversation has to know about a claim beyond its text.

use super::belief::Lean;
use super::followup;
use crate::knowledge::{Knowledge, Located};
use crate::matching::Target;
use crate::text::Utterance;
use crate::text::content::frequencies;

/// A word tells what a claim is about where one phrasing in this many has it. A
/// common claim began with 40 phrasings, and any of their words told; with 150,
/// nearly every everyday word is among them.
const TOLD_BY: usize = 40;

/// What is learned from the phrasings of one claim.
#[derive(Clone, Debug, Default)]
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
        let words = frequencies(&phrasings).into_iter().filter(|(_, n)| n * TOLD_BY >= phrasings.len());
        let subject = followup::subject(&title, &phrasings);
        Self {
            treatment: named(treatment, &title, &subject),
            words: words.map(|(word, _)| word.to_owned()).collect(),
            lean,
            subject: subject.join(" "),
            title,
            related: next.filter_map(|id| place(&id.text)).map(Target::Claim).collect(),
        }
    }

    /// Whether enough of its phrasings have a word.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }
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
