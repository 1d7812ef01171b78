//! Properties: `answer` never panics and its confidences lie in 0…1, for any
//! message in any context; every reply is complete by itself.

use askwell::dialogue::Status;
use askwell::engine::Engine;
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded(jiff::civil::date(2026, 11, 1)));

/// Words of patients, of emergencies and of nobody, and raw characters.
fn message() -> impl Strategy<Value = String> {
    let words =
        "(botox|baby|units|is|not|cant|swallow|cheaper|why|and|2|yes|\u{202e}|👍|can’t|[a-z]{1,9}|\\PC)";
    prop_oneof![
        prop::collection::vec(words.prop_map(|w| w), 0..30).prop_map(|w| w.join(" ")),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn answer_is_total(first in message(), second in message(), context in ".{0,40}") {
        let opening = ENGINE.context(&context);
        let reply = ENGINE.answer(&opening, &first);
        let reply = ENGINE.answer(&ENGINE.context(&reply.context.encode()), &second);
        prop_assert!(!reply.text().is_empty());
        prop_assert_eq!(reply.status == Status::Answer, !reply.answers.is_empty());
        prop_assert_eq!(reply.status == Status::Safety, reply.consultation.is_none());
        prop_assert!(reply.answers.iter().all(|a| (0.0..=1.0).contains(&a.confidence)));
        prop_assert!(reply.answers.len() <= 4);
        prop_assert!(ENGINE.explain(&second).iter().all(|c| (0.0..=1.0).contains(&c.confidence)));
        prop_assert!(reply.context.encode().len() <= 2_048);
    }
}
