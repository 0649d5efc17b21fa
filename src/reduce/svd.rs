//! How are the strongest directions of sparse rows found without making them dense?
//!
//! Halko, Martinsson & Tropp (2011), "Finding structure with randomness": a small space that holds the
//! directions nearly ([`krylov`](super::krylov)), and the decomposition of the matrix within it
//! (Rayleigh–Ritz).

use ndarray::{Array2, Axis, Slice};

use super::columns::{largest, scale, squared_lengths};
use super::dense::{eigen, exact_gram};
use super::gather::gather;
use super::krylov::{Sides, Size, Subspace};
use super::tall::{rotate, times_small};
use crate::csr::Csr;
use crate::error::{Error, Result};

/// Directions weaker than the strongest by this factor are rounding noise of `f32`.
const NOISE: f64 = 1e-5;

/// Rounding of `f32` moves a direction by about 1e-7 of the strongest square over its own. No direction is weak if
/// its square is above this part of the strongest.
const EVEN: f64 = 1.0 / 400.0;

/// Blocks are multiples of this wide, so that sums fill the registers of a processor.
const LANES: usize = 8;

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

impl Wanted {
    /// The space to search in a matrix with so many rows.
    fn size(&self, n_rows: usize) -> Size {
        let least = self.dims.saturating_add(self.oversampling).min(n_rows);
        let width = least.div_ceil(self.power_iterations.saturating_add(1)).next_multiple_of(LANES);
        Size { width, total: least.next_multiple_of(width).min(n_rows) }
    }
}

/// The strongest directions of `rows`, at most `wanted.dims` of them.
///
/// `columns` is the matrix transposed, so that both `A·X` and `Aᵀ·X` gather rows and each output row is
/// summed by one task in one order.
pub(super) fn truncated_svd(rows: &Csr<f32>, columns: &Csr<f32>, wanted: &Wanted) -> Result<Svd> {
    if rows.n_entries() == 0 {
        return Err(nothing_to_keep());
    }
    // The basis has the length of the shorter side.
    let rows_are_fewer = rows.n_rows() <= rows.n_cols();
    let (short, long) = if rows_are_fewer { (rows, columns) } else { (columns, rows) };
    let sides = Sides { rows: short, columns: long };
    let subspace = Subspace::new(sides, &wanted.size(short.n_rows()), wanted.seed)?;
    let (squares, vectors) = eigen(subspace.squares())?;
    let n_kept = wanted.dims.min(squares.len());
    let left = subspace.combine(&vectors.slice_axis(Axis(1), Slice::from(..n_kept)).to_owned());
    let squares = &squares[..n_kept];
    let even = are_even(squares);
    let (singular, mut right) = if even && !rows_are_fewer && are_spread(squares, rows) {
        (squares.iter().map(|square| square.sqrt()).collect(), left)
    } else {
        let images = gather(long, &left);
        let lengths = if even { falling_lengths(&images) } else { None };
        match lengths {
            Some(singular) => (singular, if rows_are_fewer { images } else { left }),
            None => refined(left, images, rows_are_fewer)?,
        }
    };
    let mut factors = signs(&right);
    if rows_are_fewer {
        for (factor, length) in factors.iter_mut().zip(&singular) {
            *factor = (f64::from(*factor) / length) as f32;
        }
    }
    scale(&mut right, &factors);
    Ok(Svd { singular, right })
}

/// Whether no direction with these squares is so weak that rounding shows: then their roots are the strengths, and images
/// stand at right angles.
fn are_even(squares: &[f64]) -> bool {
    match (squares.first(), squares.last()) {
        (Some(&strongest), Some(&weakest)) => strongest > 0.0 && weakest > EVEN * strongest,
        _ => false,
    }
}

/// Whether no direction holds most of the rows. (Of rows that are nearly equal, the variance is a small difference of
/// large sums, which the roots of squares do not say exactly enough.)
fn are_spread(squares: &[f64], rows: &Csr<f32>) -> bool {
    let values = rows.rows().flat_map(|(_, values)| values);
    let total: f64 = values.map(|&value| f64::from(value).powi(2)).sum();
    squares.first().is_some_and(|strongest| 2.0 * strongest <= total)
}

/// The lengths of columns, if they fall.
fn falling_lengths(columns: &Array2<f32>) -> Option<Vec<f64>> {
    let lengths: Vec<f64> = squared_lengths(columns).iter().map(|square| square.sqrt()).collect();
    lengths.is_sorted_by(|a, b| a >= b).then_some(lengths)
}

/// Strengths, and orthonormal columns turned into the directions: themselves, or if rows are fewer their images.
///
/// The squares that the columns were found by carry the rounding of two products. One product and its Gram matrix say
/// more exactly how strong the weak directions are.
fn refined(
    left: Array2<f32>,
    images: Array2<f32>,
    rows_are_fewer: bool,
) -> Result<(Vec<f64>, Array2<f32>)> {
    let (squares, mut rotation) = eigen(&exact_gram(&images))?;
    let mut singular: Vec<f64> = squares.iter().map(|square| square.max(0.0).sqrt()).collect();
    let noise = NOISE * singular.first().copied().unwrap_or(0.0);
    singular.retain(|&value| value > noise);
    let rank = singular.len();
    if rank == 0 {
        return Err(nothing_to_keep());
    }
    rotation.slice_axis_inplace(Axis(1), Slice::from(..rank));
    let right = rotated(if rows_are_fewer { images } else { left }, &rotation);
    Ok((singular, right))
}

fn nothing_to_keep() -> Error {
    Error::numeric("lsa", "every weight is zero, so there is no direction to keep")
}

/// `dense · rotation`; in the same memory, unless directions are dropped.
fn rotated(mut dense: Array2<f32>, rotation: &Array2<f64>) -> Array2<f32> {
    if !rotation.is_square() {
        return times_small(&[dense.view()], rotation);
    }
    rotate(&mut dense, rotation);
    dense
}

/// What makes the component of largest magnitude (the first of equals) of each column positive.
fn signs(columns: &Array2<f32>) -> Vec<f32> {
    largest(columns).into_iter().map(f32::signum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_fill_the_space() {
        let size = |dims, oversampling, power_iterations, n_rows| {
            let wanted = Wanted { dims, oversampling, power_iterations, seed: 0 };
            let size = wanted.size(n_rows);
            (size.width, size.total)
        };
        assert_eq!(size(100, 200, 18, 10_000), (16, 304));
        assert_eq!(size(100, 10, 0, 10_000), (112, 112));
        assert_eq!(size(2, 200, 18, 9), (8, 9));
        assert_eq!(size(usize::MAX, 1, 18, 1), (8, 1));
    }

    #[test]
    fn the_largest_component_becomes_positive_and_the_first_of_equals() {
        let columns = ndarray::arr2(&[[1.0, -2.0, 0.0], [-3.0, 2.0, 0.0], [2.0, 1.0, 0.0_f32]]);
        assert_eq!(signs(&columns), [-1.0, -1.0, 1.0]);
    }
}
