//! Where do articles lie between and around the topics?

use ndarray::{Array2, Axis};

use super::{Sky, distance, oriented};
use crate::error::Result;
use crate::reduce::eigen;

/// By how much a cosine must be larger for a topic to pull e times as strongly. Of 0.05, 0.1 and 0.2 the
/// one that kept most neighbours.
const REACH: f32 = 0.05;

/// How far articles are spread around their topic, as a share of the way to the nearest topic; 0.5 kept
/// more neighbours than 0 and 1.
const SPREAD: f64 = 0.5;

/// A place for each article, none for those without a known term.
pub(super) fn places(sky: &Sky, topics: &[[f64; 2]]) -> Result<Vec<Option<[f64; 2]>>> {
    let spread = spread(sky, SPREAD * to_nearest(topics))?;
    let cosines = sky.articles.dot(&sky.topics.t());
    let rows = cosines.rows().into_iter().zip(&spread).zip(&sky.known);
    let place =
        |((cosines, spread), &known): ((ndarray::ArrayView1<'_, f32>, &[f64; 2]), &bool)| {
            let most = cosines.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut place = [0.0; 2];
            let mut sum = 0.0;
            for (&cosine, topic) in cosines.iter().zip(topics) {
                let pull = f64::from(((cosine - most) / REACH).exp());
                sum += pull;
                place[0] += pull * topic[0];
                place[1] += pull * topic[1];
            }
            known.then(|| [place[0] / sum + spread[0], place[1] / sum + spread[1]])
        };
    Ok(rows.map(place).collect())
}

/// The median of the distances from each topic to the nearest other; 1 if there is only one.
fn to_nearest(topics: &[[f64; 2]]) -> f64 {
    let nearest = |(place, &topic): (usize, &[f64; 2])| {
        let others = topics.iter().enumerate().filter(|&(other, _)| other != place);
        others.map(|(_, &other)| distance(topic, other)).fold(f64::INFINITY, f64::min)
    };
    let mut nearest: Vec<f64> = topics.iter().enumerate().map(nearest).collect();
    nearest.sort_by(f64::total_cmp);
    nearest.get(nearest.len() / 2).copied().filter(|median| median.is_finite()).unwrap_or(1.0)
}

/// How far each article lies from the middle of its topic along the two principal axes of the topic's
/// articles, times `scale`.
fn spread(sky: &Sky, scale: f64) -> Result<Vec<[f64; 2]>> {
    let mut spread = vec![[0.0; 2]; sky.labels.len()];
    for topic in 0..sky.topics.nrows() as u32 {
        let members = |&row: &usize| sky.labels[row] == topic && sky.known[row];
        let rows: Vec<usize> = (0..sky.labels.len()).filter(members).collect();
        // Two always lie on a line.
        if rows.len() < 3 {
            continue;
        }
        let mut around = sky.articles.select(Axis(0), &rows).mapv(f64::from);
        let mean = around.sum_axis(Axis(0)) / rows.len() as f64;
        around -= &mean;
        let (_, vectors) = eigen(&around.t().dot(&around))?;
        let axes: Vec<_> = (0..2.min(vectors.ncols()))
            .map(|axis| oriented(vectors.column(axis).to_owned()))
            .collect();
        let mut plane = Array2::zeros((vectors.nrows(), 2));
        for (mut to, axis) in plane.columns_mut().into_iter().zip(&axes) {
            to.assign(axis);
        }
        for (&row, along) in rows.iter().zip(around.dot(&plane).rows()) {
            spread[row] = [scale * along[0], scale * along[1]];
        }
    }
    Ok(spread)
}
