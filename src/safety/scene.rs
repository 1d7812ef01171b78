//! One message as the rules see it: words with their groups, sentences, and
//! runs (what somebody says in one breath, until they begin anew).
//!
//! Everything here is linear in the message.

use super::compile::{Chain, Group, Rules};
use super::lexicon::{Found, Term};
use crate::knowledge::STEPS;
use crate::text::Utterance;

/// Small words that may stand inside a phrase ("catch" my very "breath").
const SKIPPED: usize = 3;

/// How far after an owner a verb makes it the subject of a new statement
/// ("my left arm is …").
const VERB_WITHIN: usize = 3;

/// Words that belong together even across the beginning of a statement ("lol
/// | I'm choking").
const TOGETHER: usize = 4;

/// What a word does in its sentence: a set of the roles of `grammar:`, one bit
/// each, in the order of `ROLES`.
pub(super) type Roles = u32;

pub(super) const FILLER: Roles = 1 << 0;
pub(super) const NEGATION: Roles = 1 << 1;
pub(super) const NOT_NEGATION: Roles = 1 << 2;
pub(super) const LINK: Roles = 1 << 3;
pub(super) const LIST: Roles = 1 << 4;
pub(super) const BREAK: Roles = 1 << 5;
pub(super) const SUBJECT: Roles = 1 << 6;
pub(super) const ASK: Roles = 1 << 7;
pub(super) const FUTURE: Roles = 1 << 8;
pub(super) const OWNER: Roles = 1 << 9;
pub(super) const VERB: Roles = 1 << 10;
pub(super) const BACK: Roles = 1 << 11;
pub(super) const NOPE: Roles = 1 << 12;
pub(super) const JOIN: Roles = 1 << 13;
pub(super) const PREPOSITION: Roles = 1 << 14;

/// Where a part of a pattern stands: from the first to after the last word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A pattern found: where its parts stand, in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    parts: [Part; STEPS],
    count: usize,
}

impl Hit {
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts[..self.count]
    }

    pub(super) fn start(&self) -> usize {
        self.parts[0].start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.parts[self.count - 1].end as usize
    }

    /// Whether two patterns share words, or one stands inside the other.
    pub(super) fn touches(&self, other: &Self) -> bool {
        self.start() < other.end() && other.start() < self.end()
    }
}

/// A message, ready for the chains.
pub(super) struct Scene {
    /// The roles of each word.
    pub(super) roles: Vec<Roles>,
    /// The sentence of each word.
    pub(super) sentence: Vec<u32>,
    /// The run of each word: a sentence, or the part of one until its subject
    /// begins a new statement.
    pub(super) run: Vec<u32>,
    /// Whether a mark stands before the word (comma, dash, bracket).
    pub(super) mark: Vec<bool>,
    /// The segment of each word: a run, or the part of one up to a mark.
    pub(super) segment: Vec<u32>,
    /// How many words that count stand before each word, and at the end.
    pub(super) content: Vec<u32>,
    /// The occurrences of all groups, by group and end.
    parts: Vec<(Group, Part)>,
    /// For each group, where its occurrences begin in `parts`, and one more.
    from: Vec<u32>,
}

/// The words of a message before they have groups.
#[derive(Default)]
struct Words {
    terms: Vec<Term>,
    from: Vec<usize>,
    sentence: Vec<u32>,
    mark: Vec<bool>,
}

