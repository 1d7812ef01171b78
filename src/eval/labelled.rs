//! Labelled texts of any subject through the matcher that answers patients:
//! training phrasings and test messages, no knowledge.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Subject;
use super::category::Category;
use super::lines::{self, Line, wrong};
use super::report::Outcome;
use super::sweep::Case;
use crate::diagnostic::{Diagnostic, Place};
use crate::engine::Explained;
use crate::knowledge::Vocabulary;
use crate::limits;
use crate::matching::{Candidate, Trained};

/// The label of a message that fits no other.
const OUT_OF_SCOPE: &str = "unknown";

/// Test messages with labels, and a matcher trained on other texts with the
/// same ones.
pub struct Labelled {
    labels: Vec<String>,
    trained: Trained,
    test: Vec<(Line, Option<String>)>,
}

impl Labelled {
    /// Reads both files, each as its name and its text, and trains.
    ///
    /// # Errors
    /// Every line that is not as the format says, a training text without a
    /// label, and files that have no label in common.
    pub fn new(train: (&str, &str), test: (&str, &str)) -> Result<Self, Vec<Diagnostic>> {
        let phrasings = read(train)?;
        let mut findings: Vec<Diagnostic> = Vec::new();
        let mut labels = BTreeMap::<&str, usize>::new();
        for (line, label) in &phrasings {
            match label {
                Some(label) => *labels.entry(label).or_default() += 1,
                None => findings.push(Diagnostic::error(
                    "no-label",
                    line.place.clone(),
                    format!("a training text has the label `{OUT_OF_SCOPE}`"),
                    "remove it: what fits no label is learnt from none",
                )),
            }
        }
        lines::settle(Vec::<()>::new(), findings)?;
        let labels: Vec<String> = labels.into_keys().map(str::to_owned).collect();
        let index = |label: &String| labels.binary_search(label).ok();
        let messages = read(test)?;
        if !messages.iter().any(|(_, label)| label.as_ref().is_some_and(|l| index(l).is_some())) {
            return Err(vec![Diagnostic::error(
                "no-common-label",
                Place::file(test.0),
                format!("no label of this file is one of {}", train.0),
                "give a test and a training file of the same subject",
            )]);
        }
        let phrasings: Vec<(usize, &str)> = phrasings
            .iter()
            .filter_map(|(line, label)| Some((index(label.as_ref()?)?, line.text.as_str())))
            .collect();
        let trained = Trained::new(&phrasings, &[], &Vocabulary::default(), &|_, _| false);
        Ok(Self { trained, labels, test: messages })
    }

    fn best(&self, text: &str) -> Option<Candidate> {
        self.trained.matcher().rank(&self.trained.prepared(text), 1).into_iter().next()
    }
}

/// The lines of a file, each with its label.
fn read((file, text): (&str, &str)) -> Result<Vec<(Line, Option<String>)>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut labelled = Vec::new();
    for raw in lines::read(file, text)? {
        match &raw.keys["expect"] {
            Value::String(label) if label == OUT_OF_SCOPE => labelled.push((raw.line, None)),
            Value::String(label) => labelled.push((raw.line, Some(label.clone()))),
            _ => findings.push(wrong(&raw.line.place, "expect", "one label")),
        }
    }
    lines::settle(labelled, findings)
}

impl Subject for Labelled {
    fn lines(&self) -> Vec<&Line> {
        self.test.iter().map(|(line, _)| line).collect()
    }

