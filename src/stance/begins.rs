//! At which words of a sentence may an entry begin?
//!
//! At a few of many, and which cannot be guessed: all words are told without a branch, and what those few need
//! is fetched from memory for all of them before the first is looked at.

use super::cues::{CONJUNCT, Cue, OPENS_CLAUSE};
use super::entry::Sense;
use crate::prefetch::prefetch;
use crate::text::matcher::{Matcher, Start};

/// A word at which an entry may begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begin {
    pub(super) at: u32,
    /// Whether an entry of several words may, nearly for sure.
    pub(super) leads: bool,
}

/// The words at which entries may begin, in memory that is reused from sentence to sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Begins {
    list: Vec<Begin>,
    len: usize,
}

/// What all words of a sentence are to the rules.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cues {
    /// What any word is.
    pub(super) any: Cue,
    /// Whether a word that joins clauses stands before one that opens a clause.
    pub(super) part_clauses: bool,
}

impl Begins {
    /// Notes where entries may begin among the words that are known, behind the last of which one stands for none.
    pub(super) fn note(&mut self, known: &[Start], matcher: &Matcher, senses: &[Sense]) -> Cues {
        // Never made smaller, so that it need not be cleared.
        if self.list.len() < known.len() {
            self.list.resize(known.len(), Begin::default());
        }
        self.len = 0;
        let (mut any, mut parts) = (0, 0);
        for first in (0..known.len()).step_by(64) {
            let mut may_begin = 0_u64;
            for (bit, pair) in known[first..].windows(2).take(64).enumerate() {
                let [word, next] = [pair[0], pair[1]];
                may_begin |= u64::from(word.is_entry() | word.may_lead_to(next)) << bit;
                parts |= (word.mark / CONJUNCT) & (next.mark / OPENS_CLAUSE) & 1;
                any |= word.mark;
            }
            while may_begin != 0 {
                let at = first + may_begin.trailing_zeros() as usize;
                may_begin &= may_begin - 1;
                self.choose(at, known, matcher, senses);
            }
        }
        Cues { any, part_clauses: parts != 0 }
    }

    /// Notes a word if an entry begins there nearly for sure, and has what is asked of it fetched.
    #[inline]
    fn choose(&mut self, at: usize, known: &[Start], matcher: &Matcher, senses: &[Sense]) {
        let (word, next) = (known[at], known[at + 1]);
        let leads = matcher.may_be_longer(word, next);
        prefetch(senses, word.entry as usize);
        self.list[self.len] = Begin { at: at as u32, leads };
        self.len += usize::from(word.is_entry() | leads);
    }

    pub(super) fn as_slice(&self) -> &[Begin] {
        &self.list[..self.len]
    }
}
