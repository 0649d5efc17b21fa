//! Where does a text stand?

mod entry;
mod evidence;
mod inflect;
mod lexicon;
mod reader;
mod reading;
mod rule_set;
mod rules;
mod scorer;

pub use entry::{Aspects, Entry, EntryClass};
pub use evidence::{Evidence, Label, Scored, Sentiment, Stance};
pub use lexicon::Lexicon;
pub use reader::StanceReader;
pub use rule_set::{Rule, Rules};
pub use scorer::StanceScorer;
