//! Keyness against the same figures computed by scipy.

use serde::Deserialize;
use undertone::{Analyzer, CountMatrix, CountParams, Keyness};

#[derive(Deserialize)]
struct Suite {
    term: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    name: String,
    target: usize,
    reference: usize,
    target_total: usize,
    reference_total: usize,
    log_likelihood: f64,
    chi2: f64,
    p: f64,
    log_ratio: f64,
}

/// An article that holds the term `count` times among `total` words.
fn article(count: usize, total: usize) -> String {
    "term ".repeat(count) + &"other ".repeat(total - count)
}

#[test]
fn figures_are_those_of_scipy() {
    let suite: Suite = toml::from_str(include_str!("suite/keyness.toml")).unwrap();
    assert!(suite.term.len() >= 10);
    for case in suite.term {
        let articles = [
            article(case.target, case.target_total),
            article(case.reference, case.reference_total),
        ];
        let counts =
            CountMatrix::from_docs(&Analyzer::plain(), &articles, CountParams::default()).unwrap();
        let keyness = Keyness::between(&counts, &[0], &[1]).unwrap();
        let found = keyness.terms().iter().find(|term| term.term == "term").unwrap();
        let pairs = [
            ("log_likelihood", found.log_likelihood, case.log_likelihood),
            ("chi2", found.chi2, case.chi2),
            ("p", found.p, case.p),
            ("log_ratio", found.log_ratio, case.log_ratio),
        ];
        for (figure, found, expected) in pairs {
            let near = (found - expected).abs() <= 1e-7 * expected.abs();
            assert!(near, "{}: {figure} is {found}, scipy has {expected}", case.name);
        }
    }
}
