//! `askwell init`: the embedded knowledge as a folder to edit.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::{Exit, Stop};
use crate::knowledge::embedded_files;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to write; it must be empty or not exist yet.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Init {
    pub(super) fn run(&self) -> Result<Exit, Stop> {
        let written = self.write()?;
        let folder = self.folder.display();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{written} files in {folder}")?;
        writeln!(out, "Next: edit them, then `askwell check {folder}` and `askwell --knowledge {folder}`.")?;
        Ok(Exit::Done)
    }

    fn write(&self) -> anyhow::Result<usize> {
        let folder = &self.folder;
        if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            bail!("{} is not empty; name a new folder, nothing was written", folder.display());
        }
        let files = embedded_files();
        for (path, text) in &files {
            let path = folder.join(path);
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(files.len())
    }
}
