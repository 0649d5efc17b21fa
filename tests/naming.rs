//! What people call a topic: phrases, sentences, and nothing that is no word of a sentence.

use undertone::{Analyzer, CountMatrix, CountParams, Error, TfIdf, TfIdfMatrix, TopicModel};

const SEA: [&str; 4] = [
    "The prime minister opened the harbour wall on Monday in heavy rain. Ferry crews cheered. KJ/TR",
    "Ferry crews asked the prime minister to pay for the harbour wall before winter. KJ/TR",
    "No prime minister had ever asked ferry crews about the harbour wall in Elmstead. LP/KJ",
    "The harbour wall broke, and the prime minister thanked the ferry crews for their work. KJ",
];
const MONEY: [&str; 4] = [
    "The central bank raised its interest rate by half a point as bread prices rose. TR",
    "Bread prices fell, and the central bank left its interest rate where it was in May. LP/TR",
    "A low interest rate helps the market, said the governor of the central bank. TR/LP",
    "The central bank fears that bread prices will rise with the next interest rate. TR",
];

fn docs() -> Vec<&'static str> {
    SEA.into_iter().chain(MONEY).collect()
}

fn weights(docs: &[&str]) -> Result<TfIdfMatrix, Error> {
    let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    TfIdf::params().fit(&counts)?.transform(&counts)
}

#[test]
fn topics_are_called_by_phrases() {
    let (docs, analyzer) = (docs(), Analyzer::english());
    let weights = weights(&docs).unwrap();
    let mut model = TopicModel::params(2).seed(1).fit(&weights).unwrap();
    let before = model.clone();
    model.name_topics(&weights, &analyzer, &docs).unwrap();
    let sea = model.assignments()[0].topic();
    let (sea, money) = (model.topic(sea), model.topic(1 - sea));
    for phrase in ["prime minister", "harbour wall", "ferry crews"] {
        assert!(sea.keywords(4).iter().any(|word| word.eq_ignore_ascii_case(phrase)), "{sea:?}");
    }
    for phrase in ["interest rate", "central bank", "bread prices"] {
        assert!(
            money.keywords(4).iter().any(|word| word.eq_ignore_ascii_case(phrase)),
            "{money:?}"
        );
    }
    for topic in model.iter() {
        // Two phrases, and neither is repeated by its words.
        assert_eq!(topic.label().split_whitespace().count(), 4, "{}", topic.label());
        let words = topic.keywords(20).join(" ").to_lowercase();
        for word in ["minister", "wall", "rate", "bank"] {
            assert!(words.split(' ').filter(|other| *other == word).count() <= 1, "{words}");
        }
        // Initials are no words.
        for word in topic.keywords(50).into_iter().chain(topic.terms(50).map(|term| term.written()))
        {
            assert!(!["KJ", "TR", "LP"].contains(&word), "{word}");
        }
        assert!((-1.0..=1.0).contains(&topic.coherence()));
        let sentences = topic.representative_sentences(9);
        assert!(sentences.len() >= 3);
        assert!(sentences.is_sorted_by(|a, b| a.score() >= b.score()));
        let mut rows: Vec<usize> = sentences.iter().map(|one| one.row()).collect();
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), sentences.len(), "one of each article");
        for sentence in sentences {
            let text = &docs[sentence.row()][sentence.range()];
            assert!(text.ends_with('.') && text.split_whitespace().count() >= 8, "{text}");
            assert_eq!(model.assignments()[sentence.row()].topic(), topic.id());
        }
    }
    assert_eq!(model.assignments(), before.assignments());
    // Named twice is named once.
    let once = format!("{model:?}");
    model.name_topics(&weights, &analyzer, &docs).unwrap();
    assert_eq!(format!("{model:?}"), once);
}

#[test]
fn other_articles_are_an_error() {
    let (docs, analyzer) = (docs(), Analyzer::english());
    let fitted = weights(&docs).unwrap();
    let mut model = TopicModel::params(2).fit(&fitted).unwrap();
    assert!(model.name_topics(&fitted, &analyzer, &docs[1..]).is_err_and(|e| e.is_mismatch()));
    let fewer = weights(&docs[1..]).unwrap();
    assert!(model.name_topics(&fewer, &analyzer, &docs).is_err_and(|e| e.is_mismatch()));
    let mut others = docs.clone();
    others.swap(0, 1);
    others[7] = "Other words stand in this one.";
    let others = weights(&others).unwrap();
    assert!(model.name_topics(&others, &analyzer, &docs).is_err_and(|e| e.is_mismatch()));
    assert!(model.topic(0).representative_sentences(3).is_empty(), "nothing was read");
}

#[test]
fn articles_without_a_sentence_are_named() {
    let docs = ["harbour ferry", "ferry harbour crew", "bank rate", "rate bank", ""];
    let weights = weights(&docs).unwrap();
    let mut model = TopicModel::params(2).fit(&weights).unwrap();
    model.name_topics(&weights, &Analyzer::english(), &docs).unwrap();
    assert!(model.iter().all(|topic| !topic.keywords(3).is_empty() && !topic.label().is_empty()));
}
