//! Settings that cannot be used: each is refused by its name, its value, and what it must be.

use undertone::{
    Analyzer, CharNgrams, CollocationParams, Collocations, CountBuilder, CountMatrix, CountParams,
    DocFreq, Error, Idf, Norm, Tf, TfIdf, TfIdfParams,
};

use DocFreq::{Docs, Share};

/// Ten documents: `all` is in each, `half` in five, `one` in one.
const DOCS: [&str; 10] = [
    "all half one",
    "all half",
    "all half",
    "all half",
    "all half",
    "all",
    "all",
    "all",
    "all",
    "all",
];

fn count(docs: &[&str], params: CountParams) -> Result<CountMatrix, Error> {
    CountMatrix::from_docs(&Analyzer::plain(), docs, params)
}

/// The same documents, pushed one by one.
fn push(docs: &[&str], params: CountParams) -> Result<CountMatrix, Error> {
    let mut builder = CountBuilder::new(Analyzer::plain(), params);
    for doc in docs {
        builder.push(*doc);
    }
    builder.finish()
}

#[test]
fn settings_of_counts() {
    let params = CountParams::default;
    let min = |min| params().min_doc_freq(min);
    let max = |max| params().max_doc_freq(max);
    #[allow(clippy::reversed_empty_ranges)]
    let cases = [
        (min(Share(-0.1)), "min_doc_freq is -0.1, but must be a share in 0..=1"),
        (min(Share(1.5)), "min_doc_freq is 1.5, but must be a share in 0..=1"),
        (min(Share(f64::NAN)), "min_doc_freq is NaN, but must be a share in 0..=1"),
        (min(Share(f64::INFINITY)), "min_doc_freq is inf, but must be a share in 0..=1"),
        (max(Share(-0.1)), "max_doc_freq is -0.1, but must be a share in 0..=1"),
        (max(Share(7.0)), "max_doc_freq is 7, but must be a share in 0..=1"),
        (max(Share(f64::NAN)), "max_doc_freq is NaN, but must be a share in 0..=1"),
        (max(Share(f64::NEG_INFINITY)), "max_doc_freq is -inf, but must be a share in 0..=1"),
        (
            min(Docs(3)).max_doc_freq(Docs(2)),
            "min_doc_freq is 3 documents, but must be at most max_doc_freq, 2 documents",
        ),
        (
            min(Share(0.5)).max_doc_freq(Share(0.2)),
            "min_doc_freq is a share of 0.5, but must be at most max_doc_freq, a share of 0.2",
        ),
        (
            min(Docs(6)).max_doc_freq(Share(0.5)),
            "min_doc_freq is 6 documents, but must be at most max_doc_freq, a share of 0.5",
        ),
        (
            min(Share(0.31)).max_doc_freq(Docs(3)),
            "min_doc_freq is a share of 0.31, but must be at most max_doc_freq, 3 documents",
        ),
        (max(Docs(0)), "max_doc_freq is 0 documents, but must be at least 1 document"),
        (max(Share(0.0)), "max_doc_freq is a share of 0, but must be at least 1 document"),
        (
            min(Docs(11)),
            "min_doc_freq is 11 documents, but must be at most the 10 that were counted",
        ),
        (params().ngrams(0..=1), "ngrams is 0..=1, but must be a range that starts at 1 or above"),
        (params().ngrams(0..=0), "ngrams is 0..=0, but must be a range that starts at 1 or above"),
        (params().ngrams(3..=2), "ngrams is 3..=2, but must be a range that is not empty"),
        (params().ngrams(1..=33), "ngrams is 1..=33, but must be a range that ends at 32 or below"),
        (
            params().ngrams(1..=usize::MAX),
            "ngrams is 1..=18446744073709551615, but must be a range that ends at 32 or below",
        ),
        (params().max_terms(0), "max_terms is 0, but must be at least 1"),
    ];
    for (params, expected) in cases {
        for counted in [count(&DOCS, params.clone()), push(&DOCS, params)] {
            let error = counted.unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(error.is_setting(), "{expected}");
        }
    }
}

