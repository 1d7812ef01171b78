//! What a threshold brings: the same candidates, accepted from different
//! confidences on.

use std::collections::BTreeMap;

use super::category::ratio;

/// One message as the matcher sees it: its label, and the best candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The label that is right; `None` where only declining is. Where several
    /// are accepted and one of them is the best candidate, it is that one.
    pub truth: Option<String>,
    /// The best candidate and its confidence.
    pub best: Option<(String, f64)>,
}

impl Case {
    /// Whether the best candidate is right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.best.as_ref().is_some_and(|(label, _)| self.truth.as_ref() == Some(label))
    }
}

/// The figures at one threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Candidates are accepted from this confidence on.
    pub threshold: f64,
    /// Matthews correlation in several classes, declining being one of them,
    /// −1…1.
    pub mcc: f64,
    /// The share of messages with a label that got it, 0…1; a declined one did
    /// not. `None` without such messages.
    pub in_scope_accuracy: Option<f64>,
    /// The share of messages without a label that were declined, 0…1. `None`
    /// without such messages.
    pub out_of_scope_recall: Option<f64>,
    /// The share of accepted candidates that are right, 0…1. `None` where
    /// nothing was accepted.
    pub precision: Option<f64>,
}

/// The figures at every threshold that makes a difference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sweep {
    points: Vec<Point>,
    /// The figures where everything is declined.
    none: Option<Point>,
    /// How many messages were swept.
    pub cases: usize,
    /// How many of them have a label.
    pub in_scope: usize,
}

impl Sweep {
    /// Sweeps the threshold over all distinct confidences.
    #[must_use]
    pub fn new(cases: &[Case]) -> Self {
        let mut counts = Counts::new(cases);
        let none = counts.point(f64::INFINITY);
        let mut ranked: Vec<(&Case, &str, f64)> = cases
            .iter()
            .filter_map(|c| c.best.as_ref().map(|(label, at)| (c, label.as_str(), *at)))
            .collect();
        ranked.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut points = Vec::new();
        for (i, (case, label, confidence)) in ranked.iter().enumerate() {
            counts.accept(case, label);
            if ranked.get(i + 1).is_none_or(|next| next.2.total_cmp(confidence).is_ne()) {
                points.push(counts.point(*confidence));
            }
        }
        let in_scope = counts.in_scope;
        Self { points, none: (!cases.is_empty()).then_some(none), cases: cases.len(), in_scope }
    }

    /// The figures at each distinct confidence, from the highest to the lowest.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The figures with candidates accepted from `threshold` on. `None` where
    /// there is no case.
    #[must_use]
    pub fn at(&self, threshold: f64) -> Option<Point> {
        let accepted = self.points.partition_point(|p| p.threshold >= threshold);
        let point = if accepted == 0 { self.none? } else { self.points[accepted - 1] };
        Some(Point { threshold, ..point })
    }

    /// The point with the highest correlation; of equal ones the one that
    /// answers most.
    #[must_use]
    pub fn best(&self) -> Option<Point> {
        self.points.iter().copied().max_by(|a, b| a.mcc.total_cmp(&b.mcc))
    }

    /// The point that declines most of what is out of scope while the accuracy
    /// in scope is at least `share`; of equal ones the one that answers most.
    /// `None` where no point is so accurate, or nothing is out of scope.
    #[must_use]
    pub fn with_in_scope(&self, share: f64) -> Option<Point> {
        let accurate = self.points.iter().filter(|p| p.in_scope_accuracy.is_some_and(|a| a >= share));
        let recalled = accurate.filter_map(|p| Some((p.out_of_scope_recall?, *p)));
        recalled.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, point)| point)
    }
}

/// The confusion matrix in the sums that its figures need.
struct Counts<'a> {
    cases: usize,
    in_scope: usize,
    /// For each label, `None` being "declined": how often it is true, and how
    /// often it is given.
    labels: BTreeMap<Option<&'a str>, (usize, usize)>,
    /// Right answers, and right ones among the declined.
    answered_right: usize,
    declined_right: usize,
}

