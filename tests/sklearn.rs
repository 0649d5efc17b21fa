//! Weights against those of scikit-learn's `TfidfVectorizer`, for every combination of settings.
//!
//! `suite/sklearn/make.py` made the reference and says what stands in it.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Deserialize;
use undertone::{
    Analyzer, CharNgrams, CountMatrix, CountParams, DocFreq, Error, Idf, Norm, Tf, TfIdf,
    TfIdfMatrix, TfIdfParams,
};

const REFERENCE: &str = include_str!("suite/sklearn/weights.jsonl");

#[derive(Deserialize)]
struct Head {
    documents: Vec<String>,
}

/// What is counted, and what scikit-learn counted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    analyzer: String,
    ngram_range: (usize, usize),
    #[serde(default)]
    min_df: Option<serde_json::Number>,
    #[serde(default)]
    max_df: Option<serde_json::Number>,
    #[serde(default)]
    max_features: Option<usize>,
    binary: bool,
    terms: Vec<String>,
    idf: Factors,
    columns: Vec<Vec<usize>>,
}

#[derive(Deserialize)]
struct Factors {
    smooth: Vec<f64>,
    plain: Vec<f64>,
}

/// How a table is weighed, and the weights that scikit-learn gave.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Combination {
    idf: String,
    norm: Option<String>,
    sublinear_tf: Vec<bool>,
    values: Vec<f64>,
    weights: Vec<Vec<usize>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Table(Table),
    Combination(Combination),
}

impl Table {
    fn name(&self) -> String {
        let Self { analyzer, ngram_range, min_df, max_df, max_features, binary, .. } = self;
        format!(
            "analyzer {analyzer} {ngram_range:?}, min_df {min_df:?}, max_df {max_df:?}, \
             max_features {max_features:?}, binary {binary}"
        )
    }

    /// The same counts by this crate.
    fn count(&self, docs: &[String]) -> Result<CountMatrix, Error> {
        let (shortest, longest) = self.ngram_range;
        let mut params = CountParams::default().binary(self.binary);
        if let Some(min) = &self.min_df {
            params = params.min_doc_freq(doc_freq(min));
        }
        if let Some(max) = &self.max_df {
            params = params.max_doc_freq(doc_freq(max));
        }
        if let Some(max) = self.max_features {
            params = params.max_terms(max);
        }
        match self.analyzer.as_str() {
            "word" => {
                CountMatrix::from_docs(&Analyzer::plain(), docs, params.ngrams(shortest..=longest))
            }
            "char" => {
                CountMatrix::from_docs(&CharNgrams::across_words(shortest..=longest)?, docs, params)
            }
            "char_wb" => {
                CountMatrix::from_docs(&CharNgrams::within_words(shortest..=longest)?, docs, params)
            }
            other => panic!("no analyzer is named `{other}`"),
        }
    }

    /// Terms, their order and their places.
    fn check(&self, counts: &CountMatrix) {
        let name = self.name();
        let terms: Vec<_> = counts.vocabulary().terms().collect();
        assert_eq!(terms, self.terms, "{name}");
        let columns = |row| counts.row(row).map(|(term, _)| term.index()).collect();
        let columns: Vec<Vec<usize>> = (0..counts.n_docs()).map(columns).collect();
        assert_eq!(columns, self.columns, "{name}");
    }
}

/// As in scikit-learn: whole numbers are documents, others a share.
fn doc_freq(number: &serde_json::Number) -> DocFreq {
    match number.as_u64() {
        Some(docs) => DocFreq::Docs(docs as usize),
        // What is no number at all is refused as a share.
        None => DocFreq::Share(number.as_f64().unwrap_or(f64::NAN)),
    }
}

impl Combination {
    fn name(&self, sublinear: bool) -> String {
        format!("idf {}, norm {:?}, sublinear {sublinear}", self.idf, self.norm)
    }

    fn params(&self, sublinear: bool) -> TfIdfParams {
        let idf = match self.idf.as_str() {
            "smooth" => Idf::Smooth,
            "plain" => Idf::Plain,
            "none" => Idf::None,
            other => panic!("no idf is named `{other}`"),
        };
        let norm = match self.norm.as_deref() {
            Some("l1") => Norm::L1,
            Some("l2") => Norm::L2,
            None => Norm::None,
            Some(other) => panic!("no norm is named `{other}`"),
        };
        let tf = if sublinear { Tf::Sublinear } else { Tf::Raw };
        TfIdfParams::textbook().tf(tf).idf(idf).norm(norm)
    }

    /// The weights of each document.
    fn check(&self, weights: &TfIdfMatrix, name: &str) {
        assert_eq!(weights.n_docs(), self.weights.len(), "{name}");
        for (doc, expected) in self.weights.iter().enumerate() {
            assert_eq!(weights.row(doc).len(), expected.len(), "{name}, document {doc}");
            for ((term, found), &place) in weights.row(doc).zip(expected) {
                let (found, expected) = (f64::from(found), self.values[place]);
                let term = weights.vocabulary().term(term);
                let within = 1e-6 * expected.max(1.0);
                assert!(
                    (found - expected).abs() <= within,
                    "{name}, document {doc}, `{term}`: {found}, not {expected}"
                );
            }
        }
    }
}

fn check_factors(tfidf: &TfIdf, expected: &[f64], name: &str) {
    assert_eq!(tfidf.idf().len(), expected.len(), "{name}");
    for (found, expected) in tfidf.idf().iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-8 * expected, "{name}: {found}, not {expected}");
    }
}

#[test]
fn weights_are_those_of_scikit_learn() {
    let mut lines = REFERENCE.lines();
    let head: Head = serde_json::from_str(lines.next().unwrap()).unwrap();
    let mut table: Option<(Table, CountMatrix)> = None;
    let mut names = HashSet::new();
    for line in lines {
        match serde_json::from_str(line).unwrap() {
            Line::Table(next) => {
                let counts = next.count(&head.documents).unwrap();
                next.check(&counts);
                table = Some((next, counts));
            }
            Line::Combination(combination) => {
                let (table, counts) = table.as_ref().unwrap();
                for &sublinear in &combination.sublinear_tf {
                    let name = format!("{}; {}", table.name(), combination.name(sublinear));
                    let tfidf = combination.params(sublinear).fit(counts).unwrap();
                    match combination.idf.as_str() {
                        "smooth" => check_factors(&tfidf, &table.idf.smooth, &name),
                        "plain" => check_factors(&tfidf, &table.idf.plain, &name),
                        _ => check_factors(&tfidf, &vec![1.0; table.terms.len()], &name),
                    }
                    let weights = tfidf.transform(counts).unwrap();
                    assert!(Arc::ptr_eq(weights.vocabulary(), counts.vocabulary()));
                    combination.check(&weights, &name);
                    assert!(names.insert(name));
                }
            }
        }
    }
    // Tokens, pruning, binary; idf, norm, sublinear.
    assert_eq!(names.len(), 5 * 6 * 2 * (3 * 3 * 2));
}