impl Words {
    /// The words of a message; where it was corrected, a word that the rules
    /// name as it was `said` was not misspelled (the corrector knows no Spanish).
    fn of(utterance: &Utterance, said: &Utterance, rules: &Rules) -> Self {
        let tokens = utterance.tokens();
        let mut words = Self::default();
        let mut typed = said.tokens().iter().peekable();
        for (number, range) in (0..).zip(utterance.sentences()) {
            for at in range.clone() {
                let before = at.checked_sub(1).map_or(0, |b| tokens[b].span.end);
                let between = utterance.original().get(before..tokens[at].span.start).unwrap_or_default();
                let mark = between.chars().any(|c| !c.is_whitespace() && !c.is_control());
                words.push(number, mark);
                let token = &tokens[at];
                while typed.next_if(|t| t.span.end < token.span.end).is_some() {}
                let kept = typed
                    .peek()
                    .filter(|t| t.span == token.span && t.text != token.text && rules.lexicon.names(&t.text));
                let text = kept.map_or(&token.text, |t| &t.text);
                if let Found::Two(second) = rules.lexicon.find(text, &mut words.terms) {
                    words.push(number, false);
                    words.from.pop();
                    words.from.push(second);
                }
            }
        }
        words.from.push(words.terms.len());
        words
    }

    fn push(&mut self, sentence: u32, mark: bool) {
        self.from.push(self.terms.len());
        self.sentence.push(sentence);
        self.mark.push(mark);
    }

    fn len(&self) -> usize {
        self.sentence.len()
    }

    fn terms(&self, at: usize) -> &[Term] {
        &self.terms[self.from[at]..self.from[at + 1]]
    }
}

impl Scene {
    /// Reads a message, corrected or as it was `said`.
    pub(super) fn new(utterance: &Utterance, said: &Utterance, compiled: &Rules) -> Self {
        let words = Words::of(utterance, said, compiled);
        let fillers: Vec<bool> = (0..words.len())
            .map(|at| words.terms(at).iter().any(|t| compiled.singles[*t as usize].contains(&0)))
            .collect();
        let mut parts = Vec::with_capacity(4 * words.len());
        for at in 0..words.len() {
            occurrences(&words, at, &fillers, compiled, &mut parts);
        }
        parts.sort_unstable_by_key(|(group, part)| (*group, part.end, part.start));
        parts.dedup();
        let mut from = vec![0; compiled.groups + 1];
        for (group, _) in &parts {
            from[*group as usize + 1] += 1;
        }
        for group in 0..compiled.groups {
            from[group + 1] += from[group];
        }
        let mut roles = vec![0; words.len()];
        for (group, part) in &parts {
            if *group > PREPOSITION.trailing_zeros() {
                break;
            }
            for role in &mut roles[part.start as usize..part.end as usize] {
                *role |= 1 << group;
            }
        }
        let mut content = Vec::with_capacity(words.len() + 1);
        let mut count = 0;
        for filler in &fillers {
            content.push(count);
            count += u32::from(!filler);
        }
        content.push(count);
        let run = numbered(words.len(), |at| is_fresh(at, &roles, &words));
        let segment = numbered(words.len(), |at| run[at] != run[at - 1] || words.mark[at]);
        Self { roles, sentence: words.sentence, run, segment, mark: words.mark, content, parts, from }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.roles.len()
    }

    /// Whether a pattern was found within one run.
    pub(super) fn in_one_run(&self, hit: &Hit) -> bool {
        self.run[hit.start()] == self.run[hit.end() - 1]
    }

    /// Whether no mark stands inside a pattern: "I can't swallow, the price
    /// was …" is no turn of phrase.
    pub(super) fn is_unbroken(&self, hit: &Hit) -> bool {
        !self.mark[hit.start() + 1..hit.end()].contains(&true)
    }

    /// Whether a pattern was found within one run, or within a few words.
    pub(super) fn is_together(&self, hit: &Hit) -> bool {
        self.in_one_run(hit) || hit.end() - hit.start() <= TOGETHER
    }

    fn occurrences(&self, group: Group) -> &[(Group, Part)] {
        let group = group as usize;
        &self.parts[self.from[group] as usize..self.from[group + 1] as usize]
    }

