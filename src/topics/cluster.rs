//! How do the centroids become a model of linfa?

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::{KMeans, KMeansInit};
use linfa_nn::distance::L2Dist;
use ndarray::Array2;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng as _;

use crate::error::{Error, Result};

/// The model of linfa that users get: Euclidean, in single precision.
pub(crate) type LinfaKMeans = KMeans<f32, L2Dist>;

/// A linfa model with these centroids.
///
/// It is fitted on the centroids, by one iteration: linfa's update counts the old centroid as one more row
/// of its cluster, so the mean of two that are one is where it was. Labels, sizes and inertia must be
/// computed from the centroids of the model that comes back; linfa's own are of the centroids alone.
pub(crate) fn linfa_model(centroids: &Array2<f32>) -> Result<LinfaKMeans> {
    // Nothing is drawn at random here.
    let rng = Xoshiro256PlusPlus::seed_from_u64(0);
    KMeans::params_with(centroids.nrows(), rng, L2Dist)
        .init_method(KMeansInit::Precomputed(centroids.clone()))
        .n_runs(1)
        .max_n_iterations(1)
        .fit(&DatasetBase::from(centroids.view()))
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
        let model = linfa_model(&centroids).unwrap();
        assert_eq!(model.centroids(), centroids);
        let labels = model.predict(&rows);
        let found = kmeans::nearest(rows.view(), model.centroids().view());
        assert!(labels.iter().zip(&found).all(|(&label, found)| label == found.cluster as usize));
    }
}
