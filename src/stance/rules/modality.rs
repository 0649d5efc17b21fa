//! "would help", "if it fails", "plans to reform": what may be counts less than what is.

use super::super::entry::EntryClass;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;

const MAY_BE: f64 = 0.8;

/// How many words a modal reaches; `if` and its like reach to the end of their clause.
const REACH: usize = 6;
const CONDITIONS: [&str; 6] = ["if", "unless", "whether", "assuming", "provided", "suppose"];

/// A modal weakens the entries behind it in its clause, once however many modals there are.
pub(super) fn apply(sentence: Sentence<'_>, weighed: &mut [Weighed]) {
    if !sentence.holds(EntryClass::Modal) {
        return;
    }
    for entry in weighed {
        let reached = sentence.of(EntryClass::Modal).any(|modal| {
            let condition = sentence.word(modal.from).is_some_and(|word| {
                CONDITIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
            });
            entry.hit.from >= modal.to
                && (condition || entry.hit.from - modal.to < REACH)
                && sentence.same_clause(modal.from, entry.hit.from)
        });
        if reached {
            entry.scale(MAY_BE, Rule::Modality);
        }
    }
}
