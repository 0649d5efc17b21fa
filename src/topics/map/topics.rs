//! Where do topics lie, if their distances are to be seen?

use ndarray::Array2;

use super::{distance, oriented};
use crate::error::Result;
use crate::reduce::eigen;

/// Steps of majorization at most, and the share of the stress below which one is the last.
const STEPS: usize = 300;
const LEAST_GAIN: f64 = 1e-6;

/// A place for each topic, the mean at the origin, and the stress of all.
pub(super) fn places(topics: &Array2<f32>) -> Result<(Vec<[f64; 2]>, f64)> {
    let topics = topics.mapv(f64::from);
    let wanted = topics.dot(&topics.t()).mapv(|cosine| (1.0 - cosine).max(0.0));
    let mut places = scaled(&wanted)?;
    let mut stress = stress(&places, &wanted);
    for _ in 0..STEPS {
        let next = majorized(&places, &wanted);
        let less = self::stress(&next, &wanted);
        // Also where the stress is no number, or nothing.
        let go_on = stress - less > LEAST_GAIN * stress;
        if less <= stress {
            (places, stress) = (next, less);
        }
        if !go_on {
            break;
        }
    }
    Ok((places, stress))
}

/// Classical scaling (Torgerson 1952): the two strongest directions of the doubly centred squares.
fn scaled(wanted: &Array2<f64>) -> Result<Vec<[f64; 2]>> {
    let n = wanted.nrows();
    let squares = wanted.mapv(|distance| distance * distance);
    let means: Vec<f64> = squares.rows().into_iter().map(|row| row.sum() / n as f64).collect();
    let mean = means.iter().sum::<f64>() / n as f64;
    let centred = Array2::from_shape_fn((n, n), |(i, j)| {
        -0.5 * (squares[(i, j)] - means[i] - means[j] + mean)
    });
    let (values, vectors) = eigen(&centred)?;
    let mut places = vec![[0.0; 2]; n];
    for axis in 0..2.min(n) {
        let length = values[axis].max(0.0).sqrt();
        let direction = oriented(vectors.column(axis).to_owned());
        for (place, value) in places.iter_mut().zip(direction) {
            place[axis] = length * value;
        }
    }
    Ok(places)
}

/// The Guttman transform: each place moves to where the others want it, on average.
fn majorized(places: &[[f64; 2]], wanted: &Array2<f64>) -> Vec<[f64; 2]> {
    let n = places.len() as f64;
    let moved = |(i, &place): (usize, &[f64; 2])| {
        let mut sum = [0.0; 2];
        for (j, &other) in places.iter().enumerate() {
            let apart = distance(place, other);
            if j != i && apart > 0.0 {
                let ratio = wanted[(i, j)] / apart;
                sum[0] += ratio * (place[0] - other[0]);
                sum[1] += ratio * (place[1] - other[1]);
            }
        }
        sum.map(|sum| sum / n)
    };
    places.iter().enumerate().map(moved).collect()
}

/// Kruskal's stress-1 against the wanted distances.
fn stress(places: &[[f64; 2]], wanted: &Array2<f64>) -> f64 {
    let (mut off, mut all) = (0.0, 0.0);
    for (i, &one) in places.iter().enumerate() {
        for (j, &other) in places[..i].iter().enumerate() {
            off += (distance(one, other) - wanted[(i, j)]).powi(2);
            all += wanted[(i, j)].powi(2);
        }
    }
    if all > 0.0 { (off / all).sqrt() } else { 0.0 }
}
