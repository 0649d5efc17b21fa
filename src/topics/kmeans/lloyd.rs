//! Where do the centroids come to rest? Lloyd's iterations, without distances that cannot matter.
//!
//! How far a row lies from its centroid at most, and from all others at least, is kept and moved along
//! with the centroids. As long as the first is below the second, or below half of the way to the nearest
//! other centroid, no distance is computed (Hamerly 2010). News settle after 10 to 40 iterations, of
//! which the later ones look at few rows.

use ndarray::{Array2, ArrayView2};

use super::nearest::{Nearest, nearest_of};
use super::packed::Packed;
use super::rows::{BLOCK, Rows, distance};
use crate::parallel::fill_rows;
use crate::simd::{Simd, WithSimd, wide};

/// With so many centroids the distance to one, which may save those to the others, is worth its cost: that
/// of products with five.
const MANY: usize = 32;

/// Where a row was last seen.
#[derive(Clone, Copy, Debug)]
struct Place {
    cluster: u32,
    /// The distance to its centroid is at most this.
    upper: f32,
    /// The distance to any other centroid is at least this.
    lower: f32,
}

/// Sums of the rows of each cluster, in `f64`, and how many there are.
pub(super) struct Sums {
    width: usize,
    rows: Vec<f64>,
    sizes: Vec<usize>,
}

/// Lloyd's iterations from the given centroids, at most `iterations`, until no row changes its cluster
/// or the centroids' squared shift is at most `tolerance`.
///
/// A cluster without rows takes the row that lies farthest from its centroid, among clusters that can
/// spare one.
pub(super) fn lloyd(
    rows: &Rows<'_>,
    mut centroids: Array2<f32>,
    tolerance: f64,
    iterations: usize,
) -> Array2<f32> {
    let mut places = vec![Place { cluster: 0, upper: f32::INFINITY, lower: 0.0 }; rows.len()];
    let mut labels = vec![None; rows.len()];
    let mut sums = Sums::new(centroids.nrows(), centroids.ncols());
    let mut moved = vec![0.0; centroids.nrows()];
    for _ in 0..iterations {
        let there = Rows::new(centroids.view());
        let packed = Packed::new(&there);
        assign(rows, &there, &packed, &moved, &mut places);
        let clusters = places.iter().map(|place| place.cluster);
        if wide(Follow { sums: &mut sums, rows, clusters, labels: &mut labels }) == 0 {
            break;
        }
        for (row, cluster) in sums.fill_empty(rows, centroids.view(), &mut labels) {
            places[row] = Place { cluster, upper: f32::INFINITY, lower: 0.0 };
        }
        let means = sums.means(centroids.view());
        let after = Rows::new(means.view());
        moved = (0..there.len()).map(|row| distance(there.row(row), after.row(row))).collect();
        centroids = means;
        let shift: f64 = moved.iter().map(|&moved| f64::from(moved).powi(2)).sum();
        if shift <= tolerance {
            break;
        }
    }
    centroids
}

/// Brings every place up to date with centroids that moved so far.
fn assign(
    rows: &Rows<'_>,
    centroids: &Rows<'_>,
    packed: &Packed,
    moved: &[f32],
    places: &mut [Place],
) {
    // The nearest to a centroid is itself; the next is as far as its second.
    let half = |nearest: &Nearest| nearest.second_squared.sqrt() / 2.0;
    let halves: Vec<f32> = nearest_of(centroids, packed).iter().map(half).collect();
    let largest = two_largest(moved);
    fill_rows(places, 1, BLOCK, |first, places| {
        wide(Assign { rows, centroids, packed, moved, largest, halves: &halves, first, places });
    });
}

/// The places of rows that follow each other, brought up to date.
struct Assign<'a> {
    rows: &'a Rows<'a>,
    centroids: &'a Rows<'a>,
    packed: &'a Packed,
    moved: &'a [f32],
    /// Of `moved`.
    largest: (usize, f32, f32),
    halves: &'a [f32],
    first: usize,
    places: &'a mut [Place],
}

impl WithSimd for Assign<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { rows, first, places, .. } = self;
        let (most, most_moved, second_moved) = self.largest;
        let near_first = self.packed.len() >= MANY;
        let mut open = [0_u32; BLOCK];
        let mut n_open = 0;
        for (offset, place) in places.iter_mut().enumerate() {
            let cluster = place.cluster as usize;
            place.upper += self.moved[cluster];
            place.lower -= if cluster == most { second_moved } else { most_moved };
            let bound = place.lower.max(self.halves[cluster]);
            if near_first && place.upper > bound && place.upper.is_finite() {
                place.upper = distance(rows.row(first + offset), self.centroids.row(cluster));
            }
            if place.upper > bound {
                open[n_open] = offset as u32;
                n_open += 1;
            }
        }
        let number = |open_row: usize| first + open[open_row] as usize;
        self.packed.nearest(rows, n_open, number, |open_row, found| {
            places[open[open_row] as usize] = Place {
                cluster: found.cluster,
                upper: found.squared.sqrt(),
                lower: found.second_squared.sqrt(),
            };
        });
    }
}

