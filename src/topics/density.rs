//! Does an article lie in a dense place?

use ndarray::{Array2, ArrayView2, Axis, Slice};

use super::kmeans::nearest;
use crate::parallel::map_blocks;

/// Rows whose neighbours are counted at once.
const ROWS: usize = 128;

/// Articles with many neighbours. One that has none of them within the radius is an outlier.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Density {
    /// Shape (articles, directions).
    cores: Array2<f32>,
    radius: f32,
}

impl Density {
    /// The rows on the unit sphere that have at least `min_points` within the radius, themselves among
    /// them; none if no row has. Cost: rows² × columns.
    pub(super) fn new(rows: ArrayView2<'_, f32>, min_points: usize, radius: f32) -> Option<Self> {
        let counted = map_blocks(rows.nrows(), ROWS, |range| {
            let block = rows.slice_axis(Axis(0), Slice::from(range));
            let products = block.dot(&rows.t());
            let near = |product: &f32| (2.0 - 2.0 * product).max(0.0) <= radius * radius;
            let count = |row: ndarray::ArrayView1<'_, f32>| row.iter().filter(|p| near(p)).count();
            products.rows().into_iter().map(count).collect::<Vec<_>>()
        });
        let cores: Vec<usize> = counted
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|&(_, neighbours)| neighbours >= min_points)
            .map(|(row, _)| row)
            .collect();
        (!cores.is_empty()).then(|| Self { cores: rows.select(Axis(0), &cores), radius })
    }

    /// Whether each row has no core within the radius.
    pub(super) fn outliers(&self, rows: ArrayView2<'_, f32>) -> Vec<bool> {
        let found = nearest(rows, self.cores.view());
        found.iter().map(|found| found.squared > self.radius * self.radius).collect()
    }

    /// How many directions it knows; all numbers finite, and at least one core.
    #[cfg(feature = "serde")]
    pub(crate) fn checked_dims(&self) -> Option<usize> {
        let finite = self.cores.iter().chain([&self.radius]).all(|value| value.is_finite());
        (finite && self.cores.nrows() > 0 && self.cores.is_standard_layout())
            .then(|| self.cores.ncols())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn far_from_every_core_is_an_outlier() {
        let side = 0.5_f32.sqrt();
        let rows = array![[1.0_f32, 0.0], [1.0, 0.0], [1.0, 0.0], [side, side], [-1.0, 0.0]];
        let density = Density::new(rows.view(), 3, 0.7).unwrap();
        assert_eq!(density.cores.nrows(), 3);
        assert_eq!(density.outliers(rows.view()), [false, false, false, true, true]);
        // Within the radius of a core, without as many neighbours of its own.
        let density = Density::new(rows.view(), 3, 0.8).unwrap();
        assert_eq!(density.outliers(rows.view()), [false, false, false, false, true]);
        // At the origin.
        assert_eq!(density.outliers(array![[0.0_f32, 0.0]].view()), [true]);
    }
}
