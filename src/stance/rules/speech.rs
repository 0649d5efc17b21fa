//! What the target says of others is not said of the target.

use super::super::entry::EntryClass;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::proximity::{Aim, clause, inside};

const OWN_WORDS: f64 = 0.08;

/// How far from a reporting verb its speaker may stand, in words.
const REACH: usize = 3;

/// Entries inside a quotation that the target speaks, or behind "the target said that", count less.
pub(super) fn apply(sentence: Sentence<'_>, aim: &Aim<'_>, weighed: &mut [Weighed]) {
    if !sentence.holds(EntryClass::Report) {
        return;
    }
    for report in sentence.of(EntryClass::Report) {
        let (mention, distance) = aim.nearest(report.from, report.to);
        let speaks = distance <= REACH
            && !sentence.words[mention.start].quoted
            && !sentence.words[report.from].quoted
            && clause(sentence.words, mention.start) == clause(sentence.words, report.from);
        if !speaks {
            continue;
        }
        let before_verb = mention.end <= report.from;
        for entry in weighed.iter_mut() {
            let quoted = sentence.words[entry.hit.from].quoted;
            let reported = before_verb && entry.hit.from >= report.to;
            if (quoted || reported) && !inside(&mention, entry.hit.from, entry.hit.to) {
                entry.weigh(OWN_WORDS, Rule::Speech);
            }
        }
    }
}
