//! The common English words: what a correction must leave alone.
//!
//! The list is SCOWL's small American and British lists (as Debian packages
//! them: `wamerican-small`, `wbritish-small`), folded like every message and
//! sorted; `english-NOTICE.txt` beside it carries the licence.

use std::sync::LazyLock;

/// The list, one word a line, in byte order.
static LIST: &str = include_str!("english.txt");

/// Its words, where they lie. Cut when the first is looked up, in less time than a
/// message takes.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| LIST.lines().collect());

/// Whether a folded word is a common English word.
#[must_use]
pub fn contains(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_word_of_the_list_and_no_other() {
        assert!(LIST.lines().is_sorted());
        assert!(LIST.lines().all(contains));
        for word in ["", "a\nb", "botox", "zzz", "aaaa", "~"] {
            assert!(!contains(word), "{word:?}");
        }
    }
}
