//! What belongs together, and what is it about?

mod assemble;
mod belonging;
mod choose;
mod cluster;
mod density;
mod elementary;
mod em;
mod engine;
#[cfg(test)]
mod engine_tests;
mod fit;
#[cfg(test)]
mod generated;
mod keywords;
mod kmeans;
mod likelihood;
mod map;
mod mixture;
mod model;
mod naming;
mod paragraphs;
mod params;
mod partial;
#[cfg(test)]
mod partial_tests;
mod passages;
mod phrases;
mod points;
mod reshape;
mod search;
mod sentences;
#[cfg(test)]
mod tests;
mod topic;
mod trend;

pub use choose::{Stability, TopicChoice, TopicCount, TopicStability};
#[cfg(feature = "serde")]
pub(crate) use cluster::LinfaKMeans;
pub use engine::Engine;
#[cfg(feature = "serde")]
pub(crate) use engine::LinfaGaussianMixture;
pub use kmeans::{KMeans, KMeansParams};
pub use map::TopicMap;
pub use model::{Assignment, TopicModel};
pub use paragraphs::{ArticleTopics, ParagraphTopic, TopicShare};
pub use params::{TopicParams, TopicValidParams};
pub use reshape::{GuidedTopics, Hierarchy, Join, SeedWords};
pub use sentences::TopicSentence;
pub use topic::{Topic, TopicTerm};
pub use trend::{Bucket, Buckets, Period, TopicTrend, Trend, TrendParams, TrendPoint};
