//! What tells written forms apart? Their first bytes, as numbers.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::text::TokenKind;

/// The same hashes in every run, on every machine.
pub(super) const HASHER: FixedState = FixedState::with_seed(0);

/// What tells written forms apart: length, kind and the first 16 bytes.
///
/// Forms of up to 16 bytes, which nearly all are, are told apart by it alone, without a look at
/// their text and without a branch on their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The first eight bytes, the first one lowest; those of a shorter form stand highest, above zeros.
    pub(super) low: u64,
    pub(super) high: u64,
    /// The length in bytes times 16, plus the kind.
    pub(super) shape: u32,
}

impl Default for Key {
    fn default() -> Self {
        Self::NO_FORM
    }
}

impl Key {
    const WIDTH: usize = 16;
    const KIND_BITS: u32 = 4;
    pub(super) const LONGEST: usize = (u32::MAX >> Self::KIND_BITS) as usize;

    /// The key of what is none: no form has it.
    pub(super) const NO_FORM: Self = Self { low: 0, high: 0, shape: u32::MAX };

    /// The key of the form at a range of bytes of a text; [`NO_FORM`](Self::NO_FORM) if the range is empty,
    /// is not in the text or is longer than [`LONGEST`](Self::LONGEST).
    #[inline]
    pub(super) fn new(text: &[u8], range: &Range<usize>, kind: TokenKind) -> Self {
        let len = range.end.wrapping_sub(range.start);
        if len.wrapping_sub(1) >= Self::LONGEST || range.end > text.len() {
            return Self::NO_FORM;
        }
        let Some(rest) = text.get(range.start..) else { return Self::NO_FORM };
        let first = match rest.first_chunk() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => Self::last_bytes(rest),
        };
        // What comes after the form does not belong to it.
        let in_low = len.min(8) as u32;
        let in_high = len.min(16) as u32 - in_low;
        let low = (first as u64) << (64 - 8 * in_low);
        let high = ((first >> 64) as u64).checked_shl(64 - 8 * in_high).unwrap_or(0);
        Self { low, high, shape: (len as u32) << Self::KIND_BITS | kind as u32 }
    }

    /// Fewer bytes than a key holds, filled up.
    #[cold]
    fn last_bytes(rest: &[u8]) -> u128 {
        let mut bytes = [0; Self::WIDTH];
        bytes[..rest.len()].copy_from_slice(rest);
        u128::from_le_bytes(bytes)
    }

    /// Whether it is of at most 7 bytes, as nine of ten tokens are. Then [`brief`](Self::brief) says all.
    #[inline]
    pub(super) fn is_brief(self) -> bool {
        self.shape < 8 << Self::KIND_BITS
    }

    /// All of a brief key in one number: the shape fits where an eighth byte would be. Never 0.
    #[inline]
    pub(super) fn brief(self) -> u64 {
        self.low | u64::from(self.shape)
    }

    /// As [`brief`](Self::brief) of [`new`](Self::new), at less cost; 0 of forms that are not brief, and near the end of the text.
    #[inline]
    pub(super) fn brief_of(text: &[u8], range: &Range<usize>, kind: TokenKind) -> u64 {
        let first = text.get(range.start..).and_then(|rest| rest.first_chunk());
        let Some(first) = first.map(|bytes| u64::from_le_bytes(*bytes)) else { return 0 };
        let len = range.end.wrapping_sub(range.start) as u64;
        let key = first << (64_u64.wrapping_sub(len.wrapping_mul(8)) % 64)
            | len << Self::KIND_BITS
            | kind as u64;
        if len.wrapping_sub(1) < 7 { key } else { 0 }
    }

    /// The key of which this is the [`brief`](Self::brief).
    #[inline]
    pub(super) fn of_brief(brief: u64) -> Self {
        Self { low: brief & !0xFF, high: 0, shape: (brief & 0xFF) as u32 }
    }

    /// Whether the first bytes are not all.
    #[inline]
    pub(super) fn is_long(self) -> bool {
        self.shape >= ((Self::WIDTH as u32) + 1) << Self::KIND_BITS
    }

    pub(super) fn is_char_ngram(self) -> bool {
        use TokenKind::{CharNgram, WholeWord, WordEnd, WordStart};
        let kind = u32::from(self.kind());
        [CharNgram, WordStart, WordEnd, WholeWord].iter().any(|&known| known as u32 == kind)
    }

    /// The kind of token, as a number.
    pub(super) fn kind(self) -> u8 {
        (self.shape & ((1 << Self::KIND_BITS) - 1)) as u8
    }

    pub(super) fn len(self) -> usize {
        (self.shape >> Self::KIND_BITS) as usize
    }

    /// The first bytes of its form, one after the other.
    pub(super) fn bytes(self) -> [u8; Self::WIDTH] {
        let in_low = self.len().min(8) as u32;
        let in_high = self.len().min(16) as u32 - in_low;
        let low = self.low.checked_shr(64 - 8 * in_low).unwrap_or(0);
        let high = self.high.checked_shr(64 - 8 * in_high).unwrap_or(0);
        (u128::from(high) << 64 | u128::from(low)).to_le_bytes()
    }

    /// Long forms that start alike and are as long share it; they have another, see [`hash_of`](Self::hash_of).
    #[inline]
    pub(super) fn hash(self) -> u64 {
        let mut hasher = HASHER.build_hasher();
        hasher
            .write_u128(u128::from(self.high) << 64 | u128::from(self.low ^ u64::from(self.shape)));
        hasher.finish()
    }

    /// Where a form belongs. Of long forms all of the text counts: addresses of one site begin alike.
    #[inline]
    pub(super) fn hash_of(self, text: &[u8]) -> u64 {
        if self.is_long() { hash_text(text) } else { self.hash() }
    }
}

