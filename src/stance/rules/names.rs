//! Names that hold words of the lexicon: Hope Hicks, the Justice Department.

use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use crate::text::words::{Gap, Shape, Word, is_headline};

/// An entry of capitalised words, next to another capitalised word and not at the start of the
/// sentence, is a name. In a headline that capitalises every word the capitals prove nothing.
pub(super) fn apply(sentence: Sentence<'_>, weighed: &mut [Weighed]) {
    let words = sentence.words;
    if is_headline(sentence.text, words) {
        return;
    }
    for hit in weighed {
        let own = &words[hit.hit.from..hit.hit.to];
        let capital = |word: &Word| word.shape == Shape::Capital;
        if !own.iter().all(capital) {
            continue;
        }
        let before =
            hit.hit.from > 1 && own[0].before == Gap::Space && capital(&words[hit.hit.from - 1]);
        let after = hit.hit.from > 0
            && words.get(hit.hit.to).is_some_and(|next| next.before == Gap::Space && capital(next));
        if before || after {
            hit.scale(0.0, Rule::Names);
        }
    }
}
