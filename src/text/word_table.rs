//! Which number goes with a word? Found with one look at memory, in any case if asked so.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

/// The same places in every run, on every machine.
const HASHER: FixedState = FixedState::with_seed(0);

/// Words of up to so many bytes, nearly all, lie in the table itself.
const SHORT: usize = 16;

/// Each byte of a number.
const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// Words, each with a number: a table with open addresses and linear probing.
///
/// Scoring looks every word of a text up, and most are not there. A short word is two numbers and
/// its length, compared without a branch on its letters, folded without a copy of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordTable {
    /// A power of two of them, or none.
    places: Vec<Place>,
    /// Eight bits of each word's hash, [`FREE`] where none is: what is not there is told by memory that
    /// fits into the cache.
    tags: Vec<u8>,
    taken: usize,
    /// The words that are too long for a place.
    long: String,
}

/// A word with its number; of a long word its hash and where it stands among the long ones.
#[derive(Clone, Copy, Debug)]
struct Place {
    low: u64,
    high: u64,
    len: u32,
    number: u32,
}

impl Place {
    const EMPTY: Self = Self { low: 0, high: 0, len: 0, number: 0 };

    fn new(key: Key, number: u32) -> Self {
        Self { low: key.low, high: key.high, len: key.len, number }
    }

    #[inline]
    fn key(&self) -> Key {
        Key { low: self.low, high: self.high, len: self.len }
    }
}

/// The tag of a place where no word is.
const FREE: u8 = 0;

/// The tag of a word with a hash, from the bits that do not say where it lies.
#[inline]
fn tag_of(hash: u64) -> u8 {
    (hash >> 56) as u8 | 1
}

/// What tells short words apart: their bytes, with zeros behind them, and their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    low: u64,
    high: u64,
    len: u32,
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
    fn short(word: &[u8]) -> Option<Self> {
        if word.is_empty() || word.len() > SHORT {
            return None;
        }
        let mut bytes = [0; SHORT];
        bytes[..word.len()].copy_from_slice(word);
        Some(Self::of(bytes, word.len()))
    }

    /// The key of the word at `start..end` of a text: without a branch on its length, which cannot be
    /// guessed, where the text goes on for 16 bytes.
    #[inline]
    fn inside(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let len = end - start;
        match text.get(start..).and_then(|rest| rest.first_chunk()) {
            Some(bytes) if (1..=SHORT).contains(&len) => Some(Self::of(*bytes, len)),
            _ => Self::short(text.get(start..end)?),
        }
    }

    /// The key of the first `len` of 16 bytes.
    #[inline]
    fn of(bytes: [u8; SHORT], len: usize) -> Self {
        let both = u128::from_le_bytes(bytes);
        let (low, high) = KEPT[len];
        Self { low: both as u64 & low, high: (both >> 64) as u64 & high, len: len as u32 }
    }

    /// With small letters, if all bytes are ASCII letters, as of nearly all words.
    #[inline]
    fn letters(self) -> Option<Self> {
        let (kept_low, kept_high) = KEPT[self.len as usize];
        // Lowercase, and the highest bit of each byte that is no letter.
        let lower = |eight: u64, kept: u64| {
            let lower = eight | (0x20 * EACH & kept);
            let seven = lower & !HIGH;
            let from_a = seven + (0x80 - u64::from(b'a')) * EACH;
            let beyond_z = seven + (0x7F - u64::from(b'z')) * EACH;
            (lower, (!from_a | beyond_z | eight) & HIGH & kept)
        };
        let ((low, other), (high, others)) =
            (lower(self.low, kept_low), lower(self.high, kept_high));
        (other | others == 0).then_some(Self { low, high, len: self.len })
    }

    /// Whether all bytes are ASCII and none is an apostrophe.
    #[inline]
    fn is_plain(self) -> bool {
        // The highest bit of each byte that is another, if all are ASCII.
        let other =
            |eight: u64, byte: u8| (eight ^ (u64::from(byte) * EACH)).wrapping_add(0x7F * EACH);
        let straight = other(self.low, b'\'') & other(self.high, b'\'');
        let slanted = other(self.low, b'`') & other(self.high, b'`');
        (self.low | self.high) & HIGH == 0 && straight & slanted & HIGH == HIGH
    }

    /// With small letters, if all bytes are ASCII.
    #[inline]
    fn lowercase(self) -> Self {
        let lower = |eight: u64| {
            let from_a = eight + (0x80 - u64::from(b'A')) * EACH;
            let beyond_z = eight + (0x7F - u64::from(b'Z')) * EACH;
            eight | ((from_a & !beyond_z & HIGH) >> 2)
        };
        Self { low: lower(self.low), high: lower(self.high), len: self.len }
    }

    #[inline]
    fn hash(self) -> u64 {
        let mut hasher = HASHER.build_hasher();
        hasher.write_u128(u128::from(self.high) << 64 | u128::from(self.low));
        hasher.finish()
    }
}

/// Whether a word is spelled as it stands, or with small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Kept,
    Lower,
}

