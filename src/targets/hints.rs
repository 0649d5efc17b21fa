//! Which words of a sentence may belong to a name at all? Most do not, and are told at one look.

use super::gazetteer::Gazetteer;
use super::name_words::{FIRST, Kind, NameWords, UNKNOWN};
use crate::text::capitals::HEADLINE_SHARE;
use crate::text::matcher::{Matcher, Start};
use crate::text::words::{Shape, Word, Words};

/// What the words of a sentence may be to a name, whatever their case.
pub(crate) trait Hints: Copy {
    /// The kinds of a word; [`UNKNOWN`] of one that is not plain. With [`FIRST`] a listed name may start with it.
    fn kinds(self, at: usize) -> Kind;
}

/// By the tables of names.
#[derive(Clone, Copy)]
pub(super) struct LookedUp<'l> {
    pub(super) text: &'l str,
    pub(super) words: &'l Words,
    pub(super) known: &'l NameWords,
    pub(super) gazetteer: &'l Gazetteer,
}

impl Hints for LookedUp<'_> {
    fn kinds(self, at: usize) -> Kind {
        let Word { start, end, .. } = self.words.as_slice()[at];
        let (plain, matcher) = (self.words.plain(), self.gazetteer.matcher());
        let first = |starts: bool| if starts { FIRST } else { 0 };
        if let Some(key) = plain.key(start, end) {
            return self.known.any.find(key).unwrap_or(0) | first(matcher.may_start_with(key));
        }
        let bare = plain.bare_key(self.text, start, end);
        UNKNOWN | first(bare.is_none_or(|bare| matcher.may_start_with(bare)))
    }
}

/// How far above its cues the kinds of a word stand in the marks of a matcher.
const SHIFT: u32 = 17;

/// By the marks of a matcher in which all words are looked up anyway.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marked<'m>(pub(crate) &'m [Start]);

impl Hints for Marked<'_> {
    #[inline]
    fn kinds(self, at: usize) -> Kind {
        self.0[at].mark >> SHIFT
    }
}

impl Marked<'_> {
    /// The mark of a word that is not plain, found by what it is without its possessive ending if it has one.
    pub(crate) fn unknown(bare: Option<Start>) -> u32 {
        let first = bare.map_or(FIRST << SHIFT, |bare| bare.mark & FIRST << SHIFT);
        UNKNOWN << SHIFT | first
    }
}

/// Notes in a matcher what words are to names.
pub(super) fn mark_kinds(matcher: &mut Matcher, gazetteer: &Gazetteer) {
    for (word, kind) in NameWords::in_small_letters() {
        matcher.mark(&word, kind << SHIFT);
    }
    for word in gazetteer.first_words() {
        matcher.mark(&word, FIRST << SHIFT);
    }
}

/// The capitalised words of a sentence: a bit for each of 64 words, since most are not and nobody can guess
/// which.
pub(super) struct Capitals<'w> {
    words: &'w [Word],
    /// The number of the first of the 64 words.
    first: usize,
    bits: u64,
    /// How many of the first 64 words have small letters.
    n_lower: usize,
}

impl<'w> Capitals<'w> {
    pub(super) fn of(words: &'w [Word]) -> Self {
        let (bits, n_lower) = Self::bits(words);
        Self { words, first: 0, bits, n_lower }
    }

    /// The bits of the first 64 of some words, and how many of these have small letters.
    fn bits(words: &[Word]) -> (u64, usize) {
        let words = &words[..words.len().min(64)];
        let (mut bits, mut n_lower) = (0_u64, 0);
        for word in words {
            let is_capital = matches!(word.shape, Shape::Capital | Shape::Upper);
            bits = (bits | u64::from(is_capital)).rotate_right(1);
            n_lower += usize::from(word.shape == Shape::Lower);
        }
        // The bit of the first word has gone round with all behind it.
        (bits.rotate_left(words.len() as u32), n_lower)
    }

    /// Whether there are too few for a headline, as in most sentences.
    pub(super) fn are_few(&self) -> bool {
        self.n_lower * HEADLINE_SHARE >= self.words.len()
    }

    /// The next one at or after a word.
    pub(super) fn next(&mut self, mut at: usize) -> Option<usize> {
        while at < self.words.len() {
            if at >= self.first + 64 {
                self.first = at;
                self.bits = Self::bits(&self.words[at..]).0;
            }
            match self.bits >> (at - self.first) {
                0 => at = self.first + 64,
                bits => return Some(at + bits.trailing_zeros() as usize),
            }
        }
        None
    }
}
