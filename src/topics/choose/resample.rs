//! What would the topics be, had some articles not been there? Models of samples.

use rand::SeedableRng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::error::Result;
use crate::reduce::Lsa;
use crate::tfidf::TfIdfMatrix;
use crate::topics::model::TopicModel;
use crate::topics::params::TopicValidParams;

/// How many of ten articles are in a sample: with fewer, small topics are missed for want of articles;
/// with more, samples are too alike to tell anything (Ben-Hur, Elisseeff & Guyon 2002 take 8).
const IN_TEN: usize = 8;

/// A model of a sample of the articles, and the topic that it gives each article, in the sample or not.
pub(super) struct Resampled {
    pub(super) model: TopicModel,
    pub(super) labels: Vec<usize>,
}

/// Models of `runs` samples without replacement, each with a seed of its own, over the same directions.
pub(super) fn resampled(
    params: &TopicValidParams,
    weights: &TfIdfMatrix,
    lsa: &Lsa,
    runs: usize,
) -> Result<Vec<Resampled>> {
    let n = weights.n_docs();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(params.seed);
    (1..=runs as u64)
        .map(|run| {
            let mut rows: Vec<u32> = rand::seq::index::sample(&mut rng, n, n * IN_TEN / 10)
                .into_iter()
                .map(|row| row as u32)
                .collect();
            rows.sort_unstable();
            let params = TopicValidParams { seed: params.seed.wrapping_add(run), ..params.clone() };
            let model = params.fit_points(&weights.select(&rows), lsa.clone())?;
            let labels = labels(&model.assign(weights)?);
            Ok(Resampled { model, labels })
        })
        .collect()
}

/// The topic of each row.
pub(super) fn labels(assignments: &[crate::topics::Assignment]) -> Vec<usize> {
    assignments.iter().map(|found| found.topic()).collect()
}
