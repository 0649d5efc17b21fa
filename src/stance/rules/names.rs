//! Names that hold words of the lexicon: Hope Hicks, the Justice Department, the Independent.

use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use crate::text::capitals::{capital_due, is_headline};
use crate::text::words::{Gap, Shape, Word};

/// Words that have a capital wherever they stand, and mean what they mean.
const PROPER: &[&str] = &["Aids", "Holocaust", "Islamophobia", "Islamophobic", "Nazi", "Nazis"];

/// Words that are given names too.
const GIVEN: &[&str] = &[
    "Charity", "Chance", "Clement", "Constant", "Earnest", "Ernest", "Faith", "Felicity", "Frank",
    "Grace", "Hope", "Joy", "Martyr", "Mercy", "Merry", "Patience", "Prudence", "Rich", "Serenity",
    "Victor",
];

/// An entry of capitalised words is a name where a word has no other reason for its capital; behind a
/// colon or quotation mark it is one next to another capitalised word. In a headline that capitalises
/// every word the capitals prove nothing.
pub(super) fn apply(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    let words = sentence.words;
    let mut headline = None;
    for hit in weighed {
        let (from, to) = (hit.hit.from, hit.hit.to);
        let own = &words[from..to];
        let capital = |word: &Word| word.shape == Shape::Capital;
        // Most entries.
        if !capital(&own[0]) {
            continue;
        }
        let after = words.get(to).is_some_and(|next| next.before == Gap::Space && capital(next));
        let given = || after && sentence.word(0).is_some_and(|word| GIVEN.contains(&word));
        if from == 0 && to == 1 && given() {
            hit.scale(0.0, Rule::Names);
        }
        if from == 0 || !own.iter().all(capital) {
            continue;
        }
        if sentence.word(from).is_some_and(|word| PROPER.contains(&word)) {
            continue;
        }
        let before = from > 1 && own[0].before == Gap::Space && capital(&words[from - 1]);
        if *headline.get_or_insert_with(|| is_headline(sentence.text, words)) {
            return;
        }
        if before || after || !capital_due(sentence.text, words, from) {
            hit.scale(0.0, Rule::Names);
        }
    }
}
