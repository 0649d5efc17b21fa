//! When does a label rest on too little?

use std::fmt;

use super::evidence::{Label, Verdict};
use super::tally::BAND_STANCE;

/// Reasons that count at least half are said of the target, and others beside it.
const SAID_OF_IT: f64 = 0.5;

/// What one reason that counts two thirds comes to alone: `2/3 / (2/3 + 1)`.
const LEAST_CONFIDENCE: f64 = 0.4;

/// Why a label should not be taken for a side: its evidence is faint, or disagrees.
///
/// A label follows the score, and so is right as often as a label for every text can be. Who shows a reader single
/// verdicts wants the sure ones: on sentences of NewsMTSC, labels that are not neutral are right in 78 of 100 cases
/// without a doubt, in 66 where the evidence is faint, and in 56 where it is mixed (`docs/evaluation.md`).
///
/// ```
/// use undertone::{Doubt, StanceScorer};
///
/// let scorer = StanceScorer::hand();
/// let doubt = |text: &str| scorer.stance(text, "Marlowe").doubt();
/// assert_eq!(doubt("Marlowe is corrupt."), None);
/// assert_eq!(doubt("After a day of long and dreadful arguments in the town hall, Marlowe left."), Some(Doubt::Faint));
/// assert_eq!(
///     doubt("Marlowe is brilliant. Marlowe is honest. Marlowe is corrupt and cruel, a liar and a thief."),
///     Some(Doubt::Mixed)
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Doubt {
    /// Too little is said of the target itself: by reasons that count at least half the score would lie within ±0.05,
    /// or on the other side, or all reasons together weigh less than two thirds of one that counts in full.
    Faint,
    /// Reasons on both sides: the confidence is below 0.4 though there are enough of them.
    Mixed,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Faint => "faint",
            Self::Mixed => "mixed",
        })
    }
}

impl Doubt {
    /// What may be said against the label of a verdict; nothing against a neutral one.
    pub(super) fn of(verdict: &Verdict<'_>) -> Option<Self> {
        if verdict.label == Label::Neutral {
            return None;
        }
        let near = verdict.evidence.iter().filter(|reason| reason.weight >= SAID_OF_IT);
        let alone: f64 = near.map(|reason| reason.contribution).sum();
        if Label::of(alone, BAND_STANCE) != verdict.label {
            return Some(Self::Faint);
        }
        let weights: f64 = verdict.evidence.iter().map(|reason| reason.weight).sum();
        if weights / (weights + 1.0) < LEAST_CONFIDENCE {
            return Some(Self::Faint);
        }
        (verdict.confidence() < LEAST_CONFIDENCE).then_some(Self::Mixed)
    }
}
