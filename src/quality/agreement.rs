//! Are two groupings of the same things alike?

use super::ranks::ranks;
use crate::error::{Error, Result};

/// How far two groupings of the same things agree: topics and labels that editors gave, or the topics
/// of two seeds.
///
/// What groups are called does not matter, nor which of the two groupings comes first.
///
/// ```
/// use undertone::Agreement;
///
/// let sections = ["sport", "sport", "economy", "economy"];
/// let same = Agreement::new(&sections, &[1, 1, 0, 0])?;
/// assert_eq!((same.nmi(), same.ari()), (1.0, 1.0));
/// let other = Agreement::new(&sections, &[0, 1, 0, 1])?;
/// assert!(other.nmi() < 1e-9 && other.ari() < 0.0);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Agreement {
    nmi: f64,
    ari: f64,
}

impl Agreement {
    /// Compares the group of each thing in one grouping with its group in the other. Cost: a sort.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if one is longer than the other; `is_too_small` if they are empty.
    pub fn new<A: Ord, B: Ord>(a: &[A], b: &[B]) -> Result<Self> {
        if a.len() != b.len() {
            return Err(Error::mismatch("labels of the second grouping", a.len(), b.len()));
        }
        if a.is_empty() {
            return Err(Error::nothing("no labels to compare, but at least 1 is needed"));
        }
        let table = Contingency::new(a, b);
        Ok(Self { nmi: table.nmi(), ari: table.ari() })
    }

    /// Normalised mutual information, 0..=1: what one grouping tells of the other, divided by the mean
    /// of what each has to tell, `2·I(A; B) / (H(A) + H(B))`. 1 if they are the same; a little above 0 by
    /// chance, more so with many small groups. 1 if both have a single group.
    ///
    /// Source: the arithmetic mean of Vinh, Epps & Bailey (2010); scikit-learn's
    /// `normalized_mutual_info_score`.
    pub fn nmi(self) -> f64 {
        self.nmi
    }

    /// Adjusted Rand index, at most 1: of all pairs of things, the share on which both groupings agree,
    /// less what chance would give. 0 by chance, below 0 if they agree less than that (at least −0.5), 1
    /// if they are the same.
    ///
    /// Source: Hubert & Arabie (1985); scikit-learn's `adjusted_rand_score`.
    pub fn ari(self) -> f64 {
        self.ari
    }
}

/// How many things are in each group of both, in each of one, and in all.
struct Contingency {
    /// In order of the groups: the group in one, in the other, and how many.
    cells: Vec<(u32, u32, u64)>,
    a: Vec<u64>,
    b: Vec<u64>,
    n: u64,
}

impl Contingency {
    fn new<A: Ord, B: Ord>(a: &[A], b: &[B]) -> Self {
        let ((a, n_a), (b, n_b)) = (ranks(a), ranks(b));
        let mut pairs: Vec<(u32, u32)> = a.into_iter().zip(b).collect();
        pairs.sort_unstable();
        let mut table =
            Self { cells: Vec::new(), a: vec![0; n_a], b: vec![0; n_b], n: pairs.len() as u64 };
        for same in pairs.chunk_by(|x, y| x == y) {
            let ((a, b), count) = (same[0], same.len() as u64);
            table.cells.push((a, b, count));
            table.a[a as usize] += count;
            table.b[b as usize] += count;
        }
        table
    }

    fn nmi(&self) -> f64 {
        if self.a.len() == 1 && self.b.len() == 1 {
            return 1.0;
        }
        let n = self.n as f64;
        let entropy = |sizes: &[u64]| -> f64 {
            sizes.iter().map(|&size| size as f64 / n).map(|share| -share * share.ln()).sum()
        };
        let shared: f64 = self
            .cells
            .iter()
            .map(|&(a, b, both)| {
                let both = both as f64;
                let by_chance = self.a[a as usize] as f64 * self.b[b as usize] as f64 / n;
                both / n * (both / by_chance).ln()
            })
            .sum();
        (2.0 * shared / (entropy(&self.a) + entropy(&self.b))).clamp(0.0, 1.0)
    }

    fn ari(&self) -> f64 {
        let pairs = |count: u64| count as f64 * (count as f64 - 1.0) / 2.0;
        let sum = |sizes: &[u64]| sizes.iter().map(|&size| pairs(size)).sum::<f64>();
        let together: f64 = self.cells.iter().map(|&(.., both)| pairs(both)).sum();
        let (a, b) = (sum(&self.a), sum(&self.b));
        let most = f64::midpoint(a, b);
        let by_chance = if self.n > 1 { a * b / pairs(self.n) } else { 0.0 };
        // All in one group, or each in its own, in both: nothing is left to chance.
        let left = most - by_chance;
        if left > 0.0 { (together - by_chance) / left } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_compared_is_an_error() {
        assert!(Agreement::new(&[1, 2], &[1]).is_err_and(|error| error.is_mismatch()));
        assert!(Agreement::new::<u8, u8>(&[], &[]).is_err_and(|error| error.is_too_small()));
    }

    proptest! {
        #[test]
        fn names_and_order_do_not_matter(
            labels in prop::collection::vec((0_u8..5, 0_u8..5), 1..60),
        ) {
            let (a, b): (Vec<u8>, Vec<u8>) = labels.into_iter().unzip();
            let found = Agreement::new(&a, &b).unwrap();
            prop_assert!((0.0..=1.0).contains(&found.nmi()));
            prop_assert!((-0.5 - 1e-9..=1.0 + 1e-9).contains(&found.ari()));
            let renamed: Vec<String> = b.iter().map(|label| format!("{}", 9 - label)).collect();
            for other in [Agreement::new(&b, &a).unwrap(), Agreement::new(&a, &renamed).unwrap()] {
                prop_assert!((other.nmi() - found.nmi()).abs() < 1e-9);
                prop_assert!((other.ari() - found.ari()).abs() < 1e-9);
            }
            let same = Agreement::new(&a, &a).unwrap();
            prop_assert!((same.nmi() - 1.0).abs() < 1e-9 && (same.ari() - 1.0).abs() < 1e-9);
        }
    }
}
