//! Clauses: the stretches within which a "not" holds and one thing is said or
//! asked.

use std::ops::Range;

use super::grammar::{
    is_auxiliary, is_clause_conjunction, is_determiner, is_negated_auxiliary, is_opener, is_question_word,
    is_subject, is_subject_with_verb,
};
use super::{Token, Utterance};

/// A clause of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its words, as a range of the message's tokens; never empty.
    pub tokens: Range<usize>,
    /// Whether it opens a sentence.
    pub opens: bool,
    /// Whether it closes a sentence with a question mark.
    pub asks: bool,
}

/// The clauses of a message, in order; together they cover all of its tokens.
///
/// A clause ends with its sentence, at a comma, a dash or a bracket, before a
/// conjunction, and where a question begins in mid-sentence ("if I stop, and
/// will it come back").
#[must_use]
pub fn clauses(utterance: &Utterance) -> Vec<Clause> {
    let tokens = utterance.tokens();
    let mut clauses = Vec::new();
    for sentence in utterance.sentences() {
        let asks = ends_with_question_mark(utterance, sentence.end);
        let mut start = sentence.start;
        for at in sentence.start + 1..sentence.end {
            if at > start && begins(utterance, start, at, sentence.end) {
                clauses.push(Clause { tokens: start..at, opens: start == sentence.start, asks: false });
                start = at;
            }
        }
        debug_assert!(sentence.end <= tokens.len());
        clauses.push(Clause { tokens: start..sentence.end, opens: start == sentence.start, asks });
    }
    clauses
}

/// Whether these words begin a question: a question word, or a verb before
/// its subject.
#[must_use]
pub fn begins_question(words: &[Token]) -> bool {
    let words = &words[openers(words)..];
    let Some((first, rest)) = words.split_first() else { return false };
    let next = rest.first().map(|t| t.text.as_str());
    // "Had my nose done" and "have had it" leave their subject out.
    let follows = |n: &str| match first.text.as_str() {
        "had" | "have" => is_pronoun(n),
        // "Is a small dose safer": a noun and more have to follow.
        "is" | "does" | "did" | "can" | "will" if n == "a" => rest.len() > 2,
        _ => !is_bare(n),
    };
    is_question_word(&first.text) || (opens_yes_no(&first.text) && next.is_some_and(follows))
}

/// How many words at the beginning do not belong to the sentence itself.
#[must_use]
pub fn openers(words: &[Token]) -> usize {
    words.iter().take_while(|t| is_opener(&t.text)).count()
}

fn opens_yes_no(word: &str) -> bool {
    is_auxiliary(word) || is_negated_auxiliary(word)
}

/// A word that cannot be the subject after a verb that opens a question.
fn is_bare(word: &str) -> bool {
    matches!(
        word,
        "not" | "to" | "been" | "be" | "a" | "so" | "very" | "had" | "think" | "believe" | "know" | "want"
    )
}

/// Whether a clause begins at `at`, when the one before began at `start`.
fn begins(utterance: &Utterance, start: usize, at: usize, end: usize) -> bool {
    let tokens = utterance.tokens();
    let rest = &tokens[at..end];
    if is_broken(utterance, at) {
        return true;
    }
    let word = rest[0].text.as_str();
    let next = rest.get(1).map_or("", |t| t.text.as_str());
    if is_clause_conjunction(word) {
        return is_subject(next)
            || is_subject_with_verb(next)
            || is_determiner(next)
            || matches!(word, "but" | "because" | "bc" | "cuz" | "although" | "whereas");
    }
    let before = &tokens[start..at];
    if gap(utterance, at).contains('&') {
        return joins_clause(true, before, rest);
    }
    if matches!(word, "and" | "also" | "plus" | "n" | "then") {
        return joins_clause(word == "and", before, &rest[1..]);
    }
    // In mid-sentence only what can be nothing else: "… is that bad".
    let previous = tokens[at - 1].text.as_str();
    if matches!(previous, "and" | "also" | "plus" | "or" | "n" | "then") || rest.len() < 3 {
        return false;
    }
    let asked = before.iter().any(|t| is_question_word(&t.text));
    if is_question_word(word) {
        // After a question of its own ("how does it work how soon does it").
        let follows = !asked || (begins_question(before) && before.len() > 2);
        return follows
            && !matches!(word, "who" | "whose" | "which" | "when" | "where")
            && inverts_after(rest)
            && before.len() > 1
            && !governs_question(previous);
    }
    // "You can't just do it" has its verb already; in "my understanding is that
    // it fades" it comes.
    let governed = before.iter().rev().take(2).any(|t| opens_yes_no(&t.text) || t.text == "to")
        || (is_determiner(&before[0].text) && before.len() <= LONGEST_NOUN && rest.len() > SHORTEST_THAT);
    // "If I hate it am I stuck": what ends with a pronoun is the condition.
    let conditional = matches!(before[0].text.as_str(), "if" | "when" | "once") && before.len() > 2;
    opens_yes_no(word)
        && !governed
        && is_pronoun(next)
        && (conditional || (!asked && !is_subject(previous) && !is_subject_with_verb(previous)))
}

/// Most words of a noun before the verb of its own sentence: "my whole
/// understanding".
const LONGEST_NOUN: usize = 3;

/// After a noun, "is that" and more words than in "is that bad now" is no
/// question.
const SHORTEST_THAT: usize = 4;

