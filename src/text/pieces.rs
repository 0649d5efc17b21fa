//! How is a long text read in parts?

use super::analyze::Analyze;
use super::tokens::Tokens;

/// The length at which a text is cut, in bytes: it bounds the memory that a text needs, so that a
/// line of 50 MB costs no more than a short one. Text that cannot be cut, since it has no white space for
/// instance, is read at once.
const PIECE: usize = 1 << 18;

/// A part of a long text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t str,
    /// Where the next part begins, in bytes of this one: tokens from there on belong to the next.
    pub(crate) next: usize,
}

/// The parts of a text, of about [`PIECE`] bytes each, cut where the analyzer allows it.
///
/// They have together the tokens of the whole.
#[derive(Debug)]
pub(crate) struct Pieces<'t> {
    text: &'t str,
    size: usize,
    start: usize,
}

impl<'t> Pieces<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, size: PIECE, start: 0 }
    }

    pub(crate) fn next<A: Analyze + ?Sized>(&mut self, analyzer: &A) -> Option<Piece<'t>> {
        let Self { text, size, start } = *self;
        if start >= text.len() {
            return None;
        }
        let near = (start + size..text.len()).find(|&at| text.is_char_boundary(at));
        let cut = near.and_then(|near| analyzer.cut(text, near));
        let cut = cut.filter(|cut| cut.start > start && text.get(cut.clone()).is_some());
        let cut = cut.unwrap_or(text.len()..text.len());
        self.start = cut.start;
        Some(Piece { text: &text[start..cut.end], next: cut.start - start })
    }
}

/// The tokens that the parts of a text have together, as the counter reads them.
#[cfg(test)]
pub(super) fn tokens_of_pieces(
    size: usize,
    analyzer: &impl Analyze,
    text: &str,
) -> Vec<(std::ops::Range<usize>, super::TokenKind)> {
    let (mut found, mut offset) = (Vec::new(), 0);
    let mut pieces = Pieces { size, ..Pieces::new(text) };
    while let Some(piece) = pieces.next(analyzer) {
        let mut tokens = Tokens::default();
        piece.read(analyzer, &mut tokens);
        let shifted = tokens.iter(piece.text).map(|token| {
            let range = token.range();
            (offset + range.start..offset + range.end, token.kind())
        });
        found.extend(shifted);
        offset += piece.next;
    }
    found
}

impl Piece<'_> {
    /// Replaces `tokens` by the tokens of this part.
    pub(crate) fn read<A: Analyze + ?Sized>(&self, analyzer: &A, tokens: &mut Tokens) {
        tokens.clear();
        analyzer.tokens_into(self.text, tokens);
        if self.next < self.text.len() {
            tokens.drop_from(self.next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyzer, Token, TokenKind};

    #[test]
    fn pieces_cover_the_text_and_cut_at_white_space() {
        let text = "palabra étrange ".repeat(PIECE / 5);
        let mut joined = String::new();
        let mut pieces = Pieces::new(&text);
        while let Some(piece) = pieces.next(&Analyzer::plain()) {
            assert_eq!(piece.next, piece.text.len());
            assert!(joined.is_empty() || piece.text.starts_with(' '));
            joined.push_str(piece.text);
        }
        assert_eq!(joined, text);
    }

    /// Cuts as no text can be cut.
    struct Wild(usize, usize);

    impl Analyze for Wild {
        fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
            tokens.push(0..text.len(), TokenKind::Word);
        }

        fn term(&self, _: Token<'_>, _: &mut String) -> bool {
            false
        }

        fn cut(&self, _: &str, _: usize) -> Option<std::ops::Range<usize>> {
            Some(self.0..self.1)
        }
    }

    #[test]
    fn a_cut_that_is_none_is_passed_over() {
        let text = "é".repeat(20);
        for (start, end) in [(0, 0), (2, 3), (3, 4), (4, 2), (2, 99), (99, 99), (usize::MAX, 1)] {
            let found = tokens_of_pieces(8, &Wild(start, end), &text);
            assert_eq!(found, [(0..40, TokenKind::Word)], "{start}..{end}");
        }
        assert_eq!(tokens_of_pieces(8, &Wild(10, 10), &text).len(), 2);
    }
}
