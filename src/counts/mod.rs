//! Which terms occur in which article?

mod batches;
mod builder;
mod collocations;
mod column_index;
mod counter;
mod dealt;
mod dense;
mod doc_freq_table;
mod form;
mod forms;
mod given;
mod key;
mod matrix;
mod nodes;
mod params;
mod parts;
mod places;
mod placing;
mod prune;
mod rows;
#[cfg(feature = "serde")]
mod saved;
mod shown;
mod spellings;
mod strings;
mod tally;
mod terms;
#[cfg(test)]
mod tests;
mod vocabulary;
mod vocabulary_builder;
mod words;

pub use batches::BatchCounter;
pub use builder::CountBuilder;
pub use collocations::{
    Association, Collocation, CollocationBuilder, CollocationParams, Collocations,
};
pub use doc_freq_table::DocFreqTable;
pub use matrix::CountMatrix;
pub use params::{CountParams, DocFreq};
pub(crate) use shown::Shown;
pub use vocabulary::{TermId, Vocabulary};
pub use vocabulary_builder::VocabularyBuilder;
