//! The pattern language of `safety.yaml`: what a clinician writes to say
//! which words, in which order and how close, make a sign.
//!
//! ```text
//! {cannot} _ {swallow}      a group, at most three words, a group
//! {throat} & {swell}        either order, at most seven words between
//! {chest} .. (tight|heavy)  in this order, at most seven words between
//! end it all                one after the other
//! ```
//!
//! Small words (`grammar: fillers`) never count. Refuses to match anything:
//! it gives steps, which `crate::safety` compiles.

use serde::{Deserialize, Serialize};

use super::group_name;
use crate::text::Utterance;

/// Words that may stand between two parts written one after the other: none,
/// small words aside.
const NEXT: u8 = 0;

/// Words that `_` lets stand between: "can't even manage to properly swallow".
const NEAR: u8 = 3;

/// Words that `..` and `&` let stand between: about one clause.
const FAR: u8 = 7;

/// Most parts of one pattern. Longer ones are sentences, which nobody repeats.
pub const STEPS: usize = 6;

/// Most `&` in one pattern: each one doubles its readings.
const SWAPS: usize = 2;

/// A pattern in one fixed order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Its parts, in order; at least one, at most [`STEPS`].
    pub steps: Vec<Step>,
}

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Most words between the part before and this one.
    pub gap: u8,
    /// What may stand here, as entries of a group (see `entry`).
    pub any: Vec<String>,
}

/// Reads a pattern; `&` gives one pattern for each order.
///
/// # Errors
/// What is wrong with it, for a person.
pub(super) fn parse(text: &str) -> Result<Vec<Pattern>, String> {
    let mut blocks: Vec<Vec<Step>> = vec![Vec::new()];
    let mut gap = NEXT;
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (part, after) = split_part(rest)?;
        rest = after.trim_start();
        match part {
            "_" => gap = NEAR,
            ".." => gap = FAR,
            "&" => {
                gap = NEXT;
                blocks.push(Vec::new());
            }
            _ => {
                if let Some(block) = blocks.last_mut() {
                    block.push(Step { gap, any: alternatives(part)? });
                }
                gap = NEXT;
            }
        }
    }
    let steps: usize = blocks.iter().map(Vec::len).sum();
    if gap != NEXT || blocks.iter().any(Vec::is_empty) || blocks.iter().any(|b| b[0].gap != NEXT) {
        return Err("`_`, `..` and `&` stand between two parts".to_owned());
    }
    if steps > STEPS || blocks.len() > SWAPS + 1 {
        return Err(format!("a pattern has at most {STEPS} parts and {SWAPS} `&`"));
    }
    Ok(orders(&blocks))
}

/// Every order of the blocks, as patterns.
fn orders(blocks: &[Vec<Step>]) -> Vec<Pattern> {
    if let [block] = blocks {
        return vec![Pattern { steps: block.clone() }];
    }
    let mut all = Vec::new();
    for first in 0..blocks.len() {
        let mut others = blocks.to_vec();
        let head = others.remove(first);
        for tail in orders(&others) {
            let mut steps = head.clone();
            steps.extend(
                tail.steps
                    .into_iter()
                    .enumerate()
                    .map(|(at, step)| if at == 0 { Step { gap: FAR, ..step } } else { step }),
            );
            all.push(Pattern { steps });
        }
    }
    all
}

/// The first part of a pattern and what follows it.
fn split_part(text: &str) -> Result<(&str, &str), String> {
    let close = match text.chars().next() {
        Some('(') => ')',
        Some('{') => '}',
        _ => return Ok(text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))),
    };
    let end = text.find(close).ok_or_else(|| format!("a bracket is not closed by `{close}`"))?;
    Ok(text.split_at(end + close.len_utf8()))
}

fn alternatives(part: &str) -> Result<Vec<String>, String> {
    let inner = part.strip_prefix('(').and_then(|p| p.strip_suffix(')')).unwrap_or(part);
    inner.split('|').map(entry).collect()
}

/// Most groups that one entry may hold: their words multiply.
const GROUPS: usize = 2;

/// One entry of a group, normalised like a message: a word, the beginning of a
/// word (`swallow*`), several words, another group (`{swallow}`) or one beside
/// words (`{their} price`), or one of the numbers [`YEAR`] and [`NUMBER`].
///
/// # Errors
/// What is wrong with it, for a person.
pub(super) fn entry(text: &str) -> Result<String, String> {
    let text = text.trim();
    let mut words = Vec::new();
    for part in text.split_whitespace() {
        let is_group = group_name(part).is_some_and(|name| !name.contains(['{', '}']));
        if !is_group && part.contains(['{', '}', '(', ')', '|', '&', '_']) {
            return Err(format!("`{text}` mixes words and signs"));
        }
        words.push(if is_group { part.to_owned() } else { word(part) });
    }
    if words.is_empty() || words.iter().any(String::is_empty) {
        return Err(format!("`{text}` holds no word"));
    }
    let entry = words.join(" ");
    if groups_in(&entry).count() > GROUPS {
        return Err(format!("`{text}` holds more than {GROUPS} groups"));
    }
    Ok(entry)
}

/// The names of the groups in an entry.
pub(super) fn groups_in(entry: &str) -> impl Iterator<Item = &str> {
    entry.split(' ').filter_map(group_name)
}

/// What stands for any year from 1900 to 2099.
pub const YEAR: &str = "YEAR";

/// What stands for any other number.
pub const NUMBER: &str = "NUMBER";

fn word(text: &str) -> String {
    if text == YEAR || text == NUMBER {
        return text.to_owned();
    }
    let folded = Utterance::new(text).normalized().replace(' ', "");
    if text.ends_with('*') && !folded.is_empty() { folded + "*" } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Result<Vec<Vec<(u8, String)>>, String> {
        let step = |s: Step| (s.gap, s.any.join("|"));
        Ok(parse(text)?.into_iter().map(|p| p.steps.into_iter().map(step).collect()).collect())
    }

    #[test]
    fn parts_gaps_and_alternatives() {
        let expected = vec![vec![(0, "{cannot}".into()), (3, "swallow*".into()), (0, "food|a b|{x}".into())]];
        assert_eq!(shape("{cannot} _ swallow* (food|a b|{x})"), Ok(expected));
        assert_eq!(shape("({x} Prices|{y})"), Ok(vec![vec![(0, "{x} prices|{y}".into())]]));
        assert_eq!(shape("Can’t .. débil"), Ok(vec![vec![(0, "cant".into()), (7, "debil".into())]]));
    }

    #[test]
    fn either_order_gives_both() {
        let expected = vec![
            vec![(0, "a".into()), (0, "b".into()), (7, "c".into())],
            vec![(0, "c".into()), (7, "a".into()), (0, "b".into())],
        ];
        assert_eq!(shape("a b & c"), Ok(expected));
        assert_eq!(shape("a & b & c").map(|p| p.len()), Ok(6));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for text in
            ["", "_ a", "a ..", "a & & b", "{a", "(a|b", "a (b|)", "a ?", "a b c d e f g", "({a} {b} {c}|d)"]
        {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
