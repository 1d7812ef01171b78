//! The closed classes of English words: those that carry the form of a
//! sentence and not its subject.
//!
//! All words are folded: lower case, without apostrophes ("isnt").

use super::Token;

/// Verbs that open a yes/no question when they stand before their subject.
#[must_use]
pub fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "am"
            | "was"
            | "were"
            | "do"
            | "does"
            | "did"
            | "can"
            | "could"
            | "will"
            | "would"
            | "shall"
            | "should"
            | "may"
            | "might"
            | "must"
            | "has"
            | "have"
            | "had"
            | "r"
    )
}

/// Words that frame a sentence, whatever it is about: verbs before their subject,
/// subjects, determiners, openers and question words.
#[must_use]
pub fn is_frame(word: &str) -> bool {
    is_auxiliary(word)
        || is_negated_auxiliary(word)
        || is_subject(word)
        || is_subject_with_verb(word)
        || is_determiner(word)
        || is_opener(word)
        || is_question_word(word)
}

/// Auxiliaries with their negation in them.
#[must_use]
pub fn is_negated_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "isnt"
            | "arent"
            | "aint"
            | "wasnt"
            | "werent"
            | "dont"
            | "doesnt"
            | "didnt"
            | "cant"
            | "cannot"
            | "couldnt"
            | "wont"
            | "wouldnt"
            | "shant"
            | "shouldnt"
            | "mustnt"
            | "mightnt"
            | "neednt"
            | "hasnt"
            | "havent"
            | "hadnt"
            | "innit"
    )
}

/// Words that turn what follows them into its opposite, auxiliaries apart.
#[must_use]
pub fn is_negator(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "nt"
            | "never"
            | "nothing"
            | "nobody"
            | "noone"
            | "none"
            | "nowhere"
            | "neither"
            | "nor"
            | "without"
            | "hardly"
            | "barely"
            | "cease"
            | "unlikely"
            | "unable"
            | "rarely"
            | "seldom"
            | "lack"
            | "lacks"
            | "avoid"
    ) || is_doubt(word)
}

/// Verbs and adjectives by which a writer takes the opposite of what follows
/// to be so.
#[must_use]
pub fn is_doubt(word: &str) -> bool {
    matches!(
        word,
        "doubt"
            | "doubts"
            | "doubtful"
            | "deny"
            | "disagree"
            | "disbelieve"
            | "skeptical"
            | "sceptical"
            | "refuse"
            | "wrongly"
            | "mistakenly"
            | "falsely"
    )
}

/// What is said of a statement to call it untrue; it turns the whole clause.
#[must_use]
pub fn is_refutation(word: &str) -> bool {
    matches!(
        word,
        "myth"
            | "myths"
            | "false"
            | "untrue"
            | "lie"
            | "lies"
            | "hoax"
            | "nonsense"
            | "rubbish"
            | "bs"
            | "bullshit"
            | "baloney"
            | "fiction"
            | "misconception"
            | "mistaken"
            | "exaggerated"
            | "exaggeration"
            | "overblown"
    )
}

/// Words that ask an open question.
#[must_use]
pub fn is_question_word(word: &str) -> bool {
    matches!(
        word,
        "what"
            | "whats"
            | "whatre"
            | "whatll"
            | "wat"
            | "who"
            | "whos"
            | "whom"
            | "whose"
            | "which"
            | "when"
            | "whens"
            | "where"
            | "wheres"
            | "why"
            | "whys"
            | "how"
            | "hows"
            | "howd"
            | "whatever"
    )
}

/// Pronouns that can be the subject of a verb.
#[must_use]
pub fn is_subject(word: &str) -> bool {
    matches!(
        word,
        "i" | "you"
            | "u"
            | "ya"
            | "it"
            | "they"
            | "we"
            | "he"
            | "she"
            | "there"
            | "this"
            | "that"
            | "these"
            | "those"
            | "one"
            | "people"
            | "anyone"
            | "someone"
            | "somebody"
            | "anybody"
            | "everyone"
            | "everybody"
    )
}

