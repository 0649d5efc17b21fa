//! Which words, and runs of words, were seen? Each has a number.

use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::forms::{NONE, index};
use super::key::HASHER;
use super::strings::Strings;
use super::words::{WordHash, Words};

/// A term: a word, or a shorter run of terms and the word after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The node of the run without its last word; [`NONE`] for a single word.
    pub(super) prefix: u32,
    /// The node of the last word; for a single word, its number among the words.
    pub(super) last: u32,
}

/// Every word and run of words seen so far, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    all: Vec<Node>,
    words: Words,
    /// Runs of two and more.
    runs: HashTable<(Node, u32)>,
}

impl Nodes {
    pub(super) fn all(&self) -> &[Node] {
        &self.all
    }

    pub(super) fn words(&self) -> &Strings {
        self.words.strings()
    }

    /// Whether there are only words. Then they and their nodes have the same numbers, and need not be looked up.
    pub(super) fn are_words(&self) -> bool {
        self.runs.is_empty()
    }

    /// The number of a node's word, if it is a single one.
    #[inline]
    pub(super) fn word_of(&self, node: u32) -> Option<usize> {
        if self.are_words() {
            return Some(node as usize);
        }
        let Node { prefix, last } = self.all[node as usize];
        (prefix == NONE).then_some(last as usize)
    }

    /// Makes room for so many words in all.
    pub(super) fn reserve(&mut self, n_words: usize) {
        self.words.reserve(n_words);
    }

    /// Says that the word with a hash is about to be looked for.
    pub(super) fn prefetch(&self, hash: WordHash) {
        self.words.prefetch(hash);
    }

    /// The node of a word that is not empty.
    pub(super) fn of_word(&mut self, word: &str, hash: WordHash) -> u32 {
        let (node, new) = self.words.node_of(word, hash, index(self.all.len()));
        if let Some(number) = new {
            self.all.push(Node { prefix: NONE, last: number });
        }
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
        let mut hashes = [WordHash::default(); 64];
        for nodes in other.all.chunks(hashes.len()) {
            for (hash, node) in hashes.iter_mut().zip(nodes) {
                if node.prefix == NONE {
                    *hash = WordHash::of(other.words().get(node.last as usize));
                    self.prefetch(*hash);
                }
            }
            for (&hash, &Node { prefix, last }) in hashes.iter().zip(nodes) {
                // A prefix and a last word always come before the run.
                let node = if prefix == NONE {
                    self.of_word(other.words().get(last as usize), hash)
                } else {
                    let last = here[last as usize];
                    self.of_run(Node { prefix: here[prefix as usize], last })
                };
                here.push(node);
            }
        }
        here
    }
}

fn hash_run(run: Node) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write_u64(u64::from(run.prefix) << 32 | u64::from(run.last));
    hasher.finish()
}
