//! One reply as text for a screen or a pipe.

use std::fmt::Write;

use crate::dialogue::{Answer, Cited, Reply, Status, compose, wording};
use crate::matching::Explanation;

use super::Style;

/// SGR codes: bold for headings and openings, dim for what can be skipped,
/// red for a red flag (which also says so in words).
const BOLD: &str = "1";
const DIM: &str = "2";
const ALARM: &str = "1;31";

/// A reply as lines, without a blank line at the end.
#[must_use]
pub fn reply(reply: &Reply, style: Style) -> String {
    let mut page = Page { style, blocks: Vec::new() };
    if let Some(notice) = &reply.safety {
        let label = if reply.status == Status::Safety { "URGENT" } else { "Reminder" };
        page.labelled(label, &notice.text, Some(ALARM));
    }
    if reply.opens {
        page.labelled("About this program", &reply.disclosure, Some(DIM));
    }
    for answer in &reply.answers {
        page.answer(answer, reply.answers.len() > 1);
    }
    if !reply.message.is_empty() {
        page.labelled("Answer", &reply.message, None);
    }
    if !reply.unanswered.is_empty() {
        page.paragraph(&compose::unanswered(&reply.unanswered), None);
    }
    if !reply.suggestions.is_empty() {
        let mut list = page.styled(compose::suggestions_heading(reply.status), Some(DIM));
        for (number, suggestion) in (1..).zip(&reply.suggestions) {
            let _ = write!(
                list,
                "\n{}",
                page.style.wrapped(&suggestion.title, &format!("  {number}. "), "     ")
            );
        }
        page.blocks.push(list);
    }
    if let Some(consultation) = &reply.consultation {
        page.labelled("Consultation", &compose::invitation(consultation), None);
    }
    page.blocks.join("\n\n")
}

/// One answer with its sources and review state, as lines.
#[must_use]
pub fn answer(answer: &Answer, style: Style) -> String {
    let mut page = Page { style, blocks: Vec::new() };
    page.answer(answer, true);
    page.blocks.join("\n\n")
}

/// An explanation as an indented tree.
#[must_use]
pub fn explanation(explanation: &Explanation) -> String {
    fn add(text: &mut String, node: &Explanation, depth: usize) {
        let _ = write!(text, "{}{} {:.3}", "  ".repeat(depth), node.name, node.value);
        if !node.note.is_empty() {
            let _ = write!(text, ": {}", node.note);
        }
        text.push('\n');
        for part in &node.parts {
            add(text, part, depth + 1);
        }
    }
    let mut text = String::new();
    add(&mut text, explanation, 1);
    text
}

struct Page {
    style: Style,
    blocks: Vec<String>,
}

impl Page {
    fn answer(&mut self, answer: &Answer, titled: bool) {
        if titled || self.style.accessible {
            let title =
                format!("{}{}", if self.style.accessible { "Question: " } else { "" }, answer.claim.title);
            let title = self.style.wrapped(&title, "", "");
            let title = self.styled(&title, Some(BOLD));
            self.blocks.push(title);
        }
        let mut paragraphs = answer.paragraphs().into_iter();
        let first = paragraphs.next().unwrap_or_default();
        let label = if self.style.accessible { "Answer: " } else { "" };
        let opening = answer.stance.lead.map(|l| format!("{l} ")).unwrap_or_default();
        let text = self.style.wrapped(&format!("{label}{opening}{first}"), "", "");
        self.blocks.push(match answer.stance.lead {
            Some(lead) if self.style.color => text.replacen(lead, &self.styled(lead, Some(BOLD)), 1),
            _ => text,
        });
        for paragraph in paragraphs {
            self.paragraph(&paragraph, None);
        }
        if answer.personal {
            self.paragraph(wording::PERSONAL, None);
        }
        let mut sources = String::new();
        if !self.style.accessible && !answer.sources.is_empty() {
            sources = self.styled(if answer.sources.len() == 1 { "Source" } else { "Sources" }, Some(DIM));
            sources.push('\n');
        }
        for (number, source) in (1..).zip(&answer.sources) {
            let label =
                if self.style.accessible { format!("Source {number}: ") } else { format!("  [{number}] ") };
            let _ = writeln!(sources, "{}", self.source(source, &label));
        }
        sources.push_str(&self.styled(&self.style.wrapped(&compose::review(answer), "", ""), Some(DIM)));
        self.blocks.push(sources);
    }

    fn source(&self, cited: &Cited, label: &str) -> String {
        // An address that does not fit beside the indent would be broken by the terminal.
        let url = cited.source.url.as_deref().unwrap_or_default();
        let room = self.style.width.map_or(usize::MAX, |width| width.saturating_sub(url.len()));
        let indent = " ".repeat(if self.style.accessible { 0 } else { label.len().min(room) });
        let line = self.style.wrapped(&compose::citation(cited), label, &indent);
        match &cited.source.url {
            Some(url) if self.style.links => {
                line.replacen(url.as_str(), &format!("\u{1b}]8;;{url}\u{1b}\\{url}\u{1b}]8;;\u{1b}\\"), 1)
            }
            _ => line,
        }
    }

    fn labelled(&mut self, label: &str, text: &str, code: Option<&str>) {
        if self.style.accessible {
            self.paragraph(&format!("{label}: {text}"), code);
        } else {
            self.paragraph(text, code);
        }
    }

    fn paragraph(&mut self, text: &str, code: Option<&str>) {
        let lines: Vec<String> = text.lines().map(|l| self.style.wrapped(l, "", "")).collect();
        let text = self.styled(&lines.join("\n"), code);
        self.blocks.push(text);
    }

    fn styled(&self, text: &str, code: Option<&str>) -> String {
        match code {
            Some(code) if self.style.color => {
                let lines: Vec<String> =
                    text.lines().map(|l| format!("\u{1b}[{code}m{l}\u{1b}[0m")).collect();
                lines.join("\n")
            }
            _ => text.to_owned(),
        }
    }
}
