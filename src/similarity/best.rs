//! The few best of many.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::index::Neighbor;

/// Up to `k` neighbours, the most similar so far; of equals those with the lower number.
pub(super) struct Best {
    k: usize,
    /// The worst that is kept comes first.
    kept: BinaryHeap<Reverse<Ranked>>,
}

impl Best {
    /// The best `k` of at most `n`.
    pub(super) fn of(k: usize, n: usize) -> Self {
        Self { k, kept: BinaryHeap::with_capacity(k.min(n)) }
    }

    /// What must be passed, or equalled by a lower number, to be kept; 0 while there is room.
    pub(super) fn least(&self) -> f64 {
        match self.kept.peek() {
            Some(Reverse(worst)) if self.kept.len() == self.k => worst.0.similarity(),
            _ => 0.0,
        }
    }

    pub(super) fn offer(&mut self, neighbor: Neighbor) {
        let ranked = Reverse(Ranked(neighbor));
        if self.kept.len() < self.k {
            self.kept.push(ranked);
        } else if let Some(mut worst) = self.kept.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    /// The best first.
    pub(super) fn into_sorted(self) -> Vec<Neighbor> {
        self.kept.into_sorted_vec().into_iter().map(|Reverse(ranked)| ranked.0).collect()
    }
}

/// More similar is greater; of equals the lower number.
struct Ranked(Neighbor);

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let similarity = self.0.similarity().total_cmp(&other.0.similarity());
        similarity.then_with(|| other.0.doc().cmp(&self.0.doc()))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_best_whatever_the_order() {
        let offered = [0.5, 0.9, 0.5, 0.1, 0.9, 0.5];
        for turned in 0..offered.len() {
            let mut best = Best::of(4, 6);
            for at in 0..offered.len() {
                let doc = (at + turned) % offered.len();
                best.offer(Neighbor::new(doc, offered[doc]));
            }
            assert!((best.least() - 0.5).abs() < f64::EPSILON);
            let docs: Vec<_> = best.into_sorted().iter().map(Neighbor::doc).collect();
            assert_eq!(docs, [1, 4, 0, 2]);
        }
    }
}
