//! Terms of one kind (words, pairs of words, character n-grams) as numbers, and texts as weighted vectors of them.
//!
//! Does: a sorted dictionary, inverse document frequency, unit-length TF-IDF vectors, and an inverted index that
//! gives the cosine of a message with every phrasing. Refuses: to know what a term is made of.

use super::bytes::{Malformed, Number, Reader, Writer, cuts};

/// A sorted dictionary: the number of a term is its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dictionary<K> {
    keys: Vec<K>,
}

impl<K: Ord> Dictionary<K> {
    /// All distinct terms of `keys`.
    pub(crate) fn new(mut keys: Vec<K>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        Self { keys }
    }

    /// How many terms there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The terms in order.
    pub(crate) fn keys(&self) -> &[K] {
        &self.keys
    }

    /// The bag of a text's terms, which `compare` sets against a key.
    pub(crate) fn bag<T: Ord>(
        &self,
        mut terms: Vec<T>,
        compare: impl Fn(&K, &T) -> std::cmp::Ordering,
    ) -> Bag {
        terms.sort_unstable();
        let mut bag = Bag::default();
        for same in terms.chunk_by(|a, b| a == b) {
            match self.keys.binary_search_by(|key| compare(key, &same[0])) {
                Ok(id) => bag.known.push((id as u32, same.len() as u32)),
                Err(_) => bag.unknown += same.len() as u32,
            }
        }
        bag
    }

    fn checked(keys: Vec<K>) -> Result<Self, Malformed> {
        let rising = keys.windows(2).all(|pair| pair[0] < pair[1]);
        if rising { Ok(Self { keys }) } else { Err(Malformed) }
    }
}

impl Dictionary<String> {
    pub(crate) fn write_texts(&self, out: &mut Writer) {
        out.texts(&self.keys);
    }

    pub(crate) fn read_texts(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::checked(reader.texts()?)
    }
}

impl<K: Ord + Number> Dictionary<K> {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.array(&self.keys);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::checked(reader.array()?)
    }
}

/// A text as counts of terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bag {
    /// Number of a term and how often it occurs, by number.
    pub(crate) known: Vec<(u32, u32)>,
    /// How many terms the dictionary does not have.
    pub(crate) unknown: u32,
}

/// A text as weights of terms, by number, of length 1 or less.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Weighted {
    /// Number and weight of each known term.
    pub(crate) terms: Vec<(u32, f32)>,
}

/// Inverse document frequencies over a set of texts.
///
/// `idf(t) = ln((1 + n) / (1 + df(t))) + 1`, as scikit-learn's `smooth_idf`; a term in no text has the largest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Idf {
    /// By number; 0 for a term of the dictionary that none of the texts has.
    weights: Vec<f32>,
    unknown: f32,
}

impl Idf {
    /// Frequencies in `bags`, over a dictionary of `terms` terms.
    pub(crate) fn new<'a>(terms: usize, bags: impl Iterator<Item = &'a Bag>) -> Self {
        let mut df = vec![0_u32; terms];
        let mut n = 0_u32;
        for bag in bags {
            n += 1;
            for &(id, _) in &bag.known {
                df[id as usize] += 1;
            }
        }
        let smooth = |df: u32| ((1 + n) as f32 / (1 + df) as f32).ln() + 1.0;
        let weights = df.iter().map(|&df| if df == 0 { 0.0 } else { smooth(df) }).collect();
        Self { weights, unknown: smooth(0) }
    }

    /// The unit vector of a bag; a term that occurs `c` times enters as `1 + ln c`.
    ///
    /// Terms that no text has count for the length alone: the more of a message is unknown, the lower its cosine
    /// with everything.
    pub(crate) fn weigh(&self, bag: &Bag) -> Weighted {
        let scale = self.scale(bag);
        let known = bag.known.iter().filter(|(id, _)| self.of(*id) > 0.0);
        Weighted { terms: known.map(|&(id, count)| (id, self.of(id) * frequency(count) * scale)).collect() }
    }

    /// What makes the vector of a bag one of unit length.
    fn scale(&self, bag: &Bag) -> f32 {
        let squared = |&(id, count): &(u32, u32)| match self.of(id) * frequency(count) {
            0.0 => count as f32 * self.unknown * self.unknown,
            weight => weight * weight,
        };
        let total =
            bag.known.iter().map(squared).sum::<f32>() + bag.unknown as f32 * self.unknown * self.unknown;
        if total > 0.0 { total.sqrt().recip() } else { 0.0 }
    }

    /// The weight of a term by itself.
    pub(crate) fn of(&self, id: u32) -> f32 {
        self.weights[id as usize]
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.array(&self.weights);
        out.value(self.unknown);
    }

    pub(crate) fn read(reader: &mut Reader<'_>, terms: usize) -> Result<Self, Malformed> {
        Ok(Self { weights: reader.exactly(terms)?, unknown: reader.value()? })
    }
}

/// Most texts that an index can hold; what is left of 32 bits counts a term.
const MOST_TEXTS: u32 = 1 << 26;
/// A term that occurs more often in one text counts as often as this.
const MOST_OFTEN: usize = 63;

