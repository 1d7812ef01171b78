//! Properties: each rule finds what its page describes, where it is, and
//! leaves alone what its page recommends; every code has a page, a bad and a
//! good example; the formats say the same; the exit code follows the errors.

use std::collections::BTreeSet;

use askwell::check;
use serde_json::Value;

use crate::base;
use crate::fixture::{Folder, askwell};

const CLAIMS: &str = "claims/all.yaml";
const ANSWER: &str = "There is a car park behind the office.";
const PENDING: &str = "{status: pending}  # ask Dr. Test";

/// The findings of a folder as JSON, and the exit code.
fn checked(folder: &Folder, options: &[&str]) -> (Value, i32) {
    let mut command = askwell();
    command.arg("check").arg(folder.path()).args(["--format", "json", "--today", "2026-12-01"]).args(options);
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (serde_json::from_str(&text).expect(&text), output.status.code().unwrap())
}

#[test]
fn the_shipped_knowledge_only_waits_for_its_review() {
    // Without a folder: the embedded one, which `init` writes byte for byte.
    let output = askwell().args(["check", "--format", "json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let other: Vec<&Value> = findings.iter().filter(|f| f["code"] != "review-pending").collect();
    assert!(other.is_empty(), "{other:#?}");
    assert!(!findings.is_empty());
    assert_eq!(output.status.code(), Some(0));
}

/// Codes of the findings with the text of their lines, but what is pending.
fn found(folder: &Folder) -> Vec<(String, String)> {
    let (report, _) = checked(folder, &[]);
    let findings = report["findings"].as_array().unwrap();
    let line = |finding: &Value| {
        let Some(number) = finding["line"].as_u64() else { return String::new() };
        let text = std::fs::read_to_string(folder.path().join(finding["file"].as_str().unwrap())).unwrap();
        text.lines().nth(usize::try_from(number).unwrap() - 1).unwrap().to_owned()
    };
    findings
        .iter()
        .map(|f| (f["code"].as_str().unwrap().to_owned(), line(f)))
        .filter(|(code, _)| code != "review-pending")
        .collect()
}

/// An edit of the base and the code that it earns, with a text of the line
/// that is named; no code for an edit that a rule must leave alone.
type Case<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

/// A reviewed state, the digest being that of the base's first claim.
fn reviewed(on: &str, next: &str, of: &str) -> String {
    format!("{{status: reviewed, by: \"A. Test, MD\", on: {on}, next: {next}, of: \"{of}\"}}")
}

/// Bad and good edits of texts. The good ones are near misses.
const TEXTS: &[Case<'_>] = &[
    (
        "weak-sources",
        "answer: It depends on the muscles.\n    sources: [{source: label}]",
        "answer: It depends on the muscles.\n    sources: [{source: blog}]",
        Some("{source: blog}"),
    ),
    (
        "weak-sources",
        "sources: [{source: label}]\n    asks:\n      - about garage",
        "sources: [{source: blog}, {source: label}]\n    asks:\n      - about garage",
        None,
    ),
    ("expired", "related: [lasting]", "expires: 2026-11-30", Some("expires:")),
    ("expired", "related: [lasting]", "expires: 2026-12-01", None),
    ("title-no-question", "Where can you park?", "About garage car street", Some("title: About")),
    ("title-no-question", "Where can you park?", "What does \"parking\" mean?", None),
    (
        "title-lost",
        "Where can you park?",
        "Is it only for men, my husband and other guys?",
        Some("Is it only"),
    ),
    ("title-lost", "Where can you park?", "Where is the car garage?", None),
    (
        "title-states-myth",
        "Is Botox permanent or temporary?",
        "Is it true that Botox is permanent?",
        Some("Is it true"),
    ),
    ("title-states-myth", "Is Botox permanent or temporary?", "Why is Botox permanent?", Some("Why is")),
    ("title-states-myth", "Is Botox permanent or temporary?", "Why does Botox wear off?", None),
    (
        "myth-repeated",
        "      The look holds for months.",
        "      People think Botox is permanent. The myth that Botox is permanent persists.",
        Some("People think"),
    ),
    (
        "myth-repeated",
        "      The look holds for months.",
        "      People think Botox is permanent. In truth Botox is not permanent.",
        None,
    ),
    ("few-phrasings", "      - colleagues meter car meter garage\n", "", None),
    (
        "near-duplicate",
        "- about men",
        "- tell me where is the car vehicle valet lots please\n      - about men",
        None,
    ),
    (
        "near-duplicate",
        "- about men",
        "- where is the cars vehicle valet please\n      - about men",
        Some("where is the cars"),
    ),
    ("near-duplicate", "- about men", "- where does the car vehicle valet do\n      - about men", None),
    (
        "long-sentence",
        ANSWER,
        "One two three four five six seven eight nine ten eleven twelve thirteen \
            fourteen fifteen sixteen seventeen eighteen nineteen twenty more.",
        Some("answer: One two"),
    ),
    (
        "long-sentence",
        ANSWER,
        "One two three four five six seven eight nine ten eleven twelve thirteen \
            fourteen fifteen sixteen seventeen eighteen nineteen 7.5.",
        None,
    ),
    ("long-paragraph", ANSWER, "One is. Two is. Three is. Four is.", Some("answer: One is")),
    ("long-paragraph", ANSWER, "Dr. A. Test is in. It costs 7.5. See example.org for more.", None),
    ("unexplained-term", ANSWER, "Ptosis is uncommon. Call 911.", Some("Ptosis")),
    ("unexplained-term", ANSWER, "A droopy eyelid (ptosis) is uncommon. Call 911.", None),
    ("unexplained-term", ANSWER, "The muscle (procerus) is small.", None),
    ("absolute-promise", ANSWER, "It always works.", Some("It always works")),
    ("absolute-promise", ANSWER, "It is 100 % safe.", Some("100 % safe")),
    ("absolute-promise", ANSWER, "It does not always work, and nobody can guarantee it.", None),
    ("absolute-promise", ANSWER, "Some ads say “guaranteed”.", None),
    ("suggests-licence", ANSWER, "As your nurse, I know the car park.", Some("As your nurse")),
    ("suggests-licence", ANSWER, "I am a board-certified doctor.", Some("I am a board-certified")),
    ("suggests-licence", ANSWER, "I am not a doctor, as a clinician can tell.", None),
    ("personal-dose", ANSWER, "You need 20 units.", Some("You need 20")),
    ("personal-dose", ANSWER, "Your dose will be 5 to 7.5 units.", Some("Your dose")),
    ("personal-dose", ANSWER, "The label gives 20 units. Your clinician sets your dose.", None),
    ("personal-dose", ANSWER, "20 units are not your dose.", None),
    ("warning-signs-missing", ANSWER, "A droopy eyelid fades.", Some("A droopy eyelid")),
    ("warning-signs-missing", ANSWER, "A droopy eyelid fades. Call 911 for trouble breathing.", None),
    ("warning-signs-missing", ANSWER, "If you think of harming yourself, call 911.", Some("harming")),
    ("warning-signs-missing", ANSWER, "If you think of harming yourself, call 988.", None),
];

/// A case whose texts were made.
type OwnedCase = (&'static str, String, String, Option<&'static str>);

/// Bad and good edits for each rule.
fn cases() -> Vec<OwnedCase> {
    let (report, _) = checked(&base::folder(), &[]);
    let help = report["findings"][0]["help"].as_str().unwrap();
    let digest = help.split("of: ").nth(1).unwrap().trim_matches(['`', '"']).to_owned();
    let review = |on, next, of: &str| (PENDING.to_owned(), reviewed(on, next, of));
    let mut cases = Vec::new();
    let mut add = |rule, (from, to): (String, String), line| cases.push((rule, from, to, line));

    add("review-changed", review("2026-11-01", "2028-11-01", "0123456789abcdef"), Some("status: reviewed"));
    add("review-changed", review("2026-11-01", "2028-11-01", &digest), None);
    add("review-due", review("2025-11-01", "2026-11-30", &digest), Some("status: reviewed"));
    add("review-due", review("2025-12-01", "2026-12-01", &digest), None);
    add("review-too-long", review("2026-11-01", "2028-11-02", &digest), Some("status: reviewed"));
    add("review-too-long", review("2026-11-01", "2028-11-01", &digest), None);
    add("review-in-future", review("2026-12-02", "2028-11-01", &digest), Some("status: reviewed"));
    add("review-in-future", review("2026-12-01", "2028-11-01", &digest), None);

    for (rule, from, to, line) in TEXTS {
        add(rule, ((*from).to_owned(), (*to).to_owned()), *line);
    }

    for (rule, from, to, line) in matcher_cases() {
        add(rule, (from, to), line);
    }
    cases
}

/// Edits of the phrasings.
fn matcher_cases() -> Vec<OwnedCase> {
    let mut cases = Vec::new();
    let parking = base::claims();
    let asks = |first: &str| {
        let start = parking.find("      - about garage").unwrap();
        let end = parking.find("    related: [lasting]").unwrap();
        (parking[start..end].to_owned(), first.to_owned())
    };
    let many = |line: &dyn Fn(usize) -> String| {
        (0..26).fold(String::new(), |list, n| list + "      - " + &line(n) + "\n")
    };
    cases.push(("few-phrasings", asks("").0, "      - where is the car park\n".into(), Some("id: parking")));
    let alike = asks(&many(&|n| format!("where is garage number{n} of{n} all{n}")));
    cases.push(("uniform-phrasings", alike.0, alike.1, Some("id: parking")));
    let words = "garage car valet street meter vehicle".split(' ').collect::<Vec<_>>();
    let shuffled =
        asks(&many(&|n| format!("word{n} {} {}", words[n % 6..].join(" "), words[..n % 6].join(" "))));
    cases.push(("uniform-phrasings", shuffled.0, shuffled.1, Some("id: parking")));
    cases.push(("uniform-phrasings", "about garage".into(), "where is a big old garage".into(), None));

    let twice = "      - about lasting and brand new shoes\n";
    let denied = "      - so the brand new shoes about lasting\n";
    let heading = "    denies:\n";
    cases.push(("near-duplicate", heading.into(), format!("{twice}{heading}{denied}"), Some("so the brand")));
    for (from, to) in [("so the", "not"), ("lasting\n", "lasting, isn't it\n")] {
        let told_apart = twice.replace("and", "isn't and");
        let twice = if from == "so the" { twice } else { &told_apart };
        let denied = denied.replace(from, to);
        cases.push(("near-duplicate", heading.into(), format!("{twice}{heading}{denied}"), None));
    }
    let end = "    personal: true\n    review: {status: pending}\n";
    cases.push(("confused-claim", end.into(), format!("{end}{}", base::rival("cars", "")), Some("id: ")));
    cases.push(("confused-claim", end.into(), format!("{end}{}", base::rival("cars", "parking")), None));
    cases
}

#[test]
fn the_base_has_no_finding_but_what_is_pending() {
    assert_eq!(found(&base::folder()), []);
    let (report, code) = checked(&base::folder(), &[]);
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64(), code), (Some(0), Some(3), 0));
}

