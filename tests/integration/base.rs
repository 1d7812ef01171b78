//! A knowledge base that the rules have nothing to say about, but that nobody
//! has reviewed it: what tests of rules, exports and reviews change.

use crate::fixture::Folder;

const PRACTICE: &str = "\
practice:
  name: Test practice
  location: Testville
  disclosure: This is an automated program, not a person.
  consultation:
    prompt: Book a visit.
    url: https://example.org/book
";

const SOURCES: &str = "\
sources:
  - {id: label, title: The label, publisher: A regulator, kind: authority, url: https://example.org/label, year: 2024, accessed: 2026-11-23}
  - {id: blog, title: A blog, publisher: Somebody, kind: other, accessed: 2026-11-23}
";

/// Openings, so that no two phrasings of a claim are alike.
const OPENINGS: [&str; 26] = [
    "about",
    "where",
    "news",
    "when",
    "looking",
    "facts",
    "who",
    "what",
    "explain",
    "curious",
    "sister",
    "friends",
    "reading",
    "describe",
    "summarise",
    "worried",
    "hoping",
    "unsure",
    "help",
    "thinking",
    "details",
    "guide",
    "heard",
    "articles",
    "neighbours",
    "colleagues",
];

const PARKING: [&str; 7] = ["garage", "car", "valet", "street", "meter", "vehicle", "lot"];
const LASTING: [&str; 7] = ["permanent", "duration", "forever", "months", "fading", "lifetime", "lasting"];
const MEN: [&str; 7] = ["men", "husband", "male", "brotox", "father", "guys", "masculine"];

/// Phrasings about a subject, as a YAML list in lines.
fn phrasings(subject: &[&str; 7], which: std::ops::Range<usize>) -> String {
    let line = |at: usize| {
        let [a, b, c, d] = [at, at / 7 + at + 1, 2 * at + 3, 3 * at + 2].map(|n| subject[n % 7]);
        format!("      - {} {a} {b} {c} {d}\n", OPENINGS[at])
    };
    which.map(line).collect()
}

/// The claims of the base.
pub(crate) fn claims() -> String {
    format!(
        "\
# Claims of the test practice.
claims:
  - id: parking
    title: Where can you park?
    answer: There is a car park behind the office.
    sources: [{{source: label}}]
    asks:
{}      - where can you park
    related: [lasting]
    review: {{status: pending}}  # ask Dr. Test

  - id: lasting
    title: Is Botox permanent or temporary?
    claim: Botox is permanent.
    verdict: false
    answer: |-
      Botox wears off after some months.

      You can have it again.
    why: >-
      The look holds for months.
    sources:
      - {{source: label, section: Effects}}
      - {{source: blog}}
    affirms:
{}    denies:
{}    review:
      status: pending  # due soon

  - id: men
    title: Does Botox work for men?
    claim: Botox works for men.
    verdict: depends
    answer: It depends on the muscles.
    sources: [{{source: label}}]
    asks:
{}      - does botox work for men
    personal: true
    review: {{status: pending}}
",
        phrasings(&PARKING, 0..26),
        phrasings(&LASTING, 0..13),
        phrasings(&LASTING, 13..26),
        phrasings(&MEN, 0..26),
    )
}

/// The base in a folder.
pub(crate) fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("practice.yaml", PRACTICE);
    folder.write("sources.yaml", SOURCES);
    folder.write("claims/all.yaml", claims());
    folder
}

/// The base with other claims about the same subject as an existing one, which
/// the matcher cannot tell apart.
pub(crate) fn rival(id: &str, overlaps: &str) -> String {
    let swapped: [&str; 7] = std::array::from_fn(|at| PARKING[(at + 3) % 7]);
    format!(
        "
  - id: {id}
    title: Where do cars go?
    answer: There is a car park behind the office.
    sources: [{{source: label}}]
    asks:
{}    overlaps: [{overlaps}]
    review: {{status: pending}}
",
        phrasings(&swapped, 0..26)
    )
}
