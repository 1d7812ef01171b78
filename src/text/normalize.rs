//! Characters folded to one form, so that matching compares words and not
//! typography.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character is dropped wherever it stands: zero-width and
/// bidirectional formatting, soft hyphens, variation selectors. They are
/// invisible, and a word must not fail to match for one.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character may not be shown: control characters (a line break
/// apart) and invisible formatting, except the two that emoji are made with.
#[must_use]
pub fn is_unsafe_to_show(c: char) -> bool {
    (c.is_control() && c != '\n') || (is_invisible(c) && !matches!(c, '\u{200d}' | '\u{fe0f}'))
}

/// Whether a character is an apostrophe in one of its typographic forms.
/// People type contractions with all of them, and with none.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | '`' | '´' | 'ʼ' | 'ʹ' | '＇' | '′')
}

/// One character in its folded form: compatibility-decomposed (NFKD), lower
/// case, without marks. Folding a folded character gives itself.
///
/// NFKD with the marks removed equals NFKC with the marks removed, and can be
/// done one character at a time, which keeps spans exact.
pub fn fold(c: char) -> impl Iterator<Item = char> {
    // Nearly all that is typed is ASCII, which only has a case: the tables cost
    // more than everything else that is done with a character.
    let ascii = c.is_ascii().then(|| c.to_ascii_lowercase());
    let other = (!c.is_ascii()).then_some(c);
    ascii.into_iter().chain(other.into_iter().flat_map(|c| {
        std::iter::once(c)
            .nfkd()
            .flat_map(char::to_lowercase)
            .nfkd()
            .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
    }))
}

/// A text without control characters, escape sequences' introducer, and
/// invisible formatting: what may be echoed to a screen or into a reply. Line
/// breaks and tabs become blanks.
#[must_use]
pub fn printable(text: &str) -> String {
    let one_line = text.chars().map(|c| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        c => c,
    });
    one_line.filter(|c| !is_unsafe_to_show(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_width_marks_and_ligatures() {
        let folded = |s: &str| s.chars().flat_map(fold).collect::<String>();
        for (given, expected) in
            [("BOTOX", "botox"), ("ｂｏｔｏｘ", "botox"), ("Dónde", "donde"), ("ﬁller", "filler"), ("İ", "i")]
        {
            assert_eq!(folded(given), expected);
        }
    }

    #[test]
    fn ascii_folds_as_the_tables_say() {
        for c in (0..128_u8).map(char::from) {
            let by_tables = std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd();
            assert!(fold(c).eq(by_tables), "{c:?}");
        }
    }

    #[test]
    fn nothing_that_moves_a_cursor_is_printable() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\nd\u{7}\u{200b}"), "a[31mbc d");
    }
}