#[test]
fn each_rule_finds_the_bad_and_leaves_the_good_alone() {
    let mut seen = BTreeSet::new();
    for (rule, from, to, line) in cases() {
        let folder = base::folder();
        folder.replace(CLAIMS, &from, &to);
        let found = found(&folder);
        match line {
            None => assert!(found.iter().all(|(code, _)| code != rule), "{rule} on {to:?}: {found:?}"),
            Some(text) => {
                let fired = found.iter().any(|(code, _)| code == rule);
                assert!(fired, "{rule} on {to:?}: {found:?}");
                let of_matcher =
                    |code: &str| matches!(code, "phrasing-lost" | "title-lost" | "confused-claim");
                let expected = found
                    .iter()
                    .filter(|(code, _)| code == rule || !of_matcher(code))
                    .all(|(code, line)| code == rule && line.contains(text));
                assert!(expected, "{rule} on {to:?}: {found:?}");
            }
        }
        seen.insert((rule, line.is_some()));
    }
    // The format has its own tests; what else is missing here is tested on
    // planted results of the matcher, or needs a file of its own.
    let elsewhere = ["phrasing-lost", "reading-grade", "review-pending", "red-flag-missed", "red-flag-false"];
    for code in check::codes().filter(|code| !elsewhere.contains(code) && !is_format(code)) {
        assert!(seen.contains(&(code, true)) && seen.contains(&(code, false)), "no example of {code}");
    }
}

