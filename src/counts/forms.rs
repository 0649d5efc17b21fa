//! Which written forms were seen? Found again at little cost.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::text::TokenKind;

/// A word that does not count, or the prefix that a single word does not have.
pub(super) const NONE: u32 = u32::MAX;

/// The same hashes in every run, on every machine.
pub(super) const HASHER: FixedState = FixedState::with_seed(0);

/// What tells written forms apart: length, kind and the first 16 bytes.
///
/// Forms of up to 16 bytes, which nearly all are, are told apart by it alone, without a look at
/// their text and without a branch on their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    low: u64,
    high: u64,
    /// The length in bytes times 16, plus the kind.
    shape: u32,
}

impl Key {
    const WIDTH: usize = 16;
    const KIND_BITS: u32 = 4;
    pub(super) const LONGEST: usize = (u32::MAX >> Self::KIND_BITS) as usize;

    /// The key of the form at a range of bytes of a text; none if the range is empty, is not in the
    /// text or is longer than [`LONGEST`](Self::LONGEST).
    #[inline]
    pub(super) fn new(text: &[u8], range: &Range<usize>, kind: TokenKind) -> Option<Self> {
        let len = range.end.wrapping_sub(range.start);
        if len.wrapping_sub(1) >= Self::LONGEST || range.end > text.len() {
            return None;
        }
        let rest = text.get(range.start..)?;
        let bytes = match rest.first_chunk::<{ Self::WIDTH }>() {
            Some(bytes) => *bytes,
            None => Self::last_bytes(rest),
        };
        let both = u128::from_le_bytes(bytes);
        // What comes after the form does not belong to it.
        let in_low = len.min(8) as u32;
        let in_high = len.min(16) as u32 - in_low;
        let low = (both as u64) << (64 - 8 * in_low);
        let high = ((both >> 64) as u64).checked_shl(64 - 8 * in_high).unwrap_or(0);
        Some(Self { low, high, shape: (len as u32) << Self::KIND_BITS | kind as u32 })
    }

    /// Fewer bytes than a key holds, filled up.
    #[cold]
    fn last_bytes(rest: &[u8]) -> [u8; Self::WIDTH] {
        let mut bytes = [0; Self::WIDTH];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
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

    fn len(self) -> usize {
        (self.shape >> Self::KIND_BITS) as usize
    }

    /// Long forms that start alike and are as long share a hash; few do.
    #[inline]
    fn hash(self) -> u64 {
        let mut hasher = HASHER.build_hasher();
        hasher
            .write_u128(u128::from(self.high) << 64 | u128::from(self.low ^ u64::from(self.shape)));
        hasher.finish()
    }
}

/// A distinct written form, with all that most hits need, in half a cache line: the forms of a large
/// corpus fit no cache, and each line that a look-up touches is a wait.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Form {
    low: u64,
    high: u64,
    shape: u32,
    /// The node of the word that it counts as, or [`NONE`].
    pub(super) node: u32,
    /// Where it stands among the written forms.
    start: u32,
    /// How often it was seen; stays at 4 billion.
    pub(super) uses: u32,
}

impl Form {
    pub(super) fn key(&self) -> Key {
        Key { low: self.low, high: self.high, shape: self.shape }
    }

    fn text<'s>(&self, written: &'s str) -> &'s str {
        &written[self.start as usize..][..self.key().len()]
    }

    /// Whether this is the form with that key and text; the text matters for long ones only.
    #[inline]
    fn is(&self, key: Key, text: &[u8], written: &str) -> bool {
        self.key() == key && (key.len() <= Key::WIDTH || self.text(written).as_bytes() == text)
    }
}

/// The forms seen so far with their text.
///
/// They lie in the table itself and not beside it: of the two ways that a look-up takes then, the second
/// would begin only when the first has ended, and both wait for memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    table: HashTable<Form>,
    written: String,
}

impl Forms {
    /// A form that was seen. Bytes that are no text are none.
    #[inline]
    pub(super) fn find_mut(&mut self, key: Key, text: &[u8]) -> Option<&mut Form> {
        let written = &self.written;
        self.table.find_mut(key.hash(), |form| form.is(key, text, written))
    }

    /// Makes room for so many forms in all.
    pub(super) fn reserve(&mut self, n_forms: usize) {
        let more = n_forms.saturating_sub(self.table.len());
        self.table.reserve(more, |form| form.key().hash());
    }

    /// Adds a form that is not there.
    pub(super) fn insert(&mut self, key: Key, text: &str, node: u32, uses: u32) {
        let Key { low, high, shape } = key;
        let form = Form { low, high, shape, node, start: index(self.written.len()), uses };
        self.written.push_str(text);
        self.table.insert_unique(key.hash(), form, |form| form.key().hash());
    }

    /// All forms with their text, in an order that follows the order of insertion alone.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Form, &str)> {
        self.table.iter().map(|form| (form, form.text(&self.written)))
    }
}

/// Numbers of things that are kept elsewhere, found by the hash of the thing.
///
/// Half of the hash stands beside each number, so that neither a look-up nor a growing table reads a
/// thing that is not meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers(HashTable<(u32, u32)>);

impl Numbers {
    /// The number for which `is` holds, among those whose hash agrees.
    #[inline]
    pub(super) fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let half = (hash >> 32) as u32;
        let found = self.0.find(Self::spread(half), |&(other, number)| other == half && is(number));
        found.map(|&(_, number)| number)
    }

    /// Adds a number that is not there.
    pub(super) fn insert(&mut self, hash: u64, number: u32) {
        let half = (hash >> 32) as u32;
        self.0.insert_unique(Self::spread(half), (half, number), |&(half, _)| Self::spread(half));
    }

    /// The table takes the place from the lower bits and a check from the highest 7.
    #[inline]
    fn spread(half: u32) -> u64 {
        u64::from(half) << 32 | u64::from(half)
    }
}

/// Columns and places are 32 bits wide; as many distinct terms would need some hundred gigabytes.
pub(super) fn index(number: usize) -> u32 {
    let index = u32::try_from(number).unwrap_or(NONE);
    assert!(index < NONE, "more than {NONE} distinct terms, or bytes of spellings");
    index
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
        }
    }

    #[test]
    #[allow(clippy::reversed_empty_ranges)]
    fn ranges_that_are_none_have_no_key() {
        let key = |range| Key::new("some text".as_bytes(), &range, TokenKind::Word);
        assert!(key(0..4).is_some() && key(5..9).is_some());
        for range in [0..0, 9..9, 9..12, 3..2, 0..10, 8..3, 20..usize::MAX] {
            assert!(key(range.clone()).is_none(), "{range:?}");
        }
    }

    #[test]
    fn a_form_takes_half_a_cache_line() {
        assert_eq!(size_of::<Form>(), 32);
    }
}
