//! Who is spoken of?

mod find;
mod gazetteer;
mod hints;
mod name_words;
mod names;
mod owners;
mod refer;
mod search;
mod things;

pub use find::{Target, Targets};
pub use gazetteer::{Gazetteer, TargetKind};
pub(crate) use hints::Marked;
pub(crate) use names::NameSpan;
pub(crate) use search::mentions_of;
