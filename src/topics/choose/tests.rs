//! Known numbers of topics are found, and topics that are there come back.

use crate::topics::TopicModel;
use crate::topics::generated::{articles, weights};

#[test]
fn the_number_of_generated_topics_is_recommended() {
    for k in [3, 5, 8] {
        let weights = weights(&articles(k, 25, k as u64));
        let choice = TopicModel::params(1).choose(&weights, 2..=k + 4).unwrap();
        assert_eq!(choice.recommended, k, "\n{choice}");
        let best = choice.counts.iter().find(|count| count.asked == k).unwrap();
        assert!(best.stability > 0.95 && best.silhouette > 0.2, "\n{choice}");
        assert_eq!(choice.to_string().matches("recommended").count(), 1);
    }
}

#[test]
fn one_topic_too_many_is_told_by_its_stability() {
    let weights = weights(&articles(4, 30, 7));
    let params = TopicModel::params(5);
    let stability = params.stability(&params.fit(&weights).unwrap(), &weights, 6).unwrap();
    // Samples may cut another topic in two than the model does, so only two stay whole for sure; the
    // halves of the one that it cuts are found nowhere.
    let stable = stability.topics.iter().filter(|topic| topic.articles > 0.9).count();
    let halves = stability.topics.iter().filter(|topic| topic.articles < 0.65).count();
    assert!(stable >= 2 && halves == 2 && stability.ari < 0.95, "\n{stability}");
    assert!(stability.topics.iter().all(|topic| topic.found + topic.lost <= 6));

    let params = TopicModel::params(4);
    let stability = params.stability(&params.fit(&weights).unwrap(), &weights, 6).unwrap();
    assert!(stability.ari > 0.95, "\n{stability}");
    assert!(stability.topics.iter().all(|topic| topic.found == 6 && topic.terms > 0.5));
}

#[test]
fn what_cannot_be_chosen_is_an_error() {
    let weights = weights(&articles(2, 5, 1));
    let params = TopicModel::params(2);
    #[allow(clippy::reversed_empty_ranges)]
    for range in [0..=3, 4..=3] {
        assert!(params.choose(&weights, range).is_err_and(|error| error.is_setting()));
    }
    assert!(params.choose(&weights, 2..=11).is_err_and(|error| error.is_too_small()));
    assert_eq!(params.choose(&weights, 1..=1).unwrap().recommended, 1);
    let model = params.fit(&weights).unwrap();
    assert!(params.stability(&model, &weights, 0).is_err_and(|error| error.is_setting()));
    let fewer = weights.select(&[0, 1, 2]);
    assert!(params.stability(&model, &fewer, 2).is_err_and(|error| error.is_mismatch()));
}
