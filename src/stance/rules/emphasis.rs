//! "GREAT", "sooo good", "good!!!": what is shouted counts for more.

use super::super::look_up::is_drawn_out;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::firsts::Firsts;
use crate::text::words::Shape;

const CAPITALS: f64 = 1.2;
const DRAWN_OUT: f64 = 1.2;
const EXCLAMATION: f64 = 0.1;
const MOST_EXCLAMATIONS: usize = 3;

/// Words in capitals count more where not all words are in capitals, words with drawn out letters count
/// more everywhere, and exclamation marks strengthen the sentence that they end.
pub(super) fn apply(
    sentence: &Sentence<'_>,
    firsts: Firsts,
    ending: &str,
    weighed: &mut [Weighed],
) {
    let marks = match ending {
        "" | "." => 0,
        ending => ending.matches(['!', '！']).count().min(MOST_EXCLAMATIONS),
    };
    if marks == 0 && !firsts.upper && !sentence.drawn_out {
        return;
    }
    let calm = || sentence.words.iter().any(|word| word.shape == Shape::Lower);
    for entry in weighed {
        let own = entry.hit.from..entry.hit.to;
        if marks > 0 {
            entry.scale(1.0 + EXCLAMATION * marks as f64, Rule::Emphasis);
        }
        if sentence.words[own.clone()].iter().all(|word| word.shape == Shape::Upper) && calm() {
            entry.scale(CAPITALS, Rule::Emphasis);
        }
        if sentence.drawn_out && own.filter_map(|at| sentence.word(at)).any(is_drawn_out) {
            entry.scale(DRAWN_OUT, Rule::Emphasis);
        }
    }
}
