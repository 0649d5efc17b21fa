//! What was written? Tokens, sentences, and the terms that tokens count as.
//!
//! A *token* is what was written, with its place in the text; a *term* is what the token counts as.
//! Lowercasing, folding, stop words and stems belong to the step from token to term, because the
//! two readers of tokens want opposite things: topics count terms, stance reads tokens ("not" is a
//! stop word, and "admirable" has the stem of "admiral").

mod analyze;
mod analyzer;
#[cfg(feature = "whatlang")]
mod analyzers;
pub(crate) mod capitals;
mod char_ngrams;
mod classes;
pub(crate) mod clauses;
mod clitics;
mod dictionary;
mod eight;
mod fold;
mod gaps;
#[cfg(feature = "whatlang")]
mod identify;
mod joined;
mod lanes;
mod language;
mod listing;
pub(crate) mod matcher;
mod pieces;
pub(crate) mod plain;
mod porter;
mod scan;
mod sentences;
pub(crate) mod signs;
mod stem;
pub(crate) mod steps;
mod stop_words;
mod tokens;
mod window;
pub(crate) mod word_table;
pub(crate) mod words;

pub use analyze::Analyze;
pub use analyzer::{Analyzer, AnalyzerBuilder};
#[cfg(feature = "whatlang")]
pub use analyzers::{Analyzers, LanguageGroup};
pub use char_ngrams::{CharForm, CharNgrams};
pub(crate) use clitics::without_possessive;
pub use dictionary::{CountsAs, Dictionary};
pub use fold::fold_into;
pub(crate) use fold::folded;
#[cfg(feature = "whatlang")]
pub use identify::Identified;
pub use joined::Joined;
pub(crate) use joined::is_gap;
pub use language::Language;
pub(crate) use pieces::{Piece, Pieces};
pub use scan::Segmentation;
pub use sentences::{Sentences, sentences};
pub use stem::Stemmer;
pub use stop_words::StopWords;
pub(crate) use tokens::Span;
pub use tokens::{Token, TokenKind, Tokens};
