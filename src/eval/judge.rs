//! A reply held against a message's expectation: one category a message.

use std::collections::BTreeSet;

use super::Subject;
use super::category::Category;
use super::lines::Line;
use super::message::{Expect, Message, Part};
use super::report::{BeliefOutcome, Outcome};
use super::sweep::Case;
use crate::dialogue::{Answer, Belief, Context, Reply, Status};
use crate::engine::{Engine, Explained};
use crate::knowledge::Verdict;
use crate::text::{Utterance, english};

/// Messages for an engine.
pub struct Messages<'a> {
    engine: &'a Engine,
    list: Vec<Message>,
    claims: BTreeSet<&'a str>,
}

impl<'a> Messages<'a> {
    /// Messages, each to be answered by `engine` in a conversation of its own.
    #[must_use]
    pub fn new(engine: &'a Engine, messages: Vec<Message>) -> Self {
        let claims = engine.knowledge().claims.iter().map(|c| c.id.as_str()).collect();
        Self { engine, list: messages, claims }
    }

    /// Whether this knowledge could bring what is expected.
    fn covers(&self, expect: &Expect) -> bool {
        match expect {
            Expect::Claims(parts) => self.claims.iter().any(|id| parts.iter().any(|p| p.accepts(id))),
            Expect::Unknown(_) | Expect::Safety | Expect::SmallTalk => true,
        }
    }

    /// The message as the matcher sees it; `None` where its confidence says
    /// nothing about right and wrong: red flags and small talk are not the
    /// matcher's, and where declining and answering are both right, nothing is
    /// wrong.
    fn case(&self, message: &Message, text: &str) -> Option<Case> {
        let parts: &[Part] = match &message.expect {
            Expect::Claims(parts) => parts,
            Expect::Unknown(_) => &[],
            Expect::Safety | Expect::SmallTalk => return None,
        };
        if message.either || message.line.doubt {
            return None;
        }
        let best = self.engine.explain(text).into_iter().next().map(|c| (c.id, c.confidence));
        let accepted = best.as_ref().map(|(id, _)| id).filter(|id| parts.iter().any(|p| p.accepts(id)));
        let truth = accepted.or(parts.first().map(|p| &p.id)).cloned();
        Some(Case { truth, best })
    }
}

impl Subject for Messages<'_> {
    fn lines(&self) -> Vec<&Line> {
        self.list.iter().map(|m| &m.line).collect()
    }

    fn outcome(&self, index: usize, text: &str) -> Outcome {
        let message = &self.list[index];
        let expected = words(&message.expect);
        if !self.covers(&message.expect) {
            return Outcome { expected, ..Outcome::default() };
        }
        let reply = self.engine.answer(&Context::default(), text);
        let level = match (reply.status, &message.expect, message.level, &reply.safety) {
            (Status::Safety, Expect::Safety, Some(level), Some(notice)) => Some(notice.level == level),
            _ => None,
        };
        let category = category(message, &reply);
        let off_topic = matches!(message.expect, Expect::Unknown(_)) && !message.either;
        Outcome {
            came: came(&reply),
            confusions: confusions(message, &reply, category),
            case: self.case(message, text),
            level,
            belief: belief(message, &reply),
            off_topic: off_topic.then_some(category == Category::Right),
            category: Some(category),
            expected,
        }
    }

    fn explain(&self, text: &str) -> Vec<Explained> {
        self.engine.explain(text)
    }

    fn threshold(&self) -> f64 {
        self.engine.threshold()
    }
}

