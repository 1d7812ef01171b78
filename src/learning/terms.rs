//! Terms of one kind (words, pairs of words, character n-grams) as numbers, and texts as weighted vectors of them.
//!
//! Does: a sorted dictionary, inverse document frequency, unit-length TF-IDF vectors, and the cosine of a
//! message with any phrasing. Refuses: to know what a term is made of.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::LazyLock;

use super::bytes::{Array, Malformed, Number, Reader, Strings, Writer, cuts};

/// How a dictionary keeps its terms.
pub(crate) trait Keys {
    /// A term.
    type Key: ?Sized + Ord;
    /// How many there are.
    fn len(&self) -> usize;
    /// The term at a place.
    fn key(&self, at: usize) -> &Self::Key;
}

impl<T: Ord> Keys for Vec<T> {
    type Key = T;
    fn len(&self) -> usize {
        self.len()
    }
    fn key(&self, at: usize) -> &T {
        &self[at]
    }
}

impl Keys for Strings {
    type Key = str;
    fn len(&self) -> usize {
        self.len()
    }
    fn key(&self, at: usize) -> &str {
        self.get(at)
    }
}

/// Binary search in something sorted that is no slice: the place of `length` whose key compares equal.
pub(crate) fn find(length: usize, compare: impl Fn(usize) -> Ordering) -> Option<usize> {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low.midpoint(high);
        match compare(middle) {
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
            Ordering::Equal => return Some(middle),
        }
    }
    None
}

/// A sorted dictionary: the number of a term is its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dictionary<K> {
    keys: K,
}

impl<K: Keys> Dictionary<K> {
    /// All distinct terms of `keys`.
    pub(crate) fn new<T: Ord>(mut keys: Vec<T>) -> Self
    where
        K: FromIterator<T>,
    {
        keys.sort_unstable();
        keys.dedup();
        Self { keys: keys.into_iter().collect() }
    }

    /// How many terms there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The term with a number.
    pub(crate) fn key(&self, id: u32) -> &K::Key {
        self.keys.key(id as usize)
    }

    /// The number of a term.
    pub(crate) fn find(&self, term: &K::Key) -> Option<u32> {
        find(self.len(), |at| self.keys.key(at).cmp(term)).map(|at| at as u32)
    }

    /// The bag of a text's terms.
    pub(crate) fn bag<T: Ord + Borrow<K::Key>>(&self, mut terms: Vec<T>) -> Bag {
        terms.sort_unstable();
        let mut bag = Bag::default();
        for same in terms.chunk_by(|a, b| a == b) {
            match self.find(same[0].borrow()) {
                Some(id) => bag.known.push((id, same.len() as u32)),
                None => bag.unknown += same.len() as u32,
            }
        }
        bag
    }

    fn checked(keys: K) -> Result<Self, Malformed> {
        let rises = (1..keys.len()).all(|at| keys.key(at - 1) < keys.key(at));
        if rises { Ok(Self { keys }) } else { Err(Malformed) }
    }
}

impl Dictionary<Strings> {
    pub(crate) fn write_texts(&self, out: &mut Writer) {
        out.texts(&self.keys);
    }

    pub(crate) fn read_texts(reader: &mut Reader) -> Result<Self, Malformed> {
        Self::checked(reader.texts()?)
    }
}

impl<K: Ord + Number> Dictionary<Vec<K>> {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.array(&self.keys);
    }

    pub(crate) fn read(reader: &mut Reader) -> Result<Self, Malformed> {
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
    weights: Array<f32>,
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
        let weights: Vec<_> = df.iter().map(|&df| if df == 0 { 0.0 } else { smooth(df) }).collect();
        Self { weights: weights.into(), unknown: smooth(0) }
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
        self.weights.get(id as usize)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.in_place(&self.weights);
        out.value(self.unknown);
    }

    pub(crate) fn read(reader: &mut Reader, terms: usize) -> Result<Self, Malformed> {
        Ok(Self { weights: reader.exactly_in_place(terms)?, unknown: reader.value()? })
    }
}

/// Most terms that texts can be made of; what is left of 32 bits counts a term.
const MOST_TERMS: u32 = 1 << 26;
/// A term that occurs more often in one text counts as often as this.
const MOST_OFTEN: u32 = 63;
/// [`frequency`] of every count that an entry holds, less one.
static FREQUENCIES: LazyLock<[f32; MOST_OFTEN as usize + 1]> =
    LazyLock::new(|| std::array::from_fn(|less| frequency(less as u32 + 1)));

/// A message as a table: for every term of the dictionary its weight in the message times its idf, 0 for most.
#[derive(Debug)]
pub(crate) struct Table(Vec<f32>);

impl Table {
    pub(crate) fn new(idf: &Idf, message: &Weighted) -> Self {
        let mut table = vec![0.0; idf.weights.len()];
        for &(id, weight) in &message.terms {
            table[id as usize] = weight * idf.of(id);
        }
        Self(table)
    }
}

