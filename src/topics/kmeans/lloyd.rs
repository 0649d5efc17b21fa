//! Where do the centroids come to rest? Lloyd's iterations, without distances that cannot matter.
//!
//! How far a row lies from its centroid at most, and from all others at least, is kept and moved along
//! with the centroids. As long as the first is below the second, or below half of the way to the nearest
//! other centroid, no distance is computed (Hamerly 2010). News settle after 10 to 40 iterations, of
//! which the later ones look at few rows.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};

use super::nearest::{BLOCK, Nearest, nearest, nearest_in_block, squared_lengths};
use crate::parallel::fill_rows;

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
struct Sums {
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
    rows: ArrayView2<'_, f32>,
    mut centroids: Array2<f32>,
    tolerance: f64,
    iterations: usize,
) -> Array2<f32> {
    let mut places = vec![Place { cluster: 0, upper: f32::INFINITY, lower: 0.0 }; rows.nrows()];
    let mut labels = vec![None; rows.nrows()];
    let mut sums = Sums::new(centroids.nrows(), centroids.ncols());
    let mut moved = vec![0.0; centroids.nrows()];
    for _ in 0..iterations {
        assign(rows, centroids.view(), &moved, &mut places);
        let changed = sums.follow(rows, &places, &mut labels);
        if changed == 0 {
            break;
        }
        sums.fill_empty(rows, centroids.view(), &mut places, &mut labels);
        let means = sums.means(centroids.view());
        moved = centroids.rows().into_iter().zip(means.rows()).map(distance).collect();
        centroids = means;
        let shift: f64 = moved.iter().map(|&moved| f64::from(moved).powi(2)).sum();
        if shift <= tolerance {
            break;
        }
    }
    centroids
}

