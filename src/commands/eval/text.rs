//! A report as text for a person.

use std::fmt::Write;

use crate::eval::report::{Failure, Fraction, Group};
use crate::eval::sweep::Point;
use crate::eval::{Category, Report};
use crate::terminal::render;
use crate::text::normalize;

/// Thresholds that the table of the sweep shows, in tenths; with the program's
/// own and the best one they show the curve without filling the screen.
const TENTHS: std::ops::Range<u8> = 0..10;

/// Confusions that are listed; the rest is counted.
const CONFUSIONS: usize = 20;

/// The report, with a line break at its end. `in_scope` is the accuracy in scope
/// at which out-of-scope recall is to be read.
pub(super) fn of(report: &Report, in_scope: f64) -> String {
    let mut out = String::new();
    overview(&mut out, report);
    groups(&mut out, report);
    sweep(&mut out, report, in_scope);
    calibration(&mut out, report);
    slips(&mut out, report);
    confusions(&mut out, report);
    for failure in &report.failures {
        fail(&mut out, failure);
    }
    out
}

fn overview(out: &mut String, report: &Report) {
    let Group { tally, doubtful, not_covered } = &report.overall;
    let _ = writeln!(out, "{} messages, accepted from {:.3}\n", report.messages, report.threshold);
    let row = |name: &str, count: usize, share: Option<f64>, doubt: usize| {
        vec![name.to_owned(), count.to_string(), percent(share), doubt.to_string()]
    };
    let mut rows = vec![["", "count", "share", "doubtful"].map(str::to_owned).to_vec()];
    for category in Category::ALL {
        rows.push(row(
            category.word(),
            tally.count(category),
            tally.share(category),
            doubtful.count(category),
        ));
    }
    rows.push(row("covered", tally.total(), None, doubtful.total()));
    table(out, &rows);
    if *not_covered > 0 {
        let _ = writeln!(out, "not covered: {not_covered} (no accepted answer exists here; in no share)");
    }
    let lines = [
        ("off the subject and declined", report.off_topic),
        ("red flags at the expected level", report.levels),
        ("beliefs as expected", report.beliefs),
    ];
    for (what, fraction) in lines.into_iter().filter(|(_, f)| f.of > 0) {
        let Fraction { right, of } = fraction;
        let _ = writeln!(out, "{what}: {right} of {of} ({})", percent(fraction.share()));
    }
    if report.beliefs.of > 0 {
        let _ = writeln!(out, "leads against the fact: {}", report.against_fact);
    }
}

fn groups(out: &mut String, report: &Report) {
    if report.groups.is_empty() {
        return;
    }
    let mut header = vec![String::new(), "count".to_owned()];
    header.extend(Category::ALL.map(|c| c.word().to_owned()));
    header.extend(["doubtful", "right of them", "not covered"].map(str::to_owned));
    let mut rows = vec![header];
    for (name, Group { tally, doubtful, not_covered }) in &report.groups {
        let mut row = vec![normalize::printable(name), tally.total().to_string()];
        row.extend(Category::ALL.map(|c| percent(tally.share(c))));
        row.extend([doubtful.total(), doubtful.count(Category::Right), *not_covered].map(|n| n.to_string()));
        rows.push(row);
    }
    out.push('\n');
    table(out, &rows);
}

