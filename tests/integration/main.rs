//! The integration tests, one binary: each module proves what its first lines
//! say.
#![allow(clippy::unwrap_used, reason = "a test that meets a surprise has failed")]

mod architecture;
mod eval;
mod fixture;
mod knowledge_folder;
mod program;
mod replies;
