//! Which terms occur in which article?

mod builder;
mod collocations;
mod dense;
mod forms;
mod given;
mod matrix;
mod params;
mod prune;
mod rows;
#[cfg(feature = "serde")]
mod saved;
mod strings;
mod terms;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use builder::CountBuilder;
pub use collocations::{
    Association, Collocation, CollocationBuilder, CollocationParams, Collocations,
};
pub use matrix::CountMatrix;
pub use params::{CountParams, DocFreq};
pub use vocabulary::{TermId, Vocabulary};
