//! Against every pair of dense rows, against BM25 by its formula, and what is refused.

use std::sync::Arc;

use ndarray::Array1;
use proptest::prelude::*;

use super::*;
use crate::{Analyzer, CountMatrix, CountParams, Idf, Norm, Tf, TfIdf, TfIdfMatrix, TfIdfParams};

fn count(docs: &[&str]) -> CountMatrix {
    CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap()
}

fn weigh(counts: &CountMatrix, params: TfIdfParams) -> TfIdfMatrix {
    params.fit(counts).unwrap().transform(counts).unwrap()
}

fn docs(found: &[Neighbor]) -> Vec<usize> {
    found.iter().map(Neighbor::doc).collect()
}

fn similarity_of(query: &Array1<f32>, row: &Array1<f32>, similarity: Similarity) -> f64 {
    let (query, row) = (query.mapv(f64::from), row.mapv(f64::from));
    let product = query.dot(&row);
    let lengths = (query.dot(&query) * row.dot(&row)).sqrt();
    match similarity {
        Similarity::Dot => product,
        Similarity::Cosine if lengths > 0.0 => product / lengths,
        Similarity::Cosine => 0.0,
    }
}

#[test]
fn ranks_by_bm25_as_the_formula_says() {
    let texts = ["a a b", "a c c c", "d", "d d a b"];
    let counts = count(&texts);
    let (k1, b) = (1.2, 0.75);
    let none = TfIdfParams::textbook().norm(Norm::None);
    let weights = weigh(&counts, none.tf(Tf::Bm25 { k1, b }).idf(Idf::Plain));
    let index = SimilarityIndex::new(&weights, Similarity::Dot);
    // A word twice in the query counts once.
    let query = counts.vocabulary().count(&Analyzer::plain(), ["a b a unknown"]);
    let binary = none.tf(Tf::Binary).idf(Idf::None).fit(&counts).unwrap();
    let found = index.nearest(&binary.transform(&query).unwrap(), 0, 10).unwrap();

    // Lengths 3, 4, 1, 4, mean 3; "a" is in 3 of 4 articles and "b" in 2.
    let idf = |df: f64| (4.0 / df).ln() + 1.0;
    let tf =
        |count: f64, length: f64| count * (k1 + 1.0) / (count + k1 * (1.0 - b + b * length / 3.0));
    let expected = [
        (0, tf(2.0, 3.0) * idf(3.0) + tf(1.0, 3.0) * idf(2.0)),
        (3, tf(1.0, 4.0) * idf(3.0) + tf(1.0, 4.0) * idf(2.0)),
        (1, tf(1.0, 4.0) * idf(3.0)),
    ];
    assert_eq!(found.len(), expected.len());
    for (found, (doc, score)) in found.iter().zip(expected) {
        assert_eq!(found.doc(), doc);
        assert!((found.similarity() - score).abs() < 1e-6, "{found:?} for {score}");
    }
}

#[test]
fn ties_come_in_the_order_of_the_articles() {
    let weights = weigh(&count(&["b", "a", "a", "c a", "a", "a"]), TfIdfParams::default());
    let index = SimilarityIndex::new(&weights, Similarity::Cosine);
    let found = index.nearest_to(2, 3).unwrap();
    assert_eq!(docs(&found), [1, 4, 5]);
    assert!(found.iter().all(|found| (found.similarity() - 1.0).abs() < 1e-12));
    assert_eq!(docs(&index.nearest_to(2, 99).unwrap()), [1, 4, 5, 3]);
    // An article that is asked for from without finds itself.
    assert_eq!(docs(&index.nearest(&weights, 2, 2).unwrap()), [1, 2]);
}

#[test]
fn nothing_is_like_nothing() {
    let counts = count(&["a b", "", "b c", "d"]);
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let weights = tfidf.transform(&counts).unwrap();
    for similarity in [Similarity::Cosine, Similarity::Dot] {
        let index = SimilarityIndex::new(&weights, similarity);
        assert!(index.nearest_to(0, 0).unwrap().is_empty());
        assert!(index.nearest_to(1, 5).unwrap().is_empty());
        assert!(index.nearest_to(3, 5).unwrap().is_empty());
        assert!(index.explain_pair(0, 3).unwrap().is_empty());
        let unknown = counts.vocabulary().count(&Analyzer::plain(), ["x y", ""]);
        let unknown = tfidf.transform(&unknown).unwrap();
        assert_eq!(index.nearest_all(&unknown, 5).unwrap(), [[], []]);
        let none = counts.vocabulary().count(&Analyzer::plain(), [""; 0]);
        let empty = SimilarityIndex::new(&tfidf.transform(&none).unwrap(), similarity);
        assert!(empty.nearest(&weights, 0, 5).unwrap().is_empty());
        assert!(empty.neighbors(5).is_empty());
        let message = "doc is 0, but must be below the number of rows, which is 0";
        assert_eq!(empty.nearest_to(0, 5).unwrap_err().to_string(), message);
    }
}

