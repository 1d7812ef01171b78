//! Words that mean the same, folded to one of them.

use std::collections::BTreeMap;

use super::Token;

/// Groups of words or phrases that mean the same; each is folded to the first
/// of its group.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    /// First word of a member → the members that begin with it, longest first.
    by_first: BTreeMap<String, Vec<Member>>,
}

#[derive(Clone, Debug)]
struct Member {
    words: Vec<String>,
    meaning: Vec<String>,
}

impl Synonyms {
    /// Takes groups of normalised texts (words separated by one blank).
    #[must_use]
    pub fn new(groups: &[Vec<String>]) -> Self {
        let mut by_first = BTreeMap::<String, Vec<Member>>::new();
        let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for group in groups {
            let Some((first, others)) = group.split_first() else { continue };
            for other in others {
                let words = split(other);
                let member = Member { meaning: split(first), words };
                by_first.entry(member.words[0].clone()).or_default().push(member);
            }
        }
        for members in by_first.values_mut() {
            members.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        }
        Self { by_first }
    }

    /// What stands at the beginning of these tokens: how many of them are
    /// replaced, and by which words.
    pub(super) fn fold(&self, tokens: &[Token]) -> Option<(usize, &[String])> {
        let members = self.by_first.get(&tokens.first()?.text)?;
        let member = members.iter().find(|m| {
            m.words.len() <= tokens.len()
                && m.words.iter().zip(tokens).all(|(word, token)| *word == token.text)
        })?;
        Some((member.words.len(), &member.meaning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Utterance;

    #[test]
    fn the_longest_member_wins_and_spans_cover_what_it_replaces() {
        let groups = [vec!["botox", "tox", "botulinum toxin"], vec!["baby botox", "baby tox"]];
        let synonyms = Synonyms::new(&groups.map(|g| g.into_iter().map(String::from).collect()));
        let folded = Utterance::new("Botulinum toxin or baby tox, tox?").folded(&synonyms);
        assert_eq!(folded.normalized(), "botox or baby botox botox");
        assert_eq!(&folded.original()[folded.tokens()[0].span.clone()], "Botulinum toxin");
    }
}
