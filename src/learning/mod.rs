//! What is learned from labelled texts: weighted bags of terms, a linear
//! classifier over them, and the bytes that both are kept in; and the vectors of
//! words, which were learned ahead.
//!
//! The matcher learns claims from phrasings with it, the red-flag screen
//! levels from examples. Refuses to know what a term or a label stands for.

pub(crate) mod bytes;
pub(crate) mod classifier;
pub(crate) mod terms;
pub(crate) mod vectors;

pub use bytes::Malformed;
