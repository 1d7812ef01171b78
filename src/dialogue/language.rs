//! Whether a message is in another language than English.

use crate::text::Utterance;
use crate::text::english;

/// A language that a message is in, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, or too short to tell.
    English,
    /// Spanish: the second language of the practice's town.
    Spanish,
    /// Words that are neither: another language, or no language at all.
    Other,
}

/// Fewest words of a message whose language can be told by the words that it
/// does not share with English; a name or a misspelled word is one or two.
const FEWEST_WORDS: usize = 3;

/// Share of unknown words from which on a message is not English. A dictionary
/// knows nine in ten words of English messages; of foreign ones it knows the
/// names and some words that look the same.
const UNKNOWN_SHARE: (usize, usize) = (3, 5);

/// The language of a message; `knows` tells whether the knowledge has a word.
#[must_use]
pub fn language(message: &Utterance, knows: impl Fn(&str) -> bool) -> Language {
    let count = message.tokens().len();
    let spanish = message.words().filter(|w| is_spanish(w)).count();
    let inverted = message.original().contains(['¿', '¡']);
    let english = message.words().filter(|w| is_english_function_word(w)).count();
    if spanish > english && (inverted || spanish >= 2 || is_spanish_by_itself(message)) {
        return Language::Spanish;
    }
    if message.words().any(is_of_other_script) && english == 0 {
        return Language::Other;
    }
    let unknown = message.words().filter(|w| !english::contains(w) && !knows(w) && !is_number(w)).count();
    let (part, whole) = UNKNOWN_SHARE;
    if count >= FEWEST_WORDS && unknown * whole >= count * part && english == 0 {
        Language::Other
    } else {
        Language::English
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Letters that English does not have, even with its accents folded away.
fn is_of_other_script(word: &str) -> bool {
    word.chars().any(|c| {
        c.is_alphabetic() && !c.is_ascii() && !matches!(c, 'æ' | 'œ' | 'ø' | 'ß' | 'ð' | 'þ' | 'ł' | 'ı')
    })
}

/// Frequent Spanish words that are no English ones, accents folded.
#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "de", "del", "que", "en", "un", "una", "por", "para", "con", "mi", "mis",
    "es", "son", "esta", "estan", "estoy", "soy", "tengo", "tiene", "tienen", "puedo", "puede",
    "pueden", "quiero", "quisiera", "cuanto", "cuanta", "cuantos", "cuantas", "cuando", "como", "donde",
    "cual", "quien", "hola", "gracias", "buenos", "buenas", "dias", "tardes", "hay", "hacer", "hace",
    "cuesta", "vale", "precio", "cita", "necesito", "duele", "dura", "seguro", "segura", "embarazada",
    "arrugas", "frente", "cara", "ojos", "ojo", "usted", "ustedes", "hablan", "habla", "espanol",
    "porque", "muy", "mas", "pero", "si", "se", "le", "lo", "su", "al", "y", "o", "ayer", "despues",
    "antes", "sin", "sobre", "tambien", "aplicar", "ponerme", "inyeccion", "efectos", "doctor",
    "consulta", "miedo", "verdad", "mejor", "otra", "otro", "semana", "ninos", "anos", "favor", "ayuda",
    "tomar",
];

fn is_spanish(word: &str) -> bool {
    SPANISH.contains(&word)
}

/// "Hola" alone is Spanish; "la" alone may be anything.
fn is_spanish_by_itself(message: &Utterance) -> bool {
    message.words().all(|w| matches!(w, "hola" | "gracias" | "buenos" | "buenas" | "ayuda" | "precio"))
}

/// The words that nearly every English sentence has one of.
fn is_english_function_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "is"
            | "are"
            | "was"
            | "to"
            | "of"
            | "and"
            | "in"
            | "it"
            | "its"
            | "i"
            | "im"
            | "you"
            | "my"
            | "your"
            | "do"
            | "does"
            | "did"
            | "can"
            | "will"
            | "for"
            | "on"
            | "with"
            | "what"
            | "whats"
            | "how"
            | "when"
            | "why"
            | "who"
            | "where"
            | "which"
            | "if"
            | "that"
            | "this"
            | "be"
            | "have"
            | "has"
            | "not"
            | "or"
            | "from"
            | "after"
            | "before"
            | "about"
            | "should"
            | "would"
            | "could"
            | "get"
            | "they"
            | "we"
            | "at"
            | "so"
            | "but"
            | "than"
            | "please"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_spanish_and_what_is_no_english() {
        let knows = |word: &str| matches!(word, "botox" | "dysport");
        for (text, expected) in [
            ("¿Cuánto dura el efecto?", Language::Spanish),
            ("hola, hablan espanol", Language::Spanish),
            ("tengo miedo de la aguja", Language::Spanish),
            ("how much is the botox", Language::English),
            ("botox dysport", Language::English),
            ("Was kostet eine Behandlung bei Ihnen?", Language::English),
            ("Wieviel kostet Botox bei Ihnen", Language::Other),
            ("ボトックスはいくらですか", Language::Other),
            ("qwe rtz uiop asdf", Language::Other),
            ("La Jolla", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(language(&Utterance::new(text), knows), expected, "{text}");
        }
    }
}
