//! In which words does a topic speak, bucket by bucket?

use crate::counts::CountMatrix;
use crate::parallel::map_blocks;
use crate::topics::keywords::{strongest, uses};

/// What the words of a topic are compared with, over all buckets.
pub(super) struct Drift<'c> {
    counts: &'c CountMatrix,
    /// How often all articles use each term, and those of each topic.
    totals: Vec<f64>,
    n_topics: usize,
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
        let all: Vec<u32> = (0..counts.n_docs() as u32).collect();
        Self { counts, totals: uses(counts.csr(), &all), n_topics, tuning, keywords }
    }

    /// The keywords of a topic in each bucket, whose rows are given: c-TF-IDF of these articles against
    /// all others. A share `tuning` of the words is that of the whole topic.
    pub(super) fn keywords(&self, buckets: &[Vec<u32>], topic: &[u32]) -> Vec<Vec<String>> {
        let whole = if self.tuning > 0.0 { uses(self.counts.csr(), topic) } else { Vec::new() };
        let all: f64 = whole.iter().sum();
        map_blocks(buckets.len(), 1, |bucket| {
            let rows = &buckets[bucket.start];
            if rows.is_empty() || self.keywords == 0 {
                return Vec::new();
            }
            let mut here = uses(self.counts.csr(), rows);
            let sum: f64 = here.iter().sum();
            for (here, whole) in here.iter_mut().zip(&whole) {
                let as_in_topic = whole / all.max(f64::MIN_POSITIVE) * sum;
                *here = (1.0 - self.tuning) * *here + self.tuning * as_in_topic;
            }
            let vocabulary = self.counts.vocabulary();
            let terms = strongest(here, &self.totals, self.n_topics, vocabulary);
            let terms = terms.iter().take(self.keywords);
            terms.map(|&(term, _)| vocabulary.written(term).to_string()).collect()
        })
    }
}
