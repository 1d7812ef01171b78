//! Every cap of the program, each with its reason.
//!
//! Nothing here is tuned: these are bounds that keep bad input from costing
//! more than good input. Weights and thresholds live beside the formula that
//! uses them.

/// Longest message that is read as a question, in Unicode scalar values. A
/// patient's longest real story is a few hundred; what is longer is a paste.
pub const TEXT_CHARS: usize = 1_000;

/// Longest message that the safety screen still reads, in bytes. It covers
/// every message that fits a protocol line, so an emergency at the end of a
/// long paste is still seen, and bounds the time that a hostile one costs.
pub const SCREENED_BYTES: usize = 65_536;

/// Words of a message up to which the network of the safety screen is asked: more than patients post, and it takes
/// some microseconds a word. A longer message has the rules and the classifier.
pub const NETWORK_WORDS: usize = 200;

/// Largest knowledge file, in bytes. The whole shipped knowledge is well below
/// one MiB; sixteen leave room for 10⁵ phrasings and stop a 50 MB mistake.
pub const KNOWLEDGE_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Most knowledge files in one folder.
pub const KNOWLEDGE_FILES: usize = 1_000;

/// Longest single text inside the knowledge (an answer, a phrasing), in
/// Unicode scalar values.
pub const KNOWLEDGE_TEXT_CHARS: usize = 4_000;

/// Longest text of a YAML file that is kept, in Unicode scalar values; the rest
/// of a longer one is dropped. It covers a block of a thousand examples in an
/// imported file, and bounds what repeated aliases cost.
pub const YAML_TEXT_CHARS: usize = 65_536;

/// Most nodes that aliases of one YAML file may repeat. Nobody writes
/// knowledge with more, and each may be as long as a text may be.
pub const YAML_REPEATS: usize = 10_000;

/// Most findings that one run reports; a file of garbage would otherwise bury
/// its first, useful finding.
pub const FINDINGS: usize = 1_000;

/// Most questions offered when there is no answer. More than three are not
/// read in a chat window.
pub const SUGGESTIONS: usize = 3;

/// Most answers in one reply. Four with their sources fill a screen.
pub const ANSWERS: usize = 4;

/// Most places at which one message is tried to be cut; it bounds the time that
/// a message of fifty questions costs.
pub const CUTS: usize = 10;

/// Most candidates that `explain` lists.
pub const CANDIDATES: usize = 20;

/// Candidates that `explain` shows with their explanation.
pub const EXPLAINED: usize = 3;

/// Longest context string of a conversation, in bytes (protocol): it holds a
/// dozen ids and counters.
pub const CONTEXT_BYTES: usize = 2_048;

/// Longest line that is read from a pipe, in bytes (protocol); the rest of a
/// longer one is drained and never held.
pub const LINE_BYTES: usize = 65_536;

/// A line of the protocol that goes out stays under this many bytes, its line
/// end among them: a client may read with a buffer of the size that it may
/// send.
pub const LINE_OUT_BYTES: usize = 65_536;

/// Longest `id` of a request, in bytes (protocol). It comes back with the
/// reply; a UUID has 36.
pub const ID_BYTES: usize = 128;

/// Questions that `suggest` offers where the client names no limit, and at
/// most (protocol): a list under an input field.
pub const COMPLETIONS: usize = 5;
/// See [`COMPLETIONS`].
pub const COMPLETIONS_MAX: usize = 20;

/// Claims on one page of `claims`, by default and at most (protocol).
pub const CLAIMS_PAGE: usize = 200;

/// Findings that an error of `reload` lists (protocol); `askwell check` shows
/// all of them.
pub const RELOAD_FINDINGS: usize = 20;

/// Widest line on a terminal, in columns: longer ones are hard to read.
pub const COLUMNS: usize = 80;