/// Whether a code is one of the reader's.
fn is_format(code: &str) -> bool {
    check::manual(code).unwrap().starts_with("# Format")
}

#[test]
fn a_hard_text_has_a_high_grade_and_a_short_one_none() {
    let folder = base::folder();
    let hard =
        "Administration of botulinum preparations facilitates temporary neuromuscular inhibition.\n\n      ";
    folder.replace(
        CLAIMS,
        "answer: There is a car park behind the office.",
        &format!("answer: |-\n      {}", hard.repeat(30)),
    );
    let found = found(&folder);
    assert_eq!(found.iter().filter(|(code, _)| code == "reading-grade").count(), 2, "{found:?}");
    folder.replace(CLAIMS, hard, "The car is blue and the sun is out.\n\n      ");
    let (report, _) = checked(&folder, &[]);
    let grade = report["grades"][0]["grade"].as_f64().unwrap();
    assert!(grade < 3.0, "{grade}");
    assert!(checked(&base::folder(), &[]).0["grades"][0]["grade"].is_null());
}

#[test]
fn an_example_of_a_red_flag_that_does_not_hold_is_an_error() {
    const FIRES: &str = "      - I can't breathe\n";
    const SILENT: &str = "      - can botox affect breathing?\n";
    let rules = include_str!("../../knowledge/safety.yaml");
    // Each set of red flags is learned anew, so what holds stands in one and
    // what does not in the other.
    let with = |fires: &str, silent: &str| {
        assert!(rules.contains(FIRES) && rules.contains(SILENT));
        let folder = base::folder();
        let rules = rules.replacen(FIRES, &format!("{FIRES}{fires}"), 1);
        folder.write("safety.yaml", rules.replacen(SILENT, &format!("{SILENT}{silent}"), 1));
        let (report, code) = checked(&folder, &[]);
        let findings = report["findings"].as_array().unwrap();
        let errors = findings.iter().filter(|f| f["severity"] == "error");
        let found = errors.map(|f| {
            assert_eq!(f["file"], "safety.yaml");
            (f["code"].as_str().unwrap().to_owned(), f["message"].as_str().unwrap().to_owned())
        });
        (found.collect::<Vec<_>>(), code)
    };
    let held = "      - my tongue is blue and gold\n      - I cant breath\n";
    assert_eq!(with(held, "      - does it hurt?\n"), (Vec::new(), 0));
    let missed = "      - how much does botox cost\n      - I want to end my life\n";
    let (found, code) = with(missed, "      - I can't breathe at all\n");
    assert_eq!((found.len(), code), (3, 3), "{found:?}");
    for (rule, words) in [
        ("red-flag-missed", "how much does botox"),
        ("red-flag-missed", "raises level crisis"),
        ("red-flag-false", "raises level 911"),
    ] {
        assert!(found.iter().any(|(code, text)| code == rule && text.contains(words)), "{words}: {found:?}");
    }
}