/// Texts as lists of terms, to be set against a message.
///
/// The weight of a term in a text is `idf · (1 + ln count) · scale`: the first is the term's, the last the text's, so
/// an entry needs the term and the count alone, in 32 bits. No index from terms to texts: the classifiers leave a
/// few labels whose texts are worth comparing, and the commonest terms would list nearly every text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Texts {
    /// Where the entries of each text begin, and where the last ends.
    starts: Vec<u32>,
    /// The term, and above [`MOST_TERMS`] the count less one.
    entries: Array<u32>,
    /// What makes each text's vector one of unit length.
    scales: Vec<f32>,
}

impl Texts {
    /// Texts 0, 1, 2 …, each a bag.
    pub(crate) fn new<'a>(idf: &Idf, bags: impl Iterator<Item = &'a Bag>) -> Self {
        let (mut starts, mut entries, mut scales) = (vec![0], Vec::new(), Vec::new());
        for bag in bags {
            let entry = |&(id, count): &(u32, u32)| id + MOST_TERMS * (count.min(MOST_OFTEN) - 1);
            entries.extend(bag.known.iter().map(entry));
            starts.push(entries.len() as u32);
            scales.push(idf.scale(bag));
        }
        Self { starts, entries: entries.into(), scales }
    }

    /// The cosine of a message with a text.
    pub(crate) fn cosine(&self, message: &Table, text: usize) -> f32 {
        // Several sums at a time: one would wait for each addition.
        const LANES: usize = 4;
        let frequencies = &*FREQUENCIES;
        let entries = self.entries.bytes(self.starts[text] as usize..self.starts[text + 1] as usize);
        let weight = |entry: [u8; 4]| {
            let entry = u32::from_le_bytes(entry);
            // No term of the dictionary, which only a damaged form names, has no weight.
            let of = message.0.get((entry % MOST_TERMS) as usize).copied().unwrap_or_default();
            of * frequencies[(entry / MOST_TERMS) as usize]
        };
        let (several, rest) = entries.as_chunks().0.as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for entries in several {
            for (lane, entry) in lanes.iter_mut().zip(entries) {
                *lane += weight(*entry);
            }
        }
        let sum = lanes.iter().sum::<f32>() + rest.iter().map(|entry| weight(*entry)).sum::<f32>();
        sum * self.scales[text]
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.array(&self.starts);
        out.in_place(&self.entries);
        out.array(&self.scales);
    }

    pub(crate) fn read(reader: &mut Reader, texts: usize) -> Result<Self, Malformed> {
        let (starts, entries): (Vec<u32>, Array<u32>) = (reader.array()?, reader.in_place()?);
        let fits = cuts(&starts, texts, entries.len());
        if fits { Ok(Self { starts, entries, scales: reader.exactly(texts)? }) } else { Err(Malformed) }
    }
}

/// What a term that occurs so often in a text counts for.
fn frequency(count: u32) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + (count as f32).ln() }
}

#[cfg(test)]
mod tests {
    use super::{Bag, Dictionary, Idf, Table, Texts, Weighted};

    const TEXTS: [&str; 4] =
        ["how long does it last", "how much does it cost", "does it hurt", "it hurt it hurt"];

    fn world() -> (Dictionary<Vec<&'static str>>, Vec<Bag>, Idf) {
        let words = Dictionary::new(TEXTS.iter().flat_map(|text| text.split(' ')).collect());
        let bags: Vec<Bag> = TEXTS.iter().map(|text| words.bag(text.split(' ').collect())).collect();
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
    fn packed_texts_equal_brute_force() {
        let (words, bags, idf) = world();
        let texts = Texts::new(&idf, bags.iter());
        for query in ["how long", "does it hurt", "park at the clinic", ""] {
            let query = idf.weigh(&words.bag(query.split(' ').collect()));
            let table = Table::new(&idf, &query);
            for (text, bag) in bags.iter().enumerate() {
                let expected = cosine(&query, &idf.weigh(bag));
                assert!((texts.cosine(&table, text) - expected).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_same_text_has_cosine_one_and_unknown_words_lower_it() {
        let (words, bags, idf) = world();
        let own = idf.weigh(&bags[0]);
        assert!((cosine(&own, &own) - 1.0).abs() < 1e-6);
        let longer = idf.weigh(&words.bag("how long does it last in xanadu".split(' ').collect()));
        assert!(cosine(&own, &longer) < 0.9);
    }

    #[test]
    fn rare_terms_weigh_more() {
        let (words, _, idf) = world();
        let id = |word| words.find(&word).unwrap_or(u32::MAX);
        assert!(idf.of(id("cost")) > idf.of(id("hurt")));
        assert!(idf.of(id("hurt")) > idf.of(id("it")));
    }
}
