//! Directions against exact decompositions, and what is refused.

use linfa_linalg::eigh::EigValsh as _;
use ndarray::Array2;
use rand::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::Deserialize;
use undertone::{
    Analyzer, CountMatrix, CountParams, Idf, Lsa, LsaParams, Norm, Tf, TfIdfMatrix, TfIdfParams,
};

/// Articles that hold the words number 0, 1, … so often; the weights are these counts.
fn weights(rows: &[Vec<u32>]) -> TfIdfMatrix {
    let docs: Vec<String> = rows
        .iter()
        .map(|row| {
            let words = row.iter().enumerate();
            words.map(|(i, &n)| format!("word{i:04} ").repeat(n as usize)).collect()
        })
        .collect();
    let counts = CountMatrix::from_docs(&Analyzer::plain(), &docs, CountParams::default())
        .expect("there are words");
    let params = TfIdfParams::textbook().tf(Tf::Raw).idf(Idf::None).norm(Norm::None);
    let tfidf = params.fit(&counts).expect("there are articles");
    tfidf.transform(&counts).expect("the columns are the fitted ones")
}

/// Counts of so many articles and words whose spectrum falls slowly: a few subjects, and much chance.
fn news(n_rows: usize, n_cols: usize) -> Vec<Vec<u32>> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
    (0..n_rows)
        .map(|row| {
            let likely = |column: usize| if column % 9 == row % 9 { 0.12 } else { 0.03 };
            let count =
                |column| if random.gen_bool(likely(column)) { random.gen_range(1..5) } else { 0 };
            (0..n_cols).map(count).collect()
        })
        .collect()
}

/// Singular values, falling, from the eigenvalues of the smaller Gram matrix in `f64`.
fn exact(weights: &TfIdfMatrix) -> Vec<f64> {
    let dense = weights.to_dense().mapv(f64::from);
    let gram =
        if dense.nrows() < dense.ncols() { dense.dot(&dense.t()) } else { dense.t().dot(&dense) };
    let mut squares = gram.eigvalsh().expect("the matrix is symmetric").to_vec();
    squares.sort_by(|a, b| b.total_cmp(a));
    squares.into_iter().map(|square| square.max(0.0).sqrt()).collect()
}

#[test]
fn figures_are_those_of_scikit_learn() {
    #[derive(Deserialize)]
    struct Suite {
        matrix: Vec<Matrix>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Matrix {
        name: String,
        rows: Vec<Vec<u32>>,
        singular_values: Vec<f64>,
        explained_variance_ratio: Vec<f64>,
        energy_share: Vec<f64>,
    }
    let suite: Suite = toml::from_str(include_str!("suite/directions.toml")).unwrap();
    for case in suite.matrix {
        let lsa = Lsa::params(case.singular_values.len()).fit(&weights(&case.rows)).unwrap();
        for (found, expected) in [
            (lsa.singular_values(), &case.singular_values),
            (lsa.explained_variance_ratio(), &case.explained_variance_ratio),
            (lsa.energy_share(), &case.energy_share),
        ] {
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-5, "{}: {found} {expected}", case.name);
            }
        }
    }
}

#[test]
fn strong_singular_values_are_exact_and_directions_orthonormal() {
    for (n_rows, n_cols) in [(300, 500), (500, 300)] {
        let weights = weights(&news(n_rows, n_cols));
        let exact = exact(&weights);
        // The second searches less than half of what there is.
        for params in [Lsa::params(60), Lsa::params(60).oversampling(70).power_iterations(12)] {
            let lsa = params.fit(&weights).unwrap();
            let values = lsa.singular_values();
            assert_eq!(values.len(), 60);
            assert!(values.is_sorted_by(|a, b| a >= b));
            for (value, exact) in values.iter().zip(&exact) {
                assert!(*value <= exact * 1.000_001, "{value} is more than the exact {exact}");
            }
            for (value, exact) in values.iter().zip(&exact).take(30) {
                assert!((value / exact - 1.0).abs() < 0.01, "{value} {exact}");
            }
            let identity = lsa.components().t().dot(&lsa.components()) - Array2::<f32>::eye(60);
            assert!(identity.iter().all(|value| value.abs() < 1e-5), "{params:?}");
        }
    }
}

