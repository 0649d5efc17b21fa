//! How do word distributions and centroids become a model? Articles get their topics, and topics their order.

use std::sync::Arc;

use ndarray::{Array2, ArrayView1, Axis};

use super::cluster::{LinfaKMeans, linfa_model};
use super::density::Density;
use super::keywords::topic_terms;
use super::kmeans;
use super::mixture::Mixture;
use super::model::{Assignment, TopicModel, assigned, mark};
use super::points::Points;
use super::topic::{COHERENCE_TERMS, Found};
use crate::counts::TermId;
use crate::csr::Csr;
use crate::error::Result;
use crate::quality::Coherence;
use crate::reduce::Lsa;
use crate::tfidf::TfIdfMatrix;

/// How many articles are kept as typical of each topic.
const REPRESENTATIVES: usize = 50;

/// What a model is made of, before its topics are put in order.
pub(super) struct Parts {
    pub(super) lsa: Lsa,
    pub(super) mixture: Mixture,
    /// Of each topic, shape (topics, directions).
    pub(super) centroids: Array2<f32>,
    pub(super) density: Option<Density>,
    /// The squared distances of all known articles from these centroids, if they are known.
    pub(super) inertia: Option<f64>,
}

/// A model from its parts and the damped counts of its articles, and which topic each of its topics was
/// before.
pub(super) fn assembled(
    weights: &TfIdfMatrix,
    counts: &Csr<f32>,
    points: &Points,
    parts: Parts,
) -> Result<(TopicModel, Vec<usize>)> {
    let Parts { lsa, mixture, centroids, density, inertia } = parts;
    let n_centroids = centroids.nrows();
    let outliers = density.as_ref().map(|density| density.outliers(points.rows.view()));
    let corpus = Corpus { weights, counts, outliers: outliers.as_deref() };
    let mut grouped = Grouped::new(&corpus, mixture, centroids);
    let kmeans = linfa_model(&grouped.centroids)?;
    let origins = std::mem::take(&mut grouped.origins);
    // In another order they are as near.
    let same = kmeans.centroids() == grouped.centroids && origins.len() == n_centroids;
    let inertia = inertia.filter(|_| same).unwrap_or_else(|| {
        kmeans::inertia(&kmeans::nearest(points.known(), kmeans.centroids().view()))
    });
    let mut model = grouped.into_model(weights, lsa, kmeans, points, inertia)?;
    model.density = density;
    Ok((model, origins))
}

/// The articles to be grouped.
struct Corpus<'c> {
    weights: &'c TfIdfMatrix,
    counts: &'c Csr<f32>,
    outliers: Option<&'c [bool]>,
}

impl Corpus<'_> {
    /// The topic of each article by its scores, and the articles of each topic.
    fn grouped(&self, mixture: &Mixture, scores: &Array2<f32>) -> (Vec<Assignment>, Vec<Vec<u32>>) {
        let scores = scores.as_standard_layout().into_owned();
        let mut assignments = assigned(mixture.likely_by(scores, self.counts), self.counts);
        mark(&mut assignments, self.outliers);
        let mut members = vec![Vec::new(); mixture.n_topics()];
        for (row, assignment) in assignments.iter().enumerate() {
            if !assignment.is_outlier() {
                members[assignment.topic()].push(row as u32);
            }
        }
        (assignments, members)
    }

    fn terms(&self, members: &[Vec<u32>]) -> Vec<Vec<(TermId, f32)>> {
        topic_terms(self.weights.counts().csr(), self.weights.vocabulary(), members)
    }

    /// Topics that have articles, the largest first, ties by the first keyword.
    fn order(&self, members: &[Vec<u32>], terms: &[Vec<(TermId, f32)>]) -> Vec<usize> {
        let vocabulary = self.weights.vocabulary();
        let first = |topic: usize| terms[topic].first().map(|&(term, _)| vocabulary.written(term));
        let mut order: Vec<usize> =
            (0..members.len()).filter(|&topic| !members[topic].is_empty()).collect();
        order.sort_by(|&a, &b| {
            members[b].len().cmp(&members[a].len()).then_with(|| first(a).cmp(&first(b)))
        });
        order
    }
}

