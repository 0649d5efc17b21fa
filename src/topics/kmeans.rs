//! Where do the centroids lie? Lloyd's k-means on `f32` rows.
//!
//! Distances come from matrix products of row blocks, `‖x‖² − 2·x·c + ‖c‖²`, which is several times
//! faster than one distance after another. Sums of rows are kept in `f64` and added in the order of
//! the blocks.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};
use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::parallel::{block_rows, fill_rows, map_blocks};

/// Rows whose distances to all centroids are computed by one matrix product.
const BLOCK: usize = 256;

/// Lloyd iterations at most; news corpora settle after 10 to 40.
const MAX_ITERATIONS: usize = 300;

/// A run ends when the centroids' squared shift is below this share of the rows' mean variance.
const TOLERANCE: f64 = 1e-4;

/// For one row: which centroid is nearest, and the squared distances to it and to the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nearest {
    pub(crate) cluster: u32,
    pub(crate) squared: f32,
    /// Infinite if there is one centroid only.
    pub(crate) second_squared: f32,
}

impl Nearest {
    const NONE: Self = Self { cluster: 0, squared: f32::INFINITY, second_squared: f32::INFINITY };

    fn of(distances: impl Iterator<Item = f32>) -> Self {
        let mut nearest = Self::NONE;
        for (cluster, squared) in distances.enumerate() {
            if squared < nearest.squared {
                nearest.second_squared = nearest.squared;
                nearest.squared = squared;
                nearest.cluster = cluster as u32;
            } else if squared < nearest.second_squared {
                nearest.second_squared = squared;
            }
        }
        nearest
    }
}

/// The nearest centroid of each row, the first of equals.
pub(crate) fn nearest(rows: ArrayView2<'_, f32>, centroids: ArrayView2<'_, f32>) -> Vec<Nearest> {
    let mut found = vec![Nearest::NONE; rows.nrows()];
    let lengths = squared_lengths(centroids);
    fill_rows(&mut found, 1, BLOCK, |first, piece| {
        let block = rows.slice_axis(Axis(0), Slice::from(first..first + piece.len()));
        nearest_in_block(block, centroids, &lengths, piece);
    });
    found
}

fn nearest_in_block(
    block: ArrayView2<'_, f32>,
    centroids: ArrayView2<'_, f32>,
    lengths: &[f32],
    found: &mut [Nearest],
) {
    let products = block.dot(&centroids.t());
    let own_lengths = squared_lengths(block);
    for ((found, products), own) in found.iter_mut().zip(products.rows()).zip(own_lengths) {
        let distances = products.iter().zip(lengths);
        *found = Nearest::of(distances.map(|(product, length)| {
            // Rounding may leave a little less than nothing.
            (own - 2.0 * product + length).max(0.0)
        }));
    }
}

fn squared_lengths(rows: ArrayView2<'_, f32>) -> Vec<f32> {
    rows.rows().into_iter().map(|row| row.dot(&row)).collect()
}

/// Sum of squared distances.
pub(crate) fn inertia(nearest: &[Nearest]) -> f64 {
    nearest.iter().map(|nearest| f64::from(nearest.squared)).sum()
}

/// The centroids with the least inertia over `restarts` runs, the first of equals; shape (`k`,
/// columns).
///
/// There must be at least one row and `1 ≤ k ≤ rows`. Rows that are equal count as often as they
/// occur; if there are fewer distinct rows than `k`, some centroids coincide.
pub(crate) fn centroids(
    rows: ArrayView2<'_, f32>,
    k: usize,
    restarts: usize,
    seed: u64,
) -> Array2<f32> {
    let tolerance = TOLERANCE * mean_variance(rows);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let starts: Vec<Xoshiro256PlusPlus> = (0..restarts.max(1))
        .map(|_| {
            // Streams that never overlap.
            rng.jump();
            rng.clone()
        })
        .collect();
    let runs = map_blocks(starts.len(), 1, |range| {
        lloyd(rows, plus_plus(rows, k, &mut starts[range.start].clone()), tolerance)
    });
    let mut best: Option<(Array2<f32>, f64)> = None;
    for run in runs {
        if best.as_ref().is_none_or(|best| run.1 < best.1) {
            best = Some(run);
        }
    }
    best.map_or_else(|| Array2::zeros((k, rows.ncols())), |(centroids, _)| centroids)
}

/// Mean over the columns of the rows' variance.
fn mean_variance(rows: ArrayView2<'_, f32>) -> f64 {
    let (n, width) = rows.dim();
    let mut sums = vec![(0.0_f64, 0.0_f64); width];
    for row in rows.rows() {
        for (sum, &value) in sums.iter_mut().zip(row) {
            let value = f64::from(value);
            sum.0 += value;
            sum.1 += value * value;
        }
    }
    let n = n as f64;
    let variances = sums.iter().map(|(sum, squares)| (squares / n - (sum / n).powi(2)).max(0.0));
    variances.sum::<f64>() / width.max(1) as f64
}

