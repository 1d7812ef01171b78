//! The protocol as a JSON Schema, made from its types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{
    AskParams, Claim, ClaimParams, Claims, ClaimsParams, Hello, Id, Outcome, PROTOCOL, Questions, Reloaded,
    Reply, Response, SuggestParams,
};

/// One document. A line is a `Request` or a `Response` of its `$defs`;
/// `x-methods` pairs the parameters of each method with its result.
#[must_use]
pub fn schema() -> Value {
    // Keys that may be left out of what goes in are always there in what goes
    // out, so there are two sorts of schema.
    let mut taken = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut given = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let methods = [
        ("hello", None, reference::<Hello>(&mut given)),
        ("ask", Some(reference::<AskParams>(&mut taken)), reference::<Reply>(&mut given)),
        ("suggest", Some(reference::<SuggestParams>(&mut taken)), reference::<Questions>(&mut given)),
        ("claims", Some(reference::<ClaimsParams>(&mut taken)), reference::<Claims>(&mut given)),
        ("claim", Some(reference::<ClaimParams>(&mut taken)), reference::<Claim>(&mut given)),
        ("reload", None, reference::<Reloaded>(&mut given)),
    ];
    let response = reference::<Response<Outcome>>(&mut given);
    let id = reference::<Id>(&mut given);
    let mut definitions = taken.take_definitions(true);
    let requests: Vec<Value> = methods
        .iter()
        .map(|(method, params, _)| request(method, params.as_ref(), &id, &definitions))
        .collect();
    definitions.extend(given.take_definitions(true));
    definitions.insert("Request".to_owned(), json!({ "oneOf": requests }));
    let methods: Map<String, Value> = methods
        .into_iter()
        .map(|(method, params, result)| (method.to_owned(), json!({ "params": params, "result": result })))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("One line of `askwell stdio`, protocol {PROTOCOL}"),
        "anyOf": [{ "$ref": "#/$defs/Request" }, response],
        "$defs": definitions,
        "x-methods": methods,
    })
}

/// The request of a method. `params` may be left out where none of its members
/// is required.
fn request(method: &str, params: Option<&Value>, id: &Value, definitions: &Map<String, Value>) -> Value {
    let definition = params
        .and_then(|p| p["$ref"].as_str())
        .and_then(|reference| definitions.get(reference.rsplit('/').next()?));
    let needs_params = definition.is_some_and(|d| d.get("required").is_some());
    let (params, required): (Value, &[&str]) = match params {
        Some(params) if needs_params => (params.clone(), &["jsonrpc", "method", "params"]),
        Some(params) => (json!({ "anyOf": [params, { "type": "null" }] }), &["jsonrpc", "method"]),
        None => (json!({ "type": ["object", "null"], "maxProperties": 0 }), &["jsonrpc", "method"]),
    };
    json!({
        "type": "object",
        "properties": {
            "jsonrpc": { "const": "2.0" }, "id": id, "method": { "const": method }, "params": params,
        },
        "required": required,
    })
}

fn reference<T: JsonSchema>(types: &mut SchemaGenerator) -> Value {
    types.subschema_for::<T>().to_value()
}
