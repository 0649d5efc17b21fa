//! What goes with a word? Found with one look at memory, in any case if asked so.

use std::hash::{BuildHasher, Hasher};

use super::plain::{HASHER, Hashed, Key};
use crate::prefetch::prefetch;

/// Words, each with a number or what else is to be told of it: a table with open addresses and linear probing.
///
/// Scoring looks every word of a text up, and most are not there. A short word is two numbers and
/// its length, compared without a branch on its letters, folded without a copy of it.
#[derive(Clone, Debug)]
pub(crate) struct WordTable<V = u32> {
    /// A power of two of them, or none.
    places: Vec<Place<V>>,
    /// Eight bits of each word's hash, [`FREE`] where none is: what is not there is told by memory that
    /// fits into the cache.
    tags: Vec<u8>,
    taken: usize,
    /// The words that are too long for a place.
    long: String,
}

impl<V> Default for WordTable<V> {
    fn default() -> Self {
        Self { places: Vec::new(), tags: Vec::new(), taken: 0, long: String::new() }
    }
}

/// A word with its value, in half a line of a cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Place<V> {
    /// Of a long word its hash, and by [`long_at`] where it stands among the long ones.
    key: Key,
    value: V,
}

/// Where a long word stands, in a number that no short word ends with, since no byte of UTF-8 has all bits.
fn long_at(start: usize, len: usize) -> u64 {
    0xFF << 56 | (len as u64 & 0xFF_FFFF) << 32 | start as u64 & 0xFFFF_FFFF
}

/// The tag of a place where no word is.
const FREE: u8 = 0;

/// The tag of a word with a hash, from the bits that do not say where it lies.
#[inline]
fn tag_of(hash: u64) -> u8 {
    (hash >> 56) as u8 | 1
}

/// Whether a word is spelled as it stands, or with small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Kept,
    Lower,
}

impl<V: Copy + Default> WordTable<V> {
    /// The value of a word.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<V> {
        match Key::short(word.as_bytes()) {
            Some(key) => self.find(key.into()),
            None => self.find_long(word).map(|at| self.places[at].value),
        }
    }

    /// The value of a word of the text, if it is plain: short, ASCII and without an apostrophe, so
    /// that nothing but its case has to be folded. `Err` if it is not plain.
    #[inline]
    pub(crate) fn get_plain(&self, word: &str, case: Case) -> Result<Option<V>, NotPlain> {
        match Key::short(word.as_bytes()) {
            Some(key) if key.is_plain() => {
                let key = if case == Case::Lower { key.lowercase() } else { key };
                Ok(self.find(key.into()))
            }
            _ => Err(NotPlain),
        }
    }

    /// The value of a word, which is given this one if it has none. An empty word has a place of its own.
    pub(crate) fn get_or_insert(&mut self, word: &str, value: V) -> &mut V {
        let found = match Key::short(word.as_bytes()) {
            Some(key) => self.find_short(key.into()),
            None => self.find_long(word),
        };
        let at = found.unwrap_or_else(|| self.insert(word, value));
        &mut self.places[at].value
    }

    /// Gives a word that is not there a place.
    fn insert(&mut self, word: &str, value: V) -> usize {
        let key = Key::short(word.as_bytes()).unwrap_or_else(|| {
            let start = self.long.len();
            self.long.push_str(word);
            Key { low: hash_of(word), high: long_at(start, word.len()) }
        });
        self.grow();
        self.place(Place { key, value })
    }

    /// The value of the word with a key.
    #[inline]
    pub(crate) fn find(&self, word: Hashed) -> Option<V> {
        self.find_short(word).map(|at| self.places[at].value)
    }

    /// Has the place of a word fetched, which is soon asked for.
    #[inline]
    pub(crate) fn fetch(&self, word: Hashed) {
        let at = word.hash as usize & self.places.len().wrapping_sub(1);
        prefetch(&self.tags, at);
        prefetch(&self.places, at);
    }

    #[inline]
    fn find_short(&self, Hashed { key, hash }: Hashed) -> Option<usize> {
        self.search(hash, |place| place.key == key)
    }

    #[cold]
    fn find_long(&self, word: &str) -> Option<usize> {
        let hash = hash_of(word);
        self.search(hash, |place| {
            let start = (place.key.high & 0xFFFF_FFFF) as usize;
            place.key == Key { low: hash, high: long_at(start, word.len()) }
                && self.long.get(start..start + word.len()) == Some(word)
        })
    }

    #[inline]
    fn search(&self, hash: u64, is: impl Fn(&Place<V>) -> bool) -> Option<usize> {
        let last = self.places.len().checked_sub(1)?;
        let mut at = hash as usize & last;
        loop {
            match self.tags[at] {
                FREE => return None,
                tag if tag == tag_of(hash) && is(&self.places[at]) => return Some(at),
                _ => at = (at + 1) & last,
            }
        }
    }

    /// Makes room for one more. At most half of the places are taken: most words are told by the first
    /// byte that is looked at.
    fn grow(&mut self) {
        self.taken += 1;
        if self.taken * 2 <= self.places.len() {
            return;
        }
        let size = (self.places.len() * 2).max(64);
        let places = std::mem::replace(&mut self.places, vec![Place::default(); size]);
        let tags = std::mem::replace(&mut self.tags, vec![FREE; size]);
        for (place, _) in places.into_iter().zip(tags).filter(|(_, tag)| *tag != FREE) {
            self.place(place);
        }
    }

    fn place(&mut self, place: Place<V>) -> usize {
        let last = self.places.len() - 1;
        let is_long = place.key.high >> 56 == 0xFF;
        let hash = if is_long { place.key.low } else { place.key.hash() };
        let mut at = hash as usize & last;
        while self.tags[at] != FREE {
            at = (at + 1) & last;
        }
        self.tags[at] = tag_of(hash);
        self.places[at] = place;
        at
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
        let mut table = WordTable::<u32>::default();
        assert_eq!(table.get("a"), None);
        let words: Vec<String> =
            (1..40).flat_map(|len| ["a", "b", "é"].map(|letter| letter.repeat(len))).collect();
        for (number, word) in words.iter().enumerate() {
            assert_eq!(*table.get_or_insert(word, number as u32), number as u32);
            assert_eq!(*table.get_or_insert(word, 999), number as u32);
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
        let mut table = WordTable::<u32>::default();
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
            let mut table = WordTable::<u32>::default();
            let mut map = std::collections::HashMap::new();
            for (number, word) in words.iter().enumerate() {
                let known = *map.entry(word.as_str()).or_insert(number as u32);
                prop_assert_eq!(*table.get_or_insert(word, number as u32), known);
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
