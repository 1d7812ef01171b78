//! Askwell: a practice's sourced answers to claims about a treatment.
pub mod diagnostic;
pub mod knowledge;
pub mod limits;
pub mod safety;
pub mod text;
