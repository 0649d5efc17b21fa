//! What does one actor feel about another? "A condemned B": A stands against B.

use std::ops::Range;

use super::super::lexicon::Lexicon;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::location;
use super::role::{Role, role_of};

/// Words between holder and target that are no verbs with roles ("A's criticism of B") count in part.
const BETWEEN: f64 = 0.4;

/// Leaves of each entry what the holder thereby shows toward the target.
pub(in super::super) fn apply(
    sentence: &Sentence<'_>,
    lexicon: &Lexicon,
    holder: &Range<usize>,
    target: &Range<usize>,
    weighed: &mut [Weighed],
) {
    // Who is named first is what the sentence is about; others may stand before what it does.
    let first = sentence.names.first().is_none_or(|name| holder.start < name.to);
    let place = location::is_place(sentence, target);
    for entry in weighed {
        let hit = entry.hit;
        // What happens at a place, or to something that the target made, is no feeling toward it.
        let apart = hit.to <= target.start
            && (hit.to..target.start).any(|at| {
                sentence.word(at).is_some_and(|word| matches!(word, "which" | "that" | "who"))
            });
        if (place && hit.to < target.start && !location::leads_to(sentence, target, hit.to))
            || apart
        {
            entry.weigh(0.0, Rule::Role);
            continue;
        }
        let words = hit.from..hit.to;
        let found = lexicon.entry(hit.entry);
        let roles = hit.has_roles.then(|| {
            let role = |of: &Range<usize>| role_of(sentence, of, words.clone());
            (role(holder), role(target))
        });
        let between = holder.end <= hit.from
            && hit.to <= target.start
            && (first || !names_between(sentence, holder.end, hit.from))
            && !names_between(sentence, hit.to, target.start);
        match (roles, found.toward()) {
            (Some((Some(Role::Agent), Some(Role::Patient))), Some(toward))
                if !names_between(sentence, hit.to, target.start) =>
            {
                entry.scale(f64::from(toward) / hit.valence, Rule::Role);
            }
            // What is done to the holder is the other one's feeling.
            (Some((Some(Role::Patient), Some(Role::Agent))), _) => entry.weigh(0.0, Rule::Role),
            _ if between => entry.weigh(BETWEEN, Rule::Proximity),
            _ => entry.weigh(0.0, Rule::Role),
        }
    }
}

/// How many words may lie between a name and the one that it belongs to: "the German minister Maas".
const APART: usize = 2;

/// Whether somebody else is named between words `from` and `to`, who then is meant; one in a row with
/// what stands at `to` ("A and B") or right before it is not in the way.
fn names_between(sentence: &Sentence<'_>, from: usize, to: usize) -> bool {
    let before = sentence.names.partition_point(|name| name.to <= to);
    let mut start = to;
    for name in sentence.names[..before].iter().rev().take_while(|name| name.from >= from) {
        let joined = (name.to..start).all(|at| sentence.word(at) == Some("and"));
        if name.doubtful || joined || start - name.to <= APART {
            start = name.from;
        } else {
            return true;
        }
    }
    false
}
