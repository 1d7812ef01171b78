//! Which of the offered questions a message picks.

use crate::text::Utterance;
use crate::text::grammar::{is_determiner, is_opener};

/// What a message does with the questions that the last reply offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The one with this index.
    This(usize),
    /// None of them.
    Neither,
}

/// Most words of a message that picks by the words of a title: a longer one is
/// a question of its own.
const LONGEST_PICK: usize = 5;

/// The choice that a message makes among `titles`: by number ("2", "the second
/// one"), and where it was asked to choose, by "yes", "no" or words of a title
/// that the other titles do not have.
#[must_use]
pub fn choice(message: &Utterance, titles: &[Utterance], was_asked: bool) -> Option<Choice> {
    let words: Vec<&str> = message.words().filter(|w| !is_filler(w)).collect();
    if words.is_empty() {
        return (was_asked && message.words().any(|w| w == "one")).then_some(Choice::This(0));
    }
    if let [number] = words.as_slice()
        && let Some(at) = index(number, titles.len())
    {
        return Some(Choice::This(at));
    }
    if !was_asked {
        return None;
    }
    match words.as_slice() {
        ["yes" | "yeah" | "yep" | "yup" | "sure" | "correct" | "exactly" | "right" | "si"] => {
            Some(Choice::This(0))
        }
        ["no" | "nope" | "none" | "neither" | "nah"] | ["not", _] | ["none" | "neither", ..] => {
            Some(Choice::Neither)
        }
        words if words.len() <= LONGEST_PICK => by_title(words, titles).map(Choice::This),
        _ => None,
    }
}

/// Words around a number that do not change what is picked.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "one"
            | "option"
            | "number"
            | "no."
            | "question"
            | "i"
            | "mean"
            | "meant"
            | "pick"
            | "choose"
            | "take"
            | "want"
            | "it"
            | "its"
            | "is"
            | "id"
            | "ill"
            | "like"
            | "go"
            | "with"
            | "thats"
            | "about"
            | "of"
            | "them"
    ) || is_determiner(word) && word != "no" && word != "either"
        || (is_opener(word) && !matches!(word, "first" | "second" | "yes" | "yeah"))
}

fn index(word: &str, count: usize) -> Option<usize> {
    let at = match word {
        "1" | "first" | "1st" | "former" | "a" => 0,
        "2" | "second" | "two" | "2nd" | "b" => 1,
        "3" | "third" | "three" | "3rd" | "c" => 2,
        "last" | "latter" => count.checked_sub(1)?,
        _ => return None,
    };
    (at < count).then_some(at)
}

/// The title that shares more words with the message than any other does.
fn by_title(words: &[&str], titles: &[Utterance]) -> Option<usize> {
    let shared = |title: &Utterance| words.iter().filter(|w| title.words().any(|t| t == **w)).count();
    let counts: Vec<usize> = titles.iter().map(shared).collect();
    let most = counts.iter().copied().max().filter(|most| *most * 2 > words.len())?;
    let mut best = counts.iter().enumerate().filter(|(_, count)| **count == most);
    let (at, _) = best.next()?;
    best.next().is_none().then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick(text: &str, was_asked: bool) -> Option<Choice> {
        let titles =
            ["Does Botox hurt?", "How long does Botox last?", "Is Botox addictive?"].map(Utterance::new);
        choice(&Utterance::new(text), &titles, was_asked)
    }

    #[test]
    fn numbers_pick_always_and_words_where_a_question_was_asked() {
        for (text, expected) in [
            ("2", Some(1)),
            ("the second one", Some(1)),
            ("option 3 please", Some(2)),
            ("I mean the first", Some(0)),
            ("the last one", Some(2)),
            ("4", None),
            ("does it hurt", None),
            ("yes", None),
        ] {
            assert_eq!(pick(text, false), expected.map(Choice::This), "{text}");
        }
        for (text, expected) in [
            ("yes", Some(Choice::This(0))),
            ("no", Some(Choice::Neither)),
            ("neither of them", Some(Choice::Neither)),
            ("how long", Some(Choice::This(1))),
            ("the addictive one", Some(Choice::This(2))),
            ("botox", None),
            ("what about my dog and his long walks", None),
        ] {
            assert_eq!(pick(text, true), expected, "{text}");
        }
    }
}
