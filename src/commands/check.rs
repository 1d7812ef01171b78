//! `askwell check`: every finding about a knowledge folder.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Exit, Options, Stop, folder};
use crate::knowledge::Knowledge;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder to check; without it, `--knowledge` or the embedded one.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        let folder = self.folder.as_deref().or(options.knowledge.as_deref());
        let files = folder::files(folder)?;
        let (knowledge, findings) = match Knowledge::parse(&files) {
            Ok(knowledge) => (Some(knowledge), Vec::new()),
            Err(findings) => (None, findings),
        };
        let mut out = std::io::stdout().lock();
        for finding in &findings {
            writeln!(out, "{}\n", folder::rendered(finding, &files, options.style().color))?;
        }
        if let Some(knowledge) = &knowledge {
            let phrasings: usize = knowledge.claims.iter().map(|c| c.phrasings().count()).sum();
            let (claims, sources) = (knowledge.claims.len(), knowledge.sources.len());
            writeln!(out, "{claims} claims, {phrasings} phrasings, {sources} sources")?;
        }
        writeln!(out, "{}", folder::summary(&findings))?;
        Ok(if knowledge.is_some() { Exit::Done } else { Exit::Knowledge })
    }
}
