//! "not good", "failed to help", "hardly fair", "without trust", and two negators in a row.

use super::super::entry::EntryClass;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;

/// A negator reaches this many words past itself.
const REACH: usize = 4;

/// As the subject of a clause it reaches past the names and verbs between: "nobody at the ministry
/// has apologised".
const SUBJECTS: [&str; 6] = ["Nobody", "nobody", "None", "none", "Nothing", "nothing"];
const REACH_OF_SUBJECT: usize = 7;

/// "not bad" is less good than "not good" is bad.
const NEGATED_BAD: f64 = 0.6;

/// A negator turns the entries that start within its reach in its clause. Its valence is the factor;
/// each negator in reach acts, so that two of them turn an entry back.
pub(super) fn apply(sentence: Sentence<'_>, weighed: &mut [Weighed]) {
    if !sentence.holds(EntryClass::Negator) {
        return;
    }
    for negator in sentence.of(EntryClass::Negator) {
        let subject = sentence.word(negator.from).is_some_and(|word| SUBJECTS.contains(&word));
        let reach = if subject { REACH_OF_SUBJECT } else { REACH };
        for entry in weighed.iter_mut() {
            let reached = entry.hit.from >= negator.to
                && entry.hit.from - negator.to < reach
                && sentence.same_clause(negator.from, entry.hit.from);
            if reached {
                let bad = if entry.hit.valence < 0.0 { NEGATED_BAD } else { 1.0 };
                entry.scale(negator.valence * bad, Rule::Negation);
            }
        }
    }
}
