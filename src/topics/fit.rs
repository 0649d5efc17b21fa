//! How are topics found?

use std::sync::Arc;

use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};

use super::cluster::{LinfaKMeans, linfa_model};
use super::density::Density;
use super::engine::{self, Engine, Groups};
use super::keywords::topic_terms;
use super::kmeans;
use super::mixture::{Labels, Mixture, damped};
use super::model::{Assignment, TopicModel, assigned, mark};
use super::params::{TopicParams, TopicValidParams};
use super::points::Points;
use super::reshape::means;
use super::topic::{COHERENCE_TERMS, Found};
use crate::counts::{TermId, Vocabulary};
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::quality::Coherence;
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
        let least = self.engine.least_rows(self.topics);
        if n_known < least {
            return Err(Error::too_small("articles with a counted term", least, n_known));
        }
        Ok(())
    }

    pub(super) fn fit_points(&self, weights: &TfIdfMatrix, lsa: Lsa) -> Result<TopicModel> {
        let points = Points::new(lsa.project(weights.csr())?.normalized().into_inner());
        self.enough(points.n_known())?;
        let counts = damped(weights.counts().csr());
        let rows = points.known();
        let groups = match self.engine {
            Engine::KMeans => {
                let run = self.search(&points, &counts);
                let labels: Labels =
                    run.nearest.iter().map(|nearest| Some(nearest.cluster)).collect();
                let labels = points.of_all(&labels);
                let mixture = Mixture::fit(&counts, &labels, run.centroids.nrows(), self.rounds);
                let parts = Parts::at_rest(lsa, mixture, run.centroids);
                return Ok(assembled(weights, &points, parts)?.0);
            }
            Engine::GaussianMixture => engine::gaussian(rows, self.topics, self.seed)?,
            Engine::Dbscan { min_points, radius } => engine::dbscan(rows, min_points, radius)?,
            Engine::Optics { min_points, radius } => engine::optics(rows, min_points, radius)?,
        };
        self.started(weights, lsa, &points, &counts, groups)
    }

    /// A model from groups of the known rows. Those of no group teach it no words.
    fn started(
        &self,
        weights: &TfIdfMatrix,
        lsa: Lsa,
        points: &Points,
        counts: &Csr<f32>,
        groups: Groups,
    ) -> Result<TopicModel> {
        let n_groups = groups.n_groups();
        let labels = points.of_all(&groups.labels);
        let inside: Vec<u32> = (0_u32..)
            .zip(&labels)
            .filter(|(_, label)| label.is_some())
            .map(|(row, _)| row)
            .collect();
        let of_inside = inside.iter().map(|&row| labels[row as usize]).collect();
        let mixture = if groups.density.is_some() {
            Mixture::fit(&counts.select(&inside), &of_inside, n_groups, self.rounds)
        } else {
            Mixture::fit(counts, &labels, n_groups, self.rounds)
        };
        // A last group, of those that have none, is left out again.
        let labels: Vec<u32> =
            labels.iter().map(|label| label.unwrap_or(n_groups as u32)).collect();
        let mut centroids = means(points, &labels, n_groups + 1);
        centroids.slice_axis_inplace(Axis(0), Slice::from(..n_groups));
        let Groups { density, gaussian, .. } = groups;
        let parts = Parts { lsa, mixture, centroids, density, at_rest: false };
        let (mut model, _) = assembled(weights, points, parts)?;
        model.gaussian = gaussian;
        Ok(model)
    }
}

impl TopicParams {
    /// As [`fit_reduced`](Self::fit_reduced), from the groups that any estimator of linfa finds over dense rows
    /// of `f32`, and what it has fitted. The rows are those of `lsa`, scaled to length 1, of articles with a
    /// known term. It decides how many topics there are; restarts, seed and [engine](Self::engine) of these
    /// settings do not matter to it.
    ///
    /// ```
    /// use linfa::traits::Fit;
    /// use linfa_clustering::KMeans;
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let params = TopicModel::params(2);
    /// let lsa = params.lsa(weights.n_docs()).fit(&weights)?;
    ///
    /// let estimator = KMeans::params(2).n_runs(3);
    /// let (model, kmeans) = params.fit_with(&estimator, &weights, lsa)?;
    /// assert_eq!((model.n_topics(), kmeans.centroids().nrows()), (2, 2));
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`fit_reduced`](Self::fit_reduced); `is_numeric` with the estimator's message if that fails;
    /// `is_mismatch` if it does not give a label for each row. (What an estimator panics at, this
    /// panics at.)
    pub fn fit_with<F, E>(
        &self,
        estimator: &F,
        weights: &TfIdfMatrix,
        lsa: Lsa,
    ) -> Result<(TopicModel, F::Object)>
    where
        F: Fit<Array2<f32>, Array1<()>, E>,
        E: std::error::Error + From<linfa::Error>,
        F::Object: PredictInplace<Array2<f32>, Array1<usize>>,
    {
        let valid = self.checked()?;
        let points = Points::new(lsa.project(weights.csr())?.normalized().into_inner());
        if points.n_known() == 0 {
            return Err(Error::too_small("articles with a counted term", 1, 0));
        }
        let counts = damped(weights.counts().csr());
        let (groups, object) = engine::plugged(points.known().to_owned(), estimator)?;
        Ok((valid.started(weights, lsa, &points, &counts, groups)?, object))
    }
}

