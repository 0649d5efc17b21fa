//! How is a sparse matrix multiplied with a dense one? Each output row gathers the rows that it names.

use ndarray::Array2;

use crate::csr::Csr;
use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// Rows of a sparse product that one task computes.
const GATHER_ROWS: usize = 128;

/// `sparse · dense`. Each output row is summed by one task in one order.
pub(crate) fn gather(sparse: &Csr<f32>, dense: &Array2<f32>) -> Array2<f32> {
    let mut product = Array2::zeros((0, 0));
    gather_into(sparse, dense, &mut product);
    product
}

/// As [`gather`], in the memory of an earlier product if it has the right shape.
pub(super) fn gather_into(sparse: &Csr<f32>, dense: &Array2<f32>, product: &mut Array2<f32>) {
    let width = dense.ncols();
    // Without copying, unless the columns lie one after another.
    let dense = dense.as_standard_layout();
    let from = dense.as_slice().unwrap_or_default();
    let sum_rows = narrow(width).unwrap_or(wide_rows);
    if product.dim() != (sparse.n_rows(), width) || !product.is_standard_layout() {
        *product = Array2::zeros((sparse.n_rows(), width));
    }
    let values = product.as_slice_mut().unwrap_or_default();
    fill_rows(values, width, GATHER_ROWS, |first, piece| {
        sum_rows(sparse, first, from, piece);
    });
}

/// Sums up output rows: the sparse matrix, the first row, the rows to add, the sums.
type SumRows = fn(&Csr<f32>, usize, &[f32], &mut [f32]);

/// What sums rows of a width that fits into registers.
fn narrow(width: usize) -> Option<SumRows> {
    macro_rules! narrow {
        ($($width:literal)*) => {
            match width {
                $($width => Some(narrow_rows::<$width>),)*
                _ => None,
            }
        };
    }
    narrow!(2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32)
}

fn narrow_rows<const WIDTH: usize>(
    sparse: &Csr<f32>,
    first: usize,
    from: &[f32],
    sums: &mut [f32],
) {
    let (rows, _) = from.as_chunks::<WIDTH>();
    let (sums, _) = sums.as_chunks_mut::<WIDTH>();
    wide(Narrow { sparse, first, rows, sums });
}

/// Rows of any width.
fn wide_rows(sparse: &Csr<f32>, first: usize, from: &[f32], sums: &mut [f32]) {
    // Nothing to add without columns.
    let Some(width) = from.len().checked_div(sparse.n_cols()) else { return sums.fill(0.0) };
    wide(Wide { sparse, first, width, from, sums });
}

/// Output rows of `WIDTH` numbers, each of which stays in registers until all are added.
struct Narrow<'a, const WIDTH: usize> {
    sparse: &'a Csr<f32>,
    first: usize,
    rows: &'a [[f32; WIDTH]],
    sums: &'a mut [[f32; WIDTH]],
}

impl<const WIDTH: usize> WithSimd for Narrow<'_, WIDTH> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (offset, sum) in self.sums.iter_mut().enumerate() {
            let (columns, values) = self.sparse.row(self.first + offset);
            let mut total = [0.0; WIDTH];
            for (&column, &value) in columns.iter().zip(values) {
                let row = &self.rows[column as usize];
                for i in 0..WIDTH {
                    total[i] += value * row[i];
                }
            }
            *sum = total;
        }
    }
}

/// Output rows of any width; four rows at a time, so that the sum is loaded and stored a quarter
/// as often.
struct Wide<'a> {
    sparse: &'a Csr<f32>,
    first: usize,
    width: usize,
    from: &'a [f32],
    sums: &'a mut [f32],
}

impl WithSimd for Wide<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (from, width) = (self.from, self.width);
        let row = |column: u32| {
            let start = column as usize * width;
            &from[start..start + width]
        };
        for (offset, sum) in self.sums.chunks_exact_mut(width).enumerate() {
            let (columns, values) = self.sparse.row(self.first + offset);
            sum.fill(0.0);
            let (column_groups, value_groups) = (columns.chunks_exact(4), values.chunks_exact(4));
            let rest = column_groups.remainder().iter().zip(value_groups.remainder());
            for (column, value) in column_groups.zip(value_groups) {
                let (a, b, c, d) = (row(column[0]), row(column[1]), row(column[2]), row(column[3]));
                for i in 0..width {
                    sum[i] +=
                        (value[0] * a[i] + value[1] * b[i]) + (value[2] * c[i] + value[3] * d[i]);
                }
            }
            for (&column, &value) in rest {
                for (sum, from) in sum.iter_mut().zip(row(column)) {
                    *sum += value * from;
                }
            }
        }
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
        for width in [0, 1, 3, 8, 15, 16, 17, 20, 33] {
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
