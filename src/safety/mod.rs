//! The red-flag screen over an utterance, before anything else.
