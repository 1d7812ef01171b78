//! Properties of the methods: each gives what the protocol says, key by key,
//! and every line that goes out fits, whatever the knowledge holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use askwell::diagnostic::{Diagnostic, Place};
use askwell::stdio::Service;
use serde_json::{Value, json};

use crate::fixture::{CLAIMS, Folder, askwell};
use crate::stdio_client::{SCHEMA, call, engine, exchange, raw_exchange, reloading, request, small};

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Claims with numbers, each with one phrasing.
fn many(count: usize, title: impl Fn(usize) -> String) -> String {
    (0..count).fold("claims:\n".to_owned(), |text, n| {
        let title = title(n);
        text + &format!(
            "  - {{id: claim-{n}, title: '{title}', answer: Number {n}., sources: [{{source: article}}], \
             asks: [what is the number {n}], review: {{status: pending}}}}\n"
        )
    })
}

#[test]
fn hello_names_program_knowledge_and_limits() {
    let reply = call(&small(), "hello", Value::Null);
    let hello = &reply["result"];
    assert_eq!(keys(&reply), ["id", "jsonrpc", "result"]);
    assert_eq!(keys(hello), ["disclosure", "knowledge", "limits", "name", "protocol", "version"]);
    assert_eq!(hello["name"], "askwell");
    assert_eq!(hello["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(hello["protocol"], 1);
    assert_eq!(keys(&hello["knowledge"]), ["claims", "hash", "language"]);
    assert_eq!((&hello["knowledge"]["claims"], &hello["knowledge"]["language"]), (&json!(2), &json!("en")));
    assert_eq!(hello["limits"], json!({ "line_bytes": 65_536, "text_chars": 1_000 }));
    assert_eq!(hello["disclosure"], "This is an automated program.");
}

#[test]
fn equal_files_have_equal_hashes() {
    let hash = |claims: &str| {
        let service = Arc::new(Service::new(engine(claims), None));
        call(&service, "hello", Value::Null)["result"]["knowledge"]["hash"].clone()
    };
    assert_eq!(hash(CLAIMS), hash(CLAIMS));
    assert_ne!(hash(CLAIMS), hash(&CLAIMS.replace("blue", "green")));
}

#[test]
fn ask_gives_a_reply_with_every_key() {
    let service = small();
    let reply = call(&service, "ask", json!({ "text": "Is the dose big?" }));
    let result = &reply["result"];
    let all = [
        "answers",
        "candidates",
        "consultation",
        "context",
        "disclosure",
        "safety",
        "status",
        "suggestions",
        "text",
        "unanswered",
    ];
    assert_eq!(keys(result), all);
    assert_eq!(result["status"], "answer");
    assert_eq!(
        keys(&result["answers"][0]),
        [
            "belief",
            "claim",
            "confidence",
            "handover",
            "id",
            "lead",
            "part",
            "personal",
            "review",
            "sources",
            "text",
            "title",
            "verdict"
        ]
    );
    assert_eq!(
        keys(&result["answers"][0]["sources"][0]),
        ["id", "kind", "publisher", "section", "title", "url", "year"]
    );
    assert_eq!(result["candidates"], json!([]));
    for text in ["", "qwertzuiop", "hello", &"long ".repeat(300)] {
        assert_eq!(keys(&call(&service, "ask", json!({ "text": text }))["result"]), all, "{text:?}");
    }
}

#[test]
fn explain_lists_candidates_with_explanations_for_the_first_three() {
    let service = Arc::new(Service::new(engine(&many(30, |n| format!("What is number {n}?"))), None));
    let reply = call(&service, "ask", json!({ "text": "what is the number 7", "explain": true }));
    let candidates = reply["result"]["candidates"].as_array().unwrap();
    assert!((3..=20).contains(&candidates.len()), "{}", candidates.len());
    for (rank, candidate) in candidates.iter().enumerate() {
        assert_eq!(keys(candidate), ["confidence", "explanation", "id"]);
        assert_eq!(candidate["explanation"].is_object(), rank < 3);
    }
    assert!(candidates.is_sorted_by(|a, b| a["confidence"].as_f64() >= b["confidence"].as_f64()));
    let silent = call(&service, "ask", json!({ "text": "what is the number 7", "explain": false }));
    assert_eq!(silent["result"]["candidates"], json!([]));
}

#[test]
fn the_context_travels_with_the_client_and_any_process_reads_it() {
    let first = call(&small(), "ask", json!({ "text": "is the dose big?" }));
    let context = first["result"]["context"].clone();
    assert!(context.as_str().unwrap().len() <= 2_048);
    let next = |context: Value| call(&small(), "ask", json!({ "text": "1", "context": context }));
    let second = next(context.clone());
    assert_eq!(second["result"], next(context)["result"]);
    let opens = |reply: &Value| reply["result"]["text"].as_str().unwrap().contains("automated program");
    assert!(opens(&first) && !opens(&second));
    for broken in ["", "x", "askwell0;1;;;;", &"é".repeat(1_025), "\u{0}"] {
        assert_eq!(next(json!(broken))["result"], next(Value::Null)["result"], "{broken:?}");
    }
}

#[test]
fn suggest_completes_titles_whatever_their_case() {
    let service = small();
    let found = |params: Value| -> Vec<String> {
        let reply = call(&service, "suggest", params);
        let questions = reply["result"]["questions"].as_array().unwrap().clone();
        questions.iter().map(|q| q["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found(json!({ "prefix": "how" })), ["dose"]);
    assert_eq!(found(json!({ "prefix": "  HOW LARGE" })), ["dose"]);
    assert_eq!(found(json!({ "prefix": "large" })), Vec::<String>::new());
    for all in [Value::Null, json!({}), json!({ "prefix": "" }), json!({ "prefix": null, "limit": 2 })] {
        assert_eq!(found(all), ["dose", "colour"]);
    }
    assert_eq!(found(json!({ "limit": 1 })), ["dose"]);
    assert_eq!(found(json!({ "limit": 0 })), Vec::<String>::new());
    let reply = call(&service, "suggest", json!({ "prefix": "which" }));
    assert_eq!(
        reply["result"],
        json!({ "questions": [{ "id": "colour", "title": "Which colour has the box?" }] })
    );
    let service = Arc::new(Service::new(engine(&many(30, |n| format!("What is number {n}?"))), None));
    let count = |params| call(&service, "suggest", params)["result"]["questions"].as_array().unwrap().len();
    assert_eq!(
        (count(Value::Null), count(json!({ "limit": 1_000 })), count(json!({ "limit": 7 }))),
        (5, 20, 7)
    );
}

#[test]
fn claims_come_in_pages_of_200_in_the_order_of_the_files() {
    let service = Arc::new(Service::new(engine(&many(450, |n| format!("What is number {n}?"))), None));
    let page = |params: Value| -> (usize, Option<Value>) {
        let result = call(&service, "claims", params)["result"].clone();
        assert_eq!((keys(&result), &result["total"]), (vec!["claims", "total"], &json!(450)));
        let claims = result["claims"].as_array().unwrap();
        (claims.len(), claims.first().cloned())
    };
    let claim = |n: u32| {
        Some(
            json!({ "id": format!("claim-{n}"), "title": format!("What is number {n}?"), "verdict": "info" }),
        )
    };
    assert_eq!(page(Value::Null), (200, claim(0)));
    assert_eq!(page(json!({ "limit": 100_000 })), (200, claim(0)));
    assert_eq!(page(json!({ "offset": 400 })), (50, claim(400)));
    assert_eq!(page(json!({ "offset": 3, "limit": 2 })), (2, claim(3)));
    assert_eq!(page(json!({ "offset": 450 })), (0, None));
    assert_eq!(page(json!({ "offset": u64::MAX, "limit": 0 })), (0, None));
    let ids = call(&small(), "claims", Value::Null)["result"]["claims"].clone();
    assert_eq!((&ids[0]["verdict"], &ids[1]["id"]), (&json!("false"), &json!("colour")));
}

#[test]
fn claim_gives_an_entry_with_every_key() {
    let reply = call(&small(), "claim", json!({ "id": "dose" }));
    assert_eq!(
        reply["result"],
        json!({
            "id": "dose", "title": "How large is the dose?", "claim": "The dose is large.", "verdict": "false",
            "answer": "The dose is small.", "why": "People confuse it with another one.",
            "sources": [{
                "id": "article", "title": "An article", "publisher": "A society", "kind": "authority",
                "url": "https://example.org/a", "section": "Dose", "year": null,
            }],
            "handover": false, "personal": false,
            "asks": ["how large is the dose", "what dose do people get", "dose size"],
            "affirms": ["the dose is large", "is the dose big", "they give a lot"],
            "denies": ["the dose is small", "is the dose tiny", "they give only a little"],
            "related": ["colour"], "overlaps": [], "review": { "status": "pending" }, "expires": null,
        })
    );
    let plain = call(&small(), "claim", json!({ "id": "colour" }));
    assert_eq!((&plain["result"]["claim"], &plain["result"]["why"]), (&Value::Null, &Value::Null));
}

#[test]
fn reload_changes_nothing_on_embedded_knowledge() {
    let service = small();
    let before = call(&service, "hello", Value::Null)["result"]["knowledge"].clone();
    assert_eq!(call(&service, "reload", Value::Null)["result"], json!({ "knowledge": before }));
}

/// Requests behind a reload see the new knowledge, those before it the old,
/// and a broken folder changes nothing.
#[test]
fn reload_takes_its_place_among_the_requests() {
    let calls = AtomicUsize::new(0);
    let service = reloading(Box::new(move || match calls.fetch_add(1, Ordering::SeqCst) {
        0 => Ok(engine(&CLAIMS.replace("blue", "green"))),
        1 => Err((0..25)
            .map(|n| {
                Diagnostic::error("broken", Place::file("claims/all.yaml"), format!("No {n}"), "Mend it")
            })
            .collect()),
        2 => panic!("a defect"),
        _ => Ok(engine(&CLAIMS.replace("blue", "red"))),
    }));
    let ask = request("ask", "ask", json!({ "text": "which colour has the box" }));
    let reload = request("reload", "reload", Value::Null);
    let notified = format!("{}\n", json!({ "jsonrpc": "2.0", "method": "reload" }));
    let replies = exchange(
        &service,
        [ask.as_str(), &reload, &ask, &reload, &ask, &reload, &ask, &notified, &ask].concat(),
    );
    let told = |n: usize| replies[n]["result"]["answers"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!([told(0), told(2), told(4)], ["The box is blue.", "The box is green.", "The box is green."]);
    assert_eq!(replies[1]["result"]["knowledge"]["claims"], 2);
    let error = &replies[3]["error"];
    assert_eq!(error["data"]["diagnostics"].as_array().unwrap().len(), 20);
    assert_eq!(
        error["data"]["diagnostics"][7],
        json!({
            "code": "broken", "severity": "error", "file": "claims/all.yaml", "line": 0, "column": 0,
            "message": "No 7", "help": "Mend it",
        })
    );
    assert_eq!(replies[5]["error"]["code"], -32603);
    assert_eq!([told(6), told(7)], ["The box is green.", "The box is red."]);
    assert_eq!(replies.len(), 8);
}

/// The largest texts that a knowledge base may hold, of characters that take
/// most room in JSON.
#[test]
fn what_does_not_fit_into_a_line_is_shortened_always_in_the_same_way() {
    let service = Arc::new(Service::new(engine(&many(300, |n| format!("{n} {}", "é".repeat(300)))), None));
    let page = call(&service, "claims", json!({ "offset": 10 }))["result"].clone();
    let claims = page["claims"].as_array().unwrap();
    assert_eq!((claims.len(), &claims[0]["id"], &page["total"]), (100, &json!("claim-10"), &json!(300)));

    let long = |c: &str| c.repeat(4_000);
    let phrasings: Vec<String> = (0..30).map(|n| format!("'{n} {}'", "p ".repeat(1_900))).collect();
    let claims = format!(
        "claims:\n  - {{id: huge, title: '{}', claim: '{}', verdict: false, answer: '{}', why: '{}', \
         sources: [{{source: article}}], asks: [{}, huge question], affirms: [is it huge], \
         denies: [is it tiny], review: {{status: pending}}}}\n",
        long("😀"),
        long("é"),
        long("漢"),
        long("😀"),
        phrasings.join(", ")
    );
    let service = Arc::new(Service::new(engine(&claims), None));
    for (method, params) in [
        ("claim", json!({ "id": "huge" })),
        ("ask", json!({ "text": "huge question", "explain": true })),
        ("ask", json!({ "text": "huge question", "explain": false })),
    ] {
        let line = request(1, method, params.clone());
        assert!(call(&service, method, params)["result"]["text"] != "", "{method}");
        assert_eq!(raw_exchange(&service, line.as_bytes()), raw_exchange(&service, line.as_bytes()));
    }
    let answer = call(&service, "ask", json!({ "text": "huge question" }))["result"].clone();
    assert_eq!((&answer["status"], &answer["answers"][0]["id"]), (&json!("answer"), &json!("huge")));
}

#[test]
fn the_command_prints_the_schema_that_the_tests_use() {
    let output = askwell().arg("schema").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), *SCHEMA);
    jsonschema::meta::validate(&SCHEMA).unwrap();
}

#[test]
fn one_request_a_process_gives_the_same_reply() {
    let folder = Folder::new();
    let output = folder.askwell().args(["ask", "--json", "is the dose big?"]).output().unwrap();
    let alone: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut running = crate::stdio_client::Running::start(Some(folder.path()), &[]);
    assert_eq!(running.ask("is the dose big?")["result"], alone);
}