/// Inverted index: for every term, the texts that have it.
///
/// The weight of a term in a text is `idf · (1 + ln count) · scale`: the first is the term's, the last the text's, so
/// an entry needs the text and the count alone, in 32 bits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Index {
    /// Where the entries of each term begin, and where the last ends.
    starts: Vec<u32>,
    /// The text, and above [`MOST_TEXTS`] the count less one.
    entries: Vec<u32>,
    /// What makes each text's vector one of unit length.
    scales: Vec<f32>,
}

impl Index {
    /// Indexes texts 0, 1, 2 …, each a bag.
    pub(crate) fn new<'a>(idf: &Idf, bags: impl Iterator<Item = &'a Bag> + Clone) -> Self {
        let mut starts = vec![0_u32; idf.weights.len() + 1];
        for &(id, _) in bags.clone().flat_map(|bag| &bag.known) {
            starts[id as usize + 1] += 1;
        }
        for term in 1..starts.len() {
            starts[term] += starts[term - 1];
        }
        let mut entries = vec![0; starts.last().map_or(0, |&end| end as usize)];
        let mut next = starts.clone();
        for (text, bag) in (0..MOST_TEXTS).zip(bags.clone()) {
            for &(id, count) in &bag.known {
                let place = &mut next[id as usize];
                entries[*place as usize] = text + MOST_TEXTS * (count.min(MOST_OFTEN as u32) - 1);
                *place += 1;
            }
        }
        Self { starts, entries, scales: bags.map(|bag| idf.scale(bag)).collect() }
    }

    /// Adds `factor` times the cosine with each text to `scores`.
    pub(crate) fn add_cosines(&self, idf: &Idf, query: &Weighted, factor: f32, scores: &mut [f32]) {
        let often: [f32; MOST_OFTEN] = std::array::from_fn(|more| frequency(more as u32 + 1));
        let mut sums = vec![0.0; scores.len()];
        for &(id, weight) in &query.terms {
            let weight = weight * factor * idf.of(id);
            for entry in
                &self.entries[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
            {
                sums[(entry % MOST_TEXTS) as usize] += weight * often[(entry / MOST_TEXTS) as usize];
            }
        }
        for ((score, sum), scale) in scores.iter_mut().zip(sums).zip(&self.scales) {
            *score += sum * scale;
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.array(&self.starts);
        out.array(&self.entries);
        out.array(&self.scales);
    }

    pub(crate) fn read(reader: &mut Reader<'_>, terms: usize, texts: usize) -> Result<Self, Malformed> {
        let index =
            Self { starts: reader.array()?, entries: reader.array()?, scales: reader.exactly(texts)? };
        let fits = cuts(&index.starts, terms, index.entries.len())
            && index.entries.iter().all(|entry| {
                ((entry % MOST_TEXTS) as usize) < texts && ((entry / MOST_TEXTS) as usize) < MOST_OFTEN
            });
        if fits { Ok(index) } else { Err(Malformed) }
    }
}

/// What a term that occurs so often in a text counts for.
fn frequency(count: u32) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + (count as f32).ln() }
}

#[cfg(test)]
mod tests {
    use super::{Bag, Dictionary, Idf, Index, Weighted};

    const TEXTS: [&str; 4] =
        ["how long does it last", "how much does it cost", "does it hurt", "it hurt it hurt"];

    fn world() -> (Dictionary<&'static str>, Vec<Bag>, Idf) {
        let words = Dictionary::new(TEXTS.iter().flat_map(|text| text.split(' ')).collect());
        let bags: Vec<Bag> =
            TEXTS.iter().map(|text| words.bag(text.split(' ').collect(), Ord::cmp)).collect();
        let idf = Idf::new(words.len(), bags.iter());
        (words, bags, idf)
    }

    /// The plain definition: the sum over shared terms.
    fn cosine(a: &Weighted, b: &Weighted) -> f32 {
        a.terms
            .iter()
            .map(|&(id, x)| b.terms.iter().filter(|t| t.0 == id).map(|&(_, y)| x * y).sum::<f32>())
            .sum()
    }

    #[test]
    fn index_equals_brute_force() {
        let (words, bags, idf) = world();
        let vectors: Vec<_> = bags.iter().map(|bag| idf.weigh(bag)).collect();
        let index = Index::new(&idf, bags.iter());
        for query in ["how long", "does it hurt", "park at the clinic", ""] {
            let query = idf.weigh(&words.bag(query.split(' ').collect(), Ord::cmp));
            let mut scores = vec![0.0; TEXTS.len()];
            index.add_cosines(&idf, &query, 1.0, &mut scores);
            for (score, vector) in scores.iter().zip(&vectors) {
                assert!((score - cosine(&query, vector)).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_same_text_has_cosine_one_and_unknown_words_lower_it() {
        let (words, bags, idf) = world();
        let own = idf.weigh(&bags[0]);
        assert!((cosine(&own, &own) - 1.0).abs() < 1e-6);
        let longer = idf.weigh(&words.bag("how long does it last in xanadu".split(' ').collect(), Ord::cmp));
        assert!(cosine(&own, &longer) < 0.9);
    }

    #[test]
    fn rare_terms_weigh_more() {
        let (words, _, idf) = world();
        let id = |word| words.keys().binary_search(&word).map_or(u32::MAX, |id| id as u32);
        assert!(idf.of(id("cost")) > idf.of(id("hurt")));
        assert!(idf.of(id("hurt")) > idf.of(id("it")));
    }
}
