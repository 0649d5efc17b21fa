//! Where does a text stand?

mod entry;
mod evidence;
mod inflect;
mod learn;
mod lexicon;
mod reading;
mod rule_set;
mod rules;
mod scorer;

pub use entry::{Aspects, Entry, EntryClass};
pub use evidence::{Evidence, Label, Sentiment, Stance};
pub use learn::{
    CrossValidated, LearnedLexicon, LearnedWeight, LexiconLearner, Place, Question, Sample,
    ScaledTerms, SemanticScaling,
};
pub use lexicon::Lexicon;
pub use rule_set::{Rule, Rules};
pub use scorer::StanceScorer;
