//! What does one actor feel about another? "A condemned B": A stands against B.

use std::ops::Range;

use super::super::lexicon::Lexicon;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::role::{Role, role_of};

/// Words between holder and target that are no verbs with roles ("A's criticism of B") count in part.
const BETWEEN: f64 = 0.5;

/// Leaves of each entry what the holder thereby shows toward the target.
pub(in super::super) fn apply(
    sentence: Sentence<'_>,
    lexicon: &Lexicon,
    holder: &Range<usize>,
    target: &Range<usize>,
    weighed: &mut [Weighed],
) {
    for entry in weighed {
        let hit = entry.hit;
        let words = hit.from..hit.to;
        let found = lexicon.entry(hit.entry);
        let roles = found.has_roles().then(|| {
            let role = |of: &Range<usize>| role_of(sentence, of, words.clone());
            (role(holder), role(target))
        });
        let between = holder.end <= hit.from && hit.to <= target.start;
        match (roles, found.toward()) {
            (Some((Some(Role::Agent), Some(Role::Patient))), Some(toward)) => {
                entry.scale(f64::from(toward) / hit.valence, Rule::Role);
            }
            _ if between => entry.weigh(BETWEEN, Rule::Proximity),
            _ => entry.weigh(0.0, Rule::Role),
        }
    }
}
