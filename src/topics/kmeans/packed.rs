//! How do many rows meet a few centroids? Eight rows and up to 24 centroids at a time, their products
//! summed in registers.
//!
//! A general matrix product copies both sides into an order of its own and writes its results to memory,
//! which for some twenty centroids takes longer than multiplying. Here centroids are put in order once,
//! any rows are read where they are, and products are looked at while they are near.

use super::rows::Rows;
use crate::prefetch::prefetch;

/// How many rows are multiplied before their products are looked at.
pub(super) const STEP: usize = 64;

/// So many numbers lie in a line of the cache.
const LINE: usize = 16;

/// How many centroids stand side by side, and how many rows are taken at a time.
pub(super) const LANES: usize = 8;

/// How many vectors of centroids are summed at once: with three rows they fill the registers.
pub(super) const VECTORS: usize = 3;

/// A number for each of eight centroids, or rows.
type Lanes = [f32; LANES];

/// Centroids, or rows that are to become some, in the order in which products take them.
pub(super) struct Packed {
    width: usize,
    /// Of each three vectors of centroids, column after column.
    values: Vec<Lanes>,
    squared_lengths: Vec<f32>,
}

impl Packed {
    pub(super) fn new(centroids: &Rows<'_>) -> Self {
        let (n, width) = (centroids.len(), centroids.width());
        let n_vectors = n.div_ceil(LANES);
        let mut values = Vec::with_capacity(n_vectors * width);
        for first in (0..n_vectors).step_by(VECTORS) {
            for column in 0..width {
                for vector in first..n_vectors.min(first + VECTORS) {
                    let value =
                        |centroid| if centroid < n { centroids.row(centroid)[column] } else { 0.0 };
                    values.push(std::array::from_fn(|lane| value(vector * LANES + lane)));
                }
            }
        }
        let squared_lengths = (0..n).map(|centroid| centroids.squared_length(centroid)).collect();
        Self { width, values, squared_lengths }
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.squared_lengths.len()
    }

    #[inline(always)]
    pub(super) fn squared_length(&self, centroid: usize) -> f32 {
        self.squared_lengths[centroid]
    }

    /// The products of `n` rows, at most [`STEP`], with each centroid; those of other places mean nothing.
    #[inline(always)]
    pub(super) fn products<'r>(
        &self,
        n: usize,
        row: impl Fn(usize) -> &'r [f32],
        out: &mut [[f32; STEP]],
    ) {
        for place in (0..n).step_by(LANES) {
            // Memory brings the next rows while these are multiplied.
            for next in place + LANES..n.min(place + 2 * LANES) {
                row(next).chunks(LINE).for_each(|line| prefetch(line, 0));
            }
            // The last rows may have to be filled up.
            let rows = std::array::from_fn(|lane| row((place + lane).min(n - 1)));
            let mut rest = &self.values[..];
            for out in out.chunks_mut(VECTORS * LANES) {
                let n_vectors = out.len().div_ceil(LANES);
                let (here, after) = rest.split_at(n_vectors * self.width);
                rest = after;
                match n_vectors {
                    1 => vectors::<1>(rows, here, out, place),
                    2 => vectors::<2>(rows, here, out, place),
                    _ => vectors::<VECTORS>(rows, here, out, place),
                }
            }
        }
    }
}

/// The products of `N` vectors of centroids; as many rows at a time as keep the adders busy and their
/// sums in sixteen registers.
#[allow(clippy::many_single_char_names)] // Eight rows.
#[inline(always)]
fn vectors<const N: usize>(
    rows: [&[f32]; LANES],
    packed: &[Lanes],
    out: &mut [[f32; STEP]],
    place: usize,
) {
    let (packed, _) = packed.as_chunks::<N>();
    let [a, b, c, d, e, f, g, h] = rows;
    let mut by_vector = [[[0.0; LANES]; LANES]; N];
    match N {
        1 => sums([a, b, c, d, e, f, g, h], packed, 0, &mut by_vector),
        2 => {
            sums([a, b, c, d], packed, 0, &mut by_vector);
            sums([e, f, g, h], packed, 4, &mut by_vector);
        }
        _ => {
            sums([a, b, c], packed, 0, &mut by_vector);
            sums([d, e, f], packed, 3, &mut by_vector);
            sums([g, h], packed, 6, &mut by_vector);
        }
    }
    for (vector, out) in out.chunks_mut(LANES).enumerate() {
        let by_centroid = turned(by_vector[vector]);
        for (out, products) in out.iter_mut().zip(&by_centroid) {
            out[place..place + LANES].copy_from_slice(products);
        }
    }
}

/// The products of `R` rows with `N` vectors of centroids, from a place among the rows on.
#[inline(always)]
fn sums<const R: usize, const N: usize>(
    rows: [&[f32]; R],
    packed: &[[Lanes; N]],
    place: usize,
    by_vector: &mut [[Lanes; LANES]; N],
) {
    // Of one length that is known, so that no place is checked in the loop.
    let mut checked: [&[f32]; R] = [&[]; R];
    for r in 0..R {
        checked[r] = &rows[r][..packed.len()];
    }
    let mut sums = [[[0.0; LANES]; N]; R];
    for (column, packed) in packed.iter().enumerate() {
        for r in 0..R {
            let value = checked[r][column];
            for n in 0..N {
                for lane in 0..LANES {
                    sums[r][n][lane] += value * packed[n][lane];
                }
            }
        }
    }
    for r in 0..R {
        for n in 0..N {
            by_vector[n][place + r] = sums[r][n];
        }
    }
}

/// Rows become columns, by shuffling halves into each other three times.
#[inline(always)]
fn turned(mut square: [Lanes; LANES]) -> [Lanes; LANES] {
    const HALF: usize = LANES / 2;
    for _ in 0..3 {
        let old = square;
        for i in 0..HALF {
            for j in 0..HALF {
                square[2 * i][2 * j] = old[i][j];
                square[2 * i][2 * j + 1] = old[i + HALF][j];
                square[2 * i + 1][2 * j] = old[i][j + HALF];
                square[2 * i + 1][2 * j + 1] = old[i + HALF][j + HALF];
            }
        }
    }
    square
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::wide;
    use ndarray::Array2;

    #[test]
    fn products_of_any_number_and_width() {
        for n_centroids in 1..=60 {
            for (n, width) in [(1, 0), (3, 1), (8, 3), (9, 17), (STEP, 8)] {
                // Whole numbers are exact in any order.
                let centroids = Array2::from_shape_fn((n_centroids, width), |(i, j)| {
                    ((i * 7 + j * 3) % 11) as f32 - 5.0
                });
                let rows = Array2::from_shape_fn((n, width), |(i, j)| ((i * 5 + j) % 13) as f32);
                let expected = centroids.dot(&rows.t());
                let (rows, packed) =
                    (Rows::new(rows.view()), Packed::new(&Rows::new(centroids.view())));
                let mut found = vec![[0.0; STEP]; packed.len()];
                wide(|| packed.products(n, |row| rows.row(row), &mut found));
                for (found, expected) in found.iter().zip(expected.rows()) {
                    assert_eq!(found[..n], expected.to_vec(), "{n_centroids} {n} {width}");
                }
            }
        }
    }
}
