//! Where does a text stand?

mod as_noun;
mod begins;
mod cues;
mod doubt;
mod entry;
#[macro_use]
mod evidence;
mod inflect;
mod learn;
mod lexicon;
mod look_up;
mod near;
mod reader;
mod reading;
mod relations;
mod rule_set;
mod rules;
mod scorer;
mod span;
mod spoken;
mod stacked;
mod tally;

pub use doubt::Doubt;
pub use entry::{Aspects, Entry, EntryClass};
pub use evidence::{Evidence, Label, Scored, Sentiment, Stance, Voice};
pub use learn::{
    CrossValidated, LearnedLexicon, LearnedWeight, LexiconLearner, Place, Question, Sample,
    ScaledTerms, SemanticScaling,
};
pub use lexicon::Lexicon;
pub use reader::StanceReader;
pub use relations::Relation;
pub use rule_set::{Rule, Rules};
pub use scorer::StanceScorer;
