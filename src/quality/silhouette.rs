//! Does each article lie nearer to its own group than to the next?

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};

use super::ranks::ranks;
use crate::error::{Error, Result};
use crate::parallel::map_blocks;

/// Rows and columns of the distances that are computed at once.
const ROWS: usize = 64;
const COLUMNS: usize = 512;

/// Rows that one task sums up.
const TASK: usize = 512;

/// How well grouped points are parted: for each point `(b − a) / max(a, b)`, where `a` is its mean
/// distance to the others of its group and `b` that to the points of the nearest other group
/// (Rousseeuw 1987). −1..=1: near 1 inside a group far from all others, 0 between two groups, below
/// 0 where another group is nearer. A point alone in its group has 0.
///
/// [`cosine`](Self::cosine) suits articles, and is exact for any number of them; [`euclidean`](Self::euclidean)
/// takes time in proportion to the square of their number, and [`euclidean_sample`](Self::euclidean_sample)
/// looks at some.
///
/// ```
/// use ndarray::array;
/// use undertone::Silhouette;
///
/// let points = array![[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]];
/// let parted = Silhouette::cosine(points.view(), &[0, 0, 1, 1])?;
/// let mixed = Silhouette::cosine(points.view(), &[0, 1, 0, 1])?;
/// assert!(parted.mean() > 0.9 && mixed.mean() < 0.0);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Silhouette {
    /// The rows that were looked at, rising, with their figures.
    rows: Vec<(usize, f64)>,
}

impl Silhouette {
    /// By cosine distance, `1 − cosine`; rows need not have length 1, and a row at the origin is at
    /// distance 1 from all. `points` has the shape (points, dimensions); `groups` says the group of each.
    ///
    /// Exact, with time in proportion to points × groups × dimensions: the mean cosine distance to a group
    /// follows from the sum of its unit vectors. Same figures as scikit-learn's `silhouette_samples` with
    /// `metric="cosine"`.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if there is not one group for each point; `is_too_small` if there are fewer than two
    /// groups; `is_numeric` if a coordinate is not finite.
    pub fn cosine(points: ArrayView2<'_, f32>, groups: &[usize]) -> Result<Self> {
        let groups = Groups::new(points, groups)?;
        let mut sums = Array2::<f64>::zeros((groups.sizes.len(), points.ncols()));
        for (row, &group) in points.rows().into_iter().zip(&groups.of) {
            let scale = length(row).recip();
            if scale.is_finite() {
                let mut sum = sums.row_mut(group as usize);
                sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value) * scale);
            }
        }
        let of_rows = |rows: std::ops::Range<usize>| -> Vec<(usize, f64)> {
            let one = |row: usize| {
                let scale = length(points.row(row)).recip();
                let at_origin = !scale.is_finite();
                let to_group = |(sum, &size): (ArrayView1<'_, f64>, &usize)| {
                    let product: f64 =
                        sum.iter().zip(points.row(row)).map(|(s, &v)| s * f64::from(v)).sum();
                    size as f64 - if at_origin { 0.0 } else { product * scale }
                };
                let mut to: Vec<f64> =
                    sums.rows().into_iter().zip(&groups.sizes).map(to_group).collect();
                // The row itself is no other: at distance 0, or 1 if at the origin.
                to[groups.of[row] as usize] -= if at_origin { 1.0 } else { 0.0 };
                (row, groups.silhouette(row, &to))
            };
            rows.map(one).collect()
        };
        let rows = map_blocks(points.nrows(), TASK, of_rows).into_iter().flatten().collect();
        Ok(Self { rows })
    }

    /// By Euclidean distance, of all points to all others: time in proportion to points² × dimensions.
    /// Same figures as scikit-learn's `silhouette_samples`.
    ///
    /// # Errors
    ///
    /// As [`cosine`](Self::cosine).
    pub fn euclidean(points: ArrayView2<'_, f32>, groups: &[usize]) -> Result<Self> {
        Self::euclidean_sample(points, groups, points.nrows())
    }

    /// As [`euclidean`](Self::euclidean), of `n` points to all others, or of all if there are no more.
    /// Their figures are the exact ones; which points it is follows from the groups alone: ordered by
    /// group and then by row, every so many of them, so that each group has its share.
    ///
    /// # Errors
    ///
    /// As [`cosine`](Self::cosine), and `is_setting` if `n` is 0.
    pub fn euclidean_sample(
        points: ArrayView2<'_, f32>,
        groups: &[usize],
        n: usize,
    ) -> Result<Self> {
        let groups = Groups::new(points, groups)?;
        if n == 0 {
            return Err(Error::setting("points of a sample", n, "at least 1"));
        }
        let sample = groups.sample(n.min(points.nrows()));
        let rows = map_blocks(sample.len(), ROWS, |range| {
            let rows = &sample[range];
            let sums = distances(points, rows, &groups);
            let one = |(&row, to): (&usize, ArrayView1<'_, f64>)| {
                (row, groups.silhouette(row, to.as_slice().unwrap_or_default()))
            };
            rows.iter().zip(sums.rows()).map(one).collect::<Vec<_>>()
        });
        Ok(Self { rows: rows.into_iter().flatten().collect() })
    }

    /// The mean of all figures, −1..=1: above 0.5 groups are clearly parted, below 0.2 hardly. Articles
    /// of related subjects mostly have little.
    pub fn mean(&self) -> f64 {
        self.rows.iter().map(|(_, value)| value).sum::<f64>() / self.rows.len() as f64
    }

    /// The rows that were looked at, rising, each with its figure, −1..=1.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (usize, f64)> + '_ {
        self.rows.iter().copied()
    }
}

