//! The whole way from texts to topics, on corpora that are small, odd or broken.

use super::*;
use crate::counts::{CountMatrix, CountParams};
use crate::error::Result;
use crate::reduce::Lsa;
use crate::text::Analyzer;
use crate::tfidf::{TfIdf, TfIdfMatrix};

const NEWS: [&str; 9] = [
    "The striker scored two goals and the team won the match",
    "A late goal won the match, the team’s coach said",
    "The coach praised the striker after the cup match",
    "The bank raised interest rates as prices rose",
    "Prices rose again and the bank may raise rates",
    "Interest rates and prices worry the central bank",
    "Investors expect the bank to cut rates",
    "The film won an award for its actor",
    "The actor praised the film’s director",
];

fn weights(docs: &[&str]) -> TfIdfMatrix {
    let counts =
        CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default()).unwrap();
    TfIdf::params().fit(&counts).unwrap().transform(&counts).unwrap()
}

fn fit(docs: &[&str], k: usize) -> Result<TopicModel> {
    TopicModel::params(k).seed(1).fit(&weights(docs))
}

/// What every model promises.
pub(super) fn check(model: &TopicModel, weights: &TfIdfMatrix) {
    let assignments = model.assignments();
    assert_eq!(assignments.len(), weights.n_docs());
    assert_eq!(model.assign(weights).unwrap(), assignments);
    let mut sizes = vec![0; model.n_topics()];
    for assignment in assignments {
        sizes[assignment.topic()] += 1;
        assert!((0.0..=1.0).contains(&assignment.confidence()));
    }
    assert!(sizes.iter().all(|&size| size > 0) && sizes.is_sorted_by(|a, b| a >= b));
    for (topic, size) in model.iter().zip(sizes) {
        assert_eq!(topic.size(), size);
        assert!((-1.0..=1.0).contains(&topic.coherence()));
        assert!(topic.terms(50).all(|term| term.weight() > 0.0 && term.weight().is_finite()));
        let typical = topic.representatives(3);
        assert_eq!(typical.len(), size.min(3));
        assert!(typical.iter().all(|&row| assignments[row].topic() == topic.id()));
    }
    assert_eq!(model.kmeans().centroids().nrows(), model.n_topics());
    assert!(model.kmeans().centroids().iter().all(|value| value.is_finite()));
    assert!(model.inertia().is_finite() && model.coherence().is_finite());
}

#[test]
fn finds_what_belongs_together() {
    let weights = weights(&NEWS);
    let model = TopicModel::params(3).seed(1).fit(&weights).unwrap();
    check(&model, &weights);
    let topics: Vec<_> = model.assignments().iter().map(|assignment| assignment.topic()).collect();
    assert_eq!(topics, [1, 1, 1, 0, 0, 0, 0, 2, 2]);
    assert!(model.topic(0).keywords(3).contains(&"bank"), "{:?}", model.topic(0).keywords(3));
    assert_eq!(model.topic(2).keywords(2).len(), 2);
    assert_eq!(model.topic(1).label().split(", ").count(), 3);

    let same = TopicModel::params(3).seed(1).fit(&weights).unwrap();
    assert_eq!(format!("{model:?}"), format!("{same:?}"));
}

#[test]
fn later_articles_go_where_they_belong() {
    let weights = weights(&NEWS);
    let tfidf = TfIdf::params().fit(weights.counts()).unwrap();
    let model = TopicModel::params(3).seed(1).fit(&weights).unwrap();
    let analyzer = Analyzer::english();
    let later = weights
        .vocabulary()
        .count(&analyzer, ["Central bank cuts rates", "Unheard words only", ""]);
    let found = model.assign(&tfidf.transform(&later).unwrap()).unwrap();
    assert!(found[0].topic() == 0 && found[0].confidence() > 0.5);
    assert!(found[1..].iter().all(|none| none.confidence().abs() < f32::EPSILON));

    let others = self::weights(&["Other words", "over other columns"]);
    assert!(model.assign(&others).is_err_and(|error| error.is_mismatch()));
    let lsa = Lsa::params(2).fit(&others).unwrap();
    assert!(lsa.transform(&weights).is_err_and(|error| error.is_mismatch()));
}

#[test]
fn odd_corpora_give_an_answer() {
    let same = ["prices rose"; 6];
    let two = ["prices rose", "prices rose", "goal match", "goal match", "goal match"];
    let with_empty = ["bank rates", "", "goal match", "of the", "bank prices", "match won"];
    let cases: [(&[&str], usize, usize); 9] = [
        (&["prices rose"], 1, 1),
        (&same, 1, 1),
        (&same, 3, 1),
        (&two, 2, 2),
        (&two, 4, 2),
        (&with_empty, 2, 2),
        (&NEWS, 1, 1),
        (&["word", "word word word", "other"], 2, 2),
        (&["سلام دنیا", "سلام مردم", "🙂 goal", "goal match"], 2, 2),
    ];
    for (docs, k, most) in cases {
        let weights = weights(docs);
        for seed in 0..5 {
            let model = TopicModel::params(k).seed(seed).fit(&weights).unwrap();
            check(&model, &weights);
            assert!((1..=most).contains(&model.n_topics()), "{docs:?} {k}");
        }
    }
    // As many topics as articles.
    check(&fit(&NEWS, NEWS.len()).unwrap(), &weights(&NEWS));
}

#[test]
fn what_cannot_be_answered_is_an_error() {
    assert!(fit(&NEWS, 0).is_err_and(|error| error.is_setting()));
    assert!(fit(&NEWS, 10).is_err_and(|error| error.is_too_small()));
    assert!(fit(&["goal", "", ""], 2).is_err_and(|error| error.is_too_small()));
    let weights = weights(&NEWS);
    for params in [
        TopicModel::params(2).dims(0),
        TopicModel::params(2).restarts(0),
        TopicModel::params(2).rounds(0),
    ] {
        assert!(params.fit(&weights).is_err_and(|error| error.is_setting()));
    }
    assert!(Lsa::params(0).fit(&weights).is_err_and(|error| error.is_setting()));
    // No article with a known term.
    let none = weights.vocabulary().count(&Analyzer::english(), ["unheard", "words"]);
    let none = TfIdf::params().fit(&none).unwrap().transform(&none).unwrap();
    assert!(TopicModel::params(1).fit(&none).is_err_and(|error| error.is_too_small()));
    assert!(Lsa::params(1).fit(&none).is_err_and(|error| error.is_numeric()));
}

#[cfg(feature = "rayon")]
#[test]
fn one_thread_finds_what_many_find() {
    // Enough rows for several blocks.
    let docs: Vec<String> = (0..1500)
        .map(|i| format!("{} article{} word{}", NEWS[i % NEWS.len()], i % 97, i % 31))
        .collect();
    let docs: Vec<&str> = docs.iter().map(String::as_str).collect();
    let weights = weights(&docs);
    let at = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        format!("{:?}", pool.install(|| TopicModel::params(5).fit(&weights).unwrap()))
    };
    assert_eq!(at(1), at(3));
}

#[test]
fn models_are_send_and_sync() {
    fn promised<T: Send + Sync + 'static>() {}
    promised::<TopicModel>();
    promised::<Lsa>();
}
