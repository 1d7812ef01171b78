//! The way out and in: exports for a site, a spreadsheet or a printer, drafts
//! from what a practice has already, and the signature of a review.
//!
//! Every function here takes texts and gives texts. Refuses to read or write a
//! file, and to invent: what cannot be carried over is listed.

pub mod draft;
pub mod export;
pub mod import;
pub mod sign;
