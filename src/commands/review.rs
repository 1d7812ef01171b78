//! `askwell review`: what is pending, changed or due, one by one, and a
//! signature for what is right.

use std::fs;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Exit, Options, Stop, folder};
use crate::dialogue::{Answer, Stance, cited};
use crate::exchange::sign::{Signature, sign};
use crate::knowledge::{Claim, File, Knowledge, Review as State};
use crate::limits;
use crate::terminal::{Style, render};
use crate::text::normalize;

#[derive(Debug, Args)]
pub(super) struct Review {
    /// The folder to review; without it, `--knowledge`.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Your name and credentials, as patients will read them; asked for if
    /// absent.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Review as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// What a reviewer says to an answer.
enum Choice {
    Approve,
    Skip,
    Quit,
}

impl Review {
    pub(super) fn run(&self, options: &Options) -> Result<Exit, Stop> {
        let Some(folder) = self.folder.as_deref().or(options.knowledge.as_deref()) else {
            return Err(anyhow!(
                "the embedded knowledge cannot be signed; write it out with `askwell init DIR`, then `askwell review DIR`"
            )
            .into());
        };
        let files = folder::files(Some(folder))?;
        let knowledge = folder::knowledge(files.clone())?;
        let today = self.today.unwrap_or_else(folder::today);
        let session = Session { folder, files, knowledge, today, style: options.style() };
        let mut input = std::io::stdin().lock();
        let mut out = std::io::stdout().lock();
        session.run(self.by.as_deref(), &mut input, &mut out)?;
        Ok(Exit::Done)
    }
}

/// One walk through the answers.
struct Session<'a> {
    folder: &'a Path,
    files: Vec<File>,
    knowledge: Knowledge,
    today: Date,
    style: Style,
}

impl Session<'_> {
    fn run(mut self, by: Option<&str>, input: &mut impl BufRead, out: &mut impl Write) -> anyhow::Result<()> {
        let due: Vec<(String, String)> = self
            .knowledge
            .claims
            .iter()
            .filter_map(|claim| Some((claim.id.clone(), reason(claim, self.today)?)))
            .collect();
        if due.is_empty() {
            writeln!(out, "Nothing is pending, changed or due.")?;
            return Ok(());
        }
        writeln!(out, "{} answers to review. What you approve is written at once.", due.len())?;
        let Some(by) = reviewer(by, input, out)? else { return Ok(()) };
        let months = i64::from(self.knowledge.practice.review_months);
        let next = self.today.checked_add(months.months()).context("the date is out of range")?;
        let signature = Signature { by, on: self.today, next };
        let (mut signed, mut skipped) = (0, 0);
        for (number, (id, reason)) in (1..).zip(&due) {
            self.show(number, due.len(), id, reason, out)?;
            match choice(input, out)? {
                Choice::Approve => {
                    self.sign(id, &signature)?;
                    signed += 1;
                    writeln!(out, "Signed; next review by {next}.")?;
                }
                Choice::Skip => skipped += 1,
                Choice::Quit => break,
            }
        }
        let left = due.len() - signed - skipped;
        writeln!(out, "\n{signed} signed, {skipped} skipped, {left} not looked at.")?;
        Ok(())
    }

    /// The answer as the patient sees it, what people say, and the sources.
    fn show(
        &self,
        number: usize,
        of: usize,
        id: &str,
        reason: &str,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let claim = self.knowledge.claim(id).context("the claim is gone")?;
        let place = &claim.place;
        writeln!(out, "\n--- {number} of {of}: {id} ({reason}), {}:{}\n", place.file, place.line)?;
        let answer = Answer {
            part: String::new(),
            claim: claim.clone(),
            sources: cited(&self.knowledge, claim),
            stance: Stance::NONE,
            confidence: 1.0,
            personal: claim.personal,
        };
        writeln!(out, "{}", render::answer(&answer, self.style))?;
        if let Some(said) = &claim.claim {
            writeln!(out, "\nWhat people say: “{said}” Verdict: {}.", claim.verdict.word())?;
        }
        Ok(())
    }

    /// Writes a signature to the disk, unless the file is not what was shown.
    fn sign(&mut self, id: &str, signature: &Signature) -> anyhow::Result<()> {
        let (file, text) = sign(&self.files, &self.knowledge, id, signature)
            .map_err(|error| anyhow!("nothing was written: {error}"))?;
        let path = self.folder.join(&file);
        let shown = self.files.iter().find(|(name, _)| *name == file).map(|(_, text)| text.as_bytes());
        if fs::read(&path).ok().as_deref() != shown {
            bail!(
                "{} has changed meanwhile, nothing was written; start `askwell review` again",
                path.display()
            );
        }
        replace(&path, &text).with_context(|| format!("cannot write {}; it is as it was", path.display()))?;
        for known in &mut self.files {
            if known.0 == file {
                known.1.clone_from(&text);
            }
        }
        // Lines may have moved.
        self.knowledge = Knowledge::parse(&self.files).map_err(|_| anyhow!("{file} cannot be read again"))?;
        Ok(())
    }
}

