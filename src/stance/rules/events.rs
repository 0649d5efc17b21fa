//! "Marlowe lost his house in the flood": a bad event is no verdict on whom it befalls.

use super::super::entry::EntryClass;
use super::super::lexicon::Lexicon;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::proximity::{Aim, inside};
use super::role::{Role, is_noun, role_of};

/// Events that are told near somebody count for this much of a verdict on them.
const BEFALLS: f64 = 0.3;

/// Bad events count less toward somebody who is named, unless they are told as that one's deed.
pub(super) fn apply(
    sentence: Sentence<'_>,
    lexicon: &Lexicon,
    aim: &Aim<'_>,
    weighed: &mut [Weighed],
) {
    for entry in weighed {
        let hit = entry.hit;
        if hit.class != EntryClass::Event || entry.value >= 0.0 {
            continue;
        }
        let (mention, _) = aim.nearest(hit.from, hit.to);
        let found = lexicon.entry(hit.entry);
        let guilty = found.agent().is_some_and(|agent| agent < 0.0) && found.has_roles();
        let deed = guilty
            && !is_noun(sentence, hit.from)
            && role_of(sentence, &mention, hit.from..hit.to) == Some(Role::Agent);
        if !deed && !inside(&mention, hit.from, hit.to) {
            entry.weigh(BEFALLS, Rule::Events);
        }
    }
}
