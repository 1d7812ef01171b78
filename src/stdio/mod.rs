//! The protocol over two streams: one request a line in, one reply a line out.
//!
//! Reads, answers and writes side by side, on one thread: one task reads lines
//! into a queue, one answers them in order, one writes the replies. Both queues are
//! bounded, so a client that writes faster than it reads is made to wait, and
//! memory stays where it is. Refuses to keep anything between two requests.

mod lines;
mod pipeline;
mod request;
mod service;
mod shorten;
pub mod signals;
pub mod streams;

pub use pipeline::{End, serve};
pub use service::{Loader, Service};
