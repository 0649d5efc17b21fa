//! How is a sparse matrix multiplied with a dense one? Each output row gathers the rows that it names.

// Into the loop that is compiled for wide vectors.
#![allow(clippy::inline_always)]

use ndarray::{Array2, ArrayView2};

use crate::csr::Csr;
use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// Rows of a sparse product that one task computes.
const GATHER_ROWS: usize = 128;

/// Of more columns the sums do not stay in registers.
const MOST: usize = 32;

/// So many of them are gathered at a time: their rows, put together, lie in nearer caches, each in one line.
const PANEL: usize = 16;

/// Rows that one task packs.
const PACKED_ROWS: usize = 1024;

/// Columns of a row in one line of the cache. (A row that begins anywhere mostly lies in two.)
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Line([f32; PANEL]);

/// Memory for rows that are put together, to be used again.
#[derive(Default)]
pub(super) struct Packed(Vec<Line>);

/// `sparse · dense`. Each output row is summed by one task in one order.
pub(crate) fn gather(sparse: &Csr<f32>, dense: &Array2<f32>) -> Array2<f32> {
    let mut product = Array2::zeros((0, 0));
    gather_into(sparse, dense.view(), &mut product, &mut Packed::default());
    product
}

/// As [`gather`], in the memory of an earlier product if it has the right shape.
pub(super) fn gather_into(
    sparse: &Csr<f32>,
    dense: ArrayView2<'_, f32>,
    product: &mut Array2<f32>,
    packed: &mut Packed,
) {
    let width = dense.ncols();
    // Without copying, unless the columns lie one after another.
    let dense = dense.as_standard_layout();
    let from = dense.as_slice().unwrap_or_default();
    if product.dim() != (sparse.n_rows(), width) || !product.is_standard_layout() {
        *product = Array2::zeros((sparse.n_rows(), width));
    }
    let sums = product.as_slice_mut().unwrap_or_default();
    let mut start = 0;
    // Rows that are read once are read where they lie, and so are those of few columns.
    if (width > MOST || width == PANEL) && sparse.n_entries() > sparse.n_cols() {
        let Packed(lines) = packed;
        lines.resize(sparse.n_cols(), Line::default());
        while width - start >= PANEL {
            pack(from, width, start, lines);
            fill_rows(sums, width, GATHER_ROWS, |first, sums| {
                wide(GatherLines { sparse, first, lines, sums: &mut sums[start..], step: width });
            });
            start += PANEL;
        }
    }
    for start in (start..width).step_by(MOST) {
        let from = Source { values: &from[start.min(from.len())..], width };
        let sum_rows = of_width(MOST.min(width - start));
        fill_rows(sums, width, GATHER_ROWS, |first, sums| {
            sum_rows(sparse, first, from, &mut sums[start..], width);
        });
    }
}

/// Puts columns of rows together.
fn pack(from: &[f32], width: usize, start: usize, lines: &mut [Line]) {
    fill_rows(lines, 1, PACKED_ROWS, |first, lines| {
        let rows = from[first * width..].chunks_exact(width);
        for (Line(line), row) in lines.iter_mut().zip(rows) {
            line.copy_from_slice(&row[start..start + PANEL]);
        }
    });
}

/// Output rows of one line each, which stays in registers until all are added.
struct GatherLines<'a> {
    sparse: &'a Csr<f32>,
    first: usize,
    lines: &'a [Line],
    sums: &'a mut [f32],
    step: usize,
}

impl WithSimd for GatherLines<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { sparse, first, lines, sums, step } = self;
        for (offset, sum) in sums.chunks_mut(step).enumerate() {
            let (columns, values) = sparse.row(first + offset);
            let mut total = [0.0; PANEL];
            for (&column, &value) in columns.iter().zip(values) {
                let Some(Line(line)) = lines.get(column as usize) else { break };
                add(&mut total, line, value);
            }
            sum[..PANEL].copy_from_slice(&total);
        }
    }
}

/// The rows that are gathered: the first numbers of each so many.
#[derive(Clone, Copy)]
struct Source<'a> {
    values: &'a [f32],
    width: usize,
}

/// Sums up output rows: the sparse matrix, the first row, the rows to add, the sums, and how far a sum is from the next.
type SumRows = fn(&Csr<f32>, usize, Source<'_>, &mut [f32], usize);

/// What sums rows of a width, at most [`MOST`].
fn of_width(width: usize) -> SumRows {
    macro_rules! of_width {
        ($($width:literal)*) => {
            match width {
                $($width => sum_rows::<$width>,)*
                _ => sum_rows::<MOST>,
            }
        };
    }
    of_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31)
}

fn sum_rows<const WIDTH: usize>(
    sparse: &Csr<f32>,
    first: usize,
    from: Source<'_>,
    sums: &mut [f32],
    step: usize,
) {
    wide(Gather::<WIDTH> { sparse, first, from, sums, step });
}

/// Output rows of `WIDTH` numbers, each of which stays in registers until all are added.
struct Gather<'a, const WIDTH: usize> {
    sparse: &'a Csr<f32>,
    first: usize,
    from: Source<'a>,
    sums: &'a mut [f32],
    step: usize,
}

impl<const WIDTH: usize> WithSimd for Gather<'_, WIDTH> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { sparse, first, from, sums, step } = self;
        for (offset, sum) in sums.chunks_mut(step).enumerate() {
            let (columns, values) = sparse.row(first + offset);
            let total = sum_of::<WIDTH>(from, columns, values);
            sum[..WIDTH].copy_from_slice(&total);
        }
    }
}

/// Rows times values, added up.
#[inline(always)]
fn sum_of<const WIDTH: usize>(from: Source<'_>, columns: &[u32], values: &[f32]) -> [f32; WIDTH] {
    let mut total = [0.0; WIDTH];
    let entries = columns.iter().zip(values);
    if from.width == WIDTH {
        let (rows, _) = from.values.as_chunks();
        for (&column, &value) in entries {
            let Some(row) = rows.get(column as usize) else { break };
            add(&mut total, row, value);
        }
    } else {
        for (&column, &value) in entries {
            let row = from.values[column as usize * from.width..].first_chunk();
            let Some(row) = row else { break };
            add(&mut total, row, value);
        }
    }
    total
}

#[inline(always)]
fn add<const WIDTH: usize>(total: &mut [f32; WIDTH], row: &[f32; WIDTH], value: f32) {
    for i in 0..WIDTH {
        total[i] += value * row[i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_gives_the_product() {
        let mut sparse = Csr::new(7);
        sparse.push_row((0..7).map(|column| (column, 1.0 + column as f32)));
        sparse.push_row([]);
        sparse.push_row([(2, -1.0), (5, 0.5)]);
        for width in [0, 1, 3, 8, 15, 16, 17, 20, 33, 64, 77] {
            let dense = Array2::from_shape_fn((7, width), |(i, j)| (i * 5 + j) as f32);
            let product = gather(&sparse, &dense);
            assert_eq!(product.dim(), (3, width));
            for j in 0..width {
                // Whole numbers and halves are exact in any order.
                let first: f32 = (0..7).map(|i| (1.0 + i as f32) * dense[(i, j)]).sum();
                let expected = [first, 0.0, 0.5 * dense[(5, j)] - dense[(2, j)]];
                assert_eq!(product.column(j).to_vec(), expected, "{width} {j}");
            }
        }
    }
}
