//! Counting the syllables of an English word, without a dictionary.
//!
//! Groups of vowels, less the silent ones, corrected by lists of letters that
//! make one syllable more or one less than they look (the method of Greg
//! Fast's `Lingua::EN::Syllable`, with lists of our own).

/// Letters that make one syllable more than their vowels look like.
const MORE: &[&str] = &[
    "ia", "io", "iu", "ii", "ua", "diet", "riet", "ciet", "xiet", "uie", "dien", "nien", "lient", "scien",
    "perien", "creat", "react", "deo", "xeo", "luen", "nuin", "luid", "ruin", "uou", "eing", "oing", "ism",
];

/// Letters that make one less; those that hold one of [`MORE`] undo it.
const FEWER: &[&str] = &[
    "cia", "tia", "sia", "cious", "tious", "xious", "gious", "tion", "sion", "gion", "nion", "llion", "xion",
    "cion", "shion", "qua", "gua", "foreh", "somet", "theref", "eyel", "eyeb", "fety", "vement", "tement",
    "gement", "nement", "sement", "reful", "peful", "seful",
];

/// Endings that make one syllable more.
const MORE_AT_END: &[&str] = &["ier", "iest", "idea", "ideas", "area", "areas", "dnt", "snt"];

/// Words that no rule here reads right.
const IRREGULAR: &[(&str, usize)] =
    &[("acne", 2), ("crooked", 2), ("naked", 2), ("maybe", 2), ("hundred", 2), ("headaches", 2)];

/// The syllables of a word as it is spoken, at least one. A figure counts one
/// for each digit and an acronym one for each letter (three for W), which is
/// how both are read out.
pub(super) fn syllables(word: &str) -> usize {
    if word.contains(['-', '.', ',']) && !word.contains(|c: char| c.is_ascii_digit()) {
        return word.split(['-', '.', ',']).filter(|part| !part.is_empty()).map(syllables).sum();
    }
    if word.contains(|c: char| c.is_ascii_digit()) {
        return word.chars().filter(char::is_ascii_alphanumeric).count();
    }
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    if (2..=4).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase()) {
        return word.chars().map(|letter| if letter == 'W' { 3 } else { 1 }).sum();
    }
    let word = word.to_lowercase().replace('’', "'");
    let word: String = word.chars().filter(|c| *c != '\'').collect();
    if let Some((_, count)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == word) {
        return *count;
    }
    let stem = without_silent_end(&word);
    let more = MORE.iter().map(|part| stem.matches(part).count()).sum::<usize>()
        + MORE_AT_END.iter().filter(|end| word.ends_with(**end)).count()
        + usize::from(stem.len() < word.len() && ends_in_syllabic_l(stem));
    let fewer = FEWER.iter().map(|part| word.matches(part).count()).sum::<usize>()
        + usize::from(word.len() > 4 && word.ends_with("ely"));
    (vowel_groups(stem) + more).saturating_sub(fewer).max(1)
}

fn is_vowel(letter: char) -> bool {
    "aeiouyáéíóúü".contains(letter)
}

/// The word without an ending that is written and not spoken: "dose",
/// "relaxed", "lines"; "treated" and "doses" keep theirs.
fn without_silent_end(word: &str) -> &str {
    let kept = |stem: &&str, spoken: &[char]| !stem.ends_with(spoken);
    word.strip_suffix("ed")
        .filter(|stem| kept(stem, &['t', 'd']))
        .or_else(|| word.strip_suffix("es").filter(|stem| kept(stem, &['s', 'x', 'z', 'c', 'g'])))
        .or_else(|| {
            word.strip_suffix('e').filter(|stem| !stem.ends_with(is_vowel) || stem.ends_with(['u', 'y']))
        })
        .unwrap_or(word)
}

/// Whether a stem that lost its "e" ends as "muscl(e)" and "settl(ed)" do.
fn ends_in_syllabic_l(stem: &str) -> bool {
    let before = stem.strip_suffix('l').and_then(|rest| rest.chars().next_back());
    before.is_some_and(|letter| !is_vowel(letter) && !matches!(letter, 'l' | 'r' | 'w'))
}

/// The groups of vowels. A y before a vowel belongs to it ("yes", "mayo"); one
/// after a consonant is a group of its own ("dying").
fn vowel_groups(stem: &str) -> usize {
    let letters: Vec<char> = stem.chars().collect();
    let mut groups = 0;
    let mut in_group = false;
    for (at, letter) in letters.iter().enumerate() {
        let follows_vowel = at > 0 && is_vowel(letters[at - 1]);
        let precedes_vowel = letters.get(at + 1).copied().is_some_and(is_vowel);
        let consonant_y = *letter == 'y' && precedes_vowel && (at == 0 || follows_vowel);
        let vowel = is_vowel(*letter) && !consonant_y;
        groups += usize::from(vowel && !in_group);
        in_group = vowel && (*letter != 'y' || follows_vowel);
    }
    groups
}

#[cfg(test)]
mod tests {
    //! Properties: every word has a syllable; the table below is read right.
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_word_has_a_syllable(word in "\\PC{1,20}") {
            prop_assume!(word.chars().any(char::is_alphanumeric));
            prop_assert!(syllables(&word) >= 1);
        }
    }

    #[test]
    fn words_of_the_field_and_of_every_day() {
        let table = [
            (1, "the be you dose lines eyes eye yes year need red cream don't crow's style"),
            (1, "shots spread brow bruise face skin smooth months through weak use world scowled"),
            (
                2,
                "Botox relaxed baby muscle wrinkles doses treated people able settle brand-new safely safety forehead",
            ),
            (
                2,
                "needle movement careful Mayo player beyond eyelid sometimes being doing dying trying special",
            ),
            (2, "patient science quiet doesn't isn't didn't social facial acne treatment swallow crooked US"),
            (
                3,
                "clinician's FDA's physician injected natural usual area areas idea period medical serious opinion",
            ),
            (
                3,
                "previous genuine easier earlier delicious condition medium sodium equally NHS FDA 911 syringes",
            ),
            (4, "American experience ingredient variety botulism situation society anesthesia dysphagia"),
            (4, "temporary consultation information 2024"),
            (5, "individual myasthenia approximately examination university"),
        ];
        let mut wrong = Vec::new();
        for (count, words) in table {
            for word in words.split(' ') {
                if syllables(word) != count {
                    wrong.push((word, count, syllables(word)));
                }
            }
        }
        assert!(wrong.is_empty(), "(word, expected, counted): {wrong:?}");
    }
}
