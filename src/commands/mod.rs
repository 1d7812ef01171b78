//! The command line: what can be asked for, one file a command, exit codes.

mod ask;
mod chat;
mod check;
mod compile;
mod eval;
mod export;
mod folder;
mod import;
mod init;
mod review;
mod schema;
mod stdio;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diagnostic;
use crate::engine::Engine;
use crate::terminal::{ColorChoice, Style};

/// Sourced answers to what people have heard about a treatment.
#[derive(Debug, Parser)]
#[command(name = "askwell", version, max_term_width = 80)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, clap::Args)]
struct Options {
    /// Use the knowledge in this folder instead of the embedded one.
    #[arg(long, global = true, value_name = "DIR", env = "ASKWELL_KNOWLEDGE")]
    knowledge: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
    /// Linear, labelled text for a screen reader.
    #[arg(long, global = true)]
    accessible: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Talk in the terminal, or answer one message a line from a pipe (the default).
    Chat,
    /// Answer one message.
    Ask(ask::Ask),
    /// Check a knowledge folder and report every finding.
    Check(check::Check),
    /// Compile a knowledge folder, so that it starts at once.
    Compile(compile::Compile),
    /// Go through what is pending, changed or due, and sign what is right.
    Review(review::Review),
    /// Write the knowledge as a web page, structured data, Markdown or a table.
    Export(export::Export),
    /// Make drafts of claims from a table, a web page or Rasa's training data.
    Import(import::Import),
    /// Measure the replies to messages with a known answer.
    Eval(eval::Eval),
    /// Write the embedded knowledge out as a folder to edit.
    Init(init::Init),
    /// Serve requests of a program, one JSON object a line, on stdin and stdout.
    Stdio(stdio::Stdio),
    /// Print the JSON Schema of what `stdio` and `ask --json` write.
    Schema,
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// It failed.
    Failed,
    /// The knowledge has errors.
    Knowledge,
    /// `ask` had no answer.
    Unknown,
    /// Ctrl-C, twice.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        // 2 is a wrong command line; clap ends with it by itself.
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Knowledge => 3,
            Exit::Unknown => 4,
            Exit::Interrupted => 130,
        })
    }
}

/// Runs what the command line asks for.
#[must_use]
pub fn run(cli: &Cli) -> Exit {
    let options = &cli.options;
    let result = match &cli.command {
        None | Some(Command::Chat) => chat::run(options),
        Some(Command::Ask(ask)) => ask.run(options),
        Some(Command::Check(check)) => check.run(options),
        Some(Command::Compile(compile)) => compile.run(),
        Some(Command::Review(review)) => review.run(options),
        Some(Command::Export(export)) => export.run(options),
        Some(Command::Import(import)) => import.run(),
        Some(Command::Eval(eval)) => eval.run(options),
        Some(Command::Init(init)) => init.run(),
        Some(Command::Stdio(stdio)) => stdio.run(options),
        Some(Command::Schema) => schema::run(),
    };
    match result {
        Ok(exit) => exit,
        Err(Stop::Findings(findings, files)) => {
            report(&findings, &files, options);
            Exit::Knowledge
        }
        Err(Stop::Failed(error)) if is_closed_pipe(&error) => Exit::Done,
        Err(Stop::Failed(error)) => {
            to_stderr(&format!("askwell: {error:#}"));
            Exit::Failed
        }
    }
}

/// Why a command could not go on.
enum Stop {
    /// The knowledge has errors: the findings, and the files they are in.
    Findings(Vec<diagnostic::Diagnostic>, Vec<crate::knowledge::File>),
    /// Anything else.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Options {
    fn style(&self) -> Style {
        Style::of_stdout(self.color, self.accessible)
    }

    /// The engine on the knowledge that was asked for, as of today.
    fn engine(&self) -> Result<Engine, Stop> {
        folder::engine(self.knowledge.as_deref())
    }
}

/// Whether the reader of the output has gone, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Findings on stderr, each with its excerpt, and a line that counts them.
fn report(findings: &[diagnostic::Diagnostic], files: &[crate::knowledge::File], options: &Options) {
    let color = Style::of_stdout(options.color, false).color;
    for finding in findings {
        to_stderr(&format!("{}\n", folder::rendered(finding, files, color)));
    }
    to_stderr(&format!("askwell: {}", folder::summary(findings)));
}

/// A line on stderr; a closed stderr is nobody's problem.
fn to_stderr(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}
