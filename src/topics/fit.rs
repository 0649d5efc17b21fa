//! How are topics found?

use std::sync::Arc;

use ndarray::{Array2, ArrayView1, Axis};

use super::cluster::{LinfaKMeans, linfa_model};
use super::coherence::npmi;
use super::keywords::topic_terms;
use super::kmeans;
use super::mixture::{Mixture, damped};
use super::model::{Assignment, TopicModel, assigned};
use super::params::{TopicParams, TopicValidParams};
use super::points::Points;
use super::topic::{COHERENCE_TERMS, Found};
use crate::counts::{TermId, Vocabulary};
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::reduce::Lsa;
use crate::tfidf::TfIdfMatrix;

/// How many articles are kept as typical of each topic.
const REPRESENTATIVES: usize = 50;

impl TopicParams {
    /// Finds topics in weighted articles.
    ///
    /// If there are fewer different articles than topics asked for, there are fewer topics, since none
    /// is empty.
    ///
    /// # Errors
    ///
    /// `is_setting` if a setting is 0; `is_too_small` if fewer articles than topics have a known term;
    /// `is_numeric` if a weight is not finite.
    pub fn fit(&self, weights: &TfIdfMatrix) -> Result<TopicModel> {
        self.checked()?.fit_checked(weights)
    }

    /// As [`fit`](Self::fit), with directions that were found before: for several numbers of topics,
    /// the articles need be reduced only once. `fit` itself uses those of [`lsa`](Self::lsa).
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and `is_mismatch` if the directions are over other terms.
    pub fn fit_reduced(&self, weights: &TfIdfMatrix, lsa: Lsa) -> Result<TopicModel> {
        self.checked()?.fit_points(weights, lsa)
    }
}

impl TopicValidParams {
    pub(crate) fn fit_checked(&self, weights: &TfIdfMatrix) -> Result<TopicModel> {
        self.enough(weights.csr().rows().filter(|(columns, _)| !columns.is_empty()).count())?;
        self.fit_points(weights, self.lsa(weights.n_docs()).fit(weights)?)
    }

    fn enough(&self, n_known: usize) -> Result<()> {
        if n_known < self.topics {
            return Err(Error::too_small("articles with a counted term", self.topics, n_known));
        }
        Ok(())
    }

    fn fit_points(&self, weights: &TfIdfMatrix, lsa: Lsa) -> Result<TopicModel> {
        let points = Points::new(lsa.project(weights.csr())?.normalized().into_inner());
        self.enough(points.n_known())?;
        let counts = damped(weights.counts().csr());
        let run = self.search(&points, &counts);
        let labels = points.of_all(run.nearest.iter().map(|nearest| nearest.cluster));
        let mixture = Mixture::fit(&counts, &labels, run.centroids.nrows(), self.rounds);
        let grouped = Grouped::new(weights, &counts, mixture, run.centroids);
        let kmeans = linfa_model(points.known(), grouped.centroids.clone())?;
        Ok(grouped.into_model(weights, lsa, kmeans, &points))
    }
}

/// Articles by topic, the topics in their final order.
struct Grouped {
    mixture: Mixture,
    centroids: Array2<f32>,
    assignments: Vec<Assignment>,
    members: Vec<Vec<u32>>,
    terms: Vec<Vec<(TermId, f32)>>,
}

impl Grouped {
    /// Leaves out topics without articles and puts the largest first, ties by the first keyword.
    fn new(
        weights: &TfIdfMatrix,
        counts: &Csr<f32>,
        mixture: Mixture,
        centroids: Array2<f32>,
    ) -> Self {
        let mut grouped = Self::unordered(weights, counts, mixture, centroids);
        // Once is enough, but for articles that two topics claim alike: they go to the first, which
        // another order changes. The bound is for them.
        for _ in 0..2 * grouped.members.len() {
            let order = grouped.order(weights.vocabulary());
            if order.len() == grouped.members.len() && order.is_sorted() {
                break;
            }
            let mixture = grouped.mixture.select(&order);
            let centroids = grouped.centroids.select(Axis(0), &order);
            grouped = Self::unordered(weights, counts, mixture, centroids);
        }
        grouped
    }

    fn unordered(
        weights: &TfIdfMatrix,
        counts: &Csr<f32>,
        mixture: Mixture,
        centroids: Array2<f32>,
    ) -> Self {
        let assignments = assigned(&mixture, counts);
        let mut members = vec![Vec::new(); centroids.nrows()];
        for (row, assignment) in assignments.iter().enumerate() {
            members[assignment.topic()].push(row as u32);
        }
        let terms = topic_terms(weights.counts().csr(), weights.vocabulary(), &members);
        Self { mixture, centroids, assignments, members, terms }
    }

    /// Topics that have articles, the largest first, ties by the first keyword.
    fn order(&self, vocabulary: &Vocabulary) -> Vec<usize> {
        let size = |topic: usize| self.members[topic].len();
        let first =
            |topic: usize| self.terms[topic].first().map(|&(term, _)| vocabulary.written(term));
        let mut order: Vec<usize> =
            (0..self.members.len()).filter(|&topic| size(topic) > 0).collect();
        order.sort_by(|&a, &b| size(b).cmp(&size(a)).then_with(|| first(a).cmp(&first(b))));
        order
    }

    fn into_model(
        self,
        weights: &TfIdfMatrix,
        lsa: Lsa,
        kmeans: LinfaKMeans,
        points: &Points,
    ) -> TopicModel {
        let top: Vec<Vec<u32>> = self
            .terms
            .iter()
            .map(|terms| terms.iter().take(COHERENCE_TERMS).map(|(term, _)| term.0).collect())
            .collect();
        let coherence = npmi(weights.counts().csr(), &top);
        let topics = self.members.iter().zip(self.terms).zip(coherence).enumerate().map(
            |(topic, ((members, terms), coherence))| Found {
                size: members.len(),
                terms,
                representatives: typical(members, points, kmeans.centroids().row(topic)),
                coherence,
            },
        );
        let topics = topics.collect();
        let nearest = kmeans::nearest(points.known(), kmeans.centroids().view());
        TopicModel {
            vocabulary: Arc::clone(weights.vocabulary()),
            lsa,
            kmeans,
            mixture: self.mixture,
            topics,
            assignments: self.assignments,
            inertia: kmeans::inertia(&nearest),
        }
    }
}

/// The members nearest to a centroid, nearest first.
fn typical(members: &[u32], points: &Points, centroid: ArrayView1<'_, f32>) -> Vec<u32> {
    // On the unit sphere the nearest has the largest product; rows at the origin come last.
    let mut members: Vec<(bool, f32, u32)> = members
        .iter()
        .map(|&row| {
            let at = row as usize;
            (points.is_at_origin(at), points.rows.row(at).dot(&centroid), row)
        })
        .collect();
    members.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    members.into_iter().take(REPRESENTATIVES).map(|(_, _, row)| row).collect()
}
