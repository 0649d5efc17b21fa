//! What was published?

mod document;

pub(crate) use document::sections;
pub use document::{Document, Section, SectionKind};
