//! What tells short words of plain text apart? Their bytes, in two numbers.

use std::ops::Range;

use foldhash::fast::FixedState;

use super::clitics::without_possessive;
use crate::simd::{Simd, WithSimd, wide};

/// The same places in every run, on every machine.
pub(super) const HASHER: FixedState = FixedState::with_seed(0);

/// Words of up to so many bytes, nearly all, have a key.
pub(super) const SHORT: usize = 16;

/// Each byte of a number.
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// What tells short words apart: their bytes, none of them zero, with zeros behind them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    pub(super) low: u64,
    pub(super) high: u64,
}

/// The bits of the bytes of a word of each length, in its first eight bytes and in the next eight.
const KEPT: [(u64, u64); SHORT + 1] = {
    let mut kept = [(0, 0); SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        kept[len] = if len <= 8 {
            (u64::MAX >> (64 - 8 * len), 0)
        } else {
            (u64::MAX, u64::MAX >> (128 - 8 * len))
        };
        len += 1;
    }
    kept
};

impl Key {
    /// The key of a word of 1 to 16 bytes, none of them zero.
    #[inline]
    pub(super) fn short(word: &[u8]) -> Option<Self> {
        if word.is_empty() || word.len() > SHORT {
            return None;
        }
        let kept = KEPT[word.len()];
        let key = Self::copied(word);
        let zeros = |eight: u64| eight.wrapping_sub(EACH) & !eight & HIGH;
        (zeros(key.low | !kept.0) | zeros(key.high | !kept.1) == 0).then_some(key)
    }

    /// The bytes of a word of 1 to 16, put together from a few pieces that may overlap: to copy a few bytes takes
    /// longer, and to read them at once right behind that too.
    #[inline]
    fn copied(word: &[u8]) -> Self {
        let len = word.len();
        if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            let behind = 8 * (SHORT - len) as u32;
            let high = u64::from_le_bytes(*last).checked_shr(behind).unwrap_or(0);
            return Self { low: u64::from_le_bytes(*first), high };
        }
        let low = if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            let piece = |four: &[u8; 4]| u64::from(u32::from_le_bytes(*four));
            piece(first) | piece(last) << (8 * (len - 4))
        } else {
            let piece = |at: usize| u64::from(word[at]) << (8 * at);
            piece(0) | piece(len / 2) | piece(len - 1)
        };
        Self { low, high: 0 }
    }

    /// The key of the bytes that are kept of 16.
    #[inline]
    fn of(bytes: [u8; SHORT], (low, high): (u64, u64)) -> Self {
        let both = u128::from_le_bytes(bytes);
        Self { low: both as u64 & low, high: (both >> 64) as u64 & high }
    }

    /// Whether all bytes are ASCII and none is an apostrophe.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        // The highest bit of each byte that is another, if all are ASCII.
        let other =
            |eight: u64, byte: u8| (eight ^ (u64::from(byte) * EACH)).wrapping_add(0x7F * EACH);
        let straight = other(self.low, b'\'') & other(self.high, b'\'');
        let slanted = other(self.low, b'`') & other(self.high, b'`');
        (self.low | self.high) & HIGH == 0 && straight & slanted & HIGH == HIGH
    }

    /// With small letters, if all bytes are ASCII.
    #[inline]
    pub(super) fn lowercase(self) -> Self {
        let lower = |eight: u64| {
            let from_a = eight + (0x80 - u64::from(b'A')) * EACH;
            let beyond_z = eight + (0x7F - u64::from(b'Z')) * EACH;
            eight | ((from_a & !beyond_z & HIGH) >> 2)
        };
        Self { low: lower(self.low), high: lower(self.high) }
    }

    /// One multiplication whose halves are folded: the words are not chosen by those who would make them collide
    /// for a purpose.
    #[inline]
    pub(super) fn hash(self) -> u64 {
        let low = u128::from(self.low ^ 0x9E37_79B9_7F4A_7C15);
        let high = u128::from(self.high ^ 0xA076_1D64_78BD_642F);
        let product = low * high;
        (product >> 64) as u64 ^ product as u64
    }
}

/// A key and its hash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hashed {
    pub(super) key: Key,
    pub(super) hash: u64,
}

impl From<Key> for Hashed {
    #[inline]
    fn from(key: Key) -> Self {
        Self { key, hash: key.hash() }
    }
}

/// So many bytes of a sentence are made plain in one go.
const CHUNK: usize = 32;

/// A sentence with small letters, in which all that is not plain is marked: bytes outside ASCII, zeros and
/// apostrophes. It is made in one go, so that the key of a word in it is two looks at memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlainText {
    /// With what means nothing behind the last word.
    bytes: Vec<u8>,
    /// Where the sentence starts in its text.
    start: usize,
    seen: Seen,
}

/// What is to be seen of a sentence as it is read.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Whether a letter stands three times in a row.
    runs: bool,
    /// Whether there is an exclamation or question mark.
    marks: bool,
}

impl PlainText {
    /// Reads the sentence at `range` of `text`.
    pub(super) fn read(&mut self, text: &str, range: Range<usize>) {
        self.start = range.start;
        self.bytes.clear();
        // Whole chunks alone, so that no byte is looked at by itself.
        let size = (range.len() / CHUNK + 1) * CHUNK + SHORT;
        self.bytes.reserve(size);
        self.bytes.extend_from_slice(&text.as_bytes()[range]);
        self.bytes.resize(size, 0);
        self.seen = wide(Folding(&mut self.bytes));
    }

