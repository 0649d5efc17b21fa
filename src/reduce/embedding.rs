//! Where does each article lie?

// Into the loop that is compiled for wide vectors.
#![allow(clippy::inline_always)]

use ndarray::{Array2, ArrayView1, ArrayView2};

use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// Rows that one task divides.
const TASK_ROWS: usize = 512;

/// Articles as points: coordinates along the directions of an [`Lsa`](crate::Lsa), shape (articles, directions).
///
/// An article none of whose terms are known lies at the origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    pub(super) rows: Array2<f32>,
}

impl Embedding {
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
            // Several sums side by side, in an order that is always the same.
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
            let length = sums.iter().sum::<f64>().sqrt();
            if length > 0.0 {
                for value in row {
                    *value = (f64::from(*value) / length) as f32;
                }
            }
        }
    }
}
