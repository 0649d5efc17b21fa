//! A map shows what the model says.

use super::*;
use crate::topics::TopicParams;
use crate::topics::generated::{articles, weights};

fn mapped(params: &TopicParams, docs: &[String]) -> (TopicModel, TopicMap) {
    let weights = weights(docs);
    let model = params.fit(&weights).unwrap();
    let map = model.map(&weights).unwrap();
    (model, map)
}

#[test]
fn articles_lie_nearest_to_their_topic() {
    let (model, map) = mapped(&TopicModel::params(6), &articles(6, 30, 3));
    assert_eq!((map.topics.len(), map.articles.len()), (6, 180));
    let mut near = 0;
    for (place, found) in map.articles.iter().zip(model.assignments()) {
        let away = |topic: &usize| distance(place.unwrap(), map.topics[*topic]);
        let nearest = (0..6).min_by(|a, b| away(a).total_cmp(&away(b)));
        near += usize::from(nearest == Some(found.topic()));
    }
    assert!(near >= 170, "{near} of 180");
    assert!(map.trustworthiness > 0.8 && map.stress < 0.6, "{map:?}");
    let mean = |axis: usize| map.topics.iter().map(|place| place[axis]).sum::<f64>();
    assert!(mean(0).abs() < 1e-9 && mean(1).abs() < 1e-9);
}

#[test]
fn three_topics_are_exact() {
    // Any three distances that could be drawn are.
    let (_, map) = mapped(&TopicModel::params(3), &articles(3, 30, 1));
    assert!(map.stress < 1e-3, "{}", map.stress);
}

#[test]
fn few_topics_and_articles_have_places_too() {
    for (k, docs) in [
        (1, vec!["one word".to_string()]),
        (1, articles(1, 5, 1)),
        (2, articles(2, 1, 1)),
        (2, [articles(2, 3, 1), vec![String::new()]].concat()),
        (1, vec!["same".to_string(); 4]),
    ] {
        let (model, map) = mapped(&TopicModel::params(k), &docs);
        assert_eq!(map.topics.len(), model.n_topics());
        for (place, doc) in map.articles.iter().zip(&docs) {
            assert_eq!(place.is_some(), !doc.is_empty());
        }
        let places = map.topics.iter().chain(map.articles.iter().flatten());
        assert!(places.flatten().all(|value| value.is_finite()), "{map:?}");
    }
}

#[cfg(feature = "rayon")]
#[test]
fn one_thread_changes_what_many_change() {
    let weights = weights(&articles(5, 300, 9));
    let at = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let params = TopicModel::params(6);
            let model = params.fit(&weights).unwrap();
            let split = model.split(&weights, 0, &TopicModel::params(2)).unwrap();
            let reduced = split.reduce(&weights, 4).unwrap();
            let stability = params.stability(&model, &weights, 2).unwrap();
            let choice = params.choose(&weights, 4..=5).unwrap();
            format!("{reduced:?} {:?} {stability:?} {choice:?}", reduced.map(&weights).unwrap())
        })
    };
    assert_eq!(at(1), at(3));
}
