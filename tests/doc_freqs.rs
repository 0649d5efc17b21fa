//! A vocabulary learned without rows is the one learned with them, however the corpus was split.

#![allow(clippy::unwrap_used)] // Helpers of tests are tests.
#![cfg(feature = "serde")]

use std::sync::Arc;

use proptest::prelude::*;
use undertone::{
    Analyze, Analyzer, CharNgrams, CountMatrix, CountParams, DocFreq, DocFreqTable, Idf, Norm, Tf,
    TfIdf, TfIdfParams, Token, Tokens, Vocabulary, VocabularyBuilder,
};

const DOCS: [&str; 7] = [
    "Ministers met in Baku. The minister of energy left Baku early.",
    "Oil prices fell; OIL prices fell again. Oil!",
    "",
    "Snow fell on Baku, and prices of bread rose 3.5% in the snow.",
    "the the the of and",
    "NASA counts snow. Nasa counted snowflakes; nasa’s counters count.",
    "Energy prices: oil, gas, snow? The Energy Minister met the oil minister in the snow.",
];

/// Every way of counting and dropping.
fn settings() -> Vec<CountParams> {
    let mut all = Vec::new();
    for ngrams in [1..=1, 1..=2, 2..=3] {
        for binary in [false, true] {
            let params = CountParams::default().ngrams(ngrams.clone()).binary(binary);
            all.push(params.clone());
            all.push(params.clone().min_doc_freq(DocFreq::Docs(2)));
            all.push(params.clone().max_doc_freq(DocFreq::Share(0.3)));
            all.push(params.clone().max_terms(4));
            all.push(params.min_doc_freq(DocFreq::Share(0.2)).max_terms(2));
        }
    }
    all
}

/// Document frequencies of parts, merged from the last part to the first.
fn merged<A: Analyze>(
    analyzer: &A,
    docs: &[&str],
    cuts: &[usize],
    params: &CountParams,
) -> DocFreqTable {
    let mut bounds: Vec<usize> = cuts.iter().map(|cut| cut % (docs.len() + 1)).collect();
    bounds.extend([0, docs.len()]);
    bounds.sort_unstable();
    let part = |ends: &[usize]| {
        let mut builder = VocabularyBuilder::new(analyzer, params.clone());
        docs[ends[0]..ends[1]].iter().for_each(|doc| builder.push(*doc));
        builder.doc_freqs().unwrap()
    };
    let mut parts: Vec<DocFreqTable> = bounds.windows(2).map(part).collect();
    let mut whole = parts.pop().unwrap();
    for part in parts.into_iter().rev() {
        whole.merge(part).unwrap();
    }
    whole
}

fn check_same<A: Analyze>(analyzer: &A, docs: &[&str], cuts: &[usize], params: &CountParams) {
    let learned = CountMatrix::from_docs(analyzer, docs, params.clone());
    let merged = merged(analyzer, docs, cuts, params).vocabulary(params.clone());
    let mut builder = VocabularyBuilder::new(analyzer, params.clone());
    builder.push_all(docs);
    let finished = builder.finish();
    let Ok(counts) = learned else {
        let expected = learned.unwrap_err().to_string();
        assert_eq!(merged.unwrap_err().to_string(), expected);
        assert_eq!(finished.unwrap_err().to_string(), expected);
        return;
    };
    let bytes = |vocabulary: &Arc<Vocabulary>| serde_json::to_string(vocabulary).unwrap();
    let expected = bytes(counts.vocabulary());
    assert_eq!(bytes(&merged.unwrap()), expected, "merged, {params:?}");
    assert_eq!(bytes(&finished.unwrap()), expected, "finished, {params:?}");
}

#[test]
fn is_the_vocabulary_of_the_counts() {
    let characters = CharNgrams::across_words(2..=3).unwrap();
    let words = CharNgrams::within_words(2..=4).unwrap();
    for params in settings() {
        for cuts in [&[][..], &[3], &[1, 4, 4, 6]] {
            check_same(&Analyzer::english(), &DOCS, cuts, &params);
            check_same(&Analyzer::plain(), &DOCS, cuts, &params);
        }
    }
    for params in settings().into_iter().filter(|params| *params == params.clone().ngrams(1..=1)) {
        check_same(&characters, &DOCS, &[2, 5], &params);
        check_same(&words, &DOCS, &[2, 5], &params);
    }
}

