//! `askwell check`: every finding about a knowledge folder.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::json;

use super::{Exit, Options, Stop, folder};
use crate::check::{self, Grade};
use crate::diagnostic::{self, Diagnostic, github};
use crate::knowledge::{File, Knowledge};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder to check; without it, `--knowledge` or the embedded one.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Count every warning as an error.
    #[arg(long)]
    strict: bool,
    /// Check as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Print the manual page of a rule and leave.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With excerpts, for a person.
    #[default]
    Text,
    /// One JSON object, for a program.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Findings of one rule that get an excerpt; the others of it get a line.
const EXCERPTS: usize = 5;

/// What there is to print.
struct Outcome {
    files: Vec<File>,
    findings: Vec<Diagnostic>,
    /// What is in the knowledge, unless it cannot be read.
    size: Option<Size>,
    grades: Vec<Grade>,
}

struct Size {
    claims: usize,
    phrasings: usize,
    sources: usize,
}

impl Check {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        let mut out = std::io::stdout().lock();
        if let Some(code) = &self.explain {
            write!(out, "{}", manual(code)?)?;
            return Ok(Exit::Done);
        }
        let folder = self.folder.as_deref().or(options.knowledge.as_deref());
        let outcome = self.outcome(folder::files(folder)?);
        match self.format {
            Format::Text => outcome.write_text(&mut out, options.style().color)?,
            Format::Json => writeln!(out, "{:#}", outcome.json())?,
            Format::Github => {
                let folder = folder.map_or_else(|| "knowledge".into(), |f| f.to_string_lossy());
                for finding in &outcome.findings {
                    writeln!(out, "{}", github::render(finding, &folder))?;
                }
            }
        }
        out.flush()?;
        Ok(if diagnostic::has_errors(&outcome.findings) { Exit::Knowledge } else { Exit::Done })
    }

    fn outcome(&self, files: Vec<File>) -> Outcome {
        match Knowledge::parse(&files) {
            Err(findings) => Outcome { files, findings, size: None, grades: Vec::new() },
            Ok(knowledge) => {
                let today = self.today.unwrap_or_else(folder::today);
                let report = check::run(&knowledge, today, self.strict);
                let size = Size {
                    claims: knowledge.claims.len(),
                    phrasings: knowledge.claims.iter().map(|c| c.phrasings().count()).sum(),
                    sources: knowledge.sources.len(),
                };
                Outcome { files, findings: report.findings, size: Some(size), grades: report.grades }
            }
        }
    }
}

impl Outcome {
    fn write_text(&self, out: &mut impl Write, color: bool) -> std::io::Result<()> {
        let mut shown = BTreeMap::<&str, usize>::new();
        for finding in &self.findings {
            let count = shown.entry(finding.code).or_default();
            *count += 1;
            if *count <= EXCERPTS {
                writeln!(out, "{}\n", folder::rendered(finding, &self.files, color))?;
            } else {
                writeln!(out, "{finding}")?;
            }
        }
        if let Some(Size { claims, phrasings, sources }) = self.size {
            writeln!(out, "{claims} claims, {phrasings} phrasings, {sources} sources")?;
        }
        for Grade { file, sentences, grade } in &self.grades {
            let what = file.as_deref().unwrap_or("all claims");
            match grade {
                Some(grade) => writeln!(out, "reading grade {grade:.1}: {what} ({sentences} sentences)")?,
                None => writeln!(out, "no reading grade: {what} (only {sentences} sentences)")?,
            }
        }
        writeln!(out, "{}", folder::summary(&self.findings))
    }

    fn json(&self) -> serde_json::Value {
        let errors = self.findings.iter().filter(|f| f.severity == diagnostic::Severity::Error).count();
        json!({
            "findings": self.findings.iter().map(diagnostic::json::value).collect::<Vec<_>>(),
            "errors": errors,
            "warnings": self.findings.len() - errors,
            "knowledge": self.size.as_ref().map(|size| json!({
                "claims": size.claims,
                "phrasings": size.phrasings,
                "sources": size.sources,
            })),
            "grades": self.grades.iter().map(|g| json!({
                "file": g.file,
                "sentences": g.sentences,
                "grade": g.grade,
            })).collect::<Vec<_>>(),
        })
    }
}

fn manual(code: &str) -> anyhow::Result<String> {
    check::manual(code).ok_or_else(|| {
        let known: Vec<&str> = check::codes().collect();
        anyhow!("there is no rule `{code}`; the rules are: {}", known.join(", "))
    })
}
