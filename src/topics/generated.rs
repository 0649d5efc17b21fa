//! Articles whose topics are known, for tests.

use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::counts::{CountMatrix, CountParams};
use crate::text::Analyzer;
use crate::tfidf::{TfIdf, TfIdfMatrix};

/// `k` topics of `n` articles each, article `i` of topic `i % k`: 14 of its 25 words come from the 20 of
/// its topic (`t3w07`), the others from 60 that all share.
pub(super) fn articles(k: usize, n: usize, seed: u64) -> Vec<String> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut word = |topic: usize, own: bool| match own {
        true => format!("t{topic}w{:02}", rng.gen_range(0..20)),
        false => format!("shared{:02}", rng.gen_range(0..60)),
    };
    (0..k * n)
        .map(|article| (0..25).map(|i| word(article % k, i < 14)).collect::<Vec<_>>().join(" "))
        .collect()
}

/// Weights of articles read by the plain analyzer.
pub(super) fn weights<S: AsRef<str>>(articles: &[S]) -> TfIdfMatrix {
    let texts = articles.iter().map(AsRef::as_ref);
    let counts = CountMatrix::from_docs(&Analyzer::plain(), texts, CountParams::default()).unwrap();
    TfIdf::params().fit(&counts).unwrap().transform(&counts).unwrap()
}
