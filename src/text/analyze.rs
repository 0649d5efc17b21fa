//! What does a reader of text have to do?

use std::ops::Range;

use super::tokens::{Token, TokenKind, Tokens};

/// Reads text: finds tokens, and says which term each token counts as.
///
/// Implement it to count with a tokenizer or stemmer of your own. Both methods must be functions of
/// their arguments alone: `term` is called once for each distinct written form, not once for each
/// occurrence.
pub trait Analyze: Send + Sync {
    /// Appends the tokens of `text`, in order, with byte ranges into `text`.
    fn tokens_into(&self, text: &str, tokens: &mut Tokens);

    /// Appends the term that a token counts as to `term` and returns `true`, or returns `false` if
    /// the token does not count (a stop word, say). A token that does not count breaks n-grams.
    fn term(&self, token: Token<'_>, term: &mut String) -> bool;

    /// Whether tokens of a kind may count at all. Those that may not are passed over without a call of
    /// [`term`](Self::term), and break n-grams as others do that do not count.
    ///
    /// Unless implemented, all may.
    fn may_count(&self, kind: TokenKind) -> bool {
        let _ = kind;
        true
    }

    /// Where a long text may be cut, at or after byte `near`, which is between two characters; `None`
    /// if nowhere.
    ///
    /// Counting reads long texts in parts of about 256 KB, so that a line of 50 MB needs no more
    /// memory than a short one; what cannot be cut is read at once. The next part begins at the `start` of the range. The part before is
    /// read to its `end`, and its tokens that begin at `start` or later are left to the next.
    ///
    /// Unless implemented, the first ASCII white space and no more, as fits tokens that hold none. Give
    /// a longer range if tokens overlap, `None` if the text must be read at once. An answer that is no
    /// range in the text behind `near` counts as `None`.
    fn cut(&self, text: &str, near: usize) -> Option<Range<usize>> {
        first_gap(text, near)
    }
}

impl<A: Analyze + ?Sized> Analyze for &A {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        (**self).tokens_into(text, tokens);
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        (**self).term(token, term)
    }

    fn may_count(&self, kind: TokenKind) -> bool {
        (**self).may_count(kind)
    }

    fn cut(&self, text: &str, near: usize) -> Option<Range<usize>> {
        (**self).cut(text, near)
    }
}

/// The first ASCII white space at or after a byte offset.
pub(super) fn first_gap(text: &str, near: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(near..)?;
    let gap = near + rest.iter().position(u8::is_ascii_whitespace)?;
    Some(gap..gap)
}
