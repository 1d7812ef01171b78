//! Clauses that only say how the one before is meant: "…, right?", "…, is that
//! true?", "…, but that's a myth".

use crate::text::Token;
use crate::text::grammar::{is_auxiliary, is_doubt, is_negated_auxiliary, is_refutation, is_subject};

/// What a clause says of the one before, where it says nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// "right", "isn't it".
    Tag,
    /// "is that true", "or not", "yes or no".
    Check,
    /// "but that's a myth", "she is wrong", "I don't believe it".
    Refutation,
}

/// The remark that a clause is; `asks` where a question mark closes it.
#[must_use]
pub fn remark(words: &[Token], asks: bool) -> Option<Remark> {
    let texts: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
    let texts = texts.strip_prefix(&["so"]).or(texts.strip_prefix(&["or"])).unwrap_or(&texts);
    if is_refutation_alone(texts) {
        return Some(if asks { Remark::Check } else { Remark::Refutation });
    }
    match texts {
        ["is", "that" | "this" | "it", "a", word] if is_refutation(word) => Some(Remark::Check),
        [word] if is_tag_word(word) => Some(Remark::Tag),
        ["am", "i", "right"] | ["i", "guess" | "suppose" | "assume" | "think" | "believe" | "take", ..]
            if texts.len() <= 3 =>
        {
            Some(Remark::Tag)
        }
        ["is", "that" | "this" | "it" | "she" | "he", word]
        | ["is" | "are", "they" | "these" | "those", word]
            if is_check_word(word) =>
        {
            Some(Remark::Check)
        }
        ["is", "there", "any", "truth", ..]
        | ["true" | "myth" | "fact", "or", ..]
        | ["not"]
        | ["or", "not"]
        | ["yes" | "yeah" | "yay", "or", "no" | "nah" | "nay", ..]
        | ["yes", "no"]
        | ["any", "truth", ..]
        | ["what", "do", "you", "think"]
        | ["thoughts"] => Some(Remark::Check),
        [verb, subject] if is_subject(subject) || *subject == "that" => {
            if is_negated_auxiliary(verb) || is_auxiliary(verb) { Some(Remark::Tag) } else { None }
        }
        _ => None,
    }
}

/// Most words of a clause that only calls the one before untrue: "but I really
/// don't believe her".
const LONGEST_REFUTATION: usize = 6;

/// "(but) that's not true", "she is wrong", "I don't buy it", "I disagree".
fn is_refutation_alone(texts: &[&str]) -> bool {
    let texts = texts.strip_prefix(&["but"]).or(texts.strip_prefix(&["and"])).unwrap_or(texts);
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return false };
    if texts.len() > LONGEST_REFUTATION {
        return false;
    }
    let negated = texts.iter().any(|w| is_negated_auxiliary(w) || matches!(*w, "not" | "never"));
    let doubted = texts.iter().any(|w| is_doubt(w));
    let of_it = matches!(*last, "it" | "that" | "this" | "her" | "him" | "them" | "so" | "one");
    match *first {
        "i" | "im" => {
            let opinion =
                texts.iter().any(|w| matches!(*w, "believe" | "buy" | "buying" | "think" | "trust"));
            (negated && opinion && of_it) || (doubted && (of_it || texts.len() == 2))
        }
        "that" | "thats" | "this" | "it" | "its" | "which" | "he" | "hes" | "she" | "shes" | "they"
        | "theyre" | "not" | "wrong" | "false" | "nonsense" | "untrue" | "nope" => {
            let untrue = is_refutation(last) || matches!(*last, "wrong" | "lying" | "nope");
            let true_ = matches!(*last, "true" | "right" | "correct" | "so" | "accurate" | "case");
            (untrue && !negated) || (true_ && negated)
        }
        _ => false,
    }
}

fn is_tag_word(word: &str) -> bool {
    matches!(
        word,
        "right"
            | "correct"
            | "yeah"
            | "yes"
            | "no"
            | "huh"
            | "eh"
            | "innit"
            | "true"
            | "ya"
            | "surely"
            | "obviously"
            | "supposedly"
            | "apparently"
            | "agreed"
    )
}

fn is_check_word(word: &str) -> bool {
    matches!(
        word,
        "true"
            | "right"
            | "so"
            | "correct"
            | "real"
            | "accurate"
            | "legit"
            | "it"
            | "wrong"
            | "false"
            | "normal"
            | "bs"
            | "nonsense"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Utterance;

    #[test]
    fn remarks_say_nothing_else() {
        for (text, expected) in [
            ("right", Some(Remark::Tag)),
            ("isn't it", Some(Remark::Tag)),
            ("is that true", Some(Remark::Check)),
            ("is that a myth", Some(Remark::Check)),
            ("but that's not true", Some(Remark::Refutation)),
            ("she is wrong", Some(Remark::Refutation)),
            ("I really don't believe it", Some(Remark::Refutation)),
            ("I doubt that", Some(Remark::Refutation)),
            ("that is so", None),
            ("it is not cold", None),
            ("I believe her story", None),
        ] {
            assert_eq!(remark(Utterance::new(text).tokens(), false), expected, "{text}");
        }
    }
}
