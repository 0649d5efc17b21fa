//! Words that strengthen or weaken: "deeply unfair", "somewhat slow", "failed badly".

use super::super::entry::EntryClass;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::firsts::Firsts;

/// How many words may stand between the intensifier and the entry.
const REACH: usize = 1;

/// "a great danger": before something bad these only say how much of it there is.
const DEGREES: [&str; 2] = ["great", "greater"];
const OF_DEGREE: f64 = 1.2;

/// Each intensifier or diminisher acts on the nearest entry after it, or right before it.
pub(super) fn apply(sentence: &Sentence<'_>, firsts: Firsts, weighed: &mut [Weighed]) {
    let modifies = |class| matches!(class, EntryClass::Intensifier | EntryClass::Diminisher);
    let any = sentence.holds(EntryClass::Intensifier) || sentence.holds(EntryClass::Diminisher);
    let hits = if any { sentence.hits } else { &[] };
    for modifier in hits.iter().filter(|hit| modifies(hit.class)) {
        let after = weighed.iter().position(|entry| {
            entry.hit.from >= modifier.to
                && entry.hit.from - modifier.to <= REACH
                && sentence.same_clause(modifier.from, entry.hit.from)
        });
        let before = || {
            weighed.iter().position(|entry| {
                entry.hit.to == modifier.from && sentence.same_clause(entry.hit.from, modifier.from)
            })
        };
        if let Some(at) = after.or_else(before) {
            weighed[at].scale(modifier.valence, Rule::Intensity);
        }
    }
    if !firsts.tell_degree() {
        return;
    }
    for at in 1..weighed.len() {
        let (word, next) = (weighed[at - 1].hit, weighed[at].hit);
        let degree = || sentence.word(word.from).is_some_and(|word| DEGREES.contains(&word));
        if word.to == next.from && word.valence * next.valence < 0.0 && degree() {
            weighed[at - 1].scale(0.0, Rule::Intensity);
            weighed[at].scale(OF_DEGREE, Rule::Intensity);
        }
    }
}
