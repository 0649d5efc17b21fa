//! How is it written, and how do two groups of articles differ? What a reader of a corpus asks first.

mod contingency;
mod keyness;
mod kwic;
mod pattern;

pub use keyness::{KeyTerm, Keyness};
pub use kwic::{KwicLine, kwic};
pub use pattern::WordPattern;
