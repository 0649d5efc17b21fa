//! Which words do the rules ask for? Told when a word is looked up, so that a rule that has nothing to do
//! in a sentence costs one test.

use super::rules::{BE, DETERMINERS, SKIPPED};
use crate::text::matcher::Matcher;

/// What a word is to the rules; a word can be several.
pub(super) type Cue = u8;

pub(super) const THAN: Cue = 1;
pub(super) const BY: Cue = 1 << 1;
/// A form of "be" or "get".
pub(super) const PASSIVE: Cue = 1 << 2;
/// May stand between such a form and its verb.
pub(super) const BETWEEN: Cue = 1 << 3;
/// May stand before a noun, as some are written.
pub(super) const DETERMINER: Cue = 1 << 4;

/// The cues of the words of a matcher.
#[derive(Clone, Debug)]
pub(super) struct Cues {
    /// With the length of the word, by its number.
    by_word: Vec<(Cue, u8)>,
}

impl Cues {
    /// Gives each cue a number in the matcher.
    pub(super) fn new(matcher: &mut Matcher) -> Self {
        let mut cues = Self { by_word: Vec::new() };
        let lists: [(&[&str], Cue); 5] = [
            (&["than"], THAN),
            (&["by"], BY),
            (&BE, PASSIVE),
            (&SKIPPED, BETWEEN),
            (&DETERMINERS, DETERMINER),
        ];
        for (words, cue) in lists {
            for word in words {
                let id = matcher.intern(&word.to_ascii_lowercase()) as usize;
                cues.by_word.resize(cues.by_word.len().max(id + 1), (0, 0));
                cues.by_word[id] = (cues.by_word[id].0 | cue, word.len() as u8);
            }
        }
        cues
    }

    /// The cues of a word of so many bytes with a number: none of a longer one, which has an ending or is
    /// drawn out.
    #[inline]
    pub(super) fn of(&self, word: Option<u32>, len: usize) -> Cue {
        match word.and_then(|word| self.by_word.get(word as usize)) {
            Some(&(cue, own)) if usize::from(own) == len => cue,
            _ => 0,
        }
    }
}
