//! What a text is about, and where it stands.

mod article;
mod csr;
mod error;
mod parallel;
mod reduce;
mod text;
mod topics;

pub use article::{Document, Section, SectionKind};
pub use error::{Error, Result};
pub use reduce::{Embedding, Lsa, LsaParams};
pub use text::{
    Analyze, Analyzer, AnalyzerBuilder, Segmentation, Sentences, Stemmer, StemmerLanguage,
    StopWords, Token, TokenKind, Tokens, fold_into, sentences,
};
