//! A token: a stretch of text, its place and its kind.

use std::ops::Range;

use super::window::Plain;

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// A word, contraction, acronym or compound: `didn’t`, `U.S.`, `AT&T`, `e-mail`.
    Word,
    /// A number with its separators, sign of currency or percent: `1,234.5`, `$1.13bn`, `22%`, `1980s`.
    Number,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// The name of an account: `@name`.
    Handle,
    /// A `#tag`.
    Hashtag,
    /// A run of characters: one of [`CharNgrams`](crate::CharNgrams).
    CharNgram,
    /// A run of characters at the beginning of a word, counted with a space before it.
    WordStart,
    /// A run of characters at the end of a word, counted with a space after it.
    WordEnd,
    /// All characters of a word, counted with a space on both sides.
    WholeWord,
    /// Several words that count as one term: a phrase of a [`Dictionary`](crate::Dictionary).
    Phrase,
}

impl TokenKind {
    /// All kinds.
    pub(crate) const ALL: &[Self] = &[
        Self::Word,
        Self::Number,
        Self::Url,
        Self::Email,
        Self::Handle,
        Self::Hashtag,
        Self::CharNgram,
        Self::WordStart,
        Self::WordEnd,
        Self::WholeWord,
        Self::Phrase,
    ];
}

/// One token as it was written, with its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    text: &'t str,
    start: usize,
    kind: TokenKind,
}

impl<'t> Token<'t> {
    /// A token that starts at byte `start` of its text.
    pub fn new(text: &'t str, start: usize, kind: TokenKind) -> Self {
        Self { text, start, kind }
    }

    /// The token as written.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where it stands, in bytes of the text that was tokenized.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// What it looks like.
    pub fn kind(&self) -> TokenKind {
        self.kind
    }
}

/// The tokens of one text: places and kinds, kept in one buffer that is meant to be reused.
///
/// It borrows nothing; hand it the text again to see the words.
///
/// ```
/// use undertone::{Analyze, Analyzer, Tokens};
///
/// let text = "The U.S. didn’t sign.";
/// let mut tokens = Tokens::default();
/// Analyzer::english().tokens_into(text, &mut tokens);
/// let words: Vec<_> = tokens.iter(text).map(|token| token.text()).collect();
/// assert_eq!(words, ["The", "U.S.", "didn’t", "sign"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    spans: Vec<Span>,
}

/// Where a token stands, and what it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) range: Range<usize>,
    pub(crate) kind: TokenKind,
}

impl Span {
    /// The token in its text, if the range fits.
    #[inline]
    pub(crate) fn token<'t>(&self, text: &'t str) -> Option<Token<'t>> {
        let word = text.get(self.range.clone())?;
        Some(Token::new(word, self.range.start, self.kind))
    }
}

impl Tokens {
    /// Forgets the tokens and keeps the memory.
    pub fn clear(&mut self) {
        self.spans.clear();
    }

    /// Appends the token at a byte range of the text.
    pub fn push(&mut self, range: Range<usize>, kind: TokenKind) {
        self.spans.push(Span { range, kind });
    }

    /// Drops the last tokens that start at a byte offset or behind it.
    pub(crate) fn drop_from(&mut self, offset: usize) {
        while self.spans.last().is_some_and(|span| span.range.start >= offset) {
            self.spans.pop();
        }
    }

    /// Replaces runs of the tokens from number `first` on by one token each: `length` gives for the
    /// number of a token how many are joined there, 0 or 1 if it stays alone.
    pub(super) fn join(&mut self, first: usize, mut length: impl FnMut(usize) -> usize) {
        let (mut read, mut write) = (first, first);
        while read < self.spans.len() {
            let last = read + length(read).max(1) - 1;
            let mut span = self.spans[read].clone();
            if let Some(end) = self.spans.get(last).filter(|_| last > read) {
                span = Span { range: span.range.start..end.range.end, kind: TokenKind::Phrase };
            }
            self.spans[write] = span;
            write += 1;
            read = last + 1;
        }
        self.spans.truncate(write);
    }

    /// The tokens from number `first` on; text that a range does not fit is empty.
    pub(super) fn iter_from<'t>(
        &self,
        first: usize,
        text: &'t str,
    ) -> impl Iterator<Item = Token<'t>> {
        self.spans[first..].iter().map(move |span| {
            let word = text.get(span.range.clone()).unwrap_or_default();
            Token::new(word, span.range.start, span.kind)
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The tokens in the order of the text, which must be the one that was tokenized. Ranges that
    /// do not fit the text are passed over.
    pub fn iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Token<'t>> {
        self.spans.iter().filter_map(move |span| span.token(text))
    }

    /// Where the tokens stand; the ranges are as [`push`](Self::push) was given them.
    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }
}

/// What takes the tokens of a text as they are found, in their order.
pub(crate) trait TakeTokens {
    /// Takes the token at a byte range of the text.
    fn take(&mut self, range: Range<usize>, kind: TokenKind);

    /// Takes the words and numbers of a window that begins at byte `start` of the text.
    fn take_plain(&mut self, start: usize, plain: Plain);
}

impl TakeTokens for Tokens {
    #[inline]
    fn take(&mut self, range: Range<usize>, kind: TokenKind) {
        self.push(range, kind);
    }

    #[allow(clippy::inline_always)] // into the loop over windows, as it is compiled for AVX2
    #[inline(always)]
    fn take_plain(&mut self, start: usize, plain: Plain) {
        let Plain { words, numbers, .. } = plain;
        // Set where a token begins, and where one has ended.
        let mut edges = words ^ (words << 1);
        let n_tokens = edges.count_ones() / 2;
        self.spans.extend((0..n_tokens).map(|_| {
            let first = edges.trailing_zeros();
            edges &= edges - 1;
            let end = edges.trailing_zeros();
            edges &= edges - 1;
            let kind = [TokenKind::Word, TokenKind::Number][(numbers >> first & 1) as usize];
            Span { range: start + first as usize..start + end as usize, kind }
        }));
    }
}
