//! What is there to say of each column of a tall matrix? All of them at once, row after row.

// Into the loop that is compiled for wide vectors.
#![allow(clippy::inline_always)]

use ndarray::Array2;

use crate::parallel::{block_rows, fill_rows, map_blocks};
use crate::simd::{Simd, WithSimd, wide};

/// Rows that one task scales.
const SCALED_ROWS: usize = 512;

/// The sum of squares of each column.
pub(super) fn squared_lengths(dense: &Array2<f32>) -> Vec<f64> {
    let sums = blocks(dense, |_, rows, width| wide(Squares { rows, width }));
    add_up(dense.ncols(), sums)
}

/// Rows times weights, added up: one weight for each row.
pub(super) fn weighted_sums(dense: &Array2<f32>, weights: &[f64]) -> Vec<f64> {
    let sums = blocks(dense, |first, rows, width| {
        wide(Weighted { rows, width, weights: &weights[first..] })
    });
    add_up(dense.ncols(), sums)
}

/// The number of largest magnitude in each column, the first of equals; 0 if there is none.
pub(super) fn largest(dense: &Array2<f32>) -> Vec<f32> {
    let mut largest = vec![0.0_f32; dense.ncols()];
    for part in blocks(dense, |_, rows, width| wide(Largest { rows, width })) {
        for (largest, part) in largest.iter_mut().zip(part) {
            if part.abs() > largest.abs() {
                *largest = part;
            }
        }
    }
    largest
}

/// Multiplies each column by a factor.
pub(super) fn scale(dense: &mut Array2<f32>, factors: &[f32]) {
    let values = dense.as_slice_mut().unwrap_or_default();
    fill_rows(values, factors.len(), SCALED_ROWS, |_, rows| wide(Scale { rows, factors }));
}

/// What `work` says of each block of rows: the first of them, their numbers, and how many there are in a row.
fn blocks<T: Send>(
    dense: &Array2<f32>,
    work: impl Fn(usize, &[f32], usize) -> T + Sync + Send,
) -> Vec<T> {
    debug_assert!(dense.is_standard_layout());
    let (n_rows, width) = dense.dim();
    let values = dense.as_slice().unwrap_or_default();
    let n_rows = if width == 0 { 0 } else { n_rows };
    map_blocks(n_rows, block_rows(n_rows), |range| {
        work(range.start, &values[range.start * width..range.end * width], width)
    })
}

fn add_up(width: usize, parts: Vec<Vec<f64>>) -> Vec<f64> {
    let mut sums = vec![0.0; width];
    for part in parts {
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += part;
        }
    }
    sums
}

struct Squares<'a> {
    rows: &'a [f32],
    width: usize,
}

impl WithSimd for Squares<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<f64> {
        let mut sums = vec![0.0; self.width];
        for row in self.rows.chunks_exact(self.width) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum += f64::from(value) * f64::from(value);
            }
        }
        sums
    }
}

struct Weighted<'a> {
    rows: &'a [f32],
    width: usize,
    weights: &'a [f64],
}

impl WithSimd for Weighted<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<f64> {
        let mut sums = vec![0.0; self.width];
        for (row, weight) in self.rows.chunks_exact(self.width).zip(self.weights) {
            for (sum, &value) in sums.iter_mut().zip(row) {
                *sum += weight * f64::from(value);
            }
        }
        sums
    }
}

struct Largest<'a> {
    rows: &'a [f32],
    width: usize,
}

impl WithSimd for Largest<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<f32> {
        let mut largest = vec![0.0_f32; self.width];
        for row in self.rows.chunks_exact(self.width) {
            for (largest, &value) in largest.iter_mut().zip(row) {
                *largest = if value.abs() > largest.abs() { value } else { *largest };
            }
        }
        largest
    }
}

struct Scale<'a> {
    rows: &'a mut [f32],
    factors: &'a [f32],
}

impl WithSimd for Scale<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for row in self.rows.chunks_exact_mut(self.factors.len()) {
            for (value, factor) in row.iter_mut().zip(self.factors) {
                *value *= factor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_several_blocks_are_summed_up() {
        for (n_rows, width) in [(0, 3), (4, 0), (5, 1), (1_300, 19)] {
            // Whole numbers, so that sums are exact in any order.
            let number = |i: usize, j: usize| ((i * 3 + j * 5) % 11) as f32 - 5.0;
            let mut dense = Array2::from_shape_fn((n_rows, width), |(i, j)| number(i, j));
            let sums = |of: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
                let column = |j| (0..n_rows).map(|i| of(i, f64::from(number(i, j)))).sum();
                (0..width).map(column).collect()
            };
            assert_eq!(squared_lengths(&dense), sums(&|_, value| value * value));
            let weights: Vec<f64> = (0..n_rows).map(|i| (i % 4) as f64).collect();
            assert_eq!(weighted_sums(&dense, &weights), sums(&|i, value| value * weights[i]));
            let factors: Vec<f32> = (0..width).map(|j| j as f32 - 2.0).collect();
            scale(&mut dense, &factors);
            let scaled = |(i, j)| number(i, j) * factors[j];
            assert_eq!(dense, Array2::from_shape_fn((n_rows, width), scaled));
        }
    }

    #[test]
    fn the_first_of_the_largest_counts() {
        let mut dense = Array2::zeros((1_200, 3));
        for (row, column, value) in [(3, 0, -2.0), (1_100, 0, 2.0), (5, 1, 1.0), (1_199, 1, -3.0)] {
            dense[(row, column)] = value;
        }
        assert_eq!(largest(&dense), [-2.0, -3.0, 0.0]);
    }
}
