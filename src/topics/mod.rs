//! What belongs together, and what is it about?

mod cluster;
mod fit;
mod keywords;
mod kmeans;
mod mixture;
mod model;
mod naming;
mod params;
mod passages;
mod phrases;
mod sentences;
#[cfg(test)]
mod tests;
mod topic;

#[cfg(feature = "serde")]
pub(crate) use cluster::LinfaKMeans;
pub use model::{Assignment, TopicModel};
pub use params::{TopicParams, TopicValidParams};
pub use sentences::TopicSentence;
pub use topic::{Topic, TopicTerm};
