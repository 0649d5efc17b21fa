//! K-means for whoever has dense rows: an estimator of linfa.

use linfa::dataset::{AsTargets, DatasetBase};
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Data, Ix2};

use super::{MAX_ITERATIONS, Rows, TOLERANCE, inertia, lloyd, mean_variance, nearest, runs_within};
use crate::error::{Error, Result};
use crate::parallel::inside;

/// K-means over dense rows of `f32`: the one that [`TopicModel`](crate::TopicModel) searches with.
///
/// Unlike [`linfa_clustering::KMeans`] its labels, sizes and inertia are those of the centroids that it
/// holds; no cluster is empty as long as there are as many different rows; asking for more clusters than
/// rows is an error; and the same seed gives the same centroids, byte for byte, at any number of threads.
///
/// It starts from greedy k-means++ (Arthur & Vassilvitskii 2007) or from [given
/// centroids](KMeansParams::start), and skips distances that cannot matter (Hamerly 2010), by which it
/// finds what Lloyd's iterations find. Cost: per iteration at most rows × clusters × columns.
///
/// ```
/// use linfa::dataset::DatasetBase;
/// use linfa::traits::{Fit, Predict};
/// use ndarray::array;
/// use undertone::KMeans;
///
/// let rows = array![[0.0_f32, 0.1], [0.1, 0.0], [5.0, 5.1], [5.1, 5.0]];
/// let kmeans = KMeans::params(2).seed(1).fit(&DatasetBase::from(rows))?;
/// assert_eq!(kmeans.sizes(), [2, 2]);
/// assert_eq!(kmeans.labels()[0], kmeans.labels()[1]);
/// let later = kmeans.predict(&array![[0.2_f32, 0.0]]);
/// assert_eq!(later[0], kmeans.labels()[0] as usize);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct KMeans {
    centroids: Array2<f32>,
    labels: Vec<u32>,
    sizes: Vec<usize>,
    inertia: f64,
}

/// Settings of [`KMeans`].
#[derive(Clone, Debug, PartialEq)]
pub struct KMeansParams {
    clusters: usize,
    restarts: usize,
    iterations: usize,
    tolerance: f64,
    seed: u64,
    start: Option<Array2<f32>>,
}

impl KMeans {
    /// Settings for so many clusters.
    pub fn params(clusters: usize) -> KMeansParams {
        KMeansParams {
            clusters,
            restarts: 10,
            iterations: MAX_ITERATIONS,
            tolerance: TOLERANCE,
            seed: 0,
            start: None,
        }
    }

    /// The centroids, shape (clusters, columns).
    pub fn centroids(&self) -> ArrayView2<'_, f32> {
        self.centroids.view()
    }

    /// The cluster of each row that was fitted: the nearest centroid, the first of equals.
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// How many rows each cluster has.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The sum of squared distances between rows and their nearest centroid.
    pub fn inertia(&self) -> f64 {
        self.inertia
    }

    fn new(rows: ArrayView2<'_, f32>, centroids: Array2<f32>) -> Self {
        let found = nearest(rows, centroids.view());
        let mut sizes = vec![0; centroids.nrows()];
        for nearest in &found {
            sizes[nearest.cluster as usize] += 1;
        }
        let labels = found.iter().map(|nearest| nearest.cluster).collect();
        Self { centroids, labels, sizes, inertia: inertia(&found) }
    }
}

impl KMeansParams {
    /// How many searches, of which the one of least inertia counts; 10 unless set.
    #[must_use]
    pub fn restarts(mut self, restarts: usize) -> Self {
        self.restarts = restarts;
        self
    }

    /// Iterations of each search at most; 300 unless set.
    #[must_use]
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.iterations = iterations;
        self
    }

    /// A search ends when the squared shift of all centroids is at most this share of the mean variance
    /// of the columns, as in scikit-learn; 1e-4 unless set. With 0 it ends when no row changes its
    /// cluster.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Where the searches begin; 0 unless set.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// One search from these centroids, shape (clusters, columns), instead of drawn ones.
    #[must_use]
    pub fn start(mut self, centroids: Array2<f32>) -> Self {
        self.start = Some(centroids);
        self
    }

    fn check(&self, rows: ArrayView2<'_, f32>) -> Result<()> {
        for (name, value) in [
            ("clusters", self.clusters),
            ("restarts", self.restarts),
            ("max_iterations", self.iterations),
        ] {
            if value == 0 {
                return Err(Error::setting(name, value, "at least 1"));
            }
        }
        if !(self.tolerance >= 0.0 && self.tolerance.is_finite()) {
            return Err(Error::setting("tolerance", self.tolerance, "at least 0 and finite"));
        }
        if rows.nrows() < self.clusters {
            return Err(Error::too_small("rows to cluster", self.clusters, rows.nrows()));
        }
        let start = self.start.as_ref().map(|start| start.view());
        if let Some(start) = start
            && start.dim() != (self.clusters, rows.ncols())
        {
            let found = format!("{} × {}", start.nrows(), start.ncols());
            let allowed = format!("{} clusters × {} columns", self.clusters, rows.ncols());
            return Err(Error::setting("start", found, allowed));
        }
        if rows.iter().chain(start.iter().flatten()).any(|value| !value.is_finite()) {
            return Err(Error::numeric("k-means", "a number is not finite"));
        }
        Ok(())
    }

    fn search(&self, rows: ArrayView2<'_, f32>) -> Array2<f32> {
        if let Some(start) = &self.start {
            let rows = Rows::new(rows);
            let tolerance = self.tolerance * mean_variance(&rows);
            let start = start.as_standard_layout().into_owned();
            return lloyd(&rows, start, tolerance, self.iterations);
        }
        let Self { clusters, restarts, iterations, tolerance, seed, .. } = *self;
        let runs = runs_within(rows, clusters, restarts, iterations, tolerance, seed);
        let best =
            runs.into_iter().min_by(|a, b| inertia(&a.nearest).total_cmp(&inertia(&b.nearest)));
        // There is one run at least.
        best.map(|run| run.centroids).unwrap_or_default()
    }
}

