//! What a run has found, as data.

use std::collections::BTreeMap;

use super::calibration::Calibration;
use super::category::{Category, Tally, ratio};
use super::lines::Line;
use super::sweep::{Case, Point, Sweep};
use crate::diagnostic::Place;
use crate::engine::Explained;

/// What became of one message.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Its category; `None` where the knowledge does not cover it.
    pub category: Option<Category>,
    /// What was expected, in words.
    pub expected: String,
    /// What came, in words.
    pub came: String,
    /// What was taken for what: expected, given.
    pub confusions: Vec<(String, String)>,
    /// The message as the matcher sees it, where that says anything.
    pub case: Option<Case>,
    /// Whether a red flag has the level that was expected.
    pub level: Option<bool>,
    /// The belief, where it can be compared.
    pub belief: Option<BeliefOutcome>,
    /// For a message off the subject: whether it was declined.
    pub off_topic: Option<bool>,
}

/// A belief held against the expected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeliefOutcome {
    /// It is the expected one.
    pub right: bool,
    /// The opening agrees with what is wrong, or contradicts what is right.
    pub against_fact: bool,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fraction {
    /// How many are as they should be.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Fraction {
    fn count(outcomes: impl Iterator<Item = bool>) -> Self {
        outcomes.fold(Self::default(), |f, right| Self { right: f.right + usize::from(right), of: f.of + 1 })
    }

    /// The share, 0…1; `None` of nothing.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        ratio(self.right, self.of)
    }
}

/// The messages that have a value in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The messages with a sure label: all shares are of these.
    pub tally: Tally,
    /// Those with a doubtful one.
    pub doubtful: Tally,
    /// Those that the knowledge does not cover.
    pub not_covered: usize,
}

impl Group {
    fn add(&mut self, line: &Line, outcome: &Outcome) {
        match outcome.category {
            None => self.not_covered += 1,
            Some(category) if line.doubt => self.doubtful.add(category),
            Some(category) => self.tally.add(category),
        }
    }
}

/// How often one thing was taken for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// What was expected.
    pub expected: String,
    /// What came instead.
    pub came: String,
    /// How often.
    pub count: usize,
}

/// A message that went wrong, with the candidates there were.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where the message stands.
    pub place: Place,
    /// The message.
    pub text: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub came: String,
    /// How that is counted.
    pub category: Option<Category>,
    /// Its label is doubtful.
    pub doubt: bool,
    /// The best candidates, the first ones with an explanation.
    pub candidates: Vec<Explained>,
}

/// The figures with keyboard slips: means over seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Slips {
    /// Over how many seeds.
    pub seeds: usize,
    /// The share of each category, 0…1.
    pub shares: BTreeMap<Category, f64>,
    /// The correlation at the program's own threshold.
    pub mcc: Option<f64>,
}

impl Slips {
    /// The means of reports; `None` of none.
    pub(super) fn mean(reports: impl Iterator<Item = Report>) -> Option<Self> {
        let reports: Vec<Report> = reports.collect();
        let share = |category| mean(reports.iter().filter_map(|r| r.overall.tally.share(category)));
        Some(Self {
            shares: Category::ALL.into_iter().filter_map(|c| Some((c, share(c)?))).collect(),
            mcc: mean(reports.iter().filter_map(|r| Some(r.own()?.mcc))),
            seeds: (!reports.is_empty()).then_some(reports.len())?,
        })
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), v| (sum + v, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// What a run has found.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many messages there were.
    pub messages: usize,
    /// The threshold that the program sets by itself.
    pub threshold: f64,
    /// All messages.
    pub overall: Group,
    /// The messages by the value of a key.
    pub groups: BTreeMap<String, Group>,
    /// Off the subject, and declined.
    pub off_topic: Fraction,
    /// Red flags that fired, and have the expected level.
    pub levels: Fraction,
    /// Beliefs that can be compared, and are as expected.
    pub beliefs: Fraction,
    /// Openings against the fact.
    pub against_fact: usize,
    /// The figures over thresholds.
    pub sweep: Sweep,
    /// Confidence against accuracy.
    pub calibration: Calibration,
    /// What was taken for what, the most frequent first.
    pub confusions: Vec<Confusion>,
    /// The failures, where they were asked for.
    pub failures: Vec<Failure>,
    /// The figures with slips, where they were asked for.
    pub slips: Option<Slips>,
}

/// The group of the messages that lack the key.
const WITHOUT: &str = "(none)";

impl Report {
    /// The report on outcomes, one for each line, without failures and slips.
    pub(super) fn new(lines: &[&Line], outcomes: &[Outcome], by: Option<&str>, threshold: f64) -> Self {
        let mut overall = Group::default();
        let mut groups = BTreeMap::<String, Group>::new();
        for (line, outcome) in lines.iter().zip(outcomes) {
            overall.add(line, outcome);
            if let Some(key) = by {
                let value = line.groups.get(key).map_or(WITHOUT, String::as_str);
                groups.entry(value.to_owned()).or_default().add(line, outcome);
            }
        }
        let sure: Vec<&Outcome> =
            lines.iter().zip(outcomes).filter(|(line, _)| !line.doubt).map(|(_, o)| o).collect();
        let cases: Vec<Case> = sure.iter().filter_map(|o| o.case.clone()).collect();
        let beliefs = || sure.iter().filter_map(|o| o.belief);
        Self {
            messages: lines.len(),
            threshold,
            overall,
            groups,
            off_topic: Fraction::count(sure.iter().filter_map(|o| o.off_topic)),
            levels: Fraction::count(sure.iter().filter_map(|o| o.level)),
            beliefs: Fraction::count(beliefs().map(|b| b.right)),
            against_fact: beliefs().filter(|b| b.against_fact).count(),
            sweep: Sweep::new(&cases),
            calibration: Calibration::new(&cases),
            confusions: confusions(&sure),
            failures: Vec::new(),
            slips: None,
        }
    }

    /// The figures at the program's own threshold.
    #[must_use]
    pub fn own(&self) -> Option<Point> {
        self.sweep.at(self.threshold)
    }
}

fn confusions(outcomes: &[&Outcome]) -> Vec<Confusion> {
    let mut counts = BTreeMap::<&(String, String), usize>::new();
    for pair in outcomes.iter().flat_map(|o| &o.confusions) {
        *counts.entry(pair).or_default() += 1;
    }
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((expected, came), count)| Confusion { expected: expected.clone(), came: came.clone(), count })
        .collect();
    confusions.sort_by_key(|c| std::cmp::Reverse(c.count));
    confusions
}
