//! "not good", "failed to help", "hardly fair", "without trust", and two negators in a row.

use super::super::entry::EntryClass;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;

/// A negator reaches this many words past itself.
const REACH: usize = 4;

/// As the subject of a clause it reaches past the names and verbs between: "nobody at the ministry
/// has apologised".
const SUBJECTS: [&str; 6] = ["Nobody", "nobody", "None", "none", "Nothing", "nothing"];
const REACH_OF_SUBJECT: usize = 7;

/// "They do not think that it helps" is about help, not about thinking.
const RAISING: [&str; 7] = ["believe", "expect", "feel", "imagine", "see", "suppose", "think"];
const REACH_OF_RAISED: usize = 9;

/// "Neither a hero nor a villain" leaves the middle, where either word alone would be turned.
const BALANCED: f64 = -0.15;

/// "not bad" is less good than "not good" is bad.
const NEGATED_BAD: f64 = 0.6;

/// A negator turns the entries that start within its reach in its clause. Its valence is the factor;
/// each negator in reach acts, so that two of them turn an entry back.
pub(super) fn apply(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    if !sentence.holds(EntryClass::Negator) {
        return;
    }
    let balanced = balance(sentence, weighed);
    for negator in sentence.of(EntryClass::Negator) {
        for (at, entry) in weighed.iter_mut().enumerate() {
            let reached = entry.hit.from >= negator.to
                && reaches(sentence, negator, entry.hit.from - negator.to)
                && sentence.same_clause(negator.from, entry.hit.from);
            if reached && balanced.is_some_and(|(first, second)| at == first || at == second) {
                continue;
            }
            if reached {
                let bad = if entry.hit.valence < 0.0 { NEGATED_BAD } else { 1.0 };
                entry.scale(negator.valence * bad, Rule::Negation);
            }
        }
    }
}

/// Whether a negator reaches so many words past itself.
fn reaches(sentence: &Sentence<'_>, negator: &Hit, words: usize) -> bool {
    let subject = || sentence.word(negator.from).is_some_and(|word| SUBJECTS.contains(&word));
    let raised = || sentence.word(negator.to).is_some_and(|word| RAISING.contains(&word));
    words < REACH
        || (words < REACH_OF_SUBJECT && subject())
        || (words < REACH_OF_RAISED && raised())
}

/// The two entries of opposite sign that "neither … nor" holds apart, each brought near 0.
fn balance(sentence: &Sentence<'_>, weighed: &mut [Weighed]) -> Option<(usize, usize)> {
    let is = |at: usize, wanted: &str| {
        sentence.word(at).is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    };
    let negators = || sentence.of(EntryClass::Negator);
    let neither = negators().find(|negator| is(negator.from, "neither"))?;
    let nor = negators().find(|negator| negator.from >= neither.to && is(negator.from, "nor"))?;
    let behind = |from: usize, before: usize| {
        weighed.iter().position(|entry| {
            (from..before.min(from + REACH)).contains(&entry.hit.from)
                && sentence.same_clause(from, entry.hit.from)
        })
    };
    let (first, second) = (behind(neither.to, nor.from)?, behind(nor.to, usize::MAX)?);
    if weighed[first].value * weighed[second].value >= 0.0 {
        return None;
    }
    weighed[first].scale(BALANCED, Rule::Negation);
    weighed[second].scale(BALANCED, Rule::Negation);
    Some((first, second))
}
