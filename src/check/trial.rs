//! How the matcher does on the phrasings of the knowledge: on all of them, and
//! on each tenth of them when it has learned from the other nine.

use crate::engine::Engine;
use crate::knowledge::{Claim, Located};
use crate::limits;
use crate::matching::{Direction, Example, Matcher, Origin, examples};
use crate::text::Utterance;

/// Parts into which the phrasings are divided; the usual number.
pub(super) const FOLDS: usize = 10;

/// A phrasing of a claim, prepared as the matcher reads it.
pub(super) struct Phrasing<'a> {
    pub(super) claim: &'a Claim,
    pub(super) located: &'a Located,
    pub(super) direction: Direction,
    pub(super) utterance: Utterance,
}

/// All phrasings of the claims, in the order of the files.
pub(super) fn phrasings(engine: &Engine) -> impl Iterator<Item = Phrasing<'_>> {
    engine.knowledge().claims.iter().flat_map(move |claim| {
        let directed = [
            (Direction::Asks, &claim.asks),
            (Direction::Affirms, &claim.affirms),
            (Direction::Denies, &claim.denies),
        ];
        directed.into_iter().flat_map(move |(direction, list)| {
            list.iter().map(move |located| {
                let utterance = engine.trained().prepared(&located.text);
                Phrasing { claim, located, direction, utterance }
            })
        })
    })
}

/// A phrasing that another entry wins.
#[derive(Clone)]
pub(super) struct Loss {
    /// The claim that it belongs to, by its index.
    pub(super) claim: usize,
    /// The phrasing, by its index in the claim.
    pub(super) phrasing: usize,
    /// Who wins it: the id of a claim or of small talk.
    pub(super) winner: String,
    /// The confidence of its own claim, 0…1.
    pub(super) own: f64,
    /// The confidence of the winner, 0…1.
    pub(super) won: f64,
}

/// The outcome.
pub(super) struct Trial {
    /// Phrasings lost by a matcher that has learned from all of them.
    pub(super) known: Vec<Loss>,
    /// Phrasings lost by matchers that had not seen them.
    pub(super) unseen: Vec<Loss>,
}

/// An example of the matcher and where it comes from.
struct Sample {
    example: Example,
    origin: Origin,
}

impl Trial {
    /// Tries the matcher on the knowledge of an engine.
    pub(super) fn of(engine: &Engine) -> Self {
        let samples = samples(engine);
        let lost = |matcher: &Matcher, samples: &mut dyn Iterator<Item = &Sample>| {
            samples.filter_map(|sample| loss(engine, matcher, sample)).collect::<Vec<_>>()
        };
        let unseen = in_parallel(FOLDS, |fold| {
            let left_out = |sample: &&Sample| sample.origin.phrasing % FOLDS == fold;
            let learned: Vec<Example> =
                samples.iter().filter(|s| !left_out(s)).map(|s| s.example.clone()).collect();
            lost(&Matcher::uncalibrated(&learned), &mut samples.iter().filter(left_out))
        });
        let known = lost(engine.trained().matcher(), &mut samples.iter());
        Self { known, unseen: unseen.into_iter().flatten().collect() }
    }
}

/// Every example as the engine has it.
fn samples(engine: &Engine) -> Vec<Sample> {
    let sample = |(label, text, origin): (usize, &str, Origin)| Sample {
        example: Example { label, utterance: engine.trained().prepared(text) },
        origin,
    };
    examples(engine.knowledge()).map(sample).collect()
}

/// What a claim loses of its phrasing, if it does and the winner does not
/// serve as well.
fn loss(engine: &Engine, matcher: &Matcher, sample: &Sample) -> Option<Loss> {
    let knowledge = engine.knowledge();
    let label = sample.example.label;
    let claim = knowledge.claims.get(label)?;
    let ranked = matcher.rank(&sample.example.utterance, limits::CANDIDATES);
    let best = ranked.first().filter(|best| best.label != label)?;
    let own = ranked.iter().find(|c| c.label == label).map_or(0.0, |c| c.confidence);
    let winner = match knowledge.claims.get(best.label) {
        Some(winner) if claim.overlaps_with(winner) => return None,
        Some(winner) => &winner.id,
        None => &knowledge.smalltalk[best.label - knowledge.claims.len()].id,
    };
    // Equal scores are a matter of order, not of meaning.
    (best.confidence > own).then(|| Loss {
        claim: label,
        phrasing: sample.origin.phrasing,
        winner: winner.clone(),
        own,
        won: best.confidence,
    })
}

/// The results of independent rounds, in their order, on all processors.
fn in_parallel<T: Send>(rounds: usize, round: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(rounds);
    let round = &round;
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let spawned: Vec<_> = (0..workers)
            .map(|first| {
                scope.spawn(move || {
                    (first..rounds).step_by(workers).map(|n| (n, round(n))).collect::<Vec<_>>()
                })
            })
            .collect();
        let results = spawned.into_iter().map(std::thread::ScopedJoinHandle::join);
        results.flat_map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, result)| result).collect()
}
