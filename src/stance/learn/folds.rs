//! Which texts are learned from, and which are asked about?

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256Plus;

/// The fold of each row: rows of one group share a fold, groups are shuffled by the seed and dealt out in turn.
pub(super) fn folds(groups: &[u32], n_folds: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<u32> = groups.to_vec();
    order.sort_unstable();
    order.dedup();
    order.shuffle(&mut Xoshiro256Plus::seed_from_u64(seed));
    let mut fold_of = vec![0; order.iter().max().map_or(0, |&most| most as usize + 1)];
    for (at, &group) in order.iter().enumerate() {
        fold_of[group as usize] = at % n_folds;
    }
    groups.iter().map(|&group| fold_of[group as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stay_together_and_folds_are_of_one_size() {
        let groups: Vec<u32> = (0..100).map(|row| row / 2).collect();
        let found = folds(&groups, 5, 7);
        assert!(found.chunks(2).all(|pair| pair[0] == pair[1]));
        assert!((0..5).all(|fold| found.iter().filter(|&&own| own == fold).count() == 20));
        assert_eq!(found, folds(&groups, 5, 7));
        assert_ne!(found, folds(&groups, 5, 8));
    }
}