/// What a model is made of, before its topics are put in order.
pub(super) struct Parts {
    pub(super) lsa: Lsa,
    pub(super) mixture: Mixture,
    /// Of each topic, shape (topics, directions).
    pub(super) centroids: Array2<f32>,
    pub(super) density: Option<Density>,
    /// Whether the centroids are those of k-means, which stay where they are.
    pub(super) at_rest: bool,
}

impl Parts {
    /// With centroids of k-means.
    pub(super) fn at_rest(lsa: Lsa, mixture: Mixture, centroids: Array2<f32>) -> Self {
        Self { lsa, mixture, centroids, density: None, at_rest: true }
    }
}

/// A model from its parts, and which topic each of its topics was before.
pub(super) fn assembled(
    weights: &TfIdfMatrix,
    points: &Points,
    parts: Parts,
) -> Result<(TopicModel, Vec<usize>)> {
    let Parts { lsa, mixture, centroids, density, at_rest } = parts;
    let outliers = density.as_ref().map(|density| density.outliers(points.rows.view()));
    let counts = damped(weights.counts().csr());
    let corpus = Corpus { weights, counts: &counts, outliers: outliers.as_deref() };
    let mut grouped = Grouped::new(&corpus, mixture, centroids);
    let centroids = grouped.centroids.clone();
    let kmeans = if at_rest {
        linfa_model(points.known(), centroids)?
    } else {
        linfa_model(grouped.centroids.view(), centroids)?
    };
    let origins = std::mem::take(&mut grouped.origins);
    let mut model = grouped.into_model(weights, lsa, kmeans, points)?;
    model.density = density;
    Ok((model, origins))
}

/// The articles to be grouped.
struct Corpus<'c> {
    weights: &'c TfIdfMatrix,
    counts: &'c Csr<f32>,
    outliers: Option<&'c [bool]>,
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
    fn new(corpus: &Corpus<'_>, mixture: Mixture, centroids: Array2<f32>) -> Self {
        let mut grouped = Self::unordered(corpus, mixture, centroids);
        // Once is enough, but for articles that two topics claim alike: they go to the first, which
        // another order changes. The bound is for them.
        for _ in 0..2 * grouped.members.len() {
            let order = grouped.order(corpus.weights.vocabulary());
            if order.len() == grouped.members.len() && order.is_sorted() {
                break;
            }
            let mixture = grouped.mixture.select(&order);
            let centroids = grouped.centroids.select(Axis(0), &order);
            let origins = order.iter().map(|&topic| grouped.origins[topic]).collect();
            grouped = Self { origins, ..Self::unordered(corpus, mixture, centroids) };
        }
        grouped
    }

    fn unordered(corpus: &Corpus<'_>, mixture: Mixture, centroids: Array2<f32>) -> Self {
        let weights = corpus.weights;
        let mut assignments = assigned(&mixture, corpus.counts);
        mark(&mut assignments, corpus.outliers);
        let mut members = vec![Vec::new(); centroids.nrows()];
        for (row, assignment) in assignments.iter().enumerate() {
            if !assignment.is_outlier() {
                members[assignment.topic()].push(row as u32);
            }
        }
        let terms = topic_terms(weights.counts().csr(), weights.vocabulary(), &members);
        let origins = (0..members.len()).collect();
        Self { mixture, centroids, assignments, members, terms, origins }
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
        let nearest = kmeans::nearest(points.known(), kmeans.centroids().view());
        Ok(TopicModel {
            vocabulary: Arc::clone(weights.vocabulary()),
            lsa,
            kmeans,
            mixture: self.mixture,
            topics,
            assignments: self.assignments,
            inertia: kmeans::inertia(&nearest),
            gaussian: None,
            density: None,
            learned: None,
        })
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
