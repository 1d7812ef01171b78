//! The JSON of the protocol: the only result types that are serialised, and
//! the parameters that ask for them.
//!
//! Every key of a result is always there; what is absent is null or an empty
//! list. The names are a contract (`docs/stdio.md`), published by [`schema()`].

mod methods;
mod reply;
mod response;
mod schema;

pub use methods::{
    AskParams, Claim, ClaimParams, ClaimTitle, Claims, ClaimsParams, Hello, KnowledgeInUse, Limits, PROTOCOL,
    Questions, Reloaded, SuggestParams,
};
pub use reply::{Answer, Candidate, Consultation, Explanation, Reply, Review, Safety, Source, Suggestion};
pub use response::{Error, ErrorData, Finding, Id, Outcome, Response, Success};
pub use schema::schema;
