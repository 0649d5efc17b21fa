//! Does an article lie in a dense place?

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};

use super::kmeans::{Nearest, nearest};
use crate::parallel::map_blocks;

/// Rows whose neighbours are counted at once.
const ROWS: usize = 128;

/// How many of all rows lie in dense places, if no radius says which do. On news and on short news with
/// topics given by editors, a larger share joined most articles in one group and a smaller one left more out
/// without telling the others better apart (`docs/evaluation.md`).
const DENSE: f64 = 0.3;

/// Of copies, which lie at distance 0.
const LEAST_RADIUS: f32 = 1e-3;

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
    /// them; none if no row has. Without a radius, the least within which [`DENSE`] of the rows have.
    /// Cost: rows² × columns.
    pub(super) fn new(
        rows: ArrayView2<'_, f32>,
        min_points: usize,
        radius: Option<f32>,
    ) -> Option<Self> {
        let distances = core_distances(rows, min_points);
        let radius = radius.or_else(|| usual_radius(&distances))?;
        let cores: Vec<usize> = (0..rows.nrows()).filter(|&row| distances[row] <= radius).collect();
        (!cores.is_empty()).then(|| Self { cores: rows.select(Axis(0), &cores), radius })
    }

    pub(super) fn radius(&self) -> f32 {
        self.radius
    }

    /// Whether each row has no core within the radius; one at the origin never has.
    pub(super) fn outliers(&self, rows: ArrayView2<'_, f32>) -> Vec<bool> {
        let found = nearest(rows, self.cores.view());
        let apart = |(found, row): (&Nearest, ArrayView1<'_, f32>)| {
            // Exact: a row is at the origin only if nothing was added to it.
            let known = row.iter().any(|&value| value.abs() > 0.0);
            !known || found.squared > self.radius * self.radius
        };
        found.iter().zip(rows.rows()).map(apart).collect()
    }

    /// How many directions it knows; all numbers finite, and at least one core.
    #[cfg(feature = "serde")]
    pub(crate) fn checked_dims(&self) -> Option<usize> {
        let finite = self.cores.iter().chain([&self.radius]).all(|value| value.is_finite());
        (finite && self.cores.nrows() > 0 && self.cores.is_standard_layout())
            .then(|| self.cores.ncols())
    }
}

/// Of each row, the distance within which `min_points` rows lie, itself among them; infinite if there
/// are not as many.
fn core_distances(rows: ArrayView2<'_, f32>, min_points: usize) -> Vec<f32> {
    if min_points > rows.nrows() {
        return vec![f32::INFINITY; rows.nrows()];
    }
    let blocks = map_blocks(rows.nrows(), ROWS, |range| {
        let products = rows.slice_axis(Axis(0), Slice::from(range)).dot(&rows.t());
        let distance = |row: ArrayView1<'_, f32>| {
            let mut nearness = row.to_vec();
            let at = min_points.max(1) - 1;
            let (_, product, _) = nearness.select_nth_unstable_by(at, |a, b| b.total_cmp(a));
            (2.0 - 2.0 * *product).max(0.0).sqrt()
        };
        products.rows().into_iter().map(distance).collect::<Vec<f32>>()
    });
    blocks.concat()
}

/// The quantile [`DENSE`] of distances, and a little more, so that rounding does not part whom it just joins.
fn usual_radius(distances: &[f32]) -> Option<f32> {
    let mut rising = distances.to_vec();
    rising.sort_by(f32::total_cmp);
    #[allow(clippy::cast_sign_loss)] // A share of a length.
    let radius = *rising.get((DENSE * rising.len() as f64) as usize)?;
    radius.is_finite().then_some((radius * 1.0001).clamp(LEAST_RADIUS, 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn far_from_every_core_is_an_outlier() {
        let side = 0.5_f32.sqrt();
        let rows = array![[1.0_f32, 0.0], [1.0, 0.0], [1.0, 0.0], [side, side], [-1.0, 0.0]];
        let density = Density::new(rows.view(), 3, Some(0.7)).unwrap();
        assert_eq!(density.cores.nrows(), 3);
        assert_eq!(density.outliers(rows.view()), [false, false, false, true, true]);
        // Within the radius of a core, without as many neighbours of its own.
        let density = Density::new(rows.view(), 3, Some(0.8)).unwrap();
        assert_eq!(density.outliers(rows.view()), [false, false, false, false, true]);
        // At the origin, which lies at distance 1 from all.
        let density = Density::new(rows.view(), 3, Some(1.2)).unwrap();
        assert_eq!(density.outliers(array![[0.0_f32, 0.0]].view()), [true]);
    }
    #[test]
    fn the_usual_radius_takes_three_in_ten() {
        // Angles of 1 to 10 units from each to the next: the nearest neighbour is ever farther.
        let angles: Vec<f32> = (0..10).map(|row| (row * (row + 1) / 2) as f32 * 0.02).collect();
        let rows = Array2::from_shape_fn((10, 2), |(row, column)| match column {
            0 => angles[row].cos(),
            _ => angles[row].sin(),
        });
        let density = Density::new(rows.view(), 2, None).unwrap();
        // Rows 0 and 1 are 1 unit apart, 2 is 2 units away, 3 is 3 units away.
        assert_eq!(density.cores.nrows(), 4);
        assert!((density.radius() - 0.06).abs() < 1e-3, "{}", density.radius());
        assert_eq!(Density::new(rows.view(), 11, None), None);
    }
}