#[test]
fn more_effort_is_more_exact() {
    let weights = weights(&news(300, 500));
    let energy = |oversampling, power_iterations| {
        let params = Lsa::params(40).oversampling(oversampling).power_iterations(power_iterations);
        params.fit(&weights).unwrap().energy_share().iter().sum::<f64>()
    };
    let exact: f64 = {
        let squares: Vec<f64> = exact(&weights).iter().map(|value| value * value).collect();
        squares[..40].iter().sum::<f64>() / squares.iter().sum::<f64>()
    };
    let efforts = [(0, 0), (40, 0), (40, 4), (40, 9), (100, 17)].map(|(a, b)| energy(a, b));
    assert!(efforts.is_sorted_by(|a, b| a < b), "{efforts:?}");
    assert!(efforts[4] > 0.999 * exact && efforts[4] <= exact * 1.000_001, "{efforts:?} {exact}");
}

#[test]
fn seeds_agree_on_strong_directions_and_their_signs() {
    let weights = weights(&news(300, 500));
    let fit = |seed| Lsa::params(20).seed(seed).oversampling(100).fit(&weights).unwrap();
    let first = fit(0);
    for seed in 1..4 {
        let other = fit(seed);
        for i in 0..8 {
            let cosine = first.components().column(i).dot(&other.components().column(i));
            assert!(cosine > 0.999, "direction {i} of seed {seed}: {cosine}");
        }
    }
    for column in first.components().columns() {
        let largest = column.iter().fold(0.0, |a: f32, &b| if b.abs() > a.abs() { b } else { a });
        assert!(largest > 0.0);
    }
}

#[test]
fn an_article_lies_where_it_lies_in_a_batch() {
    let rows = news(60, 90);
    let weights = weights(&rows);
    let lsa = Lsa::params(17).fit(&weights).unwrap();
    let batch = lsa.transform(&weights).unwrap();
    // Words that an article lacks must not change the columns, so each is counted over the vocabulary.
    for (i, row) in rows.iter().enumerate() {
        let text: String = row
            .iter()
            .enumerate()
            .map(|(word, &n)| format!("word{word:04} ").repeat(n as usize))
            .collect();
        let alone = weights.vocabulary().count(&Analyzer::plain(), [text.as_str()]);
        let params = TfIdfParams::textbook().tf(Tf::Raw).idf(Idf::None).norm(Norm::None);
        let alone = params.fit(&alone).unwrap().transform(&alone).unwrap();
        assert_eq!(lsa.transform(&alone).unwrap().row(0), batch.row(i));
    }
    for (column, strength) in batch.view().columns().into_iter().zip(lsa.singular_values()) {
        let length = column.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
        assert!((length / strength - 1.0).abs() < 1e-4, "{length} {strength}");
    }
}

#[test]
fn each_bad_setting_is_named() {
    let one_more = |rows: Vec<Vec<u32>>| -> Vec<Vec<u32>> {
        rows.into_iter().map(|row| row.into_iter().map(|n| n + 1).collect()).collect()
    };
    let tall = weights(&one_more(news(60, 12)));
    let wide = weights(&one_more(news(12, 90)));
    // Twelve articles, three kinds.
    let kinds: Vec<Vec<u32>> =
        (0..12).map(|i| (0..6).map(|j| u32::from(j / 2 == i % 3)).collect()).collect();
    let kinds = weights(&kinds);
    let cases: [(LsaParams, &TfIdfMatrix, &str); 6] = [
        (Lsa::params(0), &tall, "dims is 0, but must be at least 1"),
        (
            Lsa::params(13),
            &tall,
            "dims is 13, but 60 articles of 12 terms have at most 12 directions",
        ),
        (
            Lsa::params(13),
            &wide,
            "dims is 13, but 12 articles of 90 terms have at most 12 directions",
        ),
        (
            Lsa::params(5),
            &kinds,
            "dims is 5, but the weights of 12 articles of 6 terms have rank 3",
        ),
        (
            Lsa::params(2).power_iterations(101),
            &tall,
            "power_iterations is 101, but must be in 0..=100",
        ),
        (
            Lsa::params(2).oversampling(10_001),
            &tall,
            "oversampling is 10001, but must be in 0..=10000",
        ),
    ];
    for (params, weights, message) in cases {
        let error = params.fit(weights).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.is_too_small(), message.contains("articles"), "{message}");
        assert_eq!(error.is_setting(), !message.contains("articles"), "{message}");
    }
    let fewer = |dims, weights| Lsa::params(dims).allow_fewer(true).fit(weights).unwrap().n_dims();
    assert_eq!((fewer(13, &tall), fewer(13, &wide), fewer(5, &kinds)), (12, 12, 3));
    assert_eq!(Lsa::params(3).fit(&kinds).unwrap().n_dims(), 3);
}
