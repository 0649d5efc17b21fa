//! In which words does a topic speak, bucket by bucket?

use crate::counts::{CountMatrix, TermId};
use crate::parallel::map_blocks;
use crate::topics::keywords::{Reference, Use, strongest};

/// What the words of a topic are compared with, over all buckets.
pub(super) struct Drift<'c> {
    counts: &'c CountMatrix,
    reference: Reference,
    tuning: f64,
    keywords: usize,
}

impl<'c> Drift<'c> {
    pub(super) fn new(
        counts: &'c CountMatrix,
        n_topics: usize,
        tuning: f64,
        keywords: usize,
    ) -> Self {
        let all = Use::of(counts.csr(), 0..counts.n_docs() as u32);
        Self { counts, reference: Reference::new(all, n_topics), tuning, keywords }
    }

    /// The keywords of a topic in each bucket, whose rows are given: the terms that set these articles
    /// apart from all others, as those of a topic. A share `tuning` of their weight is that of the
    /// whole topic.
    pub(super) fn keywords(&self, buckets: &[Vec<u32>], topic: &[u32]) -> Vec<Vec<String>> {
        let whole = if self.tuning > 0.0 { self.weights(topic) } else { Vec::new() };
        map_blocks(buckets.len(), 1, |bucket| {
            let rows = &buckets[bucket.start];
            if rows.is_empty() || self.keywords == 0 {
                return Vec::new();
            }
            let vocabulary = self.counts.vocabulary();
            let terms = strongest(mixed(self.weights(rows), &whole, self.tuning), vocabulary);
            let terms = terms.iter().take(self.keywords);
            terms.map(|&(term, _)| vocabulary.written(term).to_string()).collect()
        })
    }

    /// Weights of the terms of some rows, in the order of the terms, adding up to 1.
    fn weights(&self, rows: &[u32]) -> Vec<(TermId, f64)> {
        let here = Use::of(self.counts.csr(), rows.iter().copied());
        let mut weights = self.reference.weights(&here);
        let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
        for (_, weight) in &mut weights {
            *weight /= sum;
        }
        weights
    }
}

/// `(1 − share) · here + share · whole`; both in the order of the terms.
fn mixed(mut here: Vec<(TermId, f64)>, whole: &[(TermId, f64)], share: f64) -> Vec<(TermId, f64)> {
    if share <= 0.0 {
        return here;
    }
    for (_, weight) in &mut here {
        *weight *= 1.0 - share;
    }
    here.extend(whole.iter().map(|&(term, weight)| (term, weight * share)));
    here.sort_by_key(|&(term, _)| term);
    here.dedup_by(|next, first| {
        let same = next.0 == first.0;
        first.1 += if same { next.1 } else { 0.0 };
        same
    });
    here
}
