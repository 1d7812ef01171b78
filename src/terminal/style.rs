//! How text looks on this screen: colour, width, links.

use std::io::IsTerminal;

use crate::limits;

/// What the user wants of colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// Colour on a terminal that has it, unless the environment says no.
    #[default]
    Auto,
    /// Colour even in a pipe.
    Always,
    /// No colour.
    Never,
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour. Meaning never hangs on it.
    pub color: bool,
    /// Where to wrap, in columns; `None` leaves lines whole.
    pub width: Option<usize>,
    /// Whether the terminal can make an address clickable.
    pub links: bool,
    /// Linear, labelled, nothing redrawn.
    pub accessible: bool,
}

impl Style {
    /// The style for standard output as it is now.
    #[must_use]
    pub fn of_stdout(choice: ColorChoice, accessible: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let width = terminal_size::terminal_size().map_or(limits::COLUMNS, |(w, _)| usize::from(w.0));
        Self {
            color: wants_color(choice, terminal, |name| std::env::var(name).ok()),
            width: terminal.then_some(width.clamp(NARROWEST, limits::COLUMNS)),
            links: terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
            accessible,
        }
    }

    /// Whether a line that is typed may be drawn anew at each key.
    #[must_use]
    pub fn redraws(&self) -> bool {
        !self.accessible && std::env::var("TERM").as_deref() != Ok("dumb")
    }

    /// Wraps at words, never inside an address; what opens the first line and
    /// the others stands before them.
    #[must_use]
    pub fn wrapped(&self, text: &str, first: &str, rest: &str) -> String {
        let Some(width) = self.width else { return format!("{first}{text}") };
        // First fit: the balanced one lets a line grow too long beside an address that already is.
        let options = textwrap::Options::new(width)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    }
}

/// Narrower screens get lines of this width and wrap by themselves.
const NARROWEST: usize = 20;

/// Whether to colour: `NO_COLOR` (any value but empty), `TERM=dumb` and
/// `CLICOLOR=0` say no, unless the user says `always`.
fn wants_color(choice: ColorChoice, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            terminal
                && variable("NO_COLOR").is_none_or(|v| v.is_empty())
                && variable("TERM").is_none_or(|v| v != "dumb")
                && variable("CLICOLOR").is_none_or(|v| v != "0")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_can_only_take_colour_away() {
        let wants = |choice, terminal, name: &str, value: &str| {
            wants_color(choice, terminal, |n| (n == name).then(|| value.to_owned()))
        };
        assert!(wants(ColorChoice::Auto, true, "", ""));
        assert!(wants(ColorChoice::Auto, true, "NO_COLOR", ""));
        assert!(wants(ColorChoice::Always, false, "NO_COLOR", "1"));
        for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
            assert!(!wants(ColorChoice::Auto, true, name, value), "{name}");
        }
        assert!(!wants(ColorChoice::Auto, false, "", ""));
        assert!(!wants(ColorChoice::Never, true, "", ""));
    }
}
