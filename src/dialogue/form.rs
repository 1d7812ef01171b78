//! The form of a clause: whether it states, asks neutrally, or asks in a way
//! that takes its content to be so.

use crate::text::clause::{Clause, openers};
use crate::text::grammar::{
    is_attitude, is_auxiliary, is_determiner, is_negated_auxiliary, is_opinion, is_question_word, is_subject,
    is_subject_with_verb,
};
use crate::text::{Token, Utterance};

/// What a clause does with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "It wears off", "I think that it wears off".
    Statement,
    /// "It wears off, right?", "it wears off?"
    Tag,
    /// "Doesn't it wear off?": takes the content without its "not" to be so.
    NegativeQuestion,
    /// "Why does it wear off?": takes it to be so and asks for the reason.
    Presupposing,
    /// "Does it wear off?": takes nothing to be so.
    YesNo,
    /// "When does it wear off?", "I wonder whether it does".
    Open,
    /// "I had it done last week": what happened to the writer, which is no
    /// statement about the treatment.
    Account,
    /// Words without a verb: "results after a month".
    Fragment,
}

impl Form {
    /// Whether the writer takes the content to be so.
    #[must_use]
    pub fn presumes(self) -> bool {
        matches!(self, Self::Statement | Self::Tag | Self::NegativeQuestion | Self::Presupposing)
    }

    /// Whether it is a question that leaves its content open.
    #[must_use]
    pub fn is_neutral_question(self) -> bool {
        matches!(self, Self::YesNo | Self::Open)
    }
}

/// A clause with its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formed {
    /// What it does.
    pub form: Form,
    /// The tokens of its content: without the words that give it its form.
    pub body: std::ops::Range<usize>,
    /// What is said is somebody else's word.
    pub reported: bool,
}

/// The forms of the clauses of a message. A clause that is a tag alone
/// ("…, right?") gives its form to the one before and is left out.
#[must_use]
pub fn forms(utterance: &Utterance, clauses: &[Clause]) -> Vec<Formed> {
    let mut formed: Vec<Formed> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let words = &utterance.tokens()[clause.tokens.clone()];
        match (alone(words), formed.last_mut()) {
            (Some(Alone::Tag), Some(before)) if before.form.presumes() || before.form == Form::Fragment => {
                before.form = if clause.opens { Form::YesNo } else { Form::Tag };
            }
            (Some(Alone::Tag | Alone::Check), Some(before)) => before.form = Form::YesNo,
            (_, before) => {
                let inherited = before.map_or(Form::Fragment, |b| b.form);
                let mut own = form(words, clause);
                // "It is a smaller dose, not another product."
                if own.form == Form::Fragment && !clause.opens && !clause.asks && inherited.presumes() {
                    own.form = inherited;
                }
                formed.push(own);
            }
        }
    }
    formed
}

/// A clause that only says how the one before is meant.
enum Alone {
    /// "right", "isn't it".
    Tag,
    /// "is that true", "or not".
    Check,
}

