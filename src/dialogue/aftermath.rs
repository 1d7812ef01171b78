//! What is said right after a red flag: whether it goes on about the same
//! emergency.

use crate::text::Utterance;
use crate::text::grammar::is_frame;

/// Whether a message that follows a red flag is about the same trouble: that
/// it lasts, worsens or frightens, or what to do about it. It must hold nothing
/// else, so that a new question is answered.
#[must_use]
pub fn goes_on(message: &Utterance) -> bool {
    let named = message.words().any(is_trouble) || asks_what_to_do(message);
    named && message.words().all(|w| is_trouble(w) || is_around(w))
}

/// "What do I do", "should I go", "qué hago": a plea, unlike "what do you do".
fn asks_what_to_do(message: &Utterance) -> bool {
    let has = |any: &[&str]| message.words().any(|word| any.contains(&word));
    has(&["what", "should", "que"]) && has(&["i", "we", "hago"])
}

/// Words by which people say that something lasts, worsens or frightens.
#[rustfmt::skip]
const TROUBLE: &[&str] = &[
    "112", "911", "999", "afraid", "ambulance", "ayuda", "bad", "badly", "better", "breath",
    "breathe", "breathing", "call", "called", "calling", "changed", "constant", "continue",
    "continues", "continuing", "dangerous", "die", "dizzy", "dying", "emergency", "empeora",
    "empeorando", "empeoro", "er", "faint", "fainting", "gone", "happening", "help", "hospital",
    "hurting", "hurts", "igual", "improve", "improved", "improving", "increasing", "lasting",
    "miedo", "numb", "ongoing", "pain", "painful", "panic", "panicking", "passing", "peor",
    "persisting", "persists", "same", "scared", "scary", "serious", "sigue", "spread", "spreading",
    "spreads", "stop", "stopped", "stronger", "struggling", "suffering", "swelling", "swollen",
    "symptom", "symptoms", "terrified", "unchanged", "urgent", "wait", "waiting", "weak", "weaker",
    "worse", "worsened", "worsening", "worsens", "worst",
];

/// Small words around them, and the parts of the body that an emergency moves to.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "about", "again", "all", "almost", "already", "and", "any", "arm", "arms", "at", "aun", "away",
    "be", "becoming", "been", "before", "body", "by", "cada", "chest", "day", "do", "doctor",
    "doing", "down", "earlier", "el", "esta", "estoy", "even", "ever", "every", "eye", "eyes",
    "face", "fast", "favor", "feel", "feeling", "feels", "for", "get", "gets", "getting", "go",
    "god", "going", "gone", "got", "hago", "hasnt", "have", "head", "help", "helping", "hour",
    "hours", "in", "it", "its", "just", "keep", "keeps", "la", "last", "leg", "legs", "lips", "lo",
    "look", "looks", "lot", "mas", "me", "mi", "minute", "minutes", "mismo", "more", "morning",
    "much", "muy", "neck", "need", "night", "no", "not", "nothing", "now", "of", "oh", "ok", "okay",
    "omg", "on", "or", "other", "please", "pls", "plz", "por", "que", "quicker", "quickly",
    "rapidly", "really", "right", "se", "seem", "seems", "should", "side", "since", "skin", "so",
    "someone", "started", "starting", "still", "tengo", "than", "that", "there", "think", "this",
    "though", "throat", "to", "todavia", "today", "tongue", "too", "um", "up", "very", "vez",
    "voice", "way", "well", "what", "with", "y", "yeah", "yes", "yesterday", "yet",
];

fn is_trouble(word: &str) -> bool {
    TROUBLE.contains(&word)
}

/// Whether a word says nothing of a symptom by itself.
fn is_around(word: &str) -> bool {
    is_frame(word) || AROUND.contains(&word)
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
            ("does it hurt", false),
            ("do you do lips", false),
            ("what do you do", false),
            ("what can we do", true),
            ("thanks", false),
            ("can you tell me the price", false),
            ("still the same, no better", true),
            ("it's spreading to my arms", true),
            ("it hasn't stopped", true),
            ("it is worse than this morning", true),
            ("cada vez peor", true),
            ("sigue igual, qué hago", true),
            ("how long does it last", false),
            ("do you take credit cards", false),
            ("can I get it before a wedding", false),
            ("is the doctor there on Friday", false),
        ] {
            assert_eq!(goes_on(&Utterance::new(text)), expected, "{text}");
        }
    }
}
