//! How do the centroids become a model of linfa?

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::{KMeans, KMeansInit};
use linfa_nn::distance::L2Dist;
use ndarray::{Array2, ArrayView2};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng as _;

use crate::error::{Error, Result};

/// The model of linfa that users get: Euclidean, in single precision.
pub(crate) type LinfaKMeans = KMeans<f32, L2Dist>;

/// A linfa model with one last iteration from centroids already at rest.
///
/// linfa's update counts the old centroid as one more row of its cluster, so a centroid that is the
/// mean of its rows stays where it is, up to rounding. Labels, sizes and inertia must be computed
/// from the centroids of the model that comes back, and are: linfa's own are of the iteration before.
pub(crate) fn linfa_model(
    rows: ArrayView2<'_, f32>,
    centroids: Array2<f32>,
) -> Result<LinfaKMeans> {
    // Nothing is drawn at random here.
    let rng = Xoshiro256PlusPlus::seed_from_u64(0);
    KMeans::params_with(centroids.nrows(), rng, L2Dist)
        .init_method(KMeansInit::Precomputed(centroids))
        .n_runs(1)
        .max_n_iterations(1)
        .fit(&DatasetBase::from(rows))
        .map_err(|error| Error::numeric("k-means", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::kmeans;
    use linfa::traits::Predict as _;
    use ndarray::array;

    #[test]
    fn linfa_agrees() {
        let rows =
            array![[0.0_f32, 0.1], [0.1, 0.0], [5.0, 5.1], [5.1, 5.0], [5.0, 5.0], [9.0, 0.0]];
        let centroids = kmeans::runs(rows.view(), 3, 1, 9, 1).remove(0).centroids;
        let model = linfa_model(rows.view(), centroids.clone()).unwrap();
        for (a, b) in model.centroids().iter().zip(&centroids) {
            assert!((a - b).abs() < 1e-6);
        }
        let labels = model.predict(&rows);
        let found = kmeans::nearest(rows.view(), model.centroids().view());
        assert!(labels.iter().zip(&found).all(|(&label, found)| label == found.cluster as usize));
        assert!((f64::from(model.inertia()) * 6.0 - kmeans::inertia(&found)).abs() < 1e-5);
    }
}