fn alone(words: &[Token]) -> Option<Alone> {
    let texts: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
    let texts = texts.strip_prefix(&["so"]).or(texts.strip_prefix(&["or"])).unwrap_or(&texts);
    match texts {
        [word] if is_tag_word(word) => Some(Alone::Tag),
        ["am", "i", "right"] | ["i", "guess" | "suppose" | "assume" | "think" | "believe" | "take", ..]
            if texts.len() <= 3 =>
        {
            Some(Alone::Tag)
        }
        ["is", "that" | "this" | "it" | "she" | "he", word]
        | ["is" | "are", "they" | "these" | "those", word]
            if is_check_word(word) =>
        {
            Some(Alone::Check)
        }
        ["is", "there", "any", "truth", ..]
        | ["true" | "myth" | "fact", "or", ..]
        | ["not"]
        | ["or", "not"]
        | ["any", "truth", ..]
        | ["what", "do", "you", "think"]
        | ["thoughts"] => Some(Alone::Check),
        [verb, subject] if is_subject(subject) || *subject == "that" => {
            if is_negated_auxiliary(verb) || is_auxiliary(verb) { Some(Alone::Tag) } else { None }
        }
        _ => None,
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

fn form(words: &[Token], clause: &Clause) -> Formed {
    let start = openers(words);
    let mut body = start..words.len();
    let mut form = if let Some(length) = tag(&words[start..]) {
        body.end -= length;
        Form::Tag
    } else {
        opened(&words[start..], clause)
    };
    if form == Form::NegativeQuestion {
        // The "not" of the question is no "not" of its content.
        body.start += 1;
    }
    let content = &words[body.clone()];
    if is_indirect(content) {
        form = Form::Open;
    } else if matches!(form, Form::Statement | Form::Tag) && offers_alternatives(content) && clause.asks {
        form = Form::YesNo;
    }
    let offset = clause.tokens.start;
    Formed { form, reported: is_reported(content), body: body.start + offset..body.end + offset }
}

/// How many words at the end are a tag.
fn tag(words: &[Token]) -> Option<usize> {
    let count = words.len();
    let word = |back: usize| count.checked_sub(back).map_or("", |at| words[at].text.as_str());
    if begins_inverted(words) || words.first().is_some_and(|w| is_question_word(&w.text)) {
        return None;
    }
    if count > 3 && is_negated_auxiliary(word(2)) && is_subject(word(1)) {
        return Some(2);
    }
    if count > 4
        && is_auxiliary(word(2))
        && matches!(word(1), "it" | "they" | "you" | "he" | "she" | "we" | "i" | "there")
    {
        return Some(2);
    }
    (count > 2 && matches!(word(1), "right" | "correct" | "yeah" | "huh" | "innit" | "eh")).then_some(1)
}

/// Whether a verb stands before its subject at the beginning.
fn begins_inverted(words: &[Token]) -> bool {
    let Some(first) = words.first() else { return false };
    let next = words.get(1).map_or("", |t| t.text.as_str());
    if is_negated_auxiliary(&first.text) {
        return !(is_opinion(next) || next == "be" || next.is_empty());
    }
    match first.text.as_str() {
        // Without a subject after it, these are "(I) have had …", "do not …".
        "have" | "had" => is_subject(next),
        "has" | "am" | "was" | "were" | "do" => is_subject(next) || is_determiner(next) || is_noun_like(next),
        other => is_auxiliary(other),
    }
}

/// A word that may be a subject after "do" or "have": no function word, no
/// participle.
fn is_noun_like(word: &str) -> bool {
    !(word.is_empty()
        || word.ends_with("ed")
        || matches!(word, "not" | "to" | "been" | "had" | "done" | "gone" | "got" | "gotten" | "it" | "be"))
}

fn opened(words: &[Token], clause: &Clause) -> Form {
    let Some(first) = words.first() else { return Form::Fragment };
    let word = |at: usize| words.get(at).map_or("", |t: &Token| t.text.as_str());
    if begins_inverted(words) {
        let negative = is_negated_auxiliary(&first.text);
        return if negative { Form::NegativeQuestion } else { Form::YesNo };
    }
    match first.text.as_str() {
        "why" | "whys" if words.len() > 2 => return Form::Presupposing,
        "how" if word(1) == "come" && words.len() > 3 => return Form::Presupposing,
        // "How is it different" asks for the manner of what it takes to be so.
        "how" | "hows"
            if matches!(word(1), "is" | "are" | "was") && is_comparison(word(words.len() - 1), words) =>
        {
            return Form::Presupposing;
        }
        "when" | "where" | "which" | "whatever"
            if !(clause.asks || is_auxiliary(word(1)) || is_negated_auxiliary(word(1))) => {}
        "when" | "where" if is_subject(word(1)) || is_subject_with_verb(word(1)) => {}
        "tell" | "explain" | "describe" | "show" => return Form::Open,
        other if is_question_word(other) => return Form::Open,
        _ => {}
    }
    if preposed(words) {
        return Form::Open;
    }
    if is_account(words) {
        return Form::Account;
    }
    let stated = has_verb(words);
    match (stated, clause.asks) {
        (true, true) => Form::Tag,
        (true, false) => Form::Statement,
        (false, _) => Form::Fragment,
    }
}

/// The writer, or nobody named, and a verb in the past that is none of
/// thinking or hearing: "I got", "accidentally had", "my nurse did".
fn is_account(words: &[Token]) -> bool {
    let mut words = words.iter().map(|t| t.text.as_str()).filter(|w| !is_adverb(w));
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let third = words.next().unwrap_or_default();
    match first {
        "i" | "we" => is_past(second) && !is_opinion_past(third),
        "my" => is_past(third) && !is_opinion_past(third),
        "had" | "got" | "went" | "ive" | "weve" => !is_opinion_past(second),
        _ => false,
    }
}

fn is_adverb(word: &str) -> bool {
    matches!(word, "just" | "already" | "always" | "also" | "still" | "recently" | "only" | "even")
        || (word.ends_with("ly") && word.len() > 4)
}

fn is_past(word: &str) -> bool {
    matches!(
        word,
        "had"
            | "got"
            | "did"
            | "was"
            | "were"
            | "went"
            | "took"
            | "could"
            | "couldnt"
            | "felt"
            | "saw"
            | "came"
            | "paid"
            | "found"
            | "have"
            | "get"
    ) || (word.len() > 4 && word.ends_with("ed") && !is_opinion_past(word))
}

fn is_opinion_past(word: &str) -> bool {
    matches!(
        word,
        "thought"
            | "heard"
            | "read"
            | "told"
            | "believed"
            | "assumed"
            | "figured"
            | "learned"
            | "to"
            | "supposed"
            | "been"
            | "given"
            | "scared"
            | "worried"
            | "afraid"
            | "said"
            | "claimed"
            | "insisted"
            | "sworn"
            | "explained"
            | "mentioned"
            | "warned"
            | "noticed"
    )
}

/// "for how long", "at what age", "in which areas".
fn preposed(words: &[Token]) -> bool {
    matches!(words, [first, second, ..]
        if matches!(first.text.as_str(), "for" | "at" | "in" | "on" | "with" | "about" | "from" | "by" | "to" | "after")
            && is_question_word(&second.text))
}

fn is_comparison(_last: &str, words: &[Token]) -> bool {
    words.iter().any(|t| {
        matches!(
            t.text.as_str(),
            "different"
                | "better"
                | "worse"
                | "safer"
                | "cheaper"
                | "special"
                | "stronger"
                | "weaker"
                | "new"
        )
    })
}

/// "I wonder whether", "not sure if", "do you know if".
fn is_indirect(words: &[Token]) -> bool {
    words.iter().enumerate().any(|(at, t)| match t.text.as_str() {
        "whether" => true,
        "if" => {
            at > 0
                && matches!(
                    words[at - 1].text.as_str(),
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
                )
        }
        "wondering" | "wonder" => words.get(at + 1).is_some_and(|n| is_question_word(&n.text)),
        _ => false,
    })
}

/// "fewer units or not", "it fades or it stays".
fn offers_alternatives(words: &[Token]) -> bool {
    words.iter().any(|t| t.text == "or")
}

/// "My friend says", "I was told", "I read that".
fn is_reported(words: &[Token]) -> bool {
    words.iter().take(REPORT_WITHIN).any(|t| {
        matches!(
            t.text.as_str(),
            "says"
                | "said"
                | "say"
                | "told"
                | "tells"
                | "heard"
                | "hear"
                | "read"
                | "claims"
                | "claimed"
                | "claim"
                | "swears"
                | "insists"
                | "insisted"
                | "thinks"
                | "supposedly"
                | "apparently"
                | "rumor"
                | "rumour"
        )
    })
}

/// Within how many words from the beginning a verb of saying makes the clause
/// somebody else's word: "my friend from work says" is five.
const REPORT_WITHIN: usize = 6;

/// Whether a clause has a finite verb, as far as closed classes show it.
fn has_verb(words: &[Token]) -> bool {
    words.iter().enumerate().any(|(at, t)| {
        let word = t.text.as_str();
        is_auxiliary(word)
            || is_negated_auxiliary(word)
            || is_subject_with_verb(word)
            || (is_subject(word) && !matches!(word, "this" | "that" | "these" | "those" | "one"))
            || is_attitude(word)
            || matches!(
                word,
                "be" | "means" | "never" | "nobody" | "equals" | "gets" | "makes" | "just" | "only"
            )
            || (at > 0 && is_third_person(word))
    })
}

/// A word that looks like a verb in the third person or the past: no plural of
/// a short word.
fn is_third_person(word: &str) -> bool {
    word.len() > 4 && (word.ends_with('s') || word.ends_with("ed")) && !word.ends_with("ss")
}
