//! More or less of something good or bad: "eased the crisis", "tensions eased", "boosted trust".

use super::super::cues::FIGHT;
use super::super::entry::EntryClass;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;
use crate::text::words::Shape;

/// How many words may stand between the shifter and what it acts on: "prevent A and B from …".
const REACH_AFTER: usize = 6;
const OUT_OF: usize = 4;
const REACH_BEFORE: usize = 2;
const REACH_ON: usize = 1;

/// Less of something turns it, and not to its full strength; more of it strengthens a little.
const LESS: f64 = -0.7;
const MORE: f64 = 1.2;

/// Who fights something bad does something good: "the fight against corruption", "combating disease".
pub(in super::super) const FIGHTS: [&str; 16] = [
    "battle",
    "battling",
    "campaign",
    "combat",
    "combating",
    "combatting",
    "confront",
    "confronting",
    "counter",
    "countering",
    "crusade",
    "fight",
    "fighting",
    "fought",
    "struggle",
    "war",
];
const FOUGHT: f64 = -0.3;

/// A shifter acts on the first entry after it, or, where it has no object, on the one just before.
pub(super) fn apply(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    if sentence.any_cue & FIGHT != 0 {
        for at in 0..weighed.len() {
            shift_what_is_fought(sentence, weighed, at);
        }
    }
    if !sentence.holds(EntryClass::Shifter) {
        return;
    }
    for shifter in sentence.of(EntryClass::Shifter) {
        let factor = if shifter.valence < 0.0 { LESS } else { MORE };
        // "withdrew A from the deal": the deal is what there is less of.
        let out_of = || {
            let mut near = shifter.to..shifter.to + OUT_OF;
            near.find(|&at| sentence.bytes(at) == b"from")
        };
        let out_of = if factor < 0.0 { out_of() } else { None };
        let reach = out_of.unwrap_or(shifter.to) + REACH_AFTER;
        let after = weighed.iter().position(|entry| {
            entry.hit.from >= shifter.to
                && entry.hit.from < reach
                && sentence.same_clause(shifter.from, entry.hit.from)
        });
        let before = || {
            weighed.iter().rposition(|entry| {
                entry.hit.to <= shifter.from
                    && shifter.from - entry.hit.to < REACH_BEFORE
                    && sentence.same_clause(entry.hit.from, shifter.from)
            })
        };
        let found =
            after.or_else(|| if has_no_object(sentence, shifter) { before() } else { None });
        let Some(first) = found else { continue };
        weighed[first].scale(factor, Rule::Shifting);
        // What follows in the same breath shifts with it: "the removal of unlawful, cruel sanctions".
        let mut end = weighed[first].hit.to;
        for entry in weighed[first + 1..].iter_mut().take_while(|_| after.is_some()) {
            if entry.hit.from - end > REACH_ON {
                break;
            }
            end = entry.hit.to;
            entry.scale(factor, Rule::Shifting);
        }
    }
}

/// Turns a bad entry behind a word of fighting, which then is no event by itself.
fn shift_what_is_fought(sentence: &Sentence<'_>, weighed: &mut [Weighed], at: usize) {
    const FAR: usize = 4;
    let evil = weighed[at].hit;
    if evil.valence >= 0.0 {
        return;
    }
    let is_one_of = |at: usize, list: &[&str]| {
        sentence.word(at).is_some_and(|word| list.iter().any(|one| word.eq_ignore_ascii_case(one)))
    };
    let Some(fight) =
        (evil.from.saturating_sub(FAR)..evil.from).rev().find(|&at| sentence.is(FIGHT, at))
    else {
        return;
    };
    // "fighting terrorism", "the war on drug smuggling", and not "a war that killed".
    let noun = is_one_of(fight, &["campaign", "crusade", "struggle", "war"]);
    let against = is_one_of(fight + 1, &["against", "on"]);
    let between = if against { fight + 2..evil.from } else { fight + 1..evil.from };
    let lower = between.len() <= 1
        && between.into_iter().all(|at| {
            sentence.words[at].shape == Shape::Lower
                && !is_one_of(
                    at,
                    &[
                        "and", "that", "to", "for", "with", "in", "as", "of", "is", "was", "who",
                        "which", "over",
                    ],
                )
        });
    if (noun && !against) || !lower || !sentence.same_clause(fight, evil.from) {
        return;
    }
    weighed[at].scale(FOUGHT, Rule::Shifting);
    for entry in weighed.iter_mut().filter(|entry| (entry.hit.from..entry.hit.to).contains(&fight))
    {
        entry.scale(0.0, Rule::Shifting);
    }
}

/// "Tensions eased in May", "fears grew": nothing, or a preposition, follows the verb.
fn has_no_object(sentence: &Sentence<'_>, shifter: &Hit) -> bool {
    const AFTER: [&str; 18] = [
        "after",
        "ahead",
        "amid",
        "among",
        "and",
        "as",
        "at",
        "between",
        "by",
        "during",
        "following",
        "for",
        "from",
        "in",
        "on",
        "over",
        "since",
        "to",
    ];
    let infinitive = shifter.from > 0 && sentence.word(shifter.from - 1) == Some("to");
    let end = sentence
        .words
        .get(shifter.to)
        .is_none_or(|next| next.clause != sentence.words[shifter.from].clause);
    !infinitive && (end || sentence.word(shifter.to).is_some_and(|word| AFTER.contains(&word)))
}
