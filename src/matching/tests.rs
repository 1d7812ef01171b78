//! Properties of the whole matcher on random knowledge: a phrasing that is added, and a synonym that is added, can
//! only help their label; leaving out comparisons never changes the winner.

use proptest::prelude::*;

use super::{Candidate, Example, Matcher};
use crate::text::{Synonyms, Utterance};

const WORDS: [&str; 16] = [
    "how", "long", "does", "it", "last", "hurt", "price", "units", "forehead", "brow", "droop", "safe",
    "swim", "tea", "glass", "wine",
];

/// A few words, by number.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(0..WORDS.len(), 1..7)
        .prop_map(|words| words.into_iter().map(|word| WORDS[word]).collect::<Vec<_>>().join(" "))
}

/// Phrasings of up to five labels.
fn knowledge() -> impl Strategy<Value = Vec<(usize, String)>> {
    prop::collection::vec((0..5_usize, text()), 2..24)
}

fn train(knowledge: &[(usize, String)], synonyms: &Synonyms) -> Matcher {
    let prepared = |text: &str| Utterance::new(text).folded(synonyms);
    let examples: Vec<Example> =
        knowledge.iter().map(|(label, text)| Example { label: *label, utterance: prepared(text) }).collect();
    Matcher::uncalibrated(&examples)
}

/// How many labels stand before one for a message; more than there are where it does not stand at all.
fn place(matcher: &Matcher, utterance: &Utterance, label: usize) -> usize {
    matcher.rank(utterance, usize::MAX).iter().position(|c| c.label == label).unwrap_or(usize::MAX)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_phrasing_helps_its_label(mut knowledge in knowledge(), label in 0..5_usize, added in text()) {
        let (said, none) = (Utterance::new(&added), Synonyms::default());
        let words = |text: &str| { let mut words: Vec<_> = text.split(' ').map(str::to_owned).collect(); words.sort(); words };
        // the same words under two labels: nobody could tell them apart
        prop_assume!(knowledge.iter().all(|(other, text)| *other == label || words(text) != words(&added)));
        let before = place(&train(&knowledge, &none), &said, label);
        knowledge.push((label, added));
        let matcher = train(&knowledge, &none);
        prop_assert!(place(&matcher, &said, label) <= before);
        let nearest = matcher.nearest(&said, label, 1)[0];
        prop_assert!(nearest.1 > 0.99, "{nearest:?}");
    }

    #[test]
    fn a_synonym_helps_the_label_that_has_the_word(knowledge in knowledge(), which in any::<prop::sample::Index>()) {
        let (label, phrasing) = which.get(&knowledge);
        let said = Utterance::new(&phrasing.replacen(phrasing.split(' ').next().unwrap(), "qualm", 1));
        let first = phrasing.split(' ').next().unwrap().to_owned();
        let before = train(&knowledge, &Synonyms::default()).nearest(&said, *label, 1)[0].1;
        let synonyms = Synonyms::new(&[vec![first, "qualm".to_owned()]]);
        let after = train(&knowledge, &synonyms).nearest(&said.folded(&synonyms), *label, 1)[0].1;
        prop_assert!(after >= before && after > 0.99, "{before} {after}");
    }

    #[test]
    fn leaving_out_comparisons_never_changes_the_winner(knowledge in knowledge(), message in text()) {
        let matcher = train(&knowledge, &Synonyms::default());
        let message = Utterance::new(&message);
        let (pruned, all) = (matcher.likely(&message, 1, 0.3), matcher.rank_all(&message));
        prop_assert_eq!(pruned.first(), all.first());
    }
}

#[test]
fn the_winner_is_that_of_comparing_everything() {
    let engine = crate::engine::Engine::embedded(jiff::civil::date(2026, 11, 30));
    let tables = [
        include_str!("../../tests/data/measured/forum.jsonl"),
        include_str!("../../tests/data/measured/forum-2.jsonl"),
        include_str!("../../tests/data/measured/belief.jsonl"),
        include_str!("../../tests/data/measured/belief-2.jsonl"),
        include_str!("../../tests/data/red-flags.jsonl"),
        include_str!("../../tests/data/red-flags-2.jsonl"),
    ];
    let lines = tables.iter().flat_map(|table| table.lines());
    let texts = lines.filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["text"].as_str().map(str::to_owned)
    });
    let messages: Vec<Utterance> = texts.map(|text| engine.trained().prepared(&text)).collect();
    assert!(messages.len() > 2_000, "{}", messages.len());
    let matcher = engine.trained().matcher();
    let winner = |candidates: Vec<Candidate>| candidates.first().map(|best| best.label);
    let others: Vec<_> = messages
        .iter()
        .filter(|m| winner(matcher.likely(m, 1, 0.3)) != winner(matcher.rank_all(m)))
        .collect();
    assert!(others.len() * 1_000 <= messages.len(), "{} of {}", others.len(), messages.len());
}
