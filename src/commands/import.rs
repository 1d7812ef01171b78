//! `askwell import`: drafts from what a practice has already.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::Args;

use super::{Exit, Stop, to_stderr};
use crate::exchange::draft::Drafts;
use crate::exchange::import;
use crate::limits;

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A table (.csv), a web page or its data (.html, .json, .jsonld), or
    /// Rasa's training data (.yml). The drafts go to standard output: save
    /// them under claims/ of your folder and run `askwell check`.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Import {
    pub(super) fn run(&self) -> Result<Exit, Stop> {
        let found = self.drafts()?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let mut out = std::io::stdout().lock();
        out.write_all(found.yaml(&name).as_bytes())?;
        out.flush()?;
        for lost in &found.lost {
            to_stderr(&format!("not carried over: {}", printable(lost)));
        }
        to_stderr(&format!("{} drafts, {} things not carried over", found.drafts.len(), found.lost.len()));
        Ok(Exit::Done)
    }

    fn drafts(&self) -> anyhow::Result<Drafts> {
        let shown = self.file.display();
        let extension = self.file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let size = std::fs::metadata(&self.file).with_context(|| format!("cannot read {shown}"))?.len();
        if size > limits::KNOWLEDGE_FILE_BYTES {
            bail!("{shown} has {size} bytes; divide it, {} are read at most", limits::KNOWLEDGE_FILE_BYTES);
        }
        let bytes = std::fs::read(&self.file).with_context(|| format!("cannot read {shown}"))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            anyhow!("{shown}: byte {at} is no UTF-8; save the file as UTF-8")
        })?;
        let found = match extension.as_str() {
            "csv" | "tsv" => import::csv::import(&text),
            "html" | "htm" | "json" | "jsonld" => import::page::import(&text),
            "yml" | "yaml" => import::rasa::import(&shown.to_string(), &text),
            _ => bail!(
                "{shown}: the name says no known format; known are .csv, .html, .json, .jsonld and .yml"
            ),
        };
        found.map_err(|error| anyhow!("{shown}: {error}"))
    }
}

/// A sentence about foreign text without what could change a terminal.
fn printable(text: &str) -> String {
    crate::text::normalize::printable(text).trim().to_owned()
}