/// Which group each row is in.
struct Groups {
    of: Vec<u32>,
    sizes: Vec<usize>,
}

impl Groups {
    fn new(points: ArrayView2<'_, f32>, groups: &[usize]) -> Result<Self> {
        if points.nrows() != groups.len() {
            return Err(Error::mismatch("groups of points", points.nrows(), groups.len()));
        }
        let (of, n_groups) = ranks(groups);
        if n_groups < 2 {
            return Err(Error::too_small("groups", 2, n_groups));
        }
        if let Some(row) =
            points.rows().into_iter().position(|row| row.iter().any(|v| !v.is_finite()))
        {
            let message = format!("a coordinate of point {row} is not finite");
            return Err(Error::numeric("silhouette", message));
        }
        let mut sizes = vec![0; n_groups];
        for &group in &of {
            sizes[group as usize] += 1;
        }
        Ok(Self { of, sizes })
    }

    /// Rows, rising, evenly spread over those ordered by group.
    fn sample(&self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.of.len()).collect();
        order.sort_by_key(|&row| self.of[row]);
        let place = |i: usize| (i as u128 * order.len() as u128 / n as u128) as usize;
        let mut sample: Vec<usize> = (0..n).map(|i| order[place(i)]).collect();
        sample.sort_unstable();
        sample
    }

    /// The figure of a row, given the sum of its distances to the others of each group.
    fn silhouette(&self, row: usize, to: &[f64]) -> f64 {
        let own = self.of[row] as usize;
        if self.sizes[own] == 1 {
            return 0.0;
        }
        let a = to[own] / (self.sizes[own] - 1) as f64;
        let others = to.iter().zip(&self.sizes).enumerate().filter(|(group, _)| *group != own);
        let b = others.map(|(_, (sum, &size))| sum / size as f64).fold(f64::INFINITY, f64::min);
        let (a, b) = (a.max(0.0), b.max(0.0));
        let most = a.max(b);
        if most > 0.0 { (b - a) / most } else { 0.0 }
    }
}

/// The sum of the Euclidean distances from each of some rows to the points of each group.
fn distances(points: ArrayView2<'_, f32>, rows: &[usize], groups: &Groups) -> Array2<f64> {
    let from = points.select(Axis(0), rows).mapv(f64::from);
    let squared = |rows: &Array2<f64>| -> Vec<f64> {
        rows.rows().into_iter().map(|row| row.dot(&row)).collect()
    };
    let from_squared = squared(&from);
    let mut sums = Array2::zeros((rows.len(), groups.sizes.len()));
    for first in (0..points.nrows()).step_by(COLUMNS) {
        let end = (first + COLUMNS).min(points.nrows());
        let to = points.slice_axis(Axis(0), Slice::from(first..end)).mapv(f64::from);
        let to_squared = squared(&to);
        let products = from.dot(&to.t());
        for (i, (products, mut sums)) in
            products.rows().into_iter().zip(sums.rows_mut()).enumerate()
        {
            for (j, &product) in products.iter().enumerate() {
                // Rounding would leave a little between a point and itself.
                if rows[i] != first + j {
                    let apart = (from_squared[i] + to_squared[j] - 2.0 * product).max(0.0);
                    sums[groups.of[first + j] as usize] += apart.sqrt();
                }
            }
        }
    }
    sums
}

fn length(row: ArrayView1<'_, f32>) -> f64 {
    row.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_cannot_be_grouped_is_an_error() {
        let points = array![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        for of in [Silhouette::cosine, Silhouette::euclidean] {
            assert!(of(points.view(), &[0, 1]).is_err_and(|error| error.is_mismatch()));
            assert!(of(points.view(), &[7, 7, 7]).is_err_and(|error| error.is_too_small()));
            let broken = array![[1.0, 0.0], [f32::NAN, 1.0], [1.0, 1.0]];
            assert!(of(broken.view(), &[0, 1, 1]).is_err_and(|error| error.is_numeric()));
        }
        let none = Silhouette::euclidean_sample(points.view(), &[0, 1, 1], 0);
        assert!(none.is_err_and(|error| error.is_setting()));
    }

    #[test]
    fn a_sample_holds_some_of_the_exact_figures() {
        let points = Array2::from_shape_fn((1500, 3), |(row, column)| {
            ((row * (7 + column) % 31) as f32).sin() + (row % 4) as f32
        });
        let groups: Vec<usize> = (0..1500).map(|row| row % 4 * 1_000_000_007).collect();
        let all = Silhouette::euclidean(points.view(), &groups).unwrap();
        let some = Silhouette::euclidean_sample(points.view(), &groups, 100).unwrap();
        let exact: Vec<(usize, f64)> = all.iter().collect();
        assert_eq!((exact.len(), some.iter().len()), (1500, 100));
        for (row, value) in some.iter() {
            assert!(exact[row].0 == row && (exact[row].1 - value).abs() < 1e-12);
        }
        let of_group = |group| some.iter().filter(|(row, _)| row % 4 == group).count();
        assert_eq!([0, 1, 2, 3].map(of_group), [25; 4]);
        assert!((all.mean() - some.mean()).abs() < 0.1);
    }

    #[test]
    fn points_alone_at_the_origin_or_equal_have_figures() {
        let points = array![[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 2.0]];
        for of in [Silhouette::cosine, Silhouette::euclidean] {
            let found = of(points.view(), &[0, 0, 1, 1, 2]).unwrap();
            assert!(found.iter().all(|(_, value)| (-1.0..=1.0).contains(&value)));
            assert!(found.iter().last().unwrap().1.abs() < 1e-12);
        }
    }
}
