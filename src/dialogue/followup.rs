//! Messages that lean on the one before: "how long does that last", "and for
//! men?", "why?"

use crate::text::Utterance;
use crate::text::content::content;
use crate::text::grammar::{is_auxiliary, is_negated_auxiliary, is_opener, is_subject_with_verb};

/// How a message leans on the topic of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// It stands by itself.
    None,
    /// It has a pronoun for the topic ("how long does it last").
    Pronoun,
    /// Something is left out that the topic has ("and for men?").
    Ellipsis,
    /// It asks for no more than the topic again ("why?", "are you sure?").
    Echo,
}

/// Most content words of a message from which something is left out.
const LONGEST_ELLIPSIS: usize = 3;

/// How a message leans on what came before it.
#[must_use]
pub fn leaning(message: &Utterance) -> Leaning {
    let words: Vec<&str> = message.words().collect();
    if is_echo(&words) {
        return Leaning::Echo;
    }
    let content = content(message).count();
    let start = words.iter().take_while(|w| is_opener(w)).count();
    let continues = matches!(
        &words[start..],
        ["what" | "how", "about" | "if", ..]
            | [
                "for" | "on" | "with" | "in" | "at" | "after" | "before" | "around" | "during" | "if" | "by",
                ..
            ]
    );
    if content <= LONGEST_ELLIPSIS && (continues || !has_verb(&words)) {
        return Leaning::Ellipsis;
    }
    if words.iter().any(|w| is_anaphor(w)) { Leaning::Pronoun } else { Leaning::None }
}

/// The message with a topic in the place of its first pronoun; before it, where
/// it has none.
#[must_use]
pub fn resolved(message: &Utterance, topic: &str) -> Utterance {
    let mut words: Vec<&str> = message.words().collect();
    match (0..words.len()).find(|at| stands_for_topic(&words, *at)) {
        Some(at) => words[at] = topic,
        None => words.insert(0, topic),
    }
    Utterance::new(&words.join(" "))
}

/// Whether a word is a pronoun and not a part of "that treatment".
fn stands_for_topic(words: &[&str], at: usize) -> bool {
    match words[at] {
        "it" | "they" | "them" | "its" => true,
        "that" | "this" | "these" | "those" => {
            let is_verb = |w: &&str| is_auxiliary(w) || is_negated_auxiliary(w);
            at + 1 == words.len()
                || is_verb(&words[at + 1])
                || at.checked_sub(1).is_some_and(|b| is_verb(&words[b]))
        }
        _ => false,
    }
}

/// Whether a message points at what was just said ("that", "those") and does
/// not only go on about the treatment ("it").
#[must_use]
pub fn points_back(message: &Utterance) -> bool {
    let words: Vec<&str> = message.words().collect();
    (0..words.len()).any(|at| stands_for_topic(&words, at) && !matches!(words[at], "it" | "its"))
}

/// "Why?", "how come", "really?", "are you sure", "tell me more".
fn is_echo(words: &[&str]) -> bool {
    let words = match words {
        ["but" | "and" | "ok" | "okay" | "oh" | "hm" | "hmm" | "so" | "wait", rest @ ..] => rest,
        words => words,
    };
    matches!(
        words,
        ["why" | "really" | "seriously" | "explain" | "elaborate" | "source" | "sources" | "huh"]
            | ["why", "not" | "so" | "tho" | "though"]
            | ["why", "is" | "does" | "would" | "do" | "are", "that" | "it" | "they" | "so" | "this" | "you"]
            | [
                "why",
                "is" | "does",
                "that" | "it" | "this",
                "so" | "matter" | "happen" | "work" | "true" | "bad"
            ]
            | ["whys" | "why", "that" | "this"]
            | ["whys" | "why", "that" | "this", _]
            | ["why", "is" | "are" | "was" | "would", "that" | "this" | "those", _]
            | ["how", "come"]
            | ["how", "so"]
            | ["are", "you", "sure", ..]
            | ["says", "who"]
            | ["is", "that" | "it" | "this", "true" | "so" | "right"]
            | ["tell", "me", "more"]
            | ["more", "info" | "information" | "details"]
            | ["say", "more"]
            | ["go", "on"]
            | ["what", "do" | "does", "you" | "that" | "it" | "this", "mean"]
            | ["whats", "that" | "it", "mean"]
            | ["for", "everyone" | "everybody" | "anyone" | "real"]
            | ["on" | "in" | "for", "everyone" | "everybody" | "anyone" | "all"]
    )
}

fn is_anaphor(word: &str) -> bool {
    matches!(
        word,
        "it" | "its"
            | "itll"
            | "that"
            | "thats"
            | "this"
            | "they"
            | "them"
            | "their"
            | "those"
            | "these"
            | "one"
            | "ones"
            | "theyre"
    )
}

fn has_verb(words: &[&str]) -> bool {
    words.iter().any(|w| {
        is_auxiliary(w)
            || is_negated_auxiliary(w)
            || is_subject_with_verb(w)
            || matches!(*w, "i" | "you" | "they" | "it" | "we")
    }) || matches!(words.first(), Some(first) if matches!(*first, "whats" | "hows" | "wheres" | "whos" | "tell" | "give" | "show" | "explain"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_missing() {
        for (text, expected) in [
            ("why?", Leaning::Echo),
            ("but why is that", Leaning::Echo),
            ("on everybody?", Leaning::Echo),
            ("and for women?", Leaning::Ellipsis),
            ("what about the chin", Leaning::Ellipsis),
            ("even by the lips?", Leaning::Ellipsis),
            ("how soon does it show", Leaning::Pronoun),
            ("do those fade", Leaning::Pronoun),
            ("how do I book a visit", Leaning::None),
            ("is botox a poison", Leaning::None),
        ] {
            assert_eq!(leaning(&Utterance::new(text)), expected, "{text}");
        }
    }

    #[test]
    fn the_topic_takes_the_place_of_the_pronoun() {
        for (text, expected) in [
            ("how long does it stay", "how long does a scar stay"),
            ("is that common", "is a scar common"),
            ("and on the chin", "a scar and on the chin"),
        ] {
            assert_eq!(resolved(&Utterance::new(text), "a scar").normalized(), expected);
        }
    }
}
