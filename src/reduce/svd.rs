//! How are the strongest directions of sparse rows found without making them dense?
//!
//! Halko, Martinsson & Tropp (2011), "Finding structure with randomness": a small space that holds the
//! directions nearly ([`krylov`](super::krylov)), and the decomposition of the matrix within it
//! (Rayleigh–Ritz).

use ndarray::{Array1, Array2, Axis, Slice};

use super::dense::{eigen, gram, rotate, times_small};
use super::gather::gather;
use super::krylov::{Sides, Size, Subspace};
use crate::csr::Csr;
use crate::error::{Error, Result};

/// Directions weaker than the strongest by this factor are rounding noise of `f32`.
const NOISE: f64 = 1e-5;

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
/// The matrix is transposed once, so that both `A·X` and `Aᵀ·X` gather rows and each output row is
/// summed by one task in one order.
pub(super) fn truncated_svd(rows: &Csr<f32>, wanted: &Wanted) -> Result<Svd> {
    if rows.n_entries() == 0 {
        return Err(nothing_to_keep());
    }
    let columns = rows.transposed();
    // The basis has the length of the shorter side.
    let rows_are_fewer = rows.n_rows() <= rows.n_cols();
    let (short, long) = if rows_are_fewer { (rows, &columns) } else { (&columns, rows) };
    let sides = Sides { rows: short, columns: long };
    let subspace = Subspace::new(sides, &wanted.size(short.n_rows()), wanted.seed)?;
    let (squares, vectors) = eigen(subspace.squares())?;
    let n_kept = wanted.dims.min(squares.len());
    let left = subspace.combine(vectors.slice_axis(Axis(1), Slice::from(..n_kept)));

    // The squares above carry the rounding of two products. One product and its Gram matrix in `f64` say
    // more exactly how strong the weak directions are.
    let images = gather(long, &left);
    let (squares, mut rotation) = eigen(&gram(&images))?;
    let mut singular: Vec<f64> = squares.iter().map(|square| square.max(0.0).sqrt()).collect();
    let noise = NOISE * singular.first().copied().unwrap_or(0.0);
    singular.retain(|&value| value > noise);
    let rank = singular.len();
    if rank == 0 {
        return Err(nothing_to_keep());
    }
    rotation.slice_axis_inplace(Axis(1), Slice::from(..rank));
    let mut right = if rows_are_fewer {
        rotated(images, &(&rotation / &Array1::from_iter(singular.iter().copied())))
    } else {
        rotated(left, &rotation)
    };
    fix_signs(&mut right);
    Ok(Svd { singular, right })
}

fn nothing_to_keep() -> Error {
    Error::numeric("lsa", "every weight is zero, so there is no direction to keep")
}

/// `dense · rotation`; in the same memory, unless directions are dropped.
fn rotated(mut dense: Array2<f32>, rotation: &Array2<f64>) -> Array2<f32> {
    if !rotation.is_square() {
        return times_small(dense.view(), rotation.view());
    }
    rotate(&mut dense, rotation.view());
    dense
}

/// Makes the component of largest magnitude (the first of equals) of each column positive.
fn fix_signs(columns: &mut Array2<f32>) {
    let mut largest = vec![0.0_f32; columns.ncols()];
    for row in columns.rows() {
        for (largest, &value) in largest.iter_mut().zip(row) {
            if value.abs() > largest.abs() {
                *largest = value;
            }
        }
    }
    let signs = Array1::from_iter(largest.iter().map(|value| value.signum()));
    *columns *= &signs;
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
        let mut columns = ndarray::arr2(&[[1.0, -2.0, 0.0], [-3.0, 2.0, 0.0], [2.0, 1.0, 0.0_f32]]);
        fix_signs(&mut columns);
        assert_eq!(
            columns,
            ndarray::arr2(&[[-1.0, 2.0, 0.0], [3.0, -2.0, 0.0], [-2.0, -1.0, 0.0]])
        );
    }
}
