//! Which centroid is nearest to a row?

use ndarray::{ArrayView2, Axis, Slice};

use crate::parallel::fill_rows;

/// Rows whose distances to all centroids are computed by one matrix product.
pub(super) const BLOCK: usize = 256;

/// For one row: which centroid is nearest, and the squared distances to it and to the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nearest {
    pub(crate) cluster: u32,
    pub(crate) squared: f32,
    /// Infinite if there is one centroid only.
    pub(crate) second_squared: f32,
}

impl Nearest {
    pub(super) const NONE: Self =
        Self { cluster: 0, squared: f32::INFINITY, second_squared: f32::INFINITY };
}

/// The nearest centroid of each row, the first of equals.
pub(crate) fn nearest(rows: ArrayView2<'_, f32>, centroids: ArrayView2<'_, f32>) -> Vec<Nearest> {
    let mut found = vec![Nearest::NONE; rows.nrows()];
    let lengths = squared_lengths(centroids);
    fill_rows(&mut found, 1, BLOCK, |first, piece| {
        let block = rows.slice_axis(Axis(0), Slice::from(first..first + piece.len()));
        nearest_in_block(block, centroids, &lengths, piece);
    });
    found
}

/// As [`nearest`], for at most [`BLOCK`] rows, with the squared lengths of the centroids.
///
/// Distances are `‖x‖² − 2·x·c + ‖c‖²`, from one matrix product, which is several times faster than one
/// distance after another. The product lies centroid by centroid, so that the search for the least
/// goes over rows side by side and without a branch.
pub(super) fn nearest_in_block(
    block: ArrayView2<'_, f32>,
    centroids: ArrayView2<'_, f32>,
    lengths: &[f32],
    found: &mut [Nearest],
) {
    let mut products = [0.0_f32; BLOCK];
    let mut first = [f32::INFINITY; BLOCK];
    let mut second = [f32::INFINITY; BLOCK];
    let mut cluster = [0_u32; BLOCK];
    let n = found.len();
    let all = centroids.dot(&block.t());
    for (number, (of_centroid, &length)) in all.rows().into_iter().zip(lengths).enumerate() {
        for (product, &value) in products.iter_mut().zip(of_centroid) {
            *product = length - 2.0 * value;
        }
        for row in 0..n {
            let (value, least) = (products[row], first[row]);
            let nearer = value < least;
            second[row] = second[row].min(if nearer { least } else { value });
            first[row] = if nearer { value } else { least };
            cluster[row] = if nearer { number as u32 } else { cluster[row] };
        }
    }
    for ((row, own), found) in squared_lengths(block).into_iter().enumerate().zip(found) {
        // Rounding may leave a little less than nothing.
        let squared = |part: f32| (own + part).max(0.0);
        *found = Nearest {
            cluster: cluster[row],
            squared: squared(first[row]),
            second_squared: squared(second[row]),
        };
    }
}

pub(super) fn squared_lengths(rows: ArrayView2<'_, f32>) -> Vec<f32> {
    rows.rows().into_iter().map(|row| row.dot(&row)).collect()
}

/// Sum of squared distances.
pub(crate) fn inertia(nearest: &[Nearest]) -> f64 {
    nearest.iter().map(|nearest| f64::from(nearest.squared)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn nearest_of_one_centroid_has_no_second() {
        let found = nearest(array![[1.0_f32]].view(), array![[3.0_f32]].view());
        assert!((found[0].squared - 4.0).abs() < 1e-6);
        assert!(found[0].second_squared.is_infinite());
    }

    #[test]
    fn the_first_of_equals_is_taken() {
        let rows = array![[0.0_f32, 0.0], [2.0, 0.0], [0.0, 3.0]];
        let centroids = array![[1.0_f32, 0.0], [1.0, 0.0], [0.0, 2.0]];
        let found = nearest(rows.view(), centroids.view());
        let clusters: Vec<u32> = found.iter().map(|found| found.cluster).collect();
        assert_eq!(clusters, [0, 0, 2]);
        assert!((found[0].second_squared - 1.0).abs() < 1e-6);
        assert!((found[2].squared - 1.0).abs() < 1e-6);
    }
}
