//! Findings as commands of GitHub Actions, which shows them beside the lines.

use super::Diagnostic;

/// One finding as a workflow command. `folder` is the knowledge folder as seen
/// from the root of the repository.
#[must_use]
pub fn render(finding: &Diagnostic, folder: &str) -> String {
    let place = &finding.place;
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    let file = if folder.is_empty() { place.file.clone() } else { format!("{folder}/{}", place.file) };
    let position = match place.line {
        0 => String::new(),
        line => format!(",line={line},col={}", place.column),
    };
    format!(
        "::{} file={}{position},title={}::{}",
        finding.severity,
        property(&file),
        property(finding.code),
        data(&format!("{}: {}", finding.message, finding.help)),
    )
}

/// A message with the characters escaped that end it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, which a colon or a comma would end too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let place = Place { file: "claims/a,b.yaml".into(), line: 2, column: 5 };
        let finding = Diagnostic::error("date", place, "100 %\nwrong", "mend it");
        assert_eq!(
            render(&finding, "./my:base/"),
            "::error file=my%3Abase/claims/a%2Cb.yaml,line=2,col=5,title=date::100 %25%0Awrong: mend it"
        );
        let whole = Diagnostic::warning("reading-grade", Place::file("a.yaml"), "hard", "ease it");
        assert_eq!(render(&whole, ""), "::warning file=a.yaml,title=reading-grade::hard: ease it");
    }
}
