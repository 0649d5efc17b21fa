//! What is done to something good or evil: "violated the peace deal", "celebrated the massacre".

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

/// What is good and harmed is said of the harm: "damaged their name and reputation".
pub(super) fn harm_good(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let near = |by: Hit, good: usize| {
        good - by.to < REACH
            && sentence.same_clause(by.from, good)
            && !word(good).ends_with("ing")
            && !(by.to..good).any(|at| APART.contains(&word(at)))
    };
    // Where the good ends that was harmed last.
    let mut harmed = None;
    for at in 1..weighed.len() {
        let (before, good) = (weighed[at - 1].hit, weighed[at].hit);
        let verb = before.has_roles && before.valence < 0.0 && !is_noun(sentence, before.from);
        let acted_on = verb || harmed == Some(before.to);
        if acted_on && good.valence > 0.0 && near(before, good.from) {
            weighed[at].scale(HARMED, Rule::Role);
            harmed = Some(good.to);
        }
    }
}

/// A verb of approval right before a grave evil, an article between them, turns.
pub(super) fn hail_evil(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    for at in 1..weighed.len() {
        let (verb, evil) = (weighed[at - 1].hit, weighed[at].hit);
        let hailed = verb.has_roles && verb.valence > 0.0 && evil.valence <= GRAVE;
        let right_before =
            evil.from == verb.to || (evil.from == verb.to + 1 && is_noun(sentence, evil.from));
        if hailed && right_before && weighed[at].value < 0.0 {
            weighed[at - 1].scale(HAILED, Rule::Role);
        }
    }
}