/// A subject and its verb in one word: what only a statement has.
#[must_use]
pub fn is_subject_with_verb(word: &str) -> bool {
    matches!(
        word,
        "im" | "ive"
            | "ill"
            | "id"
            | "its"
            | "itll"
            | "itd"
            | "thats"
            | "thatll"
            | "theres"
            | "theyre"
            | "theyve"
            | "theyll"
            | "theyd"
            | "youre"
            | "youve"
            | "youll"
            | "youd"
            | "weve"
            | "hes"
            | "shes"
            | "heres"
    )
}

/// Whether words begin with an "an" that is no article but an "and" in haste: "is it
/// safe an does it hurt". "An am visit" is one in the morning.
#[must_use]
pub fn is_clipped_and(words: &[Token]) -> bool {
    let [word, next, ..] = words else { return false };
    let next = next.text.as_str();
    word.text == "an"
        && next != "am"
        && (is_auxiliary(next)
            || is_negated_auxiliary(next)
            || is_question_word(next)
            || is_subject(next)
            || matches!(next, "now" | "then" | "also" | "my" | "your" | "the"))
}

/// Words before a noun.
#[must_use]
pub fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "my"
            | "your"
            | "ur"
            | "his"
            | "her"
            | "their"
            | "our"
            | "all"
            | "any"
            | "some"
            | "most"
            | "every"
            | "each"
            | "both"
            | "either"
            | "another"
            | "no"
    ) || matches!(word, "this" | "that" | "these" | "those")
}

/// Words that begin a sentence without belonging to it.
#[must_use]
pub fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "so" | "and"
            | "n"
            | "but"
            | "ok"
            | "okay"
            | "well"
            | "um"
            | "uh"
            | "oh"
            | "hi"
            | "hello"
            | "hey"
            | "also"
            | "or"
            | "then"
            | "plus"
            | "please"
            | "pls"
            | "actually"
            | "honestly"
            | "btw"
            | "wait"
            | "hmm"
            | "yes"
            | "yeah"
            | "thanks"
            | "sorry"
            | "like"
            | "now"
            | "again"
            | "though"
            | "anyway"
            | "just"
            | "lol"
            | "omg"
            | "still"
            | "even"
            | "first"
            | "second"
            | "lastly"
            | "finally"
            | "roughly"
            | "approximately"
            | "realistically"
            | "generally"
            | "typically"
            | "usually"
    )
}

/// Words that join a clause of its own to another one. ("And" and "or" join
/// words as often as clauses and are not among them.)
#[must_use]
pub fn is_clause_conjunction(word: &str) -> bool {
    matches!(
        word,
        "but"
            | "because"
            | "cause"
            | "cuz"
            | "cos"
            | "coz"
            | "bc"
            | "so"
            | "although"
            | "though"
            | "whereas"
            | "since"
            | "unless"
            | "while"
            | "however"
            | "yet"
    )
}

/// Verbs of wishing and fearing, and of knowing: a "not" before them says
/// nothing about what follows ("I don't want a frozen face").
#[must_use]
pub fn is_attitude(word: &str) -> bool {
    matches!(
        word,
        "want"
            | "wanna"
            | "wanted"
            | "like"
            | "wish"
            | "mind"
            | "care"
            | "know"
            | "understand"
            | "get"
            | "fancy"
            | "love"
            | "trust"
            | "risk"
    )
}

/// Verbs that are a statement's main verb where their subject is left out
/// ("don't think so").
#[must_use]
pub fn is_opinion(word: &str) -> bool {
    matches!(
        word,
        "think"
            | "thinking"
            | "believe"
            | "buy"
            | "reckon"
            | "suppose"
            | "guess"
            | "know"
            | "want"
            | "see"
            | "feel"
            | "tell"
            | "say"
            | "need"
            | "get"
            | "understand"
    )
}
