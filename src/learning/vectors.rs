//! Static word vectors: a table of word pieces, read in place, and sentence vectors made from it.
//!
//! Does: greedy longest-match word pieces (as BERT cuts words) and the unit-length sum of their rows. A table may
//! hold pairs of words (`how long`) too; a pair adds its row to those of its words. Refuses: to own the table,
//! which stays where it is embedded; to say anything about a word of which no piece is known.
//!
//! Layout, little endian: magic (8 bytes), version, dimensions, rows, length of the text (u32 each); the ends of
//! the pieces in the text (u32 each); the text, pieces in byte order; scales (f32 each); rows (i8 each).

use std::sync::LazyLock;

use super::terms::find;
use crate::text::Utterance;

const MAGIC: &[u8; 8] = b"askwvecs";
const VERSION: u32 = 1;
/// The only size of a row that is read: a constant length lets the compiler unroll.
pub(crate) const DIMENSIONS: usize = 256;
/// Marks a piece that continues a word.
const CONTINUES: &str = "##";
/// No piece that is sought has more letters: the longest of the shipped table has 21, and a message may be one word
/// of 65,000.
const LONGEST_PIECE: usize = 32;

/// A sentence vector of unit length, or all zero when nothing is known.
pub(crate) type Sentence = [f32; DIMENSIONS];

/// Why a table was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadTable {
    /// It does not begin as a table does.
    Magic,
    /// It is of another version, or its rows are of another size.
    Version,
    /// It is cut short, or its parts do not fit together.
    Shape,
}

/// A table of word pieces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vectors<'a> {
    ends: &'a [[u8; 4]],
    text: &'a str,
    scales: &'a [[u8; 4]],
    rows: &'a [[u8; DIMENSIONS]],
}

/// The table that is shipped, built by `scripts/build_vectors.py`.
static EMBEDDED: &[u8] = include_bytes!("vectors.bin");

impl Vectors<'static> {
    /// The table that is shipped. It is read where it lies in the binary, so
    /// only the rows of words that occur are ever brought into memory, and
    /// checked once in a process.
    pub(crate) fn embedded() -> Self {
        static SHIPPED: LazyLock<Vectors<'static>> =
            LazyLock::new(|| Vectors::read(EMBEDDED).unwrap_or(Vectors::empty()));
        *SHIPPED
    }
}

impl<'a> Vectors<'a> {
    /// A table without words: everything works, by spelling alone.
    pub(crate) const fn empty() -> Self {
        Self { ends: &[], text: "", scales: &[], rows: &[] }
    }

    /// Reads a table in place.
    ///
    /// # Errors
    /// When the bytes are no table of this version, are cut short or contradict themselves.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, BadTable> {
        let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(BadTable::Magic)?;
        if magic != MAGIC {
            return Err(BadTable::Magic);
        }
        let (head, rest) = rest.split_first_chunk::<16>().ok_or(BadTable::Shape)?;
        let field =
            |i: usize| u32::from_le_bytes([head[i * 4], head[i * 4 + 1], head[i * 4 + 2], head[i * 4 + 3]]);
        if field(0) != VERSION || field(1) as usize != DIMENSIONS {
            return Err(BadTable::Version);
        }
        let (count, text_length) = (field(2) as usize, field(3) as usize);
        let (ends, rest) = rest.split_at_checked(count * 4).ok_or(BadTable::Shape)?;
        let (text, rest) = rest.split_at_checked(text_length).ok_or(BadTable::Shape)?;
        let (scales, rows) = rest.split_at_checked(count * 4).ok_or(BadTable::Shape)?;
        let table = Self {
            ends: ends.as_chunks().0,
            text: str::from_utf8(text).map_err(|_| BadTable::Shape)?,
            scales: scales.as_chunks().0,
            rows: rows.as_chunks().0,
        };
        if rows.len() != count * DIMENSIONS || !table.is_sorted() {
            return Err(BadTable::Shape);
        }
        Ok(table)
    }

    /// Whether the ends rise and cut the text between characters.
    fn is_sorted(&self) -> bool {
        let mut start = 0;
        self.ends.iter().all(|end| {
            let end = u32::from_le_bytes(*end) as usize;
            let fits = self.text.get(start..end).is_some();
            start = end;
            fits
        })
    }

    fn piece(&self, row: usize) -> &'a str {
        let end = |row: usize| u32::from_le_bytes(self.ends[row]) as usize;
        let start = if row == 0 { 0 } else { end(row - 1) };
        &self.text[start..end(row)]
    }

    /// The row of a piece, by binary search.
    fn find(&self, piece: &str) -> Option<usize> {
        find(self.ends.len(), |row| self.piece(row).cmp(piece))
    }

    /// The vector of a text: the sum of its pieces' rows, at unit length.
    pub(crate) fn sentence(&self, utterance: &Utterance) -> Sentence {
        let mut sum = [0.0; DIMENSIONS];
        let mut pair = String::new();
        for (i, token) in utterance.tokens().iter().enumerate() {
            self.add_word(&token.text, &mut sum);
            if let Some(next) = utterance.tokens().get(i + 1) {
                pair.clear();
                pair.extend([&token.text, " ", &next.text]);
                if let Some(row) = self.find(&pair) {
                    self.add_row(row, &mut sum);
                }
            }
        }
        unit(sum)
    }

    /// The vector of a word, at unit length.
    pub(crate) fn word(&self, word: &str) -> Sentence {
        let mut sum = [0.0; DIMENSIONS];
        self.add_word(word, &mut sum);
        unit(sum)
    }

    fn add_word(&self, word: &str, sum: &mut Sentence) {
        if let Some(row) = self.find(word) {
            return self.add_row(row, sum);
        }
        let mut start = 0;
        let mut piece = String::new();
        while start < word.len() {
            let ends =
                word[start..].char_indices().take(LONGEST_PIECE).map(|(i, c)| start + i + c.len_utf8());
            let known = ends.filter_map(|end| {
                piece.clear();
                if start > 0 {
                    piece.push_str(CONTINUES);
                }
                piece.push_str(&word[start..end]);
                self.find(&piece).map(|row| (end, row))
            });
            let Some((end, row)) = known.last() else { return };
            self.add_row(row, sum);
            start = end;
        }
    }

    fn add_row(&self, row: usize, sum: &mut Sentence) {
        let scale = f32::from_le_bytes(self.scales[row]);
        for (x, &byte) in sum.iter_mut().zip(&self.rows[row]) {
            *x += scale * f32::from(byte.cast_signed());
        }
    }
}

