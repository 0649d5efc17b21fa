//! What a model promises, it promises after every change too.

use proptest::prelude::*;

use super::*;
use crate::text::Analyzer;
use crate::topics::generated::{articles, weights};
use crate::topics::tests::check;

#[test]
fn merged_topics_keep_their_articles_and_no_other_moves() {
    let weights = weights(&articles(5, 30, 1));
    let model = TopicModel::params(5).fit(&weights).unwrap();
    let merged = model.merge(&weights, &[4, 1, 1]).unwrap();
    check(&merged, &weights);
    assert_eq!(merged.n_topics(), 4);
    for (a, before) in model.assignments().iter().zip(merged.assignments()) {
        for (b, after) in model.assignments().iter().zip(merged.assignments()) {
            let together = a.topic() == b.topic()
                || ([1, 4].contains(&a.topic()) && [1, 4].contains(&b.topic()));
            assert_eq!(before.topic() == after.topic(), together);
        }
        assert!(before.confidence() >= a.confidence() - 1e-6);
    }
    let ranked = merged.rank(&weights).unwrap();
    for (ranked, found) in ranked.iter().zip(merged.assignments()) {
        assert_eq!(ranked[0].topic(), found.topic());
        assert!((ranked[0].confidence() - found.confidence()).abs() < 1e-6);
        let sum: f32 = ranked.iter().map(|topic| topic.confidence()).sum();
        assert!((sum - 1.0).abs() < 1e-5 && ranked.len() == 4);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_changes_leave_a_whole_model(
        seed in 0_u64..100,
        changes in proptest::collection::vec((0_usize..3, any::<usize>(), any::<usize>()), 1..5),
    ) {
        let weights = weights(&articles(4, 12, seed));
        let mut model = TopicModel::params(6).seed(seed).fit(&weights).unwrap();
        for (kind, a, b) in changes {
            let n = model.n_topics();
            model = match kind {
                0 => model.merge(&weights, &[a % n, b % n]).unwrap(),
                1 => model.reduce(&weights, 1 + a % n).unwrap(),
                _ => {
                    let topic = a % n;
                    let into = 1 + b % model.topic(topic).size().min(3);
                    model.split(&weights, topic, &TopicModel::params(into)).unwrap()
                }
            };
            check(&model, &weights);
        }
        let all: Vec<usize> = (0..model.n_topics()).collect();
        let one = model.merge(&weights, &all).unwrap();
        check(&one, &weights);
        prop_assert_eq!((one.n_topics(), one.topic(0).size()), (1, weights.n_docs()));
    }
}

#[test]
fn a_split_finds_what_was_merged() {
    let weights = weights(&articles(4, 40, 3));
    let model = TopicModel::params(4).fit(&weights).unwrap();
    let merged = model.merge(&weights, &[0, 1]).unwrap();
    let split = merged.split(&weights, 0, &TopicModel::params(2)).unwrap();
    check(&split, &weights);
    for (row, found) in split.assignments().iter().enumerate() {
        assert_eq!(found.topic(), split.assignments()[row % 4].topic(), "article {row}");
    }
}

/// Topics 0 and 1 share words that topics 2 and 3 do not have.
fn related() -> Vec<String> {
    let related = |(row, article): (usize, String)| match row % 4 {
        0 | 1 => format!("{article} kinds{} kinds{}", row % 3, (row + 1) % 5),
        _ => article,
    };
    articles(4, 30, 2).into_iter().enumerate().map(related).collect()
}

#[test]
fn the_nearest_are_joined_first() {
    let weights = weights(&related());
    let model = TopicModel::params(4).fit(&weights).unwrap();
    let of = |row: usize| model.assignments()[row].topic();
    let tree = model.hierarchy(&weights).unwrap();
    let mut first = [of(0), of(1)];
    first.sort_unstable();
    assert_eq!(tree.joins[0].nodes, first);
    assert_eq!((tree.joins.len(), tree.sizes[6], tree.keywords.len()), (3, 120, 7));
    assert!(tree.joins.is_sorted_by(|a, b| a.distance <= b.distance));
    assert!(tree.keywords[4].iter().any(|word| word.starts_with("kinds")), "{tree}");

    let shown = tree.to_string();
    assert_eq!(shown.lines().count(), 7, "{shown}");
    assert!(shown.lines().nth(1).unwrap().starts_with("├─ "), "{shown}");
    assert_eq!(shown.lines().filter(|line| line.contains("topic ")).count(), 4);

    let three = model.reduce(&weights, 3).unwrap();
    assert_eq!(three.assignments()[0].topic(), three.assignments()[1].topic());
    assert_eq!((three.n_topics(), three.topic(0).size()), (3, 60));
    let same = model.reduce(&weights, 9).unwrap();
    assert_eq!(same.assignments(), model.assignments());
}

#[test]
fn seed_words_begin_topics() {
    let weights = weights(&articles(5, 30, 4));
    let seeds = SeedWords::new(
        &Analyzer::plain(),
        weights.vocabulary(),
        [vec!["t3w00", "t3w05", "unheard"], vec!["t1w01", "t1w02"]],
    );
    let seeds = seeds.unwrap();
    assert_eq!(seeds.unknown(), [(0, "unheard".to_string())]);
    for k in [2, 3, 5] {
        let guided = TopicModel::params(k).fit_guided(&weights, &seeds).unwrap();
        let model = guided.model();
        check(model, &weights);
        let (three, one) = (guided.topics()[0].unwrap(), guided.topics()[1].unwrap());
        assert_ne!(three, one);
        for (row, found) in model.assignments().iter().enumerate() {
            match row % 5 {
                3 => assert_eq!(found.topic(), three, "article {row} of {k} topics"),
                1 => assert_eq!(found.topic(), one, "article {row} of {k} topics"),
                // Free topics take the rest where there are enough.
                _ => assert!(k < 5 || ![one, three].contains(&found.topic())),
            }
        }
    }
}

#[test]
fn seed_words_gather_a_subject_that_an_ordinary_search_splits_otherwise() {
    // Two topics asked for, four there: seeds say which belong together.
    let weights = weights(&articles(4, 30, 6));
    let words = |topics: [usize; 2]| -> Vec<String> {
        topics.iter().flat_map(|t| (0..6).map(move |word| format!("t{t}w{word:02}"))).collect()
    };
    for pair in [[[0, 1], [2, 3]], [[0, 2], [1, 3]], [[0, 3], [1, 2]]] {
        let lists = pair.map(words);
        let seeds = SeedWords::new(&Analyzer::plain(), weights.vocabulary(), &lists).unwrap();
        let guided = TopicModel::params(2).fit_guided(&weights, &seeds).unwrap();
        let model = guided.model();
        check(model, &weights);
        for (row, found) in model.assignments().iter().enumerate() {
            let list = usize::from(pair[1].contains(&(row % 4)));
            assert_eq!(Some(found.topic()), guided.topics()[list], "article {row} of {pair:?}");
        }
    }
}

#[test]
fn what_does_not_fit_is_an_error() {
    let (docs, analyzer) = (articles(3, 10, 5), Analyzer::plain());
    let weights = weights(&docs);
    let model = TopicModel::params(3).fit(&weights).unwrap();
    let fewer = weights.select(&[0, 1, 2, 3, 4]);
    let others = super::super::generated::weights(&articles(2, 15, 5));
    for other in [&fewer, &others] {
        assert!(model.merge(other, &[0, 1]).is_err_and(|error| error.is_mismatch()));
        assert!(model.reduce(other, 1).is_err_and(|error| error.is_mismatch()));
        assert!(model.hierarchy(other).is_err_and(|error| error.is_mismatch()));
        let split = model.split(other, 0, &TopicModel::params(2));
        assert!(split.is_err_and(|error| error.is_mismatch()));
    }
    let error = model.merge(&weights, &[0, 3]).unwrap_err();
    assert_eq!(error.to_string(), "topic is 3, but must be below the number of topics, 3");
    assert!(model.reduce(&weights, 0).is_err_and(|error| error.is_setting()));
    let split = model.split(&weights, 0, &TopicModel::params(11));
    assert!(split.is_err_and(|error| error.is_too_small()));

    let seeds =
        |lists: &[&[&str]]| SeedWords::new(&analyzer, weights.vocabulary(), lists.iter().copied());
    assert!(seeds(&[&[]]).is_err_and(|error| error.is_too_small()));
    assert!(seeds(&[&["t0w00"], &["unheard"]]).is_err_and(|error| error.is_too_small()));
    let two = seeds(&[&["t0w00"], &["t1w00"]]).unwrap();
    assert!(TopicModel::params(1).fit_guided(&weights, &two).is_err_and(|e| e.is_setting()));
}

#[cfg(feature = "serde")]
#[test]
fn a_merged_model_is_saved_and_opened() {
    use crate::saved::SavedTopics;

    let docs = articles(4, 15, 8);
    let weights = weights(&docs);
    let tfidf = crate::tfidf::TfIdf::params().fit(weights.counts()).unwrap();
    let model = TopicModel::params(6).fit(&weights).unwrap().merge(&weights, &[0, 2, 3]).unwrap();
    let mut file = Vec::new();
    let saved = SavedTopics::new(Analyzer::plain(), tfidf, model).unwrap();
    saved.save(&mut file).unwrap();
    let opened = SavedTopics::open(&file[..]).unwrap();
    assert_eq!(opened.assign(&docs).unwrap(), saved.model().assignments());
    let again = opened.model().merge(&weights, &[0, 1]).unwrap();
    check(&again, &weights);
}
