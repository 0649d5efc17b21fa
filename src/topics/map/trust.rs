//! Are neighbours on the map neighbours indeed?

use ndarray::{Array2, ArrayView1, Axis};

use super::distance;
use crate::parallel::map_blocks;

/// Neighbours that are looked at, and articles at most.
const NEIGHBOURS: usize = 10;
const SAMPLE: usize = 1000;

/// Trustworthiness (Venna & Kaski 2001) among articles that have a place, evenly taken:
/// `1 − 2 / (n·k·(2n − 3k − 1)) · Σ (rank − k)` over those among the `k` nearest on the map that are not
/// among the `k` nearest by cosine. As scikit-learn's `trustworthiness`.
pub(super) fn trustworthiness(articles: &Array2<f32>, places: &[Option<[f64; 2]>]) -> f64 {
    let placed: Vec<(usize, [f64; 2])> =
        places.iter().enumerate().filter_map(|(row, place)| Some((row, (*place)?))).collect();
    let n = placed.len().min(SAMPLE);
    if n < 2 * NEIGHBOURS {
        return 1.0;
    }
    let sample: Vec<(usize, [f64; 2])> = (0..n).map(|i| placed[i * placed.len() / n]).collect();
    let rows: Vec<usize> = sample.iter().map(|&(row, _)| row).collect();
    let points = articles.select(Axis(0), &rows);
    let cosines = points.dot(&points.t());
    let penalties = map_blocks(n, 64, |range| {
        range.map(|one| penalty(one, cosines.row(one), &sample)).sum::<usize>()
    });
    let penalty: usize = penalties.into_iter().sum();
    let (n, k) = (n as f64, NEIGHBOURS as f64);
    1.0 - 2.0 / (n * k * (2.0 * n - 3.0 * k - 1.0)) * penalty as f64
}

/// By how many ranks the neighbours of one on the map are too far off.
fn penalty(one: usize, cosines: ArrayView1<'_, f32>, sample: &[(usize, [f64; 2])]) -> usize {
    let mut others: Vec<usize> = (0..sample.len()).filter(|&other| other != one).collect();
    // Stable: the first of equals is the nearer.
    others.sort_by(|&a, &b| cosines[b].total_cmp(&cosines[a]));
    let mut ranks = vec![0; sample.len()];
    for (rank, &other) in others.iter().enumerate() {
        ranks[other] = rank + 1;
    }
    let away = |other: usize| distance(sample[one].1, sample[other].1);
    others.sort_by(|&a, &b| away(a).total_cmp(&away(b)).then(a.cmp(&b)));
    others[..NEIGHBOURS].iter().map(|&other| ranks[other].saturating_sub(NEIGHBOURS)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a quarter circle, so that cosines fall with distance along it.
    fn arc(n: usize) -> Array2<f32> {
        Array2::from_shape_fn((n, 2), |(row, axis)| {
            let angle = row as f32 / n as f32;
            if axis == 0 { angle.cos() } else { angle.sin() }
        })
    }

    #[test]
    fn a_true_map_is_trusted_and_a_shuffled_one_is_not() {
        let points = arc(60);
        let at = |number: usize| Some([number as f64 + 1e-3 * (number as f64).powi(2), 0.0]);
        let right: Vec<_> = (0..60).map(at).collect();
        assert!(trustworthiness(&points, &right) > 0.99);
        let shuffled: Vec<_> = (0..60).map(|row| at(row * 37 % 60)).collect();
        let low = trustworthiness(&points, &shuffled);
        assert!((0.3..0.7).contains(&low), "{low}");
        let few: Vec<_> = (0..60).map(|row| if row < 19 { at(row) } else { None }).collect();
        assert!((trustworthiness(&points, &few) - 1.0).abs() < 1e-12);
    }
}
