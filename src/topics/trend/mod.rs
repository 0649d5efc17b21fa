//! How do topics move in time, and how do groups differ?

mod buckets;
mod drift;
mod period;
#[cfg(test)]
mod tests;
mod trend;

pub use buckets::Buckets;
pub use period::Period;
pub use trend::{Bucket, TopicTrend, Trend, TrendParams, TrendPoint};
