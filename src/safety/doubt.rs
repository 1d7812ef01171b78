//! What keeps a sign from counting: negation, fixed expressions, questions of
//! principle, the distant past, questions of candidacy.
//!
//! Each of these must be plain to see; where it is not, the sign counts.

use super::compile::{Chain, Rules, Sign};
use super::scene::{BACK, FILLER, Hit, JOIN, LINK, LIST, NEGATION, NOPE, NOT_NEGATION, Scene};
use crate::knowledge::SignKind;

/// How many words a negation may stand before what it denies: a list of
/// symptoms that are all absent ("no rash, hives, swelling or trouble …").
const NEGATION_REACH: usize = 14;

/// For how many words that count a brief frame holds after its own.
const BRIEF: u32 = 2;

/// Longest question that a bare "No." answers ("Any trouble breathing? No.").
const SHORT_QUESTION: usize = 5;

/// The doubts of one message, word by word and run by run.
pub(super) struct Doubts<'a> {
    scene: &'a Scene,
    /// Words that belong to some sign: what a list of denied symptoms is made
    /// of.
    named: Vec<bool>,
    idiom: Vec<bool>,
    principle: Vec<bool>,
    /// By segment.
    history: Vec<bool>,
    /// By segment, and by run.
    recent: Vec<bool>,
    recent_run: Vec<bool>,
    candidacy: bool,
    present: bool,
}

