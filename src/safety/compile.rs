//! The rules of `safety.yaml` as numbers: groups, chains of groups, signs.
//!
//! Done once, when the knowledge is loaded. Refuses nothing: validation is
//! over, and a name that does not exist stands for a group without words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lexicon::{Lexicon, Term};
use crate::knowledge::{ANY_SIGN, Level, Pattern, ROLES, SafetyRules, SignKind, group_name};

/// The number of a group of words.
pub(super) type Group = u32;

/// Groups in a row, each at most `gap` words after the one before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Chain {
    pub(super) steps: Vec<(Group, u32)>,
}

/// Several words of a group: the terms after the first, and its groups.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Phrase {
    pub(super) rest: Vec<Term>,
    pub(super) groups: Vec<Group>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sign {
    pub(super) kind: SignKind,
    pub(super) chains: Vec<Chain>,
    pub(super) unless: Vec<Chain>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Flag {
    pub(super) id: String,
    pub(super) level: Level,
    /// Any of these: all of these signs; `None` for any sign.
    pub(super) when: Vec<Vec<Option<usize>>>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Frames {
    pub(super) idioms: Vec<Chain>,
    pub(super) principle: Vec<Chain>,
    pub(super) brief: Vec<Chain>,
    pub(super) history: Vec<Chain>,
    pub(super) candidacy: Vec<Chain>,
    pub(super) recent: Vec<Chain>,
    pub(super) present: Vec<Chain>,
}

/// Everything that the screen needs, compiled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rules {
    pub(super) lexicon: Lexicon,
    /// For each term, the groups that hold it as a word.
    pub(super) singles: Vec<Vec<Group>>,
    /// For each term, the phrases that begin with it.
    pub(super) phrases: Vec<Vec<Phrase>>,
    /// How many groups there are; the first are the roles, in their order.
    pub(super) groups: usize,
    pub(super) frames: Frames,
    pub(super) signs: Vec<Sign>,
    /// In falling order of level, so that the first that is raised counts.
    pub(super) flags: Vec<Flag>,
}

/// The number of a text that groups hold: a word or several.
type Text = usize;

/// Groups under construction.
struct Groups<'a> {
    rules: &'a SafetyRules,
    /// Every text, once.
    texts: BTreeMap<String, Text>,
    /// The texts of each named group, where they were already asked for.
    named: BTreeMap<&'a str, BTreeSet<Text>>,
    numbers: BTreeMap<String, Group>,
    entries: Vec<BTreeSet<Text>>,
}

impl<'a> Groups<'a> {
    fn new(rules: &'a SafetyRules) -> Self {
        let (texts, named, numbers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { rules, texts, named, numbers, entries: Vec::new() }
    }

    /// The number of a group given by its entries; `{name}` alone is the group
    /// of that name.
    fn number(&mut self, any: &[String]) -> Group {
        let key = any.join("|");
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let texts = any.iter().flat_map(|entry| self.expand(entry)).collect();
        let number = Group::try_from(self.entries.len()).unwrap_or(Group::MAX);
        self.entries.push(texts);
        self.numbers.insert(key, number);
        number
    }

    fn text(&mut self, text: String) -> Text {
        let next = self.texts.len();
        *self.texts.entry(text).or_insert(next)
    }

    /// What an entry stands for: each of its groups gives every one of its own
    /// texts.
    fn expand(&mut self, entry: &str) -> BTreeSet<Text> {
        if let Some(name) = group_name(entry).filter(|_| !entry.contains(' ')) {
            return self.named(name);
        }
        if !entry.contains('{') {
            return BTreeSet::from([self.text(entry.to_owned())]);
        }
        let mut all = vec![String::new()];
        for word in entry.split(' ') {
            let words = match group_name(word) {
                None => vec![word.to_owned()],
                Some(name) => {
                    let texts = self.named(name);
                    let chosen = self.texts.iter().filter(|(_, text)| texts.contains(text));
                    chosen.map(|(word, _)| word.clone()).collect()
                }
            };
            let joined = |head: &String| words.iter().map(|w| format!("{head} {w}")).collect::<Vec<_>>();
            all = all.iter().flat_map(joined).collect();
        }
        all.into_iter().map(|text| self.text(text.trim_start().to_owned())).collect()
    }

    /// The texts of a named group. Ends, because no group holds itself.
    fn named(&mut self, name: &str) -> BTreeSet<Text> {
        if let Some(texts) = self.named.get(name) {
            return texts.clone();
        }
        let Some((name, entries)) = self.rules.groups.get_key_value(name) else { return BTreeSet::new() };
        let texts: BTreeSet<Text> = entries.iter().flat_map(|entry| self.expand(entry)).collect();
        self.named.insert(name, texts.clone());
        texts
    }

    fn chains(&mut self, patterns: &[Pattern]) -> Vec<Chain> {
        let steps = |p: &Pattern| p.steps.iter().map(|s| (self.number(&s.any), u32::from(s.gap))).collect();
        patterns.iter().map(steps).map(|steps| Chain { steps }).collect()
    }
}

impl Rules {
    /// How many things the rules may find in a message: its signs, those of
    /// them that count, and the level of the flag.
    pub(super) fn evidence(&self) -> usize {
        2 * self.signs.len() + Level::ALL.len()
    }

