//! What a text is about, and where it stands.

mod article;
mod error;
mod text;

pub use article::{Article, Document, FurnitureKind, Line, Published, Role, Section, SectionKind};
pub use error::{Error, Result};
pub use text::{
    Analyze, Analyzer, AnalyzerBuilder, Segmentation, Sentences, Stemmer, StemmerLanguage,
    StopWords, Token, TokenKind, Tokens, fold_into, sentences,
};
