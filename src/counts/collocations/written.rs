//! In which forms, and next to which, was each term written?

use std::ops::Range;

use crate::text::{Analyze, Token, TokenKind, Tokens, is_gap};

/// Stands between the term and the written form in what [`Written`] counts.
pub(super) const DIVIDER: char = '\0';

/// Counts written forms, each with the term that it counts as, and breaks runs at punctuation.
#[derive(Clone)]
pub(super) struct Written<A>(pub(super) A);

impl<A: Analyze> Analyze for Written<A> {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        let mut inner = Tokens::default();
        self.0.tokens_into(text, &mut inner);
        let mut end = 0;
        for token in inner.iter(text) {
            let range = token.range();
            let goes_on = match text.get(end..range.start) {
                // The part before may have ended in white space.
                Some("") => end == 0,
                Some(between) => is_gap(between),
                None => false,
            };
            if !goes_on {
                tokens.push(range.start..range.start, TokenKind::Word);
            }
            end = range.end;
            tokens.push(range, token.kind());
        }
        if text.get(end..).is_some_and(|rest| !rest.is_empty() && !is_gap(rest)) {
            tokens.push(text.len()..text.len(), TokenKind::Word);
        }
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        let start = term.len();
        if token.text().is_empty() || !self.0.term(token, term) {
            return false;
        }
        if term[start..].is_empty() || term[start..].contains(DIVIDER) {
            return false;
        }
        term.push(DIVIDER);
        term.push_str(token.text());
        true
    }

    fn cut(&self, text: &str, near: usize) -> Option<Range<usize>> {
        self.0.cut(text, near)
    }
}
