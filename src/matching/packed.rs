//! Sentence vectors packed to be compared: 8 bits per number of a phrasing, 12 of a message.
//!
//! Does: products of one message's vector with many phrasings'. Refuses: to know where a vector comes from
//! (`crate::learning::vectors`).

use crate::learning::bytes::{Array, Malformed, Reader, Writer};
use crate::learning::vectors::{DIMENSIONS, Sentence};

/// The vector of a message, ready to be compared: whole numbers make sums exact, and quick in any register.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    scale: f32,
    row: [i16; DIMENSIONS],
}

impl Packed {
    /// Packs a vector; 12 bits, so that sums of products with 8 bits stay within 32.
    pub(super) fn new(vector: &Sentence) -> Self {
        const LARGEST: f32 = 2047.0;
        let scale = vector.iter().fold(0.0, |largest: f32, x| largest.max(x.abs())) / LARGEST;
        let step = if scale > 0.0 { scale.recip() } else { 0.0 };
        Self { scale, row: vector.map(|x| (x * step).round() as i16) }
    }
}

/// Many vectors, in 8 bits per number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    scales: Vec<f32>,
    rows: Array<i8>,
}

impl Rows {
    /// Packs vectors 0, 1, 2 …
    pub(super) fn new<'a>(vectors: impl Iterator<Item = &'a Sentence>) -> Self {
        const LARGEST: f32 = 127.0;
        let (mut scales, mut rows) = (Vec::new(), Vec::new());
        for vector in vectors {
            let scale = vector.iter().fold(0.0, |largest: f32, x| largest.max(x.abs())) / LARGEST;
            scales.push(scale);
            let step = if scale > 0.0 { scale.recip() } else { 0.0 };
            rows.extend(vector.iter().map(|x| (x * step).round() as i8));
        }
        Self { scales, rows: rows.into() }
    }

    /// The product of a message with a vector; their cosine where that has unit length, too.
    pub(super) fn product(&self, query: &Packed, at: usize) -> f32 {
        const LANES: usize = 16;
        let row = self.rows.bytes(at * DIMENSIONS..(at + 1) * DIMENSIONS);
        let mut lanes = [0_i32; LANES];
        for (x, y) in query.row.as_chunks::<LANES>().0.iter().zip(row.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                lanes[lane] += i32::from(x[lane]) * i32::from(i16::from(y[lane].cast_signed()));
            }
        }
        query.scale * self.scales[at] * lanes.iter().sum::<i32>() as f32
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.array(&self.scales);
        out.in_place(&self.rows);
    }

    pub(super) fn read(reader: &mut Reader, count: usize) -> Result<Self, Malformed> {
        let (scales, rows): (_, Array<i8>) = (reader.exactly(count)?, reader.in_place()?);
        if rows.len() == count * DIMENSIONS { Ok(Self { scales, rows }) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, Rows};
    use crate::learning::vectors::DIMENSIONS;

    #[test]
    fn packed_products_are_close() {
        let mut a = [0.0; DIMENSIONS];
        (a[0], a[1]) = (0.6, 0.8);
        let packed = Rows::new([&a, &[0.0; DIMENSIONS]].into_iter());
        assert!((packed.product(&Packed::new(&a), 0) - 1.0).abs() < 0.01);
        assert!(packed.product(&Packed::new(&a), 1).abs() < f32::EPSILON);
    }
}
