//! How are tall matrices of few columns multiplied? Without packing: a few rows at a time fit the cache as they lie,
//! and a tile of the product stays in registers.
//!
//! Products are summed in `f32` over a few hundred rows at most and in `f64` beyond, block by block in
//! their order.

// Into the loop that is compiled for wide vectors.
#![allow(clippy::inline_always)]

use ndarray::{Array2, ArrayView2};

use crate::parallel::{block_rows, fill_rows, map_blocks};
use crate::simd::{Simd, WithSimd, wide};

/// Numbers of the matrix on the right whose products are summed in `f32`: a half of the fastest cache.
const CACHED: usize = 4096;

/// Rows of a product that one task computes.
const TASK_ROWS: usize = 256;

/// Rows of a product that are computed from the same columns of the small matrix.
const TILED_ROWS: usize = 32;

/// A tile of this many rows and columns fits the 16 registers of AVX2, with room for what it is made of.
const TILE: (usize, usize) = (4, 16);

/// `leftᵀ · right`, where the columns on the left come in blocks.
pub(super) fn inner(left: &[ArrayView2<'_, f32>], right: &Array2<f32>) -> Array2<f64> {
    let blocks: Vec<Rows<'_>> = left.iter().map(|&block| Rows::of(block)).collect();
    let height = blocks.iter().map(|block| block.width).sum();
    sum_of_products(&blocks, Rows::of(right.view()), height, false)
}

/// `denseᵀ · dense`.
pub(super) fn gram(dense: &Array2<f32>) -> Array2<f64> {
    let rows = Rows::of(dense.view());
    let mut squares = sum_of_products(&[rows], rows, rows.width, true);
    for i in 0..rows.width {
        for j in 0..i {
            squares[(i, j)] = squares[(j, i)];
        }
    }
    squares
}

/// `dense − left · small`, in place, where the columns on the left come in blocks.
pub(super) fn subtract_product(
    dense: &mut Array2<f32>,
    left: &[ArrayView2<'_, f32>],
    small: &Array2<f64>,
) {
    let small = Panels::of(&-small);
    let width = dense.ncols();
    let blocks: Vec<Rows<'_>> = left.iter().map(|&block| Rows::of(block)).collect();
    let values = dense.as_slice_mut().unwrap_or_default();
    fill_rows(values, width, TASK_ROWS, |first, piece| {
        small.multiply(&blocks, first, false, piece);
    });
}

/// `dense · small`, where the columns of the tall matrix come in blocks; the small one is rounded to `f32`
/// once.
pub(super) fn times_small(dense: &[ArrayView2<'_, f32>], small: &Array2<f64>) -> Array2<f32> {
    let n_rows = dense.first().map_or(0, ArrayView2::nrows);
    let mut product = Array2::zeros((n_rows, small.ncols()));
    let blocks: Vec<Rows<'_>> = dense.iter().map(|&block| Rows::of(block)).collect();
    let small = Panels::of(small);
    let values = product.as_slice_mut().unwrap_or_default();
    fill_rows(values, small.width, TASK_ROWS, |first, piece| {
        small.multiply(&blocks, first, true, piece);
    });
    product
}

/// `dense · small` for a square small matrix, in the memory of `dense`.
pub(super) fn rotate(dense: &mut Array2<f32>, small: &Array2<f64>) {
    let small = Panels::of(small);
    let values = dense.as_slice_mut().unwrap_or_default();
    fill_rows(values, small.width, TASK_ROWS, |_, piece| {
        let before = piece.to_vec();
        small.multiply(&[Rows { values: &before, width: small.width }], 0, true, piece);
    });
}

/// A tall matrix, row after row.
#[derive(Clone, Copy)]
struct Rows<'a> {
    values: &'a [f32],
    width: usize,
}

impl<'a> Rows<'a> {
    /// Of an array in standard layout.
    fn of(dense: ArrayView2<'a, f32>) -> Self {
        debug_assert!(dense.is_standard_layout());
        Self { values: dense.to_slice().unwrap_or_default(), width: dense.ncols() }
    }

    #[inline(always)]
    fn part(self, start: usize, end: usize) -> Self {
        Self { values: &self.values[start * self.width..end * self.width], width: self.width }
    }
}

/// `leftᵀ · right`, of which only the upper half is needed if it is symmetric.
fn sum_of_products(
    left: &[Rows<'_>],
    right: Rows<'_>,
    height: usize,
    symmetric: bool,
) -> Array2<f64> {
    let (width, mut sum) = (right.width, Array2::zeros((height, right.width)));
    if width == 0 {
        return sum;
    }
    let n_rows = right.values.len() / width;
    let step = (CACHED / width).max(8);
    let parts = map_blocks(n_rows, block_rows(n_rows), |range| {
        let mut sums = vec![0.0; height * width];
        let mut products = vec![0.0_f32; height * width];
        for start in range.clone().step_by(step) {
            let end = (start + step).min(range.end);
            let mut rest = &mut products[..];
            for block in left {
                let (product, others) = rest.split_at_mut(block.width * width);
                let (left, right) = (block.part(start, end), right.part(start, end));
                wide(Tiles { left, right, symmetric, product });
                rest = others;
            }
            for (sum, &product) in sums.iter_mut().zip(&products) {
                *sum += f64::from(product);
            }
        }
        sums
    });
    let sums = sum.as_slice_mut().unwrap_or_default();
    for part in parts {
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += part;
        }
    }
    sum
}

/// `leftᵀ · right` of a few rows, tile by tile.
struct Tiles<'a> {
    left: Rows<'a>,
    right: Rows<'a>,
    symmetric: bool,
    product: &'a mut [f32],
}

impl WithSimd for Tiles<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        const HEIGHT: usize = TILE.0;
        const WIDTH: usize = TILE.1;
        let mut j = 0;
        while j < self.right.width {
            let wide = panel(self.right.width - j);
            let mut i = 0;
            while i < self.left.width && !(self.symmetric && i >= j + wide) {
                let high = if self.left.width - i >= HEIGHT { HEIGHT } else { 1 };
                match (high, wide) {
                    (HEIGHT, WIDTH) => self.add_tile::<HEIGHT, WIDTH>(i, j),
                    (HEIGHT, 8) => self.add_tile::<HEIGHT, 8>(i, j),
                    (HEIGHT, _) => self.add_tile::<HEIGHT, 1>(i, j),
                    (_, WIDTH) => self.add_tile::<1, WIDTH>(i, j),
                    (_, 8) => self.add_tile::<1, 8>(i, j),
                    _ => self.add_tile::<1, 1>(i, j),
                }
                i += high;
            }
            j += wide;
        }
    }
}

