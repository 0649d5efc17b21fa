//! What a text is about, and where it stands.

mod article;
mod counts;
mod csr;
mod error;
mod keywords;
mod linfa_traits;
mod parallel;
mod reduce;
#[cfg(feature = "serde")]
mod saved;
mod stance;
mod targets;
mod text;
mod tfidf;
mod topics;

pub use article::{Article, Document, FurnitureKind, Line, Published, Role, Section, SectionKind};
pub use counts::{CountBuilder, CountMatrix, CountParams, DocFreq, TermId, Vocabulary};
pub use error::{Error, Result};
pub use keywords::{Keyword, KeywordReader};
pub use reduce::{Embedding, Lsa, LsaParams, LsaValidParams};
#[cfg(feature = "serde")]
pub use saved::SavedTopics;
pub use stance::{
    Aspects, Class, Entry, Evidence, Label, Lexicon, Rule, Rules, Sentiment, Stance, StanceScorer,
};
pub use targets::{Gazetteer, Target, TargetKind, Targets};
pub use text::{
    Analyze, Analyzer, AnalyzerBuilder, Segmentation, Sentences, Stemmer, StemmerLanguage,
    StopWords, Token, TokenKind, Tokens, fold_into, sentences,
};
pub use tfidf::{Idf, Norm, Tf, TfIdf, TfIdfMatrix, TfIdfParams};
pub use topics::{Assignment, Topic, TopicModel, TopicParams, TopicTerm, TopicValidParams};
