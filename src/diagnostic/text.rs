//! Findings as text for a person: message, excerpt, remedy.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// One finding with an excerpt of its file, ready for a screen.
///
/// `source` is the text of the file that the finding is in, when it is known;
/// without it, or where the finding is about the file as a whole, the place is
/// named in a line of its own. `color` adds ANSI colour.
#[must_use]
pub fn render(finding: &Diagnostic, source: Option<&str>, color: bool) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let title = level.primary_title(&finding.message).id(finding.code);
    let help = Level::HELP.message(&finding.help);
    let span = source.and_then(|text| excerpt(text, finding.place.line, finding.place.column));
    if let (Some(text), Some(span)) = (source, span) {
        let annotation = AnnotationKind::Primary.span(span);
        let snippet = Snippet::source(text).path(&finding.place.file).annotation(annotation);
        return renderer.render(&[title.element(snippet).element(help)]);
    }
    let place = Level::NOTE.message(format!("in {}", finding.place));
    renderer.render(&[title.element(place).element(help)])
}

/// The byte range from a position (line and column from 1) to the end of its
/// word, to underline; `None` where the text has no such position.
fn excerpt(text: &str, line: usize, column: usize) -> Option<std::ops::Range<usize>> {
    let start_of_line: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(start_of_line..)?;
    let content = rest.split('\n').next()?.trim_end_matches('\r');
    let start = content.char_indices().nth(column.checked_sub(1)?).map_or(content.len(), |c| c.0);
    let word = content[start..].find([' ', ':', ',', ']', '}']).unwrap_or(content.len() - start);
    Some(start_of_line + start..start_of_line + start + word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn shows_message_place_excerpt_and_remedy() {
        let place = Place { file: "claims/a.yaml".into(), line: 2, column: 5 };
        let finding = Diagnostic::error("unknown-key", place, "unknown key `tilte`", "use `title`");
        let shown = render(&finding, Some("claims:\n  - tilte: x\n"), false);
        for part in ["unknown key `tilte`", "claims/a.yaml:2:5", "- tilte: x", "use `title`"] {
            assert!(shown.contains(part), "{part:?} is missing in:\n{shown}");
        }
    }

    #[test]
    fn a_position_outside_the_text_is_still_reported() {
        let place = Place { file: "a.yaml".into(), line: 9, column: 9 };
        let finding = Diagnostic::error("format", place, "broken", "mend it");
        assert!(render(&finding, Some("x\n"), false).contains("broken"));
        assert!(render(&finding, None, false).contains("a.yaml:9:9"));
    }
}