impl Tiles<'_> {
    /// Of the columns since `i` on the left and since `j` on the right.
    #[inline(always)]
    fn add_tile<const HEIGHT: usize, const WIDTH: usize>(&mut self, i: usize, j: usize) {
        let mut tile = [[0.0_f32; WIDTH]; HEIGHT];
        let left = self.left.values.chunks_exact(self.left.width);
        let right = self.right.values.chunks_exact(self.right.width);
        for (left, right) in left.zip(right) {
            let (Some(left), Some(right)) =
                (left[i..].first_chunk::<HEIGHT>(), right[j..].first_chunk::<WIDTH>())
            else {
                return;
            };
            for a in 0..HEIGHT {
                for b in 0..WIDTH {
                    tile[a][b] += left[a] * right[b];
                }
            }
        }
        for (a, tile) in tile.iter().enumerate() {
            let start = (i + a) * self.right.width + j;
            self.product[start..start + WIDTH].copy_from_slice(tile);
        }
    }
}

/// A small matrix in `f32`, cut into panels of a few columns, each row after row.
struct Panels {
    values: Vec<f32>,
    height: usize,
    width: usize,
}

impl Panels {
    fn of(small: &Array2<f64>) -> Self {
        let (height, width) = small.dim();
        let mut values = Vec::with_capacity(height * width);
        let mut j = 0;
        while j < width {
            let wide = panel(width - j);
            for row in small.rows() {
                values.extend(row.iter().skip(j).take(wide).map(|&value| value as f32));
            }
            j += wide;
        }
        Self { values, height, width }
    }

    /// Adds the product of the rows since `first` with the small matrix to `sums`, or puts it there. (Fresh memory is not
    /// read: the system would hand out its pages twice.)
    fn multiply(&self, blocks: &[Rows<'_>], first: usize, fresh: bool, sums: &mut [f32]) {
        for (nth, sums) in sums.chunks_mut(TILED_ROWS * self.width).enumerate() {
            let first = first + nth * TILED_ROWS;
            let (mut j, mut panels) = (0, &self.values[..]);
            while j < self.width {
                let wide_panel = panel(self.width - j);
                let (panel, rest) = panels.split_at(self.height * wide_panel);
                let sums = &mut sums[j..];
                wide(AddRows {
                    blocks,
                    first,
                    panel,
                    panel_width: wide_panel,
                    fresh,
                    sums,
                    width: self.width,
                });
                (j, panels) = (j + wide_panel, rest);
            }
        }
    }
}

/// How many columns a tile has where so many are left.
#[inline(always)]
fn panel(left: usize) -> usize {
    if left >= TILE.1 {
        TILE.1
    } else if left >= 8 {
        8
    } else {
        1
    }
}

/// Adds the product of a few rows with a panel.
struct AddRows<'a> {
    blocks: &'a [Rows<'a>],
    /// The first of the rows.
    first: usize,
    panel: &'a [f32],
    panel_width: usize,
    /// Whether there is nothing to add to.
    fresh: bool,
    /// From the first of the sums to the last.
    sums: &'a mut [f32],
    /// How far a sum is from that in the next row.
    width: usize,
}