/// The category of a reply, as the knowledge format defines it. Titles to
/// choose from and small talk where `unknown` was expected assert nothing and
/// are not the expected status either: they count as declined.
#[must_use]
pub fn category(message: &Message, reply: &Reply) -> Category {
    let offers = |accepts: &dyn Fn(&str) -> bool| {
        reply.status == Status::Clarify && reply.suggestions.iter().any(|s| accepts(&s.id))
    };
    if message.soft && (reply.status == Status::Safety || message.expect == Expect::Safety) {
        return Category::Right;
    }
    match (&message.expect, reply.status) {
        (Expect::Safety, Status::Safety) => Category::Right,
        (Expect::Safety, _) => Category::Missed,
        (_, Status::Safety) => Category::FalseAlarm,
        (Expect::Claims(parts), Status::Answer) => answered(parts, &reply.answers),
        (Expect::Unknown(accept), Status::Answer) if message.either => {
            let part = Part { id: String::new(), accept: accept.clone() };
            answered(&[part], &reply.answers)
        }
        (_, Status::Answer) => Category::Wrong,
        (Expect::Claims(parts), _) if offers(&|id| parts.iter().any(|p| p.accepts(id))) => Category::Offered,
        (Expect::Unknown(accept), _) if message.either && offers(&|id| accept.iter().any(|a| a == id)) => {
            Category::Offered
        }
        (Expect::Unknown(_), Status::Unknown) | (Expect::SmallTalk, Status::SmallTalk) => Category::Right,
        (Expect::Unknown(_), Status::SmallTalk) | (Expect::SmallTalk, Status::Unknown)
            if is_wordless(&message.line.text) =>
        {
            Category::Right
        }
        (_, Status::Unknown) if message.foreign && has_foreign_line(&reply.message) => Category::Right,
        _ if message.either => Category::Right,
        _ => Category::Declined,
    }
}

/// The category of answers to parts; one answer may serve several of them.
fn answered(parts: &[Part], answers: &[Answer]) -> Category {
    let answers = || answers.iter().map(|a| a.claim.id.as_str());
    let served = parts.iter().filter(|p| answers().any(|id| p.accepts(id))).count();
    let asked_for = |id: &str| parts.iter().any(|p| p.accepts(id));
    match served {
        0 => Category::Wrong,
        n if n < parts.len() => Category::Part,
        _ if answers().all(asked_for) => Category::Right,
        _ => Category::Extra,
    }
}

/// Emoji alone, or nothing at all.
fn is_wordless(text: &str) -> bool {
    Utterance::new(text).tokens().is_empty()
}

/// Whether a reply has a sentence that is not English: of three words or more
/// (or one without blanks, as in Chinese), most of them not in the list of
/// common ones.
fn has_foreign_line(reply: &str) -> bool {
    let utterance = Utterance::new(reply);
    utterance.sentences().iter().any(|sentence| {
        let words = &utterance.tokens()[sentence.clone()];
        let foreign = words.iter().filter(|w| !english::contains(&w.text)).count();
        let letters: usize = words.iter().map(|w| w.text.chars().count()).sum();
        (words.len() > 2 || letters > LONG_FOR_TWO_WORDS) && foreign * 2 > words.len()
    })
}

/// Two words of more letters than this are a sentence in a script that writes
/// no blanks.
const LONG_FOR_TWO_WORDS: usize = 24;

/// What is expected, in one word or a few ids.
fn words(expect: &Expect) -> String {
    match expect {
        Expect::Claims(parts) => parts.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(" + "),
        Expect::Unknown(_) => "unknown".to_owned(),
        Expect::Safety => "safety".to_owned(),
        Expect::SmallTalk => "smalltalk".to_owned(),
    }
}

/// What came, in one word or a few ids.
fn came(reply: &Reply) -> String {
    match reply.status {
        Status::Answer => reply.answers.iter().map(|a| a.claim.id.as_str()).collect::<Vec<_>>().join(" + "),
        Status::Clarify => "clarify".to_owned(),
        Status::Unknown => "unknown".to_owned(),
        Status::Safety => "safety".to_owned(),
        Status::SmallTalk => "smalltalk".to_owned(),
    }
}

