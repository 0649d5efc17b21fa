//! Matrices and what was learned go through JSON and come back bit for bit; broken JSON is refused.

#![cfg(feature = "serde")]

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use undertone::{
    Analyzer, CountMatrix, CountParams, Lsa, LsaParams, Neighbor, TfIdf, TfIdfMatrix, TfIdfParams,
    TopicParams, Vocabulary,
};

fn counts(docs: &[&str]) -> CountMatrix {
    CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())
        .expect("the corpus has terms")
}

fn back<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let json = serde_json::to_string(value).expect("results are JSON");
    serde_json::from_str(&json).expect("what was written is read")
}

proptest! {
    #[test]
    fn what_was_written_comes_back_bit_for_bit(
        docs in prop::collection::vec("([a-e] ){0,12}", 0..8),
        power in 0.0..4.0_f64,
    ) {
        let docs: Vec<&str> = docs.iter().map(String::as_str).chain(["a é \"b\" c"]).collect();
        let counts = counts(&docs);
        let tfidf = TfIdfParams::default().idf_power(power).fit(&counts).unwrap();
        let weights = tfidf.transform(&counts).unwrap();
        prop_assert_eq!(&back(&**counts.vocabulary()), &**counts.vocabulary());
        prop_assert_eq!(&back(&counts), &counts);
        prop_assert!(back(&tfidf) == tfidf);
        prop_assert!(back(&weights) == weights);
        let bits = |weights: &TfIdfMatrix| -> Vec<u32> {
            weights.rows().flatten().map(|(_, weight)| weight.to_bits()).collect()
        };
        prop_assert_eq!(bits(&back(&weights)), bits(&weights));
    }
}

/// The message that `T` gives after `change` broke its JSON.
fn refused<T: Serialize + DeserializeOwned>(value: &T, change: impl FnOnce(&mut Value)) -> String {
    let mut json = serde_json::to_value(value).expect("results are JSON");
    change(&mut json);
    match serde_json::from_value::<T>(json.clone()) {
        Ok(_) => panic!("read: {json}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn broken_json_is_refused() {
    let counts = counts(&["a a b", "c"]);
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let weights = tfidf.transform(&counts).unwrap();

    let message = refused::<Vocabulary>(counts.vocabulary(), |json| json["doc_freq"] = json!([1]));
    assert_eq!(message, "saved model: the parts of a vocabulary differ in length");
    let message = refused::<Vocabulary>(counts.vocabulary(), |json| json["n_docs"] = json!(0));
    assert_eq!(message, "saved model: a document frequency is not in 1..=0");
    let message = refused(&counts, |json| json["rows"]["values"][0] = json!(0));
    assert_eq!(message, "saved model: a count is zero");
    let message = refused(&counts, |json| json["rows"]["columns"][0] = json!(3));
    let rise = "saved model: the columns of a matrix do not rise in each row, or pass its width";
    assert_eq!(message, rise);
    let message = refused(&counts, |json| json["rows"]["starts"][1] = json!(99));
    assert_eq!(message, "saved model: the rows of a matrix do not fit its entries");
    let message = refused(&counts, |json| json["rows"]["values"][0] = json!(-1));
    assert!(message.contains("invalid value: integer `-1`, expected u32"), "{message}");
    let message = refused(&weights, |json| json["weights"]["values"][0] = json!(-0.5));
    assert_eq!(message, "saved model: a weight is negative or not a number");
    let message = refused(&weights, |json| json["counts"]["rows"]["columns"] = json!([0, 2, 2]));
    assert_eq!(message, "saved model: weights stand where nothing was counted");
    let message = refused(&tfidf, |json| json["n_docs"] = json!(0));
    assert_eq!(message, "saved model: a document frequency is above the number of documents");
    let message = refused(&tfidf, |json| json["params"]["idf_power"] = json!(9.5));
    assert_eq!(message, "idf_power is 9.5, but must be in 0..=4");

    let text = serde_json::to_string(&counts).unwrap();
    let error = serde_json::from_str::<CountMatrix>(&text[..text.len() / 2]).unwrap_err();
    assert!(error.to_string().starts_with("EOF while parsing"), "{error}");
}

#[test]
fn neighbours_read_as_they_are_called() {
    let counts = counts(&["a", "a", "b"]);
    let weights = TfIdf::params().fit(&counts).unwrap().transform(&counts).unwrap();
    let index = undertone::SimilarityIndex::new(&weights, undertone::Similarity::Cosine);
    let found = index.nearest_to(0, 1).unwrap();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json, json!([{"doc": 1, "similarity": 1.0}]));
    assert_eq!(serde_json::from_value::<Vec<Neighbor>>(json).unwrap(), found);
}

#[test]
fn settings_are_checked_when_they_are_read() {
    let cases = [
        (
            unread::<TfIdfParams>(
                json!({"tf": "Sublinear", "idf": "Smooth", "idf_power": 9e9, "norm": "L2"}),
            ),
            "idf_power is 9000000000, but must be in 0..=4",
        ),
        (
            unread::<LsaParams>(json!({
                "dims": 5, "seed": 0, "power_iterations": u64::MAX, "oversampling": 1, "allow_fewer": false
            })),
            "power_iterations is 18446744073709551615, but must be in 0..=100",
        ),
        (
            unread::<TopicParams>(
                json!({"topics": 0, "dims": null, "restarts": 1, "rounds": 1, "seed": 0}),
            ),
            "topics is 0, but must be at least 1",
        ),
        (
            unread::<Lsa>(json!({
                "components": {"v": 1, "dim": [2, 1], "data": [0.6, 0.8]},
                "singular_values": [-1.0], "energy_share": [0.5], "explained_variance_ratio": [0.5]
            })),
            "saved model: the directions have other lengths than their strengths",
        ),
    ];
    for (said, expected) in cases {
        assert_eq!(said, expected);
    }
    let params: TfIdfParams = back(&TfIdf::params());
    assert_eq!(params, TfIdf::params());
    assert_eq!(back(&Lsa::params(7)), Lsa::params(7));
}

/// What is said of a value that cannot be read.
fn unread<T: DeserializeOwned + std::fmt::Debug>(value: Value) -> String {
    serde_json::from_value::<T>(value).expect_err("it is out of range").to_string()
}
