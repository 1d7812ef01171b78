//! Properties: every mistake in a file is found, all in one run; the shipped
//! texts can be read by people in distress.

use super::*;
use crate::text::Utterance;

const SHIPPED: &str = include_str!("../../../knowledge/safety.yaml");

/// Longest sentence of a fixed text, in words.
const SENTENCE_WORDS: usize = 20;

/// Highest reading grade of a fixed text: what public health bodies ask for.
const GRADE: f64 = 7.0;

fn codes(text: &str) -> Vec<&'static str> {
    SafetyRules::parse("safety.yaml", text).err().unwrap_or_default().iter().map(|f| f.code).collect()
}

#[test]
fn the_shipped_rules_are_valid() {
    assert_eq!(codes(SHIPPED), Vec::<&str>::new());
}

#[test]
fn mistakes_are_found() {
    for (right, wrong, code) in [
        ("  urgent: >-", "  soon: >-", "unknown-level"),
        ("  urgent: >-", "  soon: >-", "missing-level"),
        ("reminders:", "remainders:", "unknown-key"),
        ("reminders:", "remainders:", "missing-level"),
        ("  fillers:", "  filers:", "missing-role"),
        ("when: [breathing]", "when: [breath]", "unknown-sign"),
        ("when: [breathing]", "wenn: [breathing]", "missing-key"),
        ("\"{cannot} _ {breathe}\"", "\"{cannott} _ {breathe}\"", "unknown-group"),
        ("\"{cannot} _ {breathe}\"", "\"{cannot} _\"", "pattern"),
        ("\"{cannot} _ {breathe}\"", "\"\"", "blank"),
        ("    kind: condition", "    kind: illness", "pattern"),
        ("  - id: breathing", "  - id: swallowing", "duplicate-id"),
    ] {
        assert!(SHIPPED.contains(right), "{right}");
        let found = codes(&SHIPPED.replacen(right, wrong, 1));
        assert!(found.contains(&code), "{wrong}: {found:?}");
    }
    assert!(codes("").contains(&"wrong-type"));
    assert_eq!(codes("a: [").len(), 1);
}

#[test]
fn a_group_that_holds_itself_is_found() {
    let text = SHIPPED.replacen("  self:\n", "  loop-a: \"{loop-b}\"\n  loop-b: \"{loop-a}\"\n  self:\n", 1);
    assert!(codes(&text).contains(&"pattern"));
}

#[test]
fn the_fixed_texts_are_plain() {
    let rules = SafetyRules::parse("safety.yaml", SHIPPED).unwrap_or_default();
    assert_eq!(rules.texts.len(), Level::ALL.len());
    for text in rules.texts.values().chain(rules.reminders.values()) {
        let utterance = Utterance::new(text);
        let longest = utterance.sentences().iter().map(ExactSizeIterator::len).max();
        assert!(longest <= Some(SENTENCE_WORDS), "{longest:?}: {text}");
        assert!(!text.contains('?'), "a question back: {text}");
        assert!(grade(&utterance) <= GRADE, "grade {}: {text}", grade(&utterance));
        for word in ["book", "appointment", "consultation"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    for (level, number) in [
        (Level::Emergency, "{emergency}"),
        (Level::Crisis, "{crisis}"),
        (Level::Poison, "{poison}"),
        (Level::Urgent, "{emergency}"),
    ] {
        assert!(rules.texts[&level].contains(number) && rules.reminders[&level].contains(number));
    }
}

/// Flesch–Kincaid grade: 0.39 · words/sentences + 11.8 · syllables/words −
/// 15.59 (Kincaid et al. 1975), syllables counted as groups of vowels.
fn grade(utterance: &Utterance) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let words = utterance.tokens().len();
    let syllables: usize = utterance.words().map(syllables).sum();
    0.39 * count(words) / count(utterance.sentences().len()) + 11.8 * count(syllables) / count(words) - 15.59
}

fn syllables(word: &str) -> usize {
    let vowel = |c: char| "aeiouy".contains(c);
    let stem = word.strip_suffix('e').filter(|_| !word.ends_with("le")).unwrap_or(word);
    let starts =
        stem.chars().zip(std::iter::once(' ').chain(stem.chars())).filter(|(c, b)| vowel(*c) && !vowel(*b));
    starts.count().max(1)
}
