//! Every engine finds what lies apart, keeps its promises, and says what it cannot do.

use linfa_clustering::{GaussianMixtureModel, KMeans};
use ndarray::Array2;

use super::generated::{articles, weights};
use super::*;
use crate::error::Result;
use crate::tfidf::TfIdfMatrix;

const ENGINES: [Engine; 4] = [
    Engine::KMeans,
    Engine::GaussianMixture,
    Engine::Dbscan { min_points: 5, radius: Some(0.9) },
    Engine::Optics { min_points: 5, radius: Some(0.9) },
];

/// 4 topics of 30 articles, in 6 directions: a Gaussian needs more articles than directions.
fn four() -> (TfIdfMatrix, TopicParams) {
    (weights(&articles(4, 30, 7)), TopicModel::params(4).dims(6))
}

fn check(model: &TopicModel, weights: &TfIdfMatrix) {
    assert_eq!(model.assign(weights).unwrap(), model.assignments());
    let mut sizes = vec![0; model.n_topics()];
    for assignment in model.assignments().iter().filter(|found| !found.is_outlier()) {
        sizes[assignment.topic()] += 1;
    }
    let found: Vec<usize> = model.iter().map(|topic| topic.size()).collect();
    assert_eq!(found, sizes);
}

#[test]
fn each_engine_finds_what_lies_apart() {
    let (weights, params) = four();
    for engine in ENGINES {
        let model = params.clone().engine(engine).fit(&weights).unwrap();
        check(&model, &weights);
        assert_eq!(model.n_topics(), 4, "{engine:?}");
        for (row, assignment) in model.assignments().iter().enumerate() {
            assert_eq!(assignment.topic(), model.assignments()[row % 4].topic(), "{engine:?}");
        }
        assert_eq!(model.gaussian_mixture().is_some(), engine == Engine::GaussianMixture);
    }
}

#[test]
fn without_a_radius_the_articles_suggest_one() {
    let weights = weights(&articles(3, 40, 5));
    for engine in [Engine::dbscan(), Engine::optics()] {
        let model = TopicModel::params(1).engine(engine).fit(&weights).unwrap();
        check(&model, &weights);
        let inside = model.assignments().iter().filter(|found| !found.is_outlier()).count();
        assert!(inside >= 36 && model.n_topics() >= 3, "{engine:?}: {inside}");
        // Topics that are apart do not join.
        for (row, found) in model.assignments().iter().enumerate() {
            for (other, same) in model.assignments()[..row].iter().enumerate() {
                let joined =
                    !found.is_outlier() && !same.is_outlier() && found.topic() == same.topic();
                assert!(!joined || row % 3 == other % 3, "{engine:?}: {row} {other}");
            }
        }
    }
}

#[test]
fn what_lies_alone_is_an_outlier() {
    let mut texts = articles(3, 20, 2);
    texts.push("nothing like this was ever written elsewhere".into());
    let weights = weights(&texts);
    for engine in &ENGINES[2..] {
        let model = TopicModel::params(1).engine(*engine).fit(&weights).unwrap();
        check(&model, &weights);
        let outlier = model.assignments()[60];
        assert!(outlier.is_outlier() && outlier.at_least(0.0).is_none(), "{engine:?}");
    }
}

/// Whatever linfa can fit to dense rows.
fn plugged<F, E>(estimator: &F) -> Result<(TopicModel, F::Object)>
where
    F: linfa::traits::Fit<Array2<f32>, ndarray::Array1<()>, E>,
    E: std::error::Error + From<linfa::Error>,
    F::Object: linfa::traits::PredictInplace<Array2<f32>, ndarray::Array1<usize>>,
{
    let (weights, params) = four();
    let lsa = params.lsa(weights.n_docs()).fit(&weights)?;
    let (model, object) = params.fit_with(estimator, &weights, lsa)?;
    check(&model, &weights);
    Ok((model, object))
}

#[test]
fn any_estimator_can_be_plugged_in() {
    let (model, kmeans) = plugged(&KMeans::<f32, _>::params(4).n_runs(5)).unwrap();
    assert_eq!((model.n_topics(), kmeans.centroids().dim()), (4, (4, 6)));
    let gaussian = GaussianMixtureModel::<f32>::params(4).reg_covariance(1e-3).tolerance(1e-2);
    let (model, gaussian) = plugged(&gaussian).unwrap();
    assert!(model.n_topics() <= 4 && gaussian.means().dim() == (4, 6));
    let failed = plugged(&KMeans::<f32, _>::params(0)).unwrap_err();
    assert!(failed.is_numeric(), "{failed}");
}

#[test]
fn what_an_engine_cannot_do_is_an_error() {
    let (weights, params) = four();
    let fit = |engine| params.clone().engine(engine).fit(&weights).unwrap_err();
    for radius in [0.0, -1.0, 2.1, f32::NAN] {
        assert!(fit(Engine::Dbscan { min_points: 5, radius: Some(radius) }).is_setting());
    }
    assert!(fit(Engine::Optics { min_points: 1, radius: None }).is_setting());
    let nothing = fit(Engine::Dbscan { min_points: 100, radius: Some(0.1) });
    assert!(nothing.is_too_small() && nothing.to_string().contains("larger radius"));
    // As many topics as articles: components without an article.
    let nine = weights.select(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    match TopicModel::params(9).engine(Engine::GaussianMixture).fit(&nine) {
        Ok(model) => check(&model, &nine),
        Err(error) => assert!(error.is_numeric() && error.to_string().contains("fewer topics")),
    }
}

#[cfg(feature = "rayon")]
#[test]
fn engines_and_batches_give_the_same_bytes_at_any_number_of_threads() {
    let weights = weights(&articles(4, 150, 8));
    let (first, second) =
        (weights.select(&(0..400).collect::<Vec<_>>()), weights.select(&[7, 599]));
    for engine in [Engine::GaussianMixture, Engine::dbscan(), Engine::optics()] {
        let at = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let params = TopicModel::params(4).dims(8).engine(engine);
            let batches = [Ok(first.clone()), Ok(second.clone())];
            format!("{:?}", pool.install(|| params.fit_batches(batches).unwrap()))
        };
        assert_eq!(at(1), at(3), "{engine:?}");
    }
}
