//! Where do phrases go on? A table of the steps from one node of a trie to the next, in which each step tells
//! all that is asked of it.

use crate::prefetch::prefetch;

/// A step from a node on the way of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    node: u32,
    word: u32,
    /// The node that it leads to.
    pub(crate) next: u32,
    /// The entry that ends with the word; [`NONE`] without one.
    pub(crate) entry: u32,
    /// A bit for each word that goes on from there, as [`follow_bit`] says.
    pub(crate) follows: u32,
}

/// No node, no entry.
const NONE: u32 = u32::MAX;

impl Step {
    const FREE: Self = Self { node: NONE, word: NONE, next: NONE, entry: NONE, follows: 0 };
}

/// A table with open addresses and linear probing, at most half of it taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps {
    /// A power of two of them, or none.
    slots: Vec<Step>,
    taken: usize,
    /// A bit for each step: most pairs of a node and a word are none, and this small table tells.
    pairs: Vec<u64>,
}

/// There are 2 to the power of so many bits for pairs.
const PAIR_BITS: u32 = 18;

/// Which of 32 bits stands for a word that goes on from a node.
#[inline]
pub(crate) fn follow_bit(word: u32) -> u32 {
    1 << (word.wrapping_mul(0x9E37_79B9) >> 27)
}

#[inline]
fn hash_of(node: u32, word: u32) -> u64 {
    (u64::from(node) << 32 | u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Which of 64 bits tells of a pair, and which bit of that.
#[inline]
fn pair_bit(hash: u64) -> (usize, u64) {
    let bit = hash >> (64 - PAIR_BITS);
    ((bit >> 6) as usize, 1 << (bit & 63))
}

impl Steps {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.taken
    }

    /// The step from a node on the way of a word.
    #[inline]
    pub(crate) fn find(&self, node: u32, word: u32) -> Option<Step> {
        let hash = hash_of(node, word);
        let (at, bit) = pair_bit(hash);
        if self.pairs.get(at)? & bit == 0 {
            return None;
        }
        let step = self.slots[self.place(hash, node, word)];
        (step.node != NONE).then_some(step)
    }

    /// Whether there may be a step from a node on the way of a word, which is fetched.
    #[inline]
    pub(crate) fn fetch(&self, node: u32, word: u32) -> bool {
        let hash = hash_of(node, word);
        let (at, bit) = pair_bit(hash);
        prefetch(&self.slots, (hash >> 20) as usize & self.slots.len().wrapping_sub(1));
        self.pairs.get(at).is_some_and(|pairs| pairs & bit != 0)
    }

    /// The place of the step from a node on the way of a word, which leads to `next` if it is new.
    pub(crate) fn find_or_add(&mut self, node: u32, word: u32, next: u32) -> usize {
        if (self.taken + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = hash_of(node, word);
        let place = self.place(hash, node, word);
        if self.slots[place].node == NONE {
            self.slots[place] = Step { node, word, next, ..Step::FREE };
            self.taken += 1;
            self.pairs.resize(1 << (PAIR_BITS - 6), 0);
            let (at, bit) = pair_bit(hash);
            self.pairs[at] |= bit;
        }
        place
    }

    /// The step at a place that was told since the last one was added.
    pub(crate) fn at(&mut self, place: usize) -> &mut Step {
        &mut self.slots[place]
    }

    /// Where a step lies, or the free place where it would.
    #[inline]
    fn place(&self, hash: u64, node: u32, word: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (hash >> 20) as usize & last;
        loop {
            let slot = &self.slots[at];
            if slot.node == NONE || (slot.node == node && slot.word == word) {
                return at;
            }
            at = (at + 1) & last;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        for step in std::mem::replace(&mut self.slots, vec![Step::FREE; size]) {
            if step.node != NONE {
                let place = self.place(hash_of(step.node, step.word), step.node, step.word);
                self.slots[place] = step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As a map, whatever the steps.
        #[test]
        fn finds_what_a_map_finds(
            added in prop::collection::vec((0..40_u32, 0..40_u32), 0..300),
            asked in prop::collection::vec((0..50_u32, 0..50_u32), 0..100),
        ) {
            let (mut steps, mut map) = (Steps::default(), BTreeMap::new());
            for (number, &(node, word)) in (0..).zip(&added) {
                let place = steps.find_or_add(node, word, number);
                steps.at(place).entry = node + word;
                map.entry((node, word)).or_insert(number);
            }
            prop_assert_eq!(steps.len(), map.len());
            for (node, word) in added.into_iter().chain(asked) {
                let found = steps.find(node, word);
                prop_assert_eq!(found.map(|step| step.next), map.get(&(node, word)).copied());
                prop_assert!(found.is_none_or(|step| step.entry == node + word));
            }
        }
    }
}