impl WordTable {
    /// The number of a word.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        match Key::short(word.as_bytes()) {
            Some(key) => self.find(key),
            None => self.find_long(word),
        }
    }

    /// The number of a word of the text, if it is plain: short, ASCII and without an apostrophe, so
    /// that nothing but its case has to be folded. `Err` if it is not plain.
    #[inline]
    pub(crate) fn get_plain(&self, word: &str, case: Case) -> Result<Option<u32>, NotPlain> {
        self.find_plain(Key::short(word.as_bytes()), case)
    }

    /// As [`get_plain`](Self::get_plain), for the word at `start..end` of a text.
    #[inline]
    pub(crate) fn get_plain_inside(
        &self,
        text: &str,
        (start, end): (usize, usize),
        case: Case,
    ) -> Result<Option<u32>, NotPlain> {
        self.find_plain(Key::inside(text.as_bytes(), start, end), case)
    }

    #[inline]
    fn find_plain(&self, key: Option<Key>, case: Case) -> Result<Option<u32>, NotPlain> {
        match (key, case) {
            (Some(key), Case::Lower) => match key.letters() {
                Some(lower) => Ok(self.find(lower)),
                // Digits and signs.
                None if key.is_plain() => Ok(self.find(key.lowercase())),
                None => Err(NotPlain),
            },
            (Some(key), Case::Kept) if key.is_plain() => Ok(self.find(key)),
            _ => Err(NotPlain),
        }
    }

    /// Gives a word a number, if it has none; returns the one that it has now.
    pub(crate) fn get_or_insert(&mut self, word: &str, number: u32) -> u32 {
        if let Some(known) = self.get(word) {
            return known;
        }
        let mut key = Key::short(word.as_bytes());
        if word.len() > SHORT {
            let start = self.long.len() as u64;
            self.long.push_str(word);
            key = Some(Key { low: hash_of(word), high: start, len: word.len() as u32 });
        }
        let Some(key) = key else { return number };
        self.grow();
        self.place(Place::new(key, number));
        number
    }

    #[inline]
    fn find(&self, key: Key) -> Option<u32> {
        self.search(key.hash(), |place| place.key() == key)
    }

    #[cold]
    fn find_long(&self, word: &str) -> Option<u32> {
        let hash = hash_of(word);
        self.search(hash, |place| {
            let start = place.high as usize;
            place.len as usize == word.len()
                && place.low == hash
                && self.long.get(start..start + word.len()) == Some(word)
        })
    }

    #[inline]
    fn search(&self, hash: u64, is: impl Fn(&Place) -> bool) -> Option<u32> {
        let last = self.tags.len().checked_sub(1)?;
        let mut at = hash as usize & last;
        loop {
            match self.tags[at] {
                FREE => return None,
                tag if tag == tag_of(hash) && is(&self.places[at]) => {
                    return Some(self.places[at].number);
                }
                _ => at = (at + 1) & last,
            }
        }
    }

    /// Makes room for one more. At most three quarters of the places are taken: the steps to a free one
    /// are steps from byte to byte, and less memory is worth more.
    fn grow(&mut self) {
        self.taken += 1;
        if self.taken * 4 <= self.places.len() * 3 {
            return;
        }
        let size = (self.places.len() * 2).max(64);
        let places = std::mem::replace(&mut self.places, vec![Place::EMPTY; size]);
        let tags = std::mem::replace(&mut self.tags, vec![FREE; size]);
        let taken = places.into_iter().zip(tags).filter(|(_, tag)| *tag != FREE);
        taken.for_each(|(place, _)| self.place(place));
    }

    fn place(&mut self, place: Place) {
        let last = self.places.len() - 1;
        let long = place.len as usize > SHORT;
        let hash = if long { place.low } else { place.key().hash() };
        let mut at = hash as usize & last;
        while self.tags[at] != FREE {
            at = (at + 1) & last;
        }
        self.tags[at] = tag_of(hash);
        self.places[at] = place;
    }
}

/// A word that has to be spelled before it can be looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotPlain;

fn hash_of(word: &str) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write(word.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_keep_their_first_number() {
        let mut table = WordTable::default();
        assert_eq!(table.get("a"), None);
        let words: Vec<String> =
            (1..40).flat_map(|len| ["a", "b", "é"].map(|letter| letter.repeat(len))).collect();
        for (number, word) in words.iter().enumerate() {
            assert_eq!(table.get_or_insert(word, number as u32), number as u32);
            assert_eq!(table.get_or_insert(word, 999), number as u32);
        }
        for (number, word) in words.iter().enumerate() {
            assert_eq!(table.get(word), Some(number as u32));
        }
        assert_eq!(
            (table.get(""), table.get("ab"), table.get(&"c".repeat(30))),
            (None, None, None)
        );
    }

    #[test]
    fn plain_words_fold_without_a_copy() {
        let mut table = WordTable::default();
        table.get_or_insert("harbour", 7);
        table.get_or_insert("US", 8);
        assert_eq!(table.get_plain("HARbour", Case::Lower).ok(), Some(Some(7)));
        assert_eq!(table.get_plain("Harbour", Case::Kept).ok(), Some(None));
        assert_eq!(table.get_plain("US", Case::Kept).ok(), Some(Some(8)));
        for spelled in ["don't", "don`t", "Łódź", "a-word-of-17-bytes", ""] {
            assert!(table.get_plain(spelled, Case::Lower).is_err(), "{spelled}");
        }
    }

    proptest! {
        /// As a map of strings, whatever the words.
        #[test]
        fn finds_what_a_map_finds(
            words in prop::collection::vec("[a-cA-C@\\[`{é']{1,4}|[a-b]{14,18}|\\PC{1,20}", 0..80),
            asked in prop::collection::vec("[a-cA-C@\\[`{é']{1,4}|[a-b]{14,18}", 0..80),
        ) {
            let mut table = WordTable::default();
            let mut map = std::collections::HashMap::new();
            for (number, word) in words.iter().enumerate() {
                let known = *map.entry(word.as_str()).or_insert(number as u32);
                prop_assert_eq!(table.get_or_insert(word, number as u32), known);
            }
            for word in words.iter().chain(&asked) {
                prop_assert_eq!(table.get(word), map.get(word.as_str()).copied());
                if let Ok(found) = table.get_plain(word, Case::Lower) {
                    let lower = word.to_ascii_lowercase();
                    prop_assert_eq!(found, map.get(lower.as_str()).copied());
                }
            }
        }
    }
}
