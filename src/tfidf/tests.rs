//! Formulas worked by hand, and laws.

use super::*;
use crate::counts::CountParams;
use crate::text::Analyzer;
use proptest::prelude::*;

fn count(docs: &[&str]) -> CountMatrix {
    CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap()
}

fn weigh(counts: &CountMatrix, params: TfIdfParams) -> Vec<Vec<f32>> {
    let weights = params.fit(counts).unwrap().transform(counts).unwrap();
    weights.to_dense().rows().into_iter().map(|row| row.to_vec()).collect()
}

fn assert_close(found: &[Vec<f32>], expected: &[&[f64]]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.len(), expected.len());
        for (&found, &expected) in found.iter().zip(*expected) {
            assert!((f64::from(found) - expected).abs() < 1e-6, "{found} for {expected}");
        }
    }
}

#[test]
fn textbook_weights_worked_by_hand() {
    // df: a 2, b 1; n 2. Smooth idf: a ln(3/3) + 1 = 1, b ln(3/2) + 1 = 1.405465.
    // The first row is (2, 1.405465), of length sqrt(4 + 1.975332) = 2.444449.
    let counts = count(&["a a b", "a"]);
    let tfidf = TfIdfParams::textbook().fit(&counts).unwrap();
    assert!((tfidf.idf()[1] - 1.405_465_108_108_164_4).abs() < 1e-12);
    assert_eq!((tfidf.doc_freq(TermId(0)), tfidf.n_docs()), (2, 2));
    let found = weigh(&counts, TfIdfParams::textbook());
    assert_close(&found, &[&[0.818_180_3, 0.574_961_8], &[1.0, 0.0]]);
}

#[test]
fn each_formula_is_what_its_name_says() {
    let counts = count(&["a a b", "a c c c", "d", "d d"]);
    let none = TfIdfParams::textbook().idf(Idf::None).norm(Norm::None);
    let rows = |params| weigh(&counts, params);
    assert_close(
        &rows(none),
        &[
            &[2.0, 1.0, 0.0, 0.0],
            &[1.0, 0.0, 3.0, 0.0],
            &[0.0, 0.0, 0.0, 1.0],
            &[0.0, 0.0, 0.0, 2.0],
        ],
    );
    assert_close(&rows(none.tf(Tf::Binary))[..1], &[&[1.0, 1.0, 0.0, 0.0]]);
    assert_close(&rows(none.tf(Tf::Sublinear))[..1], &[&[1.0 + 2_f64.ln(), 1.0, 0.0, 0.0]]);
    assert_close(&rows(none.norm(Norm::L1))[..1], &[&[2.0 / 3.0, 1.0 / 3.0, 0.0, 0.0]]);
    // Mean length 10 / 4; the first document has 3.
    let tempered = 1.2 * (0.25 + 0.75 * 3.0 / 2.5);
    let bm25 = Tf::Bm25 { k1: 1.2, b: 0.75 };
    let (twice, once) = (2.0 * 2.2 / (2.0 + tempered), 2.2 / (1.0 + tempered));
    assert_close(&rows(none.tf(bm25))[..1], &[&[twice, once, 0.0, 0.0]]);
    let plain = none.idf(Idf::Plain);
    assert_close(&rows(plain)[..1], &[&[2.0 * (2_f64.ln() + 1.0), 4_f64.ln() + 1.0, 0.0, 0.0]]);
    let squared = (4_f64.ln() + 1.0).powi(2);
    assert_close(
        &rows(plain.idf_power(2.0))[..1],
        &[&[2.0 * (2_f64.ln() + 1.0).powi(2), squared, 0.0, 0.0]],
    );
    // Half of the documents hold "a": it tells nothing.
    assert_close(&rows(none.idf(Idf::Probabilistic))[..1], &[&[0.0, 3_f64.ln(), 0.0, 0.0]]);
}

