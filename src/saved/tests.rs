//! An opened model is the model that was saved, and nothing else opens.

use super::*;
use crate::counts::{CountMatrix, CountParams};

const DOCS: [&str; 6] = [
    "The striker scored late and the team won the match",
    "A late goal won the match",
    "The team’s coach praised the striker",
    "The bank raised interest rates as prices rose",
    "Prices rose again and the bank may raise rates",
    "Interest rates worry the bank",
];

fn fitted(analyzer: Analyzer) -> SavedTopics {
    let counts = CountMatrix::from_docs(&analyzer, DOCS, CountParams::default()).unwrap();
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let weights = tfidf.transform(&counts).unwrap();
    let mut model = TopicModel::params(2).fit(&weights).unwrap();
    model.name_topics(&weights, &analyzer, &DOCS).unwrap();
    SavedTopics::new(analyzer, tfidf, model).unwrap()
}

fn saved(topics: &SavedTopics) -> Vec<u8> {
    let mut file = Vec::new();
    topics.save(&mut file).unwrap();
    file
}

#[test]
fn assigns_as_before() {
    let fitted = fitted(Analyzer::english());
    let file = saved(&fitted);
    let opened = SavedTopics::open(&file[..]).unwrap();
    assert_eq!(saved(&opened), file);
    assert_eq!(opened.assign(DOCS).unwrap(), fitted.model().assignments());
    let later = ["The bank’s rates rose", "Goals won matches", "Nothing known"];
    assert_eq!(opened.assign(later).unwrap(), fitted.assign(later).unwrap());
    for (a, b) in opened.model().iter().zip(fitted.model().iter()) {
        assert_eq!((a.keywords(9), a.size(), a.label()), (b.keywords(9), b.size(), b.label()));
        assert_eq!(a.representatives(9), b.representatives(9));
        assert_eq!(a.representative_sentences(9), b.representative_sentences(9));
    }
    assert_eq!(opened.model().kmeans(), fitted.model().kmeans());
}

#[test]
fn assigns_as_before_whatever_the_engine() {
    use crate::topics::Engine;

    let analyzer = Analyzer::english();
    let docs = [DOCS, DOCS, DOCS].concat();
    let counts = CountMatrix::from_docs(&analyzer, &docs, CountParams::default()).unwrap();
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let weights = tfidf.transform(&counts).unwrap();
    let dense = (4, Some(1.2));
    for engine in [
        Engine::GaussianMixture,
        Engine::Dbscan { min_points: dense.0, radius: dense.1 },
        Engine::Optics { min_points: dense.0, radius: dense.1 },
    ] {
        let mut model = TopicModel::params(2).dims(2).engine(engine).fit(&weights).unwrap();
        model.prepare_partial_fit(&weights).unwrap();
        let fitted = SavedTopics::new(analyzer.clone(), tfidf.clone(), model).unwrap();
        let file = saved(&fitted);
        let opened = SavedTopics::open(&file[..]).unwrap();
        assert_eq!(saved(&opened), file, "{engine:?}");
        assert_eq!(opened.assign(&docs).unwrap(), fitted.model().assignments(), "{engine:?}");
        let later = ["The bank’s rates rose", "Goals won matches", "Nothing known"];
        let found = opened.assign(later).unwrap();
        assert_eq!(found, fitted.assign(later).unwrap());
        let density = !matches!(engine, Engine::GaussianMixture);
        assert_eq!(found[2].is_outlier(), density, "{engine:?}");
        // Both go on learning alike.
        let (mut one, mut other) = (fitted.model().clone(), opened.model().clone());
        assert_eq!(one.partial_fit(&weights).unwrap(), other.partial_fit(&weights).unwrap());
        assert_eq!(one.assign(&weights).unwrap(), other.assign(&weights).unwrap());
    }
}

#[test]
fn parts_of_different_models_do_not_join() {
    let (one, other) = (fitted(Analyzer::english()), fitted(Analyzer::plain()));
    let joined = SavedTopics::new(one.analyzer, other.tfidf, one.model);
    assert!(joined.is_err_and(|error| error.is_mismatch()));
}

/// A file with this payload whose checksum is right.
fn framed(payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    frame::write(&mut file, VERSION, payload).unwrap();
    file
}

#[test]
fn a_wrong_payload_is_no_panic() {
    let file = saved(&fitted(Analyzer::english()));
    let payload = frame::read(&file[..], VERSION).unwrap();
    let fails = |payload: &[u8]| {
        SavedTopics::open(&framed(payload)[..]).is_err_and(|error| error.is_saved())
    };
    for length in (0..payload.len()).step_by(7) {
        assert!(fails(&payload[..length]), "{length}");
    }
    assert!(fails(&[payload.as_slice(), &[0]].concat()));
    // Lengths of nearly 2⁶⁴ everywhere: an error, and no attempt to get the memory.
    for place in (0..payload.len().min(4000)).step_by(3) {
        let mut huge = payload.clone();
        huge.splice(place..=place, [0xFF; 9].into_iter().chain([0x01]));
        // Inside a number or a word the change may leave a model that is merely another one.
        let _ = SavedTopics::open(&framed(&huge)[..]);
    }
    let mut other_stemmer = payload;
    let at = other_stemmer.windows(5).rposition(|letters| letters == b"rust-").unwrap();
    other_stemmer[at] = b'R';
    let error = SavedTopics::open(&framed(&other_stemmer)[..]).unwrap_err();
    assert!(
        error.is_saved()
            && error.to_string().contains("with the stemmer rust-stemmers-1.2/English"),
        "{error}"
    );
    assert!(error.to_string().contains("here is only rust-stemmers-1.2"), "{error}");
}

#[cfg(feature = "frostem")]
#[test]
fn each_model_opens_with_its_own_stemmer() {
    use crate::text::{Language, Stemmer};

    let current = Stemmer::current(Language::English);
    let analyzer = Analyzer::english().into_builder().stemmer(current).build();
    let file = saved(&fitted(analyzer));
    let opened = SavedTopics::open(&file[..]).unwrap();
    assert_eq!(opened.analyzer().stemmer().unwrap().name(), "frostem-2.20261016.1/English");
    assert_eq!(opened.analyzer().terms("organizations").collect::<Vec<_>>(), ["organiz"]);
    assert_eq!(saved(&opened), file);
}
