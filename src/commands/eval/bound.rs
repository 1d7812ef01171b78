//! `--fail-under`: figures that must not be worse than a bound.

use crate::eval::{Category, Report};

/// A figure and what it must not be worse than.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    figure: Figure,
    name: String,
    limit: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Figure {
    Share(Category),
    Mcc,
    InScope,
    OutOfScope,
    Precision,
    Belief,
}

impl Figure {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "mcc" => Self::Mcc,
            "in-scope" => Self::InScope,
            "out-of-scope" => Self::OutOfScope,
            "precision" => Self::Precision,
            "belief" => Self::Belief,
            _ => Self::Share(Category::ALL.into_iter().find(|c| c.word().replace(' ', "-") == name)?),
        })
    }

    fn of(self, report: &Report) -> Option<f64> {
        match self {
            Self::Share(category) => report.overall.tally.share(category),
            Self::Mcc => report.own().map(|p| p.mcc),
            Self::InScope => report.own()?.in_scope_accuracy,
            Self::OutOfScope => report.own()?.out_of_scope_recall,
            Self::Precision => report.own()?.precision,
            Self::Belief => report.beliefs.share(),
        }
    }

    /// Whether less of it is better.
    fn is_ill(self) -> bool {
        matches!(self, Self::Share(category) if category != Category::Right)
    }
}

/// Reads `right=0.9`.
pub(super) fn parse(text: &str) -> Result<Bound, String> {
    let (name, bound) = text.split_once('=').ok_or("write NAME=SHARE, such as right=0.9")?;
    let figure = Figure::named(name).ok_or_else(|| {
        let categories = Category::ALL.map(|c| c.word().replace(' ', "-")).join(", ");
        format!("there is no figure `{name}`; there are mcc, in-scope, out-of-scope, precision, belief, {categories}")
    })?;
    Ok(Bound { figure, name: name.to_owned(), limit: share(bound)? })
}

/// Reads a share.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    let valid = (0.0..=1.0).contains(&number);
    valid.then_some(number).ok_or_else(|| format!("`{text}` is no share: write a number from 0 to 1"))
}

impl Bound {
    /// What to say where the figure is worse than its bound.
    pub(super) fn missed(&self, report: &Report) -> Option<String> {
        let Self { figure, name, limit } = self;
        let Some(value) = figure.of(report) else {
            return Some(format!("{name} has no message to be measured on"));
        };
        let (worse, side) =
            if figure.is_ill() { (value > *limit, "over") } else { (value < *limit, "under") };
        worse.then(|| format!("{name} is {value:.4}, {side} {limit}"))
    }
}