impl<'a> Counts<'a> {
    /// Everything declined.
    fn new(cases: &'a [Case]) -> Self {
        let mut labels = BTreeMap::from([(None, (0, cases.len()))]);
        for case in cases {
            labels.entry(case.truth.as_deref()).or_default().0 += 1;
        }
        let out_of_scope = labels[&None].0;
        let in_scope = cases.len() - out_of_scope;
        Self { cases: cases.len(), in_scope, labels, answered_right: 0, declined_right: out_of_scope }
    }

    /// Gives a case its best candidate instead of declining it.
    fn accept(&mut self, case: &Case, label: &'a str) {
        self.labels.entry(None).or_default().1 -= 1;
        self.labels.entry(Some(label)).or_default().1 += 1;
        self.answered_right += usize::from(case.is_right());
        self.declined_right -= usize::from(case.truth.is_none());
    }

    fn point(&self, threshold: f64) -> Point {
        let declined = self.labels[&None].1;
        Point {
            threshold,
            mcc: mcc(self.cases, self.answered_right + self.declined_right, self.labels.values()),
            in_scope_accuracy: ratio(self.answered_right, self.in_scope),
            out_of_scope_recall: ratio(self.declined_right, self.cases - self.in_scope),
            precision: ratio(self.answered_right, self.cases - declined),
        }
    }
}

