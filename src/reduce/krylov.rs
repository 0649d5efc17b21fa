//! In which small space do the strongest directions lie?
//!
//! A block Krylov space with a random start: the columns of `A·Ω`, `(AAᵀ)·A·Ω`, `(AAᵀ)²·A·Ω` and so on,
//! all kept. Musco & Musco (2015), "Randomized block Krylov methods for stronger and faster
//! approximate singular value decomposition": where plain power iterations take `1/ε` passes for an error
//! of `ε`, it takes about the root of that, because every polynomial of `AAᵀ` is in it and not a single
//! power. Blocks may be much narrower than the number of directions (Meyer, Musco & Musco 2024, "On the
//! unreasonable effectiveness of single vector Krylov methods"), and then more of them fit into the same
//! space. The basis is built as in block Lanczos, and orthogonalised anew as often as half of the digits ask for.

use std::ops::{Range, RangeBounds};

use ndarray::{Array2, ArrayView2, Axis, Slice, concatenate};
use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::dense::{cholesky_qr, eigen_qr, longest};
use super::gather::{Packed, gather, gather_into};
use super::tall::{inner, subtract_product, times_small};
use crate::csr::Csr;
use crate::error::Result;

/// What is shorter than its image by this factor after the known directions were taken out is rounding
/// noise of `f32`.
const NOISE: f64 = 1e-5;

/// What is shorter by this factor has lost so many digits that the known directions are taken out again.
const CANCELLED: f64 = 1e-2;

/// What is shorter by this factor after the last two blocks were taken out has lost so many digits that these are
/// taken out again.
const NEARLY: f64 = 0.3;

/// What is left of an image is no shorter than the longest by this factor: then rounding grows by its inverse in a step,
/// to about 1e-5, and half of the digits are enough to find all directions once (Simon 1984, "The Lanczos
/// algorithm with partial reorthogonalization").
const SEMI: f64 = 1e-2;

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
        // The greatest length of an image, and whether the last one was cleared of the whole basis.
        let (mut greatest, mut cleared) = (0.0_f64, false);
        let (mut across, mut image) = (Array2::zeros((0, 0)), Array2::zeros((0, 0)));
        let mut packed = Packed::default();
        loop {
            // At the start nothing is there, and later a block falls short if its directions are used up,
            // as in a matrix of unconnected parts: fresh ones fill the place.
            let begun = squares.len() < basis.n_blocks();
            let there = if begun { basis.last_width() } else { 0 };
            let start = basis.len() - there;
            let missing = size.width.min(size.total - start).saturating_sub(there);
            if missing > 0 {
                let sample = random_columns(sides.rows.n_cols(), missing, &mut random);
                let mut image = gather(sides.rows, &sample);
                let length = longest(&image);
                basis.take_out(.., &mut image);
                let fresh = basis.beyond(&image, CANCELLED * length, length, missing)?;
                basis.push(&fresh, begun);
            }
            let next = squares.len();
            let Some(block) = basis.blocks(next..=next).pop() else { break };
            gather_into(sides.columns, block, &mut across, &mut packed);
            gather_into(sides.rows, across.view(), &mut image, &mut packed);
            // All of it but rounding lies along the last two blocks and the next. What rounding leaves along the others
            // grows from step to step, and is taken out in every second.
            let far = basis.n_blocks().saturating_sub(2);
            let room = size.total - basis.len();
            if room == 0 {
                let near = inner(&basis.blocks(far..), &image);
                squares.push(below_zeros(basis.len(), &near));
                break;
            }
            let length = longest(&image);
            let near = basis.take_out(far.., &mut image);
            let left = longest(&image);
            greatest = greatest.max(length);
            let little = left < NEARLY * length;
            let square = if cleared && !little && left >= SEMI * greatest {
                cleared = false;
                below_zeros(basis.len(), &near)
            } else if little {
                cleared = true;
                let mut square = basis.take_out(.., &mut image);
                let before = square.nrows() - near.nrows();
                let mut nearest = square.slice_axis_mut(Axis(0), Slice::from(before..));
                nearest += &near;
                square
            } else {
                cleared = true;
                let along = basis.take_out(..far, &mut image);
                concatenate![Axis(0), along, near]
            };
            squares.push(square);
            // Digits are lost by what the second time takes out; what the first did is mended by it.
            let least = (CANCELLED * left).max(NOISE * length);
            let next = basis.beyond(&image, least, length, room)?;
            basis.push(&next, false);
        }
        let squares = symmetric(&squares, basis.len());
        Ok(Self { basis, squares })
    }

    /// `Qᵀ·A·Aᵀ·Q`.
    pub(super) fn squares(&self) -> &Array2<f64> {
        &self.squares
    }

    /// `Q · small`.
    pub(super) fn combine(self, small: &Array2<f64>) -> Array2<f32> {
        times_small(&self.basis.blocks(..), small)
    }
}

