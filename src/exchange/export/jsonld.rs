//! schema.org: a `FAQPage` of all entries, and a `ClaimReview` for each claim
//! with a verdict where there is an address at which it stands.

use serde_json::{Value, json};

use super::review;
use crate::dialogue::{Cited, cited, paragraphs};
use crate::knowledge::{Claim, Knowledge, Review, Verdict};

/// The document. `page` is the address at which it will stand; without one,
/// the address of the practice; without that, no `ClaimReview`, which needs
/// one.
#[must_use]
pub fn export(knowledge: &Knowledge, page: Option<&str>) -> String {
    let page = page.or(knowledge.practice.consultation.url.as_deref());
    let mut graph = vec![faq(knowledge)];
    if let Some(page) = page {
        graph.extend(knowledge.shown().filter_map(|claim| claim_review(knowledge, claim, page)));
    }
    format!("{:#}\n", json!({"@context": "https://schema.org", "@graph": graph}))
}

/// The questions and answers.
pub(super) fn faq(knowledge: &Knowledge) -> Value {
    let questions: Vec<Value> = knowledge.shown().map(|claim| question(knowledge, claim)).collect();
    json!({
        "@type": "FAQPage",
        "name": format!("Questions to {}", knowledge.practice.name),
        "inLanguage": knowledge.practice.language,
        "publisher": practice(knowledge),
        "mainEntity": questions,
    })
}

fn practice(knowledge: &Knowledge) -> Value {
    let mut practice = json!({"@type": "Organization", "name": knowledge.practice.name});
    if let Some(url) = &knowledge.practice.consultation.url {
        practice["url"] = json!(url);
    }
    practice
}

fn question(knowledge: &Knowledge, claim: &Claim) -> Value {
    let text: Vec<_> =
        paragraphs(&claim.answer).chain(claim.why.iter().flat_map(|why| paragraphs(why))).collect();
    let citations: Vec<Value> = cited(knowledge, claim).iter().map(citation).collect();
    let mut answer = json!({
        "@type": "Answer",
        "text": text.join("\n\n"),
        "creativeWorkStatus": review(claim),
    });
    if !citations.is_empty() {
        answer["citation"] = json!(citations);
    }
    json!({
        "@type": "Question",
        "identifier": claim.id,
        "name": claim.title,
        "acceptedAnswer": answer,
    })
}

fn citation(cited: &Cited) -> Value {
    let source = &cited.source;
    let mut citation = json!({
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    });
    if let Some(url) = &source.url {
        citation["url"] = json!(url);
    }
    if let Some(section) = &cited.section {
        citation["hasPart"] = json!({"@type": "CreativeWork", "name": section});
    }
    if let Some(year) = source.year {
        citation["datePublished"] = json!(year.to_string());
    }
    citation
}

fn claim_review(knowledge: &Knowledge, claim: &Claim, page: &str) -> Option<Value> {
    // Worst to best of the scale that schema.org's readers expect.
    let (rating, name) = match claim.verdict {
        Verdict::False => (1, "False"),
        Verdict::Depends => (3, "It depends"),
        Verdict::True => (5, "True"),
        Verdict::Info => return None,
    };
    let mut review = json!({
        "@type": "ClaimReview",
        "url": format!("{page}#{}", claim.id),
        "claimReviewed": claim.claim.as_deref()?,
        "author": practice(knowledge),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating,
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": name,
        },
    });
    if let Review::Reviewed { on, .. } = &claim.review
        && claim.is_reviewed()
    {
        review["datePublished"] = json!(on.to_string());
    }
    Some(review)
}
