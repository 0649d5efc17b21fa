//! Which centroid is nearest to a row?

use ndarray::ArrayView2;

use super::packed::{Packed, STEP};
use super::rows::{BLOCK, Rows};
use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// For one row: which centroid is nearest, and the squared distances to it and to the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nearest {
    pub(crate) cluster: u32,
    pub(crate) squared: f32,
    /// Infinite if there is one centroid only.
    pub(crate) second_squared: f32,
}

impl Nearest {
    pub(super) const NONE: Self =
        Self { cluster: 0, squared: f32::INFINITY, second_squared: f32::INFINITY };
}

/// The nearest centroid of each row, the first of equals.
pub(crate) fn nearest(rows: ArrayView2<'_, f32>, centroids: ArrayView2<'_, f32>) -> Vec<Nearest> {
    nearest_of(&Rows::new(rows), &Packed::new(&Rows::new(centroids)))
}

/// As [`nearest`], of rows and centroids that are in order.
pub(super) fn nearest_of(rows: &Rows<'_>, centroids: &Packed) -> Vec<Nearest> {
    let mut found = vec![Nearest::NONE; rows.len()];
    fill_rows(&mut found, 1, BLOCK, |first, piece| {
        wide(InBlock { rows, centroids, first, found: piece });
    });
    found
}

impl Packed {
    /// Of `n` of the rows the nearest centroid, handed to `say` in their order.
    ///
    /// Distances are `‖x‖² − 2·x·c + ‖c‖²`. Rows stand side by side, so that the search for the least goes
    /// without a branch.
    #[inline(always)]
    pub(super) fn nearest(
        &self,
        rows: &Rows<'_>,
        n: usize,
        number: impl Fn(usize) -> usize,
        mut say: impl FnMut(usize, Nearest),
    ) {
        let mut products = vec![[0.0; STEP]; self.len()];
        for start in (0..n).step_by(STEP) {
            let n = STEP.min(n - start);
            let number = |place: usize| number(start + place);
            self.products(n, |place| rows.row(number(place)), &mut products);
            let least = self.least(0, &products);
            for place in 0..n {
                say(start + place, least.of_row(place, rows.squared_length(number(place))));
            }
        }
    }

    /// Of some centroids since `from`, by their products.
    #[inline(always)]
    pub(super) fn least(&self, from: usize, products: &[[f32; STEP]]) -> Least {
        let mut first = [f32::INFINITY; STEP];
        let mut second = [f32::INFINITY; STEP];
        let mut cluster = [0; STEP];
        for (number, products) in products.iter().enumerate() {
            let length = self.squared_length(from + number);
            for row in 0..STEP {
                let (value, least) = (length - 2.0 * products[row], first[row]);
                let nearer = value < least;
                second[row] = second[row].min(if nearer { least } else { value });
                first[row] = if nearer { value } else { least };
                cluster[row] = if nearer { number as u32 } else { cluster[row] };
            }
        }
        Least { first, second, cluster }
    }
}

/// Of some rows the least and the second least squared distance, short of their own squared lengths, and which of the
/// centroids is nearest, the first of equals.
pub(super) struct Least {
    first: [f32; STEP],
    second: [f32; STEP],
    pub(super) cluster: [u32; STEP],
}

impl Least {
    /// The nearest of one of the rows, whose squared length is given.
    #[inline(always)]
    pub(super) fn of_row(&self, place: usize, own: f32) -> Nearest {
        // Rounding may leave a little less than nothing.
        Nearest {
            cluster: self.cluster[place],
            squared: (own + self.first[place]).max(0.0),
            second_squared: (own + self.second[place]).max(0.0),
        }
    }
}

/// Rows that follow each other.
struct InBlock<'b> {
    rows: &'b Rows<'b>,
    centroids: &'b Packed,
    first: usize,
    found: &'b mut [Nearest],
}

impl WithSimd for InBlock<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, centroids, first, found } = self;
        let n = found.len();
        centroids.nearest(rows, n, |place| first + place, |place, nearest| found[place] = nearest);
    }
}

/// Sum of squared distances.
pub(crate) fn inertia(nearest: &[Nearest]) -> f64 {
    nearest.iter().map(|nearest| f64::from(nearest.squared)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn nearest_of_one_centroid_has_no_second() {
        let found = nearest(array![[1.0_f32]].view(), array![[3.0_f32]].view());
        assert!((found[0].squared - 4.0).abs() < 1e-6);
        assert!(found[0].second_squared.is_infinite());
    }

    #[test]
    fn the_first_of_equals_is_taken() {
        let rows = array![[0.0_f32, 0.0], [2.0, 0.0], [0.0, 3.0]];
        let centroids = array![[1.0_f32, 0.0], [1.0, 0.0], [0.0, 2.0]];
        let found = nearest(rows.view(), centroids.view());
        let clusters: Vec<u32> = found.iter().map(|found| found.cluster).collect();
        assert_eq!(clusters, [0, 0, 2]);
        assert!((found[0].second_squared - 1.0).abs() < 1e-6);
        assert!((found[2].squared - 1.0).abs() < 1e-6);
    }

    #[test]
    fn it_is_that_of_one_distance_after_another() {
        for (n, k, width) in [(1, 1, 1), (9, 8, 3), (300, 20, 10), (257, 33, 12)] {
            let value = |i: usize, j: usize| ((i * 37 + j * 101 + i * j) % 97) as f32 / 97.0;
            let rows = Array2::from_shape_fn((n, width), |(i, j)| value(i, j));
            let centroids = Array2::from_shape_fn((k, width), |(i, j)| value(i * 3 + 1, j + 5));
            let found = nearest(rows.view(), centroids.view());
            for (row, found) in rows.rows().into_iter().zip(found) {
                let squared = |centroid| (&row - &centroid).mapv(|off: f32| off * off).sum();
                let all: Vec<f32> = centroids.rows().into_iter().map(squared).collect();
                let mut rising = all.clone();
                rising.sort_by(f32::total_cmp);
                assert!((found.squared - rising[0]).abs() < 1e-4);
                assert!((all[found.cluster as usize] - rising[0]).abs() < 1e-4);
                let second = rising.get(1).copied().unwrap_or(f32::INFINITY);
                let off = (found.second_squared - second).abs();
                assert!(second.is_infinite() && found.second_squared.is_infinite() || off < 1e-4);
            }
        }
    }
}
