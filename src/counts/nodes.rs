//! Which words, and runs of words, were seen? Each has a number.

use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::forms::{HASHER, NONE, index};
use super::strings::Strings;

/// A term: a word, or a shorter run of terms and the word after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The node of the run without its last word; [`NONE`] for a single word.
    pub(super) prefix: u32,
    /// The node of the last word; for a single word, its number among the words.
    pub(super) last: u32,
}

/// Where a word is, with all that is asked of most: a look-up reads a place and the text, no more.
#[derive(Clone, Copy, Debug)]
struct WordPlace {
    /// The upper half of the hash.
    half: u32,
    node: u32,
    /// Where it stands among the words.
    start: u32,
    len: u32,
}

impl WordPlace {
    fn is(&self, word: &str, text: &str) -> bool {
        let start = self.start as usize;
        text.as_bytes().get(start..start + self.len as usize) == Some(word.as_bytes())
    }
}

/// A hash of 64 bits from half of one: a table takes places from the lower bits, and a check from the
/// highest.
fn spread(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

/// Every word and run of words seen so far, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    all: Vec<Node>,
    words: Strings,
    /// The nodes of words, by their text.
    places: HashTable<WordPlace>,
    /// Runs of two and more.
    runs: HashTable<(Node, u32)>,
}

impl Nodes {
    pub(super) fn all(&self) -> &[Node] {
        &self.all
    }

    pub(super) fn words(&self) -> &Strings {
        &self.words
    }

    /// Makes room for so many words in all.
    pub(super) fn reserve(&mut self, n_words: usize) {
        let more = n_words.saturating_sub(self.words.len());
        self.places.reserve(more, |place| spread(place.half));
    }

    /// The node of a word.
    pub(super) fn of_word(&mut self, word: &str) -> u32 {
        let hash = hash_word(word);
        let (half, text) = ((hash >> 32) as u32, self.words.text());
        let is = |place: &WordPlace| place.half == half && place.is(word, text);
        if let Some(place) = self.places.find(spread(half), is) {
            return place.node;
        }
        let start = index(self.words.text().len());
        let number = index(self.words.push(word));
        let node = index(self.all.len());
        self.all.push(Node { prefix: NONE, last: number });
        let place = WordPlace { half, node, start, len: word.len() as u32 };
        self.places.insert_unique(spread(half), place, |place| spread(place.half));
        node
    }

    /// The node of a run.
    pub(super) fn of_run(&mut self, run: Node) -> u32 {
        let entry = self.runs.entry(
            hash_run(run),
            |(known, _)| *known == run,
            |(known, _)| hash_run(*known),
        );
        match entry {
            Entry::Occupied(entry) => entry.get().1,
            Entry::Vacant(entry) => {
                let node = index(self.all.len());
                entry.insert((run, node));
                self.all.push(run);
                node
            }
        }
    }

    /// Takes in the words and runs of another; gives for each of its nodes the number here.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<u32> {
        let mut here = Vec::with_capacity(other.all.len());
        for &Node { prefix, last } in &other.all {
            // A prefix and a last word always come before the run.
            here.push(match prefix {
                NONE => self.of_word(other.words.get(last as usize)),
                _ => self.of_run(Node { prefix: here[prefix as usize], last: here[last as usize] }),
            });
        }
        here
    }
}

fn hash_word(word: &str) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write(word.as_bytes());
    hasher.finish()
}

fn hash_run(run: Node) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write_u64(u64::from(run.prefix) << 32 | u64::from(run.last));
    hasher.finish()
}
