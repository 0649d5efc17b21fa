//! Which word distributions make up a topic? One, unless topics were merged.

use ndarray::{Axis, concatenate};

use crate::topics::mixture::Mixture;

impl Mixture {
    /// The same distributions, those of topic `t` now belonging to topic `numbers[t]`; numbers have no
    /// gaps. A row goes to the topic whose distribution is the likeliest, so topics that are merged keep
    /// exactly the rows that they had.
    pub(super) fn merged(&self, numbers: &[u32]) -> Self {
        let owners = self.owners.iter().map(|&topic| numbers[topic as usize]).collect();
        Self { owners, ..self.clone() }
    }

    /// The distributions of another mixture in place of those of `topic`. Its first topic takes the
    /// number, the others come last; each is as likely as `log_share` and the other mixture say together.
    pub(super) fn replaced(&self, topic: u32, inner: &Self, log_share: f32) -> Self {
        let last = self.n_topics() as u32 - 1;
        let kept: Vec<usize> =
            (0..self.owners.len()).filter(|&place| self.owners[place] != topic).collect();
        let terms = [self.terms.select(Axis(1), &kept), inner.terms.clone()];
        let terms = concatenate(Axis(1), &[terms[0].view(), terms[1].view()]);
        let inner_owner = |&owner: &u32| if owner == 0 { topic } else { last + owner };
        Self {
            // Both have a row for each term of one vocabulary.
            terms: terms.unwrap_or_default().as_standard_layout().into_owned(),
            topics: kept
                .iter()
                .map(|&place| self.topics[place])
                .chain(inner.topics.iter().map(|inner| inner + log_share))
                .collect(),
            owners: kept
                .iter()
                .map(|&place| self.owners[place])
                .chain(inner.owners.iter().map(inner_owner))
                .collect(),
        }
    }
}
