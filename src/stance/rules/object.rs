//! What is done to something good or evil: "violated the peace deal", "celebrated the massacre", "killed the
//! terrorists".

use super::super::entry::EntryClass;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;
use super::role::is_noun;

/// What is left of a good thing that is harmed.
const HARMED: f64 = 0.3;

/// How far from the verb it stands, in words, and what does not stand between.
const REACH: usize = 4;
const APART: [&str; 15] = [
    "about", "after", "against", "as", "at", "by", "for", "from", "in", "of", "on", "or", "over",
    "to", "with",
];

/// Who approves of a grave evil is judged by it.
const HAILED: f64 = -0.7;
const GRAVE: f64 = -2.5;

/// Who harms evildoers is hardly judged by it: "the police killed five terrorists".
const DESERVED: f64 = 0.03;
const FAR: usize = 6;
const EVILDOERS: [&str; 26] = [
    "assassin",
    "assassins",
    "bomber",
    "bombers",
    "extremist",
    "extremists",
    "gunman",
    "gunmen",
    "hijacker",
    "hijackers",
    "insurgent",
    "insurgents",
    "jihadist",
    "jihadists",
    "kidnapper",
    "kidnappers",
    "killer",
    "killers",
    "militant",
    "militants",
    "murderer",
    "murderers",
    "rapist",
    "rapists",
    "terrorist",
    "terrorists",
];

/// What is good and harmed is said of the harm: "damaged their name and reputation". A verb of approval right before
/// a grave evil, an article between them, turns, and harm to evildoers counts little.
pub(super) fn apply(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    // Where the good ends that was harmed last.
    let mut harmed = None;
    for at in 1..weighed.len() {
        let [.., verb, object] = &mut weighed[..=at] else { return };
        let hit = object.hit;
        if hit.valence > 0.0 {
            let acted_on = harmed == Some(verb.hit.to) || harms(sentence, &verb.hit);
            if acted_on && is_near(sentence, &verb.hit, hit.from) {
                object.scale(HARMED, Rule::Role);
                harmed = Some(hit.to);
            }
        } else if hit.valence <= GRAVE && object.value < 0.0 && hails(sentence, &verb.hit, &hit) {
            verb.scale(HAILED, Rule::Role);
        } else if punishes(sentence, &verb.hit, &hit) {
            verb.weigh(DESERVED, Rule::Role);
        }
    }
}

/// Whether somebody harms evildoers: "killed five members of a terrorist group".
fn punishes(sentence: &Sentence<'_>, verb: &Hit, evil: &Hit) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    verb.class == EntryClass::Event
        && harms(sentence, verb)
        && evil.from - verb.to < FAR
        && (evil.from..evil.to).any(|at| EVILDOERS.contains(&word(at)))
        && sentence.same_clause(verb.from, evil.from)
        && !(verb.to..evil.from).any(|at| word(at) != "of" && APART.contains(&word(at)))
}

/// Whether an entry is a verb that harms.
fn harms(sentence: &Sentence<'_>, verb: &Hit) -> bool {
    verb.has_roles && verb.valence < 0.0 && !is_noun(sentence, verb.from)
}

/// Whether a good thing stands near behind what harms it.
fn is_near(sentence: &Sentence<'_>, by: &Hit, good: usize) -> bool {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    good - by.to < REACH
        && sentence.same_clause(by.from, good)
        && !word(good).ends_with("ing")
        && !(by.to..good).any(|at| APART.contains(&word(at)))
}

/// Whether a verb of approval stands right before an evil.
fn hails(sentence: &Sentence<'_>, verb: &Hit, evil: &Hit) -> bool {
    let right_before =
        || evil.from == verb.to || (evil.from == verb.to + 1 && is_noun(sentence, evil.from));
    verb.has_roles && verb.valence > 0.0 && right_before()
}
