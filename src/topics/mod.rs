//! What belongs together, and what is it about?

mod kmeans;
