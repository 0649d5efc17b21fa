//! How is it written, and how do two groups of articles differ? What a reader of a corpus asks first.

mod contingency;
mod diversity;
mod keyness;
mod kwic;
mod pattern;
mod readability;
mod syllables;
mod vowels;
mod words;

pub use diversity::{DiversityParams, LexicalDiversity};
pub use keyness::{KeyTerm, Keyness};
pub use kwic::{KwicLine, kwic};
pub use pattern::WordPattern;
pub use readability::Readability;
pub use syllables::syllables;
