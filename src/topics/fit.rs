//! How are topics found?

use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, Axis, Slice};

use super::assemble::{Parts, assembled};
use super::engine::{self, Engine, Groups};
use super::kmeans;
use super::mixture::{Labels, Mixture, damped};
use super::model::TopicModel;
use super::params::{TopicParams, TopicValidParams};
use super::points::Points;
use super::reshape::means;
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::{inside, join};
use crate::reduce::Lsa;
use crate::tfidf::TfIdfMatrix;

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
        let valid = self.checked()?;
        inside(|| valid.fit_points(weights, lsa))
    }
}

impl TopicValidParams {
    pub(crate) fn fit_checked(&self, weights: &TfIdfMatrix) -> Result<TopicModel> {
        self.enough(weights.csr().rows().filter(|(columns, _)| !columns.is_empty()).count())?;
        inside(|| self.fit_points(weights, self.lsa(weights.n_docs()).fit(weights)?))
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
                let (run, columns) = join(|| self.search(&points, &counts), || counts.transposed());
                let labels: Labels =
                    run.nearest.iter().map(|nearest| Some(nearest.cluster)).collect();
                let labels = points.of_all(&labels);
                let n_topics = run.centroids.nrows();
                let mixture =
                    Mixture::fit_columns(&counts, &columns, &labels, n_topics, self.rounds);
                let inertia = Some(kmeans::inertia(&run.nearest));
                let centroids = run.centroids;
                let parts = Parts { lsa, mixture, centroids, density: None, inertia };
                return Ok(assembled(weights, &counts, &points, parts)?.0);
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
        let parts = Parts { lsa, mixture, centroids, density, inertia: None };
        let (mut model, _) = assembled(weights, counts, points, parts)?;
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
