//! What has to be known of the rows before the first iteration? Where each lies, and how long it is.

use std::borrow::Cow;

use ndarray::ArrayView2;

use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

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
        let values = values_of(rows);
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

fn values_of(rows: ArrayView2<'_, f32>) -> Cow<'_, [f32]> {
    match rows.to_slice() {
        Some(values) => Cow::Borrowed(values),
        None => Cow::Owned(rows.iter().copied().collect()),
    }
}

/// The products of some rows with one more.
pub(crate) fn products(rows: ArrayView2<'_, f32>, which: &[u32], with: &[f32]) -> Vec<f32> {
    let (values, mut products) = (values_of(rows), vec![0.0; which.len()]);
    fill_rows(&mut products, 1, BLOCK, |first, products| {
        wide(Products { values: &values, which: &which[first..], with, found: products });
    });
    products
}

/// Of as many rows as there are products.
struct Products<'a> {
    values: &'a [f32],
    which: &'a [u32],
    with: &'a [f32],
    found: &'a mut [f32],
}

impl WithSimd for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { values, which, with, found } = self;
        for (product, &row) in found.iter_mut().zip(which) {
            let row = &values[row as usize * with.len()..][..with.len()];
            *product = sum(row, with, |a, b| a * b);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn products_are_those_of_the_rows_that_are_named() {
        for width in [0, 1, 8, 19] {
            // Whole numbers are exact in any order.
            let rows = Array2::from_shape_fn((600, width), |(i, j)| ((i * 3 + j) % 7) as f32 - 3.0);
            let with: Vec<f32> = (0..width).map(|j| j as f32 - 4.0).collect();
            let which: Vec<u32> = (0..600).rev().step_by(2).collect();
            let expected: Vec<f32> = which
                .iter()
                .map(|&row| rows.row(row as usize).iter().zip(&with).map(|(a, b)| a * b).sum())
                .collect();
            assert_eq!(products(rows.view(), &which, &with), expected);
        }
    }
}