/// Matthews correlation in several classes (Gorodkin 2004, "Comparing two
/// K-category assignments by a K-category correlation coefficient"):
/// (c·s − Σ tₖpₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²)), where of `s` cases `c` are
/// right, and class k is true tₖ times and given pₖ times. 0 where one class
/// holds everything, which tells nothing.
fn mcc<'a>(cases: usize, right: usize, classes: impl Iterator<Item = &'a (usize, usize)>) -> f64 {
    let (mut both, mut truths, mut given) = (0, 0, 0);
    for (t, p) in classes {
        both += t * p;
        truths += t * t;
        given += p * p;
    }
    #[allow(clippy::cast_precision_loss, reason = "squares of counts of messages")]
    let float = |n: usize| n as f64;
    let square = float(cases * cases);
    let spread = ((square - float(given)) * (square - float(truths))).sqrt();
    if spread > 0.0 { (float(right * cases) - float(both)) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    //! Properties: every figure is what the confusion matrix, worked out by
    //! hand, gives; the best point is a point of the sweep; the order of the
    //! cases does not matter.
    use super::*;
    use proptest::prelude::*;

    fn case(truth: &str, best: &str, confidence: f64) -> Case {
        let label = |s: &str| (s != "-").then(|| s.to_owned());
        Case { truth: label(truth), best: label(best).map(|b| (b, confidence)) }
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn mcc_in_three_classes_is_that_of_the_matrix() {
        // Truth in rows, given in columns, of 10 cases:
        //      a b -
        //   a  3 1 0    t = 4, 3, 3; p = 4, 4, 2; c = 3 + 2 + 2 = 7
        //   b  1 2 0    c·s − Σtp = 70 − (16 + 12 + 6) = 36
        //   -  0 1 2    (100 − 36)(100 − 34) = 64 · 66
        let cases: Vec<Case> =
            [("a", "a", 3), ("a", "b", 1), ("b", "a", 1), ("b", "b", 2), ("-", "b", 1), ("-", "-", 2)]
                .into_iter()
                .flat_map(|(t, p, n)| vec![case(t, p, 0.5); n])
                .collect();
        let point = Sweep::new(&cases).at(0.5).unwrap();
        assert!(near(point.mcc, 36.0 / (64.0_f64 * 66.0).sqrt()));
        assert!(near(point.in_scope_accuracy.unwrap(), 5.0 / 7.0));
        assert!(near(point.out_of_scope_recall.unwrap(), 2.0 / 3.0));
        assert!(near(point.precision.unwrap(), 5.0 / 8.0));
    }

    #[test]
    fn in_two_classes_it_is_the_plain_correlation() {
        // TP 2, FP 1, FN 1, TN 3: (6 − 1) / √(3·3·4·4)
        let cases = [("a", 0.9, 2), ("-", 0.8, 1), ("a", 0.1, 1), ("-", 0.2, 3)];
        let cases: Vec<Case> = cases.into_iter().flat_map(|(t, at, n)| vec![case(t, "a", at); n]).collect();
        assert!(near(Sweep::new(&cases).at(0.5).unwrap().mcc, 5.0 / 12.0));
    }

    #[test]
    fn a_threshold_accepts_what_reaches_it() {
        let sweep = Sweep::new(&[case("a", "a", 0.9), case("-", "a", 0.4), case("b", "b", 0.4)]);
        let accuracy = |t| sweep.at(t).unwrap().in_scope_accuracy.unwrap();
        let recall = |t| sweep.at(t).unwrap().out_of_scope_recall.unwrap();
        assert!(near(accuracy(0.91), 0.0) && near(recall(0.91), 1.0));
        assert!(near(accuracy(0.9), 0.5) && near(recall(0.41), 1.0));
        assert!(near(accuracy(0.4), 1.0) && near(recall(0.4), 0.0));
        assert!(near(accuracy(0.0), 1.0));
        assert_eq!(sweep.at(0.95).unwrap().precision, None);
    }

    #[test]
    fn recall_is_read_where_the_accuracy_in_scope_is_as_asked() {
        // From 0.9 on: 1 of 4 in scope, recall 2 of 2; from 0.7: 3 of 4 and 2;
        // from 0.5: 3 of 4 and 1; from 0.3: 4 of 4 and 1; from 0.1: 4 and 0.
        let cases = [("a", 0.9), ("a", 0.8), ("a", 0.7), ("-", 0.5), ("a", 0.3), ("-", 0.1)];
        let sweep = Sweep::new(&cases.map(|(truth, at)| case(truth, "a", at)));
        let read = |share| sweep.with_in_scope(share).map(|p| (p.threshold, p.out_of_scope_recall.unwrap()));
        assert_eq!(read(0.25), Some((0.7, 1.0)), "of equal recall the one that answers most");
        assert_eq!(read(0.75), Some((0.7, 1.0)), "a share that is just reached is enough");
        assert_eq!(read(0.76), Some((0.3, 0.5)));
        assert_eq!(read(1.1), None);
        assert_eq!(Sweep::new(&[case("a", "a", 0.9)]).with_in_scope(0.5), None, "nothing is out of scope");
        assert_eq!(Sweep::new(&[case("-", "a", 0.9)]).with_in_scope(0.5), None, "nothing is in scope");
    }

    #[test]
    fn nothing_to_count_has_no_share() {
        assert_eq!(Sweep::new(&[]).at(0.5), None);
        assert_eq!(Sweep::new(&[]).best(), None);
        let known = Sweep::new(&[case("a", "a", 0.9)]).at(0.5).unwrap();
        assert_eq!(known.out_of_scope_recall, None);
        assert!(near(known.mcc, 0.0), "one class tells nothing");
        let unknown = Sweep::new(&[case("-", "-", 0.0)]).at(0.5).unwrap();
        assert_eq!(unknown.in_scope_accuracy, None);
        assert!(near(unknown.out_of_scope_recall.unwrap(), 1.0));
    }

    fn cases() -> impl Strategy<Value = Vec<Case>> {
        let one = ("a|b|c|-", "a|b|c|-", 0u8..8);
        proptest::collection::vec(one.prop_map(|(t, b, c)| case(&t, &b, f64::from(c) / 8.0)), 1..30)
    }

    proptest! {
        #[test]
        fn the_best_point_is_one_of_the_sweep(cases in cases()) {
            let sweep = Sweep::new(&cases);
            if let Some(best) = sweep.best() {
                prop_assert_eq!(sweep.at(best.threshold), Some(best));
                for (_, confidence) in cases.iter().filter_map(|c| c.best.as_ref()) {
                    prop_assert!(best.mcc >= sweep.at(*confidence).unwrap().mcc);
                }
                prop_assert!((-1.0..=1.0).contains(&best.mcc));
            }
        }

        #[test]
        fn the_order_of_the_cases_does_not_matter(cases in cases()) {
            let mut turned = cases.clone();
            turned.reverse();
            prop_assert_eq!(Sweep::new(&cases), Sweep::new(&turned));
        }
    }
}
