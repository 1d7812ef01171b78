//! The chat: a prompt on a terminal, or one message a line from a pipe.
//!
//! Nothing is stored: the history of a chat lives in memory and ends with it.

use std::io::{BufRead, Write};
use std::sync::mpsc;
use std::thread;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{
    Cmd, ConditionalEventHandler, Context as LineContext, Editor, Event, EventContext, EventHandler,
    KeyEvent, Movement, RepeatCount,
};

use crate::dialogue::Context;
use crate::engine::Engine;
use crate::knowledge::Knowledge;
use crate::limits;

use super::{Style, render};

/// How a chat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user left, or the input ended.
    Left,
    /// Ctrl-C on an empty line, twice.
    Interrupted,
}

/// What the editor thread hands over.
enum Input {
    Line(String),
    Interrupted,
    Ended,
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
    let (to_main, inputs) = mpsc::channel();
    let (go_on, ready) = mpsc::channel::<()>();
    let helper = Completions::new(engine.knowledge());
    // The editor blocks, so it has a thread of its own; it is not joined,
    // because it may be waiting for a key when the chat ends.
    thread::spawn(move || edit(helper, &to_main, &ready));
    let mut session = Session { context: opened(), engine, style };
    let mut interrupted = false;
    while let Ok(input) = inputs.recv() {
        match input {
            Input::Ended => break,
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
                    Turn::Leave => break,
                }
            }
        }
        out.flush()?;
        if go_on.send(()).is_err() {
            break;
        }
    }
    Ok(End::Left)
}

/// The greeting has shown the disclosure, so the first reply need not.
fn opened() -> Context {
    Context::default().after(Vec::new(), Vec::new(), false)
}

/// Answers one message a line until the input ends. A blank line follows each
/// reply; an empty line is a message like any other. Bytes that are no UTF-8
/// are replaced; what exceeds [`limits::LINE_BYTES`] is dropped unread.
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

/// One line without its end, or `None` at the end of the input.
fn bounded_line(input: &mut dyn BufRead) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut any = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|b| *b == b'\n');
        let taken = end.unwrap_or(buffer.len());
        let room = limits::LINE_BYTES.saturating_sub(line.len());
        line.extend_from_slice(&buffer[..taken.min(room)]);
        input.consume(end.map_or(taken, |at| at + 1));
        if end.is_some() {
            break;
        }
    }
    Ok(any.then(|| String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned()))
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
            "/topics" => Turn::Said(topics(self.engine.knowledge())),
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

/// The neutral questions, by theme (the file that they stand in).
fn topics(knowledge: &Knowledge) -> String {
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
        text.push_str("  ");
        text.push_str(&claim.title);
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

fn wrapped(text: &str, style: Style) -> String {
    let Some(width) = style.width else { return text.to_owned() };
    let options = textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// Reads lines until the chat is over.
fn edit(helper: Completions, to_main: &mpsc::Sender<Input>, ready: &mpsc::Receiver<()>) {
    let config = rustyline::Config::builder().auto_add_history(true).build();
    let Ok(mut editor) = Editor::<Completions, DefaultHistory>::with_config(config) else {
        let _ = to_main.send(Input::Ended);
        return;
    };
    editor.set_helper(Some(helper));
    editor.bind_sequence(KeyEvent::ctrl('C'), EventHandler::Conditional(Box::new(ClearOrInterrupt)));
    loop {
        let input = match editor.readline("> ") {
            Ok(line) => Input::Line(line),
            Err(ReadlineError::Interrupted) => Input::Interrupted,
            Err(_) => Input::Ended,
        };
        if to_main.send(input).is_err() || ready.recv().is_err() {
            return;
        }
    }
}

/// Ctrl-C clears a line that has something in it; an empty one it interrupts.
struct ClearOrInterrupt;

impl ConditionalEventHandler for ClearOrInterrupt {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        (!context.line().is_empty()).then_some(Cmd::Kill(Movement::WholeBuffer))
    }
}

/// Completes commands and neutral titles.
#[derive(rustyline::Helper, rustyline::Hinter, rustyline::Highlighter, rustyline::Validator)]
struct Completions {
    lines: Vec<String>,
}

impl Completions {
    fn new(knowledge: &Knowledge) -> Self {
        let commands = ["/help", "/privacy", "/quit", "/sources", "/topics"].map(str::to_owned);
        let titles = knowledge.shown().map(|c| c.title.clone());
        Self { lines: commands.into_iter().chain(titles).collect() }
    }
}

impl Completer for Completions {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &LineContext<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or(line).to_lowercase();
        let matching = self.lines.iter().filter(|l| l.to_lowercase().starts_with(&typed)).cloned();
        Ok((0, matching.collect()))
    }
}
