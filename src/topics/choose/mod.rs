//! How many topics are there, and which of them come back?

mod criteria;
mod overlap;
mod resample;
mod stability;
#[cfg(test)]
mod tests;

pub use criteria::{TopicChoice, TopicCount};
pub use stability::{Stability, TopicStability};
