//! How do the words around an entry change what it says? One rule a file.
//!
//! The rules of a sentence change the *value* of an entry (negation turns it); the rules of a
//! target change its *weight* (an entry far from the target counts less). Each can be switched off,
//! and each leaves its mark on the evidence that it touched.

mod attribution;
mod bystander;
mod comparison;
mod contrast;
mod direction;
mod emphasis;
mod events;
mod firsts;
mod intensity;
mod kept;
mod lead;
mod location;
mod modality;
mod names;
mod negation;
mod object;
mod proximity;
mod questions;
mod role;
mod shifting;
mod speech;

use super::lexicon::Lexicon;
use super::reading::{Sentence, Weighed};
use super::rule_set::{Rule, Rules};

use firsts::Firsts;
use location::Location;
use proximity::Proximity;

pub(super) use attribution::{Voices, speakers};
pub(super) use bystander::{ASK, SUFFERED, is_bad_for};
pub(super) use direction::{apply as direct, is_done_to};
pub(super) use events::{BASELESS, VIOLENCE};
pub(super) use lead::{Lead, weigh_lead};
pub(super) use location::{GO, PASSED, PLACES};
pub(super) use modality::{DOUBTED, DOUBTED_JOINED, MEANT, PRESENTED};
pub(super) use proximity::{Aim, BEFORE_OBJECT, OTHERS};
pub(super) use role::{
    BE, BE_BEFORE, BEFORE_OBLIQUE, DETERMINERS, OF_SEVERAL, SKIPPED, is_doer, is_passive,
};
#[cfg(test)]
pub(super) use role::{Role, role_of};
pub(super) use shifting::FIGHTS;
pub(super) use speech::PRONOUNS;

/// Applies the rules that look at the sentence alone; who speaks in it.
pub(super) fn apply(rules: Rules, sentence: &Sentence<'_>, weighed: &mut [Weighed]) -> Voices {
    let (firsts, ending) = (Firsts::of(sentence, weighed), sentence.ending());
    if rules.contains(Rule::Names) && firsts.capital {
        names::apply(sentence, weighed);
    }
    if rules.contains(Rule::Intensity) {
        intensity::apply(sentence, firsts, weighed);
    }
    if rules.contains(Rule::Emphasis) {
        emphasis::apply(sentence, firsts, ending, weighed);
    }
    if rules.contains(Rule::Shifting) {
        shifting::apply(sentence, weighed);
    }
    if rules.contains(Rule::Negation) {
        negation::apply(sentence, weighed);
    }
    if rules.contains(Rule::Contrast) {
        contrast::apply(sentence, weighed);
    }
    if rules.contains(Rule::Modality) {
        modality::apply(sentence, weighed);
    }
    if rules.contains(Rule::Questions) {
        questions::apply(ending, weighed);
    }
    attribution::read_speakers(sentence, firsts, weighed)
}

/// Applies the rules that look at a target in the sentence.
pub(super) fn aim(
    rules: Rules,
    sentence: &Sentence<'_>,
    lexicon: &Lexicon,
    aim: &Aim<'_>,
    weighed: &mut [Weighed],
) {
    if weighed.is_empty() {
        return;
    }
    if rules.contains(Rule::Comparison) {
        comparison::apply(sentence, aim, weighed);
    }
    if rules.contains(Rule::Events) && aim.named {
        events::apply(sentence, lexicon, aim, weighed);
    }
    if rules.contains(Rule::Role) {
        role::apply(sentence, lexicon, aim, weighed);
    }
    let near = rules.contains(Rule::Proximity);
    let mut near = near.then(|| Proximity::of(sentence, aim));
    let mut location = (rules.contains(Rule::Location) && aim.named).then(Location::new);
    for entry in weighed.iter_mut() {
        let (mention, distance) = aim.nearest(entry.hit.from, entry.hit.to);
        if let Some(near) = &mut near {
            near.weigh(sentence, aim, (&mention, distance), entry);
        }
        if let Some(location) = &mut location {
            location.weigh(sentence, aim, &mention, entry);
        }
        if rules.contains(Rule::Attribution) {
            attribution::weigh(entry);
        }
    }
    if rules.contains(Rule::Speech) {
        speech::apply(sentence, aim, weighed);
    }
}
