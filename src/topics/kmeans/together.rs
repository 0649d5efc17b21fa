//! How do several searches among the same rows share their work? Their centroids stand side by side.
//!
//! A row meets 24 centroids in nearly the time of eight ([`packed`](super::packed)), so searches for a few clusters each
//! take their iterations together, as many as fit. They know no bounds, which save little in the first
//! iterations, and find what each would find alone.

use ndarray::Array2;

use super::lloyd::{Follow, Sums};
use super::nearest::{Least, Nearest};
use super::packed::{LANES, Packed, STEP, VECTORS};
use super::rows::{BLOCK, Rows, distance};
use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// How many searches for so many clusters fit.
pub(super) fn n_together(k: usize) -> usize {
    (VECTORS * LANES / k.max(1)).max(1)
}

/// Lloyd's iterations from each of some beginnings, as [`lloyd`](super::lloyd::lloyd).
pub(super) fn lloyd_together(
    rows: &Rows<'_>,
    starts: Vec<Array2<f32>>,
    tolerance: f64,
    iterations: usize,
) -> Vec<Array2<f32>> {
    let mut searches: Vec<Search> =
        starts.into_iter().map(|start| Search::new(start, rows.len())).collect();
    for _ in 0..iterations {
        let mut moving: Vec<&mut Search> =
            searches.iter_mut().filter(|search| !search.at_rest).collect();
        if moving.is_empty() {
            break;
        }
        let centroids: Vec<&Array2<f32>> = moving.iter().map(|search| &search.centroids).collect();
        let n_searches = moving.len();
        let found = nearest_of_each(rows, &centroids, 0, |least, place, _| least.cluster[place]);
        for (nth, search) in moving.iter_mut().enumerate() {
            let clusters = found.iter().skip(nth).step_by(n_searches).copied();
            search.at_rest = search.follow(rows, clusters, tolerance);
        }
    }
    searches.into_iter().map(|search| search.centroids).collect()
}

/// The nearest centroid of each row, for each of some searches.
pub(super) fn nearest_together(rows: &Rows<'_>, searches: &[Array2<f32>]) -> Vec<Vec<Nearest>> {
    let centroids: Vec<&Array2<f32>> = searches.iter().collect();
    let found = nearest_of_each(rows, &centroids, Nearest::NONE, Least::of_row);
    let of_search = |search| found.iter().skip(search).step_by(searches.len()).copied().collect();
    (0..searches.len()).map(of_search).collect()
}

/// Row by row, what `say` says of the nearest among the centroids of each search: from what is the least of some rows,
/// which of them it is, and its squared length.
fn nearest_of_each<T: Copy + Send>(
    rows: &Rows<'_>,
    searches: &[&Array2<f32>],
    nothing: T,
    say: impl Fn(&Least, usize, f32) -> T + Sync,
) -> Vec<T> {
    let n_searches = searches.len();
    let (k, width) = searches.first().map_or((0, 0), |centroids| centroids.dim());
    let values = searches.iter().copied().flatten().copied().collect();
    let all = Array2::from_shape_vec((n_searches * k, width), values).unwrap_or_default();
    let packed = &Packed::new(&Rows::new(all.view()));
    let mut found = vec![nothing; rows.len() * n_searches];
    fill_rows(&mut found, n_searches, BLOCK, |first, found| {
        wide(NearestOfEach { rows, packed, n_searches, first, say: &say, found });
    });
    found
}

struct Search {
    centroids: Array2<f32>,
    labels: Vec<Option<u32>>,
    sums: Sums,
    at_rest: bool,
}

impl Search {
    fn new(centroids: Array2<f32>, n_rows: usize) -> Self {
        let sums = Sums::new(centroids.nrows(), centroids.ncols());
        Self { centroids, labels: vec![None; n_rows], sums, at_rest: false }
    }

    /// Moves the centroids to the means of their rows; whether they are at rest.
    fn follow(
        &mut self,
        rows: &Rows<'_>,
        clusters: impl Iterator<Item = u32>,
        tolerance: f64,
    ) -> bool {
        let Self { centroids, labels, sums, .. } = self;
        if wide(Follow { sums, rows, clusters, labels }) == 0 {
            return true;
        }
        sums.fill_empty(rows, centroids.view(), labels);
        let means = sums.means(centroids.view());
        let (before, after) = (Rows::new(centroids.view()), Rows::new(means.view()));
        let moved = |row| f64::from(distance(before.row(row), after.row(row))).powi(2);
        let shift: f64 = (0..after.len()).map(moved).sum();
        *centroids = means;
        shift <= tolerance
    }
}

/// Of rows that follow each other, the nearest among the centroids of each search.
struct NearestOfEach<'n, T, F> {
    rows: &'n Rows<'n>,
    packed: &'n Packed,
    n_searches: usize,
    first: usize,
    say: F,
    /// Row by row.
    found: &'n mut [T],
}

impl<T, F: Fn(&Least, usize, f32) -> T> WithSimd for NearestOfEach<'_, T, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, packed, n_searches, first, say, found } = self;
        let k = packed.len() / n_searches;
        let mut products = vec![[0.0; STEP]; packed.len()];
        for (nth, found) in found.chunks_mut(STEP * n_searches).enumerate() {
            let first = first + nth * STEP;
            let n = found.len() / n_searches;
            packed.products(n, |place| rows.row(first + place), &mut products);
            let own = rows.squared_lengths(first, n);
            for (search, products) in products.chunks_exact(k).enumerate() {
                let least = packed.least(search * k, products);
                let found = found.iter_mut().skip(search).step_by(n_searches);
                for (place, (found, &own)) in found.zip(own).enumerate() {
                    *found = say(&least, place, own);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lloyd::lloyd;
    use super::super::nearest::nearest_of;
    use super::super::tests::clouds;
    use super::*;
    use ndarray::{Axis, Slice, array};

    #[test]
    fn each_finds_what_it_finds_alone() {
        let rows = clouds(7, 60);
        let starts: Vec<Array2<f32>> = [0, 50, 101]
            .map(|from| rows.slice_axis(Axis(0), Slice::from(from..from + 7)).to_owned())
            .to_vec();
        let rows = Rows::new(rows.view());
        for iterations in [1, 2, 5, 40] {
            let together = lloyd_together(&rows, starts.clone(), 0.0, iterations);
            let nearest = nearest_together(&rows, &together);
            for ((start, together), nearest) in starts.iter().zip(together).zip(nearest) {
                assert_eq!(lloyd(&rows, start.clone(), 0.0, iterations), together);
                let packed = Packed::new(&Rows::new(together.view()));
                assert_eq!(nearest_of(&rows, &packed), nearest);
            }
        }
    }

    #[test]
    fn an_empty_cluster_takes_the_farthest_row() {
        let rows = array![[0.0_f32], [1.0], [2.0], [50.0]];
        let starts = vec![array![[1.0_f32], [1000.0]], array![[1.0_f32], [40.0]]];
        let found = lloyd_together(&Rows::new(rows.view()), starts, 0.0, 300);
        assert_eq!(found, [array![[1.0_f32], [50.0]], array![[1.0], [50.0]]]);
    }
}
