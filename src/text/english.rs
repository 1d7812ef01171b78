//! The common English words: what a correction must leave alone.
//!
//! The list is SCOWL's small American and British lists (as Debian packages
//! them: `wamerican-small`, `wbritish-small`), folded like every message and
//! sorted; `english-NOTICE.txt` beside it carries the licence.

/// The list, one word a line, in byte order. It is searched where it lies, so
/// it costs nothing at start.
static WORDS: &str = include_str!("english.txt");

/// Whether a folded word is a common English word.
#[must_use]
pub fn contains(word: &str) -> bool {
    let (mut low, mut high) = (0, WORDS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = WORDS[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = WORDS[start..].find('\n').map_or(WORDS.len(), |at| start + at);
        match WORDS[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_word_of_the_list_and_no_other() {
        assert!(WORDS.lines().is_sorted());
        assert!(WORDS.lines().all(contains));
        for word in ["", "a\nb", "botox", "zzz", "aaaa", "~"] {
            assert!(!contains(word), "{word:?}");
        }
    }
}
