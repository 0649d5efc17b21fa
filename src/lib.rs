//! What a text is about, and where it stands.

mod article;
mod counts;
mod csr;
mod error;
mod text;

pub use article::{Document, Section, SectionKind};
pub use counts::{CountBuilder, CountMatrix, CountParams, DocFreq, TermId, Vocabulary};
pub use error::{Error, Result};
pub use text::{
    Analyze, Analyzer, AnalyzerBuilder, Segmentation, Sentences, Stemmer, StemmerLanguage,
    StopWords, Token, TokenKind, Tokens, fold_into, sentences,
};
