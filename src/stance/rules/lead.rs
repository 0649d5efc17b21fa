//! What the headline and the first paragraph say counts more than what stands further down.
//!
//! A weight that all sentences share changes no mean. So it is given once a sentence from further down is read, to
//! all that was read before it: a text of one paragraph stays as it is.

use super::super::evidence::Evidence;
use super::super::reading::Reading;
use super::super::rule_set::Rule;

/// What a sentence of the lead counts for, where one further down counts for 1.
const LEAD: f64 = 1.5;

/// Whether all that was read of a text so far is its lead.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Lead {
    left: bool,
}

impl Lead {
    /// What all that was read before a sentence counts for, if that sentence is the first behind the lead.
    pub(in super::super) fn weight_before(&mut self, reading: &Reading) -> Option<f64> {
        let leaves = reading.is_behind_lead && !self.left;
        self.left |= leaves;
        leaves.then_some(LEAD)
    }
}

/// Lets evidence of the lead count for so much.
pub(in super::super) fn weigh_lead(evidence: &mut [Evidence<'_>], weight: f64) {
    for reason in evidence {
        reason.contribution *= weight;
        reason.rules = reason.rules.with(Rule::Lead);
    }
}
