//! What tells short words of plain text apart? Their bytes, in two numbers.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;

/// The same places in every run, on every machine.
pub(super) const HASHER: FixedState = FixedState::with_seed(0);

/// Words of up to so many bytes, nearly all, have a key.
pub(super) const SHORT: usize = 16;

/// Each byte of a number.
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// What tells short words apart: their bytes, with zeros behind them, and their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(super) low: u64,
    pub(super) high: u64,
    pub(super) len: u32,
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
    /// The key of a word of 1 to 16 bytes.
    #[inline]
    pub(super) fn short(word: &[u8]) -> Option<Self> {
        if word.is_empty() || word.len() > SHORT {
            return None;
        }
        let mut bytes = [0; SHORT];
        bytes[..word.len()].copy_from_slice(word);
        Some(Self::of(bytes, KEPT[word.len()], word.len()))
    }

    /// The key of the first `len` of 16 bytes.
    #[inline]
    fn of(bytes: [u8; SHORT], (low, high): (u64, u64), len: usize) -> Self {
        let both = u128::from_le_bytes(bytes);
        Self { low: both as u64 & low, high: (both >> 64) as u64 & high, len: len as u32 }
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
        Self { low: lower(self.low), high: lower(self.high), len: self.len }
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        let mut hasher = HASHER.build_hasher();
        hasher.write_u128(u128::from(self.high) << 64 | u128::from(self.low));
        hasher.finish()
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

/// A sentence with small letters, in which all that is not plain is marked: bytes outside ASCII and
/// apostrophes. It is made in one go, so that the key of a word in it is two looks at memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlainText {
    /// With zeros behind the last word.
    bytes: Vec<u8>,
    /// Where the sentence starts in its text.
    start: usize,
}

impl PlainText {
    /// Reads the sentence at `range` of `text`.
    pub(super) fn read(&mut self, text: &str, range: Range<usize>) {
        self.start = range.start;
        self.bytes.clear();
        let plain = |byte: u8| {
            let capital = u8::from(byte.wrapping_sub(b'A') < 26);
            let apostrophe = u8::from(byte == b'\'') | u8::from(byte == b'`');
            byte | capital << 5 | apostrophe << 7
        };
        // Whole chunks alone, so that no byte is looked at by itself.
        let (chunks, rest) = text.as_bytes()[range].as_chunks();
        let mut last = [0; CHUNK];
        last[..rest.len()].copy_from_slice(rest);
        self.bytes.reserve((chunks.len() + 1) * CHUNK + SHORT);
        for chunk in chunks.iter().chain([&last]) {
            let mut chunk = *chunk;
            for byte in &mut chunk {
                *byte = plain(*byte);
            }
            self.bytes.extend_from_slice(&chunk);
        }
        self.bytes.extend([0; SHORT]);
    }

    /// The key of the word at `start..end` of the text, with small letters, if it is plain and short.
    #[inline]
    pub(crate) fn key(&self, start: usize, end: usize) -> Option<Hashed> {
        let len = end - start;
        let bytes = self.bytes.get(start - self.start..)?.first_chunk()?;
        let key = Key::of(*bytes, *KEPT.get(len)?, len);
        ((key.low | key.high) & HIGH == 0 && len > 0).then(|| key.into())
    }
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
            let mut table = WordTable::default();
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
