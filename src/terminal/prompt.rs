//! Lines that somebody types: with an editor, or plainly where nothing may be
//! drawn twice (a screen reader, a terminal that cannot).
//!
//! Both block, so they have threads of their own; these are not joined, because
//! they may be waiting for a key when the chat ends.

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

use crate::limits;

/// What stands before what is typed; without escape codes, which would misplace
/// the editor's cursor.
const PROMPT: &str = "> ";

/// What was typed.
pub(super) enum Input {
    Line(String),
    /// Ctrl-C: with the editor on an empty line, else with what was typed gone.
    Interrupted,
    Ended,
}

/// Where lines come from.
pub(super) struct Prompt {
    inputs: mpsc::Receiver<Input>,
    /// Tells the editor to ask again; none where the terminal edits the line.
    go_on: Option<mpsc::Sender<()>>,
}

impl Prompt {
    /// A prompt with editing, a history in memory, and completion to one of
    /// these lines.
    pub(super) fn edited(lines: Vec<String>) -> Self {
        let (to_main, inputs) = mpsc::channel();
        let (go_on, ready) = mpsc::channel();
        thread::spawn(move || edit(lines, &to_main, &ready));
        Self { inputs, go_on: Some(go_on) }
    }

    /// A prompt whose lines the terminal itself edits.
    pub(super) fn plain() -> Self {
        let (to_main, inputs) = mpsc::channel();
        let interrupts = to_main.clone();
        thread::spawn(move || read(&to_main));
        thread::spawn(move || watch(&interrupts));
        Self { inputs, go_on: None }
    }

    /// Waits for the next input; the text before it goes to `out`.
    pub(super) fn next(&mut self, out: &mut dyn Write) -> std::io::Result<Input> {
        if let Some(go_on) = &self.go_on {
            out.flush()?;
            let _ = go_on.send(()); // an editor that has gone has sent its end
            return Ok(self.inputs.recv().unwrap_or(Input::Ended));
        }
        write!(out, "{PROMPT}")?;
        out.flush()?;
        let input = self.inputs.recv().unwrap_or(Input::Ended);
        if !matches!(input, Input::Line(_)) {
            writeln!(out)?; // the line of the prompt has no end yet
        }
        Ok(input)
    }
}

/// Reads lines from the terminal until there are no more.
fn read(to_main: &mpsc::Sender<Input>) {
    let mut stdin = std::io::stdin().lock();
    loop {
        let input = match bounded_line(&mut stdin) {
            Ok(Some(line)) => Input::Line(line),
            Ok(None) | Err(_) => Input::Ended,
        };
        if to_main.send(input).is_err() {
            return;
        }
    }
}

/// Hands every Ctrl-C on. Where the system does not let a process wait for it,
/// it ends the program, as it always did.
fn watch(to_main: &mpsc::Sender<Input>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async {
        while tokio::signal::ctrl_c().await.is_ok() && to_main.send(Input::Interrupted).is_ok() {}
    });
}

/// One line without its end, or `None` at the end of the input. What exceeds
/// [`limits::LINE_BYTES`] is dropped unread.
pub(super) fn bounded_line(input: &mut dyn BufRead) -> std::io::Result<Option<String>> {
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

/// Reads lines with an editor until the chat is over.
fn edit(lines: Vec<String>, to_main: &mpsc::Sender<Input>, ready: &mpsc::Receiver<()>) {
    let config = rustyline::Config::builder().auto_add_history(true).build();
    let Ok(mut editor) = Editor::<Completions, DefaultHistory>::with_config(config) else {
        let _ = to_main.send(Input::Ended);
        return;
    };
    editor.set_helper(Some(Completions { lines }));
    editor.bind_sequence(KeyEvent::ctrl('C'), EventHandler::Conditional(Box::new(ClearOrInterrupt)));
    while ready.recv().is_ok() {
        let input = match editor.readline(PROMPT) {
            Ok(line) => Input::Line(line),
            Err(ReadlineError::Interrupted) => Input::Interrupted,
            Err(_) => Input::Ended,
        };
        if to_main.send(input).is_err() {
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

/// Completes a line to one of these.
#[derive(rustyline::Helper, rustyline::Hinter, rustyline::Highlighter, rustyline::Validator)]
struct Completions {
    lines: Vec<String>,
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