    fn outcome(&self, index: usize, text: &str) -> Outcome {
        let (line, label) = &self.test[index];
        let expected = label.clone().unwrap_or_else(|| OUT_OF_SCOPE.to_owned());
        if label.as_ref().is_some_and(|l| self.labels.binary_search(l).is_err()) {
            return Outcome { expected, ..Outcome::default() };
        }
        let best = self.best(text).map(|c| (self.labels[c.label].clone(), c.confidence));
        let given = best.as_ref().filter(|(_, c)| *c >= self.threshold()).map(|(label, _)| label);
        let category = match (label, given) {
            (truth, given) if truth.as_ref() == given => Category::Right,
            (_, Some(_)) => Category::Wrong,
            (_, None) => Category::Declined,
        };
        Outcome {
            category: Some(category),
            came: given.map_or(OUT_OF_SCOPE, |label| label).to_owned(),
            confusions: match (category, given) {
                (Category::Wrong, Some(given)) => vec![(expected.clone(), given.clone())],
                _ => Vec::new(),
            },
            off_topic: label.is_none().then_some(category == Category::Right),
            case: (!line.doubt).then(|| Case { truth: label.clone(), best }),
            expected,
            ..Outcome::default()
        }
    }

    fn explain(&self, text: &str) -> Vec<Explained> {
        let utterance = self.trained.prepared(text);
        let matcher = self.trained.matcher();
        let candidates = matcher.rank(&utterance, limits::EXPLAINED);
        let explanations = matcher.explain(&utterance, limits::EXPLAINED);
        let explained = candidates.into_iter().zip(explanations).map(|(candidate, explanation)| Explained {
            id: self.labels[candidate.label].clone(),
            confidence: candidate.confidence,
            explanation: Some(explanation),
        });
        explained.collect()
    }

    fn threshold(&self) -> f64 {
        self.trained.matcher().threshold()
    }
}

#[cfg(test)]
mod tests {
    //! Properties: what is wrong with the files is said with its line; each
    //! test message is right, wrong, declined or not covered as its label and
    //! the matcher's threshold say.
    use super::*;
    use crate::eval::{Options, measure};

    const TRAIN: &str = r#"{"text": "where is my order", "expect": "order"}
{"text": "track my parcel please", "expect": "order"}
{"text": "i want my money back", "expect": "refund"}
{"text": "please refund what i paid", "expect": "refund"}"#;

    fn code(train: &str, test: &str) -> (&'static str, usize) {
        let findings = Labelled::new(("train", train), ("test", test)).err().unwrap();
        (findings[0].code, findings[0].place.line)
    }

    #[test]
    fn files_that_do_not_fit_are_refused() {
        let test = r#"{"text": "order?", "expect": "order"}"#;
        assert_eq!(code("", test), ("no-message", 0));
        assert_eq!(code(TRAIN, "{}"), ("missing-key", 1));
        assert_eq!(code(TRAIN, r#"{"text": "a", "expect": ["order"]}"#), ("wrong-value", 1));
        assert_eq!(code(TRAIN, r#"{"text": "a", "expect": "other"}"#), ("no-common-label", 0));
        assert_eq!(code(TRAIN, r#"{"text": "a", "expect": "unknown"}"#), ("no-common-label", 0));
        assert_eq!(code(r#"{"text": "a", "expect": "unknown"}"#, test), ("no-label", 1));
    }

    #[test]
    fn a_training_text_comes_back_and_nonsense_does_not() {
        let test = r#"{"text": "i want my money back", "expect": "refund"}
{"text": "track my parcel please", "expect": "refund"}
{"text": "zzzz qqqq", "expect": "unknown"}
{"text": "zzzz qqqq", "expect": "order"}
{"text": "where are you", "expect": "place"}
{"text": "track my parcel please", "expect": "unknown", "doubt": true}"#;
        let labelled = Labelled::new(("train", TRAIN), ("test", test)).unwrap();
        let report = measure(&labelled, &Options::default(), &mut |_, _| {});
        let count = |category| report.overall.tally.count(category);
        assert_eq!((count(Category::Right), count(Category::Wrong), count(Category::Declined)), (2, 1, 1));
        assert_eq!(report.overall.not_covered, 1);
        assert_eq!(report.overall.doubtful.count(Category::Wrong), 1);
        assert_eq!((report.off_topic.right, report.off_topic.of), (1, 1));
        assert_eq!((report.sweep.cases, report.sweep.in_scope), (4, 3));
        let pairs: Vec<_> =
            report.confusions.iter().map(|c| (c.expected.as_str(), c.came.as_str())).collect();
        assert_eq!(pairs, [("refund", "order")]);
    }
}