/// Why a claim is to be reviewed; none if it is not.
fn reason(claim: &Claim, today: Date) -> Option<String> {
    match &claim.review {
        State::Pending => Some("pending".to_owned()),
        State::Reviewed { .. } if !claim.is_reviewed() => Some("changed since its review".to_owned()),
        State::Reviewed { next, .. } if *next < today => Some(format!("due since {next}")),
        State::Reviewed { .. } => None,
    }
}

/// The reviewer's name, asked for until one is given; none at the end of the
/// input.
fn reviewer(
    given: Option<&str>,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> anyhow::Result<Option<String>> {
    let clean = |name: &str| normalize::printable(name).trim().to_owned();
    if let Some(name) = given.map(clean).filter(|name| !name.is_empty()) {
        return Ok(Some(name));
    }
    loop {
        write!(out, "Your name and credentials, as patients will read them: ")?;
        out.flush()?;
        let Some(line) = line(input)? else { return Ok(None) };
        let name = clean(&line);
        if !name.is_empty() {
            return Ok(Some(name));
        }
    }
}

/// What the reviewer says; the end of the input is to quit.
fn choice(input: &mut impl BufRead, out: &mut impl Write) -> anyhow::Result<Choice> {
    loop {
        write!(out, "\n[a]pprove as it stands, [s]kip, [q]uit: ")?;
        out.flush()?;
        let Some(line) = line(input)? else { return Ok(Choice::Quit) };
        match line.trim().to_lowercase().as_str() {
            "a" | "approve" => return Ok(Choice::Approve),
            "s" | "skip" => return Ok(Choice::Skip),
            "q" | "quit" => return Ok(Choice::Quit),
            _ => writeln!(out, "To change an answer, skip it, edit its file and review again.")?,
        }
    }
}

/// A line of input, whatever its bytes; none at the end, or where it is too
/// long to be an answer.
fn line(input: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limits::LINE_BYTES).unwrap_or(u64::MAX);
    let read = std::io::Read::take(input, most).read_until(b'\n', &mut bytes)?;
    let whole = read < limits::LINE_BYTES || bytes.ends_with(b"\n");
    Ok((read > 0 && whole).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Replaces a file in one step: after a crash there is the old or the new one,
/// whole.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    // A link stays a link: what it points at is replaced.
    let path = fs::canonicalize(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_through(&temporary, text)
        .and_then(|()| fs::set_permissions(&temporary, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        // Best effort: the error that matters is the one above.
        let _ = fs::remove_file(&temporary);
        return written;
    }
    // The rename itself reaches the disk with the folder, where a system lets
    // a folder be opened.
    if let Some(Ok(folder)) = path.parent().map(fs::File::open) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn write_through(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
