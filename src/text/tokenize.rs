//! Words with their place in the original, and where sentences end.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::normalize::{fold, is_apostrophe, is_invisible};

/// One word of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The word, folded: lower case, without apostrophes and accents.
    pub text: String,
    /// Where it stands in the original message, in bytes.
    pub span: Range<usize>,
}

/// Splits a message into words and the token ranges of its sentences.
///
/// A word is a run of letters and digits. An apostrophe inside a word is
/// dropped ("can’t", "can't" and "cant" are one word, because people type all
/// three); a point or comma between digits stays as a point ("7.5"). A
/// sentence ends at `.`, `?`, `!` or a line break.
pub(super) fn tokenize(text: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let mut tokens: Vec<Token> = Vec::new();
    let mut sentences = Vec::new();
    let mut sentence_start = 0;
    let mut word = String::new();
    let mut span = 0..0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        if is_invisible(c) {
            continue;
        }
        let next = chars.peek().and_then(|(_, n)| fold(*n).next());
        let before = word.len();
        for folded in fold(c).filter(|f| f.is_alphanumeric()) {
            word.push(folded);
        }
        if word.len() > before {
            if before == 0 {
                span.start = at;
            }
            span.end = end;
        } else if !word.is_empty() && fold(c).next().is_none() {
            // A combining mark after its letter: part of the word's span.
            span.end = end;
        } else if !word.is_empty() && is_apostrophe(c) && next.is_some_and(char::is_alphanumeric) {
            // Inside a word: dropped.
        } else if matches!(c, '.' | ',') && ends_with_digit(&word) && next.is_some_and(|n| n.is_ascii_digit())
        {
            word.push('.');
        } else {
            flush(&mut word, &span, &mut tokens);
            if matches!(c, '.' | '?' | '!' | '\n' | '…' | '。' | '？' | '！') && tokens.len() > sentence_start
            {
                sentences.push(sentence_start..tokens.len());
                sentence_start = tokens.len();
            }
        }
    }
    flush(&mut word, &span, &mut tokens);
    if tokens.len() > sentence_start {
        sentences.push(sentence_start..tokens.len());
    }
    (tokens, sentences)
}

fn ends_with_digit(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
}

fn flush(word: &mut String, span: &Range<usize>, tokens: &mut Vec<Token>) {
    if !word.is_empty() {
        tokens.push(Token { text: std::mem::take(word), span: span.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokenize(text).0.into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn contractions_are_one_word_however_they_are_typed() {
        for text in ["can't", "can’t", "CAN‘T", "cant", "can\u{200b}'t"] {
            assert_eq!(words(text), ["cant"], "{text:?}");
        }
    }

    #[test]
    fn numbers_ranges_and_hyphens() {
        assert_eq!(words("5-7.5 units, $1,200 (bo-tox)"), ["5", "7.5", "units", "1.200", "bo", "tox"]);
    }

    #[test]
    fn sentences_end_at_marks_and_line_breaks() {
        let (_, sentences) = tokenize("I am 26... is it 2.5 too early? ok\nyes");
        assert_eq!(sentences, [0..3, 3..8, 8..9, 9..10]);
    }

    #[test]
    fn nothing_to_read_gives_nothing() {
        for text in ["", " ", "👍", "???", "\u{202e}\u{200b}", "'"] {
            assert_eq!(tokenize(text), (vec![], vec![]), "{text:?}");
        }
    }
}
