//! What was written? Tokens, sentences, and the terms that tokens count as.
//!
//! A *token* is what was written, with its place in the text; a *term* is what the token counts as.
//! Lowercasing, folding, stop words and stems belong to the step from token to term, because the
//! two readers of tokens want opposite things: topics count terms, stance reads tokens ("not" is a
//! stop word, and "admirable" has the stem of "admiral").

mod analyzer;
#[cfg(feature = "whatlang")]
mod analyzers;
mod clitics;
mod fold;
#[cfg(feature = "whatlang")]
mod identify;
mod language;
pub(crate) mod matcher;
mod scan;
mod sentences;
mod stem;
mod stop_words;
mod tokens;
pub(crate) mod words;

pub use analyzer::{Analyze, Analyzer, AnalyzerBuilder};
#[cfg(feature = "whatlang")]
pub use analyzers::{Analyzers, LanguageGroup};
pub use fold::fold_into;
#[cfg(feature = "whatlang")]
pub use identify::Identified;
pub use language::Language;
pub use scan::Segmentation;
pub use sentences::{Sentences, sentences};
pub use stem::Stemmer;
pub use stop_words::StopWords;
pub use tokens::{Token, TokenKind, Tokens};

/// The longest stretch that is tokenized at once, in bytes: it bounds the memory that a text needs,
/// so that a line of 50 MB costs no more than a short one.
const PIECE: usize = 1 << 18;

/// Cuts a text into pieces of about [`PIECE`] bytes at ASCII white space, each with its offset.
///
/// No token spans ASCII white space, so the pieces have together the tokens of the whole.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let bytes = text.as_bytes();
        let end = match bytes.get(start + PIECE..) {
            None => text.len(),
            Some(rest) => rest
                .iter()
                .position(u8::is_ascii_whitespace)
                .map_or(text.len(), |gap| start + PIECE + gap),
        };
        let piece = (start, &text[start..end]);
        start = end;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_text_and_cut_at_white_space() {
        let text = "palabra étrange ".repeat(PIECE / 5);
        let mut joined = String::new();
        for (offset, piece) in pieces(&text) {
            assert_eq!(offset, joined.len());
            assert!(joined.is_empty() || piece.starts_with(' '));
            joined.push_str(piece);
        }
        assert_eq!(joined, text);
    }
}
