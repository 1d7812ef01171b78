//! Reading a text as a person does: paragraphs, sentences, words, syllables.

/// Words after which a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "drs", "mr", "mrs", "ms", "prof", "st", "vs", "etc", "e.g", "i.e", "u.s", "u.k", "a.m", "p.m",
    "no", "approx", "fig", "jr", "sr", "inc",
];

/// Of these, those that often do end one: then a capital decides.
const MAY_END: &[&str] = &["etc", "u.s", "u.k", "a.m", "p.m", "inc", "jr", "sr"];

/// The paragraphs of a text, as a reply shows them: a blank line separates
/// them, or a line break where the text has no blank line.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let separator = if text.contains("\n\n") { "\n\n" } else { "\n" };
    text.split(separator).map(str::trim).filter(|p| !p.is_empty())
}

/// The sentences of a text, in order.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    paragraphs(text).flat_map(in_paragraph).collect()
}

/// The sentences of a paragraph. A mark ends one when blank space and a
/// beginning follow it, so "7.5" and "drhilinski.com" end none.
pub(super) fn in_paragraph(paragraph: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in paragraph.char_indices() {
        if at < start || !matches!(mark, '.' | '!' | '?' | '…') {
            continue;
        }
        let after = &paragraph[at + mark.len_utf8()..];
        let rest = after.trim_start_matches(['"', '\'', '”', '’', ')', ']', '.', '!', '?']);
        let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let next = rest.trim_start().chars().find(|c| c.is_alphanumeric());
        let begins = next.is_none_or(|c| !c.is_lowercase());
        if ends && begins && (mark != '.' || !is_abbreviation(&paragraph[start..at])) {
            let end = paragraph.len() - rest.len();
            found.push(paragraph[start..end].trim());
            start = end;
        }
    }
    found.push(paragraph[start.min(paragraph.len())..].trim());
    found.retain(|s| words(s).next().is_some());
    found
}

/// Whether the word before a full stop is an abbreviation or an initial.
fn is_abbreviation(before: &str) -> bool {
    let mut words = before.rsplit(|c: char| c.is_whitespace() || c == '(');
    let word = words.next().unwrap_or_default();
    // "Mr. A. Smith", but not "toxin type A."
    let follows_name = words.next().is_none_or(|w| !w.starts_with(char::is_lowercase));
    let folded = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    (initial && follows_name)
        || (ABBREVIATIONS.contains(&folded.as_str()) && !MAY_END.contains(&folded.as_str()))
}

/// The words of a sentence as written, without the marks around them.
pub(super) fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/'))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'))
        .filter(|w| w.chars().any(char::is_alphanumeric))
}

/// The words in lower case with straight apostrophes, for comparing.
pub(super) fn folded(sentence: &str) -> Vec<String> {
    words(sentence).map(|w| w.to_lowercase().replace('’', "'")).collect()
}

/// Where a sequence of words begins among others. A word that ends in `*`
/// stands for all that begin with it.
pub(super) fn find(words: &[String], sequence: &str) -> Option<usize> {
    let wanted: Vec<&str> = sequence.split(' ').collect();
    words.windows(wanted.len()).position(|window| {
        window.iter().zip(&wanted).all(|(word, wanted)| match wanted.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == wanted,
        })
    })
}

/// Whether a word denies what follows it.
pub(super) fn is_negation(word: &str) -> bool {
    const NEGATIONS: &[&str] =
        &["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly"];
    NEGATIONS.contains(&word) || word.ends_with("n't")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_figures_names_and_abbreviations_end_no_sentence() {
        let table = [
            ("It takes 7.5 units. Then 10.", 2),
            ("See drhilinski.com for more. Call.", 2),
            ("Dr. Hilinski and Mr. A. Smith agree.", 1),
            ("It costs $1,200 (approx. 9.5 a unit), e.g. Botox. Ask.", 2),
            ("They said \"Stop.\" Then they left!", 2),
            ("Really?! Yes… or no.", 2),
            ("It is toxin type A. It relaxes.", 2),
            ("One.\n\nTwo without a mark\n\nThree", 3),
            ("...", 0),
            ("", 0),
        ];
        for (text, count) in table {
            assert_eq!(sentences(text).len(), count, "{text:?}: {:?}", sentences(text));
        }
    }

    #[test]
    fn words_are_found_by_stem_and_in_sequence() {
        let words = folded("A droopy eyelid isn’t “safe”, 100% of the time.");
        assert_eq!(find(&words, "droop*"), Some(1));
        assert_eq!(find(&words, "100% of"), Some(5));
        assert_eq!(find(&words, "eyelid safe"), None);
        assert!(words.iter().any(|w| is_negation(w)));
    }
}
