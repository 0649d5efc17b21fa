//! Where does the search for topics begin? With the groups of a sample that foretell words best.
//!
//! K-means ends in many places, and how far articles lie from their centroids does not say which of them
//! people would choose: distances in a few directions prefer groups of one size. Words know better. On
//! three corpora with topics given by editors, the likelihood of words by group ranked searches as those
//! topics did, which inertia did not.

use ndarray::Axis;
use rand::SeedableRng as _;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::kmeans::{self, Run};
use super::likelihood::log_likelihoods;
use super::mixture::{Labels, Mixture};
use super::params::TopicValidParams;
use super::points::Points;
use crate::csr::Csr;
use crate::parallel::map_each;

/// The least number of articles in the sample, and articles for each topic: as many as it takes to meet
/// small groups.
const SAMPLE: usize = 3072;
const SAMPLE_OF_EACH: usize = 64;

/// Iterations over the sample at most.
const ITERATIONS: usize = 10;

/// How many of the searches are followed for some rounds of the mixture before one is chosen, and how
/// many rounds.
const FINALISTS: usize = 2;
const ROUNDS: usize = 2;

impl TopicValidParams {
    /// Centroids at rest, over the rows that are known.
    ///
    /// All searches take place in one sample of the articles (Bradley & Fayyad 1998), where they cost
    /// little. Those by which words are easiest to foretell are followed on, and the best of them
    /// comes to rest among all articles.
    pub(super) fn search(&self, points: &Points, counts: &Csr<f32>) -> Run {
        let known = points.known();
        let size = SAMPLE.max(SAMPLE_OF_EACH.saturating_mul(self.topics)).min(known.nrows());
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        let mut sample = if size < known.nrows() {
            rand::seq::index::sample(&mut rng, known.nrows(), size).into_vec()
        } else {
            (0..size).collect()
        };
        sample.sort_unstable();
        let rows = known.select(Axis(0), &sample);
        let numbers: Vec<u32> = sample.iter().map(|&row| points.row_of(row) as u32).collect();
        let counts = counts.select(&numbers);
        let runs = kmeans::runs(rows.view(), self.topics, self.restarts, ITERATIONS, self.seed);
        let best = best(runs, &counts, self.topics);
        kmeans::settled(known, best.centroids)
    }
}

/// Of several groupings the one by which words are easiest to foretell, the first of equals.
fn best(runs: Vec<Run>, counts: &Csr<f32>, n_topics: usize) -> Run {
    let columns = counts.transposed();
    let groupings: Vec<Labels> = runs.iter().map(labels).collect();
    let likelihoods = log_likelihoods(&columns, &groupings, n_topics);
    let mut ranked: Vec<(f64, Run)> = likelihoods.into_iter().zip(runs).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(FINALISTS);
    let followed = map_each(ranked, |(_, run)| {
        let mixture = Mixture::fit_columns(counts, &columns, &labels(&run), n_topics, ROUNDS);
        let likely = mixture.likely_of_damped(counts);
        (likely.into_iter().map(|likely| Some(likely.topic)).collect(), run)
    });
    let (groupings, runs): (Vec<Labels>, Vec<Run>) = followed.into_iter().unzip();
    let likelihoods = log_likelihoods(&columns, &groupings, n_topics);
    let mut followed: Vec<(f64, Run)> = likelihoods.into_iter().zip(runs).collect();
    // Stable, so that of equals the first stays first.
    followed.sort_by(|a, b| b.0.total_cmp(&a.0));
    followed.swap_remove(0).1
}

fn labels(run: &Run) -> Labels {
    run.nearest.iter().map(|nearest| Some(nearest.cluster)).collect()
}
