//! `askwell eval`: messages with the reply that is expected, and how the
//! program does on them.

mod bound;
mod json;
mod text;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::{Exit, Options, Stop, report, to_stderr};
use crate::diagnostic::Diagnostic;
use crate::eval::{self, Labelled, Messages, Report, Subject, message};

/// The accuracy in scope at which out-of-scope recall is read, where none is
/// asked for: what published classifiers reach on CLINC150 while they decline.
const IN_SCOPE: f64 = 0.93;

#[derive(Debug, Args)]
pub(super) struct Eval {
    /// Message files: one JSON object a line, with `text` and `expect`.
    #[arg(value_name = "FILE", required_unless_present = "train", conflicts_with = "train")]
    files: Vec<PathBuf>,
    /// Instead: train the matcher on labelled texts of any subject, …
    #[arg(long, value_name = "FILE", requires = "test")]
    train: Option<PathBuf>,
    /// … and measure it on others, where the label `unknown` fits no other.
    #[arg(long, value_name = "FILE", requires = "train")]
    test: Option<PathBuf>,
    /// Report by the values of this key of the lines (src, kind, topic, file, …).
    #[arg(long, value_name = "KEY")]
    by: Option<String>,
    /// List each failure with the candidates and why they score as they do.
    #[arg(long)]
    failures: bool,
    /// Measure again with a keyboard slip in each message, for so many seeds.
    #[arg(long, value_name = "SEEDS", default_value_t = 0, hide_default_value = true)]
    slips: u64,
    /// Say what out-of-scope recall is left with this accuracy in scope.
    #[arg(long, value_name = "SHARE", default_value_t = IN_SCOPE, value_parser = bound::share)]
    in_scope: f64,
    /// Print the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Fail if a figure is worse than its bound: right, mcc, in-scope,
    /// out-of-scope, precision, belief at least; wrong, declined, missed, …
    /// at most.
    #[arg(long, value_name = "NAME=SHARE", value_delimiter = ',', value_parser = bound::parse)]
    fail_under: Vec<bound::Bound>,
}

impl Eval {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        match self.report(options)? {
            Ok(report) => self.show(&report),
            Err(findings) => {
                report(&findings, &[], options);
                Ok(Exit::Failed)
            }
        }
    }

    /// The figures, or what is wrong with the files.
    fn report(&self, options: &Options) -> Result<Result<Report, Vec<Diagnostic>>, Stop> {
        if let (Some(train), Some(test)) = (&self.train, &self.test) {
            let (train_text, test_text) = (read(train)?, read(test)?);
            let (train, test) = (train.to_string_lossy(), test.to_string_lossy());
            let mut progress = Progress::new();
            progress.say("training");
            return match Labelled::new((&train, &train_text), (&test, &test_text)) {
                Ok(labelled) => Ok(Ok(self.measure(&labelled, &mut progress)?)),
                Err(findings) => Ok(Err(findings)),
            };
        }
        let mut messages = Vec::new();
        let mut findings = Vec::new();
        for path in &self.files {
            match message::read(&path.to_string_lossy(), &read(path)?) {
                Ok(read) => messages.extend(read),
                Err(found) => findings.extend(found),
            }
        }
        if !findings.is_empty() {
            return Ok(Err(findings));
        }
        let mut progress = Progress::new();
        progress.say("reading the knowledge");
        let engine = options.engine()?;
        Ok(Ok(self.measure(&Messages::new(&engine, messages), &mut progress)?))
    }

    fn measure(&self, subject: &impl Subject, progress: &mut Progress) -> anyhow::Result<Report> {
        if let Some(key) = &self.by
            && !subject.lines().iter().any(|line| line.groups.contains_key(key))
        {
            let keys: std::collections::BTreeSet<&str> =
                subject.lines().iter().flat_map(|line| line.groups.keys().map(String::as_str)).collect();
            let keys: Vec<&str> = keys.into_iter().collect();
            bail!("no line has a key `{key}` with a single value; there are {}", keys.join(", "));
        }
        let wanted = eval::Options { by: self.by.clone(), failures: self.failures, slips: self.slips };
        Ok(eval::measure(subject, &wanted, &mut |done, total| progress.count(done, total)))
    }

    fn show(&self, report: &Report) -> Result<Exit, Stop> {
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", json::of(report, self.in_scope))?;
        } else {
            write!(out, "{}", text::of(report, self.in_scope))?;
        }
        out.flush()?;
        let missed: Vec<String> = self.fail_under.iter().filter_map(|b| b.missed(report)).collect();
        for miss in &missed {
            to_stderr(&format!("askwell: {miss}"));
        }
        Ok(if missed.is_empty() { Exit::Done } else { Exit::Failed })
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|b| *b == b'\n').count();
        anyhow::anyhow!("{}:{line}: no UTF-8; save the file as UTF-8", path.display())
    })
}

/// How far a long run is, on a terminal alone; wiped when it is over.
struct Progress {
    terminal: bool,
    percent: Option<usize>,
}

impl Progress {
    fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), percent: None }
    }

    fn count(&mut self, done: usize, total: usize) {
        let percent = done * 100 / total.max(1);
        if self.percent != Some(percent) {
            self.percent = Some(percent);
            self.say(&format!("{percent:3} % of {total} messages"));
        }
    }

    fn say(&self, line: &str) {
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r{line:<40}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r{:40}\r", "");
        }
    }
}
