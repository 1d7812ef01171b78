//! One static page: what a site shows without JavaScript, and what a physician
//! prints to review. No script, no style and no font from elsewhere.

use std::fmt::Write;

use super::{ORIGIN, details, jsonld, review, themes, verdict};
use crate::dialogue::{cited, paragraphs, wording};
use crate::knowledge::{Claim, Knowledge};

/// Readable at any width and zoom. On paper two answers fit a page, a source
/// shows the address that nobody can follow there, and each answer the id by
/// which a reviewer finds it in the files. Colours keep a contrast of 7:1 and
/// more on white.
const STYLE: &str = "\
body{font:1.0625rem/1.6 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:44rem;margin:0 auto;padding:1rem}
h1,h2,h3{line-height:1.25}
h2{margin-top:3rem;border-bottom:1px solid #595959}
h3{margin-top:2rem}
a{color:#003d80;text-decoration:underline}
a:focus-visible{outline:3px solid #003d80;outline-offset:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{position:static}
.notice{border:2px solid #595959;padding:.5rem 1rem}
.small{font-size:.9375rem;color:#3d3d3d}
li{overflow-wrap:anywhere}
@media print{
@page{margin:15mm}
body{max-width:none;padding:0;font-size:10pt;line-height:1.35}
h2,h3{margin-top:.8rem;break-after:avoid}
p,ul{margin:.3rem 0}
.small{font-size:8.5pt}
nav,.skip{display:none}
article{break-inside:avoid}
article::after{content:\"Entry: \" attr(id);font-size:8.5pt;color:#3d3d3d}
a[href^=\"https\"]::after{content:\" (\" attr(href) \")\"}
}
";

/// The page.
#[must_use]
pub fn export(knowledge: &Knowledge) -> String {
    let practice = &knowledge.practice;
    let title = text(&format!("Questions to {}", practice.name));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n{}</head>\n<body>\n\
         <a class=\"skip\" href=\"#answers\">Skip to the answers</a>\n<header>\n<h1>{title}</h1>\n",
        text(&practice.language),
        structured(knowledge),
    );
    let numbers = &practice.numbers;
    let _ = writeln!(
        page,
        "<div class=\"notice\">\n<p>{ORIGIN} {}</p>\n<p>Emergency: {}. Crisis line: {}. Poison control: {}.</p>\n</div>\n\
         </header>",
        text(&practice.disclosure),
        text(&numbers.emergency),
        text(&numbers.crisis),
        text(&numbers.poison),
    );
    page.push_str("<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n");
    let themes = themes(knowledge);
    for (name, claims) in &themes {
        let _ = writeln!(page, "<p>{}</p>\n<ul>", text(name));
        for claim in claims {
            let _ = writeln!(page, "<li><a href=\"#{}\">{}</a></li>", claim.id, text(&claim.title));
        }
        page.push_str("</ul>\n");
    }
    page.push_str("</nav>\n<main id=\"answers\">\n");
    for (name, claims) in &themes {
        let _ = writeln!(page, "<section>\n<h2>{}</h2>", text(name));
        for claim in claims {
            article(&mut page, knowledge, claim);
        }
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n<footer>\n<h2>Consultation</h2>\n");
    page.push_str(&invitation(knowledge));
    page.push_str("</footer>\n</body>\n</html>\n");
    page
}

fn article(page: &mut String, knowledge: &Knowledge, claim: &Claim) {
    let _ = writeln!(page, "<article id=\"{}\">\n<h3>{}</h3>", claim.id, text(&claim.title));
    for paragraph in paragraphs(&claim.answer) {
        let _ = writeln!(page, "<p>{}</p>", text(&paragraph));
    }
    // The fact first, then what is said, then why it misleads.
    if let Some(verdict) = verdict(claim) {
        let _ = writeln!(page, "<p>{}</p>", text(&verdict));
    }
    for paragraph in claim.why.iter().flat_map(|why| paragraphs(why)) {
        let _ = writeln!(page, "<p>{}</p>", text(&paragraph));
    }
    if claim.personal {
        let _ = writeln!(page, "<p>{}</p>", text(wording::PERSONAL));
    }
    let sources = cited(knowledge, claim);
    if !sources.is_empty() {
        page.push_str("<p class=\"small\">Sources:</p>\n<ul class=\"small\">\n");
        for cited in &sources {
            let title = text(&cited.source.title);
            let title = match &cited.source.url {
                Some(url) => format!("<a href=\"{}\">{title}</a>", text(url)),
                None => title,
            };
            let _ = writeln!(page, "<li>{title}, {}</li>", text(&details(cited)));
        }
        page.push_str("</ul>\n");
    }
    let _ = writeln!(page, "<p class=\"small\">{}</p>\n</article>", text(&review(claim)));
}

fn invitation(knowledge: &Knowledge) -> String {
    let consultation = &knowledge.practice.consultation;
    let mut paragraph = format!("<p>{}", text(&consultation.prompt));
    if let Some(url) = &consultation.url {
        let _ = write!(paragraph, " <a href=\"{0}\">{0}</a>", text(url));
    }
    if let Some(phone) = &consultation.phone {
        let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let _ = write!(paragraph, " <a href=\"tel:{dialled}\">{}</a>", text(phone));
    }
    paragraph + "</p>\n"
}

/// The questions once more for search engines, and for `askwell import`.
fn structured(knowledge: &Knowledge) -> String {
    let mut faq = jsonld::faq(knowledge);
    faq["@context"] = "https://schema.org".into();
    // "<" would end the script if a text held "</script>".
    let json = faq.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{json}</script>\n")
}

/// A text with the characters escaped that mean something in HTML.
fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
