//! Which groups of neighbours do topics start from?

use linfa::DatasetBase;
use linfa::ParamGuard as _;
use linfa::traits::{Fit, Predict as _, PredictInplace, Transformer as _};
use linfa_clustering::{Dbscan, GaussianMixtureModel, Optics};
use linfa_nn::CommonNearestNeighbour;
use linfa_nn::distance::L2Dist;
use ndarray::{Array1, Array2, ArrayView2};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng as _;

use super::density::Density;
use crate::error::{Error, Result};

/// The Gaussian mixture of linfa that users get, in single precision.
pub(crate) type LinfaGaussianMixture = GaussianMixtureModel<f32>;

/// Added to each variance of a Gaussian mixture. Coordinates of 60 directions on the unit sphere vary by
/// about 1/60, and small groups span fewer directions than there are.
const VARIANCE: f32 = 1e-3;

/// The mean log-likelihood of a Gaussian mixture is at rest when a round adds less.
const GAIN: f32 = 1e-2;

/// More than the distance of any two rows on the unit sphere.
const EVERYWHERE: f32 = 2.1;

/// Rounds of a Gaussian mixture at most.
const ROUNDS: u64 = 300;

/// Which groups of neighbours the topics of a [`TopicModel`](crate::TopicModel) start from: an estimator of
/// linfa over articles on the unit sphere, where the distance of two is `√(2 − 2·cosine)`, 0..=2.
///
/// Whichever it is, articles and topics are then fitted to each other word by word
/// ([`rounds`](crate::TopicParams::rounds)), and later articles are assigned by words.
///
/// Density engines find as many topics as there are dense groups: the number given to
/// [`TopicModel::params`](crate::TopicModel::params) is not used. Articles outside of them are
/// [outliers](crate::Assignment::is_outlier). A wide radius joins everything into one topic, a narrow
/// one leaves most articles out; news has few dense groups, so these engines suit corpora of
/// near-repeats, such as agency copy.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, Engine, TfIdf, TopicModel};
///
/// let docs = [
///     "goal match striker", "striker match goal", "goal striker match",
///     "bank rates prices", "rates bank prices", "bank prices rates", "a lonely yodeller",
/// ];
/// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
/// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
/// let engine = Engine::Dbscan { min_points: 3, radius: Some(0.5) };
/// let model = TopicModel::params(1).engine(engine).fit(&weights)?;
/// assert_eq!(model.n_topics(), 2);
/// assert!(model.assignments()[6].is_outlier());
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Engine {
    /// K-means, by our own search ([`TopicModel::kmeans`](crate::TopicModel::kmeans)).
    #[default]
    KMeans,
    /// A mixture of Gaussians with full covariances, 1e-3 added to each variance
    /// ([`TopicModel::gaussian_mixture`](crate::TopicModel::gaussian_mixture)). Cost: per round articles × topics
    /// × directions². It asks for many more articles in each topic than there are directions.
    GaussianMixture,
    /// Groups of articles that have at least so many neighbours, themselves among them, within a radius
    /// (Ester et al. 1996). Cost: articles² × directions.
    Dbscan {
        /// Neighbours of an article inside a group, at least 2; 10 by [`dbscan`](Self::dbscan).
        min_points: usize,
        /// Above 0, at most 2; none, as by [`dbscan`](Self::dbscan), takes the least within which three in
        /// ten articles have so many neighbours: how dense a dense place is differs from corpus to
        /// corpus.
        radius: Option<f32>,
    },
    /// The same groups read off the order in which OPTICS visits articles (Ankerst et al. 1999): an article
    /// whose reachability is above the radius begins another. Cost: articles² × directions.
    Optics {
        /// As in [`Dbscan`](Self::Dbscan); 10 by [`optics`](Self::optics).
        min_points: usize,
        /// As in [`Dbscan`](Self::Dbscan).
        radius: Option<f32>,
    },
}

/// What an engine has found among rows.
pub(super) struct Groups {
    /// The group of each row, without gaps; none for rows that belong to none.
    pub(super) labels: Vec<Option<u32>>,
    pub(super) gaussian: Option<LinfaGaussianMixture>,
    pub(super) density: Option<Density>,
}

impl Groups {
    /// From labels with gaps.
    fn new(labels: impl IntoIterator<Item = Option<usize>>) -> Self {
        let labels: Vec<Option<usize>> = labels.into_iter().collect();
        let mut used: Vec<usize> = labels.iter().copied().flatten().collect();
        used.sort_unstable();
        used.dedup();
        let number = |label: usize| used.partition_point(|&other| other < label) as u32;
        let labels = labels.into_iter().map(|label| label.map(number)).collect();
        Self { labels, gaussian: None, density: None }
    }

    pub(super) fn n_groups(&self) -> usize {
        self.labels.iter().flatten().max().map_or(0, |&last| last as usize + 1)
    }
}

impl Engine {
    /// [`Dbscan`](Self::Dbscan) with 10 neighbours, within the radius that the articles suggest.
    pub fn dbscan() -> Self {
        Self::Dbscan { min_points: 10, radius: None }
    }

    /// [`Optics`](Self::Optics) with 10 neighbours, within the radius that the articles suggest.
    pub fn optics() -> Self {
        Self::Optics { min_points: 10, radius: None }
    }

