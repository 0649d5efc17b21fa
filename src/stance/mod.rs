//! Where does a text stand?

mod entry;
mod evidence;
mod inflect;
mod lexicon;
mod reading;
mod rule_set;
mod rules;
mod scorer;

pub use entry::{Aspects, Entry, EntryClass};
pub use evidence::{Evidence, Label, Sentiment, Stance, Voice};
pub use lexicon::Lexicon;
pub use rule_set::{Rule, Rules};
pub use scorer::StanceScorer;