fn distance((a, b): (ArrayView1<'_, f32>, ArrayView1<'_, f32>)) -> f32 {
    let (Some(a), Some(b)) = (a.as_slice(), b.as_slice()) else {
        return a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt();
    };
    // Side by side, which a sum in one order is not.
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.iter().zip(b) {
        for i in 0..8 {
            sums[i] += (a[i] - b[i]) * (a[i] - b[i]);
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| (a - b) * (a - b)).sum();
    (sums.iter().sum::<f32>() + rest).sqrt()
}

/// Brings every place up to date with centroids that moved so far.
fn assign(
    rows: ArrayView2<'_, f32>,
    centroids: ArrayView2<'_, f32>,
    moved: &[f32],
    places: &mut [Place],
) {
    let lengths = squared_lengths(centroids);
    let halves = half_to_next(centroids, &lengths);
    let (most, most_moved, second_moved) = two_largest(moved);
    fill_rows(places, 1, BLOCK, |first, piece| {
        let mut open = Vec::with_capacity(piece.len());
        for (offset, place) in piece.iter_mut().enumerate() {
            let cluster = place.cluster as usize;
            place.upper += moved[cluster];
            place.lower -= if cluster == most { second_moved } else { most_moved };
            let bound = place.lower.max(halves[cluster]);
            if place.upper > bound && place.upper.is_finite() {
                place.upper = distance((rows.row(first + offset), centroids.row(cluster)));
            }
            if place.upper > bound {
                open.push(first + offset);
            }
        }
        if open.is_empty() {
            return;
        }
        let mut found = [Nearest::NONE; BLOCK];
        let found = &mut found[..open.len()];
        if open.len() == piece.len() {
            let block = rows.slice_axis(Axis(0), Slice::from(first..first + open.len()));
            nearest_in_block(block, centroids, &lengths, found);
        } else {
            nearest_in_block(rows.select(Axis(0), &open).view(), centroids, &lengths, found);
        }
        for (&row, found) in open.iter().zip(found.iter()) {
            piece[row - first] = Place {
                cluster: found.cluster,
                upper: found.squared.sqrt(),
                lower: found.second_squared.sqrt(),
            };
        }
    });
}

/// Half of each centroid's distance to the nearest other; infinite if there is none.
fn half_to_next(centroids: ArrayView2<'_, f32>, lengths: &[f32]) -> Vec<f32> {
    let products = centroids.dot(&centroids.t());
    let half = |(number, products): (usize, ArrayView1<'_, f32>)| -> f32 {
        let others = products.iter().zip(lengths).enumerate();
        let squared = others
            .filter(|&(other, _)| other != number)
            .map(|(_, (product, length))| lengths[number] - 2.0 * product + length);
        squared.fold(f32::INFINITY, f32::min).max(0.0).sqrt() / 2.0
    };
    products.rows().into_iter().enumerate().map(half).collect()
}

/// The place of the largest number, that number, and the second largest; 0 where there is none.
fn two_largest(values: &[f32]) -> (usize, f32, f32) {
    values.iter().enumerate().fold((0, 0.0, 0.0), |(place, first, second), (i, &value)| {
        if value > first { (i, value, first) } else { (place, first, second.max(value)) }
    })
}

impl Sums {
    fn new(k: usize, width: usize) -> Self {
        Self { width, rows: vec![0.0; k * width], sizes: vec![0; k] }
    }

    /// Moves rows whose cluster has changed; how many they are.
    fn follow(
        &mut self,
        rows: ArrayView2<'_, f32>,
        places: &[Place],
        labels: &mut [Option<u32>],
    ) -> usize {
        let mut changed = 0;
        for (row, (place, label)) in places.iter().zip(labels).enumerate() {
            if *label == Some(place.cluster) {
                continue;
            }
            if let Some(label) = *label {
                self.add(rows, row, label, -1.0);
            }
            self.add(rows, row, place.cluster, 1.0);
            *label = Some(place.cluster);
            changed += 1;
        }
        changed
    }

    fn add(&mut self, rows: ArrayView2<'_, f32>, row: usize, cluster: u32, sign: f64) {
        let cluster = cluster as usize;
        if sign > 0.0 {
            self.sizes[cluster] += 1;
        } else {
            self.sizes[cluster] -= 1;
        }
        let sums = &mut self.rows[cluster * self.width..][..self.width];
        for (sum, &value) in sums.iter_mut().zip(rows.row(row)) {
            *sum += sign * f64::from(value);
        }
    }

    /// Gives each empty cluster the row farthest from its centroid.
    fn fill_empty(
        &mut self,
        rows: ArrayView2<'_, f32>,
        centroids: ArrayView2<'_, f32>,
        places: &mut [Place],
        labels: &mut [Option<u32>],
    ) {
        if self.sizes.iter().all(|&size| size > 0) {
            return;
        }
        let found = nearest(rows, centroids);
        let mut farthest: Vec<usize> =
            (0..found.len()).filter(|&row| found[row].squared > 0.0).collect();
        farthest.sort_by(|&a, &b| found[b].squared.total_cmp(&found[a].squared).then(a.cmp(&b)));
        let mut farthest = farthest.into_iter();
        for empty in 0..self.sizes.len() {
            if self.sizes[empty] > 0 {
                continue;
            }
            let can_spare = |row: &usize| self.sizes[places[*row].cluster as usize] > 1;
            let Some(row) = farthest.by_ref().find(can_spare) else { return };
            self.add(rows, row, places[row].cluster, -1.0);
            self.add(rows, row, empty as u32, 1.0);
            places[row] = Place { cluster: empty as u32, upper: f32::INFINITY, lower: 0.0 };
            labels[row] = Some(empty as u32);
        }
    }

    /// The mean of each cluster; an empty one stays where it was.
    fn means(&self, old: ArrayView2<'_, f32>) -> Array2<f32> {
        Array2::from_shape_fn(old.dim(), |(cluster, column)| match self.sizes[cluster] {
            0 => old[(cluster, column)],
            size => (self.rows[cluster * self.width + column] / size as f64) as f32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::nearest::inertia;
    use super::super::tests::clouds;
    use super::*;
    use ndarray::array;

    #[test]
    fn an_empty_cluster_takes_the_farthest_row() {
        let rows = array![[0.0_f32], [1.0], [2.0], [50.0]];
        let far = array![[1.0_f32], [1000.0]];
        let centroids = lloyd(rows.view(), far, 0.0, 300);
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
            plain = lloyd(rows.view(), plain, 0.0, 1);
            let bounded = lloyd(rows.view(), start.clone(), 0.0, iterations);
            for (a, b) in plain.iter().zip(&bounded) {
                assert!((a - b).abs() < 1e-4, "{iterations}: {a} {b}");
            }
        }
    }
}
