//! Properties: a reading never panics and stays fast on hostile text; an
//! unrelated sentence before or after never loses a flag; apostrophes, case
//! and a missing full stop change nothing; either reading may raise an alarm.
//! Then the tables: the examples of `safety.yaml`, and two of our own.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::engine::Engine;
use crate::knowledge::{Claim, Knowledge};
use crate::limits::SCREENED_BYTES;

/// What one hostile message may cost in an unoptimised build on a busy machine
/// (a release build takes a hundredth); a quadratic reading takes minutes.
const HOSTILE: Duration = Duration::from_secs(20);

/// Sentences that have nothing to do with any sign.
const UNRELATED: [&str; 8] = [
    "Hi there.",
    "I love your clinic.",
    "How much is a top-up?",
    "Do you have parking behind the building?",
    "My appointment is on Friday.",
    "How long do results last?",
    "Thanks so much!",
    "¿Cuánto cuesta la consulta?",
];

/// The shipped screen, as it was compiled with the program: the shipped red flags
/// have it with any claims.
fn screen() -> &'static Screen {
    static SHARED: OnceLock<Screen> = OnceLock::new();
    SHARED.get_or_init(|| {
        let mut knowledge = Knowledge::embedded();
        knowledge.claims.truncate(1);
        knowledge.smalltalk.clear();
        Engine::compile(knowledge).screen
    })
}

fn read(screen: &Screen, text: &str) -> Option<Level> {
    let utterance = Utterance::new(text);
    screen.read(&utterance, &utterance)
}

/// A line of the table of an author who saw neither rules nor examples.
#[derive(serde::Deserialize)]
struct Line {
    text: String,
    level: Option<String>,
    #[serde(default)]
    doubt: bool,
    #[serde(default)]
    soft: bool,
}

/// The tables of four authors: harmless lines that were made to provoke an alarm,
/// and half of them as patients write.
const TABLES: [&str; 4] = [
    include_str!("../../tests/data/red-flags.jsonl"),
    include_str!("../../tests/data/red-flags-2.jsonl"),
    include_str!("../../tests/data/red-flags-3.jsonl"),
    include_str!("../../tests/data/red-flags-4.jsonl"),
];

/// The lines of those tables whose label is beyond doubt.
fn table() -> Vec<Line> {
    let lines = TABLES.iter().flat_map(|table| table.lines());
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &Line| !line.doubt && !line.soft)
        .collect()
}

/// The share of changed messages that may lose their alarm: what is learned
/// weighs words, and some messages lie near the line.
const LOST: f64 = 0.04;

/// Fails when too many messages lose their alarm in a changed form.
fn still_raised_when(change: impl Fn(&str) -> Vec<String>) {
    let screen = screen();
    let (mut all, mut lost) = (0.0, Vec::new());
    for Line { text, .. } in table() {
        if read(screen, &text).is_some() {
            for changed in change(&text) {
                all += 1.0;
                if read(screen, &changed).is_none() {
                    lost.push(changed);
                }
            }
        }
    }
    assert!(lost.len() as f64 <= LOST * all, "{} of {all}: {lost:#?}", lost.len());
}

#[test]
fn an_unrelated_sentence_loses_little() {
    still_raised_when(|text| {
        let text = text.trim_end_matches('.');
        UNRELATED.iter().flat_map(|other| [format!("{other} {text}"), format!("{text}. {other}")]).collect()
    });
}

#[test]
fn typography_changes_little() {
    still_raised_when(|text| {
        let plain = text.replace('’', "'");
        vec![
            plain.replace('\'', "’"),
            plain.replace('\'', ""),
            plain.replace('\'', "\u{200b}'"),
            plain.to_uppercase(),
            format!("  {plain} \n"),
            plain.trim_end_matches(['.', '!', '?']).to_owned(),
        ]
    });
}

#[test]
fn a_flag_survives_a_question_in_the_same_breath() {
    still_raised_when(|text| {
        vec![
            format!("how much is a top up and also {text}"),
            format!("can botox cause this, {text}"),
            format!("not sure if it's the botox but {text}"),
        ]
    });
}

#[test]
fn either_reading_may_raise_the_alarm() {
    let screen = screen();
    let (calm, alarming) = (Utterance::new("I feel great"), Utterance::new("I can't swallow"));
    let urgent = Utterance::new("my voice is hoarse");
    let level = |a, b| screen.read(a, b);
    assert_eq!(level(&calm, &calm), None);
    assert_eq!(level(&calm, &alarming), Some(Level::Emergency));
    assert_eq!(level(&alarming, &calm), Some(Level::Emergency));
    assert_eq!(level(&urgent, &alarming), Some(Level::Emergency));
}

