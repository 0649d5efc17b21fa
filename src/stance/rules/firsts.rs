//! What do the first words of the entries tell? Most sentences leave some rules nothing to do.

use super::super::near::{DEGREE, Near};
use super::super::reading::{Sentence, Weighed};
use crate::text::words::Shape;

/// What is to be seen of the first words of the entries in a sentence, as far as rules ask for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Firsts {
    /// Whether one has a capital, and whether one is all capitals.
    pub(super) capital: bool,
    pub(super) upper: bool,
    /// Whether one stands between quotation marks.
    pub(super) quoted: bool,
    /// What any of them may be to the rules of a target.
    near: Near,
}

impl Firsts {
    pub(super) fn of(sentence: &Sentence<'_>, weighed: &[Weighed]) -> Self {
        let mut found = Self::default();
        for entry in weighed {
            let word = &sentence.words[entry.hit.from];
            found.capital |= word.shape == Shape::Capital;
            found.upper |= word.shape == Shape::Upper;
            found.quoted |= word.quoted;
            found.near |= sentence.near_at(entry.hit.from);
        }
        found
    }

    /// Whether one may tell a degree.
    pub(super) fn tell_degree(self) -> bool {
        self.near & DEGREE != 0
    }
}
