//! "Marlowe lost his house in the flood": a bad event is no verdict on whom it befalls.

use std::ops::Range;

use super::super::cues::VICTIM;
use super::super::entry::EntryClass;
use super::super::lexicon::Lexicon;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::bystander::suffered;
use super::location::start_of_row;
use super::proximity::{Aim, inside};
use super::role::{Role, is_noun, role_of};

/// Events that are told near somebody count for this much of a verdict on them.
const BEFALLS: f64 = 0.2;

/// What is done to somebody says still less of that one.
const SUFFERED: f64 = 0.1;

/// What is said of a deed, or of the accusation, counts for this much of its victim.
const OF_THE_DEED: f64 = 0.03;

/// Deeds whose object is a victim; of what is only said against somebody that is not so sure.
pub(in super::super) const VIOLENCE: [&str; 22] = [
    "act",
    "aggression",
    "airstrike",
    "assault",
    "atrocity",
    "atrocities",
    "attack",
    "blockade",
    "bombing",
    "conspiracy",
    "crime",
    "hostility",
    "oppression",
    "plot",
    "raid",
    "sabotage",
    "sanction",
    "strike",
    "terror",
    "terrorism",
    "violence",
    "war",
];

/// An accusation of which this is said clears whom it is made against.
pub(in super::super) const BASELESS: [&str; 8] = [
    "baseless",
    "fabricated",
    "false",
    "groundless",
    "unfounded",
    "unproven",
    "unsubstantiated",
    "untrue",
];

/// Bad events count less toward somebody who is named, unless they are told as that one's deed.
pub(super) fn apply(
    sentence: &Sentence<'_>,
    lexicon: &Lexicon,
    aim: &Aim<'_>,
    weighed: &mut [Weighed],
) {
    // Without an event or a deed nobody is a victim.
    if !sentence.holds(EntryClass::Event) && sentence.any_cue & VICTIM == 0 {
        return;
    }
    // "The Elmland crisis is harmful": that is said of the crisis.
    let befell = weighed.iter().map(|entry| entry.hit).find(|hit| {
        aim.mentions.iter().any(|mention| mention.end == hit.from)
            && hit.class == EntryClass::Event
            && hit.valence < 0.0
            && lexicon.entry(hit.entry).agent().is_none()
    });
    let befell = befell.map(|hit| hit.from);
    for entry in weighed {
        let hit = entry.hit;
        let (mention, _) = aim.nearest(hit.from, hit.to);
        if let Some(factor) = victim(sentence, entry, &mention) {
            entry.weigh(factor, Rule::Events);
            continue;
        }
        if entry.value < 0.0 && befell == Some(mention.end) {
            entry.weigh(OF_THE_DEED, Rule::Events);
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

/// "terrorism against X", "baseless charges against X": what counts of an entry where the target is the
/// victim.
fn victim(sentence: &Sentence<'_>, entry: &Weighed, mention: &Range<usize>) -> Option<f64> {
    const AGAINST: [&str; 4] = ["against", "on", "about", "to"];
    const APART: usize = 3;
    if sentence.any_cue & VICTIM == 0
        || entry.hit.valence >= 0.0
        || !sentence.same_clause(entry.hit.from, mention.start)
    {
        return None;
    }
    let start = start_of_row(sentence, mention.start);
    if let Some(deed) = suffered(sentence, start) {
        let own = entry.hit.from <= deed && deed < entry.hit.to;
        return Some(if own { SUFFERED } else { OF_THE_DEED });
    }
    let before = (start.saturating_sub(APART + 1)..start).rev();
    let against = before
        .into_iter()
        .find(|&at| sentence.word(at).is_some_and(|word| AGAINST.contains(&word)))?;
    if inside(mention, entry.hit.from, entry.hit.to) {
        return None;
    }
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let is_one_of = |at: usize, list: &[&str]| {
        let plural = word(at).strip_suffix(['s', 'S']).unwrap_or_default();
        list.iter()
            .any(|one| one.eq_ignore_ascii_case(word(at)) || one.eq_ignore_ascii_case(plural))
    };
    let hostile = matches!(word(against), "against" | "on");
    if hostile && is_one_of(against.checked_sub(1)?, &VIOLENCE) {
        return Some(if entry.hit.to == against { SUFFERED } else { OF_THE_DEED });
    }
    let cleared = (entry.hit.from..entry.hit.to).any(|at| is_one_of(at, &BASELESS));
    cleared.then_some(OF_THE_DEED)
}