impl WithSimd for AddRows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        const HEIGHT: usize = TILE.0;
        const WIDTH: usize = TILE.1;
        let n_rows = self.sums.len().div_ceil(self.width);
        let mut i = 0;
        while i < n_rows {
            let high = if n_rows - i >= HEIGHT { HEIGHT } else { 1 };
            match (high, self.panel_width) {
                (HEIGHT, WIDTH) => self.add_tile::<HEIGHT, WIDTH>(i),
                (HEIGHT, 8) => self.add_tile::<HEIGHT, 8>(i),
                (HEIGHT, _) => self.add_tile::<HEIGHT, 1>(i),
                (_, WIDTH) => self.add_tile::<1, WIDTH>(i),
                (_, 8) => self.add_tile::<1, 8>(i),
                _ => self.add_tile::<1, 1>(i),
            }
            i += high;
        }
    }
}

impl AddRows<'_> {
    /// Of the rows since `i` of those at hand.
    #[inline(always)]
    fn add_tile<const HEIGHT: usize, const WIDTH: usize>(&mut self, i: usize) {
        let mut tile = [[0.0_f32; WIDTH]; HEIGHT];
        let place = |a: usize| (i + a) * self.width..(i + a) * self.width + WIDTH;
        if !self.fresh {
            for (a, tile) in tile.iter_mut().enumerate() {
                tile.copy_from_slice(&self.sums[place(a)]);
            }
        }
        let (mut panel, _) = self.panel.as_chunks::<WIDTH>();
        for block in self.blocks {
            let (here, rest) = panel.split_at(block.width);
            let rows = block.part(self.first + i, self.first + i + HEIGHT).values;
            let rows: [&[f32]; HEIGHT] =
                std::array::from_fn(|a| &rows[a * block.width..][..block.width]);
            // Four at a time, so that the loop itself costs little.
            let (fours, others) = here.as_chunks::<4>();
            let mut k = 0;
            for four in fours {
                for (nth, small) in four.iter().enumerate() {
                    add_column(&mut tile, &rows, k + nth, small);
                }
                k += 4;
            }
            for (nth, small) in others.iter().enumerate() {
                add_column(&mut tile, &rows, k + nth, small);
            }
            panel = rest;
        }
        for (a, tile) in tile.iter().enumerate() {
            self.sums[place(a)].copy_from_slice(tile);
        }
    }
}

/// Adds a column of some rows times a row of the panel.
#[inline(always)]
fn add_column<const HEIGHT: usize, const WIDTH: usize>(
    tile: &mut [[f32; WIDTH]; HEIGHT],
    rows: &[&[f32]; HEIGHT],
    column: usize,
    small: &[f32; WIDTH],
) {
    for a in 0..HEIGHT {
        let value = rows[a][column];
        for b in 0..WIDTH {
            tile[a][b] += value * small[b];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers, so that sums are exact in any order.
    fn numbers(n_rows: usize, width: usize, step: usize) -> Array2<f32> {
        Array2::from_shape_fn((n_rows, width), |(i, j)| ((i * step + j * 5) % 7) as f32 - 3.0)
    }

    fn wider(dense: &Array2<f32>) -> Array2<f64> {
        dense.mapv(f64::from)
    }

    #[test]
    fn products_of_every_width_are_right() {
        for n_rows in [0, 1, 3, 35, 600] {
            for width in [0, 1, 7, 8, 13, 16, 29, 130] {
                let dense = numbers(n_rows, width, 3);
                assert_eq!(gram(&dense), wider(&dense).t().dot(&wider(&dense)));
                let blocks = [numbers(n_rows, 16, 2), numbers(n_rows, 5, 11)];
                let left = ndarray::concatenate![ndarray::Axis(1), blocks[0], blocks[1]];
                let views = [blocks[0].view(), blocks[1].view()];
                assert_eq!(inner(&views, &dense), wider(&left).t().dot(&wider(&dense)));
                let small = numbers(21, width, 4);
                assert_eq!(times_small(&views, &wider(&small)), left.dot(&small));
                let mut rest = dense.clone();
                subtract_product(&mut rest, &views, &wider(&small));
                assert_eq!(rest, &dense - &left.dot(&small));
                let square = numbers(width, width, 6);
                let mut rotated = dense.clone();
                rotate(&mut rotated, &wider(&square));
                assert_eq!(rotated, dense.dot(&square));
            }
        }
    }
}
