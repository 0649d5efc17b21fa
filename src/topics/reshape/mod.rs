//! How do a user's own wishes change the topics that were found? Merge, split, reduce.

mod guided;
mod hierarchy;
mod parts;
#[cfg(test)]
mod tests;

use ndarray::Array2;

pub use guided::{GuidedTopics, SeedWords};
pub use hierarchy::{Hierarchy, Join};

use super::assemble::{Parts, assembled};
use super::mixture::{Mixture, damped};
use super::model::TopicModel;
use super::params::TopicParams;
use super::points::Points;
use crate::error::{Error, Result};
use crate::tfidf::TfIdfMatrix;

impl TopicModel {
    /// The model with some of its topics made one. Its articles are those of all of them, and no other
    /// article changes its topic; later articles go to the merged topic that would have gone to one of
    /// its parts. Topics are numbered anew, the largest first.
    ///
    /// Keywords, coherence and typical articles are found anew. `weights` are those that the model was
    /// fitted on. A single topic, or one named twice, changes nothing.
    ///
    /// Cost: as one [`assign`](Self::assign), and the passes for the keywords.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank", "film actor"];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let model = TopicModel::params(3).fit(&weights)?;
    /// let topic = |article: usize| model.assignments()[article].topic();
    ///
    /// let merged = model.merge(&weights, &[topic(0), topic(4)])?;
    /// assert_eq!(merged.n_topics(), 2);
    /// assert_eq!(merged.assignments()[0].topic(), merged.assignments()[4].topic());
    /// assert_eq!(merged.topic(0).size(), 3);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_setting` if there is no such topic; `is_mismatch` if the model was fitted on other articles.
    pub fn merge(&self, weights: &TfIdfMatrix, topics: &[usize]) -> Result<Self> {
        let n_topics = self.n_topics();
        for &topic in topics {
            self.check_topic(topic)?;
        }
        let into = topics.iter().min().copied();
        let group = |topic| if topics.contains(&topic) { into.unwrap_or(topic) } else { topic };
        self.grouped(weights, &(0..n_topics).map(group).collect::<Vec<_>>())
    }

    /// The model with `n` topics, the nearest merged first, as [`hierarchy`](Self::hierarchy) has it.
    /// Nothing changes if there are no more than that.
    ///
    /// # Errors
    ///
    /// `is_setting` if `n` is 0; `is_mismatch` if the model was fitted on other articles.
    pub fn reduce(&self, weights: &TfIdfMatrix, n: usize) -> Result<Self> {
        if n == 0 {
            return Err(Error::setting("topics", n, "at least 1"));
        }
        self.grouped(weights, &hierarchy::cut(&hierarchy::joins(self), self.n_topics(), n))
    }

    /// The model with one topic replaced by those that `params` finds among its articles, at most as
    /// many as it asks for: with directions, restarts, rounds and seed of its own. Topics are numbered
    /// anew, the largest first.
    ///
    /// All topics compete for all articles afterwards: a few that lay between two topics may change sides.
    /// Numbers of directions are capped by what the articles of the topic have.
    ///
    /// Cost: as fitting the articles of the topic, and as one [`merge`](Self::merge).
    ///
    /// # Errors
    ///
    /// `is_setting` if there is no such topic, or a setting is 0; `is_too_small` if fewer of its articles
    /// have a known term than topics are asked for; `is_mismatch` if the model was fitted on other articles.
    pub fn split(&self, weights: &TfIdfMatrix, topic: usize, params: &TopicParams) -> Result<Self> {
        self.check_topic(topic)?;
        self.check_fitted(weights)?;
        let members: Vec<u32> = self.members(topic);
        let inner = params.fit(&weights.select(&members))?;
        let share = members.len() as f32 / weights.n_docs() as f32;
        let mixture = self.mixture.replaced(topic as u32, &inner.mixture, share.ln());
        let mut labels: Vec<u32> = self.assignments.iter().map(|found| found.topic).collect();
        for (&row, inner) in members.iter().zip(&inner.assignments) {
            labels[row as usize] = match inner.topic {
                0 => topic as u32,
                other => (self.n_topics() - 1) as u32 + other,
            };
        }
        self.rebuilt(weights, mixture, &labels)
    }

    /// The model whose topic `t` is now `groups[t]`, the number of a topic.
    fn grouped(&self, weights: &TfIdfMatrix, groups: &[usize]) -> Result<Self> {
        self.check_fitted(weights)?;
        // Numbers without gaps.
        let mut used = groups.to_vec();
        used.sort_unstable();
        used.dedup();
        let number = |group: usize| used.partition_point(|&other| other < group) as u32;
        let numbers: Vec<u32> = groups.iter().map(|&group| number(group)).collect();
        let labels: Vec<u32> =
            self.assignments.iter().map(|found| numbers[found.topic()]).collect();
        self.rebuilt(weights, self.mixture.merged(&numbers), &labels)
    }

    /// A model with other distributions; its centroids are the means of the articles by `labels`.
    fn rebuilt(&self, weights: &TfIdfMatrix, mixture: Mixture, labels: &[u32]) -> Result<Self> {
        let points = Points::new(self.lsa.project(weights.csr())?.normalized().into_inner());
        let centroids = means(&points, labels, mixture.n_topics());
        let density = self.density.clone();
        let lsa = self.lsa.clone();
        let parts = Parts { lsa, mixture, centroids, density, inertia: None };
        Ok(assembled(weights, &damped(weights.counts().csr()), &points, parts)?.0)
    }

    /// The rows of the articles of a topic, rising.
    pub(super) fn members(&self, topic: usize) -> Vec<u32> {
        let rows = self.assignments.iter().zip(0_u32..);
        rows.filter(|(found, _)| found.topic() == topic && !found.is_outlier())
            .map(|(_, row)| row)
            .collect()
    }

    pub(super) fn check_topic(&self, topic: usize) -> Result<()> {
        if topic < self.n_topics() {
            return Ok(());
        }
        let allowed = format!("below the number of topics, {}", self.n_topics());
        Err(Error::setting("topic", topic, allowed))
    }
}

/// The mean of the points with each label, shape (topics, directions); at the origin without any.
pub(super) fn means(points: &Points, labels: &[u32], n_topics: usize) -> Array2<f32> {
    let mut sums = Array2::<f64>::zeros((n_topics, points.rows.ncols()));
    let mut sizes = vec![0_usize; n_topics];
    for (number, (row, &label)) in points.rows.rows().into_iter().zip(labels).enumerate() {
        if !points.is_at_origin(number) {
            sizes[label as usize] += 1;
            let mut sum = sums.row_mut(label as usize);
            sum.iter_mut().zip(row).for_each(|(sum, &value)| *sum += f64::from(value));
        }
    }
    for (mut sum, &size) in sums.rows_mut().into_iter().zip(&sizes) {
        sum /= size.max(1) as f64;
    }
    sums.mapv(|value| value as f32)
}