/// Greedy k-means++ (Arthur & Vassilvitskii 2007): each new centroid is a row drawn with probability
/// proportional to its squared distance from those already chosen; of `2 + ln k` draws the one that
/// lowers the inertia most is taken, as in scikit-learn.
fn plus_plus(rows: ArrayView2<'_, f32>, k: usize, rng: &mut Xoshiro256PlusPlus) -> Array2<f32> {
    let n = rows.nrows();
    // ln k is about 0.7 · log₂ k.
    let n_draws = 2 + k.max(1).ilog2() as usize * 7 / 10;
    let lengths = squared_lengths(rows);
    let mut chosen = vec![rng.gen_range(0..n)];
    let mut nearest = distances_to(rows, &lengths, &chosen).remove(0);
    while chosen.len() < k {
        let total: f64 = nearest.iter().map(|&squared| f64::from(squared)).sum();
        if total <= 0.0 {
            // Fewer distinct rows than centroids: any row will do.
            chosen.push(chosen.len() % n);
            continue;
        }
        let mut targets: Vec<f64> = (0..n_draws).map(|_| rng.gen_range(0.0..total)).collect();
        targets.sort_by(f64::total_cmp);
        let draws = draw(&nearest, &targets);
        let mut best: Option<(usize, Vec<f32>, f64)> = None;
        for (&row, mut distances) in draws.iter().zip(distances_to(rows, &lengths, &draws)) {
            let mut inertia = 0.0;
            for (distance, &nearest) in distances.iter_mut().zip(&nearest) {
                *distance = distance.min(nearest);
                inertia += f64::from(*distance);
            }
            if best.as_ref().is_none_or(|best| inertia < best.2) {
                best = Some((row, distances, inertia));
            }
        }
        if let Some((row, distances, _)) = best {
            chosen.push(row);
            nearest = distances;
        }
    }
    rows.select(Axis(0), &chosen)
}

/// The rows at which the running sum of `weights` passes each of the rising `targets`.
fn draw(weights: &[f32], targets: &[f64]) -> Vec<usize> {
    let mut draws = Vec::with_capacity(targets.len());
    let mut sum = 0.0;
    let mut last = 0;
    for (row, &weight) in weights.iter().enumerate() {
        if weight > 0.0 {
            last = row;
            sum += f64::from(weight);
            while draws.len() < targets.len() && targets[draws.len()] < sum {
                draws.push(row);
            }
        }
    }
    draws.resize(targets.len(), last);
    draws
}

/// For each of the `chosen` rows, its squared distance to every row.
fn distances_to(rows: ArrayView2<'_, f32>, lengths: &[f32], chosen: &[usize]) -> Vec<Vec<f32>> {
    let points = rows.select(Axis(0), chosen);
    let n = rows.nrows();
    let blocks = map_blocks(n, block_rows(n), |range| {
        let products = rows.slice_axis(Axis(0), Slice::from(range.clone())).dot(&points.t());
        let to_point = |(&point, products): (&usize, ArrayView1<'_, f32>)| -> Vec<f32> {
            let pairs = products.into_iter().zip(range.clone());
            let squared = pairs.map(|(product, row)| {
                // A row's distance to itself is nothing, whatever rounding says.
                let squared = lengths[row] - 2.0 * product + lengths[point];
                if row == point { 0.0 } else { squared.max(0.0) }
            });
            squared.collect()
        };
        chosen.iter().zip(products.columns()).map(to_point).collect::<Vec<_>>()
    });
    let mut distances = vec![Vec::with_capacity(n); chosen.len()];
    for block in blocks {
        for (all, part) in distances.iter_mut().zip(block) {
            all.extend(part);
        }
    }
    distances
}

/// Lloyd's iterations from the given centroids: the centroids at rest and their inertia.
fn lloyd(
    rows: ArrayView2<'_, f32>,
    mut centroids: Array2<f32>,
    tolerance: f64,
) -> (Array2<f32>, f64) {
    let mut labels = vec![u32::MAX; rows.nrows()];
    for _ in 0..MAX_ITERATIONS {
        let found = nearest(rows, centroids.view());
        let unchanged = labels.iter().zip(&found).all(|(&label, found)| label == found.cluster);
        if unchanged {
            return (centroids, inertia(&found));
        }
        for (label, found) in labels.iter_mut().zip(&found) {
            *label = found.cluster;
        }
        let moved = means(rows, &found, centroids.view());
        let shift: f64 = centroids
            .iter()
            .zip(&moved)
            .map(|(from, to)| (f64::from(*to) - f64::from(*from)).powi(2))
            .sum();
        centroids = moved;
        if shift <= tolerance {
            break;
        }
    }
    let found = nearest(rows, centroids.view());
    (centroids, inertia(&found))
}

