//! The form of a clause: whether it states, asks neutrally, or asks in a way
//! that takes its content to be so.

use super::remark::{Remark, remark};
use crate::text::clause::{Clause, is_indirect_question, openers};
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
}

/// A clause with its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formed {
    /// What it does.
    pub form: Form,
    /// The tokens of its content: without the words that give it its form.
    pub body: std::ops::Range<usize>,
    /// A clause after it calls it untrue ("…, but that's a myth").
    pub turned: bool,
    /// A question mark closes it.
    pub asks: bool,
    /// What was believed before ("I used to think …"): now it is not.
    pub former: bool,
}

/// The forms of the clauses of a message. A clause that only says how another
/// is meant ("…, right?", "…, but that's a myth") gives it to the one before
/// and is left out.
#[must_use]
pub fn forms(utterance: &Utterance, clauses: &[Clause]) -> Vec<Formed> {
    let mut formed: Vec<Formed> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let words = &utterance.tokens()[clause.tokens.clone()];
        match (remark(words, clause.asks), formed.last_mut()) {
            (Some(Remark::Tag), Some(before)) if before.form.presumes() || before.form == Form::Fragment => {
                // "It fades. True?" asks; "It fades. Right?" expects a yes.
                let asks = clause.opens && words.iter().any(|t| t.text == "true");
                before.form = if asks { Form::YesNo } else { Form::Tag };
            }
            (Some(Remark::Tag | Remark::Check), Some(before)) => before.form = Form::YesNo,
            (Some(Remark::Refutation), Some(before)) => {
                before.turned = !before.turned;
                if before.form == Form::Fragment {
                    before.form = Form::Statement;
                }
            }
            (_, before) => {
                let inherited = before.map_or(Form::Fragment, |b| b.form);
                let mut own = form(words, clause);
                // "It is a smaller dose, not another product."
                if own.form == Form::Fragment && !clause.opens && !clause.asks && inherited.presumes() {
                    own.form = inherited;
                }
                if is_news(words) {
                    mark_former(utterance, &mut formed);
                }
                formed.push(own);
            }
        }
    }
    formed
}

/// "Now I know …", "turns out …", "I've learned …": what was thought before is
/// given up.
fn is_news(words: &[Token]) -> bool {
    words.iter().take(NEWS_WITHIN).any(|t| {
        matches!(
            t.text.as_str(),
            "now" | "turns" | "learned" | "learnt" | "realized" | "realised" | "discovered"
        )
    })
}

/// How far into its clause it may stand: "but I have since learned".
const NEWS_WITHIN: usize = 5;

/// Marks what the writer says to have thought.
fn mark_former(utterance: &Utterance, formed: &mut [Formed]) {
    for clause in formed.iter_mut().filter(|f| f.form.presumes()) {
        let mut words = utterance.tokens()[clause.body.clone()].iter().map(|t| t.text.as_str());
        clause.former |= words.by_ref().take(THOUGHT_WITHIN).any(is_thought);
    }
}

fn is_thought(word: &str) -> bool {
    matches!(word, "thought" | "believed" | "assumed" | "convinced" | "figured" | "feared")
}

/// How far into its clause it may stand: "I was always so convinced".
const THOUGHT_WITHIN: usize = 5;

/// "I used to think".
fn used_to_think(words: &[Token]) -> bool {
    words.windows(3).any(|w| {
        w[0].text == "used"
            && w[1].text == "to"
            && matches!(
                w[2].text.as_str(),
                "think" | "believe" | "assume" | "fear" | "swear" | "say" | "worry"
            )
    })
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
    if is_indirect_question(content) {
        form = Form::Open;
    } else if matches!(form, Form::Statement | Form::Tag) && offers_alternatives(content) && clause.asks {
        form = Form::YesNo;
    }
    let offset = clause.tokens.start;
    let former = used_to_think(content);
    Formed { form, turned: false, asks: clause.asks, former, body: body.start + offset..body.end + offset }
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
    // "…, is how my friend put it" is about the saying.
    if matches!(first.text.as_str(), "is" | "was") && is_question_word(word(1)) {
        return Form::Account;
    }
    if begins_inverted(words) {
        let negative = is_negated_auxiliary(&first.text);
        return if negative { Form::NegativeQuestion } else { Form::YesNo };
    }
    match first.text.as_str() {
        "why" | "whys" if words.len() > 2 => return Form::Presupposing,
        "how" if word(1) == "come" && words.len() > 3 => return Form::Presupposing,
        // "How is it different" asks for the manner of what it takes to be so.
        "how" | "hows" if matches!(word(1), "is" | "are" | "was") && is_comparison(words) => {
            return Form::Presupposing;
        }
        "when" | "where" | "which" | "whatever"
            if !(clause.asks || is_auxiliary(word(1)) || is_negated_auxiliary(word(1))) => {}
        "when" | "where" if is_subject(word(1)) || is_subject_with_verb(word(1)) => {}
        "tell" | "explain" | "describe" | "show" => return Form::Open,
        other if is_question_word(other) => return Form::Open,
        _ => {}
    }
    if preposed(words) || is_request(words) {
        return Form::Open;
    }
    if is_account(words) || is_performed(words) {
        return Form::Account;
    }
    let stated = has_verb(words);
    match (stated, clause.asks) {
        (true, true) => Form::Tag,
        (true, false) => Form::Statement,
        (false, _) => Form::Fragment,
    }
}

