//! A line read as a request of JSON-RPC 2.0.
//!
//! The members are typed one by one, so that an error can name the one that is
//! wrong. No error repeats a value of the client.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::limits;
use crate::wire::{AskParams, ClaimParams, ClaimsParams, Error, Id, SuggestParams};

/// The methods, as an error names them.
const METHODS: [&str; 6] = ["hello", "ask", "suggest", "claims", "claim", "reload"];

/// A line that holds something.
#[derive(Debug)]
pub(super) struct Request {
    /// Where the reply goes; `None` for a notification, which gets none.
    pub(super) id: Option<Id>,
    /// What is asked, or what is wrong with it.
    pub(super) call: Result<Call, Error>,
}

/// A method with its parameters.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Call {
    Hello,
    Ask(AskParams),
    Suggest(SuggestParams),
    Claims(ClaimsParams),
    Claim(ClaimParams),
    Reload,
}

impl Call {
    /// The name of the method.
    pub(super) fn method(&self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::Ask(_) => "ask",
            Self::Suggest(_) => "suggest",
            Self::Claims(_) => "claims",
            Self::Claim(_) => "claim",
            Self::Reload => "reload",
        }
    }
}

/// The members of a JSON object. Of two with one name the last counts, as in
/// most parsers.
type Members<'a> = BTreeMap<String, &'a RawValue>;

impl Request {
    /// Reads a line; `None` for a blank one.
    pub(super) fn read(line: &[u8]) -> Option<Self> {
        let Ok(line) = str::from_utf8(line) else { return Some(Self::broken(Id::Null, Error::no_json())) };
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if line.trim_ascii().is_empty() {
            return None;
        }
        let Ok(json) = serde_json::from_str::<&RawValue>(line) else {
            return Some(Self::broken(Id::Null, Error::no_json()));
        };
        Some(match serde_json::from_str::<Members>(json.get()) {
            Ok(members) => Self::from_members(&members),
            Err(_) if json.get().starts_with('[') => {
                Self::broken(Id::Null, Error::no_request("a batch is not served; send one request a line"))
            }
            Err(_) => Self::broken(Id::Null, Error::no_request("it must be a JSON object")),
        })
    }

    /// The request that a line over the limit stands for.
    pub(super) fn too_long() -> Self {
        let why = format!("a line may have {} bytes", limits::LINE_BYTES);
        Self::broken(Id::Null, Error::no_request(&why))
    }

    fn broken(id: Id, error: Error) -> Self {
        Self { id: Some(id), call: Err(error) }
    }

    fn from_members(members: &Members) -> Self {
        let id = match members.get("id").map(|raw| read_id(raw)) {
            None => None,
            Some(Some(id)) => Some(id),
            Some(None) => {
                let why =
                    format!("`id` must be a string, a number or null of at most {} bytes", limits::ID_BYTES);
                return Self::broken(Id::Null, Error::no_request(&why));
            }
        };
        let text = |name| members.get(name).and_then(|raw| String::read(raw));
        if text("jsonrpc").as_deref() != Some("2.0") {
            return Self::broken(id.unwrap_or(Id::Null), Error::no_request("`jsonrpc` must be \"2.0\""));
        }
        let Some(method) = text("method") else {
            return Self::broken(id.unwrap_or(Id::Null), Error::no_request("`method` must be a string"));
        };
        Self { id, call: call(&method, members.get("params").copied()) }
    }
}

/// An id that may be used; `None` for any other value. A number beyond what a
/// double holds is JSON that many parsers refuse, so it does not come back.
fn read_id(raw: &RawValue) -> Option<Id> {
    let (id, bytes) = match raw.get().as_bytes().first()? {
        b'n' => (Id::Null, 0),
        b'"' => {
            let text = String::read(raw)?;
            let bytes = text.len();
            (Id::Text(text), bytes)
        }
        b'-' | b'0'..=b'9' if raw.get().parse().is_ok_and(f64::is_finite) => {
            (Id::Number(raw.to_owned()), raw.get().len())
        }
        _ => return None,
    };
    (bytes <= limits::ID_BYTES).then_some(id)
}

