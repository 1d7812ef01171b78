//! From candidates to a decision about one part of a message.

use crate::limits;
use crate::matching::Target;

/// A target and how sure the matcher is of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// What it is.
    pub target: Target,
    /// How sure, 0…1.
    pub confidence: f64,
}

/// What to do with a part.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Answer with this claim, this sure.
    Answer(usize, f64),
    /// Ask which of these claims is meant.
    Clarify(Vec<usize>),
    /// Say the small talk with this index.
    SmallTalk(usize),
    /// Nothing here is sure enough.
    Decline,
}

/// Below the threshold, but from this share of it on, a claim is worth asking
/// about.
const ASKABLE: f64 = 0.7;

/// From this share of the best confidence on another claim is as likely meant,
/// where the best is not sure enough to answer.
const CLOSE: f64 = 0.8;

/// The same where the best could answer: only what is nearly a tie holds the
/// answer back.
const TIED: f64 = 0.97;

/// Decides about candidates, best first. `serves` tells whether the answer of
/// the second claim would serve for the first as well.
#[must_use]
pub fn decide(candidates: &[Scored], threshold: f64, serves: impl Fn(usize, usize) -> bool) -> Decision {
    let Some(best) = candidates.first() else { return Decision::Decline };
    let sure = best.confidence >= threshold;
    let claim = match best.target {
        Target::SmallTalk(entry) => return if sure { Decision::SmallTalk(entry) } else { Decision::Decline },
        Target::Claim(claim) => claim,
    };
    let least = if sure { f64::max(threshold, best.confidence * TIED) } else { best.confidence * CLOSE };
    let mut meant = vec![claim];
    for other in candidates.iter().skip(1).take_while(|c| c.confidence >= least) {
        if let Target::Claim(other) = other.target
            && !meant.iter().any(|m| serves(*m, other))
        {
            meant.push(other);
        }
    }
    meant.truncate(limits::SUGGESTIONS);
    match (sure, meant.len()) {
        (true, 1) => Decision::Answer(claim, best.confidence),
        (false, 1) => Decision::Decline,
        (_, _) if best.confidence >= threshold * ASKABLE => Decision::Clarify(meant),
        _ => Decision::Decline,
    }
}

#[cfg(test)]
mod tests {
    //! Properties: below the threshold nothing is answered; a question back
    //! has two or three titles; what serves alike is never told apart.
    use super::*;
    use proptest::prelude::*;

    fn scored(confidences: &[f64]) -> Vec<Scored> {
        confidences
            .iter()
            .enumerate()
            .map(|(i, c)| Scored { target: Target::Claim(i), confidence: *c })
            .collect()
    }

    #[test]
    fn the_best_answers_unless_another_is_as_likely() {
        for (confidences, expected) in [
            (&[][..], Decision::Decline),
            (&[0.9, 0.5], Decision::Answer(0, 0.9)),
            (&[0.9, 0.89], Decision::Clarify(vec![0, 1])),
            (&[0.45, 0.1], Decision::Decline),
            (&[0.45, 0.44, 0.43, 0.42], Decision::Clarify(vec![0, 1, 2])),
            (&[0.2, 0.2], Decision::Decline),
        ] {
            assert_eq!(decide(&scored(confidences), 0.5, |_, _| false), expected, "{confidences:?}");
        }
        assert_eq!(decide(&scored(&[0.9, 0.89]), 0.5, |_, _| true), Decision::Answer(0, 0.9));
    }

    proptest! {
        #[test]
        fn nothing_unsure_is_answered(mut c in prop::collection::vec(0.0..1.0f64, 0..6), threshold in 0.01..1.0f64) {
            c.sort_by(|a, b| b.total_cmp(a));
            match decide(&scored(&c), threshold, |_, _| false) {
                Decision::Answer(_, confidence) => prop_assert!(confidence >= threshold),
                Decision::Clarify(meant) => prop_assert!((2..=3).contains(&meant.len())),
                Decision::SmallTalk(_) | Decision::Decline => {}
            }
        }
    }
}
