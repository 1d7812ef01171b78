//! `askwell` and `askwell chat`.

use std::io::IsTerminal;

use super::{Exit, Options, Stop};
use crate::terminal::chat::{self, End};

pub(super) fn run(options: &Options) -> Result<Exit, Stop> {
    let engine = options.engine()?;
    let style = options.style();
    let mut out = std::io::stdout().lock();
    if std::io::stdin().is_terminal() {
        return Ok(match chat::on_terminal(&engine, style, &mut out)? {
            End::Left => Exit::Done,
            End::Interrupted => Exit::Interrupted,
        });
    }
    chat::on_pipe(&engine, style, &mut std::io::stdin().lock(), &mut out)?;
    Ok(Exit::Done)
}
