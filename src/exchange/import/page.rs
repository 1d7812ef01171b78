//! A web page with `FAQPage` data for search engines (JSON-LD), or such data
//! by itself.

use serde_json::Value;

use super::super::draft::{Draft, Drafts};

/// Deepest nesting of data that is searched for questions.
const DEEPEST: usize = 16;

/// Reads a page, or a file of JSON-LD.
///
/// # Errors
/// What keeps it from being read at all, with the remedy.
pub fn import(text: &str) -> Result<Drafts, String> {
    let mut found = Drafts::default();
    let blocks = blocks(text);
    for (number, block) in (1..).zip(&blocks) {
        match serde_json::from_str::<Value>(block) {
            Ok(data) => search(&data, DEEPEST, &mut found),
            Err(error) => found.lost.push(format!("data block {number} is no JSON: {error}")),
        }
    }
    if found.drafts.is_empty() {
        let why = if blocks.is_empty() { "no `application/ld+json`" } else { "no question of a `FAQPage`" };
        return Err(format!(
            "the page has {why}; put its questions and answers into a table and import that"
        ));
    }
    Ok(found.completed())
}

/// The blocks of JSON-LD in a page; a file that is JSON is one block.
fn blocks(text: &str) -> Vec<&str> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        return vec![text];
    }
    // ASCII keeps its length, so positions in the folded text hold in the text.
    let folded = text.to_ascii_lowercase();
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(start) = folded[at..].find("<script").map(|n| at + n) {
        let Some(open) = folded[start..].find('>').map(|n| start + n + 1) else { break };
        let end = folded[open..].find("</script").map_or(text.len(), |n| open + n);
        if folded[start..open].contains("application/ld+json") {
            let block = text[open..end].trim();
            let block = block.strip_prefix("<!--").and_then(|b| b.strip_suffix("-->")).unwrap_or(block);
            let block =
                block.strip_prefix("//<![CDATA[").and_then(|b| b.strip_suffix("//]]>")).unwrap_or(block);
            blocks.push(block.trim());
        }
        at = end;
    }
    blocks
}

/// Finds every `FAQPage` in the data, whatever it is wrapped in.
fn search(data: &Value, depth: usize, found: &mut Drafts) {
    match data {
        _ if depth == 0 => found.lost.push("data that is nested too deeply".to_owned()),
        Value::Array(items) => items.iter().for_each(|item| search(item, depth - 1, found)),
        Value::Object(_) if is(data, "FAQPage") => match data.get("mainEntity") {
            Some(Value::Array(items)) => items.iter().for_each(|item| question(item, found)),
            Some(item) => question(item, found),
            None => found.lost.push("a FAQPage without questions".to_owned()),
        },
        Value::Object(entries) => entries.values().for_each(|value| search(value, depth - 1, found)),
        _ => {}
    }
}

fn is(data: &Value, kind: &str) -> bool {
    match data.get("@type") {
        Some(Value::String(name)) => name.trim_start_matches("https://schema.org/") == kind,
        Some(Value::Array(names)) => names.iter().any(|name| name == kind),
        _ => false,
    }
}

fn question(data: &Value, found: &mut Drafts) {
    let text = |key: &str| data.get(key).and_then(Value::as_str).map(plain).unwrap_or_default();
    let title = if text("name").is_empty() { text("text") } else { text("name") };
    if !is(data, "Question") || title.is_empty() {
        found.lost.push("an item of a FAQPage that is no question with a name".to_owned());
        return;
    }
    let answers = match data.get("acceptedAnswer").or_else(|| data.get("suggestedAnswer")) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(item) => vec![item],
        None => Vec::new(),
    };
    let written = answers.first().and_then(|a| a.get("text")).and_then(Value::as_str).unwrap_or_default();
    for address in addresses(written) {
        found.lost.push(format!("“{title}”: the link to {address}"));
    }
    if answers.len() > 1 {
        found.lost.push(format!("“{title}”: all answers but the first"));
    }
    if written.to_ascii_lowercase().contains("<img") {
        found.lost.push(format!("“{title}”: the pictures in the answer"));
    }
    let cited = answers.first().and_then(|a| a.get("citation")).is_some();
    found.lost.push(if cited {
        format!("“{title}”: its sources; add them to sources.yaml and cite them")
    } else {
        format!("“{title}”: names no source; cite one, or make it a hand-over")
    });
    let id = data.get("identifier").and_then(Value::as_str).unwrap_or_default().to_owned();
    found.drafts.push(Draft { id, title, answer: plain(written), ..Draft::default() });
}

