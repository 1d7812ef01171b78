//! Properties of requests: what is wrong is named by its code and its member,
//! no error repeats a value, an id comes back as it came, a notification gets
//! nothing, and the published schema takes what the program takes.

use serde_json::{Value, json};

use crate::stdio_client::{exchange, is_valid_request, raw_exchange, request, small};

/// The one reply to a line.
fn reply(line: &str) -> Value {
    let mut replies = exchange(&small(), format!("{line}\n"));
    assert_eq!(replies.len(), 1, "{line}");
    replies.remove(0)
}

#[test]
fn every_broken_line_gets_the_code_that_fits() {
    let table: &[(&str, i32, Value)] = &[
        ("{", -32700, Value::Null),
        ("hello", -32700, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"} trailing", -32700, Value::Null),
        ("{'jsonrpc':'2.0','id':1,'method':'hello'}", -32700, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",}", -32700, Value::Null),
        ("1", -32600, Value::Null),
        ("null", -32600, Value::Null),
        ("\"hello\"", -32600, Value::Null),
        ("{}", -32600, Value::Null),
        ("[]", -32600, Value::Null),
        ("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}]", -32600, Value::Null),
        ("{\"id\":1,\"method\":\"hello\"}", -32600, json!(1)),
        ("{\"jsonrpc\":\"1.0\",\"id\":\"a\",\"method\":\"hello\"}", -32600, json!("a")),
        ("{\"jsonrpc\":2.0,\"id\":1,\"method\":\"hello\"}", -32600, json!(1)),
        ("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600, json!(1)),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600, json!(1)),
        ("{\"jsonrpc\":\"2.0\",\"method\":7}", -32600, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"hello\"}", -32600, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"hello\"}", -32600, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"hello\"}", -32600, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":1e999,\"method\":\"hello\"}", -32600, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":\"\\ud800\",\"method\":\"hello\"}", -32600, Value::Null),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}", -32601, json!(1)),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Ask\"}", -32601, json!(1)),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.discover\",\"params\":[]}", -32601, json!(1)),
    ];
    for (line, code, id) in table {
        let reply = reply(line);
        assert_eq!((&reply["error"]["code"], &reply["id"]), (&json!(code), id), "{line}");
        assert_eq!(reply["error"].get("data"), None, "{line}");
    }
    let no_utf8 = [b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}\n".as_slice(), b"\n"].concat();
    assert_eq!(exchange(&small(), no_utf8)[0]["error"]["code"], -32700);
    let deep = "[".repeat(60_000);
    assert_eq!(reply(&deep)["error"]["code"], -32700);
    assert_eq!(reply(&(deep + &"]".repeat(5_000)))["error"]["code"], -32700);
    assert_eq!(reply(&("[".repeat(30_000) + &"]".repeat(30_000)))["error"]["code"], -32600);
}

#[test]
fn wrong_parameters_are_named_and_the_schema_refuses_them_too() {
    let table = [
        ("ask", json!({}), "text"),
        ("ask", Value::Null, "text"),
        ("ask", json!({ "text": null }), "text"),
        ("ask", json!({ "text": 7 }), "text"),
        ("ask", json!({ "text": ["a"] }), "text"),
        ("ask", json!({ "text": "a", "context": 7 }), "context"),
        ("ask", json!({ "text": "a", "explain": "yes" }), "explain"),
        ("ask", json!({ "text": "a", "explain": 1 }), "explain"),
        ("ask", json!({ "text": "a", "txet": "b" }), "txet"),
        ("ask", json!({ "text": "a", "limit": 1 }), "limit"),
        ("ask", json!(["a"]), "params"),
        ("ask", json!("a"), "params"),
        ("suggest", json!({ "prefix": 1 }), "prefix"),
        ("suggest", json!({ "limit": -1 }), "limit"),
        ("suggest", json!({ "limit": 1.5 }), "limit"),
        ("suggest", json!({ "limit": "5" }), "limit"),
        ("suggest", json!({ "prefx": "a" }), "prefx"),
        ("claims", json!({ "offset": -1 }), "offset"),
        ("claims", json!({ "offset": true }), "offset"),
        ("claims", json!({ "limit": [] }), "limit"),
        ("claim", json!({}), "id"),
        ("claim", json!({ "id": 1 }), "id"),
        ("claim", json!({ "id": "dose", "full": true }), "full"),
        ("hello", json!({ "protocol": 1 }), "protocol"),
        ("hello", json!([]), "params"),
        ("hello", json!(1), "params"),
        ("reload", json!({ "folder": "/" }), "folder"),
    ];
    for (method, params, member) in table {
        let line = request(1, method, params);
        let reply = reply(line.trim_end());
        assert_eq!(reply["error"]["code"], -32602, "{line}");
        assert_eq!(reply["error"]["data"], json!({ "member": member }), "{line}");
        assert!(reply["error"]["message"].as_str().unwrap().contains(&format!("`{member}`")), "{line}");
        assert!(!is_valid_request(&serde_json::from_str(&line).unwrap()), "{line}");
    }
    let unknown_claim = reply(request(1, "claim", json!({ "id": "no-such-claim" })).trim_end());
    assert_eq!(unknown_claim["error"]["data"], json!({ "member": "id" }));
}

