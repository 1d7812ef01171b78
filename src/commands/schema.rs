//! `askwell schema`: the protocol as a JSON Schema.

use std::io::Write;

use super::{Exit, Stop};
use crate::wire;

pub(super) fn run() -> Result<Exit, Stop> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:#}", wire::schema())?;
    out.flush()?;
    Ok(Exit::Done)
}
