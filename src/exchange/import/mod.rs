//! Drafts from what a practice has already.

pub mod csv;
pub mod page;
pub mod rasa;
