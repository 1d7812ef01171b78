//! What does not fit into a line, made to fit, always in the same way.
//!
//! First the list that takes the most room keeps its first half, as often as
//! needed; then the longest text does. Knowledge of a usual size never gets
//! here.

use serde_json::Value;

/// A text is not cut below this, in bytes, so ids, addresses and contexts stay
/// whole. A result of one-item lists and texts of this length fits.
const TEXT_KEPT: usize = 2_048;

/// Takes one step. False where there is nothing left to shorten.
pub(super) fn shorten(value: &mut Value) -> bool {
    if let Some(Value::Array(list)) = heaviest(value, &list_weight) {
        list.truncate(list.len() / 2);
        return true;
    }
    if let Some(Value::String(text)) = heaviest(value, &text_weight) {
        text.truncate(text.floor_char_boundary(text.len() / 2));
        text.push('…');
        return true;
    }
    false
}

/// A list that can lose something weighs what it takes in a line.
fn list_weight(value: &Value) -> usize {
    match value {
        Value::Array(list) if list.len() > 1 => value.to_string().len(),
        _ => 0,
    }
}

fn text_weight(value: &Value) -> usize {
    match value {
        Value::String(text) if text.len() > TEXT_KEPT => text.len(),
        _ => 0,
    }
}

/// The first of the heaviest values inside, if any has a weight.
fn heaviest<'a>(value: &'a mut Value, weight: &impl Fn(&Value) -> usize) -> Option<&'a mut Value> {
    match most(value, weight) {
        0 => None,
        most => find(value, weight, most),
    }
}

fn most(value: &Value, weight: &impl Fn(&Value) -> usize) -> usize {
    let inside = match value {
        Value::Array(list) => list.iter().map(|v| most(v, weight)).max(),
        Value::Object(members) => members.values().map(|v| most(v, weight)).max(),
        _ => None,
    };
    weight(value).max(inside.unwrap_or(0))
}

fn find<'a>(value: &'a mut Value, weight: &impl Fn(&Value) -> usize, wanted: usize) -> Option<&'a mut Value> {
    if weight(value) == wanted {
        return Some(value);
    }
    match value {
        Value::Array(list) => list.iter_mut().find_map(|v| find(v, weight, wanted)),
        Value::Object(members) => members.values_mut().find_map(|v| find(v, weight, wanted)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn shortened(mut value: Value, bytes: usize) -> Value {
        while value.to_string().len() >= bytes && shorten(&mut value) {}
        value
    }

    #[test]
    fn the_longest_list_goes_first_and_its_beginning_stays() {
        let claims: Vec<Value> = (0..200).map(|n| json!({ "id": n, "title": "t".repeat(100) })).collect();
        let page = shortened(json!({ "claims": claims, "total": 200 }), 8_192);
        let kept = page["claims"].as_array().unwrap();
        assert_eq!(kept.len(), 50);
        assert_eq!(kept[..], claims[..50]);
        assert_eq!(page["total"], 200);
    }

    #[test]
    fn texts_are_cut_at_a_character_when_no_list_is_left() {
        let cut = shortened(json!({ "text": "é".repeat(8_001), "context": "c".repeat(2_048) }), 8_192);
        let text = cut["text"].as_str().unwrap();
        assert!(text.ends_with("é…") && text.len() > TEXT_KEPT, "{text}");
        assert_eq!(cut["context"].as_str().unwrap().len(), 2_048);
    }

    proptest! {
        #[test]
        fn it_ends_and_what_fits_stays(texts in proptest::collection::vec("[a-é]{0,60}", 0..20), bytes in 1_usize..2_000) {
            let value = json!({ "texts": texts, "nested": [[1, 2, 3], { "more": texts }] });
            let result = shortened(value.clone(), bytes);
            if value.to_string().len() < bytes {
                prop_assert_eq!(result, value);
            } else {
                prop_assert!(result.to_string().len() < bytes || !shorten(&mut result.clone()));
            }
        }
    }
}
