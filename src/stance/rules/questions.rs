//! "Is the deal fair?": what is asked counts less than what is said.

use super::super::reading::Weighed;
use super::super::rule_set::Rule;

const ASKED: f64 = 0.8;

/// A sentence that ends in a question mark weakens its entries.
pub(super) fn apply(ending: &str, weighed: &mut [Weighed]) {
    if ending != "." && ending.contains(['?', '？']) {
        for entry in weighed {
            entry.scale(ASKED, Rule::Questions);
        }
    }
}