/// Orthonormal columns, block by block, so that products read each as it lies. All are in one piece of memory, and who comes
/// after them finds one large piece.
struct Basis {
    n_rows: usize,
    /// Of each block, row after row.
    values: Vec<f32>,
    /// Before which column each block ends.
    ends: Vec<usize>,
}

impl Basis {
    /// Without a column, and with room for so many.
    fn new(n_rows: usize, n_cols: usize) -> Self {
        let mut values = Vec::new();
        // Where memory is short, fewer may turn out to be all.
        let _ = values.try_reserve_exact(n_rows.saturating_mul(n_cols));
        Self { n_rows, values, ends: Vec::new() }
    }

    /// How many columns there are.
    fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn n_blocks(&self) -> usize {
        self.ends.len()
    }

    /// The columns of a block.
    fn columns(&self, block: usize) -> Range<usize> {
        let start = if block == 0 { 0 } else { self.ends[block - 1] };
        start..self.ends[block]
    }

    /// How many columns are in the last block.
    fn last_width(&self) -> usize {
        self.n_blocks().checked_sub(1).map_or(0, |last| self.columns(last).len())
    }

    /// Some of the blocks; those that are not there are left out.
    fn blocks(&self, which: impl RangeBounds<usize>) -> Vec<ArrayView2<'_, f32>> {
        let view = |block| {
            let columns = self.columns(block);
            let values = &self.values[columns.start * self.n_rows..columns.end * self.n_rows];
            ArrayView2::from_shape((self.n_rows, columns.len()), values).ok()
        };
        let which = (0..self.n_blocks()).filter(|block| which.contains(block));
        which.filter_map(view).collect()
    }

    /// Takes what lies along some of the blocks out of other columns, and says how much it was.
    fn take_out(&self, which: impl RangeBounds<usize>, columns: &mut Array2<f32>) -> Array2<f64> {
        let blocks = self.blocks(which);
        let along = inner(&blocks, columns);
        subtract_product(columns, &blocks, &along);
        along
    }

    /// Orthonormal columns along what is left of others once the basis was taken out of them, at most
    /// `room` of them. `length` is what the others had at first; columns shorter than `least` lost so much that the
    /// basis is taken out again.
    fn beyond(
        &self,
        rest: &Array2<f32>,
        least: f64,
        length: f64,
        room: usize,
    ) -> Result<Array2<f32>> {
        let mut block = if let Some(block) = cholesky_qr(rest, least) {
            block
        } else {
            let mut block = eigen_qr(rest, NOISE * length)?;
            self.take_out(.., &mut block);
            eigen_qr(&block, MOSTLY_NEW)?
        };
        if block.ncols() > room {
            block =
                block.slice_axis(Axis(1), Slice::from(..room)).as_standard_layout().into_owned();
        }
        Ok(block)
    }

    /// Appends a block, or columns to the last one. A block without columns is none.
    fn push(&mut self, columns: &Array2<f32>, to_last: bool) {
        if columns.ncols() == 0 {
            return;
        }
        let end = self.len() + columns.ncols();
        if let Some(last) = self.blocks(..).pop().filter(|_| to_last) {
            let joined = concatenate![Axis(1), last, *columns];
            self.ends.pop();
            self.values.truncate(self.len() * self.n_rows);
            self.values.extend(&joined);
        } else {
            self.values.extend_from_slice(columns.as_slice().unwrap_or_default());
        }
        self.ends.push(end);
    }
}

/// The last of so many rows, of which all others are zeros.
fn below_zeros(n_rows: usize, last: &Array2<f64>) -> Array2<f64> {
    let zeros = Array2::zeros((n_rows - last.nrows(), last.ncols()));
    concatenate![Axis(0), zeros, *last]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_pushed_to_the_last_block_are_part_of_it() {
        let column = |at: usize| {
            Array2::from_shape_fn((3, 1), |(row, _)| if row == at { 1.0_f32 } else { 0.0 })
        };
        let mut basis = Basis::new(3, 2);
        basis.push(&column(0), false);
        basis.push(&column(1), true);
        assert_eq!((basis.n_blocks(), basis.len(), basis.last_width()), (1, 2, 2));
        let mut rest = Array2::from_shape_vec((3, 1), vec![2.0_f32, 3.0, 4.0]).unwrap();
        let along = basis.take_out(.., &mut rest);
        assert_eq!(along.into_raw_vec_and_offset().0, [2.0, 3.0]);
        assert_eq!(rest.into_raw_vec_and_offset().0, [0.0, 0.0, 4.0]);
    }
}
