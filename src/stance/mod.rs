//! Where does a text stand?

mod entry;
#[macro_use]
mod evidence;
mod inflect;
mod lexicon;
mod reader;
mod reading;
mod relations;
mod rule_set;
mod rules;
mod scorer;
mod tally;

pub use entry::{Aspects, Entry, EntryClass};
pub use evidence::{Evidence, Label, Scored, Sentiment, Stance, Voice};
pub use lexicon::Lexicon;
pub use reader::StanceReader;
pub use relations::Relation;
pub use rule_set::{Rule, Rules};
pub use scorer::StanceScorer;
