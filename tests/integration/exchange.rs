//! Properties: exports are the golden files, hold all of the knowledge and
//! nothing that a text could smuggle in; a table that goes out comes back the
//! same; an import invents nothing and lists what it drops.

use std::path::{Path, PathBuf};

use askwell::exchange::{export, import};
use askwell::knowledge::Knowledge;
use serde_json::Value;

use crate::base;
use crate::fixture::{Folder, askwell};

fn exported(folder: &Folder, options: &[&str]) -> String {
    let output = folder.askwell().arg("export").args(options).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

#[test]
fn exports_are_the_golden_files() {
    let folder = base::folder();
    let marked = r#""Cars & *vans* under <2 m> fit, \"really\".""#;
    folder.replace("claims/all.yaml", "There is a car park behind the office.", marked);
    for (format, name) in
        [("jsonld", "base.jsonld"), ("html", "base.html"), ("markdown", "base.md"), ("csv", "base.csv")]
    {
        let text = exported(&folder, &["--format", format]);
        let known = std::fs::read_to_string(golden(name)).unwrap_or_default();
        if text != known {
            let new = golden(&format!("{name}.new"));
            std::fs::write(&new, &text).unwrap();
            panic!("{name} differs: read {} and move it over {name} if it is right", new.display());
        }
    }
}

#[test]
fn structured_data_has_what_its_types_require() {
    let knowledge = Knowledge::embedded();
    let data: Value =
        serde_json::from_str(&export::jsonld::export(&knowledge, Some("https://example.org/faq"))).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    let graph = data["@graph"].as_array().unwrap();
    let (faq, reviews) = graph.split_first().unwrap();
    assert_eq!(faq["@type"], "FAQPage");
    let questions = faq["mainEntity"].as_array().unwrap();
    assert_eq!(questions.len(), knowledge.claims.len());
    for (question, claim) in questions.iter().zip(&knowledge.claims) {
        assert_eq!(question["@type"], "Question");
        assert_eq!(question["name"], claim.title.as_str());
        let answer = &question["acceptedAnswer"];
        assert_eq!(answer["@type"], "Answer");
        let opening = claim.answer.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
        assert!(answer["text"].as_str().unwrap().starts_with(&opening));
        assert_eq!(answer["citation"].as_array().map_or(0, Vec::len), claim.citations.len());
    }
    let judged: Vec<_> = knowledge.claims.iter().filter(|c| c.claim.is_some()).collect();
    assert_eq!(reviews.len(), judged.len());
    for (review, claim) in reviews.iter().zip(judged) {
        assert_eq!(review["@type"], "ClaimReview");
        assert_eq!(review["claimReviewed"], claim.claim.as_deref().unwrap());
        assert_eq!(review["url"], format!("https://example.org/faq#{}", claim.id));
        let rating = &review["reviewRating"];
        let range = rating["worstRating"].as_u64()..=rating["bestRating"].as_u64();
        assert!(rating["@type"] == "Rating" && range.contains(&rating["ratingValue"].as_u64()));
        assert!(rating["alternateName"].is_string() && review["author"]["name"].is_string());
    }
    // Nobody has reviewed it, so no date says that somebody has.
    assert!(reviews.iter().all(|review| review.get("datePublished").is_none()));
}

#[test]
fn without_an_address_no_claim_review() {
    let folder = base::folder();
    folder.replace("practice.yaml", "    url: https://example.org/book\n", "");
    assert!(!exported(&folder, &["--format", "jsonld"]).contains("ClaimReview"));
    let with = exported(&folder, &["--format", "jsonld", "--url", "https://example.org/faq"]);
    assert!(with.contains("\"url\": \"https://example.org/faq#lasting\""));
}

#[test]
fn a_page_is_whole_and_nothing_in_a_text_becomes_markup() {
    let folder = base::folder();
    let hostile = "</script><script>alert(1)</script> & \\\"x\\\" <img src=x>";
    folder.replace("claims/all.yaml", "There is a car park behind the office.", &format!("\"{hostile}\""));
    let page = exported(&folder, &["--format", "html"]);
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (1, 1));
    assert!(!page.contains("<img") && !page.contains("onerror"));
    let (open, close) = (page.matches("<article").count(), page.matches("</article>").count());
    assert_eq!((open, close), (3, 3));
    for tag in
        ["html", "head", "body", "header", "nav", "main", "section", "footer", "ul", "li", "p", "h2", "a"]
    {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    // Every link inside the page leads somewhere, and every id stands once.
    for anchor in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert_eq!(page.matches(&format!("id=\"{anchor}\"")).count(), 1, "{anchor}");
    }
    let back = import::page::import(&page).unwrap();
    assert_eq!(back.drafts.len(), 3);
}

