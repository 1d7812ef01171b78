//! `practice.yaml`: who answers, and how to reach them.

use serde::{Deserialize, Serialize};

use super::reader::{Fields, Findings};
use super::tree::Node;
use crate::diagnostic::{Diagnostic, Place};

/// The practice whose knowledge this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// Its name.
    pub name: String,
    /// Where it is, for a person.
    pub location: String,
    /// The language of the knowledge, as an IETF tag ("en").
    pub language: String,
    /// What opens every conversation: automated, no medical advice.
    pub disclosure: String,
    /// Where that stands.
    pub disclosure_at: Place,
    /// How to get an appointment.
    pub consultation: Consultation,
    /// Numbers for emergencies.
    pub numbers: Numbers,
    /// How long a review holds, in months.
    pub review_months: u32,
}

/// The invitation to book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// What the invitation says.
    pub prompt: String,
    /// Where that stands.
    pub prompt_at: Place,
    /// Where to book; `https` only.
    pub url: Option<String>,
    /// The telephone number, only where a source gives it.
    pub phone: Option<String>,
}

/// Numbers for emergencies, as people dial them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// The emergency number.
    pub emergency: String,
    /// The line for people who think of harming themselves.
    pub crisis: String,
    /// Poison control.
    pub poison: String,
}

impl Default for Numbers {
    /// The numbers of the United States.
    fn default() -> Self {
        Self { emergency: "911".into(), crisis: "988".into(), poison: "1-800-222-1222".into() }
    }
}

/// Longest interval between reviews, in months: the JAMA benchmarks and
/// certification schemes for health pages agree on three years at most.
const LONGEST_INTERVAL: i64 = 36;

/// Months between reviews where the file says nothing.
const USUAL_INTERVAL: u32 = 24;

pub(super) fn read(root: Node, findings: &mut Findings) -> Option<Practice> {
    let mut top = Fields::open(root, "file", findings)?;
    let body = top.take("practice");
    if body.is_none() {
        top.missing("practice", findings);
    }
    top.close(findings);
    let mut fields = Fields::open(body?, "practice", findings)?;
    let name = fields.required("name", findings);
    let location = fields.required("location", findings);
    let language = fields.text("language", findings).map_or_else(|| "en".to_owned(), |l| l.text);
    let disclosure = fields.required("disclosure", findings);
    if !fields.has("consultation") {
        fields.missing("consultation", findings);
    }
    let consultation = fields.take("consultation").and_then(|node| consultation(node, findings));
    let numbers = fields.take("numbers").map_or_else(|| Some(Numbers::default()), |n| numbers(n, findings));
    let review_months = fields.take("review").map_or(Some(USUAL_INTERVAL), |n| interval(n, findings));
    fields.close(findings);
    let disclosure = disclosure?;
    Some(Practice {
        name: name?.text,
        location: location?.text,
        language,
        disclosure: disclosure.text,
        disclosure_at: disclosure.place,
        consultation: consultation?,
        numbers: numbers?,
        review_months: review_months?,
    })
}

fn consultation(node: Node, findings: &mut Findings) -> Option<Consultation> {
    let mut fields = Fields::open(node, "consultation", findings)?;
    let prompt = fields.required("prompt", findings);
    let url = fields.url("url", findings);
    let phone = fields.text("phone", findings).map(|p| p.text);
    fields.close(findings);
    let prompt = prompt?;
    Some(Consultation { prompt: prompt.text, prompt_at: prompt.place, url, phone })
}

fn numbers(node: Node, findings: &mut Findings) -> Option<Numbers> {
    let usual = Numbers::default();
    let mut fields = Fields::open(node, "list of numbers", findings)?;
    let mut number =
        |name, usual: String, findings: &mut Findings| fields.text(name, findings).map_or(usual, |n| n.text);
    let numbers = Numbers {
        emergency: number("emergency", usual.emergency, findings),
        crisis: number("crisis", usual.crisis, findings),
        poison: number("poison", usual.poison, findings),
    };
    fields.close(findings);
    Some(numbers)
}

fn interval(node: Node, findings: &mut Findings) -> Option<u32> {
    let place = node.place.clone();
    let mut fields = Fields::open(node, "review", findings)?;
    let months = fields.integer("interval_months", findings);
    fields.close(findings);
    match months {
        None => Some(USUAL_INTERVAL),
        Some(months) if (1..=LONGEST_INTERVAL).contains(&months) => u32::try_from(months).ok(),
        Some(months) => {
            findings.push(Diagnostic::error(
                "review-interval",
                place,
                format!("a review interval of {months} months"),
                format!("give 1 to {LONGEST_INTERVAL} months"),
            ));
            None
        }
    }
}
