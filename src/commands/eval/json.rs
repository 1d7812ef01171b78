//! A report as JSON for a program.

use serde_json::{Value, json};

use crate::eval::report::{Failure, Fraction, Group};
use crate::eval::sweep::Point;
use crate::eval::{Category, Report, Tally};
use crate::wire;

/// The report as one object. Shares lie in 0…1; what has nothing to be
/// measured on is null. `in_scope` is the accuracy in scope that is asked for.
pub(super) fn of(report: &Report, in_scope: f64) -> Value {
    let groups: serde_json::Map<String, Value> =
        report.groups.iter().map(|(name, g)| (name.clone(), group(g))).collect();
    json!({
        "messages": report.messages,
        "threshold": report.threshold,
        "overall": group(&report.overall),
        "groups": groups,
        "off_topic": fraction(report.off_topic),
        "levels": fraction(report.levels),
        "beliefs": fraction(report.beliefs),
        "leads_against_fact": report.against_fact,
        "sweep": {
            "cases": report.sweep.cases,
            "in_scope": report.sweep.in_scope,
            "own": report.own().map(point),
            "best": report.sweep.best().map(point),
            "with_in_scope": {"asked": in_scope, "point": report.sweep.with_in_scope(in_scope).map(point)},
            "points": report.sweep.points().iter().copied().map(point).collect::<Vec<_>>(),
        },
        "calibration": {
            "error": report.calibration.error(),
            "bins": report.calibration.bins.iter().map(|b| json!({
                "count": b.count, "confidence": b.confidence, "accuracy": b.accuracy,
            })).collect::<Vec<_>>(),
        },
        "slips": report.slips.as_ref().map(|s| json!({
            "seeds": s.seeds,
            "shares": s.shares.iter().map(|(c, share)| (key(*c), json!(share))).collect::<serde_json::Map<_, _>>(),
            "mcc": s.mcc,
        })),
        "confusions": report.confusions.iter().map(|c| json!({
            "expected": c.expected, "came": c.came, "count": c.count,
        })).collect::<Vec<_>>(),
        "failures": report.failures.iter().map(failure).collect::<Vec<_>>(),
    })
}

fn key(category: Category) -> String {
    category.word().replace(' ', "_")
}

fn group(group: &Group) -> Value {
    json!({
        "covered": group.tally.total(),
        "categories": tally(&group.tally),
        "doubtful": tally(&group.doubtful),
        "not_covered": group.not_covered,
    })
}

fn tally(tally: &Tally) -> Value {
    let categories = Category::ALL.into_iter();
    let entry = |c| (key(c), json!({"count": tally.count(c), "share": tally.share(c)}));
    Value::Object(categories.map(entry).collect())
}

fn fraction(fraction: Fraction) -> Value {
    json!({"right": fraction.right, "of": fraction.of, "share": fraction.share()})
}

fn point(point: Point) -> Value {
    json!({
        "threshold": point.threshold,
        "mcc": point.mcc,
        "in_scope_accuracy": point.in_scope_accuracy,
        "out_of_scope_recall": point.out_of_scope_recall,
        "precision": point.precision,
    })
}

fn failure(failure: &Failure) -> Value {
    let candidates: Vec<wire::Candidate> = failure.candidates.iter().cloned().map(Into::into).collect();
    json!({
        "file": failure.place.file,
        "line": failure.place.line,
        "text": failure.text,
        "expected": failure.expected,
        "came": failure.came,
        "category": failure.category.map(key),
        "doubt": failure.doubt,
        "candidates": candidates,
    })
}