/// The mean of each cluster's rows. A cluster without rows takes the row that lies farthest from its
/// centroid, among clusters that can spare one; failing that, its old centroid stays.
fn means(rows: ArrayView2<'_, f32>, found: &[Nearest], old: ArrayView2<'_, f32>) -> Array2<f32> {
    let (k, width) = old.dim();
    let parts = map_blocks(rows.nrows(), block_rows(rows.nrows()), |range| {
        let mut sums = vec![0.0_f64; k * width];
        let mut sizes = vec![0_usize; k];
        for (row, found) in rows
            .slice_axis(Axis(0), Slice::from(range.clone()))
            .rows()
            .into_iter()
            .zip(&found[range])
        {
            let cluster = found.cluster as usize;
            sizes[cluster] += 1;
            for (sum, &value) in sums[cluster * width..][..width].iter_mut().zip(row) {
                *sum += f64::from(value);
            }
        }
        (sums, sizes)
    });
    let mut sums = vec![0.0_f64; k * width];
    let mut sizes = vec![0_usize; k];
    for (part, part_sizes) in parts {
        sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        sizes.iter_mut().zip(part_sizes).for_each(|(size, part)| *size += part);
    }
    reseed_empty(rows, found, &mut sums, &mut sizes);
    Array2::from_shape_fn((k, width), |(cluster, column)| match sizes[cluster] {
        0 => old[(cluster, column)],
        size => (sums[cluster * width + column] / size as f64) as f32,
    })
}

fn reseed_empty(
    rows: ArrayView2<'_, f32>,
    found: &[Nearest],
    sums: &mut [f64],
    sizes: &mut [usize],
) {
    if sizes.iter().all(|&size| size > 0) {
        return;
    }
    let width = rows.ncols();
    let mut farthest: Vec<usize> =
        (0..found.len()).filter(|&row| found[row].squared > 0.0).collect();
    farthest.sort_by(|&a, &b| found[b].squared.total_cmp(&found[a].squared).then(a.cmp(&b)));
    let mut farthest = farthest.into_iter();
    for empty in 0..sizes.len() {
        if sizes[empty] > 0 {
            continue;
        }
        let Some(row) = farthest.by_ref().find(|&row| sizes[found[row].cluster as usize] > 1)
        else {
            return;
        };
        let from = found[row].cluster as usize;
        sizes[from] -= 1;
        sizes[empty] = 1;
        for (column, &value) in rows.row(row).iter().enumerate() {
            sums[from * width + column] -= f64::from(value);
            sums[empty * width + column] = f64::from(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` rows around each of `k` far points.
    fn clouds(k: usize, n: usize) -> Array2<f32> {
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
            let centroids = centroids(rows.view(), 6, 3, seed);
            let found = nearest(rows.view(), centroids.view());
            for row in 0..rows.nrows() {
                assert_eq!(found[row].cluster, found[row % 6].cluster, "seed {seed} row {row}");
            }
            assert!(inertia(&found) < 6.0 * 40.0 * 4.0 * 0.4);
        }
    }

    #[test]
    fn centroids_are_means_of_their_rows() {
        let rows = clouds(3, 50);
        let centroids = centroids(rows.view(), 5, 2, 1);
        let found = nearest(rows.view(), centroids.view());
        let moved = means(rows.view(), &found, centroids.view());
        for (a, b) in centroids.iter().zip(&moved) {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }

    #[test]
    fn an_empty_cluster_takes_the_farthest_row() {
        let rows = ndarray::array![[0.0_f32], [1.0], [2.0], [50.0]];
        let far = ndarray::array![[1.0_f32], [1000.0]];
        let (centroids, inertia) = lloyd(rows.view(), far, 0.0);
        assert_eq!(centroids, ndarray::array![[1.0], [50.0]]);
        assert!((inertia - 2.0).abs() < 1e-9);
    }

    #[test]
    fn fewer_distinct_rows_than_centroids_is_no_panic() {
        let rows = Array2::from_elem((5, 3), 0.5_f32);
        let centroids = centroids(rows.view(), 4, 2, 9);
        assert!(centroids.iter().all(|&value| (value - 0.5).abs() < 1e-6));
    }

    #[test]
    fn nearest_of_one_centroid_has_no_second() {
        let found = nearest(ndarray::array![[1.0_f32]].view(), ndarray::array![[3.0_f32]].view());
        assert!((found[0].squared - 4.0).abs() < 1e-6);
        assert!(found[0].second_squared.is_infinite());
    }
}
