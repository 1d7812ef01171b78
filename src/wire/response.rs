//! The envelope of JSON-RPC 2.0 around every result and every error.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Claim, Claims, Hello, Questions, Reloaded, Reply};
use crate::diagnostic::{Diagnostic, Severity};
use crate::limits;

/// One line that goes out.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(rename = "Response")]
pub struct Response<O> {
    /// Always `2.0`.
    #[schemars(extend("const" = "2.0"))]
    pub jsonrpc: &'static str,
    /// The id of the request; null where it could not be read.
    pub id: Id,
    /// A result or an error.
    #[serde(flatten)]
    pub outcome: O,
}

/// What a request ended with.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was answered.
    Result(Box<Success>),
    /// It was not.
    Error(Error),
}

/// The result of a method.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(untagged)]
pub enum Success {
    /// Of `hello`.
    Hello(Hello),
    /// Of `ask`.
    Reply(Reply),
    /// Of `suggest`.
    Questions(Questions),
    /// Of `claims`.
    Claims(Claims),
    /// Of `claim`.
    Claim(Claim),
    /// Of `reload`.
    Reloaded(Reloaded),
}

/// The id of a request, as the client wrote it.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Id {
    /// `null`, or one that could not be read.
    Null,
    /// A text.
    Text(String),
    /// A number, digit for digit.
    Number(Box<RawValue>),
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": format!("At most {} bytes long.", limits::ID_BYTES),
            "type": ["string", "number", "null"],
        })
    }
}

/// Why a request was not answered. It names what is wrong and never repeats
/// a value, which may hold a patient's words.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Error {
    /// The code of JSON-RPC.
    #[schemars(extend("enum" = [-32700, -32600, -32601, -32602, -32603]))]
    pub code: i32,
    /// What is wrong and what is expected, in one line.
    pub message: String,
    /// What a program can act on; absent where there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<ErrorData>,
}

/// What a program can act on.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ErrorData {
    /// With -32602.
    Member {
        /// The member of `params` that is wrong; `params` itself where it is
        /// no object.
        member: String,
    },
    /// With a `reload` that changed nothing.
    Diagnostics {
        /// The first findings about the folder.
        diagnostics: Vec<Finding>,
    },
}

/// A finding about the knowledge.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub code: &'static str,
    /// `error` or `warning`.
    #[schemars(extend("enum" = ["error", "warning"]))]
    pub severity: &'static str,
    /// The file, relative to the knowledge folder.
    pub file: String,
    /// Line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// Column, counted from 1; 0 for the file as a whole.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub help: String,
}

impl<O> Response<O> {
    /// The response to the request with an id.
    pub fn new(id: Id, outcome: O) -> Self {
        Self { jsonrpc: "2.0", id, outcome }
    }
}

impl From<Result<Success, Error>> for Outcome {
    fn from(result: Result<Success, Error>) -> Self {
        match result {
            Ok(success) => Self::Result(Box::new(success)),
            Err(error) => Self::Error(error),
        }
    }
}

impl Error {
    /// The line is no JSON.
    #[must_use]
    pub fn no_json() -> Self {
        Self::plain(-32700, "Parse error: the line is no JSON in UTF-8")
    }

    /// The line is JSON, but no request.
    #[must_use]
    pub fn no_request(why: &str) -> Self {
        Self::plain(-32600, format!("Invalid request: {why}"))
    }

    /// There is no such method.
    #[must_use]
    pub fn no_method(known: &[&str]) -> Self {
        Self::plain(-32601, format!("Method not found; there are {}", known.join(", ")))
    }

    /// A member of the parameters is missing, unknown, or not what is expected.
    #[must_use]
    pub fn wrong_member(member: &str, why: &str) -> Self {
        let data = ErrorData::Member { member: member.to_owned() };
        Self { code: -32602, message: format!("Invalid params: `{member}` {why}"), data: Some(data) }
    }

    /// The program failed; the next request is served.
    #[must_use]
    pub fn internal() -> Self {
        Self::plain(-32603, "Internal error: this request has failed, the next one is served")
    }

    /// A folder has errors, so the old knowledge goes on serving.
    #[must_use]
    pub fn not_reloaded(findings: &[Diagnostic]) -> Self {
        let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
        let message = format!(
            "Not reloaded: the knowledge folder has {errors} error(s); the old knowledge goes on serving. \
             `askwell check` shows all findings"
        );
        let diagnostics = findings.iter().take(limits::RELOAD_FINDINGS).map(Into::into).collect();
        Self { code: -32603, message, data: Some(ErrorData::Diagnostics { diagnostics }) }
    }

    fn plain(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }
}

impl From<&Diagnostic> for Finding {
    fn from(finding: &Diagnostic) -> Self {
        Self {
            code: finding.code,
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: finding.place.file.clone(),
            line: finding.place.line,
            column: finding.place.column,
            message: finding.message.clone(),
            help: finding.help.clone(),
        }
    }
}
