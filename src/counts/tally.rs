//! In how many documents was each term, and how often? Added up, without rows.

use super::counter::{Sink, Take};
use super::dealt::Dealt;

/// For each node the number of documents that hold it and how often it was counted in all.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Stays at 4 billion; nothing with as many documents is handed out.
    pub(super) doc_freq: Vec<u32>,
    pub(super) totals: Vec<u64>,
    n_docs: usize,
}

impl Tally {
    /// Of so many nodes, none of them seen.
    pub(super) fn new(n_nodes: usize) -> Self {
        let mut tally = Self::default();
        tally.resize(n_nodes);
        tally
    }

    /// Adds entries of rows.
    pub(super) fn add_entries(&mut self, nodes: &[u32], counts: &[u32]) {
        for (&node, &count) in nodes.iter().zip(counts) {
            self.doc_freq[node as usize] += 1;
            self.totals[node as usize] += u64::from(count);
        }
    }

    /// Counts each term once for each document that holds it.
    pub(super) fn make_binary(&mut self) {
        for (total, &docs) in self.totals.iter_mut().zip(&self.doc_freq) {
            *total = u64::from(docs);
        }
    }

    /// Makes room for so many nodes.
    pub(super) fn resize(&mut self, n_nodes: usize) {
        self.doc_freq.resize(n_nodes, 0);
        self.totals.resize(n_nodes, 0);
    }

    fn take(&mut self, node: u32, docs: u32, total: u64) {
        let node = node as usize;
        if node >= self.doc_freq.len() {
            self.resize(node + 1);
        }
        self.doc_freq[node] = self.doc_freq[node].saturating_add(docs);
        self.totals[node] = self.totals[node].saturating_add(total);
    }
}

impl Take for Tally {
    #[inline]
    fn add(&mut self, node: u32, count: u32) {
        self.take(node, 1, u64::from(count));
    }

    fn end_doc(&mut self) {
        self.n_docs += 1;
    }
}

impl Sink for Tally {
    const IN_ORDER: bool = false;
    type Part = Self;

    fn n_docs(&self) -> usize {
        self.n_docs
    }

    fn absorb(&mut self, other: Self, here: &[u32]) {
        for ((docs, total), &node) in other.doc_freq.into_iter().zip(other.totals).zip(here) {
            self.take(node, docs, total);
        }
        self.n_docs += other.n_docs;
    }

    fn absorb_dealt(&mut self, batches: Vec<Dealt<Self>>, here: &[Vec<u32>]) {
        for batch in batches {
            batch.sinks.into_iter().zip(here).for_each(|(sink, here)| self.absorb(sink, here));
        }
    }
}
