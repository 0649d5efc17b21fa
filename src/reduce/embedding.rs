//! Where does each article lie?

// Into the loop that is compiled for wide vectors.
#![allow(clippy::inline_always)]

use ndarray::{Array2, ArrayView1, ArrayView2};

use crate::csr::Csr;
use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// Rows that one task divides.
const TASK_ROWS: usize = 512;

/// Articles as points: coordinates along the directions of an [`Lsa`](crate::Lsa), shape (articles, directions).
///
/// An article none of whose terms are known lies at the origin, and so does one that has nothing in common with the directions.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    pub(super) rows: Array2<f32>,
}

/// Coordinates that together are shorter than what they are of by this factor are rounding.
const ROUNDING: f64 = 1e-4;

impl Embedding {
    /// The coordinates of weighted rows, without those that are rounding: divided by their length they would be a place like any other.
    pub(super) fn of(weights: &Csr<f32>, mut rows: Array2<f32>) -> Self {
        let width = rows.ncols();
        let values = rows.as_slice_mut().unwrap_or_default();
        fill_rows(values, width, TASK_ROWS, |first, rows| {
            wide(Clear { weights, first, rows, width });
        });
        Self { rows }
    }

    /// All coordinates, for ndarray and for the estimators of linfa.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.rows.view()
    }

    /// The coordinates of one article.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: usize) -> ArrayView1<'_, f32> {
        self.rows.row(row)
    }

    /// The array, without copying.
    pub fn into_inner(self) -> Array2<f32> {
        self.rows
    }

    /// How many articles.
    pub fn n_rows(&self) -> usize {
        self.rows.nrows()
    }

    /// How many directions.
    pub fn n_dims(&self) -> usize {
        self.rows.ncols()
    }

    /// The same points moved to distance 1 from the origin, where squared distance is
    /// `2 − 2·cosine`; points at the origin stay.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        let width = self.rows.ncols();
        let values = self.rows.as_slice_mut().unwrap_or_default();
        fill_rows(values, width, TASK_ROWS, |_, rows| wide(Normalize { rows, width }));
        self
    }
}

/// The sum of squares of a row: several sums side by side, in an order that is always the same.
#[inline(always)]
fn squared_length(row: &[f32]) -> f64 {
    let mut sums = [0.0_f64; 8];
    let (eights, rest) = row.as_chunks::<8>();
    for values in eights {
        for (sum, &value) in sums.iter_mut().zip(values) {
            *sum += f64::from(value) * f64::from(value);
        }
    }
    for (sum, &value) in sums.iter_mut().zip(rest) {
        *sum += f64::from(value) * f64::from(value);
    }
    sums.iter().sum()
}

/// Puts rows at the origin that lie there but for rounding.
struct Clear<'a> {
    weights: &'a Csr<f32>,
    /// The number of the first row.
    first: usize,
    rows: &'a mut [f32],
    width: usize,
}

impl WithSimd for Clear<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (at, row) in self.rows.chunks_exact_mut(self.width).enumerate() {
            let whole = squared_length(self.weights.row(self.first + at).1);
            if squared_length(row) < ROUNDING * ROUNDING * whole {
                row.fill(0.0);
            }
        }
    }
}

/// Divides rows by their lengths.
struct Normalize<'a> {
    rows: &'a mut [f32],
    width: usize,
}

impl WithSimd for Normalize<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for row in self.rows.chunks_exact_mut(self.width) {
            let length = squared_length(row).sqrt();
            if length > 0.0 {
                for value in row {
                    *value = (f64::from(*value) / length) as f32;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::arr2;

    use super::*;

    #[test]
    fn what_is_rounding_lies_at_the_origin() {
        let mut weights = Csr::new(2);
        for scale in [1.0_f32, 1.0, 1e-6, 0.0] {
            weights.push_row([(0, 0.6 * scale), (1, 0.8 * scale)]);
        }
        let rows = arr2(&[[2e-4_f32, 0.0], [9e-5, 0.0], [1e-9, 0.0], [0.0, 0.0]]);
        let found = Embedding::of(&weights, rows).into_inner();
        assert_eq!(found, arr2(&[[2e-4, 0.0], [0.0, 0.0], [1e-9, 0.0], [0.0, 0.0]]));
    }
}