#[test]
fn a_table_that_goes_out_comes_back_the_same() {
    let knowledge = Knowledge::embedded();
    let found = import::csv::import(&export::csv::export(&knowledge).unwrap()).unwrap();
    assert!(found.lost.is_empty(), "{:?}", found.lost);
    let mut files = askwell::knowledge::embedded_files();
    files.retain(|(path, _)| !path.starts_with("claims"));
    files.push(("claims/imported.yaml".into(), found.yaml("a table")));
    let back = Knowledge::parse(&files).unwrap();
    assert_eq!(back.claims.len(), knowledge.claims.len());
    for (a, b) in knowledge.claims.iter().zip(&back.claims) {
        let texts = |claim: &askwell::knowledge::Claim| {
            let lists = [&claim.asks, &claim.affirms, &claim.denies, &claim.related, &claim.overlaps];
            lists.map(|list| list.iter().map(|item| item.text.clone()).collect::<Vec<_>>())
        };
        assert_eq!(a.digest(), b.digest(), "{}", a.id);
        assert_eq!(texts(a), texts(b), "{}", a.id);
        assert_eq!((a.handover, a.personal, a.expires), (b.handover, b.personal, b.expires), "{}", a.id);
    }
}

#[test]
fn a_cell_is_no_formula_and_comes_back_as_it_was() {
    let folder = base::folder();
    for (given, from) in [("=1+2", "about garage car"), ("'=x", "where car"), ("-5 units", "news valet")] {
        folder.replace("claims/all.yaml", &format!("- {from}"), &format!("- \"{given}\"\n      - {from}"));
    }
    folder.replace("claims/all.yaml", "title: Where can you park?", "title: \"@home or where?\"");
    folder.replace("claims/all.yaml", "answer: It depends on the muscles.", "answer: \"'=1 is no formula.\"");
    let table = exported(&folder, &["--format", "csv"]);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let cells: Vec<String> =
        rows.records().flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    let found = import::csv::import(&table).unwrap();
    assert_eq!(found.drafts[0].title, "@home or where?");
    assert_eq!(found.drafts[2].answer, "'=1 is no formula.");
    assert_eq!(found.drafts[0].asks[..2], ["=1+2", "about garage car street valet"]);
}

#[test]
fn drafts_are_pending_and_check_judges_them() {
    let folder = Folder::new();
    folder.write(
        "faq.html",
        r#"<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question",
        "name":"Does it hurt?","acceptedAnswer":{"@type":"Answer","text":"A little."}}]}</script>"#,
    );
    folder.write("nlu.yml", "nlu:\n- intent: pain\n  examples: |\n    - does it hurt\n");
    folder.write("list.csv", "Question,Answer,Author\nDoes it hurt?,A little.,Bob\n");
    for (file, missing) in
        [("faq.html", "source-missing"), ("nlu.yml", "missing-key"), ("list.csv", "source-missing")]
    {
        let output = askwell().arg("import").arg(folder.path().join(file)).output().unwrap();
        let (drafts, lost) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!(output.status.code(), Some(0), "{lost}");
        assert!(
            drafts.contains("review: {status: pending}") && lost.contains("not carried over"),
            "{drafts}{lost}"
        );
        let target = base::folder();
        target.write("claims/drafts.yaml", &drafts);
        let checked = askwell().arg("check").arg(target.path()).output().unwrap();
        assert_eq!(checked.status.code(), Some(3));
        assert!(String::from_utf8_lossy(&checked.stdout).contains(missing), "{file}");
    }
    for (file, text) in [("a.txt", "x"), ("b.csv", "a,b\n"), ("c.html", "<p>"), ("d.yml", "a: 1\n")] {
        folder.write(file, text);
        let output = askwell().arg("import").arg(folder.path().join(file)).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(1), true), "{file}");
        assert!(error.contains(file), "{error}");
    }
}
