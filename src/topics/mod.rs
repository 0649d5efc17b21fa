//! What belongs together, and what is it about?

mod cluster;
mod coherence;
mod elementary;
mod fit;
mod keywords;
mod kmeans;
mod mixture;
mod model;
mod params;
mod points;
mod search;
#[cfg(test)]
mod tests;
mod topic;

#[cfg(feature = "serde")]
pub(crate) use cluster::LinfaKMeans;
pub use model::{Assignment, TopicModel};
pub use params::{TopicParams, TopicValidParams};
pub use topic::{Topic, TopicTerm};
