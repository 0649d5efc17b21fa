//! Where does a search for centroids begin?

use ndarray::Array2;
use rand::Rng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::packed::{Packed, STEP};
use super::rows::{BLOCK, Rows};
use crate::parallel::{block_rows, map_each};
use crate::simd::{Simd, WithSimd, wide};

/// Greedy k-means++ (Arthur & Vassilvitskii 2007) for each of several searches: each new centroid is a row drawn
/// with probability proportional to its squared distance from those already chosen; of `2 + ln k` draws the
/// one that lowers the inertia most is taken, as in scikit-learn.
///
/// What the searches draw at a time is multiplied with the rows at once. Cost: per search and centroid, as many
/// products as draws with every row.
pub(super) fn centroids(
    rows: &Rows<'_>,
    k: usize,
    rngs: &mut [Xoshiro256PlusPlus],
) -> Vec<Array2<f32>> {
    let n = rows.len();
    // ln k is about 0.7 · log₂ k.
    let n_draws = 2 + k.max(1).ilog2() as usize * 7 / 10;
    let first = |rng: &mut Xoshiro256PlusPlus| Search::new(n, rng.gen_range(0..n));
    let mut searches: Vec<Search> = rngs.iter_mut().map(first).collect();
    let mut tried = Vec::new();
    take_best(rows, &mut searches, &mut tried);
    for _ in 1..k {
        for (search, rng) in searches.iter_mut().zip(&mut *rngs) {
            search.draw(n_draws, rng);
        }
        take_best(rows, &mut searches, &mut tried);
    }
    let values =
        |search: &Search| search.chosen.iter().flat_map(|&row| rows.row(row)).copied().collect();
    let centroids =
        |search| Array2::from_shape_vec((k, rows.width()), values(search)).unwrap_or_default();
    searches.iter().map(centroids).collect()
}

/// How far rows lie from what a search has chosen.
struct Search {
    chosen: Vec<usize>,
    /// Of which one is chosen next.
    draws: Vec<usize>,
    /// Of each row, the squared distance to the nearest.
    nearest: Vec<f32>,
    /// The sum of these.
    inertia: f64,
}

impl Search {
    fn new(n_rows: usize, first: usize) -> Self {
        let nearest = vec![f32::INFINITY; n_rows];
        Self { chosen: Vec::new(), draws: vec![first], nearest, inertia: f64::INFINITY }
    }

    fn draw(&mut self, n_draws: usize, rng: &mut Xoshiro256PlusPlus) {
        self.draws.clear();
        if self.inertia <= 0.0 {
            // Fewer distinct rows than centroids: any row will do.
            self.chosen.push(self.chosen.len() % self.nearest.len());
            return;
        }
        let mut targets: Vec<f64> =
            (0..n_draws).map(|_| rng.gen_range(0.0..self.inertia)).collect();
        targets.sort_by(f64::total_cmp);
        self.draws = draw(&self.nearest, &targets);
    }
}

/// Takes of what each search has drawn the row by which the inertia is lowest, the first of equals. What the distances
/// would be with each of the draws is `tried`: in each block of rows, draw by draw.
fn take_best(rows: &Rows<'_>, searches: &mut [Search], tried: &mut Vec<f32>) {
    let block = block_rows(rows.len());
    let mut inertias = &try_each(rows, searches, tried, block)[..];
    let n_draws = inertias.len();
    for search in searches {
        let first = n_draws - inertias.len();
        let (here, rest) = inertias.split_at(search.draws.len());
        inertias = rest;
        let least = |best: usize, draw: usize| if here[draw] < here[best] { draw } else { best };
        let Some(best) = (0..here.len()).reduce(least) else { continue };
        let pieces = search.nearest.chunks_mut(block).zip(tried.chunks(block * n_draws));
        for (nearest, tried) in pieces {
            nearest.copy_from_slice(&tried[(first + best) * nearest.len()..][..nearest.len()]);
        }
        search.inertia = here[best];
        search.chosen.push(search.draws[best]);
    }
}

/// The inertia with each of the draws.
fn try_each(rows: &Rows<'_>, searches: &[Search], tried: &mut Vec<f32>, block: usize) -> Vec<f64> {
    let draws: Vec<usize> = searches.iter().flat_map(|search| &search.draws).copied().collect();
    if draws.is_empty() {
        return Vec::new();
    }
    let values: Vec<f32> = draws.iter().flat_map(|&draw| rows.row(draw)).copied().collect();
    let points = Array2::from_shape_vec((draws.len(), rows.width()), values).unwrap_or_default();
    let packed = Packed::new(&Rows::new(points.view()));
    tried.resize(draws.len() * rows.len(), 0.0);
    let pieces = tried.chunks_mut(block * draws.len()).enumerate();
    let blocks = map_each(pieces.collect(), |(number, tried)| {
        wide(Try { rows, packed: &packed, searches, draws: &draws, first: number * block, tried })
    });
    let sum = |draw: usize| blocks.iter().map(|inertias| inertias[draw]).sum();
    (0..draws.len()).map(sum).collect()
}

/// Rows that follow each other, and how near they are with each of some draws.
struct Try<'t> {
    rows: &'t Rows<'t>,
    packed: &'t Packed,
    searches: &'t [Search],
    /// Of all searches.
    draws: &'t [usize],
    first: usize,
    /// Draw by draw.
    tried: &'t mut [f32],
}

impl WithSimd for Try<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<f64> {
        let Self { rows, packed, searches, draws, first, tried } = self;
        let n = tried.len() / draws.len();
        let mut products = vec![[0.0; STEP]; packed.len()];
        for start in (0..n).step_by(STEP) {
            let places = start..n.min(start + STEP);
            packed.products(places.len(), |place| rows.row(first + start + place), &mut products);
            let own = rows.squared_lengths(first + start, places.len());
            let nearest = searches.iter().flat_map(|search| {
                let nearest = &search.nearest[first + places.start..first + places.end];
                search.draws.iter().map(move |_| nearest)
            });
            for (draw, (products, nearest)) in products.iter().zip(nearest).enumerate() {
                let length = packed.squared_length(draw);
                let tried = &mut tried[draw * n..(draw + 1) * n][places.clone()];
                let rows = own.iter().zip(products).zip(nearest);
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
        let mut searches = [3, 5].map(|first| Search::new(rows.len(), first));
        let mut tried = Vec::new();
        let ten = [0, 1, 2, 5, 6, 7, 8, 9, 10, 11];
        // The second has nothing to draw from once.
        let draws = [[&[3][..], &[7, 9]], [&[600, 4, 17], &[]], [&ten, &[650]]];
        for both in draws {
            for (search, draws) in searches.iter_mut().zip(both) {
                search.draws = draws.to_vec();
            }
            take_best(&rows, &mut searches, &mut tried);
            for search in &searches {
                let mut sum = 0.0;
                for (row, &nearest) in search.nearest.iter().enumerate() {
                    let squared = |&other: &usize| {
                        let pairs = rows.row(row).iter().zip(rows.row(other));
                        pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f32>()
                    };
                    let expected = search.chosen.iter().map(squared).fold(f32::INFINITY, f32::min);
                    assert!((nearest - expected).abs() < 0.02, "{nearest} {expected}");
                    sum += f64::from(nearest);
                }
                assert!((search.inertia - sum).abs() < 1e-6 * sum);
            }
        }
        assert_eq!(searches.map(|search| search.chosen.len()), [3, 2]);
    }
}
