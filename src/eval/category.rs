//! The one category that a reply falls into, and counts of them.

use std::collections::BTreeMap;

/// What a reply is, held against what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Every part is answered by an accepted claim, or the status is the
    /// expected one.
    Right,
    /// Right, with a further answer that nobody asked for.
    Extra,
    /// Some parts right, others declined or wrong.
    Part,
    /// Answers, none of them accepted; any answer to `unknown`.
    Wrong,
    /// Titles to choose from, an accepted claim's among them.
    Offered,
    /// Any other reply without an answer where another one was expected.
    Declined,
    /// No red flag where one was expected.
    Missed,
    /// A red flag where none was expected.
    FalseAlarm,
}

impl Category {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 8] = [
        Self::Right,
        Self::Extra,
        Self::Part,
        Self::Wrong,
        Self::Offered,
        Self::Declined,
        Self::Missed,
        Self::FalseAlarm,
    ];

    /// Its name in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Extra => "extra",
            Self::Part => "part",
            Self::Wrong => "wrong",
            Self::Offered => "offered",
            Self::Declined => "declined",
            Self::Missed => "missed",
            Self::FalseAlarm => "false alarm",
        }
    }

    /// Whether it is less than was expected.
    #[must_use]
    pub fn is_failure(self) -> bool {
        self != Self::Right
    }
}

/// How many messages fell into each category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Category, usize>,
}

impl Tally {
    /// Counts one message.
    pub fn add(&mut self, category: Category) {
        *self.counts.entry(category).or_default() += 1;
    }

    /// How many are in a category.
    #[must_use]
    pub fn count(&self, category: Category) -> usize {
        self.counts.get(&category).copied().unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// The share of a category, 0…1; `None` where nothing was counted.
    #[must_use]
    pub fn share(&self, category: Category) -> Option<f64> {
        ratio(self.count(category), self.total())
    }
}

/// A share of counts; `None` of nothing.
#[must_use]
pub fn ratio(part: usize, whole: usize) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, reason = "counts of messages")]
    (whole > 0).then(|| part as f64 / whole as f64)
}
