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

/// Notes the cues of its words in a matcher.
pub(super) fn mark_cues(matcher: &mut Matcher) {
    let lists: [(&[&str], Cue); 5] = [
        (&["than"], THAN),
        (&["by"], BY),
        (&BE, PASSIVE),
        (&SKIPPED, BETWEEN),
        (&DETERMINERS, DETERMINER),
    ];
    for (words, cue) in lists {
        for word in words {
            matcher.mark(&word.to_ascii_lowercase(), cue);
        }
    }
}