    /// Appends where a chain is found, once for each place of its last part,
    /// as close together as possible.
    pub(super) fn find(&self, chain: &Chain, hits: &mut Vec<Hit>) {
        if chain.steps.iter().any(|(group, _)| self.occurrences(*group).is_empty()) {
            return;
        }
        let mut reached: Vec<Hit> = Vec::new();
        for (step, (group, gap)) in chain.steps.iter().enumerate().take(STEPS) {
            let next = self.occurrences(*group).iter().filter_map(|(_, part)| {
                let mut hit = if step == 0 {
                    Hit { parts: [Part::default(); STEPS], count: 0 }
                } else {
                    let before = reached.partition_point(|hit| hit.end() <= part.start as usize);
                    let hit = *reached.get(before.checked_sub(1)?)?;
                    let words = self.content[part.start as usize] - self.content[hit.end()];
                    if words > *gap || self.sentence[hit.start()] != self.sentence[part.start as usize] {
                        return None;
                    }
                    hit
                };
                hit.parts[step] = *part;
                hit.count = step + 1;
                Some(hit)
            });
            reached = next.collect();
            if reached.is_empty() {
                return;
            }
        }
        hits.append(&mut reached);
    }
}

/// Appends the groups of the word at a place, and of the phrases that begin
/// there.
fn occurrences(words: &Words, at: usize, fillers: &[bool], rules: &Rules, parts: &mut Vec<(Group, Part)>) {
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    for term in words.terms(at) {
        let part = Part { start, end: start + 1 };
        parts.extend(rules.singles[*term as usize].iter().map(|group| (*group, part)));
        for phrase in &rules.phrases[*term as usize] {
            if let Some(end) = phrase_end(words, at, &phrase.rest, fillers) {
                let part = Part { start, end: u32::try_from(end).unwrap_or(u32::MAX) };
                parts.extend(phrase.groups.iter().map(|group| (*group, part)));
            }
        }
    }
}

/// After which word a phrase ends that begins at a place: small words that it
/// does not name may stand inside it, never the end of a sentence.
fn phrase_end(words: &Words, at: usize, rest: &[Term], fillers: &[bool]) -> Option<usize> {
    let (mut next, mut wanted, mut skipped) = (at + 1, 0, 0);
    while wanted < rest.len() {
        if next >= words.len() || words.sentence[next] != words.sentence[at] {
            return None;
        }
        if words.terms(next).contains(&rest[wanted]) {
            wanted += 1;
        } else if fillers[next] && skipped < SKIPPED {
            skipped += 1;
        } else {
            return None;
        }
        next += 1;
    }
    Some(next)
}

/// Numbers the words by what they belong to: a new number wherever something
/// begins.
fn numbered(len: usize, begins: impl Fn(usize) -> bool) -> Vec<u32> {
    let mut number = 0;
    (0..len)
        .map(|at| {
            number += u32::from(at > 0 && begins(at));
            number
        })
        .collect()
}

/// Whether a run begins: with a sentence, with "but" and its like, and where
/// somebody becomes the subject of a new statement: "can it cause that | I
/// can't breathe | my arm is numb".
fn is_fresh(at: usize, roles: &[Roles], words: &Words) -> bool {
    if words.sentence[at] != words.sentence[at - 1] || roles[at] & BREAK != 0 {
        return true;
    }
    let before = roles[at - 1];
    if roles[at] & ASK != 0 && before & JOIN != 0 {
        return true;
    }
    let asked = before & ASK != 0 && !words.mark[at];
    if roles[at] & SUBJECT != 0 {
        let future = roles.get(at + 1).is_some_and(|next| next & FUTURE != 0);
        return !asked && !future && before & NEGATION == 0;
    }
    if roles[at] & OWNER != 0 && before & (OWNER | PREPOSITION) == 0 {
        let end = (at + 1 + VERB_WITHIN).min(roles.len());
        // "if a dog ate", "will the kid".
        let asked = asked || (at > 1 && before & FILLER != 0 && roles[at - 2] & ASK != 0);
        return !asked && (before & VERB != 0 || roles[at + 1..end].iter().any(|r| r & VERB != 0));
    }
    false
}
