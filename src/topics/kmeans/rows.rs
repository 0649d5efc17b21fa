//! What has to be known of the rows before the first iteration? Where each lies, and how long it is.

use std::borrow::Cow;

use ndarray::ArrayView2;

use crate::parallel::fill_rows;
use crate::simd::wide;

/// Rows that one task looks at.
pub(super) const BLOCK: usize = 256;

/// Rows one after another, with their squared lengths.
pub(super) struct Rows<'r> {
    values: Cow<'r, [f32]>,
    width: usize,
    squared_lengths: Vec<f32>,
}

impl<'r> Rows<'r> {
    /// Without copying, unless they lie in another order.
    pub(super) fn new(rows: ArrayView2<'r, f32>) -> Self {
        let (n, width) = rows.dim();
        let values = match rows.to_slice() {
            Some(values) => Cow::Borrowed(values),
            None => Cow::Owned(rows.iter().copied().collect()),
        };
        let mut squared_lengths = vec![0.0; n];
        fill_rows(&mut squared_lengths, 1, BLOCK, |first, piece| {
            wide(|| {
                for (row, length) in (first..).zip(piece) {
                    *length = squared_length(&values[row * width..(row + 1) * width]);
                }
            });
        });
        Self { values, width, squared_lengths }
    }

    pub(super) fn len(&self) -> usize {
        self.squared_lengths.len()
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// Of `n` rows from one on.
    #[inline(always)]
    pub(super) fn squared_lengths(&self, first: usize, n: usize) -> &[f32] {
        &self.squared_lengths[first..first + n]
    }

    #[inline(always)]
    pub(super) fn squared_length(&self, row: usize) -> f32 {
        self.squared_lengths[row]
    }
}

#[inline(always)]
fn squared_length(row: &[f32]) -> f32 {
    sum(row, row, |a, _| a * a)
}

#[inline(always)]
pub(super) fn distance(a: &[f32], b: &[f32]) -> f32 {
    sum(a, b, |a, b| (a - b) * (a - b)).sqrt()
}

/// Summed side by side, which a sum in one order is not.
#[inline(always)]
fn sum(a: &[f32], b: &[f32], of: impl Fn(f32, f32) -> f32) -> f32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.iter().zip(b) {
        for i in 0..8 {
            sums[i] += of(a[i], b[i]);
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(&a, &b)| of(a, b)).sum();
    sums.iter().sum::<f32>() + rest
}
