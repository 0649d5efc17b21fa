//! How do topics move in time, and how do groups differ?

mod buckets;
mod drift;
mod period;
mod shares;
#[cfg(test)]
mod tests;

pub use buckets::Buckets;
pub use period::Period;
pub use shares::{Bucket, TopicTrend, Trend, TrendParams, TrendPoint};