/// The addresses that a piece of HTML links to.
fn addresses(html: &str) -> Vec<&str> {
    html.split("href=")
        .skip(1)
        .filter_map(|rest| {
            let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest[1..].split(mark).next()
        })
        .filter(|address| !address.is_empty())
        .collect()
}

/// Tags that end a line of text.
const BREAKING: &[&str] =
    &["br", "p", "/p", "li", "/li", "div", "/div", "ul", "/ul", "ol", "/ol", "tr", "/tr"];

/// A piece of HTML as text: tags taken out, paragraphs kept, entities read.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(end) = after.find('>').filter(|_| tag) else {
            text.push('<');
            rest = after;
            continue;
        };
        let name = after[..end].split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if BREAKING.contains(&name.trim_end_matches('/').to_ascii_lowercase().as_str()) {
            text.push_str("\n\n");
        }
        rest = &after[end + 1..];
    }
    text.push_str(rest);
    let text = unescaped(&text);
    let paragraphs = text.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// A text with the entities read that pages use in answers.
fn unescaped(text: &str) -> String {
    const NAMED: &[(&str, &str)] = &[
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", " "),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("rdquo", "”"),
        ("ldquo", "“"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("hellip", "…"),
        ("amp", "&"),
    ];
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let read = part.split_once(';').and_then(|(name, rest)| {
            let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
            let text = named.or_else(|| number.and_then(char::from_u32).map(String::from))?;
            Some((text, rest))
        });
        if let Some((text, rest)) = read {
            plain.push_str(&text);
            plain.push_str(rest);
        } else {
            plain.push('&');
            plain.push_str(part);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    //! Properties: no input makes it panic; what is no question is listed.
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_page_makes_it_panic(text in "(\\PC|<script type=\"application/ld\\+json\">|</script|[<>&;{}\"]){0,40}") {
            let _ = import(&text);
            let _ = plain(&text);
        }
    }

    #[test]
    fn tags_go_paragraphs_and_entities_stay() {
        let table = [
            ("<p>A &lt;b&gt; &amp;amp;</p><p>C&nbsp;D&#39;s &#x2019;</p>", "A <b> &amp;\n\nC D's ’"),
            ("a <b>bold</b> move<br/>next", "a bold move\n\nnext"),
            ("5 < 7 & 9; AT&T", "5 < 7 & 9; AT&T"),
        ];
        for (html, text) in table {
            assert_eq!(plain(html), text);
        }
    }

    #[test]
    fn questions_are_found_in_a_graph_and_in_several_blocks() {
        let page = r#"<SCRIPT type="application/ld+json">{"@graph":[{"@type":["WebPage","FAQPage"],"mainEntity":
            {"@type":"Question","name":"Does it <i>hurt</i>?","acceptedAnswer":{"@type":"Answer",
            "text":"<p>A little.</p><p>See <a href=\"https://example.org/ice\">ice</a>.</p>"}}}]}</SCRIPT>
            <script>if (a < b) {}</script>
            <script type='application/ld+json'>{broken</script>
            <script type='application/ld+json'>[{"@type":"FAQPage","mainEntity":[{"@type":"Thing"}]}]</script>"#;
        let found = import(page).unwrap();
        assert_eq!(found.drafts.len(), 1);
        assert_eq!(found.drafts[0].title, "Does it hurt?");
        assert_eq!(found.drafts[0].answer, "A little.\n\nSee ice.");
        let lost = found.lost.join("\n");
        for part in ["https://example.org/ice", "no source", "block 2 is no JSON", "no question with a name"]
        {
            assert!(lost.contains(part), "{part:?} is not in\n{lost}");
        }
        for page in ["", "<html>", "{}", "<script type=\"application/ld+json\">{\"@type\":\"FAQPage\"}"] {
            assert!(import(page).unwrap_err().contains("import that"), "{page}");
        }
    }
}
