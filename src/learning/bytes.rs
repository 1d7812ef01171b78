//! The compiled form: flat arrays, little endian, each with its length before it.
//!
//! Does: write numbers, texts and arrays of them, and read them back with every length checked. Refuses: to know
//! what they mean. Whoever reads a structure checks that its numbers fit together.

use std::marker::PhantomData;
use std::ops::Range;

use bytes::{Buf, Bytes};

/// The bytes are no compiled matcher of this version, are cut short, or contradict themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// A number of fixed size.
pub(crate) trait Number: Copy {
    /// Appends the bytes of all `values`.
    fn append(values: &[Self], out: &mut Vec<u8>);
    /// The values that `bytes` hold, without a rest that is too short for one.
    fn each(bytes: &[u8]) -> impl ExactSizeIterator<Item = Self>;
}

macro_rules! number {
    ($($kind:ty),*) => {$(
        impl Number for $kind {
            fn append(values: &[Self], out: &mut Vec<u8>) {
                out.reserve(size_of_val(values));
                for value in values {
                    out.extend(value.to_le_bytes());
                }
            }
            fn each(bytes: &[u8]) -> impl ExactSizeIterator<Item = Self> {
                bytes.as_chunks().0.iter().map(|&chunk| Self::from_le_bytes(chunk))
            }
        }
    )*};
}
number!(u8, i8, u32, u128, f32);

/// Numbers that stay where they were read: of the millions that a compiled form has, a message needs a few thousand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Array<T> {
    bytes: Bytes,
    of: PhantomData<T>,
}

impl<T: Number> Array<T> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / size_of::<T>()
    }

    /// Those at some places, in order.
    pub(crate) fn at(&self, places: Range<usize>) -> impl ExactSizeIterator<Item = T> {
        T::each(self.bytes(places))
    }

    /// The one at a place.
    pub(crate) fn get(&self, at: usize) -> T
    where
        T: Default,
    {
        self.at(at..at + 1).next().unwrap_or_default()
    }

    /// The bytes of those at some places.
    pub(crate) fn bytes(&self, places: Range<usize>) -> &[u8] {
        &self.bytes[places.start * size_of::<T>()..places.end * size_of::<T>()]
    }
}

impl<T: Number> From<Vec<T>> for Array<T> {
    fn from(values: Vec<T>) -> Self {
        let mut bytes = Vec::new();
        T::append(&values, &mut bytes);
        Self { bytes: bytes.into(), of: PhantomData }
    }
}

/// Many texts in one piece of memory: thousands of them are read in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Strings {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Strings {
    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text at a place.
    pub(crate) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[at] as usize]
    }

    /// All texts in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Strings {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut strings = Self::default();
        for text in texts {
            strings.text.push_str(text.as_ref());
            strings.ends.push(strings.text.len() as u32);
        }
        strings
    }
}

/// Collects bytes.
#[derive(Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// Begins with `magic`.
    pub(crate) fn new(magic: &[u8]) -> Self {
        Self(magic.to_vec())
    }

    /// Writes an array.
    pub(crate) fn array<T: Number>(&mut self, values: &[T]) {
        self.0.extend(((size_of_val(values)) as u64).to_le_bytes());
        T::append(values, &mut self.0);
    }

    /// Writes an array that is read in place.
    pub(crate) fn in_place<T: Number>(&mut self, values: &Array<T>) {
        self.array(&values.bytes);
    }

    /// Writes one value.
    pub(crate) fn value<T: Number>(&mut self, value: T) {
        self.array(&[value]);
    }

    /// Writes texts.
    pub(crate) fn texts(&mut self, texts: &Strings) {
        self.array(&texts.ends);
        self.array(texts.text.as_bytes());
    }

    /// The bytes written.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what a [`Writer`] wrote, in the same order.
#[derive(Debug)]
pub(crate) struct Reader(Bytes);

impl Reader {
    /// Begins after `magic`.
    pub(crate) fn new(mut bytes: Bytes, magic: &[u8]) -> Result<Self, Malformed> {
        if !bytes.starts_with(magic) {
            return Err(Malformed);
        }
        bytes.advance(magic.len());
        Ok(Self(bytes))
    }

