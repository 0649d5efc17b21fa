//! Which words were seen? A table as that of written forms, but nothing is counted in it.

use super::forms::index;
use super::key::hash_text;
use super::strings::Strings;
use crate::prefetch::prefetch;

/// Where a word is, with all that is asked of most: a look-up reads a place and the text, no more.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The upper half of the hash.
    half: u32,
    node: u32,
    /// Where the word stands among all, and its length: at least 1, and 0 where there is none.
    start: u32,
    len: u32,
}

impl Place {
    const EMPTY: Self = Self { half: 0, node: 0, start: 0, len: 0 };

    fn is(&self, word: &str, half: u32, text: &str) -> bool {
        let start = self.start as usize;
        self.half == half
            && text.as_bytes().get(start..start + self.len as usize) == Some(word.as_bytes())
    }
}

/// A word's hash: found once, used to fetch its place, to find it and to add it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordHash(u32);

impl WordHash {
    pub(super) fn of(word: &str) -> Self {
        Self((hash_text(word.as_bytes()) >> 32) as u32)
    }

    /// Where a search begins in so many places, a power of two of at least 2.
    fn home(self, n_places: usize) -> usize {
        (self.0 >> (32 - n_places.trailing_zeros())) as usize
    }
}

/// Every word seen so far, in the order of first sight, with its node.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    strings: Strings,
    /// Open addresses, linear probing; a power of two of them, or none. They follow the hash from its
    /// highest bits on, as those of forms do.
    places: Vec<Place>,
}

impl Words {
    pub(super) fn strings(&self) -> &Strings {
        &self.strings
    }

    /// Makes room for so many words in all.
    pub(super) fn reserve(&mut self, n_words: usize) {
        // At most three quarters are full.
        let n_places = n_words + n_words / 3 + 1;
        if n_places <= self.places.len() {
            return;
        }
        let n_places = n_places.next_power_of_two().max(64);
        let places = std::mem::replace(&mut self.places, vec![Place::EMPTY; n_places]);
        for place in places.into_iter().filter(|place| place.len != 0) {
            let mut at = WordHash(place.half).home(n_places);
            while self.places[at].len != 0 {
                at = (at + 1) & (n_places - 1);
            }
            self.places[at] = place;
        }
    }

    /// Says that the word with a hash is about to be looked for.
    pub(super) fn prefetch(&self, hash: WordHash) {
        prefetch(&self.places, hash.home(self.places.len().max(2)));
    }

    /// The node of a word that is not empty, and its number if it was not seen before: then it has the node `new`.
    pub(super) fn node_of(&mut self, word: &str, hash: WordHash, new: u32) -> (u32, Option<u32>) {
        self.reserve(self.strings.len() + 1);
        let mut at = hash.home(self.places.len());
        while self.places[at].len != 0 {
            if self.places[at].is(word, hash.0, self.strings.text()) {
                return (self.places[at].node, None);
            }
            at = (at + 1) & (self.places.len() - 1);
        }
        let start = index(self.strings.text().len());
        let number = index(self.strings.push(word));
        self.places[at] = Place { half: hash.0, node: new, start, len: word.len() as u32 };
        (new, Some(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_as_the_table_grows() {
        let mut words = Words::default();
        for pass in 0..2 {
            for i in 0..5_000_u32 {
                let word = format!("word{i}");
                let found = words.node_of(&word, WordHash::of(&word), 7 * i);
                assert_eq!(found, (7 * i, (pass == 0).then_some(i)));
            }
        }
        assert_eq!((words.strings().len(), words.strings().get(4_999)), (5_000, "word4999"));
    }
}