/// What was taken for what: each answer that was not asked for, with the first
/// part that went without one; a red flag that was missed or false.
fn confusions(message: &Message, reply: &Reply, category: Category) -> Vec<(String, String)> {
    match category {
        Category::Missed | Category::FalseAlarm => vec![(words(&message.expect), came(reply))],
        Category::Wrong | Category::Part | Category::Extra => {
            let parts: &[Part] = match &message.expect {
                Expect::Claims(parts) => parts,
                _ => &[],
            };
            let ids = || reply.answers.iter().map(|a| a.claim.id.as_str());
            let unserved = parts.iter().find(|p| !ids().any(|id| p.accepts(id)));
            let expected = match (unserved, category) {
                (_, Category::Extra) => "nothing further".to_owned(),
                (Some(part), _) => part.id.clone(),
                (None, _) => words(&message.expect),
            };
            let strange = ids().filter(|id| !parts.iter().any(|p| p.accepts(id)));
            strange.map(|id| (expected.clone(), id.to_owned())).collect()
        }
        Category::Right | Category::Offered | Category::Declined => Vec::new(),
    }
}

/// The belief, where the expected claim itself answered.
fn belief(message: &Message, reply: &Reply) -> Option<BeliefOutcome> {
    let Expect::Claims(parts) = &message.expect else { return None };
    let expected = message.belief?;
    let answer = reply.answers.iter().find(|a| a.claim.id == parts[0].id)?;
    let verdict = answer.claim.verdict;
    if verdict == Verdict::Info {
        return None;
    }
    let given = answer.stance.belief;
    let agrees = answer.stance.lead.and_then(agrees);
    Some(BeliefOutcome {
        right: given == expected || (verdict == Verdict::Depends && given == Belief::Partly),
        against_fact: match expected {
            Belief::Wrong => agrees == Some(true),
            Belief::Right => agrees == Some(false),
            Belief::Partly | Belief::None => false,
        },
    })
}

