//! Measuring: messages with the reply that is expected, against the replies.
//!
//! Holds the reading of message files ([`message`]) and of labelled texts
//! ([`labelled`]), the one category that each reply falls into ([`judge`]),
//! the metrics, and the [`Report`]. Does no I/O: texts come as strings, a
//! report is data, and rendering it is the command's business.

pub mod calibration;
pub mod category;
pub mod judge;
pub mod labelled;
pub mod lines;
pub mod message;
pub mod report;
pub mod slips;
pub mod sweep;

use crate::engine::Explained;

pub use category::{Category, Tally};
pub use judge::Messages;
pub use labelled::Labelled;
pub use report::Report;

use lines::Line;
use report::{Failure, Outcome, Slips};
use slips::Random;

/// Something that is measured: lines with an expectation, and what becomes of
/// a text that stands in the place of one of them.
pub trait Subject {
    /// The lines, in the order of the files.
    fn lines(&self) -> Vec<&Line>;
    /// What becomes of `text` where the line at `index` is expected.
    fn outcome(&self, index: usize, text: &str) -> Outcome;
    /// The best candidates for a text, with explanations.
    fn explain(&self, text: &str) -> Vec<Explained>;
    /// The threshold that the program sets by itself.
    fn threshold(&self) -> f64;
}

/// What to report beside the plain figures.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The key whose values make groups.
    pub by: Option<String>,
    /// Whether to list the failures.
    pub failures: bool,
    /// How many seeds of keyboard slips to try; 0 for none.
    pub slips: u64,
}

/// Measures a subject; `progress` is told after each reply how many of how
/// many there are.
pub fn measure(subject: &impl Subject, options: &Options, progress: &mut dyn FnMut(usize, usize)) -> Report {
    let lines = subject.lines();
    let total = lines.len() * (1 + usize::try_from(options.slips).unwrap_or(usize::MAX - 1));
    let mut done = 0;
    let mut run = |text_of: &mut dyn FnMut(usize, &Line) -> String| -> Vec<Outcome> {
        let outcomes = lines.iter().enumerate().map(|(index, line)| {
            let outcome = subject.outcome(index, &text_of(index, line));
            done += 1;
            progress(done, total);
            outcome
        });
        outcomes.collect()
    };
    let outcomes = run(&mut |_, line| line.text.clone());
    let slipped = (0..options.slips).map(|seed| {
        let outcomes = run(&mut |index, line| slips::slip(&line.text, &mut Random::of(seed, index)));
        Report::new(&lines, &outcomes, None, subject.threshold())
    });
    let slips = Slips::mean(slipped);
    let failures = if options.failures {
        let failed =
            outcomes.iter().enumerate().filter(|(_, o)| o.category.is_some_and(Category::is_failure));
        failed
            .map(|(index, outcome)| Failure {
                place: lines[index].place.clone(),
                text: lines[index].text.clone(),
                expected: outcome.expected.clone(),
                came: outcome.came.clone(),
                category: outcome.category,
                doubt: lines[index].doubt,
                candidates: subject.explain(&lines[index].text),
            })
            .collect()
    } else {
        Vec::new()
    };
    Report { failures, slips, ..Report::new(&lines, &outcomes, options.by.as_deref(), subject.threshold()) }
}
