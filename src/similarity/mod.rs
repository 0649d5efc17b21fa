//! Which articles are most like this one, and through which terms?

mod best;
mod index;
mod search;
#[cfg(test)]
mod tests;

pub use index::{Neighbor, Similarity, SimilarityIndex};