fn call(method: &str, params: Option<&RawValue>) -> Result<Call, Error> {
    let mut params = Params::read(params);
    let call = match method {
        "hello" => Call::Hello,
        "ask" => Call::Ask(AskParams {
            text: params.required("text")?,
            context: params.optional("context")?,
            explain: params.optional("explain")?,
        }),
        "suggest" => Call::Suggest(SuggestParams {
            prefix: params.optional("prefix")?,
            limit: params.optional("limit")?,
        }),
        "claims" => Call::Claims(ClaimsParams {
            offset: params.optional("offset")?,
            limit: params.optional("limit")?,
        }),
        "claim" => Call::Claim(ClaimParams { id: params.required("id")? }),
        "reload" => Call::Reload,
        _ => return Err(Error::no_method(&METHODS)),
    };
    params.close()?;
    Ok(call)
}

/// The parameters of a request, taken out one by one.
struct Params<'a> {
    /// What is left of them.
    members: Result<Members<'a>, Error>,
    /// The names that the method has asked for.
    known: Vec<&'static str>,
}

impl<'a> Params<'a> {
    /// Absent and null are the same: no parameters. What is no object is an
    /// error as soon as the method is known to exist.
    fn read(params: Option<&'a RawValue>) -> Self {
        let members = params.map_or(Ok(None), |raw| serde_json::from_str::<Option<Members>>(raw.get()));
        let members = members.map(Option::unwrap_or_default);
        Self {
            members: members.map_err(|_| Error::wrong_member("params", "must be an object")),
            known: Vec::new(),
        }
    }

    /// A member that may be absent or null.
    fn optional<T: Member>(&mut self, name: &'static str) -> Result<Option<T>, Error> {
        self.known.push(name);
        match self.members.as_mut().map_err(|error| error.clone())?.remove(name) {
            None => Ok(None),
            Some(raw) if raw.get() == "null" => Ok(None),
            Some(raw) => match T::read(raw) {
                Some(value) => Ok(Some(value)),
                None => Err(Error::wrong_member(name, &format!("must be {}", T::EXPECTED))),
            },
        }
    }

    fn required<T: Member>(&mut self, name: &'static str) -> Result<T, Error> {
        let missing = || Error::wrong_member(name, &format!("is missing; it must be {}", T::EXPECTED));
        self.optional(name)?.ok_or_else(missing)
    }

    /// An error for the first member that is left.
    fn close(self) -> Result<(), Error> {
        let members = self.members?;
        let Some(unknown) = members.keys().next() else { return Ok(()) };
        let known = if self.known.is_empty() { "none".to_owned() } else { self.known.join(", ") };
        Err(Error::wrong_member(shown(unknown), &format!("is unknown here; known: {known}")))
    }
}

/// A member's name, if it can only be a name. Anything else might be a
/// patient's words in the wrong place, and clients log errors.
fn shown(name: &str) -> &str {
    const LONGEST: usize = 32;
    let plain = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_') && !name.is_empty();
    if plain && name.len() <= LONGEST { name } else { "params" }
}

/// What a member can be.
trait Member: Sized {
    /// It, in words.
    const EXPECTED: &'static str;

    fn read(raw: &RawValue) -> Option<Self>;
}

impl Member for String {
    const EXPECTED: &'static str = "a string of Unicode characters";

    fn read(raw: &RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }
}

impl Member for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(raw: &RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }
}

impl Member for usize {
    const EXPECTED: &'static str = "a whole number, 0 or more";

    /// A number that is too large to count with is as large as can be: what is
    /// over a maximum is clamped.
    fn read(raw: &RawValue) -> Option<Self> {
        let number: f64 = raw.get().parse().ok()?;
        let whole = number.is_infinite() || number.fract() == 0.0;
        (whole && number >= 0.0).then(|| format!("{:.0}", number.abs()).parse().unwrap_or(Self::MAX))
    }
}
