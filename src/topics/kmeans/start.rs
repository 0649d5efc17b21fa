//! Where does a search for centroids begin?

use ndarray::Array2;
use rand::Rng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::packed::{Packed, STEP};
use super::rows::{BLOCK, Rows};
use crate::parallel::{block_rows, map_each};
use crate::simd::{Simd, WithSimd, wide};

/// Greedy k-means++ (Arthur & Vassilvitskii 2007): each new centroid is a row drawn with probability
/// proportional to its squared distance from those already chosen; of `2 + ln k` draws the one that
/// lowers the inertia most is taken, as in scikit-learn.
///
/// Cost: per centroid, as many products as draws with every row.
pub(super) fn centroids(rows: &Rows<'_>, k: usize, rng: &mut Xoshiro256PlusPlus) -> Array2<f32> {
    let n = rows.len();
    // ln k is about 0.7 · log₂ k.
    let n_draws = 2 + k.max(1).ilog2() as usize * 7 / 10;
    let mut chosen = vec![rng.gen_range(0..n)];
    let mut search = Search::new(rows);
    search.take_best_of(&chosen);
    while chosen.len() < k {
        if search.inertia <= 0.0 {
            // Fewer distinct rows than centroids: any row will do.
            chosen.push(chosen.len() % n);
            continue;
        }
        let mut targets: Vec<f64> =
            (0..n_draws).map(|_| rng.gen_range(0.0..search.inertia)).collect();
        targets.sort_by(f64::total_cmp);
        let draws = draw(&search.nearest, &targets);
        chosen.push(search.take_best_of(&draws));
    }
    let values = chosen.iter().flat_map(|&row| rows.row(row));
    Array2::from_shape_vec((k, rows.width()), values.copied().collect()).unwrap_or_default()
}

/// How far rows lie from what is chosen.
struct Search<'s> {
    rows: &'s Rows<'s>,
    /// Of each row, the squared distance to the nearest.
    nearest: Vec<f32>,
    /// The sum of these.
    inertia: f64,
    /// What they would be with each of some draws: in each block of rows, draw by draw.
    tried: Vec<f32>,
}

impl<'s> Search<'s> {
    fn new(rows: &'s Rows<'s>) -> Self {
        let nearest = vec![f32::INFINITY; rows.len()];
        Self { rows, nearest, inertia: f64::INFINITY, tried: Vec::new() }
    }

    /// Takes the row by which the inertia is lowest, the first of equals; which it is.
    fn take_best_of(&mut self, draws: &[usize]) -> usize {
        let block = block_rows(self.rows.len());
        let inertias = self.try_each(draws, block);
        let mut best = 0;
        for (draw, inertia) in inertias.iter().enumerate() {
            if *inertia < inertias[best] {
                best = draw;
            }
        }
        let tried = self.tried.chunks(block * draws.len());
        for (nearest, tried) in self.nearest.chunks_mut(block).zip(tried) {
            nearest.copy_from_slice(&tried[best * nearest.len()..][..nearest.len()]);
        }
        self.inertia = inertias[best];
        draws[best]
    }

    /// The inertia with each of the draws.
    fn try_each(&mut self, draws: &[usize], block: usize) -> Vec<f64> {
        let width = self.rows.width();
        let values: Vec<f32> =
            draws.iter().flat_map(|&draw| self.rows.row(draw)).copied().collect();
        let points = Array2::from_shape_vec((draws.len(), width), values).unwrap_or_default();
        let packed = Packed::new(&Rows::new(points.view()));
        self.tried.resize(draws.len() * self.rows.len(), 0.0);
        let tried = self.tried.chunks_mut(block * draws.len());
        let pieces = tried.zip(self.nearest.chunks(block)).enumerate();
        let blocks = map_each(pieces.collect(), |(number, (tried, nearest))| {
            let first = number * block;
            wide(Try { rows: self.rows, packed: &packed, draws, first, nearest, tried })
        });
        let sum = |draw: usize| blocks.iter().map(|inertias| inertias[draw]).sum();
        (0..draws.len()).map(sum).collect()
    }
}