impl<D: Data<Elem = f32>, T: AsTargets> Fit<ArrayBase<D, Ix2>, T, Error> for KMeansParams {
    type Object = KMeans;

    /// `is_setting` if a setting is out of its range, `is_too_small` if there are fewer rows than
    /// clusters, `is_numeric` if a number is not finite.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<KMeans> {
        let rows = dataset.records.view();
        self.check(rows)?;
        Ok(inside(|| KMeans::new(rows, self.search(rows))))
    }
}

impl<D: Data<Elem = f32>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for KMeans {
    /// Panics, as linfa's, if the rows have other columns than those that were fitted.
    fn predict_inplace(&self, rows: &ArrayBase<D, Ix2>, labels: &mut Array1<usize>) {
        assert_eq!(rows.ncols(), self.centroids.ncols(), "columns of the rows that were fitted");
        assert_eq!(rows.nrows(), labels.len(), "a label for each row");
        for (label, found) in labels.iter_mut().zip(nearest(rows.view(), self.centroids.view())) {
            *label = found.cluster as usize;
        }
    }

    fn default_target(&self, rows: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(rows.nrows())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::clouds;
    use super::*;
    use linfa::traits::Predict as _;
    use ndarray::Axis;

    #[test]
    fn labels_sizes_and_inertia_are_of_the_centroids() {
        let dataset = DatasetBase::from(clouds(5, 30));
        let model = KMeans::params(5).restarts(4).fit(&dataset).unwrap();
        assert_eq!(model.sizes(), [30; 5]);
        let predicted = model.predict(&dataset.records);
        let mut sum = 0.0;
        for (row, (&label, predicted)) in model.labels().iter().zip(predicted).enumerate() {
            assert_eq!(label as usize, predicted);
            let off = &dataset.records.row(row) - &model.centroids().row(predicted);
            sum += f64::from(off.dot(&off));
        }
        assert!((model.inertia() - sum).abs() < 1e-3 * sum, "{} {sum}", model.inertia());
        // Means of their rows, once at rest.
        for cluster in 0..5 {
            let own: Vec<usize> =
                (0..150).filter(|&row| model.labels()[row] as usize == cluster).collect();
            let mean = dataset.records.select(Axis(0), &own).mean_axis(Axis(0)).unwrap();
            let off = &mean - &model.centroids().row(cluster);
            assert!(off.iter().all(|off| off.abs() < 1e-3));
        }
    }

    #[test]
    fn given_centroids_and_other_layouts_are_taken() {
        let rows = clouds(3, 20);
        let start = rows.select(Axis(0), &[0, 1, 2]);
        let params = KMeans::params(3).start(start).tolerance(0.0).max_iterations(20);
        let model = params.fit(&DatasetBase::from(rows.view())).unwrap();
        let mut columns_first = Array2::zeros((4, 60));
        columns_first.assign(&rows.t());
        assert_eq!(params.fit(&DatasetBase::from(columns_first.t())).unwrap(), model);
        assert_eq!(&model.labels()[..6], [0, 1, 2, 0, 1, 2]);
    }

    #[test]
    fn what_cannot_be_clustered_is_an_error() {
        let dataset = DatasetBase::from(clouds(2, 3));
        let fit = |params: KMeansParams| params.fit(&dataset).unwrap_err();
        assert!(fit(KMeans::params(0)).is_setting());
        assert!(fit(KMeans::params(2).restarts(0)).is_setting());
        assert!(fit(KMeans::params(2).max_iterations(0)).is_setting());
        assert!(fit(KMeans::params(2).tolerance(f64::NAN)).is_setting());
        assert!(fit(KMeans::params(2).start(Array2::zeros((3, 4)))).is_setting());
        assert!(fit(KMeans::params(7)).is_too_small());
        let broken = DatasetBase::from(Array2::from_elem((3, 2), f32::NAN));
        assert!(KMeans::params(2).fit(&broken).unwrap_err().is_numeric());
    }
}
