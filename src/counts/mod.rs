//! Which terms occur in which article?

mod association;
mod builder;
mod collocations;
mod forms;
mod matrix;
mod params;
mod prune;
mod runs;
#[cfg(feature = "serde")]
mod saved;
mod strings;
mod terms;
#[cfg(test)]
mod tests;
mod vocabulary;
mod written;

pub use association::Association;
pub use builder::CountBuilder;
pub use collocations::{Collocation, CollocationBuilder, CollocationParams, Collocations};
pub use matrix::CountMatrix;
pub use params::{CountParams, DocFreq};
pub use vocabulary::{TermId, Vocabulary};
