//! `askwell compile`: a folder's compiled form, so that it starts at once.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::{Exit, Stop, folder};
use crate::engine::Engine;

#[derive(Debug, Args)]
pub(super) struct Compile {
    /// The folder to compile; the compiled form is written into it.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Compile {
    pub(super) fn run(&self) -> Result<Exit, Stop> {
        let knowledge = folder::knowledge(folder::files(Some(&self.folder))?)?;
        let bytes = Engine::compile(knowledge).to_bytes();
        let path = folder::compiled(&self.folder);
        // Written beside and renamed, so that nobody ever reads half of it.
        let unfinished = path.with_extension("unfinished");
        std::fs::write(&unfinished, &bytes)
            .and_then(|()| std::fs::rename(&unfinished, &path))
            .with_context(|| format!("cannot write {}", path.display()))?;
        writeln!(std::io::stdout(), "{} bytes in {}", bytes.len(), path.display())?;
        Ok(Exit::Done)
    }
}