    /// The numbers of signs as evidence, in their `turn`: 0 for those that
    /// were found, 1 for those that count.
    pub(super) fn of_signs(&self, there: impl Iterator<Item = bool>, turn: usize) -> Vec<u32> {
        let first = turn * self.signs.len();
        (first as u32..).zip(there).filter(|(_, there)| *there).map(|(number, _)| number).collect()
    }

    /// The number of a level as evidence.
    pub(super) fn of_level(&self, level: Level) -> u32 {
        (2 * self.signs.len() + level as usize) as u32
    }

    pub(super) fn new(rules: &SafetyRules) -> Self {
        let mut groups = Groups::new(rules);
        for role in ROLES {
            groups.number(&[format!("{{{role}}}")]);
        }
        let frames = Frames {
            idioms: groups.chains(&rules.frames.idioms),
            principle: groups.chains(&rules.frames.principle),
            brief: groups.chains(&rules.frames.brief),
            history: groups.chains(&rules.frames.history),
            candidacy: groups.chains(&rules.frames.candidacy),
            recent: groups.chains(&rules.frames.recent),
            present: groups.chains(&rules.frames.present),
        };
        let mut sign = |sign: &crate::knowledge::Sign| Sign {
            kind: sign.kind,
            chains: groups.chains(&sign.patterns),
            unless: groups.chains(&sign.unless),
        };
        let signs: Vec<Sign> = rules.signs.iter().map(&mut sign).collect();
        let place = |name: &String| rules.signs.iter().position(|s| s.id == *name);
        let mut flags: Vec<Flag> = rules
            .flags
            .iter()
            .map(|flag| Flag {
                id: flag.id.clone(),
                level: flag.level,
                when: flag
                    .when
                    .iter()
                    .filter(|all| all.iter().all(|n| n == ANY_SIGN || place(n).is_some()))
                    .map(|all| all.iter().map(place).collect())
                    .collect(),
            })
            .collect();
        flags.sort_by_key(|flag| std::cmp::Reverse(flag.level));
        let mut compiled = Self {
            lexicon: Lexicon::new(),
            singles: Vec::new(),
            phrases: Vec::new(),
            groups: groups.entries.len(),
            frames,
            signs,
            flags,
        };
        compiled.words(&groups.texts, &groups.entries, &rules.familiar);
        compiled
    }

    /// Gives every word its term, and every term its groups and phrases.
    fn words(&mut self, texts: &BTreeMap<String, Text>, entries: &[BTreeSet<Text>], familiar: &[String]) {
        let mut groups = vec![Vec::new(); texts.len()];
        for (group, members) in (0..).zip(entries) {
            for text in members {
                groups[*text].push(group);
            }
        }
        let mut phrases: Vec<(Vec<Term>, Vec<Group>)> = Vec::new();
        for (text, number) in texts {
            let terms = text.split(' ').map(|word| self.lexicon.term(word)).collect();
            phrases.push((terms, std::mem::take(&mut groups[*number])));
        }
        for word in familiar {
            self.lexicon.term(word);
        }
        self.singles = vec![Vec::new(); self.lexicon.len()];
        self.phrases = vec![Vec::new(); self.lexicon.len()];
        for (terms, groups) in phrases {
            let first = terms[0] as usize;
            if terms.len() == 1 {
                self.singles[first].extend(groups);
            } else {
                self.phrases[first].push(Phrase { rest: terms[1..].to_vec(), groups });
            }
        }
    }
}