#[test]
fn threads_count_alike() {
    // Enough text to be worth a second thread.
    let docs = DOCS.repeat(400);
    for params in settings() {
        check_same(&Analyzer::english(), &docs, &[1000], &params);
    }
}

proptest! {
    #[test]
    fn any_split_gives_the_same_bytes(
        docs in prop::collection::vec("([a-cA-C]{1,2}[ .,']{1,2}){0,9}", 1..9),
        cuts in prop::collection::vec(any::<usize>(), 0..5),
        longest in 1_usize..=3,
        binary: bool,
        min in 1_usize..=2,
        max_terms in 1_usize..20,
    ) {
        let docs: Vec<&str> = docs.iter().map(String::as_str).collect();
        let params = CountParams::default().ngrams(1..=longest).binary(binary);
        let analyzer = Analyzer::plain();
        let whole = serde_json::to_string(&merged(&analyzer, &docs, &[], &params)).unwrap();
        let parts = serde_json::to_string(&merged(&analyzer, &docs, &cuts, &params)).unwrap();
        prop_assert_eq!(whole, parts);
        let params = params.min_doc_freq(DocFreq::Docs(min)).max_terms(max_terms);
        check_same(&analyzer, &docs, &cuts, &params);
    }
}

#[test]
fn words_are_shown_as_all_parts_wrote_them() {
    let analyzer = Analyzer::english();
    let part = |text: &str| {
        let mut builder = VocabularyBuilder::new(&analyzer, CountParams::default());
        builder.push(text);
        builder.doc_freqs().unwrap()
    };
    let shown = |freqs: &DocFreqTable| {
        let vocabulary = freqs.vocabulary(CountParams::default()).unwrap();
        vocabulary.written(vocabulary.id("minist").unwrap()).to_string()
    };
    let mut all = part("Ministers Ministers");
    assert_eq!(shown(&all), "Ministers");
    all.merge(part("ministers ministers minister")).unwrap();
    assert_eq!(shown(&all), "ministers");
    assert_eq!(all.iter().collect::<Vec<_>>(), [("minist", 2, 5)]);
}

#[test]
fn weights_follow_from_the_vocabulary() {
    let formulas = [
        TfIdfParams::default(),
        TfIdfParams::textbook(),
        TfIdf::params().tf(Tf::Bm25 { k1: 1.2, b: 0.75 }).idf(Idf::Probabilistic).norm(Norm::None),
        TfIdf::params().tf(Tf::Binary).idf(Idf::Plain).norm(Norm::L1),
    ];
    let analyzer = Analyzer::english();
    for params in settings() {
        let Ok(counts) = CountMatrix::from_docs(&analyzer, DOCS, params.clone()) else { continue };
        let mut builder = VocabularyBuilder::new(&analyzer, params);
        builder.push_all(DOCS);
        let vocabulary = builder.finish().unwrap();
        for formula in formulas {
            let (streamed, fitted) =
                (formula.fit_vocabulary(&vocabulary).unwrap(), formula.fit(&counts).unwrap());
            assert_eq!(streamed, fitted);
            let bytes = |tfidf: &TfIdf| serde_json::to_string(tfidf).unwrap();
            assert_eq!(bytes(&streamed), bytes(&fitted));
            // One document at a time weighs as all at once.
            let all = fitted.transform(&counts).unwrap();
            for (row, doc) in DOCS.iter().enumerate() {
                let one = streamed.transform(&vocabulary.count(&analyzer, [doc])).unwrap();
                assert!(one.row(0).eq(all.row(row)));
            }
        }
    }
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let analyzer = Analyzer::plain();
    let freqs = |params: CountParams| {
        let mut builder = VocabularyBuilder::new(&analyzer, params);
        builder.push("a b a");
        builder.doc_freqs().unwrap()
    };
    let plain = CountParams::default();
    let mut words = freqs(plain.clone());
    let before = words.clone();
    let error = words.merge(freqs(plain.clone().ngrams(1..=2))).unwrap_err();
    assert!(error.is_mismatch());
    assert_eq!(
        error.to_string(),
        "settings of document frequencies: expected ngrams 1..=1, binary false, found ngrams 1..=2, binary false"
    );
    assert!(words.merge(freqs(plain.clone().binary(true))).unwrap_err().is_mismatch());
    assert!(words.vocabulary(plain.clone().binary(true)).unwrap_err().is_mismatch());
    assert_eq!(words, before);
    // How many terms are kept is no matter of counting.
    words.merge(freqs(plain.clone().max_terms(1))).unwrap();
    assert_eq!(words.iter().collect::<Vec<_>>(), [("a", 2, 4), ("b", 2, 2)]);
    assert!(words.vocabulary(plain.clone().max_terms(0)).unwrap_err().is_setting());

    let none = VocabularyBuilder::new(&analyzer, plain.clone());
    assert!(none.clone().finish().unwrap_err().is_too_small());
    let nothing = none.doc_freqs().unwrap();
    assert!(nothing.vocabulary(plain.clone()).unwrap_err().is_too_small());
    words.merge(nothing).unwrap();
    assert_eq!(words.n_docs(), 2);
    let mut builder = VocabularyBuilder::new(&analyzer, plain.clone().ngrams(0..=1));
    builder.push("a");
    assert!(builder.doc_freqs().unwrap_err().is_setting());
    let mut other = VocabularyBuilder::new(&analyzer, plain);
    other.push("a");
    assert!(builder.merge(other).unwrap_err().is_mismatch());
}