    pub(super) fn check(self) -> Result<()> {
        let (Self::Dbscan { min_points, radius } | Self::Optics { min_points, radius }) = self
        else {
            return Ok(());
        };
        if min_points < 2 {
            return Err(Error::setting("min_points", min_points, "at least 2"));
        }
        // Says what is allowed, so that NaN is not.
        match radius {
            Some(radius) if !(radius > 0.0 && radius <= 2.0) => {
                Err(Error::setting("radius", radius, "above 0 and at most 2"))
            }
            _ => Ok(()),
        }
    }

    /// How many topics must be possible, if that many are asked for.
    pub(super) fn least_rows(self, topics: usize) -> usize {
        match self {
            Self::Dbscan { .. } | Self::Optics { .. } => 1,
            _ => topics,
        }
    }
}

/// The groups of a Gaussian mixture.
pub(super) fn gaussian(rows: ArrayView2<'_, f32>, k: usize, seed: u64) -> Result<Groups> {
    let fault = |error: &dyn std::fmt::Display| {
        let (n, dims) = rows.dim();
        Error::numeric(
            "gaussian mixture",
            format!(
                "{error} ({k} topics, {dims} directions, {n} articles); ask for fewer topics or \
                 fewer directions, or take the engine KMeans"
            ),
        )
    };
    let model = LinfaGaussianMixture::params_with_rng(k, Xoshiro256Plus::seed_from_u64(seed))
        .reg_covariance(VARIANCE)
        .tolerance(GAIN)
        .max_n_iterations(ROUNDS)
        .fit(&DatasetBase::from(rows))
        .map_err(|error| fault(&error))?;
    let finite = model.means().iter().chain(model.weights()).all(|value| value.is_finite());
    if !finite {
        return Err(fault(&"a number is not finite"));
    }
    let labels: Array1<usize> = model.predict(&rows);
    Ok(Groups { gaussian: Some(model), ..Groups::new(labels.into_iter().map(Some)) })
}

/// The groups of DBSCAN.
pub(super) fn dbscan(
    rows: ArrayView2<'_, f32>,
    min_points: usize,
    radius: Option<f32>,
) -> Result<Groups> {
    let density = density(rows, min_points, radius)?;
    let params = Dbscan::params_with(min_points, L2Dist, CommonNearestNeighbour::LinearSearch)
        .tolerance(density.radius())
        .check()
        .map_err(|error| Error::numeric("dbscan", error.to_string()))?;
    dense(params.transform(&rows), density)
}

/// The groups that OPTICS puts one after another.
///
/// linfa does not say where one neighbourhood ends and the next begins: whatever its order begins with is
/// reached from itself. So all articles are one neighbourhood, cut by the radius. Its core distances are
/// right only if neighbours come sorted, which a k-d tree gives.
pub(super) fn optics(
    rows: ArrayView2<'_, f32>,
    min_points: usize,
    radius: Option<f32>,
) -> Result<Groups> {
    let density = density(rows, min_points, radius)?;
    // The tree wants rows in one piece.
    let rows = rows.as_standard_layout();
    let analysis = Optics::params_with(min_points, L2Dist, CommonNearestNeighbour::KdTree)
        .tolerance(EVERYWHERE)
        .check()
        .map_err(|error| Error::numeric("optics", error.to_string()))?
        .transform(rows.view());
    let radius = density.radius();
    let within = |distance: &Option<f32>| distance.is_some_and(|distance| distance <= radius);
    let mut labels = vec![None; rows.nrows()];
    let (mut begun, mut current) = (0, None);
    for (place, sample) in analysis.iter().enumerate() {
        if place == 0 || !within(sample.reachability_distance()) {
            current = within(sample.core_distance()).then_some(begun);
            begun += usize::from(current.is_some());
        }
        labels[sample.index()] = current;
    }
    dense(labels, density)
}

/// Where there are cores, there are groups, but for rounding at the very radius.
fn dense(labels: impl IntoIterator<Item = Option<usize>>, density: Density) -> Result<Groups> {
    let groups = Groups::new(labels);
    if groups.n_groups() == 0 {
        return Err(Error::nothing(
            "no group of articles lies within the radius; take a larger one",
        ));
    }
    Ok(Groups { density: Some(density), ..groups })
}

fn density(rows: ArrayView2<'_, f32>, min_points: usize, radius: Option<f32>) -> Result<Density> {
    Density::new(rows, min_points, radius).ok_or_else(|| {
        let within = radius.map_or(String::new(), |radius| format!(" within a radius of {radius}"));
        Error::nothing(format!(
            "no article has {min_points} neighbours{within}, so there is no topic; take a larger \
             radius or fewer neighbours"
        ))
    })
}

/// The groups that any estimator of linfa says, and what it has fitted.
pub(super) fn plugged<F, E>(rows: Array2<f32>, estimator: &F) -> Result<(Groups, F::Object)>
where
    F: Fit<Array2<f32>, Array1<()>, E>,
    E: std::error::Error + From<linfa::Error>,
    F::Object: PredictInplace<Array2<f32>, Array1<usize>>,
{
    let dataset = DatasetBase::from(rows);
    let object = estimator
        .fit(&dataset)
        .map_err(|error| Error::numeric("the estimator", error.to_string()))?;
    let mut labels = object.default_target(&dataset.records);
    object.predict_inplace(&dataset.records, &mut labels);
    if labels.len() != dataset.records.nrows() {
        return Err(Error::mismatch("labels", dataset.records.nrows(), labels.len()));
    }
    Ok((Groups::new(labels.into_iter().map(Some)), object))
}
