//! How alike are two groupings of the same articles?

use std::collections::BTreeMap;

/// Two groupings of the same rows, counted against each other.
pub(super) struct Agreement {
    pairs: BTreeMap<(usize, usize), usize>,
    sizes: [Vec<usize>; 2],
}

impl Agreement {
    /// Both hold a group for each row.
    pub(super) fn of(one: &[usize], other: &[usize]) -> Self {
        let mut pairs = BTreeMap::new();
        let n_groups = |groups: &[usize]| groups.iter().max().map_or(0, |&last| last + 1);
        let mut sizes = [vec![0; n_groups(one)], vec![0; n_groups(other)]];
        for (&a, &b) in one.iter().zip(other) {
            *pairs.entry((a, b)).or_insert(0) += 1;
            sizes[0][a] += 1;
            sizes[1][b] += 1;
        }
        Self { pairs, sizes }
    }

    /// The adjusted Rand index (Hubert & Arabie 1985): 1 for the same groups, 0 on average for groups
    /// drawn by chance.
    pub(super) fn ari(&self) -> f64 {
        let chosen = |n: &usize| *n as f64 * (*n as f64 - 1.0) / 2.0;
        let [one, other] = self.sizes.each_ref().map(|sizes| sizes.iter().map(chosen).sum::<f64>());
        let both: f64 = self.pairs.values().map(chosen).sum();
        let all = chosen(&self.sizes[0].iter().sum());
        let expected = if all > 0.0 { one * other / all } else { 0.0 };
        let most = f64::midpoint(one, other);
        if most - expected > 0.0 { (both - expected) / (most - expected) } else { 1.0 }
    }

    /// For each group of the first grouping, the largest Jaccard index with any group of the other.
    pub(super) fn best_jaccard(&self) -> Vec<f64> {
        let mut best = vec![0.0_f64; self.sizes[0].len()];
        for (&(a, b), &both) in &self.pairs {
            let either = self.sizes[0][a] + self.sizes[1][b] - both;
            best[a] = best[a].max(both as f64 / either as f64);
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_by_hand() {
        // scikit-learn: adjusted_rand_score([0,0,1,1], [0,0,1,2]) = 0.5714…
        let half = Agreement::of(&[0, 0, 1, 1], &[0, 0, 1, 2]);
        assert!((half.ari() - 4.0 / 7.0).abs() < 1e-12);
        assert_eq!(half.best_jaccard(), [1.0, 0.5]);
        let named_otherwise = Agreement::of(&[0, 0, 1, 2], &[2, 2, 0, 1]);
        assert!((named_otherwise.ari() - 1.0).abs() < 1e-12);
        let crossed = Agreement::of(&[0, 0, 1, 1], &[0, 1, 0, 1]);
        assert!((crossed.ari() + 0.5).abs() < 1e-12);
        assert!((Agreement::of(&[0, 0], &[0, 0]).ari() - 1.0).abs() < 1e-12);
    }
}