fn sweep(out: &mut String, report: &Report, in_scope: f64) {
    let sweep = &report.sweep;
    if sweep.cases == 0 {
        return;
    }
    let out_of_scope = sweep.cases - sweep.in_scope;
    let _ = writeln!(
        out,
        "\nThe best candidate alone, by threshold ({} messages in scope, {out_of_scope} out of scope):",
        sweep.in_scope
    );
    let grid = TENTHS.filter_map(|tenth| sweep.at(f64::from(tenth) / 10.0));
    let mut points: Vec<(Point, String)> = grid.map(|p| (p, String::new())).collect();
    let asked = sweep.with_in_scope(in_scope);
    for (point, remark) in [
        (report.own(), "the program's own".to_owned()),
        (sweep.best(), "the best MCC here".to_owned()),
        (asked, format!("the best recall with {} in scope", percent(Some(in_scope)))),
    ] {
        points.extend(point.map(|p| (p, remark)));
    }
    points.sort_by(|a, b| a.0.threshold.total_cmp(&b.0.threshold));
    points.dedup_by(|next, row| {
        let same = next.0.threshold.total_cmp(&row.0.threshold).is_eq();
        if same {
            let remarks = [std::mem::take(&mut row.1), std::mem::take(&mut next.1)];
            row.1 = remarks.into_iter().filter(|r| !r.is_empty()).collect::<Vec<_>>().join("; ");
        }
        same
    });
    let header = ["threshold", "MCC", "in-scope accuracy", "out-of-scope recall", "precision", ""];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for (point, remark) in points {
        rows.push(vec![
            format!("{:.3}", point.threshold),
            format!("{:.3}", point.mcc),
            percent(point.in_scope_accuracy),
            percent(point.out_of_scope_recall),
            percent(point.precision),
            remark,
        ]);
    }
    table(out, &rows);
    let most = sweep.at(0.0).and_then(|p| p.in_scope_accuracy).filter(|_| out_of_scope > 0);
    if let (None, Some(most)) = (asked, most) {
        let (asked, most) = (percent(Some(in_scope)), percent(Some(most)));
        let _ =
            writeln!(out, "An in-scope accuracy of {asked} is reached at no threshold; {most} is the most.");
    }
}

fn calibration(out: &mut String, report: &Report) {
    let Some(error) = report.calibration.error() else { return };
    let _ = writeln!(out, "\nCalibration: expected error {error:.3}, in bins of equal mass:");
    let mut rows = vec![["confidence", "accuracy", "count"].map(str::to_owned).to_vec()];
    for bin in &report.calibration.bins {
        rows.push(vec![
            format!("{:.3}", bin.confidence),
            format!("{:.3}", bin.accuracy),
            bin.count.to_string(),
        ]);
    }
    table(out, &rows);
}

fn slips(out: &mut String, report: &Report) {
    let Some(slips) = &report.slips else { return };
    let _ = writeln!(out, "\nWith a keyboard slip in each message, mean over {} seeds:", slips.seeds);
    let mut rows = vec![["", "without", "with"].map(str::to_owned).to_vec()];
    for (category, share) in &slips.shares {
        let without = report.overall.tally.share(*category);
        rows.push(vec![category.word().to_owned(), percent(without), percent(Some(*share))]);
    }
    if let (Some(own), Some(mcc)) = (report.own(), slips.mcc) {
        rows.push(vec!["MCC".to_owned(), format!("{:.3}", own.mcc), format!("{mcc:.3}")]);
    }
    table(out, &rows);
}

fn confusions(out: &mut String, report: &Report) {
    if report.confusions.is_empty() {
        return;
    }
    out.push_str("\nConfusions (count, expected → came):\n");
    for confusion in report.confusions.iter().take(CONFUSIONS) {
        let line = format!("{} → {}", confusion.expected, confusion.came);
        let _ = writeln!(out, "{:5}  {}", confusion.count, normalize::printable(&line));
    }
    if report.confusions.len() > CONFUSIONS {
        let _ = writeln!(out, "       and {} more pairs", report.confusions.len() - CONFUSIONS);
    }
}

fn fail(out: &mut String, failure: &Failure) {
    let category = failure.category.map_or("", Category::word);
    let doubt = if failure.doubt { ", doubtful" } else { "" };
    let _ = writeln!(
        out,
        "\n{}:{}: {category}{doubt}: expected {}, came {}",
        normalize::printable(&failure.place.file),
        failure.place.line,
        normalize::printable(&failure.expected),
        normalize::printable(&failure.came)
    );
    let _ = writeln!(out, "  {}", normalize::printable(&failure.text));
    for candidate in failure.candidates.iter().take(crate::limits::EXPLAINED) {
        let _ = writeln!(out, "  {} {:.3}", normalize::printable(&candidate.id), candidate.confidence);
        if let Some(explanation) = &candidate.explanation {
            for line in render::explanation(explanation).lines() {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
}

/// A share for a person; a dash where there was nothing to count.
fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |s| format!("{:.1} %", 100.0 * s))
}

/// Columns of equal width, the numbers flush right. A column of words is flush
/// left; its heading is blank.
fn table(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter().filter_map(|r| r.get(column)).map(|c| c.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let of_words = |column: usize| rows[0].get(column).is_some_and(String::is_empty);
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if of_words(column) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