/// A vector at unit length; all zero stays so.
fn unit(mut vector: Sentence) -> Sentence {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for x in &mut vector {
            *x /= length;
        }
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::{BadTable, CONTINUES, DIMENSIONS, Vectors};
    use crate::text::Utterance;

    /// A table in which piece `i` points along axis `i`.
    fn table(pieces: &[&str]) -> Vec<u8> {
        let text = pieces.concat();
        let mut bytes = b"askwvecs".to_vec();
        for field in [1, DIMENSIONS as u32, pieces.len() as u32, text.len() as u32] {
            bytes.extend(field.to_le_bytes());
        }
        let mut end = 0;
        for piece in pieces {
            end += piece.len() as u32;
            bytes.extend(end.to_le_bytes());
        }
        bytes.extend(text.as_bytes());
        bytes.extend(pieces.iter().flat_map(|_| 0.5_f32.to_le_bytes()));
        for i in 0..pieces.len() {
            bytes.extend((0..DIMENSIONS).map(|axis| if axis == i { 2 } else { 0 }));
        }
        bytes
    }

    const PIECES: [&str; 6] = ["##ox", "bot", "can", "how", "how long", "long"];

    fn check(text: &str, expected: &[&str]) {
        let bytes = table(&PIECES);
        let vector =
            Vectors::read(&bytes).map_or([9.0; DIMENSIONS], |table| table.sentence(&Utterance::new(text)));
        let found: Vec<_> =
            PIECES.iter().zip(vector).filter(|(_, x)| *x > 0.0).map(|(piece, _)| *piece).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn longest_pieces_first_and_pairs_beside_words() {
        assert_eq!(CONTINUES, "##");
        check("botox", &["##ox", "bot"]);
        check("how long", &["how", "how long", "long"]);
        check("long how", &["how", "long"]);
        check("can bot", &["bot", "can"]);
        check("xylophone", &[]);
        check("botxx", &["bot"]);
        check("", &[]);
    }

    #[test]
    fn the_shipped_table_is_one() {
        assert!(Vectors::embedded().find("forehead").is_some());
    }

    #[test]
    fn refuses_what_is_no_table() {
        let good = table(&PIECES);
        assert!(Vectors::read(&good).is_ok());
        for end in 0..good.len() {
            assert!(Vectors::read(&good[..end]).is_err(), "cut at {end}");
        }
        let mut other = good.clone();
        other[8] = 9;
        assert_eq!(Vectors::read(&other).err(), Some(BadTable::Version));
        let mut ends = good;
        ends[24] = 255;
        assert_eq!(Vectors::read(&ends).err(), Some(BadTable::Shape));
    }
}
