//! How good are topics? By themselves, by the corpus, and by labels that people gave.

mod agreement;
mod coherence;
mod diversity;
mod model;
mod ranks;
mod silhouette;
mod windows;

pub use agreement::Agreement;
pub use coherence::Coherence;
pub use diversity::topic_diversity;
pub use silhouette::Silhouette;
