//! The chat: a prompt on a terminal, or one message a line from a pipe.
//!
//! Nothing is stored: the history of a chat lives in memory and ends with it.

use std::io::{BufRead, Write};

use crate::dialogue::Context;
use crate::engine::Engine;
use crate::knowledge::Knowledge;

use super::prompt::{Input, Prompt, bounded_line};
use super::{Style, render};

/// How a chat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user left, or the input ended.
    Left,
    /// Ctrl-C on an empty line, twice.
    Interrupted,
}

const HELP: &str = "Ask in your own words, for example: is baby Botox a different product?
A number picks one of the questions that were offered.
/topics   the questions that I can answer
/sources  what the answers rest on
/privacy  what happens to your words
/help     this list
/quit     leave (Ctrl-D does too)";

const PRIVACY: &str = "Nothing that you write is stored: no transcript, no history file, no log.
Your words stay in the memory of this program and are gone when you leave.
The program works offline and sends nothing anywhere.";

const HOW_TO_LEAVE: &str = "To leave, press Ctrl-C once more, or type /quit.";

/// Talks on a terminal until the user leaves.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn on_terminal(engine: &Engine, style: Style, out: &mut dyn Write) -> std::io::Result<End> {
    let disclosure = &engine.knowledge().practice.disclosure;
    let greeting =
        format!("{}\n\n{disclosure}\n\nType your question, or /help.", engine.knowledge().practice.name);
    writeln!(out, "{}\n", wrapped(&greeting, style))?;
    let mut prompt =
        if style.redraws() { Prompt::edited(completions(engine.knowledge())) } else { Prompt::plain() };
    let mut session = Session { context: opened(), engine, style };
    let mut interrupted = false;
    loop {
        match prompt.next(out)? {
            Input::Ended => return Ok(End::Left),
            Input::Interrupted if interrupted => return Ok(End::Interrupted),
            Input::Interrupted => {
                interrupted = true;
                writeln!(out, "{HOW_TO_LEAVE}")?;
            }
            Input::Line(line) => {
                interrupted = false;
                match session.turn(&line) {
                    Turn::Said(text) => writeln!(out, "\n{text}\n")?,
                    Turn::Nothing => {}
                    Turn::Leave => return Ok(End::Left),
                }
            }
        }
    }
}

/// The greeting has shown the disclosure, so the first reply need not.
fn opened() -> Context {
    Context::default().after(Vec::new(), Vec::new(), false)
}

/// Answers one message a line until the input ends. A blank line follows each
/// reply; an empty line is a message like any other. Bytes that are no UTF-8
/// are replaced; what exceeds [`crate::limits::LINE_BYTES`] is dropped unread.
///
/// # Errors
/// When the input cannot be read or the output not written.
pub fn on_pipe(
    engine: &Engine,
    style: Style,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let mut session = Session { context: Context::default(), engine, style };
    while let Some(line) = bounded_line(input)? {
        match session.turn(line.strip_prefix('\u{feff}').unwrap_or(&line)) {
            Turn::Said(text) => writeln!(out, "{text}\n")?,
            Turn::Nothing => writeln!(out, "{}\n", session.ask(""))?,
            Turn::Leave => break,
        }
        out.flush()?;
    }
    Ok(())
}

/// What a line leads to.
enum Turn {
    Said(String),
    Nothing,
    Leave,
}

struct Session<'a> {
    engine: &'a Engine,
    context: Context,
    style: Style,
}

impl Session<'_> {
    fn turn(&mut self, line: &str) -> Turn {
        match line.trim() {
            "" => Turn::Nothing,
            "/quit" | "/exit" | "exit" | "quit" => Turn::Leave,
            "/help" => Turn::Said(wrapped(HELP, self.style)),
            "/privacy" => Turn::Said(wrapped(PRIVACY, self.style)),
            "/topics" => Turn::Said(topics(self.engine.knowledge(), self.style)),
            "/sources" => Turn::Said(wrapped(&sources(self.engine.knowledge()), self.style)),
            command if command.starts_with('/') => {
                Turn::Said("There is no such command. /help lists those that there are.".to_owned())
            }
            message => Turn::Said(self.ask(message)),
        }
    }

    fn ask(&mut self, message: &str) -> String {
        let reply = self.engine.answer(&self.context, message);
        self.context = reply.context.clone();
        render::reply(&reply, self.style)
    }
}

/// What the prompt completes: commands and neutral titles.
fn completions(knowledge: &Knowledge) -> Vec<String> {
    let commands = ["/help", "/privacy", "/quit", "/sources", "/topics"].map(str::to_owned);
    commands.into_iter().chain(knowledge.shown().map(|claim| claim.title.clone())).collect()
}

/// The neutral questions, by theme (the file that they stand in).
fn topics(knowledge: &Knowledge, style: Style) -> String {
    let mut text = String::new();
    let mut theme = "";
    for claim in knowledge.shown() {
        if claim.place.file != theme {
            theme = &claim.place.file;
            if !text.is_empty() {
                text.push('\n');
            }
            let name = theme.rsplit('/').next().unwrap_or(theme).trim_end_matches(".yaml").replace('-', " ");
            text.push_str(&name.to_uppercase());
            text.push('\n');
        }
        text.push_str(&style.wrapped(&claim.title, "  ", "    "));
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// Every source, one a line.
fn sources(knowledge: &Knowledge) -> String {
    let lines = knowledge.sources.iter().map(|s| {
        let url = s.url.as_deref().map(|u| format!(": {u}")).unwrap_or_default();
        format!("{}, {}{url}", s.title, s.publisher)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Lines of text, each wrapped by itself.
fn wrapped(text: &str, style: Style) -> String {
    text.lines().map(|line| style.wrapped(line, "", "")).collect::<Vec<_>>().join("\n")
}
