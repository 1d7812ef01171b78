//! What is said right after a red flag: whether it goes on about the same
//! emergency.

use crate::text::Utterance;
use crate::text::grammar::{
    is_auxiliary, is_determiner, is_negated_auxiliary, is_opener, is_question_word, is_subject,
    is_subject_with_verb,
};

/// Whether a message that follows a red flag is about the same trouble: that
/// it lasts, worsens or frightens, or what to do about it. It must hold nothing
/// else, so that a new question is answered.
#[must_use]
pub fn goes_on(message: &Utterance) -> bool {
    message.words().any(is_trouble) && message.words().all(|w| is_trouble(w) || is_frame(w))
}

/// Words by which people say that something lasts, worsens or frightens.
fn is_trouble(word: &str) -> bool {
    matches!(
        word,
        "worse"
            | "worsening"
            | "worsens"
            | "worst"
            | "spreading"
            | "spread"
            | "stronger"
            | "bad"
            | "badly"
            | "scared"
            | "scary"
            | "afraid"
            | "panicking"
            | "panic"
            | "help"
            | "emergency"
            | "serious"
            | "hurts"
            | "hurt"
            | "pain"
            | "painful"
            | "swelling"
            | "swollen"
            | "breathing"
            | "breathe"
            | "breath"
            | "dizzy"
            | "faint"
            | "symptoms"
            | "symptom"
            | "better"
            | "improving"
            | "improve"
            | "improved"
            | "happening"
            | "continues"
            | "persists"
            | "urgent"
            | "dying"
            | "die"
            | "numb"
            | "weak"
            | "weaker"
            | "doing"
            | "wait"
            | "call"
            | "911"
            | "hospital"
            | "ambulance"
            | "er"
            | "increasing"
    ) || matches!(word, "do")
}

/// Words around them.
fn is_frame(word: &str) -> bool {
    is_auxiliary(word)
        || is_negated_auxiliary(word)
        || is_subject(word)
        || is_subject_with_verb(word)
        || is_determiner(word)
        || is_opener(word)
        || is_question_word(word)
        || matches!(
            word,
            "me" | "getting"
                | "get"
                | "gets"
                | "got"
                | "becoming"
                | "keeps"
                | "keep"
                | "going"
                | "gone"
                | "away"
                | "now"
                | "much"
                | "more"
                | "and"
                | "not"
                | "very"
                | "really"
                | "so"
                | "too"
                | "feel"
                | "feels"
                | "feeling"
                | "face"
                | "throat"
                | "eye"
                | "eyes"
                | "chest"
                | "to"
                | "it"
                | "its"
                | "been"
                | "for"
                | "hours"
                | "minutes"
                | "since"
                | "need"
                | "someone"
                | "about"
                | "with"
                | "in"
                | "of"
                | "what"
                | "should"
                | "or"
                | "go"
                | "be"
                | "today"
                | "than"
                | "before"
                | "lot"
                | "at"
                | "all"
                | "any"
                | "fast"
                | "quickly"
                | "think"
                | "have"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_trouble_and_nothing_else() {
        for (text, expected) in [
            ("it's getting worse", true),
            ("It is getting much worse now!", true),
            ("my throat is still swelling", true),
            ("what should I do", true),
            ("should I call someone", true),
            ("I'm scared", true),
            ("it hasn't gone away and it hurts more", true),
            ("how much is botox", false),
            ("do wrinkles get worse when I stop", false),
            ("does botox hurt", false),
            ("thanks", false),
            ("can you tell me the price", false),
        ] {
            assert_eq!(goes_on(&Utterance::new(text)), expected, "{text}");
        }
    }
}