#[test]
fn terms_that_weigh_nothing_make_nothing_alike() {
    // Half of the articles hold "a", so its probabilistic idf is 0.
    let counts = count(&["a", "a", "b", "c"]);
    let weights = weigh(&counts, TfIdfParams::default().idf(Idf::Probabilistic));
    for similarity in [Similarity::Cosine, Similarity::Dot] {
        let index = SimilarityIndex::new(&weights, similarity);
        assert!(index.neighbors(3).iter().all(Vec::is_empty));
        assert!(index.explain_pair(0, 1).unwrap().is_empty());
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let weights = weigh(&count(&["a b", "b"]), TfIdfParams::default());
    let others = weigh(&count(&["a c", "c"]), TfIdfParams::default());
    let index = SimilarityIndex::new(&weights, Similarity::Cosine);
    assert!(index.nearest(&others, 0, 1).unwrap_err().is_mismatch());
    assert!(index.nearest_all(&others, 1).unwrap_err().is_mismatch());
    assert!(index.explain(&others, 0, 0).unwrap_err().is_mismatch());
    for (error, message) in [
        (index.nearest(&weights, 2, 1).unwrap_err(), "query is 2, but must be in 0..=1"),
        (index.nearest_to(7, 1).unwrap_err(), "doc is 7, but must be in 0..=1"),
        (index.explain(&weights, 0, 2).unwrap_err(), "doc is 2, but must be in 0..=1"),
        (index.explain_pair(0, 9).unwrap_err(), "other is 9, but must be in 0..=1"),
    ] {
        assert!(error.is_setting());
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn is_send_and_sync() {
    fn promised<T: Send + Sync>() {}
    promised::<SimilarityIndex>();
}

fn formulas() -> impl Strategy<Value = TfIdfParams> {
    let tf = prop_oneof![Just(Tf::Raw), Just(Tf::Sublinear), Just(Tf::Bm25 { k1: 1.2, b: 0.75 })];
    let idf = prop_oneof![Just(Idf::Smooth), Just(Idf::Probabilistic), Just(Idf::None)];
    let norm = prop_oneof![Just(Norm::None), Just(Norm::L1), Just(Norm::L2)];
    (tf, idf, norm).prop_map(|(tf, idf, norm)| TfIdfParams::default().tf(tf).idf(idf).norm(norm))
}

proptest! {
    #[test]
    fn finds_what_comparing_every_pair_finds(
        texts in prop::collection::vec("([a-z] ){0,12}", 1..40),
        params in formulas(),
        cosine: bool,
        k in 0_usize..12,
    ) {
        let similarity = if cosine { Similarity::Cosine } else { Similarity::Dot };
        let texts: Vec<&str> = texts.iter().map(String::as_str).chain(["a z"]).collect();
        let counts = count(&texts);
        let weights = weigh(&counts, params);
        let index = SimilarityIndex::new(&weights, similarity);
        let batch = index.neighbors(k);
        let queries = index.nearest_all(&weights, k).unwrap();
        for doc in 0..weights.n_docs() {
            let found = &batch[doc];
            prop_assert_eq!(found, &index.nearest_to(doc, k).unwrap());
            prop_assert_eq!(&queries[doc], &index.nearest(&weights, doc, k).unwrap());
            let row = weights.dense_row(doc);
            let pair = |other: usize| similarity_of(&row, &weights.dense_row(other), similarity);
            let mut expected: Vec<f64> =
                (0..weights.n_docs()).filter(|&other| other != doc).map(pair).collect();
            expected.retain(|&similarity| similarity > 0.0);
            expected.sort_by(|a, b| b.total_cmp(a));
            expected.truncate(k);
            prop_assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                prop_assert!((found.similarity() - expected).abs() <= 1e-9 * expected.max(1.0));
                prop_assert!((pair(found.doc()) - found.similarity()).abs() <= 1e-9 * expected.max(1.0));
                let shared = index.explain(&weights, doc, found.doc()).unwrap();
                let sum: f64 = shared.iter().map(|&(_, adds)| adds).sum();
                prop_assert!((sum - found.similarity()).abs() <= 1e-12 * sum);
                prop_assert!(shared.is_sorted_by(|a, b| a.1 >= b.1));
                // As similar the other way round, to the last bit.
                let back = index.nearest_to(found.doc(), usize::MAX).unwrap();
                prop_assert!(back.iter().any(|other| other.doc() == doc
                    && other.similarity().to_bits() == found.similarity().to_bits()));
            }
        }
    }
}

#[test]
fn short_queries_find_the_same_as_long_ones() {
    // So few articles hold the rare word that they are noted one by one.
    let texts: Vec<String> = (0..200)
        .map(|doc| if doc % 50 == 7 { format!("rare common w{doc}") } else { "common".to_string() })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let counts = count(&texts);
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let index = SimilarityIndex::new(&tfidf.transform(&counts).unwrap(), Similarity::Cosine);
    let queries = counts.vocabulary().count(&Analyzer::plain(), ["rare", "rare common"]);
    let found = index.nearest_all(&tfidf.transform(&queries).unwrap(), 4).unwrap();
    assert_eq!(docs(&found[0]), [7, 57, 107, 157]);
    assert_eq!(docs(&found[1]), [7, 57, 107, 157]);
    // The same memory serves one search after the other.
    let again = Arc::clone(counts.vocabulary()).count(&Analyzer::plain(), ["rare common", "rare"]);
    let again = index.nearest_all(&tfidf.transform(&again).unwrap(), 4).unwrap();
    assert_eq!((&again[0], &again[1]), (&found[1], &found[0]));
}