    /// The bytes of an array of any length, in place.
    pub(crate) fn block(&mut self) -> Result<Bytes, Malformed> {
        let length = self.0.try_get_u64_le().map_err(|_| Malformed)?;
        let length =
            usize::try_from(length).ok().filter(|&length| length <= self.0.len()).ok_or(Malformed)?;
        Ok(self.0.split_to(length))
    }

    /// An array of any length, in place.
    pub(crate) fn in_place<T: Number>(&mut self) -> Result<Array<T>, Malformed> {
        let bytes = self.block()?;
        if bytes.len().is_multiple_of(size_of::<T>()) {
            Ok(Array { bytes, of: PhantomData })
        } else {
            Err(Malformed)
        }
    }

    /// The same, of a known length.
    pub(crate) fn exactly_in_place<T: Number>(&mut self, length: usize) -> Result<Array<T>, Malformed> {
        let array = self.in_place()?;
        if array.len() == length { Ok(array) } else { Err(Malformed) }
    }

    /// Reads an array of any length.
    pub(crate) fn array<T: Number>(&mut self) -> Result<Vec<T>, Malformed> {
        let array = self.in_place()?;
        Ok(array.at(0..array.len()).collect())
    }

    /// Reads an array of a known length.
    pub(crate) fn exactly<T: Number>(&mut self, length: usize) -> Result<Vec<T>, Malformed> {
        let array = self.array()?;
        if array.len() == length { Ok(array) } else { Err(Malformed) }
    }

    /// Reads one value.
    pub(crate) fn value<T: Number>(&mut self) -> Result<T, Malformed> {
        self.exactly(1).map(|array| array[0])
    }

    /// Reads one text.
    pub(crate) fn text(&mut self) -> Result<String, Malformed> {
        String::from_utf8(self.block()?.into()).map_err(|_| Malformed)
    }

    /// Reads texts.
    pub(crate) fn texts(&mut self) -> Result<Strings, Malformed> {
        let ends: Vec<u32> = self.array()?;
        let text = self.text()?;
        let is_cut = ends.is_sorted() && ends.iter().all(|&end| text.is_char_boundary(end as usize));
        let ends_there = ends.last().map_or(0, |&end| end as usize) == text.len();
        if is_cut && ends_there { Ok(Strings { text, ends }) } else { Err(Malformed) }
    }

    /// Nothing may follow.
    pub(crate) fn finish(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

/// Whether `starts` cut `length` entries into `parts` ranges that follow one another.
pub(crate) fn cuts(starts: &[u32], parts: usize, length: usize) -> bool {
    starts.len() == parts + 1
        && starts.first() == Some(&0)
        && starts.last().is_some_and(|&last| last as usize == length)
        && starts.is_sorted()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{Malformed, Reader, Writer, cuts};

    #[test]
    fn reads_what_was_written_and_nothing_else() {
        let mut writer = Writer::new(b"m");
        writer.array(&[1_u32, 2]);
        writer.texts(&["a", "", "\u{e9}"].into_iter().collect());
        writer.value(0.5_f32);
        let bytes = writer.finish();
        let read = |bytes: &[u8]| -> Result<_, Malformed> {
            let mut reader = Reader::new(Bytes::copy_from_slice(bytes), b"m")?;
            let all = (reader.exactly::<u32>(2)?, reader.texts()?, reader.value::<f32>()?.to_bits());
            reader.finish()?;
            Ok(all)
        };
        let texts = read(&bytes).map(|all| all.1.iter().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(texts, Ok(vec!["a".to_owned(), String::new(), "\u{e9}".to_owned()]));
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]).err(), Some(Malformed), "cut at {end}");
        }
    }

    #[test]
    fn ranges_must_follow_one_another() {
        assert!(cuts(&[0, 2, 2, 5], 3, 5));
        assert!(!cuts(&[0, 3, 2, 5], 3, 5));
        assert!(!cuts(&[0, 2, 2, 4], 3, 5));
    }
}