/// "She talks about it like it is new": how somebody behaves, and neither what
/// they say nor what the writer thinks.
fn is_performed(words: &[Token]) -> bool {
    let behaves = |w: &str| {
        matches!(
            w,
            "talk" | "talks" | "talking" | "act" | "acts" | "acting" | "behave" | "behaves" | "behaving"
        )
    };
    let at = words.iter().position(|t| behaves(&t.text));
    at.is_some_and(|at| words[at + 1..].iter().any(|t| matches!(t.text.as_str(), "like" | "as")))
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
            | "convinced"
            | "certain"
            | "sure"
            | "under"
    )
}

/// "for how long", "at what age", "in which areas".
fn preposed(words: &[Token]) -> bool {
    matches!(words, [first, second, ..]
        if matches!(first.text.as_str(), "for" | "at" | "in" | "on" | "with" | "about" | "from" | "by" | "to" | "after")
            && is_question_word(&second.text))
}

fn is_comparison(words: &[Token]) -> bool {
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

/// "Any chance …", "thoughts on …", "ok for me …", "… yes or no".
fn is_request(words: &[Token]) -> bool {
    let texts: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
    matches!(
        texts[..],
        ["any", "chance" | "truth" | "thoughts", ..]
            | ["thoughts" | "opinions" | "views", "on" | "about", ..]
            | ["ok" | "okay" | "safe" | "allowed", "to" | "for", ..]
            | [.., "yes", "or", "no"]
            | [.., "yes", "no"]
    )
}

/// "fewer units or not", "it fades or it stays".
fn offers_alternatives(words: &[Token]) -> bool {
    words.iter().any(|t| t.text == "or")
}

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

#[cfg(test)]
mod tests {
    //! Properties: the form is told by the words around a content, whatever the
    //! content is.
    use super::*;
    use crate::text::clause::clauses;

    fn first(text: &str) -> Formed {
        let utterance = Utterance::new(text);
        forms(&utterance, &clauses(&utterance)).remove(0)
    }

    #[test]
    fn forms_of_one_content() {
        for (text, expected) in [
            ("snow is cold", Form::Statement),
            ("snow is cold, right?", Form::Tag),
            ("snow is cold?", Form::Tag),
            ("Snow is cold. Right?", Form::Tag),
            ("Snow is cold. True?", Form::YesNo),
            ("is how she put it", Form::Account),
            ("isn't snow cold?", Form::NegativeQuestion),
            ("why is snow so cold?", Form::Presupposing),
            ("is snow cold?", Form::YesNo),
            ("snow is cold, is that true?", Form::YesNo),
            ("how cold is snow?", Form::Open),
            ("I wonder if snow is cold", Form::Open),
            ("any chance of snow?", Form::Open),
            ("snow on Monday, yes or no", Form::YesNo),
            ("I had snow last year", Form::Account),
            ("my aunt talks about snow like it is new", Form::Account),
            ("people act as if snow were new", Form::Account),
            ("cold snow", Form::Fragment),
        ] {
            assert_eq!(first(text).form, expected, "{text}");
        }
    }

    #[test]
    fn what_is_called_untrue_or_given_up() {
        for (text, turned, former) in [
            ("snow is cold", false, false),
            ("snow is cold, but that's a myth", true, false),
            ("my aunt says snow is cold but she is wrong", true, false),
            ("snow is cold... not true!", true, false),
            ("they told me snow is cold, I don't buy it", true, false),
            ("snow is cold and I like it", false, false),
            ("I used to think snow is cold", false, true),
            ("I thought snow was cold, now I know it isn't", false, true),
            ("I thought snow was cold", false, false),
        ] {
            let formed = first(text);
            assert_eq!((formed.turned, formed.former), (turned, former), "{text}");
        }
    }
}
