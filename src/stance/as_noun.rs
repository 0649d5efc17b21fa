//! Does a phrase of a verb stand where only a noun can? "They open fire" tells of shots, "the huge open fire" of a
//! hearth, and "a side with a few changes" of a team. Participles mean there what the verb means ("a laid off welder",
//! "the firing on").

use super::cues::DETERMINER;
use super::entry::Sense;
use crate::text::matcher::Start;
use crate::text::words::{Gap, Word};

/// Between these and a noun stands no verb. The other determiners stand for a noun as well ("those", "her").
const BEFORE_NOUN: [&str; 10] =
    ["a", "an", "the", "my", "your", "his", "its", "our", "their", "every"];

/// Whether the word at a place belongs to a noun, as an article or possessive before it tells, with an adjective
/// between at most.
pub(super) fn stands_as_noun(
    text: &str,
    words: &[Word],
    known: &[Start],
    senses: &[Sense],
    at: usize,
) -> bool {
    let is_next = |at: usize| at > 0 && words[at].before == Gap::Space;
    let is_determiner = |at: usize| {
        let written = || &text[words[at].start..words[at].end];
        known[at].mark & DETERMINER != 0
            && BEFORE_NOUN.iter().any(|word| written().eq_ignore_ascii_case(word))
    };
    let is_adjective =
        |at: usize| known[at].is_entry() && senses[known[at].entry as usize].is_adjective;
    let is_apart = words.get(at + 1).is_some_and(|word| word.before == Gap::Space);
    is_apart
        && is_next(at)
        && (is_determiner(at - 1)
            || (is_adjective(at - 1) && is_next(at - 1) && is_determiner(at - 2)))
}
