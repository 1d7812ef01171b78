//! The compiled form: flat arrays, little endian, each with its length before it.
//!
//! Does: write numbers, texts and arrays of them, and read them back with every length checked. Refuses: to know
//! what they mean. Whoever reads a structure checks that its numbers fit together.

/// The bytes are no compiled matcher of this version, are cut short, or contradict themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// A number of fixed size.
pub(crate) trait Number: Copy {
    /// Appends the bytes of all `values`.
    fn append(values: &[Self], out: &mut Vec<u8>);
    /// Reads as many values as `bytes` hold.
    fn all(bytes: &[u8]) -> Option<Vec<Self>>;
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
            fn all(bytes: &[u8]) -> Option<Vec<Self>> {
                let (chunks, rest) = bytes.as_chunks();
                rest.is_empty().then(|| chunks.iter().map(|&chunk| Self::from_le_bytes(chunk)).collect())
            }
        }
    )*};
}
number!(u8, i8, u32, u128, f32);

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

    /// Writes one value.
    pub(crate) fn value<T: Number>(&mut self, value: T) {
        self.array(&[value]);
    }

    /// Writes texts.
    pub(crate) fn texts(&mut self, texts: &[String]) {
        let lengths: Vec<u32> = texts.iter().map(|text| text.len() as u32).collect();
        self.array(&lengths);
        self.0.extend((texts.iter().map(String::len).sum::<usize>() as u64).to_le_bytes());
        for text in texts {
            self.0.extend(text.as_bytes());
        }
    }

    /// The bytes written.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what a [`Writer`] wrote, in the same order.
#[derive(Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Begins after `magic`.
    pub(crate) fn new(bytes: &'a [u8], magic: &[u8]) -> Result<Self, Malformed> {
        bytes.strip_prefix(magic).map(Self).ok_or(Malformed)
    }

    /// The bytes of an array of any length, in place.
    pub(crate) fn block(&mut self) -> Result<&'a [u8], Malformed> {
        let (length, rest) = self.0.split_first_chunk().ok_or(Malformed)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Malformed)?;
        let (block, rest) = rest.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(block)
    }

    /// Reads an array of any length.
    pub(crate) fn array<T: Number>(&mut self) -> Result<Vec<T>, Malformed> {
        T::all(self.block()?).ok_or(Malformed)
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

    /// Reads texts.
    pub(crate) fn texts(&mut self) -> Result<Vec<String>, Malformed> {
        let lengths: Vec<u32> = self.array()?;
        let mut text = str::from_utf8(self.block()?).map_err(|_| Malformed)?;
        let mut texts = Vec::with_capacity(lengths.len());
        for length in lengths {
            let (first, rest) = text.split_at_checked(length as usize).ok_or(Malformed)?;
            texts.push(first.to_owned());
            text = rest;
        }
        if text.is_empty() { Ok(texts) } else { Err(Malformed) }
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
    use super::{Malformed, Reader, Writer, cuts};

    #[test]
    fn reads_what_was_written_and_nothing_else() {
        let mut writer = Writer::new(b"m");
        writer.array(&[1_u32, 2]);
        writer.texts(&["a".to_owned(), String::new(), "\u{e9}".to_owned()]);
        writer.value(0.5_f32);
        let bytes = writer.finish();
        let read = |bytes: &[u8]| -> Result<_, Malformed> {
            let mut reader = Reader::new(bytes, b"m")?;
            let all = (reader.exactly::<u32>(2)?, reader.texts()?, reader.value::<f32>()?.to_bits());
            reader.finish()?;
            Ok(all)
        };
        assert_eq!(
            read(&bytes).map(|all| all.1),
            Ok(vec!["a".to_owned(), String::new(), "\u{e9}".to_owned()])
        );
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
