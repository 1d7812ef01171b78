//! Rules about a valid knowledge base: what a physician's office would want to
//! be told before its patients are.
//!
//! Each rule is a file; its doc comment is the manual page that `askwell check
//! --explain RULE` prints. A rule may use the whole engine. Refuses to repair
//! anything: a finding says what, where, and what to do next.

mod confused;
mod dose;
mod expired;
mod format;
mod grade;
mod licence;
mod lost;
mod myth;
mod near;
mod passages;
mod phrasings;
mod promise;
mod prose;
mod red_flags;
mod review;
mod sentences;
mod sources;
mod syllables;
mod terms;
mod title;
mod trial;
mod warning_signs;

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::engine::Engine;
use crate::knowledge::Knowledge;

use trial::Trial;

pub use grade::Grade;

/// What the rules look at.
pub struct Subject<'a> {
    knowledge: &'a Knowledge,
    today: Date,
    engine: OnceCell<Engine>,
    trial: OnceCell<Trial>,
}

/// A rule: the codes of its findings, its manual page, and what finds them.
struct Rule {
    codes: &'static [&'static str],
    /// The source of the rule; its doc comment is the page.
    source: &'static str,
    find: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

/// A rule from its module.
macro_rules! rule {
    ($module:ident) => {
        Rule {
            codes: $module::CODES,
            source: include_str!(concat!(stringify!($module), ".rs")),
            find: $module::find,
        }
    };
}

/// Every rule. The findings are sorted by place, so the order means nothing.
const RULES: &[Rule] = &[
    rule!(format),
    rule!(sources),
    rule!(review),
    rule!(expired),
    rule!(title),
    rule!(myth),
    rule!(phrasings),
    rule!(near),
    rule!(lost),
    rule!(confused),
    rule!(grade),
    rule!(sentences),
    rule!(terms),
    rule!(promise),
    rule!(licence),
    rule!(dose),
    rule!(red_flags),
    rule!(warning_signs),
];

/// What a check found.
pub struct Report {
    /// The findings, sorted by place.
    pub findings: Vec<Diagnostic>,
    /// The reading grade of each file of claims, and of all of them.
    pub grades: Vec<Grade>,
}

/// Runs every rule on a knowledge base as of a day. With `strict`, a warning
/// is an error.
#[must_use]
pub fn run(knowledge: &Knowledge, today: Date, strict: bool) -> Report {
    let subject = Subject { knowledge, today, engine: OnceCell::new(), trial: OnceCell::new() };
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.find)(&subject, &mut findings);
    }
    if strict {
        for finding in &mut findings {
            finding.severity = Severity::Error;
        }
    }
    diagnostic::sort(&mut findings);
    Report { findings, grades: grade::grades(knowledge) }
}

/// The codes of all rules, in the order of the rules.
pub fn codes() -> impl Iterator<Item = &'static str> {
    RULES.iter().flat_map(|rule| rule.codes.iter().copied())
}

/// The manual page of a rule.
#[must_use]
pub fn manual(code: &str) -> Option<String> {
    let rule = RULES.iter().find(|rule| rule.codes.contains(&code))?;
    let lines = rule.source.lines().map_while(|line| line.strip_prefix("//!"));
    Some(lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n"))
}

impl Subject<'_> {
    /// The engine on this knowledge; what has expired is in it.
    fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| {
            let shipped = Engine::shipped(&self.knowledge.hash, Date::MIN);
            shipped.unwrap_or_else(|| Engine::new(self.knowledge.clone()))
        })
    }

    /// How the matcher does on the phrasings.
    fn trial(&self) -> &Trial {
        self.trial.get_or_init(|| Trial::of(self.engine()))
    }
}