/// Whether what follows an "and" (plainly) or an "also" is a clause of its own.
fn joins_clause(plainly: bool, before: &[Token], after: &[Token]) -> bool {
    let after = &after[openers(after)..];
    let word = |at: usize| after.get(at).map_or("", |t: &Token| t.text.as_str());
    if is_question_word(word(0)) || is_subject_with_verb(word(0)) {
        return true;
    }
    if is_subject(word(0)) && after.len() > 2 {
        return true;
    }
    opens_yes_no(word(0))
        && (is_pronoun(word(1)) || is_determiner(word(1)) || (plainly && begins_question(before)))
}

/// Words after which a question word begins no question of its own.
fn governs_question(word: &str) -> bool {
    matches!(
        word,
        "know"
            | "tell"
            | "me"
            | "ask"
            | "wonder"
            | "wondering"
            | "see"
            | "sure"
            | "about"
            | "on"
            | "of"
            | "to"
            | "for"
            | "in"
            | "at"
            | "from"
            | "with"
            | "by"
            | "is"
            | "are"
            | "idea"
            | "understand"
            | "explain"
            | "depends"
            | "matter"
            | "since"
            | "until"
            | "till"
            | "say"
            | "said"
    )
}

/// A question word with the verb before the subject: "how long does", "whats".
fn inverts_after(words: &[Token]) -> bool {
    let first = words[0].text.as_str();
    let verb = words.iter().skip(1).take(3).position(|t| opens_yes_no(&t.text));
    matches!(first, "whats" | "whos" | "hows" | "wheres" | "whens" | "whys")
        || verb.is_some_and(|verb| words[1..=verb].iter().all(|t| !is_subject(&t.text)))
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "i" | "you" | "u" | "it" | "they" | "we" | "he" | "she" | "there" | "that" | "this" | "these"
    )
}

/// Whether punctuation parts a token from the one before it.
pub(super) fn is_broken(utterance: &Utterance, at: usize) -> bool {
    let gap = gap(utterance, at);
    gap.contains([',', ';', ':', '(', ')', '–', '—', '…', '/'])
        || (gap.contains('-') && gap.contains(char::is_whitespace))
}

/// What stands in the original between a token and the one before it.
pub(super) fn gap(utterance: &Utterance, at: usize) -> &str {
    let tokens = utterance.tokens();
    let from = tokens[at - 1].span.end;
    utterance.original().get(from..tokens[at].span.start).unwrap_or("")
}

/// Whether the tokens of a range, not all of them openers, ask: with a question
/// mark after them, by how they begin, or by telling what somebody wants to know.
#[must_use]
pub fn asks(utterance: &Utterance, range: &Range<usize>) -> bool {
    let words = &utterance.tokens()[range.clone()];
    ends_with_question_mark(utterance, range.end) || begins_question(words) || is_indirect_question(words)
}

/// Whether a question mark follows the token before `end`.
fn ends_with_question_mark(utterance: &Utterance, end: usize) -> bool {
    let from = utterance.tokens()[end - 1].span.end;
    let rest = utterance.original().get(from..).unwrap_or_default();
    rest.chars().take_while(|c| !c.is_alphanumeric()).any(|c| matches!(c, '?' | '？'))
}

/// Whether words ask by telling what somebody wants to know: "I wonder whether",
/// "not sure if", "I'd like to know how", "tell me when".
#[must_use]
pub fn is_indirect_question(words: &[Token]) -> bool {
    let word = |at: Option<usize>| at.map_or("", |at| words[at].text.as_str());
    words.iter().enumerate().any(|(at, token)| {
        let (before, last) = (word(at.checked_sub(2)), word(at.checked_sub(1)));
        match token.text.as_str() {
            "whether" => true,
            "if" => matches!(
                last,
                "know"
                    | "sure"
                    | "wonder"
                    | "wondering"
                    | "wondered"
                    | "curious"
                    | "unsure"
                    | "ask"
                    | "asking"
                    | "me"
                    | "tell"
                    | "say"
                    | "idea"
                    | "see"
                    | "check"
                    | "certain"
                    | "unclear"
                    | "confused"
            ),
            asked if is_question_word(asked) => {
                matches!(
                    (before, last),
                    ("to", "know") | ("tell", "me") | (_, "wondering" | "wonder" | "curious")
                )
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    //! Properties: clauses cover all tokens, in order, and none is empty.
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<String> {
        let utterance = Utterance::new(text);
        clauses(&utterance)
            .iter()
            .map(|c| {
                utterance.words().skip(c.tokens.start).take(c.tokens.len()).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn a_clause_ends_at_commas_conjunctions_and_questions() {
        for (text, expected) in [
            ("it wears off, doesn't it?", vec!["it wears off", "doesnt it"]),
            ("I know it fades but my aunt says no", vec!["i know it fades", "but my aunt says no"]),
            ("what is it and how long does it stay", vec!["what is it", "and how long does it stay"]),
            ("if i stop will it come back", vec!["if i stop", "will it come back"]),
            ("if i hate it am i stuck with it", vec!["if i hate it", "am i stuck with it"]),
            ("my guess is that it was new", vec!["my guess is that it was new"]),
            ("salt and pepper", vec!["salt and pepper"]),
            ("for how long does it work", vec!["for how long does it work"]),
            ("do you know how long it works", vec!["do you know how long it works"]),
            ("it is new and is it safe", vec!["it is new", "and is it safe"]),
            ("so much softer", vec!["so much softer"]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn clauses_partition_the_tokens(text in "([a-z]{1,5}|and|is it|why|but|[ ,.?!-]){0,40}") {
            let utterance = Utterance::new(&text);
            let mut next = 0;
            for clause in clauses(&utterance) {
                prop_assert_eq!(clause.tokens.start, next);
                prop_assert!(!clause.tokens.is_empty());
                next = clause.tokens.end;
            }
            prop_assert_eq!(next, utterance.tokens().len());
        }
    }
}
