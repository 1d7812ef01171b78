//! `askwell export`: the knowledge in formats that others read.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::{Exit, Options, Stop, folder};
use crate::exchange::export;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write, to standard output.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Format,
    /// The address at which structured data will stand, for `ClaimReview`;
    /// without it, the practice's own.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    url: Option<String>,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Structured data of schema.org: `FAQPage` and `ClaimReview`.
    Jsonld,
    /// One accessible page, to publish or to print.
    Html,
    /// A document.
    Markdown,
    /// A table, one row a claim; `askwell import` reads it back.
    Csv,
}

impl Export {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        let knowledge = folder::knowledge(folder::files(options.knowledge.as_deref())?)?;
        // What has expired is withheld from patients, not from an editor.
        let shown = || knowledge.clone().on(folder::today());
        let text = match self.format {
            Format::Jsonld => export::jsonld::export(&shown(), self.url.as_deref()),
            Format::Html => export::html::export(&shown()),
            Format::Markdown => export::markdown::export(&shown()),
            Format::Csv => export::csv::export(&knowledge)?,
        };
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(Exit::Done)
    }
}

fn address(text: &str) -> Result<String, String> {
    let sound =
        text.starts_with("https://") && text.chars().all(|c| c.is_ascii_graphic()) && !text.contains('#');
    if sound { Ok(text.to_owned()) } else { Err("give a full https address without a `#` part".to_owned()) }
}
