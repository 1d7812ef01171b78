//! The fixed sentences of the program itself. Answers come from the knowledge;
//! these are what is said around them.

/// Opens a reply without an answer.
pub const UNKNOWN: &str = "I have no sourced answer to that. The office can help you with it.";

/// Instead of an answer to a text over the limit.
pub const TOO_LONG: &str =
    "Your message is too long for me to read with care. Please shorten it to one or two questions.";

/// Instead of an answer to a message without a word.
pub const NOTHING_SAID: &str = "I did not see a question there. Ask me in your own words.";

/// To a message of emoji alone.
pub const EMOJI: &str = "Thank you! If you have a question, ask me in your own words.";

/// Before titles to choose from.
pub const CLARIFY: &str = "I want to be sure that I understand. Which of these do you mean?";

/// Before suggestions that follow a reply without an answer.
pub const SUGGEST: &str = "Questions that I can answer:";

/// Before suggestions that follow an answer.
pub const RELATED: &str = "Related questions:";

/// With an answer that depends on the person.
pub const PERSONAL: &str = "This depends on you: a clinician has to judge it in person.";

/// Names the parts without an answer.
pub const UNANSWERED: &str = "I have no sourced answer to this part:";

/// The review state of a text that nobody has reviewed.
pub const REVIEW_PENDING: &str = "Not yet reviewed by a clinician.";

/// To somebody who wants none of the questions that were offered.
pub const NEITHER: &str = "All right. Please ask me again in other words.";

/// To a message in Spanish, with the office's address after it.
pub const SPANISH: &str = "Lo siento, solo puedo responder en inglés. La oficina puede ayudarle.";

/// To words that are no English: it may be a language, or a slip.
pub const NOT_ENGLISH: &str =
    "I could not read that: I only understand English. Solo entiendo inglés; la oficina puede ayudarle.";

/// The invitation after the first one of a conversation.
pub const INVITED_AGAIN: &str = "You can ask about this at a consultation.";

/// The same where only the office can tell.
pub const OFFICE_AGAIN: &str = "The office can tell you.";

/// What to bring to a visit that is about the patient's own case.
pub const BRING_LIST: &str =
    "Bring a list of your medicines, allergies and health conditions, and of treatments that you have had.";

/// Before the question to ask at the visit.
pub const BRING_UP: &str = "A question to bring along:";
