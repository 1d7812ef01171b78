//! A matcher together with the preparation that its utterances go through.

use super::examples::examples;
use super::{Example, Matcher};
use crate::knowledge::{Knowledge, Vocabulary};
use crate::learning::bytes::{Malformed, Reader, Writer, cuts};
use crate::text::bigrams::Bigrams;
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
        let listed = vocabulary.synonyms.iter().flatten().chain(&vocabulary.other_subjects);
        let sure = other_texts.iter().copied().chain(listed.map(String::as_str)).map(Utterance::new);
        let texts: Vec<Utterance> = phrasings.iter().map(|(_, text)| Utterance::new(text)).collect();
        let speller = Speller::new(&texts, &sure.collect::<Vec<_>>(), &vocabulary.spellings);
        let synonyms = Synonyms::new(&vocabulary.synonyms);
        let prepared = texts.iter().map(|text| text.corrected(&speller).folded(&synonyms));
        let labels = phrasings.iter().map(|(label, _)| *label);
        let examples: Vec<Example> =
            labels.zip(prepared).map(|(label, utterance)| Example { label, utterance }).collect();
        let matcher = Matcher::train(&examples, serves);
        Self { speller, synonyms, matcher }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.texts(&self.speller.known().collect());
        self.speller.bigrams().rows().iter().for_each(|row| out.array(row));
        self.matcher.write(out);
    }

    /// Reads what was trained on a knowledge base.
    pub(crate) fn read(reader: &mut Reader, knowledge: &Knowledge) -> Result<Self, Malformed> {
        let words = reader.texts()?;
        let starts: Vec<u32> = reader.array()?;
        let next: Vec<u32> = reader.array()?;
        let followed = reader.exactly(next.len())?;
        // The edge of a sentence is one place more.
        let places = words.len() + 1;
        if !cuts(&starts, places, next.len()) || next.iter().any(|&place| place as usize >= places) {
            return Err(Malformed);
        }
        let matcher = Matcher::read(reader)?;
        let (labels, places) = matcher.extent();
        if labels > knowledge.claims.len() + knowledge.smalltalk.len() || places > examples(knowledge).count()
        {
            return Err(Malformed);
        }
        let speller = Speller::from_parts(
            words.iter().map(str::to_owned).collect(),
            Bigrams::new(starts, next, followed),
            knowledge.vocabulary.spellings.iter().cloned(),
        );
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
