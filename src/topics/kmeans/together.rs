//! How do several searches among the same rows share their work? Their centroids stand side by side.
//!
//! A row meets 24 centroids in nearly the time of eight ([`packed`](super::packed)), so searches for a few clusters each
//! take their iterations together, as many as fit. They know no bounds, which save little in the first
//! iterations, and find what each would find alone.

use ndarray::Array2;

use super::lloyd::{Follow, Sums};
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
        let Some(first) = moving.first() else { break };
        let (k, width) = first.centroids.dim();
        let values = moving.iter().flat_map(|search| &search.centroids).copied().collect();
        let all = Array2::from_shape_vec((moving.len() * k, width), values).unwrap_or_default();
        let packed = Packed::new(&Rows::new(all.view()));
        let n_searches = moving.len();
        let mut found = vec![0; rows.len() * n_searches];
        fill_rows(&mut found, n_searches, BLOCK, |first, found| {
            wide(NearestOfEach { rows, packed: &packed, n_searches, first, found });
        });
        for (nth, search) in moving.iter_mut().enumerate() {
            let clusters = found.iter().skip(nth).step_by(n_searches).copied();
            search.at_rest = search.follow(rows, clusters, tolerance);
        }
    }
    searches.into_iter().map(|search| search.centroids).collect()
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
struct NearestOfEach<'n> {
    rows: &'n Rows<'n>,
    packed: &'n Packed,
    n_searches: usize,
    first: usize,
    /// Row by row.
    found: &'n mut [u32],
}

impl WithSimd for NearestOfEach<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, packed, n_searches, first, found } = self;
        let k = packed.len() / n_searches;
        let mut products = vec![[0.0; STEP]; packed.len()];
        for (nth, found) in found.chunks_mut(STEP * n_searches).enumerate() {
            let first = first + nth * STEP;
            let n = found.len() / n_searches;
            packed.products(n, |place| rows.row(first + place), &mut products);
            for (search, products) in products.chunks_exact(k).enumerate() {
                let least = packed.least(search * k, products);
                let places = found.iter_mut().skip(search).step_by(n_searches);
                places.zip(&least.cluster).for_each(|(found, &cluster)| *found = cluster);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lloyd::lloyd;
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
            for (start, together) in starts.iter().zip(together) {
                assert_eq!(lloyd(&rows, start.clone(), 0.0, iterations), together);
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
