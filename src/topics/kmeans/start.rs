//! Where does a search for centroids begin?

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};
use rand::Rng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::nearest::squared_lengths;
use crate::parallel::{block_rows, map_blocks};

/// Greedy k-means++ (Arthur & Vassilvitskii 2007): each new centroid is a row drawn with probability
/// proportional to its squared distance from those already chosen; of `2 + ln k` draws the one that
/// lowers the inertia most is taken, as in scikit-learn.
pub(super) fn centroids(
    rows: ArrayView2<'_, f32>,
    k: usize,
    rng: &mut Xoshiro256PlusPlus,
) -> Array2<f32> {
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
