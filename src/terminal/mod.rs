//! Text for a screen: one reply rendered, and the chat around it.
//!
//! Decides about looks alone; what is said comes from the reply.

pub mod chat;
mod prompt;
pub mod render;
pub mod style;

pub use style::{ColorChoice, Style};