#[test]
fn a_few_words_raise_an_alarm_by_the_rules_alone() {
    for text in ["today", "I did it", "had it today", "she bought it"] {
        assert_eq!(read(screen(), text), None, "{text}");
    }
    for text in ["cant breathe", "dog ate botox", "voice is gone"] {
        assert!(read(screen(), text).is_some(), "{text}");
    }
}

#[test]
fn the_greatest_level_is_said_first() {
    let screen = screen();
    let text = "fever. My dog ate the vial. I want to die. I can't breathe.";
    for (cut, level) in [(4, "911"), (3, "crisis"), (2, "poison"), (1, "urgent")] {
        let text: Vec<&str> = text.split(". ").take(cut).collect();
        assert_eq!(read(screen, &text.join(". ")).map(Level::word), Some(level));
    }
}

#[test]
fn hostile_text_stays_fast_and_a_sign_at_its_end_is_seen() {
    let screen = screen();
    for unit in [
        "can't swallow not ",
        "no ",
        "my ",
        "throat ",
        "can botox cause, ",
        "a ",
        "qzxv ",
        "blurri ",
        "x",
        "ééé ",
        "what if I had a stroke in 2010, ",
        "I can see the price. ",
        "thhhhroat ",
        "swalow, ",
        "no trouble or ",
    ] {
        let mut text = unit.repeat((SCREENED_BYTES - 100) / unit.len());
        text.push_str("\nI can't breathe.");
        let start = Instant::now();
        let alarm = read(screen, &text);
        assert!(start.elapsed() < HOSTILE, "{unit:?} took {:?}", start.elapsed());
        assert_eq!(alarm, Some(Level::Emergency), "{unit:?}");
    }
}

proptest! {
    #[test]
    fn never_panics(a in any::<String>(), b in "([a-z']{1,9}[ ,.?!\n]){0,40}") {
        let screen = screen();
        let (a, b) = (Utterance::new(&a), Utterance::new(&b));
        let _ = screen.read(&a, &b);
        let _ = screen.read(&b, &a);
    }

    #[test]
    fn words_of_the_rules_in_any_order_never_panic(picks in proptest::collection::vec(0usize..100_000, 0..60)) {
        let words: Vec<&str> = TABLES[0].split_whitespace().collect();
        let text: Vec<&str> = picks.iter().map(|p| words[p % words.len()]).collect();
        read(screen(), &text.join(" "));
    }
}

#[test]
fn the_examples_of_the_rules_hold() {
    let knowledge = Knowledge::embedded();
    let screen = screen();
    let mut wrong = Vec::new();
    for flag in &knowledge.safety.flags {
        for text in &flag.fires {
            let alarm = read(screen, text);
            if alarm != Some(flag.level) {
                wrong.push(format!("{} must fire, found {alarm:?}: {text}", flag.id));
            }
        }
        for text in &flag.silent {
            if let Some(level) = read(screen, text) {
                wrong.push(format!("{} must be silent, found {level:?}: {text}", flag.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_phrasing_of_the_knowledge_raises_an_alarm() {
    let knowledge = Knowledge::embedded();
    let claims = knowledge.claims.iter().flat_map(Claim::phrasings).map(|located| &located.text);
    let smalltalk =
        knowledge.smalltalk.iter().flat_map(|talk| talk.phrasings.iter().map(|located| &located.text));
    let screen = screen();
    let mut wrong = Vec::new();
    for text in claims.chain(smalltalk) {
        if let Some(level) = read(screen, text) {
            wrong.push(format!("{level:?}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the screen reaches on the table, less a margin: it must not fall below.
const CAUGHT: f64 = 0.95;
/// Emergencies and crises alone.
const CAUGHT_WORST: f64 = 0.95;
/// Alarms for nothing; most of those lines are made to provoke them.
const FALSE_ALARMS: f64 = 0.08;

#[test]
fn tables_of_other_authors() {
    let screen = screen();
    let share = |wanted: &dyn Fn(Option<&str>) -> bool| {
        let lines: Vec<Line> = table().into_iter().filter(|line| wanted(line.level.as_deref())).collect();
        assert!(lines.len() > 100);
        lines.iter().filter(|line| read(screen, &line.text).is_some()).count() as f64 / lines.len() as f64
    };
    let caught = share(&|level| level.is_some());
    let worst = share(&|level| matches!(level, Some("911" | "crisis")));
    let false_alarms = share(&|level| level.is_none());
    let figures = format!("caught {caught:.3}, worst {worst:.3}, false alarms {false_alarms:.3}");
    assert!(caught >= CAUGHT && worst >= CAUGHT_WORST && false_alarms <= FALSE_ALARMS, "{figures}");
}
