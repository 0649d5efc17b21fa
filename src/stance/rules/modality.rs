//! "would help", "if it fails", "plans to reform": what may be counts less than what is.

use super::super::cues::CLAIM;
use super::super::entry::EntryClass;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;

const MAY_BE: f64 = 0.8;

/// How many words a modal reaches; `if` and its like reach to the end of their clause.
const REACH: usize = 6;
const CONDITIONS: [&str; 6] = ["if", "unless", "whether", "assuming", "provided", "suppose"];

/// "Billed as a triumph": what others want it to be counts less, and least where the writer disagrees.
const CLAIMED: f64 = 0.6;
const DENIED: f64 = 0.2;

/// Words that present something, before "as".
pub(in super::super) const PRESENTED: [&str; 13] = [
    "advertised",
    "billed",
    "cast",
    "hailed",
    "heralded",
    "marketed",
    "painted",
    "portrayed",
    "presented",
    "promoted",
    "sold",
    "touted",
    "trumpeted",
];

/// Words that doubt by themselves what they stand before.
pub(in super::super) const DOUBTED: [&str; 4] =
    ["ostensibly", "purported", "purportedly", "supposedly"];
pub(in super::super) const DOUBTED_JOINED: [(&str, &str); 3] =
    [("self", "proclaimed"), ("self", "styled"), ("so", "called")];

/// Before "to be".
pub(in super::super) const MEANT: [&str; 2] = ["meant", "supposed"];

/// How far from "presented" may "as" stand, and how far from that what is claimed.
const REACH_OF_AS: usize = 4;
const REACH_OF_CLAIM: usize = 4;

/// A modal weakens the entries behind it in its clause, once however many modals there are.
pub(super) fn apply(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    if sentence.holds(EntryClass::Modal) {
        weaken(sentence, weighed);
    }
    if sentence.any_cue & CLAIM != 0 {
        doubt(sentence, weighed);
    }
}

fn weaken(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    for entry in weighed {
        let reached = sentence.of(EntryClass::Modal).any(|modal| {
            let condition = || {
                sentence.word(modal.from).is_some_and(|word| {
                    CONDITIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
                })
            };
            entry.hit.from >= modal.to
                && (entry.hit.from - modal.to < REACH || condition())
                && sentence.same_clause(modal.from, entry.hit.from)
        });
        if reached {
            entry.scale(MAY_BE, Rule::Modality);
        }
    }
}

/// Weakens what somebody is said to be.
fn doubt(sentence: &Sentence<'_>, weighed: &mut [Weighed]) {
    let claimed = |entry: &Weighed| is_claimed(sentence, entry.hit.from);
    for at in 0..weighed.len() {
        if !claimed(&weighed[at]) {
            continue;
        }
        let value = weighed[at].value;
        let denied = weighed.iter().any(|other| other.value * value < 0.0 && !claimed(other));
        weighed[at].scale(if denied { DENIED } else { CLAIMED }, Rule::Modality);
    }
}

/// Whether what stands at a word is what somebody presents something as.
fn is_claimed(sentence: &Sentence<'_>, at: usize) -> bool {
    let mut before = at.saturating_sub(REACH_OF_AS + REACH_OF_CLAIM)..at;
    if !before.any(|at| sentence.is(CLAIM, at)) {
        return false;
    }
    let is_one_of = |at: usize, list: &[&str]| {
        sentence.word(at).is_some_and(|word| list.iter().any(|one| word.eq_ignore_ascii_case(one)))
    };
    let near = |at: usize, reach: usize| at.saturating_sub(reach)..at;
    let doubted = near(at, 2).any(|before| {
        let joined = |parts: &(&str, &str)| {
            is_one_of(before, &[parts.1]) && before > 0 && is_one_of(before - 1, &[parts.0])
        };
        is_one_of(before, &DOUBTED) || DOUBTED_JOINED.iter().any(joined)
    });
    let meant = near(at, REACH_OF_CLAIM).any(|before| {
        is_one_of(before, &MEANT)
            && is_one_of(before + 1, &["to"])
            && is_one_of(before + 2, &["be"])
            && before.checked_sub(1).is_some_and(|be| is_one_of(be, &["was", "were"]))
    });
    let presented = || {
        near(at, REACH_OF_CLAIM).rev().find(|&before| is_one_of(before, &["as"])).is_some_and(
            |as_at| {
                near(as_at, REACH_OF_AS)
                    .any(|verb| is_one_of(verb, &PRESENTED) && sentence.same_clause(verb, at))
            },
        )
    };
    doubted || meant || presented()
}
