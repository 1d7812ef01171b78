//! How likely one word follows another: counts of pairs, smoothed.
//!
//! Does: count the pairs of neighbours in sentences, and say how surprising a word is after another.
//! Refuses: to know the words, which are places in a list that somebody else holds.

use std::collections::BTreeMap;
use std::ops::Range;

/// How often a word of no list is taken to occur: less than nearly all that are in one.
const UNSEEN: f32 = 2.0;

/// The pairs of neighbours of some sentences. A word is its place in a list; the place after
/// the last stands for where a sentence begins and ends.
#[derive(Clone, Debug)]
pub struct Bigrams {
    /// Where the followers of each word begin in the two arrays below; one more at the end.
    starts: Vec<u32>,
    /// The followers of each word, in rising order ...
    next: Vec<u32>,
    /// ... and how often each follows it.
    counts: Vec<u32>,
    /// How often each word is followed by any.
    totals: Vec<f32>,
    /// How often any word is.
    all: f32,
}

impl Bigrams {
    /// Counts the pairs in sentences over a list of `words` words; a word of no list parts
    /// its neighbours.
    pub fn count(words: usize, sentences: impl IntoIterator<Item = Vec<Option<usize>>>) -> Self {
        let mut pairs = BTreeMap::<(u32, u32), u32>::new();
        for sentence in sentences {
            let edge = [Some(words)];
            let places: Vec<_> = edge.iter().chain(&sentence).chain(&edge).collect();
            for pair in places.windows(2) {
                if let (Some(before), Some(after)) = (pair[0], pair[1]) {
                    *pairs.entry((*before as u32, *after as u32)).or_default() += 1;
                }
            }
        }
        let mut starts = vec![0; words + 2];
        for (before, _) in pairs.keys() {
            starts[*before as usize + 1] += 1;
        }
        for word in 0..=words {
            starts[word + 1] += starts[word];
        }
        Self::new(starts, pairs.keys().map(|(_, next)| *next).collect(), pairs.into_values().collect())
    }

    /// Takes rows as [`Bigrams::rows`] gives them: `starts` cut the two others, which are of one length.
    #[must_use]
    pub fn new(starts: Vec<u32>, next: Vec<u32>, counts: Vec<u32>) -> Self {
        let row = |pair: &[u32]| &counts[pair[0] as usize..pair[1] as usize];
        let total = |row: &[u32]| row.iter().map(|&count| count as f32).sum();
        let totals: Vec<f32> = starts.windows(2).map(|pair| total(row(pair))).collect();
        let all = totals.iter().sum();
        Self { starts, next, counts, totals, all }
    }

    /// Where the followers of each word begin, the followers, and how often each follows.
    #[must_use]
    pub fn rows(&self) -> [&[u32]; 3] {
        [&self.starts, &self.next, &self.counts]
    }

    /// Whether a word was ever seen after another.
    #[must_use]
    pub fn has(&self, before: usize, after: usize) -> bool {
        self.times(before, after) > 0.0
    }

    /// How surprising a word is after another, in nats: the negative logarithm of its
    /// probability by Witten and Bell (1991), in which a word is the freer in what may follow
    /// it the more has followed it. None is a word of no list.
    #[must_use]
    pub fn surprise(&self, before: Option<usize>, after: Option<usize>) -> f32 {
        let by_itself = after.map_or(0.0, |word| self.totals[word]).max(UNSEEN) / self.all.max(UNSEEN);
        let Some(before) = before else { return -by_itself.ln() };
        let followers = self.row(before).len() as f32;
        let together = after.map_or(0.0, |word| self.times(before, word));
        let whole = self.totals[before] + followers;
        if whole > 0.0 { -((together + followers * by_itself) / whole).ln() } else { -by_itself.ln() }
    }

    fn times(&self, before: usize, after: usize) -> f32 {
        let row = self.row(before);
        let found = self.next[row.clone()].binary_search(&(after as u32));
        found.map_or(0.0, |at| self.counts[row.start + at] as f32)
    }

    fn row(&self, word: usize) -> Range<usize> {
        self.starts[word] as usize..self.starts[word + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One place beyond the words is the edge of a sentence.
    const WORDS: usize = 5;

    proptest! {
        #[test]
        fn what_may_follow_a_word_has_a_probability_of_one(
            sentences in prop::collection::vec(prop::collection::vec(prop::option::of(0..WORDS), 1..9), 1..20),
            before in prop::option::of(0..=WORDS),
        ) {
            let bigrams = Bigrams::count(WORDS, sentences);
            prop_assume!(bigrams.totals.iter().all(|&total| total >= UNSEEN));
            let sum: f32 = (0..=WORDS).map(|after| (-bigrams.surprise(before, Some(after))).exp()).sum();
            prop_assert!((sum - 1.0).abs() < 1e-4, "{sum}");
        }

        #[test]
        fn rows_give_the_same_again(sentences in prop::collection::vec(prop::collection::vec(prop::option::of(0..WORDS), 0..9), 0..20)) {
            let bigrams = Bigrams::count(WORDS, sentences);
            let [starts, next, counts] = bigrams.rows().map(<[u32]>::to_vec);
            prop_assert_eq!(format!("{:?}", Bigrams::new(starts, next, counts)), format!("{bigrams:?}"));
        }
    }

    #[test]
    fn what_was_seen_is_less_surprising() {
        let [to, the, gym, lid] = [Some(0), Some(1), Some(2), Some(3)];
        let bigrams =
            Bigrams::count(4, [vec![to, the, gym], vec![to, the, gym], vec![the, lid], vec![lid, None, gym]]);
        assert!(bigrams.has(1, 2) && bigrams.has(2, 4) && !bigrams.has(2, 1) && !bigrams.has(3, 2));
        assert!(bigrams.surprise(the, gym) < bigrams.surprise(the, lid));
        assert!(bigrams.surprise(the, lid) < bigrams.surprise(the, to));
        assert!(bigrams.surprise(None, gym) < bigrams.surprise(None, None));
    }
}
