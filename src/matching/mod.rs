//! From an utterance to candidates: which label, how sure, and why.
//!
//! Ranks and explains; refuses to decide. A label is a number here; what it
//! stands for, and whether a confidence is enough for an answer, is the
//! dialogue's business.
//!
//! One score needs two answers. *Is anything here about this?* is a similarity
//! to the nearest phrasing: of words (`lexical`), character n-grams
//! (`ngrams`) and meaning (`packed`). *Which one is it?* is a
//! discriminative score: of a linear classifier over words and n-grams
//! (`crate::learning`) and one over meaning (`ridge`). `fusion` multiplies
//! them, `calibration` turns the product into a probability and says from
//! where on it is enough, `explanation` says why.

mod calibration;
mod examples;
mod explanation;
mod features;
mod fusion;
mod lexical;
mod matcher;
mod ngrams;
mod packed;
mod ridge;
#[cfg(test)]
mod tests;
mod trained;

pub use examples::{Direction, Origin, Target, examples};
pub use explanation::Explanation;
pub use matcher::{Candidate, Example, Matcher};
pub use trained::Trained;
