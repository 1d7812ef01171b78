//! Askwell: a practice's sourced answers to claims about a treatment.
pub mod check;
pub mod commands;
pub mod compiled;
pub mod diagnostic;
pub mod dialogue;
pub mod engine;
pub mod eval;
pub mod exchange;
pub mod knowledge;
pub mod learning;
pub mod limits;
pub mod matching;
pub mod safety;
pub mod stdio;
pub mod terminal;
pub mod text;
pub mod wire;
