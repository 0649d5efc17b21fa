//! Where something stands in a sentence, in few bytes: there is a reason for every verdict, and a million verdicts.

use std::ops::Range;

/// Bytes of a sentence. Those behind its first four gigabytes all stand where these end, and nothing is written there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    from: u32,
    to: u32,
}

impl Span {
    /// Bytes of the text, in a sentence that starts at a byte of it.
    #[inline]
    pub(super) fn of_text(range: Range<usize>, sentence: usize) -> Self {
        let at = |byte: usize| u32::try_from(byte.saturating_sub(sentence)).unwrap_or(u32::MAX);
        Self { from: at(range.start), to: at(range.end) }
    }

    /// The bytes of the text, in a sentence that starts at a byte of it.
    pub(super) fn range(self, sentence: usize) -> Range<usize> {
        sentence + self.from as usize..sentence + self.to as usize
    }

    /// Where it stands, to compare.
    pub(super) fn key(self) -> (u32, u32) {
        (self.from, self.to)
    }

    /// What is written there.
    pub(super) fn of(self, sentence: &str) -> &str {
        sentence.get(self.from as usize..self.to as usize).unwrap_or_default()
    }
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SaidBy {
    Writer,
    Named(Span),
    Unnamed,
}