/// Whether an opening agrees with the writer; `None` where it does neither.
/// It is read by its words, since that is how a patient reads it.
fn agrees(lead: &str) -> Option<bool> {
    let lead = lead.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|w| lead.contains(w));
    if holds(&["myth", "no.", "no,", "not ", "n't", "wrong", "false"]) {
        Some(false)
    } else if holds(&["yes", "right", "correct", "true"]) {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    //! The table of the knowledge format, row by row.
    use std::sync::LazyLock;

    use super::*;
    use crate::dialogue::Suggestion;
    use crate::eval::message;
    use crate::knowledge::Knowledge;

    fn message(keys: &str) -> Message {
        let text = if keys.contains("\"text\"") { "" } else { "\"text\": \"what?\", " };
        message::read("m", &format!("{{{text}{keys}}}")).unwrap().remove(0)
    }

    fn empty() -> Reply {
        static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded(jiff::civil::Date::MIN));
        let mut reply = ENGINE.answer(&Context::default(), "");
        reply.suggestions.clear();
        reply
    }

    /// A reply in one word: a status, `?a,b` for titles to choose from, or the
    /// ids of the answers.
    fn reply(word: &str) -> Reply {
        let reply = empty();
        let claim = Knowledge::embedded().claims.remove(0);
        let stance = crate::dialogue::Stance::NONE;
        let answer = |id: &str| Answer {
            claim: crate::knowledge::Claim { id: id.to_owned(), ..claim.clone() },
            part: String::new(),
            sources: Vec::new(),
            confidence: 1.0,
            personal: false,
            stance,
        };
        let offer = |id: &str| Suggestion { id: id.to_owned(), title: String::new() };
        match word {
            "unknown" => Reply { status: Status::Unknown, ..reply },
            "safety" => Reply { status: Status::Safety, ..reply },
            "smalltalk" => Reply { status: Status::SmallTalk, ..reply },
            "spanish" => Reply {
                status: Status::Unknown,
                message: "I have no answer. Lo siento, todavía no hablo español.".to_owned(),
                ..reply
            },
            _ => match word.strip_prefix('?') {
                Some(ids) => Reply {
                    status: Status::Clarify,
                    suggestions: ids.split(',').map(offer).collect(),
                    ..reply
                },
                None => {
                    Reply { status: Status::Answer, answers: word.split(',').map(answer).collect(), ..reply }
                }
            },
        }
    }

    #[test]
    fn every_row_of_the_table() {
        use Category::{Declined, Extra, FalseAlarm, Missed, Offered, Part, Right, Wrong};
        let one = r#""expect": "a", "accept": [["b"]]"#;
        let two = r#""expect": ["a", "c"], "accept": [["b"], ["b", "d"]]"#;
        let either = r#""expect": "a", "either": true"#;
        let maybe = r#""expect": "unknown", "either": true, "accept": [["a"]]"#;
        let unknown = r#""expect": "unknown", "accept": [["a"]]"#;
        let (safety, talk) = (r#""expect": "safety""#, r#""expect": "smalltalk""#);
        let (soft, soft_claim) = (r#""expect": "safety", "soft": true"#, r#""expect": "a", "soft": true"#);
        let foreign = r#""expect": "a", "lang": "es""#;
        let emoji = r#""text": "👍", "expect": "unknown""#;
        for (keys, came, category) in [
            (one, "a", Right),
            (one, "b", Right),
            (one, "a,b", Right),
            (one, "a,c", Extra),
            (one, "c", Wrong),
            (one, "?c,b", Offered),
            (one, "?c,d", Declined),
            (one, "unknown", Declined),
            (one, "smalltalk", Declined),
            (one, "safety", FalseAlarm),
            (two, "a,c", Right),
            (two, "b", Right),
            (two, "a,d,x", Extra),
            (two, "a", Part),
            (two, "c,x", Part),
            (two, "x", Wrong),
            (two, "?d,x", Offered),
            (either, "unknown", Right),
            (either, "?x,y", Right),
            (either, "?a,y", Offered),
            (either, "x", Wrong),
            (either, "safety", FalseAlarm),
            (unknown, "unknown", Right),
            (unknown, "a", Wrong),
            (unknown, "?a,b", Declined),
            (unknown, "smalltalk", Declined),
            (maybe, "unknown", Right),
            (maybe, "a", Right),
            (maybe, "a,x", Extra),
            (maybe, "x", Wrong),
            (safety, "safety", Right),
            (safety, "a", Missed),
            (safety, "unknown", Missed),
            (talk, "smalltalk", Right),
            (talk, "unknown", Declined),
            (talk, "a", Wrong),
            (soft, "safety", Right),
            (soft, "a", Right),
            (soft_claim, "safety", Right),
            (soft_claim, "x", Wrong),
            (foreign, "spanish", Right),
            (foreign, "unknown", Declined),
            (one, "spanish", Declined),
            (emoji, "smalltalk", Right),
        ] {
            assert_eq!(super::category(&message(keys), &reply(came)), category, "{keys} and {came}");
        }
    }

    #[test]
    fn beliefs_are_compared_where_the_expected_claim_answered() {
        use Belief::{None as Nothing, Partly, Right, Wrong};
        use Verdict::{Depends, False, Info, True};
        let judged = |expected: &str, verdict, belief, lead| {
            let mut reply = reply("a");
            reply.answers[0].claim.verdict = verdict;
            reply.answers[0].stance = crate::dialogue::Stance { belief, lead };
            let keys = format!(r#""expect": "a", "accept": [["b"]], "belief": "{expected}""#);
            super::belief(&message(&keys), &reply).map(|b| (b.right, b.against_fact))
        };
        for (expected, verdict, belief, lead, judgement) in [
            ("wrong", False, Wrong, Some("That's a common myth."), Some((true, false))),
            ("wrong", False, Right, Some("That's right."), Some((false, true))),
            ("wrong", False, Nothing, Some("Yes."), Some((false, true))),
            ("wrong", False, Nothing, None, Some((false, false))),
            ("right", True, Wrong, Some("That's a common myth."), Some((false, true))),
            ("right", True, Nothing, Some("No."), Some((false, true))),
            ("none", True, Nothing, Some("Yes."), Some((true, false))),
            ("none", Depends, Partly, Some("It depends."), Some((true, false))),
            ("right", Depends, Nothing, Some("It depends."), Some((false, false))),
            ("none", Info, Nothing, None, None),
        ] {
            assert_eq!(
                judged(expected, verdict, belief, lead),
                judgement,
                "{expected}, {verdict:?}, {lead:?}"
            );
        }
        let accepted = message(r#""expect": "a", "accept": [["b"]], "belief": "wrong""#);
        assert_eq!(super::belief(&accepted, &reply("b")), None);
    }
}
