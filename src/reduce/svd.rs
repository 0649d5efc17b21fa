//! How are the strongest directions of sparse rows found without making them dense?
//!
//! Halko, Martinsson & Tropp (2011), "Finding structure with randomness", algorithms 4.4 and 5.1:
//! multiply the matrix with a few random columns, sharpen by power iterations, and solve the small
//! dense problem that is left.

use linfa_linalg::cholesky::Cholesky as _;
use linfa_linalg::eigh::Eigh as _;
use linfa_linalg::triangular::{SolveTriangular as _, UPLO};
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};
use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::{block_rows, fill_rows, map_blocks};

/// Rows of a sparse product that one task computes.
const GATHER_ROWS: usize = 128;

/// Rows of a dense product that are multiplied at once; 256 × 120 numbers stay in the cache.
const DENSE_ROWS: usize = 256;

/// Directions weaker than the strongest by this factor are rounding noise of `f32`.
const NOISE: f64 = 1e-5;

/// What is kept of a decomposition `rows ≈ left · diag(singular) · rightᵀ`.
pub(super) struct Svd {
    /// Falling, all above 0.
    pub(super) singular: Vec<f64>,
    /// Orthonormal columns, shape (`n_cols`, rank).
    pub(super) right: Array2<f32>,
}

/// What to ask of [`truncated_svd`].
pub(super) struct Wanted {
    pub(super) dims: usize,
    pub(super) oversampling: usize,
    pub(super) power_iterations: usize,
    pub(super) seed: u64,
}

/// The strongest directions of `rows`, at most `wanted.dims` of them.
///
/// Cost: `2 · power_iterations + 2` passes over the entries times `dims + oversampling`, and dense
/// products of the smaller side. The matrix is transposed once, so that both `A·X` and `Aᵀ·X` gather
/// rows and each output row is summed by one task in one order.
pub(super) fn truncated_svd(rows: &Csr<f32>, wanted: &Wanted) -> Result<Svd> {
    let columns = rows.transposed();
    // Iterate on the shorter side: the dense work there is linear in its length.
    let rows_are_fewer = rows.n_rows() <= rows.n_cols();
    let (short, long) = if rows_are_fewer { (rows, &columns) } else { (&columns, rows) };
    let width = (wanted.dims.saturating_add(wanted.oversampling)).min(short.n_rows());
    if width == 0 || rows.n_entries() == 0 {
        return Err(nothing_to_keep());
    }

    let mut basis = gather(short, &random_columns(short.n_cols(), width, wanted.seed));
    basis = orthonormal(&basis)?;
    for _ in 0..wanted.power_iterations {
        basis = orthonormal(&gather(short, &gather(long, &basis)))?;
    }
    // The second pass makes the basis orthonormal to the last digit; between iterations one does.
    let basis = orthonormal(&basis)?;
    let projected = gather(long, &basis);
    let (squares, rotation) = eigen(&gram(&projected))?;

    let strongest = squares.first().map_or(0.0, |square| square.max(0.0).sqrt());
    let singular: Vec<f64> = squares
        .iter()
        .map(|square| square.max(0.0).sqrt())
        .take_while(|&value| value > 0.0 && value > NOISE * strongest)
        .take(wanted.dims)
        .collect();
    if singular.is_empty() {
        return Err(nothing_to_keep());
    }
    let rotation = rotation.slice_axis(Axis(1), Slice::from(..singular.len()));
    let mut right = if rows_are_fewer {
        let scaled = &rotation / &Array1::from_iter(singular.iter().copied());
        times_small(&projected, scaled.view())
    } else {
        times_small(&basis, rotation)
    };
    fix_signs(&mut right);
    Ok(Svd { singular, right })
}

fn nothing_to_keep() -> Error {
    Error::numeric("lsa", "every weight is zero, so there is no direction to keep")
}

/// Uniform numbers in −1..1, shape (`n_rows`, `width`).
///
/// Any sub-Gaussian numbers serve the method. Uniform ones need no logarithm or cosine, which differ
/// in the last bit between platforms, and unlike random signs they do not make small matrices
/// singular.
fn random_columns(n_rows: usize, width: usize, seed: u64) -> Array2<f32> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    Array2::from_shape_simple_fn((n_rows, width), || rng.gen_range(-1.0_f32..1.0))
}