#[test]
fn settings_at_their_limits() {
    let params = CountParams::default;
    let cases = [
        (params().min_doc_freq(Docs(0)), "all half one"),
        (params().min_doc_freq(Share(0.0)), "all half one"),
        (params().min_doc_freq(Docs(10)), "all"),
        (params().min_doc_freq(Share(1.0)), "all"),
        (params().max_doc_freq(Docs(usize::MAX)), "all half one"),
        (params().max_doc_freq(Share(0.1)), "one"),
        (params().min_doc_freq(Docs(5)).max_doc_freq(Share(0.5)), "half"),
        (params().max_terms(1), "all"),
        (params().max_terms(usize::MAX), "all half one"),
        (params().ngrams(3..=32), "all half one"),
    ];
    for (params, expected) in cases {
        let counts = count(&DOCS, params.clone()).unwrap();
        let terms: Vec<_> = counts.vocabulary().terms().collect();
        assert_eq!(terms.join(" "), expected, "{params:?}");
    }
}

#[test]
fn corpora_without_terms() {
    let params = CountParams::default;
    let rare = ["oil", "snow", "rain"];
    let cases: [(&[&str], CountParams, &str); 5] = [
        (&[], params(), "no documents to count, but at least 1 is needed"),
        (&["", "!"], params(), "no terms to count: nothing in 2 documents counts as a term"),
        (
            &["a b"],
            params().ngrams(3..=3),
            "no terms to count: nothing in 1 document counts as a term",
        ),
        (
            &rare,
            params().min_doc_freq(Docs(2)),
            "no terms left: min_doc_freq 2 documents and max_doc_freq a share of 1 leave none of 3 terms of 3 \
             documents",
        ),
        (
            &["oil", "oil"],
            params().max_doc_freq(Share(0.5)),
            "no terms left: min_doc_freq 1 document and max_doc_freq a share of 0.5 leave none of 1 terms of 2 \
             documents",
        ),
    ];
    for (docs, params, expected) in cases {
        for counted in [count(docs, params.clone()), push(docs, params)] {
            let error = counted.unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(error.is_too_small(), "{expected}");
        }
    }
}

#[test]
fn settings_of_weights() {
    let counts = count(&DOCS, CountParams::default()).unwrap();
    let bm25 = |k1, b| TfIdf::params().tf(Tf::Bm25 { k1, b });
    let power = |power| TfIdf::params().idf_power(power);
    let cases = [
        (bm25(-0.1, 0.75), "k1 is -0.1, but must be in 0..=1000"),
        (bm25(1000.5, 0.75), "k1 is 1000.5, but must be in 0..=1000"),
        (bm25(f64::NAN, 0.75), "k1 is NaN, but must be in 0..=1000"),
        (bm25(f64::INFINITY, 0.75), "k1 is inf, but must be in 0..=1000"),
        (bm25(1.2, -0.1), "b is -0.1, but must be in 0..=1"),
        (bm25(1.2, 1.1), "b is 1.1, but must be in 0..=1"),
        (bm25(1.2, f64::NAN), "b is NaN, but must be in 0..=1"),
        (power(-1.0), "idf_power is -1, but must be in 0..=4"),
        (power(4.5), "idf_power is 4.5, but must be in 0..=4"),
        (power(f64::NAN), "idf_power is NaN, but must be in 0..=4"),
        (power(f64::INFINITY), "idf_power is inf, but must be in 0..=4"),
    ];
    for (params, expected) in cases {
        for params in [params, params.idf(Idf::None).norm(Norm::None)] {
            let error = params.fit(&counts).unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(error.is_setting(), "{expected}");
        }
    }
    let limits = [bm25(0.0, 0.0), bm25(1000.0, 1.0), power(0.0), power(4.0)];
    assert!(limits.iter().all(|params: &TfIdfParams| params.fit(&counts).is_ok()));
}

#[test]
fn settings_of_runs_and_collocations() {
    for (lengths, shown) in [(0..=2, "0..=2"), (4..=33, "4..=33")] {
        let expected = format!(
            "lengths of character n-grams is {shown}, but must be a range within 1..=32 that is not empty"
        );
        for made in [CharNgrams::within_words(lengths.clone()), CharNgrams::across_words(lengths)] {
            let error = made.unwrap_err();
            assert!(error.is_setting() && error.to_string() == expected, "{error}");
        }
    }
    let params = CollocationParams::default;
    let cases = [
        (params().min_count(0), "min_count is 0, but must be at least 1"),
        (
            params().lengths(2..=4),
            "lengths of collocations is 2..=4, but must be a range within 2..=3 that is not empty",
        ),
    ];
    for (params, expected) in cases {
        let error = Collocations::from_docs(&Analyzer::plain(), DOCS, params).unwrap_err();
        assert!(error.is_setting() && error.to_string() == expected, "{error}");
    }
}
