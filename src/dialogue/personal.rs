//! Whether a message asks for individual advice.

use crate::text::Utterance;
use crate::text::grammar::is_opener;

/// Whether somebody asks what holds for them: what they need or should do, or
/// whether something of theirs is normal, or with a condition that they name.
/// "Can I drive after it?" asks what holds for everybody.
#[must_use]
pub fn asks_for_advice(message: &Utterance) -> bool {
    let words: Vec<&str> = message.words().collect();
    let needs = words.windows(2).any(|w| {
        matches!(
            w,
            ["i", "need"] | ["should", "i"] | ["for" | "on" | "with", "me"] | ["am", "i"] | ["my", "case"]
        )
    });
    needs || states_condition(&words) || asks_about_own_body(message)
}

/// Whether somebody asks about the state of their own body ("is my bruise
/// normal"), which a general answer never settles, whatever it is about.
#[must_use]
pub fn asks_about_own_body(message: &Utterance) -> bool {
    let words: Vec<&str> = message.words().collect();
    let judged = words
        .iter()
        .any(|w| matches!(*w, "normal" | "ok" | "okay" | "safe" | "bad" | "worry" | "worried" | "dangerous"));
    (judged && words.windows(2).any(|w| matches!(w, ["is" | "are", "my"]))) || bodily(&words)
}

/// "I'm on a blood thinner", "I have lupus", "I'm pregnant", "I take …".
fn states_condition(words: &[&str]) -> bool {
    let start = words.iter().take_while(|w| is_opener(w)).count();
    let starts = std::iter::once(start).chain(
        words
            .iter()
            .enumerate()
            .filter(|(_, w)| matches!(**w, "if" | "and" | "but" | "since" | "because"))
            .map(|(at, _)| at + 1),
    );
    // "I'm" begins a clause wherever it stands.
    let mut starts = starts.chain(words.iter().enumerate().filter(|(_, w)| **w == "im").map(|(at, _)| at));
    starts.any(|at| {
        matches!(
            words.get(at..).unwrap_or_default(),
            ["im", "on" | "taking" | "allergic" | "pregnant" | "breastfeeding" | "nursing" | "diabetic", ..]
                | ["i", "am", "on" | "taking" | "allergic" | "pregnant" | "breastfeeding" | "nursing" | "diabetic", ..]
                | ["i", "take" | "suffer", _, ..]
                | ["im", _]
        ) || matches!(words.get(at..).unwrap_or_default(), ["i", "have" | "had" | "got" | "ve", rest @ ..] if !matches!(rest.first(), Some(&("to" | "a" | "questions" | "heard"))) && !rest.is_empty())
            || words.get(at..).unwrap_or_default().first() == Some(&"ive")
            || matches!(words.get(at..).unwrap_or_default(), ["im" , age, ..] if age.parse::<u8>().is_ok())
            || matches!(words.get(at..).unwrap_or_default(), ["i", "am", age, ..] if age.parse::<u8>().is_ok())
    })
}

/// "My eyelid is drooping", "my left brow feels heavy".
fn bodily(words: &[&str]) -> bool {
    let is_state = |word: &&str| {
        matches!(
            *word,
            "is" | "are" | "was" | "feels" | "feel" | "looks" | "look" | "hurts" | "keeps" | "still" | "got"
        )
    };
    // One or two words name the part of the body.
    words
        .iter()
        .enumerate()
        .any(|(at, word)| *word == "my" && words.iter().skip(at + 2).take(2).any(is_state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_own_body_from_an_appointment() {
        for (text, expected) in [
            ("is my bruise normal", true),
            ("my left cheek looks puffy", true),
            ("I'm 34, how much is it", false),
            ("should I bring my card", false),
        ] {
            assert_eq!(asks_about_own_body(&Utterance::new(text)), expected, "{text}");
        }
    }

    #[test]
    fn tells_advice_from_a_question_of_principle() {
        for (text, expected) in [
            ("how many units do I need for my chin", true),
            ("is my heavy lid normal", true),
            ("I have lupus, can I get it", true),
            ("can I have it, I'm on warfarin", true),
            ("my left brow is higher", true),
            ("is it right for me", true),
            ("should I wait a month", true),
            ("I'm 61, is that too old", true),
            ("can I drive afterwards", false),
            ("does it hurt", false),
            ("I have a question", false),
            ("how many units are usual", false),
        ] {
            assert_eq!(asks_for_advice(&Utterance::new(text)), expected, "{text}");
        }
    }
}
