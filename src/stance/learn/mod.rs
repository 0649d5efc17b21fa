//! What do labelled texts teach about words, and how is it kept readable?

mod collect;
mod design;
mod features;
mod folds;
mod joining;
mod lbfgs;
mod learned;
mod learner;
mod loss;
mod observed;
mod penalty;
mod place;
mod placing;
mod sample;
mod seeds;
mod table;
mod tally;
mod terms;
mod track;
mod train;
mod weights;

use std::ops::Range;

pub(super) use features::Scratch;
pub use learned::{LearnedLexicon, LearnedWeight, Question};
pub use learner::{CrossValidated, LexiconLearner};
pub use place::Place;
pub use sample::Sample;
pub use seeds::{ScaledTerms, SemanticScaling};
pub(super) use tally::LearnedTally;
pub(super) use terms::Terms;

/// What a sentence is read for: its words, all in words of the sentence.
#[derive(Clone, Debug)]
pub(super) enum Subject<'s> {
    /// How it sounds.
    Text,
    /// How it stands toward what these words name.
    Target(&'s [Range<usize>]),
    /// What the holder feels toward the target.
    Pair { holder: Range<usize>, target: Range<usize> },
}

impl Subject<'_> {
    /// The question that is asked of the sentence.
    pub(super) fn question(&self) -> Question {
        match self {
            Self::Text => Question::Text,
            Self::Target(_) => Question::Target,
            Self::Pair { .. } => Question::Pair,
        }
    }
}
