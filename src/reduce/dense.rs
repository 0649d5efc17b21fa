//! The dense linear algebra behind the directions: tall matrices of few columns, and small square ones.
//!
//! Tall ones are `f32`, small ones `f64`; products of tall ones are summed in `f64`, block by block in
//! their order.

use linfa_linalg::cholesky::Cholesky as _;
use linfa_linalg::eigh::Eigh as _;
use linfa_linalg::triangular::{SolveTriangular as _, UPLO};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, Slice};

use crate::error::{Error, Result};
use crate::parallel::{block_rows, fill_rows, map_blocks};

/// Rows of a dense product that are multiplied at once; 256 × 120 numbers stay in the cache.
const DENSE_ROWS: usize = 256;

/// `denseᵀ · dense`, multiplied in `f64`.
pub(super) fn gram(dense: &Array2<f32>) -> Array2<f64> {
    let width = dense.ncols();
    sum_of_blocks(dense.nrows(), (width, width), |rows| {
        let block = dense.slice_axis(Axis(0), rows).mapv(f64::from);
        block.t().dot(&block)
    })
}

/// `leftᵀ · right`, multiplied in `f32`.
pub(super) fn inner(left: ArrayView2<'_, f32>, right: ArrayView2<'_, f32>) -> Array2<f64> {
    sum_of_blocks(left.nrows(), (left.ncols(), right.ncols()), |rows| {
        let (left, right) = (left.slice_axis(Axis(0), rows), right.slice_axis(Axis(0), rows));
        left.t().dot(&right).mapv(f64::from)
    })
}

/// The sum of what `product` says of each few rows.
fn sum_of_blocks(
    n_rows: usize,
    shape: (usize, usize),
    product: impl Fn(Slice) -> Array2<f64> + Sync + Send,
) -> Array2<f64> {
    let parts = map_blocks(n_rows, block_rows(n_rows), |range| {
        let mut part = Array2::zeros(shape);
        for start in range.clone().step_by(DENSE_ROWS) {
            part += &product(Slice::from(start..(start + DENSE_ROWS).min(range.end)));
        }
        part
    });
    let mut sum = Array2::zeros(shape);
    for part in parts {
        sum += &part;
    }
    sum
}

/// `dense − left · small`, in place.
pub(super) fn subtract_product(
    dense: &mut Array2<f32>,
    left: ArrayView2<'_, f32>,
    small: &Array2<f64>,
) {
    let small = small.mapv(|value| value as f32);
    each_block(dense, |rows, mut block| {
        general_mat_mul(-1.0, &left.slice_axis(Axis(0), rows), &small, 1.0, &mut block);
    });
}

/// `dense · small` with the small matrix rounded to `f32` once.
pub(super) fn times_small(dense: ArrayView2<'_, f32>, small: ArrayView2<'_, f64>) -> Array2<f32> {
    let small = small.mapv(|value| value as f32);
    let mut product = Array2::zeros((dense.nrows(), small.ncols()));
    each_block(&mut product, |rows, mut block| {
        general_mat_mul(1.0, &dense.slice_axis(Axis(0), rows), &small, 0.0, &mut block);
    });
    product
}

/// `dense · small` for a square small matrix, in the memory of `dense`.
pub(super) fn rotate(dense: &mut Array2<f32>, small: ArrayView2<'_, f64>) {
    let small = small.mapv(|value| value as f32);
    each_block(dense, |_, mut block| {
        let rotated = block.dot(&small);
        block.assign(&rotated);
    });
}

/// Hands few rows at a time to `work`, with which they are. `dense` is in standard layout.
fn each_block(dense: &mut Array2<f32>, work: impl Fn(Slice, ArrayViewMut2<'_, f32>) + Sync + Send) {
    let width = dense.ncols();
    let values = dense.as_slice_mut().unwrap_or_default();
    fill_rows(values, width, DENSE_ROWS, |first, piece| {
        let n_rows = piece.len() / width;
        if let Ok(block) = ArrayViewMut2::from_shape((n_rows, width), piece) {
            work(Slice::from(first..first + n_rows), block);
        }
    });
}

/// Orthonormal columns that span those of `dense`, or none if those are (nearly) dependent, or one adds
/// no more than `least` to those before it.
///
/// Cholesky-QR: `Q = Y·R⁻¹` with `RᵀR = YᵀY`. Rounded factors leave the columns a little off, so it is
/// done twice.
pub(super) fn cholesky_qr(dense: &Array2<f32>, least: f64) -> Option<Array2<f32>> {
    let once = times_small(dense.view(), cholesky_inverse(&gram(dense), least)?.view());
    let twice = cholesky_inverse(&gram(&once), 0.0)?;
    Some(times_small(once.view(), twice.view()))
}

/// Orthonormal columns that span the directions along which `dense` is longer than `least`: eigenvectors
/// of the Gram matrix, which are safe for any rank.
pub(super) fn eigen_qr(dense: &Array2<f32>, least: f64) -> Result<Array2<f32>> {
    let (squares, vectors) = eigen(&gram(dense))?;
    let strongest = squares.first().copied().unwrap_or(0.0);
    // Weaker ones are what rounding left of the strongest.
    let floor = (least * least).max(1e-10 * strongest);
    let rank = squares.iter().take_while(|&&square| square > floor).count();
    let lengths: Array1<f64> = squares.iter().take(rank).map(|square| square.sqrt()).collect();
    let scaled = &vectors.slice_axis(Axis(1), Slice::from(..rank)) / &lengths;
    let once = times_small(dense.view(), scaled.view());
    Ok(match cholesky_inverse(&gram(&once), 0.0) {
        Some(inverse) => times_small(once.view(), inverse.view()),
        None => once,
    })
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
    gram(dense).diag().iter().fold(0.0, |max: f64, &square| max.max(square)).sqrt()
}

/// Eigenvalues of a symmetric matrix, falling, and its eigenvectors in columns.
pub(crate) fn eigen(symmetric: &Array2<f64>) -> Result<(Vec<f64>, Array2<f64>)> {
    // The iteration for eigenvalues would not end.
    if symmetric.iter().any(|value| !value.is_finite()) {
        return Err(Error::numeric("lsa", "a weight is too large to square"));
    }
    let (values, vectors) =
        symmetric.eigh().map_err(|error| Error::numeric("lsa", error.to_string()))?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    Ok((order.iter().map(|&i| values[i]).collect(), vectors.select(Axis(1), &order)))
}
