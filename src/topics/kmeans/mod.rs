//! Where do the centroids lie? K-means on `f32` rows.

mod estimator;
mod lloyd;
mod nearest;
mod packed;
mod rows;
mod start;
mod together;

use ndarray::{Array2, ArrayView2};
use rand::SeedableRng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::parallel::{block_rows, map_blocks};
use crate::simd::wide;
pub use estimator::{KMeans, KMeansParams};
use lloyd::lloyd;
use nearest::nearest_of;
pub(crate) use nearest::{Nearest, inertia, nearest};
use packed::Packed;
use rows::Rows;
pub(crate) use rows::products;
use together::{lloyd_together, n_together, nearest_together};

/// Lloyd iterations at most; news corpora settle after 10 to 40.
const MAX_ITERATIONS: usize = 300;

/// A run ends when the centroids' squared shift is below this share of the rows' mean variance.
const TOLERANCE: f64 = 1e-4;

/// So many searches begin together, so that what they draw fills the vectors of one product. It is remembered for each
/// how near rows would be, so among many rows they begin one by one.
const TOGETHER: usize = 6;
const FEW_ROWS: usize = 1 << 16;

/// In so many iterations, bounds on distances save less than sharing products.
const FEW_ITERATIONS: usize = 16;

/// Centroids at rest, shape (`k`, columns), and the nearest of each row.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) centroids: Array2<f32>,
    pub(crate) nearest: Vec<Nearest>,
}

/// Searches for `k` centroids from `restarts` beginnings, in order, each of so many iterations at most.
///
/// There must be at least one row and `1 ≤ k ≤ rows`. Rows that are equal count as often as they
/// occur; if there are fewer distinct rows than `k`, some centroids coincide.
pub(crate) fn runs(
    rows: ArrayView2<'_, f32>,
    k: usize,
    restarts: usize,
    iterations: usize,
    seed: u64,
) -> Vec<Run> {
    runs_within(rows, k, restarts, iterations, TOLERANCE, seed)
}

/// As [`runs`], which end at another tolerance.
fn runs_within(
    rows: ArrayView2<'_, f32>,
    k: usize,
    restarts: usize,
    iterations: usize,
    tolerance: f64,
    seed: u64,
) -> Vec<Run> {
    let rows = Rows::new(rows);
    let tolerance = tolerance * mean_variance(&rows);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let starts: Vec<Xoshiro256PlusPlus> = (0..restarts.max(1))
        .map(|_| {
            // Streams that never overlap.
            rng.jump();
            rng.clone()
        })
        .collect();
    let together = if rows.len() <= FEW_ROWS { TOGETHER } else { 1 };
    let starts = map_blocks(starts.len(), together, |range| {
        start::centroids(&rows, k, &mut starts[range].to_vec())
    });
    let starts: Vec<Array2<f32>> = starts.into_iter().flatten().collect();
    let group = if iterations <= FEW_ITERATIONS { n_together(k) } else { 1 };
    let n = starts.len();
    let runs = map_blocks(n, group, |range| {
        let starts = starts[range].to_vec();
        if group > 1 {
            let found = lloyd_together(&rows, starts, tolerance, iterations);
            let nearest = nearest_together(&rows, &found).into_iter();
            let run = |(centroids, nearest)| Run { centroids, nearest };
            found.into_iter().zip(nearest).map(run).collect()
        } else {
            let one = |start| Run::of(&rows, lloyd(&rows, start, tolerance, iterations));
            starts.into_iter().map(one).collect::<Vec<Run>>()
        }
    });
    runs.into_iter().flatten().collect()
}

/// The centroids that come to rest from given ones.
pub(crate) fn settled(rows: ArrayView2<'_, f32>, start: Array2<f32>) -> Run {
    let rows = Rows::new(rows);
    let tolerance = TOLERANCE * mean_variance(&rows);
    Run::of(&rows, lloyd(&rows, start, tolerance, MAX_ITERATIONS))
}

impl Run {
    fn of(rows: &Rows<'_>, centroids: Array2<f32>) -> Self {
        let nearest = nearest_of(rows, &Packed::new(&Rows::new(centroids.view())));
        Self { centroids, nearest }
    }
}

/// Mean over the columns of the rows' variance.
fn mean_variance(rows: &Rows<'_>) -> f64 {
    let (n, width) = (rows.len(), rows.width());
    let blocks = map_blocks(n, block_rows(n), |block| {
        let mut sums = vec![0.0_f64; width];
        let mut squares = vec![0.0_f64; width];
        wide(|| {
            for row in block {
                for ((sum, square), &value) in sums.iter_mut().zip(&mut squares).zip(rows.row(row))
                {
                    let value = f64::from(value);
                    *sum += value;
                    *square += value * value;
                }
            }
        });
        (sums, squares)
    });
    let variance = |column: usize| {
        let sum: f64 = blocks.iter().map(|(sums, _)| sums[column]).sum();
        let squares: f64 = blocks.iter().map(|(_, squares)| squares[column]).sum();
        (squares / n as f64 - (sum / n as f64).powi(2)).max(0.0)
    };
    (0..width).map(variance).sum::<f64>() / width.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng as _;

    /// `n` rows around each of `k` far points.
    pub(super) fn clouds(k: usize, n: usize) -> Array2<f32> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
        Array2::from_shape_fn((k * n, 4), |(row, column)| {
            let at = (row % k) as f32 * 10.0 * (1.0 + column as f32);
            at + rng.gen_range(-1.0_f32..1.0)
        })
    }

    #[test]
    fn finds_clouds_whatever_the_seed() {
        let rows = clouds(6, 40);
        for seed in 0..20 {
            let runs = runs(rows.view(), 6, 3, MAX_ITERATIONS, seed);
            let best =
                runs.iter().min_by(|a, b| inertia(&a.nearest).total_cmp(&inertia(&b.nearest)));
            let found = &best.unwrap().nearest;
            for row in 0..rows.nrows() {
                assert_eq!(found[row].cluster, found[row % 6].cluster, "seed {seed} row {row}");
            }
            assert!(inertia(found) < 6.0 * 40.0 * 4.0 * 0.4);
        }
    }

    #[test]
    fn centroids_are_means_of_their_rows() {
        let rows = clouds(3, 50);
        let run = runs(rows.view(), 5, 1, 9, 1).remove(0);
        let rest = lloyd(&Rows::new(rows.view()), run.centroids, 0.0, MAX_ITERATIONS);
        let again = lloyd(&Rows::new(rows.view()), rest.clone(), 0.0, 1);
        for (a, b) in rest.iter().zip(&again) {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }

    #[test]
    fn fewer_distinct_rows_than_centroids_is_no_panic() {
        let rows = Array2::from_elem((5, 3), 0.5_f32);
        for run in runs(rows.view(), 4, 2, 9, 9) {
            assert!(run.centroids.iter().all(|&value| (value - 0.5).abs() < 1e-6));
        }
    }
}