/// Articles by topic, the topics in their final order.
struct Grouped {
    mixture: Mixture,
    centroids: Array2<f32>,
    assignments: Vec<Assignment>,
    members: Vec<Vec<u32>>,
    terms: Vec<Vec<(TermId, f32)>>,
    /// The number that each topic had before it was put in order.
    origins: Vec<usize>,
}

impl Grouped {
    /// Leaves out topics without articles and puts the largest first, ties by the first keyword.
    fn new(corpus: &Corpus<'_>, mut mixture: Mixture, mut centroids: Array2<f32>) -> Self {
        let mut scores = mixture.scores(corpus.counts);
        let mut origins: Vec<usize> = (0..centroids.nrows()).collect();
        let (mut assignments, mut members) = corpus.grouped(&mixture, &scores);
        let mut terms = corpus.terms(&members);
        // Once is enough, but for articles that two topics claim alike: they go to the first, which
        // another order changes. The bound is for them.
        for _ in 0..2 * origins.len() {
            let order = corpus.order(&members, &terms);
            if order.len() == members.len() && order.is_sorted() {
                break;
            }
            scores = scores.select(Axis(1), &mixture.places(&order));
            mixture = mixture.select(&order);
            centroids = centroids.select(Axis(0), &order);
            origins = order.iter().map(|&topic| origins[topic]).collect();
            let before = std::mem::take(&mut members);
            (assignments, members) = corpus.grouped(&mixture, &scores);
            let same = order.len() == before.len()
                && order.iter().zip(&members).all(|(&topic, members)| before[topic] == *members);
            terms = if same {
                order.iter().map(|&topic| std::mem::take(&mut terms[topic])).collect()
            } else {
                corpus.terms(&members)
            };
        }
        Self { mixture, centroids, assignments, members, terms, origins }
    }

    fn into_model(
        self,
        weights: &TfIdfMatrix,
        lsa: Lsa,
        kmeans: LinfaKMeans,
        points: &Points,
        inertia: f64,
    ) -> Result<TopicModel> {
        let top: Vec<Vec<TermId>> = self
            .terms
            .iter()
            .map(|terms| terms.iter().take(COHERENCE_TERMS).map(|&(term, _)| term).collect())
            .collect();
        let coherence = Coherence::in_documents(weights.counts(), &top)?.npmi();
        let topics = self.members.iter().zip(self.terms).zip(coherence).enumerate().map(
            |(topic, ((members, terms), coherence))| Found {
                size: members.len(),
                terms,
                keywords: Vec::new(),
                sentences: Vec::new(),
                representatives: typical(members, points, kmeans.centroids().row(topic)),
                coherence,
            },
        );
        let topics = topics.collect();
        Ok(TopicModel {
            vocabulary: Arc::clone(weights.vocabulary()),
            lsa,
            kmeans,
            mixture: self.mixture,
            topics,
            assignments: self.assignments,
            inertia,
            gaussian: None,
            density: None,
            learned: None,
        })
    }
}

/// The members nearest to a centroid, nearest first.
fn typical(members: &[u32], points: &Points, centroid: ArrayView1<'_, f32>) -> Vec<u32> {
    // On the unit sphere the nearest has the largest product; rows at the origin come last.
    let centroid = centroid.as_standard_layout();
    let centroid = centroid.as_slice().unwrap_or_default();
    let products = kmeans::products(points.rows.view(), members, centroid);
    let place = |(&row, product)| (points.is_at_origin(row as usize), product, row);
    let mut members: Vec<(bool, f32, u32)> = members.iter().zip(products).map(place).collect();
    let nearer = |a: &(bool, f32, u32), b: &(bool, f32, u32)| {
        a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2))
    };
    if members.len() > REPRESENTATIVES {
        members.select_nth_unstable_by(REPRESENTATIVES, nearer);
        members.truncate(REPRESENTATIVES);
    }
    members.sort_unstable_by(nearer);
    members.into_iter().map(|(_, _, row)| row).collect()
}