/// Rows that follow each other, and how near they are with each of some draws.
struct Try<'t> {
    rows: &'t Rows<'t>,
    packed: &'t Packed,
    draws: &'t [usize],
    first: usize,
    nearest: &'t [f32],
    /// Draw by draw.
    tried: &'t mut [f32],
}

impl WithSimd for Try<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<f64> {
        let Self { rows, packed, draws, first, nearest, tried } = self;
        let n = nearest.len();
        let mut products = vec![[0.0; STEP]; packed.len()];
        for start in (0..n).step_by(STEP) {
            let places = start..n.min(start + STEP);
            packed.products(places.len(), |place| rows.row(first + start + place), &mut products);
            for (draw, products) in products.iter().enumerate() {
                let length = packed.squared_length(draw);
                let tried = &mut tried[draw * n..(draw + 1) * n][places.clone()];
                let own = rows.squared_lengths(first + start, places.len());
                let rows = own.iter().zip(products).zip(&nearest[places.clone()]);
                for (tried, ((own, product), &nearest)) in tried.iter_mut().zip(rows) {
                    *tried = (own - 2.0 * product + length).max(0.0).min(nearest);
                }
            }
        }
        let inertia = |(&draw, tried): (&usize, &mut [f32])| {
            // A row's distance to itself is nothing, whatever rounding says.
            if let Some(own) = draw.checked_sub(first).and_then(|place| tried.get_mut(place)) {
                *own = 0.0;
            }
            sum(tried)
        };
        draws.iter().zip(tried.chunks_exact_mut(n)).map(inertia).collect()
    }
}

/// Summed side by side.
#[inline(always)]
fn sum(values: &[f32]) -> f64 {
    const LANES: usize = 8;
    let (eights, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0_f64; LANES];
    for eight in eights {
        for lane in 0..LANES {
            sums[lane] += f64::from(eight[lane]);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|&value| f64::from(value)).sum::<f64>()
}

/// The rows at which the running sum of `weights` passes each of the rising `targets`.
fn draw(weights: &[f32], targets: &[f64]) -> Vec<usize> {
    let mut draws = Vec::with_capacity(targets.len());
    let mut before = 0.0;
    for (number, weights) in weights.chunks(BLOCK).enumerate() {
        let after = before + sum(weights);
        // One after another only where something is drawn.
        let mut sum = before;
        if targets.get(draws.len()).is_some_and(|&target| target < after) {
            for (place, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0)
            {
                sum += f64::from(weight);
                while targets.get(draws.len()).is_some_and(|&target| target < sum) {
                    draws.push(number * BLOCK + place);
                }
            }
        }
        before = after;
    }
    let last = || weights.iter().rposition(|&weight| weight > 0.0).unwrap_or(0);
    draws.resize_with(targets.len(), last);
    draws
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_where_the_running_sum_passes() {
        let weights: Vec<f32> = (0..1000).map(|row| (row % 3) as f32).collect();
        let targets = [0.0, 0.5, 1.0, 2.9, 3.0, 511.5, 998.5, 998.9, 999.0, 2000.0];
        // Rows 1 and 2 of each three pass 1 and 3 more.
        assert_eq!(draw(&weights, &targets), [1, 1, 2, 2, 4, 512, 998, 998, 998, 998]);
    }

    #[test]
    fn the_nearest_are_those_of_what_was_taken() {
        let rows = super::super::tests::clouds(5, 131);
        let rows = Rows::new(rows.view());
        let mut search = Search::new(&rows);
        let mut taken = Vec::new();
        for draws in [&[3][..], &[600, 4, 17], &[0, 1, 2, 5, 6, 7, 8, 9, 10, 11]] {
            taken.push(search.take_best_of(draws));
            let mut sum = 0.0;
            for (row, &nearest) in search.nearest.iter().enumerate() {
                let squared = |&other: &usize| {
                    let pairs = rows.row(row).iter().zip(rows.row(other));
                    pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f32>()
                };
                let expected = taken.iter().map(squared).fold(f32::INFINITY, f32::min);
                assert!((nearest - expected).abs() < 0.02, "{nearest} {expected}");
                sum += f64::from(nearest);
            }
            assert!((search.inertia - sum).abs() < 1e-6 * sum);
        }
    }
}