#[test]
fn strict_makes_an_error_of_every_warning() {
    let (report, code) = checked(&base::folder(), &["--strict"]);
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64(), code), (Some(3), Some(0), 3));
}

#[test]
fn the_formats_say_the_same() {
    let folder = base::folder();
    folder.replace(CLAIMS, ANSWER, "It always works.");
    let printed = |format: &str| {
        let mut command = askwell();
        command.arg("check").arg(folder.path()).args(["--today", "2026-12-01", "--format", format]);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let (text, github) = (printed("text"), printed("github"));
    assert!(text.contains("warning[absolute-promise]") && text.contains("claims/all.yaml:5:13"), "{text}");
    assert!(text.contains("3 claims, 80 phrasings, 2 sources") && text.ends_with("0 errors, 4 warnings\n"));
    assert_eq!(github.lines().count(), 4);
    let promise = github.lines().find(|l| l.contains("absolute-promise")).unwrap();
    assert!(promise.starts_with("::warning file=") && promise.contains(",line=5,col=13,"), "{promise}");
}

#[test]
fn every_code_has_a_page_and_every_code_in_the_source_is_known() {
    for code in check::codes() {
        let page = check::manual(code).unwrap();
        for heading in ["# ", "## What it does", "## Why is this bad", "## Example", "## Use instead"] {
            assert!(page.contains(heading), "the page of {code} has no {heading:?}");
        }
        assert!(is_format(code) || page.contains(&format!("`{code}`")), "the page does not name {code}");
    }
    let printed = askwell().args(["check", "--explain", "near-duplicate"]).output().unwrap();
    assert_eq!(
        String::from_utf8(printed.stdout).unwrap().trim_end(),
        check::manual("near-duplicate").unwrap().trim_end()
    );
    let unknown = askwell().args(["check", "--explain", "nonsense"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("near-duplicate"));
    // What the reader can report stands on the page about the format.
    let known: BTreeSet<&str> = check::codes().collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in ["knowledge", "knowledge/safety", "commands"]
        .iter()
        .flat_map(|module| std::fs::read_dir(root.join(module)).unwrap())
    {
        let Ok(text) = std::fs::read_to_string(file.unwrap().path()) else { continue };
        let code = text.split("#[cfg(test)]").next().unwrap();
        // The code stands first, or after the place.
        for call in ["Diagnostic::error(", "missing(&place, ", "missing(place, ", "missing(&key.place, "] {
            for rest in code.split(call).skip(1) {
                let Some(code) = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next()) else {
                    continue;
                };
                assert!(known.contains(code), "no page explains {code}");
            }
        }
    }
}