/// The hash of all of a text.
pub(super) fn hash_text(text: &[u8]) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_short_forms_apart() {
        let mut forms: Vec<String> = ["a", "b", "ab", "ba", "aab", "aba", "abab", "é", "a\0", "\0"]
            .map(String::from)
            .to_vec();
        for len in 4..=16 {
            for at in 0..len {
                forms.push((0..len).map(|i| if i == at { 'x' } else { 'a' }).collect());
            }
        }
        for (i, one) in forms.iter().enumerate() {
            let key_of = |form: &str, kind| Key::new(form.as_bytes(), &(0..form.len()), kind);
            let key = key_of(one, TokenKind::Word);
            // What stands around a form does not matter.
            let text = format!("ab {one} and so on, and on");
            assert_eq!(key, Key::new(text.as_bytes(), &(3..3 + one.len()), TokenKind::Word));
            assert_ne!(key, key_of(one, TokenKind::Number));
            for other in &forms[i + 1..] {
                assert_ne!(key, key_of(other, TokenKind::Word), "{one} {other}");
            }
            // A key holds its form.
            assert_eq!(&key.bytes()[..key.len()], one.as_bytes());
            assert_eq!(key.is_brief(), one.len() < 8);
            if key.is_brief() {
                assert_eq!(Key::of_brief(key.brief()), key);
            }
        }
    }

    #[test]
    #[allow(clippy::reversed_empty_ranges)]
    fn ranges_that_are_none_have_no_key() {
        let key = |range| Key::new("some text".as_bytes(), &range, TokenKind::Word);
        assert!(key(0..4) != Key::NO_FORM && key(5..9) != Key::NO_FORM);
        for range in [0..0, 9..9, 9..12, 3..2, 0..10, 8..3, 20..usize::MAX] {
            assert_eq!(key(range.clone()), Key::NO_FORM, "{range:?}");
        }
        assert!(!Key::NO_FORM.is_brief() && Key::NO_FORM.is_long());
    }
}