#[test]
fn no_weight_is_ever_infinite() {
    let counts = count(&["a a b", "a"]);
    let empty = counts.vocabulary().count(&Analyzer::plain(), ["x", ""]);
    let tfs = [
        Tf::Raw,
        Tf::Sublinear,
        Tf::Binary,
        Tf::Bm25 { k1: 0.0, b: 1.0 },
        Tf::Bm25 { k1: 1000.0, b: 1.0 },
    ];
    for tf in tfs {
        for idf in [Idf::Smooth, Idf::Plain, Idf::Probabilistic, Idf::Bm25, Idf::None] {
            for norm in [Norm::L1, Norm::L2, Norm::None] {
                for power in [0.0, 1.0, 4.0] {
                    let params = TfIdf::params().tf(tf).idf(idf).norm(norm).idf_power(power);
                    for fitted in [&counts, &empty] {
                        let tfidf = params.fit(fitted).unwrap();
                        assert!(tfidf.idf().iter().all(|idf| idf.is_finite() && *idf >= 0.0));
                        for transformed in [&counts, &empty] {
                            let weights = tfidf.transform(transformed).unwrap();
                            assert!(
                                weights
                                    .to_dense()
                                    .iter()
                                    .all(|weight| weight.is_finite() && *weight >= 0.0)
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn each_error_says_what_was_wrong() {
    let counts = count(&["a b"]);
    let bm25 = |k1, b| TfIdf::params().tf(Tf::Bm25 { k1, b });
    let cases = [
        (bm25(-1.0, 0.5), "k1 is -1, but must be in 0..=1000"),
        (bm25(f64::NAN, 0.5), "k1 is NaN, but must be in 0..=1000"),
        (bm25(1.2, 1.5), "b is 1.5, but must be in 0..=1"),
        (TfIdf::params().idf_power(f64::INFINITY), "idf_power is inf, but must be in 0..=4"),
    ];
    for (params, expected) in cases {
        let error = params.fit(&counts).unwrap_err();
        assert!(error.is_setting());
        assert_eq!(error.to_string(), expected);
    }
    let nothing = counts.vocabulary().count(&Analyzer::plain(), [""; 0]);
    let error = TfIdf::params().fit(&nothing).unwrap_err();
    assert!(error.is_too_small());
    assert_eq!(error.to_string(), "no documents to weigh terms by, but at least 1 is needed");
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let other = tfidf.transform(&count(&["a b c"])).unwrap_err();
    assert!(other.is_mismatch());
    assert_eq!(
        other.to_string(),
        "columns of the counts: expected the 2 terms learned from, found 3"
    );
    let other = tfidf.transform(&count(&["a c"])).unwrap_err();
    assert_eq!(
        other.to_string(),
        "columns of the counts: expected the 2 terms learned from, found 2 others"
    );
    assert_eq!(tfidf.transform(&nothing).unwrap().n_docs(), 0);
}

#[test]
fn is_send_and_sync() {
    fn promised<T: Send + Sync + 'static>() {}
    promised::<TfIdf>();
    promised::<TfIdfMatrix>();
}

#[cfg(feature = "serde")]
#[test]
fn survives_saving_and_refuses_what_is_broken() {
    let counts = count(&["a a b", "a"]);
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let json = serde_json::to_string(&tfidf).unwrap();
    assert!(serde_json::from_str::<TfIdf>(&json).unwrap() == tfidf);
    let broken = [
        (r#""doc_freq":[2,1],"n_docs":2,"length""#, r#""doc_freq":[2],"n_docs":2,"length""#),
        (r#""doc_freq":[2,1],"n_docs":2,"length""#, r#""doc_freq":[2,1],"n_docs":1,"length""#),
        (r#""idf_power":2.0"#, r#""idf_power":-2.0"#),
    ];
    for (from, to) in broken {
        let damaged = json.replacen(from, to, 1);
        assert_ne!(damaged, json, "{from} is not in {json}");
        assert!(serde_json::from_str::<TfIdf>(&damaged).is_err(), "{to}");
    }
    let weights = tfidf.transform(&counts).unwrap();
    let json = serde_json::to_string(&weights).unwrap();
    assert!(serde_json::from_str::<TfIdfMatrix>(&json).unwrap() == weights);
    assert!(serde_json::from_str::<TfIdfMatrix>(&json.replace("1.0]", "-1.0]")).is_err());
}

proptest! {
    #[test]
    fn a_document_weighs_alike_alone_and_in_a_batch(
        docs in prop::collection::vec("[abcd ]{0,12}", 1..8),
        bm25 in any::<bool>(),
    ) {
        let Ok(counts) = CountMatrix::from_docs(&Analyzer::plain(), &docs, CountParams::default()) else {
            return Ok(());
        };
        let tf = if bm25 { Tf::Bm25 { k1: 1.2, b: 0.75 } } else { Tf::Sublinear };
        let tfidf = TfIdf::params().tf(tf).fit(&counts).unwrap();
        let batch = tfidf.transform(&counts).unwrap();
        for (row, doc) in docs.iter().enumerate() {
            let alone = counts.vocabulary().count(&Analyzer::plain(), [doc]);
            prop_assert!(tfidf.transform(&alone).unwrap().row(0).eq(batch.row(row)));
            let length: f64 = batch.row(row).map(|(_, weight)| f64::from(weight).powi(2)).sum();
            prop_assert!(batch.row(row).len() == 0 || (length - 1.0).abs() < 1e-6);
        }
    }
}