impl<'a> Doubts<'a> {
    pub(super) fn new<'h>(scene: &'a Scene, rules: &Rules, found: impl Iterator<Item = &'h Hit>) -> Self {
        let count = |numbers: &[u32]| numbers.last().map_or(0, |last| *last as usize + 1);
        let mut doubts = Self {
            scene,
            named: vec![false; scene.len()],
            idiom: vec![false; scene.len()],
            principle: vec![false; scene.len()],
            history: vec![false; count(&scene.segment)],
            recent: vec![false; count(&scene.segment)],
            recent_run: vec![false; count(&scene.run)],
            candidacy: all(scene, &rules.frames.candidacy).iter().any(|hit| scene.is_unbroken(hit)),
            present: !all(scene, &rules.frames.present).is_empty(),
        };
        for hit in found {
            mark_parts(hit, &mut doubts.named);
        }
        let said = |hit: &&Hit| scene.is_together(hit) && scene.is_unbroken(hit);
        for hit in all(scene, &rules.frames.idioms).iter().filter(said) {
            mark_parts(hit, &mut doubts.idiom);
        }
        doubts.frame_principle(&rules.frames.principle);
        let framed = |hit: &&Hit| scene.in_one_run(hit) && scene.is_unbroken(hit);
        for hit in all(scene, &rules.frames.brief).iter().filter(framed) {
            doubts.frame_brief(hit);
        }
        for hit in all(scene, &rules.frames.recent) {
            doubts.recent[scene.segment[hit.start()] as usize] = true;
            doubts.recent_run[scene.run[hit.start()] as usize] = true;
        }
        for hit in all(scene, &rules.frames.history) {
            doubts.frame_history(&hit);
        }
        doubts
    }

    /// A frame of principle holds to the end of its run; past a comma only in
    /// a list ("trouble breathing, swallowing or speaking").
    fn frame_principle(&mut self, frames: &[Chain]) {
        let scene = self.scene;
        let mut from = vec![false; scene.len()];
        for hit in all(scene, frames).iter().filter(|hit| scene.in_one_run(hit)) {
            from[hit.start()] = true;
        }
        let mut listed = vec![false; scene.len()];
        for at in (0..scene.len()).rev() {
            let later = listed.get(at + 1) == Some(&true) && scene.run[at] == scene.run[at + 1];
            listed[at] = later || scene.roles[at] & (LIST | JOIN) != 0;
        }
        let mut on = false;
        for at in 0..scene.len() {
            let stays = on && scene.run[at] == scene.run[at - 1] && (!scene.mark[at] || listed[at]);
            on = from[at] || stays;
            self.principle[at] = on;
        }
    }

    /// A brief frame holds for the next words, up to a mark or a new run.
    fn frame_brief(&mut self, hit: &Hit) {
        let scene = self.scene;
        let counted = scene.content[hit.end()];
        for at in hit.start()..scene.len() {
            let past_end = at >= hit.end();
            let far = scene.content[at] >= counted + BRIEF;
            let ended = scene.run[at] != scene.run[hit.start()] || scene.mark[at];
            if past_end && (far || ended) {
                break;
            }
            self.principle[at] = true;
        }
    }

    /// The distant past holds in its segment; also in the one before when it
    /// looks back ("That was in 2010"), and in the one after when its own
    /// holds nothing else ("Ten years ago I …").
    fn frame_history(&mut self, hit: &Hit) {
        let segments = &self.scene.segment;
        let segment = segments[hit.start()] as usize;
        self.history[segment] = true;
        let first = segments.partition_point(|s| (*s as usize) < segment);
        let last = segments.partition_point(|s| (*s as usize) <= segment);
        let opening = &self.scene.roles[first..last.min(first + 3)];
        if segment > 0 && opening.iter().any(|roles| roles & BACK != 0) {
            self.history[segment - 1] = true;
        }
        let alone = hit.start() == first && hit.end() >= last;
        if alone && last < self.scene.len() && self.scene.sentence[last] == self.scene.sentence[first] {
            self.history[segment + 1] = true;
        }
    }

    /// Whether a sign counts where it was found.
    pub(super) fn allow(&self, sign: &Sign, hit: &Hit) -> bool {
        if hit.parts().iter().any(|p| self.idiom[p.start as usize..p.end as usize].contains(&true)) {
            return false;
        }
        if sign.kind == SignKind::Context {
            return true;
        }
        let (start, last) = (hit.start(), hit.end() - 1);
        let segment = self.scene.segment[last] as usize;
        let past = self.history[segment] && !self.recent[segment];
        let recent = self.recent_run[self.scene.run[last] as usize];
        let asked = sign.kind == SignKind::Condition && self.candidacy && !recent;
        let thought = self.principle[start] && self.scene.run[start] == self.scene.run[last] && !self.present;
        !past && !asked && !thought && !self.denied(hit)
    }

    fn denied(&self, hit: &Hit) -> bool {
        let mut stop = 0;
        hit.parts().iter().any(|part| {
            let denied = self.negated(part.start as usize, stop);
            stop = part.end as usize;
            denied
        }) || self.answered_no(hit)
    }

    /// Whether a negation before a word reaches it: over links ("no signs of
    /// any") and over a list of symptoms that ends with "or".
    fn negated(&self, at: usize, stop: usize) -> bool {
        let scene = self.scene;
        let (mut marked, mut listed) = (false, false);
        let mut after = at;
        for before in (stop..at).rev().take(NEGATION_REACH) {
            if scene.run[before] != scene.run[at] {
                return false;
            }
            marked |= scene.mark[after];
            let roles = scene.roles[before];
            if roles & NOT_NEGATION != 0 {
                return false;
            }
            if roles & NEGATION != 0 {
                return !marked || listed;
            }
            listed |= roles & LIST != 0;
            if roles & (LIST | LINK | FILLER) == 0 && !self.named[before] {
                return false;
            }
            after = before;
        }
        false
    }

    /// A short question that its writer answers with a bare "No."
    fn answered_no(&self, hit: &Hit) -> bool {
        let scene = self.scene;
        let sentence = scene.sentence[hit.start()];
        let first = scene.sentence.partition_point(|s| *s < sentence);
        let next = scene.sentence.partition_point(|s| *s <= sentence);
        let is_nope = scene.roles.get(next).is_some_and(|roles| roles & NOPE != 0);
        let alone = scene.sentence.get(next + 1).is_none_or(|s| *s != sentence + 1)
            || scene.mark.get(next + 1) == Some(&true);
        next - first <= SHORT_QUESTION && is_nope && alone
    }
}

fn mark_parts(hit: &Hit, words: &mut [bool]) {
    for part in hit.parts() {
        words[part.start as usize..part.end as usize].fill(true);
    }
}

/// Where any of some chains is found.
pub(super) fn all(scene: &Scene, chains: &[Chain]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for chain in chains {
        scene.find(chain, &mut hits);
    }
    hits
}
