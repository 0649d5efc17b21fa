//! The dense linear algebra behind the directions: orthonormal columns, and small square matrices.
//!
//! Tall matrices are `f32`, small ones `f64`.

use linfa_linalg::cholesky::Cholesky as _;
use linfa_linalg::triangular::{SolveTriangular as _, UPLO};
use nalgebra::{DMatrix, SymmetricEigen};
use ndarray::{Array1, Array2, Axis, Slice};

use super::columns::squared_lengths;
use super::tall::{gram, rotate, times_small};
use crate::error::{Error, Result};
use crate::parallel::{block_rows, map_blocks};

/// Rows of a dense product that are multiplied at once; 256 × 120 numbers stay in the cache.
const DENSE_ROWS: usize = 256;

/// Rounds of the iteration for eigenvalues of a matrix with so many columns, of which each takes about two.
const ROUNDS: usize = 60;

/// `denseᵀ · dense`, multiplied in `f64`: for directions so weak that rounding of `f32` would hide them.
pub(super) fn exact_gram(dense: &Array2<f32>) -> Array2<f64> {
    let shape = (dense.ncols(), dense.ncols());
    let parts = map_blocks(dense.nrows(), block_rows(dense.nrows()), |range| {
        let mut part = Array2::zeros(shape);
        for start in range.clone().step_by(DENSE_ROWS) {
            let rows = Slice::from(start..(start + DENSE_ROWS).min(range.end));
            let block = dense.slice_axis(Axis(0), rows).mapv(f64::from);
            part += &block.t().dot(&block);
        }
        part
    });
    parts.into_iter().fold(Array2::zeros(shape), |sum, part| sum + part)
}

/// Orthonormal columns that span those of `dense`, or none if those are (nearly) dependent, or one adds
/// no more than `least` to those before it.
///
/// Cholesky-QR: `Q = Y·R⁻¹` with `RᵀR = YᵀY`. Rounded factors leave the columns a little off, so it is
/// done twice.
pub(super) fn cholesky_qr(dense: &Array2<f32>, least: f64) -> Option<Array2<f32>> {
    let mut columns = times_small(&[dense.view()], &cholesky_inverse(&gram(dense), least)?);
    let again = cholesky_inverse(&gram(&columns), 0.0)?;
    rotate(&mut columns, &again);
    Some(columns)
}

/// Orthonormal columns that span the directions along which `dense` is longer than `least`: eigenvectors
/// of the Gram matrix, which are safe for any rank.
pub(super) fn eigen_qr(dense: &Array2<f32>, least: f64) -> Result<Array2<f32>> {
    let (squares, vectors) = eigen(&exact_gram(dense))?;
    let strongest = squares.first().copied().unwrap_or(0.0);
    // Weaker ones are what rounding left of the strongest.
    let floor = (least * least).max(1e-10 * strongest);
    let rank = squares.iter().take_while(|&&square| square > floor).count();
    let lengths: Array1<f64> = squares.iter().take(rank).map(|square| square.sqrt()).collect();
    let scaled = &vectors.slice_axis(Axis(1), Slice::from(..rank)) / &lengths;
    let mut columns = times_small(&[dense.view()], &scaled);
    if let Some(inverse) = cholesky_inverse(&gram(&columns), 0.0) {
        rotate(&mut columns, &inverse);
    }
    Ok(columns)
}

/// `R⁻¹` for `RᵀR = gram`, or none if the columns behind it are (nearly) dependent, or one adds no more
/// than `least` to those before it.
fn cholesky_inverse(gram: &Array2<f64>, least: f64) -> Option<Array2<f64>> {
    let lower = gram.cholesky().ok()?;
    let diagonal = lower.diag();
    let largest = diagonal.iter().fold(0.0, |max: f64, &value| max.max(value));
    // NaN fails here too.
    let well_apart = diagonal.iter().all(|&value| value > 1e-3 * largest && value > least);
    if !well_apart {
        return None;
    }
    let inverse = lower.solve_triangular(&Array2::eye(gram.nrows()), UPLO::Lower).ok()?;
    Some(inverse.reversed_axes().as_standard_layout().into_owned())
}

/// The greatest length of a column.
pub(super) fn longest(dense: &Array2<f32>) -> f64 {
    squared_lengths(dense).into_iter().fold(0.0, f64::max).sqrt()
}

/// Eigenvalues of a symmetric matrix, falling, and its eigenvectors in columns.
pub(crate) fn eigen(symmetric: &Array2<f64>) -> Result<(Vec<f64>, Array2<f64>)> {
    // The iteration for eigenvalues would not end.
    if symmetric.iter().any(|value| !value.is_finite()) {
        return Err(Error::numeric("lsa", "a weight is too large to square"));
    }
    let n = symmetric.nrows();
    if n == 0 {
        return Ok((Vec::new(), Array2::zeros((0, 0))));
    }
    let matrix = DMatrix::from_fn(n, n, |i, j| symmetric[(i, j)]);
    let found = SymmetricEigen::try_new(matrix, f64::EPSILON, ROUNDS * n)
        .ok_or_else(|| Error::numeric("lsa", "the small eigenproblem has no end"))?;
    let values = found.eigenvalues;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let vectors = Array2::from_shape_fn((n, n), |(i, j)| found.eigenvectors[(i, order[j])]);
    Ok((order.iter().map(|&i| values[i]).collect(), vectors))
}