/// The place of the largest number, that number, and the second largest; 0 where there is none.
fn two_largest(values: &[f32]) -> (usize, f32, f32) {
    values.iter().enumerate().fold((0, 0.0, 0.0), |(place, first, second), (i, &value)| {
        if value > first { (i, value, first) } else { (place, first, second.max(value)) }
    })
}

impl Sums {
    pub(super) fn new(k: usize, width: usize) -> Self {
        Self { width, rows: vec![0.0; k * width], sizes: vec![0; k] }
    }

    #[inline(always)]
    fn add(&mut self, row: &[f32], cluster: u32) {
        self.sizes[cluster as usize] += 1;
        for (sum, &value) in self.of_mut(cluster).iter_mut().zip(row) {
            *sum += f64::from(value);
        }
    }

    #[inline(always)]
    fn take_out(&mut self, row: &[f32], cluster: u32) {
        self.sizes[cluster as usize] -= 1;
        for (sum, &value) in self.of_mut(cluster).iter_mut().zip(row) {
            *sum -= f64::from(value);
        }
    }

    #[inline(always)]
    fn of_mut(&mut self, cluster: u32) -> &mut [f64] {
        &mut self.rows[cluster as usize * self.width..][..self.width]
    }

    /// Gives each empty cluster the row farthest from its centroid; which rows went where.
    pub(super) fn fill_empty(
        &mut self,
        rows: &Rows<'_>,
        centroids: ArrayView2<'_, f32>,
        labels: &mut [Option<u32>],
    ) -> Vec<(usize, u32)> {
        let mut gone = Vec::new();
        if self.sizes.iter().all(|&size| size > 0) {
            return gone;
        }
        let found = nearest_of(rows, &Packed::new(&Rows::new(centroids)));
        let mut farthest: Vec<usize> =
            (0..found.len()).filter(|&row| found[row].squared > 0.0).collect();
        farthest.sort_by(|&a, &b| found[b].squared.total_cmp(&found[a].squared).then(a.cmp(&b)));
        let mut farthest = farthest.into_iter();
        for empty in 0..self.sizes.len() {
            if self.sizes[empty] > 0 {
                continue;
            }
            let can_spare = |label: u32| self.sizes[label as usize] > 1;
            let spared = farthest.by_ref().find(|&row| labels[row].is_some_and(can_spare));
            let Some((row, label)) = spared.and_then(|row| Some((row, labels[row]?))) else {
                break;
            };
            self.take_out(rows.row(row), label);
            self.add(rows.row(row), empty as u32);
            labels[row] = Some(empty as u32);
            gone.push((row, empty as u32));
        }
        gone
    }

    /// The mean of each cluster; an empty one stays where it was.
    pub(super) fn means(&self, old: ArrayView2<'_, f32>) -> Array2<f32> {
        Array2::from_shape_fn(old.dim(), |(cluster, column)| match self.sizes[cluster] {
            0 => old[(cluster, column)],
            size => (self.rows[cluster * self.width + column] / size as f64) as f32,
        })
    }
}

/// Moves rows whose cluster has changed; how many they are.
pub(super) struct Follow<'a, C> {
    pub(super) sums: &'a mut Sums,
    pub(super) rows: &'a Rows<'a>,
    /// Of each row.
    pub(super) clusters: C,
    pub(super) labels: &'a mut [Option<u32>],
}

impl<C: Iterator<Item = u32>> WithSimd for Follow<'_, C> {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        let mut changed = 0;
        for (row, (cluster, label)) in self.clusters.zip(self.labels).enumerate() {
            if *label == Some(cluster) {
                continue;
            }
            let values = self.rows.row(row);
            if let Some(label) = *label {
                self.sums.take_out(values, label);
            }
            self.sums.add(values, cluster);
            *label = Some(cluster);
            changed += 1;
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::super::nearest::{inertia, nearest};
    use super::super::tests::clouds;
    use super::*;
    use ndarray::{Axis, Slice, array};

    #[test]
    fn an_empty_cluster_takes_the_farthest_row() {
        let rows = array![[0.0_f32], [1.0], [2.0], [50.0]];
        let far = array![[1.0_f32], [1000.0]];
        let centroids = lloyd(&Rows::new(rows.view()), far, 0.0, 300);
        assert_eq!(centroids, array![[1.0], [50.0]]);
        assert!((inertia(&nearest(rows.view(), centroids.view())) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn skipped_distances_change_nothing() {
        let rows = clouds(7, 60);
        let start = rows.slice_axis(Axis(0), Slice::from(0..9)).to_owned();
        let mut plain = start.clone();
        for iterations in 1..12 {
            // One iteration begun anew knows no bounds.
            plain = lloyd(&Rows::new(rows.view()), plain, 0.0, 1);
            let bounded = lloyd(&Rows::new(rows.view()), start.clone(), 0.0, iterations);
            for (a, b) in plain.iter().zip(&bounded) {
                assert!((a - b).abs() < 1e-4, "{iterations}: {a} {b}");
            }
        }
    }
}