#[test]
fn right_parameters_are_taken_by_the_program_and_the_schema() {
    for (method, params) in [
        ("hello", Value::Null),
        ("hello", json!({})),
        ("reload", json!({})),
        ("ask", json!({ "text": "" })),
        ("ask", json!({ "text": "a", "context": null, "explain": null })),
        ("ask", json!({ "text": "a", "context": "not ours", "explain": true })),
        ("suggest", Value::Null),
        ("suggest", json!({ "prefix": "a", "limit": 0 })),
        ("suggest", json!({ "limit": 5.0 })),
        ("suggest", json!({ "limit": u64::MAX })),
        ("suggest", json!({ "limit": 1e300 })),
        ("claims", json!({ "offset": 1e30, "limit": 3 })),
        ("claim", json!({ "id": "dose" })),
    ] {
        let line = request(1, method, params);
        assert!(reply(line.trim_end())["result"].is_object(), "{line}");
        assert!(is_valid_request(&serde_json::from_str(&line).unwrap()), "{line}");
    }
    let null = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":null,\"meta\":[1]}";
    assert!(reply(null)["result"].is_object());
    assert!(is_valid_request(&serde_json::from_str(null).unwrap()));
}

#[test]
fn half_a_character_is_named_as_the_text_that_it_is_in() {
    let line = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ask\",\"params\":{\"text\":\"hi \\ud83d\"}}";
    let reply = reply(line);
    assert_eq!((&reply["id"], &reply["error"]["data"]["member"]), (&json!(1), &json!("text")));
}

#[test]
fn no_error_repeats_a_value() {
    let secret = "Maria Lopez 619-555-0100";
    for line in [
        secret.to_owned(),
        json!([secret]).to_string(),
        request(1, secret, Value::Null),
        request(1, "claim", json!({ "id": secret })),
        request(1, "ask", json!({ secret: "text" })),
        request(1, "ask", json!({ "text": [secret] })),
        request(1, "ask", json!({ "text": "a", "explain": secret })),
        request(1, "ask", json!(secret)),
        request(json!({ "name": secret }), "hello", Value::Null),
    ] {
        let reply = reply(line.trim_end()).to_string();
        assert!(reply.contains("error") && !reply.contains("Maria") && !reply.contains("0100"), "{reply}");
    }
}

#[test]
fn an_id_comes_back_as_it_came_up_to_128_bytes() {
    let text = |n: usize| format!("\"{}\"", "é".repeat(n / 2));
    for id in
        ["0", "-7", "1.0", "1e3", "123456789012345678901234567890", "\"\"", "\"a\\nb\"", "null", &text(128)]
    {
        let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"hello\"}}\n");
        let (_, output) = raw_exchange(&small(), line.as_bytes());
        let output = String::from_utf8(output).unwrap();
        assert!(output.starts_with(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\"")), "{output}");
    }
    for id in [text(130), "7".repeat(129)] {
        let reply = reply(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"hello\"}}"));
        assert_eq!((&reply["error"]["code"], &reply["id"]), (&json!(-32600), &Value::Null));
    }
}

#[test]
fn a_notification_is_never_answered() {
    let mut input = String::new();
    for (method, params) in [
        ("hello", json!({})),
        ("ask", json!({ "text": "is the dose big?" })),
        ("ask", json!({ "text": 7 })),
        ("no-such-method", json!({})),
        ("reload", json!({})),
        ("hello", json!([])),
    ] {
        input.push_str(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
        input.push('\n');
    }
    input += &request("last", "hello", Value::Null);
    let replies = exchange(&small(), input);
    assert_eq!((replies.len(), &replies[0]["id"]), (1, &json!("last")));
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    let line = "{\"jsonrpc\":\"1.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"hello\"}";
    let reply = reply(line);
    assert_eq!(reply["id"], 2);
    assert!(reply["result"].is_object());
}
