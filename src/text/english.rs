//! The common English words: what a correction must leave alone.
//!
//! The list is SCOWL's small American and British lists (as Debian packages
//! them: `wamerican-small`, `wbritish-small`), folded like every message and
//! sorted; `english-NOTICE.txt` beside it carries the licence.

/// The list, one word a line, in byte order. It is searched where it lies: to cut
/// it into words takes two milliseconds, which every process would pay.
static LIST: &str = include_str!("english.txt");

/// Whether a folded word is a common English word.
#[must_use]
pub fn contains(word: &str) -> bool {
    let list = LIST.as_bytes();
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low.midpoint(high);
        // Byte by byte: lines are too short for a search to pay.
        let start = (low..middle).rev().find(|&at| list[at] == b'\n').map_or(low, |at| at + 1);
        let end = (middle..high).find(|&at| list[at] == b'\n').unwrap_or(high);
        match list[start..end].cmp(word.as_bytes()) {
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
        assert!(LIST.lines().is_sorted());
        assert!(LIST.lines().all(contains));
        for word in ["", "a\nb", "botox", "zzz", "aaaa", "~"] {
            assert!(!contains(word), "{word:?}");
        }
    }
}