/// `sparse · dense`: each output row gathers the rows of `dense` that its columns name.
pub(crate) fn gather(sparse: &Csr<f32>, dense: &Array2<f32>) -> Array2<f32> {
    let width = dense.ncols();
    // Without copying, unless the columns lie one after another.
    let dense = dense.as_standard_layout();
    let from = dense.as_slice().unwrap_or_default();
    let mut product = vec![0.0; sparse.n_rows() * width];
    fill_rows(&mut product, width, GATHER_ROWS, |first, piece| {
        for (offset, sum) in piece.chunks_exact_mut(width).enumerate() {
            let (columns, values) = sparse.row(first + offset);
            gather_row(columns, values, from, sum);
        }
    });
    Array2::from_shape_vec((sparse.n_rows(), width), product).unwrap_or_default()
}

/// One output row; four rows at a time, so that the sum is loaded and stored a quarter as often.
fn gather_row(columns: &[u32], values: &[f32], from: &[f32], sum: &mut [f32]) {
    let width = sum.len();
    let row = |column: u32| {
        let start = column as usize * width;
        &from[start..start + width]
    };
    let (column_groups, value_groups) = (columns.chunks_exact(4), values.chunks_exact(4));
    let rest = column_groups.remainder().iter().zip(value_groups.remainder());
    for (column, value) in column_groups.zip(value_groups) {
        let (a, b, c, d) = (row(column[0]), row(column[1]), row(column[2]), row(column[3]));
        for i in 0..width {
            sum[i] += (value[0] * a[i] + value[1] * b[i]) + (value[2] * c[i] + value[3] * d[i]);
        }
    }
    for (&column, &value) in rest {
        for (sum, from) in sum.iter_mut().zip(row(column)) {
            *sum += value * from;
        }
    }
}

/// `denseᵀ · dense` in `f64`.
fn gram(dense: &Array2<f32>) -> Array2<f64> {
    let width = dense.ncols();
    let parts = map_blocks(dense.nrows(), block_rows(dense.nrows()), |range| {
        let mut part = Array2::<f64>::zeros((width, width));
        for block in
            dense.slice_axis(Axis(0), Slice::from(range)).axis_chunks_iter(Axis(0), DENSE_ROWS)
        {
            let block = block.mapv(f64::from);
            part += &block.t().dot(&block);
        }
        part
    });
    let mut gram = Array2::zeros((width, width));
    for part in parts {
        gram += &part;
    }
    gram
}

/// `dense · small` with the small matrix rounded to `f32` once.
fn times_small(dense: &Array2<f32>, small: ArrayView2<'_, f64>) -> Array2<f32> {
    let small = small.mapv(|value| value as f32);
    let width = small.ncols();
    let mut product = vec![0.0; dense.nrows() * width];
    fill_rows(&mut product, width, DENSE_ROWS, |first, piece| {
        let n_rows = piece.len() / width;
        let block = dense.slice_axis(Axis(0), Slice::from(first..first + n_rows)).dot(&small);
        for (to, from) in piece.iter_mut().zip(&block) {
            *to = *from;
        }
    });
    Array2::from_shape_vec((dense.nrows(), width), product).unwrap_or_default()
}

/// Columns that span the same directions and are orthonormal, as far as one pass in `f32` gets; null
/// directions are dropped.
///
/// Cholesky-QR (`Q = Y·R⁻¹` with `RᵀR = YᵀY`) while the columns are far enough from dependent, else
/// the eigenvectors of the Gram matrix, which are safe for any rank.
fn orthonormal(dense: &Array2<f32>) -> Result<Array2<f32>> {
    let gram = gram(dense);
    if let Some(inverse) = cholesky_inverse(&gram) {
        return Ok(times_small(dense, inverse.view()));
    }
    let (squares, vectors) = eigen(&gram)?;
    let strongest = squares.first().copied().unwrap_or(0.0);
    let rank = squares.iter().take_while(|&&square| square > 1e-13 * strongest).count();
    if rank == 0 {
        return Err(nothing_to_keep());
    }
    let lengths: Array1<f64> = squares.iter().take(rank).map(|square| square.sqrt()).collect();
    Ok(times_small(dense, (&vectors.slice_axis(Axis(1), Slice::from(..rank)) / &lengths).view()))
}

