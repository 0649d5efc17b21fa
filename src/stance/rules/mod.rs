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
mod intensity;
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

pub(super) use attribution::speakers;
pub(super) use bystander::{ASK, is_bad_for};
pub(super) use direction::{apply as direct, is_done_to};
pub(super) use events::{BASELESS, VIOLENCE};
pub(super) use location::{GO, PASSED, PLACES};
pub(super) use modality::{DOUBTED, DOUBTED_JOINED, MEANT, PRESENTED};
pub(super) use proximity::{Aim, BEFORE_OBJECT, OTHERS};
pub(super) use role::{
    BE, BE_BEFORE, BEFORE_OBLIQUE, DETERMINERS, OF_SEVERAL, SKIPPED, is_doer, is_passive,
};
pub(super) use shifting::FIGHTS;
pub(super) use speech::PRONOUNS;

/// A rule that looks at the sentence alone.
type Step = fn(&Sentence<'_>, &mut [Weighed]);

/// Applies the rules that look at the sentence alone.
pub(super) fn apply(rules: Rules, sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    if weighed.is_empty() {
        return;
    }
    let steps: [(Rule, Step); 8] = [
        (Rule::Names, names::apply),
        (Rule::Intensity, intensity::apply),
        (Rule::Emphasis, emphasis::apply),
        (Rule::Shifting, shifting::apply),
        (Rule::Negation, negation::apply),
        (Rule::Contrast, contrast::apply),
        (Rule::Modality, modality::apply),
        (Rule::Questions, questions::apply),
    ];
    for (rule, step) in steps {
        if rules.contains(rule) {
            step(sentence, weighed);
        }
    }
    attribution::read_speakers(sentence, weighed);
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
    if rules.contains(Rule::Proximity) {
        proximity::apply(sentence, aim, weighed);
    }
    if rules.contains(Rule::Location) && aim.named {
        location::apply(sentence, aim, weighed);
    }
    if rules.contains(Rule::Speech) {
        speech::apply(sentence, aim, weighed);
    }
    if rules.contains(Rule::Attribution) {
        attribution::apply(weighed);
    }
}
