//! In which small space do the strongest directions lie?
//!
//! A block Krylov space with a random start: the columns of `A·Ω`, `(AAᵀ)·A·Ω`, `(AAᵀ)²·A·Ω` and so on,
//! all kept. Musco & Musco (2015), "Randomized block Krylov methods for stronger and faster
//! approximate singular value decomposition": where plain power iterations take `1/ε` passes for an error
//! of `ε`, it takes about the root of that, because every polynomial of `AAᵀ` is in it and not a single
//! power. Blocks may be much narrower than the number of directions (Meyer, Musco & Musco 2024, "On the
//! unreasonable effectiveness of single vector Krylov methods"), and then more of them fit into the same
//! space. The basis is built as in block Lanczos, with all of it orthogonalised anew.

use ndarray::{Array2, ArrayView2, Axis, Slice};
use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::dense::{cholesky_qr, eigen_qr, inner, longest, subtract_product, times_small};
use super::gather::{gather, gather_into};
use crate::csr::Csr;
use crate::error::Result;

/// What is shorter than its image by this factor after the known directions were taken out is rounding
/// noise of `f32`.
const NOISE: f64 = 1e-5;

/// What is shorter by this factor has lost so many digits that the known directions are taken out again.
const CANCELLED: f64 = 1e-2;

/// How much of a unit column must be left when that is done.
const MOSTLY_NEW: f64 = 0.5;

/// The sparse matrix whose left directions are looked for, and its transpose.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) rows: &'a Csr<f32>,
    pub(super) columns: &'a Csr<f32>,
}

/// How large a space to search.
pub(super) struct Size {
    /// Columns of a block.
    pub(super) width: usize,
    /// Columns in all, no more than the rows of the matrix.
    pub(super) total: usize,
}

/// Orthonormal columns `Q` of length `A.n_rows()`, and `Qᵀ·A·Aᵀ·Q`.
pub(super) struct Subspace {
    basis: Basis,
    squares: Array2<f64>,
}

impl Subspace {
    /// The Krylov space of the matrix. It has fewer columns than asked for if the matrix is of lower rank.
    pub(super) fn new(sides: Sides<'_>, size: &Size, seed: u64) -> Result<Self> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut basis = Basis::new(sides.rows.n_rows(), size.total);
        let mut squares = Vec::new();
        let (mut before, mut start) = (0, 0);
        let (mut across, mut image) = (Array2::zeros((0, 0)), Array2::zeros((0, 0)));
        loop {
            // At the start nothing is there, and later a block falls short if its directions are used up,
            // as in a matrix of unconnected parts: fresh ones fill the place.
            let missing = size.width.min(size.total - start).saturating_sub(basis.len - start);
            if missing > 0 {
                let sample = random_columns(sides.rows.n_cols(), missing, &mut random);
                let mut image = gather(sides.rows, &sample);
                let length = longest(&image);
                basis.take_out(0, &mut image);
                basis.extend(&image, length)?;
            }
            if basis.len == start {
                break;
            }
            let block = basis.columns(start, basis.len).to_owned();
            gather_into(sides.columns, &block, &mut across);
            gather_into(sides.rows, &across, &mut image);
            let length = longest(&image);
            // Nearly all of it lies along the last two blocks. Taking that out first leaves so little
            // that the whole basis need be taken out only once.
            let near = basis.take_out(before, &mut image);
            let mut square = basis.take_out(0, &mut image);
            let mut nearest = square.slice_axis_mut(Axis(0), Slice::from(before..));
            nearest += &near;
            squares.push(square);
            (before, start) = (start, basis.len);
            if basis.len == size.total {
                break;
            }
            basis.extend(&image, length)?;
        }
        let squares = symmetric(&squares, basis.len);
        Ok(Self { basis, squares })
    }

    /// `Qᵀ·A·Aᵀ·Q`.
    pub(super) fn squares(&self) -> &Array2<f64> {
        &self.squares
    }

    /// `Q · small`.
    pub(super) fn combine(self, small: ArrayView2<'_, f64>) -> Array2<f32> {
        times_small(self.basis.columns(0, self.basis.len), small)
    }
}

/// Orthonormal columns, in an array with room for all that will come.
struct Basis {
    all: Array2<f32>,
    len: usize,
}

impl Basis {
    fn new(n_rows: usize, capacity: usize) -> Self {
        Self { all: Array2::zeros((n_rows, capacity)), len: 0 }
    }

    fn columns(&self, from: usize, to: usize) -> ArrayView2<'_, f32> {
        self.all.slice_axis(Axis(1), Slice::from(from..to))
    }

    /// Takes what lies along the columns since `from` out of a block, and says how much it was.
    fn take_out(&self, from: usize, block: &mut Array2<f32>) -> Array2<f64> {
        let columns = self.columns(from, self.len);
        let along = inner(columns, block.view());
        subtract_product(block, columns, &along);
        along
    }

    /// Appends what is left of a block, once the basis was taken out of it, as far as there is room.
    /// `length` is what it was before.
    fn extend(&mut self, rest: &Array2<f32>, length: f64) -> Result<()> {
        let block = if let Some(block) = cholesky_qr(rest, CANCELLED * length) {
            block
        } else {
            let mut block = eigen_qr(rest, NOISE * length)?;
            self.take_out(0, &mut block);
            eigen_qr(&block, MOSTLY_NEW)?
        };
        let n_new = block.ncols().min(self.all.ncols() - self.len);
        self.all
            .slice_axis_mut(Axis(1), Slice::from(self.len..self.len + n_new))
            .assign(&block.slice_axis(Axis(1), Slice::from(..n_new)));
        self.len += n_new;
        Ok(())
    }
}

/// The symmetric matrix whose columns, block by block, are given as far as the end of their block.
fn symmetric(blocks: &[Array2<f64>], len: usize) -> Array2<f64> {
    let mut whole = Array2::zeros((len, len));
    let columns = blocks.iter().flat_map(|block| block.columns());
    for (j, column) in columns.enumerate() {
        for (i, &value) in column.iter().enumerate().take(j + 1) {
            whole[(i, j)] = value;
            whole[(j, i)] = value;
        }
    }
    whole
}

/// Uniform numbers in −1..1, shape (`n_rows`, `width`).
///
/// Any sub-Gaussian numbers serve the method. Uniform ones need no logarithm or cosine, which differ
/// in the last bit between platforms, and unlike random signs they do not make small matrices
/// singular.
fn random_columns(n_rows: usize, width: usize, random: &mut Xoshiro256PlusPlus) -> Array2<f32> {
    Array2::from_shape_simple_fn((n_rows, width), || random.gen_range(-1.0_f32..1.0))
}
