//! Whether a confidence means what it says.

use super::sweep::Case;

/// Bins of a reliability table. Ten is the usual number; of equal mass, since
/// bins of equal width leave most of them nearly empty.
const BINS: usize = 10;

/// Messages of like confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// How many.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them whose best candidate is right.
    pub accuracy: f64,
}

/// How far confidence and accuracy are apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Bins from the lowest confidence to the highest.
    pub bins: Vec<Bin>,
}

impl Calibration {
    /// Sorts the best candidates into bins of equal mass, whatever the
    /// threshold; a message without a candidate has no confidence to judge.
    #[must_use]
    pub fn new(cases: &[Case]) -> Self {
        let mut judged: Vec<(f64, bool)> =
            cases.iter().filter_map(|c| Some((c.best.as_ref()?.1, c.is_right()))).collect();
        judged.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let n = judged.len();
        let bins = (0..BINS).map(|bin| &judged[bin * n / BINS..(bin + 1) * n / BINS]);
        Self { bins: bins.filter(|b| !b.is_empty()).map(Bin::of).collect() }
    }

    /// Expected calibration error (Naeini et al. 2015): the mean distance of
    /// confidence and accuracy over the bins, weighted by their mass, 0…1.
    /// `None` without a candidate.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        let total: usize = self.bins.iter().map(|b| b.count).sum();
        let sum: f64 = self.bins.iter().map(|b| float(b.count) * (b.confidence - b.accuracy).abs()).sum();
        (total > 0).then(|| sum / float(total))
    }
}

impl Bin {
    fn of(judged: &[(f64, bool)]) -> Self {
        let count = judged.len();
        let confidence = judged.iter().map(|(c, _)| c).sum::<f64>() / float(count);
        let accuracy = float(judged.iter().filter(|(_, right)| *right).count()) / float(count);
        Self { count, confidence, accuracy }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of messages")]
fn float(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    //! Properties: the error is that worked out by hand; it lies in 0…1; the
    //! bins hold every candidate and differ in mass by one at the most.
    use super::*;
    use proptest::prelude::*;

    fn case(confidence: f64, right: bool) -> Case {
        Case { truth: right.then(|| "a".to_owned()), best: Some(("a".to_owned(), confidence)) }
    }

    #[test]
    fn the_error_is_the_weighted_distance() {
        // Twenty cases, two a bin. Nine bins hold two right ones at 1.0; the
        // lowest holds one of two at 0.2 and 0.4: |0.3 − 0.5| · 2/20.
        let mut cases = vec![case(1.0, true); 18];
        cases.extend([case(0.4, true), case(0.2, false)]);
        let calibration = Calibration::new(&cases);
        assert_eq!(calibration.bins.len(), 10);
        assert!((calibration.error().unwrap() - 0.02).abs() < 1e-12);
    }

    #[test]
    fn fewer_cases_than_bins_stand_alone() {
        let calibration = Calibration::new(&[case(0.25, true), case(0.75, false)]);
        assert_eq!(calibration.bins.len(), 2);
        assert!((calibration.error().unwrap() - 0.75).abs() < 1e-12);
        let nothing = Case { truth: None, best: None };
        assert_eq!(Calibration::new(&[nothing]).error(), None);
    }

    proptest! {
        #[test]
        fn bins_are_of_equal_mass(cases in proptest::collection::vec((0.0..=1.0, any::<bool>()), 1..60)) {
            let cases: Vec<Case> = cases.into_iter().map(|(c, r)| case(c, r)).collect();
            let calibration = Calibration::new(&cases);
            let counts = || calibration.bins.iter().map(|b| b.count);
            prop_assert_eq!(counts().sum::<usize>(), cases.len());
            prop_assert!(counts().max().unwrap() - counts().min().unwrap() <= 1);
            prop_assert!((0.0..=1.0).contains(&calibration.error().unwrap()));
        }
    }
}