/// Words are whole lines, with their spaces.
struct Lines;

impl Analyze for Lines {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        tokens.push(0..text.len(), undertone::TokenKind::Word);
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        term.push_str(token.text());
        true
    }
}

#[test]
fn terms_with_spaces_are_words_but_not_parts_of_runs() {
    check_same(&Lines, &["New York", "NEW York", "New York"], &[1], &CountParams::default());
    let mut builder = VocabularyBuilder::new(Lines, CountParams::default().ngrams(1..=2));
    builder.push("New York");
    assert!(builder.doc_freqs().unwrap_err().is_setting());
    assert!(builder.finish().unwrap_err().is_setting());
}

#[test]
fn documents_beyond_counting_are_an_error() {
    let analyzer = Analyzer::plain();
    let mut builder = VocabularyBuilder::new(&analyzer, CountParams::default());
    builder.push("a");
    let one = builder.doc_freqs().unwrap();
    let json = serde_json::to_string(&one).unwrap();
    let many = json.replace("\"n_docs\":1", "\"n_docs\":4294967295");
    let mut many: DocFreqTable = serde_json::from_str(&many).unwrap();
    let before = many.clone();
    let error = many.merge(one).unwrap_err();
    assert!(error.is_numeric() && error.to_string().contains("4294967295"), "{error}");
    assert_eq!(many, before);
}

#[test]
fn broken_tables_are_refused() {
    let analyzer = Analyzer::plain();
    let mut builder = VocabularyBuilder::new(&analyzer, CountParams::default());
    builder.push_all(["Ab b ab", "b"]);
    let saved = serde_json::to_value(builder.doc_freqs().unwrap()).unwrap();
    let back: DocFreqTable = serde_json::from_value(saved.clone()).unwrap();
    assert_eq!(back, builder.doc_freqs().unwrap());
    let cases = [
        ("/n_docs", serde_json::json!(1), "not in 1..=n_docs"),
        ("/n_docs", serde_json::json!(4_294_967_296_u64), "documents"),
        ("/doc_freq", serde_json::json!([1]), "differ in length"),
        ("/doc_freq/0", serde_json::json!(0), "not in 1..=n_docs"),
        ("/totals/1", serde_json::json!(1), "more documents than it was counted"),
        ("/binary", serde_json::json!(true), "more documents than it was counted"),
        ("/ngrams/start", serde_json::json!(0), "ngrams"),
        ("/terms/text", serde_json::json!("zzb"), "not sorted"),
        ("/terms/ends/0", serde_json::json!(9), "outside their text"),
        ("/spellings/uses/0", serde_json::json!(0), "never used"),
        ("/spellings/uses", serde_json::json!([1]), "differ in length"),
        ("/spellings/ends/0", serde_json::json!(3), "differ in length"),
        ("/spellings/words/text", serde_json::json!("zzb"), "not sorted"),
    ];
    for (place, value, expected) in cases {
        let mut broken = saved.clone();
        *broken.pointer_mut(place).unwrap() = value;
        let error = serde_json::from_value::<DocFreqTable>(broken).unwrap_err().to_string();
        assert!(error.contains(expected), "{place}: {error}");
    }
}