    /// Whether a letter stands three times in a row anywhere in the sentence, in any case.
    pub(crate) fn has_runs(&self) -> bool {
        self.seen.runs
    }

    /// Whether there is an exclamation or question mark anywhere in the sentence.
    pub(crate) fn has_marks(&self) -> bool {
        self.seen.marks
    }

    /// The key of the word at `start..end` of the text, with small letters, if it is plain and short.
    #[inline]
    pub(crate) fn key(&self, start: usize, end: usize) -> Option<Hashed> {
        let len = end - start;
        let bytes = self.bytes.get(start - self.start..)?.first_chunk()?;
        let key = Key::of(*bytes, *KEPT.get(len)?);
        ((key.low | key.high) & HIGH == 0 && len > 0).then(|| key.into())
    }

    /// As [`key`](Self::key), of a word with a possessive ending, without that.
    pub(crate) fn bare_key(&self, text: &str, start: usize, end: usize) -> Option<Hashed> {
        let bare = without_possessive(&text[start..end]).len();
        if start + bare < end { self.key(start, start + bare) } else { None }
    }
}

/// The bytes of a sentence on their way to plain ones; tells what is to be seen of them.
struct Folding<'b>(&'b mut [u8]);

impl WithSimd for Folding<'_> {
    type Output = Seen;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Seen {
        let Self(bytes) = self;
        let mut seen = Seen::default();
        for at in (0..bytes.len()).step_by(CHUNK) {
            // Behind the last chunk more bytes follow, which belong to none.
            let Some(ahead) = bytes[at..].first_chunk() else { break };
            seen.runs |= has_runs(ahead);
            seen.marks |= has_marks(ahead);
            for byte in &mut bytes[at..at + CHUNK] {
                *byte = plain(*byte);
            }
        }
        seen
    }
}

/// A byte as a small letter, marked if it is not plain.
#[inline(always)]
fn plain(byte: u8) -> u8 {
    let capital = u8::from(byte.wrapping_sub(b'A') < 26);
    let marked = u8::from(byte == b'\'') | u8::from(byte == b'`') | u8::from(byte == 0);
    byte | capital << 5 | marked << 7
}

/// Whether a letter stands three times in a row, the first time among so many bytes.
#[inline(always)]
fn has_runs(bytes: &[u8; CHUNK + 2]) -> bool {
    let lower = |at: usize| bytes[at] | 0x20;
    let mut any = 0;
    for at in 0..CHUNK {
        let (a, b, c) = (lower(at), lower(at + 1), lower(at + 2));
        any |= u8::from((a ^ b) | (b ^ c) == 0) & u8::from(a.wrapping_sub(b'a') < 26);
    }
    any != 0
}

/// Whether one of so many bytes is an exclamation or question mark.
#[inline(always)]
fn has_marks(bytes: &[u8; CHUNK + 2]) -> bool {
    let mut any = 0;
    for &byte in &bytes[..CHUNK] {
        any |= u8::from(byte == b'!') | u8::from(byte == b'?');
    }
    any != 0
}

/// A set of words that tells what is not in it from few bytes; of what it may hold a few words in a hundred are
/// not in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    bits: Vec<u64>,
}

/// There are 2 to the power of so many bits in a sketch.
const SKETCH_BITS: u32 = 15;

impl Sketch {
    /// Adds a word. Those without a key may always be in it.
    pub(super) fn insert(&mut self, word: &str) {
        if let Some(key) = Key::short(word.as_bytes()) {
            self.bits.resize(1 << (SKETCH_BITS - 6), 0);
            let (at, bit) = Self::bit(key.hash());
            self.bits[at] |= bit;
        }
    }

    /// Whether the word with a key may be in it.
    #[inline]
    pub(super) fn may_hold(&self, word: Hashed) -> bool {
        let (at, bit) = Self::bit(word.hash);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// Which of 64 bits tells of a word, and which bit of that.
    fn bit(hash: u64) -> (usize, u64) {
        let bit = hash >> (64 - SKETCH_BITS);
        ((bit >> 6) as usize, 1 << (bit & 63))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::word_table::{Case, WordTable};
    use super::*;

    proptest! {
        /// The key of a word inside a sentence finds what the word alone finds.
        #[test]
        fn words_have_the_same_key_inside_a_sentence(
            words in prop::collection::vec("[a-cA-C'`é1-]{1,3}|[a-bA-B]{14,18}|\\PC{1,20}", 1..20),
        ) {
            let text = words.join(" ");
            let mut table = WordTable::<u32>::default();
            for (number, word) in words.iter().enumerate().step_by(2) {
                table.get_or_insert(&word.to_ascii_lowercase(), number as u32);
            }
            let mut plain = PlainText::default();
            plain.read(&text, 0..text.len());
            let mut start = 0;
            for word in &words {
                let found = plain.key(start, start + word.len()).map(|key| table.find(key));
                prop_assert_eq!(found, table.get_plain(word, Case::Lower).ok(), "{}", word);
                start += word.len() + 1;
            }
        }

        /// A sketch may hold every word that was added.
        #[test]
        fn a_sketch_misses_no_word(words in prop::collection::vec("[a-z]{1,16}", 0..50)) {
            let mut sketch = Sketch::default();
            for word in &words {
                sketch.insert(word);
            }
            for word in &words {
                let key = Key::short(word.as_bytes());
                prop_assert!(key.is_none_or(|key| sketch.may_hold(key.into())));
            }
            let other = Key::short(b"other").map(Hashed::from);
            prop_assert!(!other.is_some_and(|other| Sketch::default().may_hold(other)));
        }
    }
}
