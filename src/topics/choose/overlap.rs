//! Which group of another grouping is most like each of ours?

use std::collections::BTreeMap;

/// For each group of one grouping, the largest Jaccard index of its rows with those of any group of
/// another: the share of the rows of both that is in both, 0..=1. Groups are numbered from 0.
pub(super) fn best_jaccard(one: &[usize], other: &[usize]) -> Vec<f64> {
    let n_groups = |groups: &[usize]| groups.iter().max().map_or(0, |&last| last + 1);
    let (mut ours, mut theirs) = (vec![0; n_groups(one)], vec![0; n_groups(other)]);
    let mut pairs = BTreeMap::new();
    for (&a, &b) in one.iter().zip(other) {
        *pairs.entry((a, b)).or_insert(0) += 1;
        ours[a] += 1;
        theirs[b] += 1;
    }
    let mut best = vec![0.0_f64; ours.len()];
    for (&(a, b), &both) in &pairs {
        let either: usize = ours[a] + theirs[b] - both;
        best[a] = best[a].max(both as f64 / either as f64);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_by_hand() {
        assert_eq!(best_jaccard(&[0, 0, 1, 1], &[0, 0, 1, 2]), [1.0, 0.5]);
        assert_eq!(best_jaccard(&[0, 0, 1, 2], &[2, 2, 0, 1]), [1.0; 3]);
        assert_eq!(best_jaccard(&[0, 0, 0, 0], &[0, 1, 0, 2]), [0.5]);
    }
}
