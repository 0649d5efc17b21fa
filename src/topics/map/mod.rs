//! Where do topics and articles lie, on a sheet of paper?

mod articles;
#[cfg(test)]
mod tests;
mod topics;
mod trust;

use ndarray::{Array1, Array2, Axis};

use super::model::TopicModel;
use super::points::Points;
use super::reshape::means;
use crate::error::Result;
use crate::tfidf::TfIdfMatrix;

/// Topics and articles as points of a plane: what is near there is mostly near in words.
///
/// Axes have no meaning, and the unit is as in the distance of two topics: 1 − the cosine of their
/// centroids, seen from the mean of all articles, so most topics are about 1 apart.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TopicMap {
    /// The place of each topic; their mean is the origin.
    pub topics: Vec<[f64; 2]>,
    /// The place of each article that the model was fitted on; `None` without any known term.
    pub articles: Vec<Option<[f64; 2]>>,
    /// How far distances between topics on the map are from those that they should be:
    /// `√(Σ(d − δ)² / Σδ²)` over pairs of topics (Kruskal's stress-1), 0 if the map is exact.
    pub stress: f64,
    /// Whether neighbours on the map are neighbours in the model's directions: trustworthiness (Venna &
    /// Kaski 2001) of the ten nearest, 0..=1, among at most 1,000 articles evenly taken; about 0.5 is
    /// chance. 1 if there are too few articles to tell.
    pub trustworthiness: f64,
}

/// Articles on the unit sphere, seen from their mean.
struct Sky {
    /// Shape (articles, directions), of length 1 or at the origin.
    articles: Array2<f32>,
    known: Vec<bool>,
    /// The topic of each article.
    labels: Vec<u32>,
    /// Shape (topics, directions), of length 1 or at the origin.
    topics: Array2<f32>,
}

impl TopicModel {
    /// Two coordinates for each topic and article, for a picture.
    ///
    /// Topics: classical scaling of their distances, then stress majorization (SMACOF; de Leeuw 1977).
    /// Articles: between the topics, each pulling with `exp(cosine / 0.05)`, so mostly at their own
    /// topic; around there they are spread along the two principal axes of the topic's articles, to half
    /// of the distance from topic to topic. Nothing is drawn at random.
    ///
    /// `weights` are those that the model was fitted on. Cost: as articles × topics × directions and
    /// topics × directions³; 60 million multiplications for the trustworthiness.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank", ""];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let model = TopicModel::params(2).fit(&weights)?;
    /// let map = model.map(&weights)?;
    /// let distance = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    /// let (goal, bank) = (map.articles[0].unwrap(), map.articles[2].unwrap());
    /// let own = map.topics[model.assignments()[0].topic()];
    /// assert!(distance(goal, own) < distance(bank, own));
    /// assert_eq!(map.articles[4], None);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the model was fitted on other articles.
    pub fn map(&self, weights: &TfIdfMatrix) -> Result<TopicMap> {
        self.check_fitted(weights)?;
        let sky = self.sky(weights)?;
        let (topics, stress) = topics::places(&sky.topics)?;
        let articles = articles::places(&sky, &topics)?;
        let trustworthiness = trust::trustworthiness(&sky.articles, &articles);
        Ok(TopicMap { topics, articles, stress, trustworthiness })
    }

    fn sky(&self, weights: &TfIdfMatrix) -> Result<Sky> {
        let points = Points::new(self.lsa.project(weights.csr())?.normalized().into_inner());
        let labels: Vec<u32> = self.assignments.iter().map(|found| found.topic).collect();
        let all = means(&points, &vec![0; labels.len()], 1);
        let mean = all.row(0);
        let mut topics = means(&points, &labels, self.n_topics());
        let known: Vec<bool> =
            (0..points.rows.nrows()).map(|row| !points.is_at_origin(row)).collect();
        let mut articles = points.rows;
        let seen = |mut row: ndarray::ArrayViewMut1<'_, f32>| {
            row -= &mean;
            let length = row.dot(&row).sqrt();
            if length > 0.0 {
                row /= length;
            }
        };
        topics.axis_iter_mut(Axis(0)).for_each(seen);
        for (row, &known) in articles.axis_iter_mut(Axis(0)).zip(&known) {
            if known {
                seen(row);
            }
        }
        Ok(Sky { articles, known, labels, topics })
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// The same column with its largest entry positive, so that maps are not mirrored by rounding.
fn oriented(mut column: Array1<f64>) -> Array1<f64> {
    let largest =
        column.iter().fold(0.0, |most: f64, &v| if v.abs() > most.abs() { v } else { most });
    if largest < 0.0 {
        column.mapv_inplace(|value| -value);
    }
    column
}
