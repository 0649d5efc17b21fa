//! "Marlowe lost his house in the flood": a bad event is no verdict on whom it befalls.

use std::ops::Range;

use super::super::entry::EntryClass;
use super::super::lexicon::Lexicon;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::proximity::{Aim, inside};
use super::role::{Role, is_noun, role_of};

/// Events that are told near somebody count for this much of a verdict on them.
const BEFALLS: f64 = 0.2;

/// What is done to somebody says still less of that one.
const SUFFERED: f64 = 0.1;

/// Deeds whose object is a victim; of what is only said against somebody that is not so sure.
const VIOLENCE: [&str; 16] = [
    "aggression",
    "assault",
    "atrocitie",
    "atrocity",
    "bombing",
    "conspiracy",
    "crime",
    "hostility",
    "oppression",
    "plot",
    "sabotage",
    "sanction",
    "terror",
    "terrorism",
    "violence",
    "war",
];

/// Bad events count less toward somebody who is named, unless they are told as that one's deed.
pub(super) fn apply(
    sentence: Sentence<'_>,
    lexicon: &Lexicon,
    aim: &Aim<'_>,
    weighed: &mut [Weighed],
) {
    for entry in weighed {
        let hit = entry.hit;
        let (mention, _) = aim.nearest(hit.from, hit.to);
        if is_victim(sentence, entry, &mention) {
            entry.weigh(SUFFERED, Rule::Events);
            continue;
        }
        if hit.class != EntryClass::Event || entry.value >= 0.0 {
            continue;
        }
        let agent = || lexicon.entry(hit.entry).agent();
        let guilty = hit.has_roles && agent().is_some_and(|agent| agent < 0.0);
        let deed = guilty
            && !is_noun(sentence, hit.from)
            && role_of(sentence, &mention, hit.from..hit.to) == Some(Role::Agent);
        if !deed && !inside(&mention, hit.from, hit.to) {
            entry.weigh(BEFALLS, Rule::Events);
        }
    }
}

/// "terrorism against X": the target is the victim.
fn is_victim(sentence: Sentence<'_>, entry: &Weighed, mention: &Range<usize>) -> bool {
    const AGAINST: [&str; 2] = ["against", "on"];
    const APART: usize = 3;
    let next = sentence.word(entry.hit.to);
    if entry.hit.valence >= 0.0
        || !next.is_some_and(|next| AGAINST.contains(&next))
        || mention.start <= entry.hit.to
        || mention.start > entry.hit.to + APART
    {
        return false;
    }
    let deed = sentence.word(entry.hit.to - 1).unwrap_or_default();
    let deed = deed.strip_suffix(['s', 'S']).unwrap_or(deed);
    VIOLENCE.iter().any(|violence| violence.eq_ignore_ascii_case(deed))
}
