//! A matcher together with the preparation that its utterances go through.

use std::collections::BTreeSet;

use super::examples::examples;
use super::{Example, Matcher};
use crate::knowledge::{Knowledge, Vocabulary};
use crate::learning::bytes::{Malformed, Reader, Writer};
use crate::text::{Speller, Synonyms, Utterance};

/// A matcher with the speller and the synonyms it was trained with. Whatever
/// answers and whatever measures goes through this one preparation.
#[derive(Clone, Debug)]
pub struct Trained {
    speller: Speller,
    synonyms: Synonyms,
    matcher: Matcher,
}

impl Trained {
    /// Trains on the phrasings of a knowledge base.
    #[must_use]
    pub fn of(knowledge: &Knowledge) -> Self {
        let phrasings: Vec<(usize, &str)> =
            examples(knowledge).map(|(label, text, _)| (label, text)).collect();
        let claims = knowledge.claims.iter();
        let titles: Vec<&str> =
            claims.flat_map(|c| [c.title.as_str(), c.claim.as_deref().unwrap_or_default()]).collect();
        let claim = |label: usize| knowledge.claims.get(label);
        let serves = |own: usize, other: usize| {
            claim(own).zip(claim(other)).is_some_and(|(own, other)| own.overlaps_with(other))
        };
        Self::new(&phrasings, &titles, &knowledge.vocabulary, &serves)
    }

    /// Trains on phrasings, each with its label. The speller knows their
    /// words, those of `other_texts` and those of the vocabulary; the
    /// misspellings that the vocabulary lists are none of them. `serves` is as
    /// for [`Matcher::train`].
    #[must_use]
    pub fn new(
        phrasings: &[(usize, &str)],
        other_texts: &[&str],
        vocabulary: &Vocabulary,
        serves: &dyn Fn(usize, usize) -> bool,
    ) -> Self {
        let misspelled: BTreeSet<&str> = vocabulary.spellings.iter().map(|(word, _)| word.as_str()).collect();
        let listed = vocabulary.synonyms.iter().flatten().chain(&vocabulary.other_subjects);
        let words = |text: &str| {
            let known = Utterance::new(text);
            known.words().filter(|w| !misspelled.contains(w)).map(str::to_owned).collect::<Vec<_>>()
        };
        let sure = other_texts.iter().copied().chain(listed.map(String::as_str));
        let speller = Speller::new(
            phrasings.iter().flat_map(|(_, text)| words(text)),
            sure.flat_map(words),
            vocabulary.spellings.iter().cloned(),
        );
        let synonyms = Synonyms::new(&vocabulary.synonyms);
        let examples: Vec<Example> = phrasings
            .iter()
            .map(|(label, text)| Example {
                label: *label,
                utterance: Utterance::new(text).corrected(&speller).folded(&synonyms),
            })
            .collect();
        let matcher = Matcher::train(&examples, serves);
        Self { speller, synonyms, matcher }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.texts(&self.speller.known().map(|(word, _)| word).collect());
        out.array(&self.speller.known().map(|(_, count)| count as u32).collect::<Vec<_>>());
        self.matcher.write(out);
    }

    /// Reads what was trained on a knowledge base.
    pub(crate) fn read(reader: &mut Reader, knowledge: &Knowledge) -> Result<Self, Malformed> {
        let words = reader.texts()?;
        let counts: Vec<u32> = reader.exactly(words.len())?;
        if !words.iter().is_sorted() {
            return Err(Malformed);
        }
        let matcher = Matcher::read(reader)?;
        let (labels, places) = matcher.extent();
        if labels > knowledge.claims.len() + knowledge.smalltalk.len() || places > examples(knowledge).count()
        {
            return Err(Malformed);
        }
        let counted = words.iter().map(str::to_owned).zip(counts.into_iter().map(|c| c as usize));
        let speller = Speller::counted(counted, knowledge.vocabulary.spellings.iter().cloned());
        Ok(Self { speller, synonyms: Synonyms::new(&knowledge.vocabulary.synonyms), matcher })
    }

    /// The matcher.
    #[must_use]
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Whether a folded word is one of the knowledge's.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.speller.knows(word)
    }

    /// A message with its misspelled words corrected, synonyms as they were
    /// written.
    #[must_use]
    pub fn corrected(&self, said: &Utterance) -> Utterance {
        said.corrected(&self.speller)
    }

    /// A corrected message in the form that the matcher ranks.
    #[must_use]
    pub fn folded(&self, corrected: &Utterance) -> Utterance {
        corrected.folded(&self.synonyms)
    }

    /// A message in the form that the matcher ranks.
    #[must_use]
    pub fn prepared(&self, text: &str) -> Utterance {
        self.folded(&self.corrected(&Utterance::new(text)))
    }
}
