//! A patient's words, prepared: normalised, tokenised with spans, corrected.
//!
//! Holds [`Utterance`] and how it is made. Refuses to know any claim: the
//! speller is given texts and knows nothing else.

pub mod bigrams;
pub mod clause;
pub mod content;
pub mod cuts;
pub mod english;
pub mod grammar;
pub mod normalize;
pub mod spelling;
pub mod synonyms;
pub mod tokenize;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use spelling::Speller;
pub use synonyms::Synonyms;
pub use tokenize::Token;

/// One message of a patient, in the form that everything else reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    original: String,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
}

impl Utterance {
    /// Prepares a message. Total: every string gives an utterance, if need be
    /// one without tokens.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (tokens, sentences) = tokenize::tokenize(text);
        Self { original: text.to_owned(), tokens, sentences }
    }

    /// The message as it was given.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The words, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The normalised words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|t| t.text.as_str())
    }

    /// Token ranges of the sentences; together they cover all tokens.
    #[must_use]
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The normalised words joined by one blank: what duplicates are compared
    /// by. Normalising it again gives the same string.
    #[must_use]
    pub fn normalized(&self) -> String {
        self.words().collect::<Vec<_>>().join(" ")
    }

    /// The same message with misspelled words replaced by the words that the
    /// speller takes them for, and "an" by "and" where no article can stand;
    /// spans still point into the original.
    #[must_use]
    pub fn corrected(&self, speller: &Speller) -> Self {
        let sentences = self.sentences.iter().flat_map(|range| speller.correct(&self.tokens[range.clone()]));
        let mut meant =
            sentences.map(|words| words.map(|words| words.split(' ').map(str::to_owned).collect()));
        self.rewritten(|_| Some((1, meant.next()??)))
    }

    /// The same message with synonyms folded to the first of their group.
    #[must_use]
    pub fn folded(&self, synonyms: &Synonyms) -> Self {
        self.rewritten(|rest| {
            let (taken, meaning) = synonyms.fold(rest)?;
            Some((taken, meaning.to_vec()))
        })
    }

    /// The tokens of a range as an utterance of their own, its spans still
    /// pointing into the whole message.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let sentences = self
            .sentences
            .iter()
            .map(|s| {
                s.start.clamp(range.start, range.end) - range.start
                    ..s.end.clamp(range.start, range.end) - range.start
            })
            .filter(|s| !s.is_empty())
            .collect();
        let tokens = self.tokens[range].to_vec();
        Self { original: self.original.clone(), tokens, sentences }
    }

    /// The words that stand for others: as written and as read. A word that a
    /// synonym or a correction has put there differs from what stands in its
    /// place in the original.
    #[must_use]
    pub fn corrections(&self) -> Vec<(&str, &str)> {
        let written = |token: &Token| self.original.get(token.span.clone()).unwrap_or_default();
        self.tokens
            .iter()
            .filter(|t| Self::new(written(t)).normalized() != t.text)
            .map(|t| (written(t), t.text.as_str()))
            .collect()
    }

    /// Replaces tokens from left to right: `rewrite` sees the rest of a
    /// sentence and says how many tokens it takes and which words stand for
    /// them. Each new word has the span of all that it replaces.
    fn rewritten(&self, mut rewrite: impl FnMut(&[Token]) -> Option<(usize, Vec<String>)>) -> Self {
        let mut tokens = Vec::with_capacity(self.tokens.len());
        let mut sentences = Vec::with_capacity(self.sentences.len());
        for sentence in &self.sentences {
            let start = tokens.len();
            let mut rest = &self.tokens[sentence.clone()];
            while let Some(token) = rest.first() {
                if let Some((taken, words)) = rewrite(rest) {
                    let span = token.span.start..rest[taken - 1].span.end;
                    tokens.extend(words.into_iter().map(|text| Token { text, span: span.clone() }));
                    rest = &rest[taken..];
                } else {
                    tokens.push(token.clone());
                    rest = &rest[1..];
                }
            }
            sentences.push(start..tokens.len());
        }
        Self { original: self.original.clone(), tokens, sentences }
    }
}

#[cfg(test)]
mod tests {
    //! Properties: normalisation is idempotent; every span slices the
    //! original; sentences partition the tokens; correction keeps both.
    use super::*;
    use proptest::prelude::*;

    fn check_spans(u: &Utterance) {
        for token in u.tokens() {
            assert!(u.original().get(token.span.clone()).is_some_and(|s| !s.is_empty()));
        }
        let mut next = 0;
        for sentence in u.sentences() {
            assert_eq!(sentence.start, next);
            assert!(sentence.end > sentence.start);
            next = sentence.end;
        }
        assert_eq!(next, u.tokens().len());
    }

    proptest! {
        #[test]
        fn normalisation_is_idempotent(text in any::<String>()) {
            let once = Utterance::new(&text).normalized();
            prop_assert_eq!(Utterance::new(&once).normalized(), once);
        }

        #[test]
        fn spans_slice_the_original(text in "(\\PC|[ .?!,'’\u{200b}]){0,60}") {
            let speller = Speller::new(&[Utterance::new("botox forehead")], &[], &[("babybotox".into(), "baby botox".into())]);
            let utterance = Utterance::new(&text);
            check_spans(&utterance);
            check_spans(&utterance.corrected(&speller));
        }
    }

    #[test]
    fn an_is_and_where_no_article_can_stand() {
        let speller = Speller::new(&[Utterance::new("hurt")], &[], &[]);
        for (text, expected) in [
            ("is it new an does it hurt", "is it new and does it hurt"),
            ("an how far is it", "and how far is it"),
            ("I saw it an I like it", "i saw it and i like it"),
            ("I had it an now my arm is sore", "i had it and now my arm is sore"),
            ("an hour in an office, an all day visit", "an hour in an office an all day visit"),
            ("is there an am visit? an", "is there an am visit an"),
        ] {
            assert_eq!(Utterance::new(text).corrected(&speller).normalized(), expected);
        }
    }

    #[test]
    fn one_misspelled_word_may_become_two() {
        let listed = [("babybotox".into(), "baby botox".into())];
        let speller = Speller::new(&[Utterance::new("baby botox")], &[], &listed);
        let utterance = Utterance::new("Is babybotox ok? yes").corrected(&speller);
        assert_eq!(utterance.normalized(), "is baby botox ok yes");
        assert_eq!(utterance.sentences(), &[0..4, 4..5]);
        assert_eq!(&utterance.original()[utterance.tokens()[2].span.clone()], "babybotox");
    }
}