/// `R⁻¹` for `RᵀR = gram`, or none if the columns behind it are (nearly) dependent.
fn cholesky_inverse(gram: &Array2<f64>) -> Option<Array2<f64>> {
    let lower = gram.cholesky().ok()?;
    let diagonal = lower.diag();
    let largest = diagonal.iter().fold(0.0, |max: f64, &value| max.max(value));
    // NaN fails here too.
    let well_apart = diagonal.iter().all(|&value| value > 1e-5 * largest);
    if !well_apart {
        return None;
    }
    let inverse = lower.solve_triangular(&Array2::eye(gram.nrows()), UPLO::Lower).ok()?;
    Some(inverse.reversed_axes().as_standard_layout().into_owned())
}

/// Eigenvalues of a symmetric matrix, falling, and its eigenvectors in columns.
fn eigen(symmetric: &Array2<f64>) -> Result<(Vec<f64>, Array2<f64>)> {
    // The iteration for eigenvalues would not end.
    if symmetric.iter().any(|value| !value.is_finite()) {
        return Err(Error::numeric("lsa", "a weight is not finite, or too large to square"));
    }
    let (values, vectors) =
        symmetric.eigh().map_err(|error| Error::numeric("lsa", error.to_string()))?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    Ok((order.iter().map(|&i| values[i]).collect(), vectors.select(Axis(1), &order)))
}

/// Makes the component of largest magnitude (the first of equals) of each column positive.
fn fix_signs(columns: &mut Array2<f32>) {
    for mut column in columns.columns_mut() {
        let largest = column.iter().fold(0.0, |a: f32, &b| if b.abs() > a.abs() { b } else { a });
        if largest < 0.0 {
            column.mapv_inplace(|value| -value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of small whole numbers with about a third of the places filled.
    fn sparse(n_rows: usize, n_cols: usize) -> Csr<f32> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut rows = Csr::new(n_cols);
        for _ in 0..n_rows {
            let mut row = Vec::new();
            for column in 0..n_cols as u32 {
                if rng.gen_bool(0.3) {
                    row.push((column, rng.gen_range(1..5) as f32));
                }
            }
            rows.push_row(row);
        }
        rows
    }

    fn dense(rows: &Csr<f32>) -> Array2<f64> {
        let mut dense = Array2::zeros((rows.n_rows(), rows.n_cols()));
        for (i, (columns, values)) in rows.rows().enumerate() {
            for (&column, &value) in columns.iter().zip(values) {
                dense[(i, column as usize)] = f64::from(value);
            }
        }
        dense
    }

    fn wanted(dims: usize) -> Wanted {
        Wanted { dims, oversampling: 15, power_iterations: 6, seed: 1 }
    }

    #[test]
    fn agrees_with_the_dense_eigenvalues() {
        for (n_rows, n_cols) in [(60, 40), (40, 60), (9, 200)] {
            let rows = sparse(n_rows, n_cols);
            let svd = truncated_svd(&rows, &wanted(5)).unwrap();
            let matrix = dense(&rows);
            let (squares, _) = eigen(&matrix.t().dot(&matrix)).unwrap();
            for (value, square) in svd.singular.iter().zip(&squares) {
                assert!((value / square.sqrt() - 1.0).abs() < 1e-4, "{value} {square}");
            }
            let products = svd.right.t().dot(&svd.right);
            for ((i, j), &product) in products.indexed_iter() {
                let expected = f32::from(u8::from(i == j));
                assert!((product - expected).abs() < 1e-5, "{i} {j} {product}");
            }
        }
    }

    #[test]
    fn the_rank_found_is_what_is_kept() {
        // Every row is a multiple of one of two patterns.
        let mut rows = Csr::new(6);
        for i in 1..30_u8 {
            let first = u32::from(i % 2);
            rows.push_row([(first, f32::from(i)), (first + 2, 1.0 * f32::from(i))]);
        }
        let svd = truncated_svd(&rows, &wanted(5)).unwrap();
        assert_eq!(svd.right.dim(), (6, 2));
        assert!(svd.right.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn nothing_to_find_is_an_error() {
        let mut rows = Csr::new(3);
        rows.push_row([(0, 0.0)]);
        rows.push_row([]);
        assert!(truncated_svd(&rows, &wanted(2)).is_err_and(|error| error.is_numeric()));
        let mut rows = Csr::new(3);
        rows.push_row([(0, f32::NAN), (1, 1.0)]);
        assert!(truncated_svd(&rows, &wanted(2)).is_err_and(|error| error.is_numeric()));
    }
}
