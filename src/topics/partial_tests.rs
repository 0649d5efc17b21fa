//! Batches find what the whole finds, add up, and say what is wrong.

use ndarray::Axis;

use super::generated::{articles, weights};
use super::*;
use crate::error::Error;
use crate::tfidf::TfIdfMatrix;

/// 4 topics of 100 articles, and their numbers, cut into batches of these lengths.
fn batches(lengths: &[u32]) -> (TfIdfMatrix, Vec<TfIdfMatrix>) {
    let whole = weights(&articles(4, 100, 11));
    let mut first = 0;
    let cut = lengths.iter().map(|length| {
        first += length;
        whole.select(&(first - length..first).collect::<Vec<_>>())
    });
    let batches = cut.collect();
    (whole, batches)
}

fn fitted(batches: Vec<TfIdfMatrix>) -> TopicModel {
    TopicModel::params(4).seed(3).fit_batches(batches.into_iter().map(Ok)).unwrap()
}

#[test]
fn batches_agree_with_the_whole() {
    let (whole, parts) = batches(&[120, 80, 1, 0, 199]);
    let (one, model) = (TopicModel::params(4).seed(3).fit(&whole).unwrap(), fitted(parts));
    assert_eq!(model.n_topics(), 4);
    assert_eq!(model.assignments().len(), 400);
    for (row, assignment) in model.assignments().iter().enumerate() {
        assert_eq!(assignment.topic(), model.assignments()[row % 4].topic());
    }
    for topic in model.iter() {
        assert_eq!(topic.size(), 100);
        let row = model.assignments().iter().position(|found| found.topic() == topic.id());
        let other = one.topic(one.assignments()[row.unwrap()].topic());
        assert_eq!(topic.keywords(15), other.keywords(15));
        // The centroid is the mean of the topic's articles, in directions of the first batch.
        let centroid = model.kmeans().centroids().row(topic.id()).to_owned();
        let rows = model.lsa().transform(&whole).unwrap().normalized().into_inner();
        let own: Vec<usize> = (row.unwrap()..400).step_by(4).collect();
        let mean = rows.select(Axis(0), &own).mean_axis(Axis(0)).unwrap();
        assert!(centroid.iter().zip(&mean).all(|(a, b)| (a - b).abs() < 1e-4), "{centroid} {mean}");
    }
    // What was assigned on the way is what the model says in the end.
    for (then, now) in model.assignments().iter().zip(&model.assign(&whole).unwrap()) {
        assert_eq!(then.topic(), now.topic());
    }
}

#[test]
fn how_batches_are_cut_does_not_change_the_sums() {
    let (_, coarse) = batches(&[200, 200]);
    let (_, fine) = batches(&[200, 50, 149, 1]);
    let (coarse, fine) = (fitted(coarse), fitted(fine));
    assert_eq!(coarse.learned, fine.learned);
    assert_eq!(coarse.mixture.terms, fine.mixture.terms);
    for (a, b) in coarse.iter().zip(fine.iter()) {
        assert_eq!((a.size(), a.keywords(50)), (b.size(), b.keywords(50)));
    }
}

#[test]
fn outliers_teach_nothing() {
    let mut texts = articles(3, 20, 2);
    texts.push("nothing like this was ever written elsewhere".into());
    let weights = weights(&texts);
    let dense = Engine::Dbscan { min_points: 5, radius: Some(0.9) };
    let mut model = TopicModel::params(1).engine(dense).fit(&weights).unwrap();
    model.prepare_partial_fit(&weights).unwrap();
    let found = model.partial_fit(&weights.select(&[0, 60])).unwrap();
    let topic = found[0].topic();
    assert!(!found[0].is_outlier() && found[1].is_outlier());
    assert_eq!(model.iter().map(|topic| topic.size()).sum::<usize>(), 61);
    assert_eq!(model.topic(topic).size(), 21);
}

#[test]
fn what_cannot_be_learned_is_an_error() {
    let (whole, parts) = batches(&[100, 100]);
    let mut model = TopicModel::params(4).fit(&parts[0]).unwrap();
    assert!(model.partial_fit(&parts[1]).is_err_and(|error| error.is_setting()));
    assert!(model.prepare_partial_fit(&whole).is_err_and(|error| error.is_mismatch()));
    model.prepare_partial_fit(&parts[0]).unwrap();
    let others = weights(&["other words"]);
    assert!(model.partial_fit(&others).is_err_and(|error| error.is_mismatch()));
    assert_eq!(model.assignments().len(), 100);
    let params = TopicModel::params(4);
    assert!(params.fit_batches([]).is_err_and(|error| error.is_too_small()));
    let broken = || Err(Error::too_small("articles", 1, 0));
    assert!(params.fit_batches([broken()]).is_err_and(|error| error.is_too_small()));
    let second = [Ok(parts[0].clone()), broken()];
    assert!(params.fit_batches(second).is_err_and(|error| error.is_too_small()));
}
