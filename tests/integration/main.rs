//! The integration tests, one binary: each module proves what its first lines
//! say.
#![allow(clippy::unwrap_used, reason = "a test that meets a surprise has failed")]

mod architecture;
mod base;
mod check;
mod clients;
mod conversation;
mod eval;
mod exchange;
mod fixture;
mod knowledge_folder;
mod packaging;
mod program;
mod replies;
mod review;
mod stdio_client;
mod stdio_framing;
mod stdio_methods;
mod stdio_process;
mod stdio_requests;
mod stdio_stress;
mod terminal;
