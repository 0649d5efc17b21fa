//! Measures of topics against those of gensim and scikit-learn.
//!
//! `suite/quality/make.py` made the reference and says what stands in it.

use ndarray::Array2;
use serde::Deserialize;
use undertone::{Agreement, Analyzer, Coherence, CountMatrix, CountParams, Silhouette, TermId};

const REFERENCE: &str = include_str!("suite/quality/quality.jsonl");

#[derive(Deserialize)]
struct Head {
    documents: Vec<String>,
    topics: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Coherence { coherence: String, width: Option<usize>, values: Vec<f64> },
    Agreement { agreement: (Vec<usize>, Vec<usize>), nmi: f64, ari: f64 },
    Silhouette { silhouette: String, points: Vec<Vec<f32>>, groups: Vec<usize>, values: Vec<f64> },
}

fn reference() -> (Head, Vec<Line>) {
    let mut lines = REFERENCE.lines();
    let head = serde_json::from_str(lines.next().expect("a first line")).expect("the head");
    let lines = lines.map(|line| serde_json::from_str(line).expect(line));
    (head, lines.collect())
}

fn close(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < tolerance, "{what}: {found}, not {expected}");
    }
}

#[test]
fn coherence_is_that_of_gensim() {
    let (Head { documents, topics }, lines) = reference();
    let analyzer = Analyzer::plain();
    let counts = CountMatrix::from_docs(&analyzer, &documents, CountParams::default()).unwrap();
    let id = |term: &String| counts.vocabulary().id(term).expect("the term is in the documents");
    let ids: Vec<Vec<TermId>> = topics.iter().map(|topic| topic.iter().map(id).collect()).collect();
    let mut compared = 0;
    for line in &lines {
        let Line::Coherence { coherence: measure, width, values } = line else { continue };
        let found = match width {
            None => Coherence::in_documents(&counts, &ids),
            Some(width) => Coherence::in_windows(&analyzer, &documents, &topics, *width),
        };
        let found = found.unwrap();
        let found = match measure.as_str() {
            "u_mass" => found.umass(),
            "c_npmi" => found.npmi(),
            _ => found.c_v(),
        };
        close(&format!("{measure} {width:?}"), &found, values, 1e-9);
        compared += 1;
    }
    assert_eq!(compared, 9);
    // Windows wider than any document are documents.
    let wide = Coherence::in_windows(&analyzer, &documents, &topics, 1000).unwrap();
    assert_eq!(wide, Coherence::in_documents(&counts, &ids).unwrap());
}

#[test]
fn agreement_is_that_of_scikit_learn() {
    let mut compared = 0;
    for line in reference().1 {
        let Line::Agreement { agreement: (a, b), nmi, ari } = line else { continue };
        let found = Agreement::new(&a, &b).unwrap();
        close(&format!("{a:?} {b:?}"), &[found.nmi(), found.ari()], &[nmi, ari], 1e-9);
        compared += 1;
    }
    assert_eq!(compared, 9);
}

#[test]
fn silhouette_is_that_of_scikit_learn() {
    let mut compared = 0;
    for line in reference().1 {
        let Line::Silhouette { silhouette, points, groups, values } = line else { continue };
        let shape = (points.len(), points[0].len());
        let points = Array2::from_shape_vec(shape, points.concat()).expect("rows of one length");
        let found = match silhouette.as_str() {
            "cosine" => Silhouette::cosine(points.view(), &groups),
            _ => Silhouette::euclidean(points.view(), &groups),
        };
        let found = found.unwrap();
        let figures: Vec<f64> = found.iter().map(|(_, value)| value).collect();
        close(&silhouette, &figures, &values, 1e-6);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        close(&silhouette, &[found.mean()], &[mean], 1e-6);
        compared += 1;
    }
    assert_eq!(compared, 6);
}
