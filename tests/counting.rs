//! Laws of counting and weighing, for words and characters, runs of them, and every way of pruning.

use proptest::prelude::*;
use undertone::{
    Analyze, Analyzer, CharNgrams, CountBuilder, CountMatrix, CountParams, DocFreq, Error, TfIdf,
    Token, Tokens,
};

/// Words or characters: what one corpus is counted by.
#[derive(Clone, Debug)]
enum Reader {
    Words(Analyzer),
    Characters(CharNgrams),
}

impl Analyze for Reader {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        match self {
            Self::Words(words) => words.tokens_into(text, tokens),
            Self::Characters(characters) => characters.tokens_into(text, tokens),
        }
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        match self {
            Self::Words(words) => words.term(token, term),
            Self::Characters(characters) => characters.term(token, term),
        }
    }
}

fn readers() -> impl Strategy<Value = (Reader, CountParams)> {
    let words = prop_oneof![Just(Analyzer::plain()), Just(Analyzer::english())];
    let words = (words, 1..=2_usize, 0..=2_usize).prop_map(|(analyzer, shortest, more)| {
        let params = CountParams::default().ngrams(shortest..=shortest + more);
        (Reader::Words(analyzer), params)
    });
    let characters = (any::<bool>(), 1..=3_usize, 0..=2_usize);
    let characters = characters.prop_filter_map("lengths in range", |(within, shortest, more)| {
        let lengths = shortest..=shortest + more;
        let runs = if within { CharNgrams::within_words } else { CharNgrams::across_words };
        Some((Reader::Characters(runs(lengths).ok()?), CountParams::default()))
    });
    prop_oneof![2 => words, 1 => characters]
}

fn settings() -> impl Strategy<Value = (Reader, CountParams)> {
    let min = prop_oneof![
        2 => Just(DocFreq::Docs(1)),
        1 => Just(DocFreq::Docs(2)),
        1 => Just(DocFreq::Share(0.2)),
    ];
    let max = prop_oneof![
        2 => Just(DocFreq::Share(1.0)),
        1 => Just(DocFreq::Share(0.7)),
        1 => Just(DocFreq::Docs(5)),
    ];
    let max_terms = prop::option::of(1..40_usize);
    (readers(), min, max, max_terms, any::<bool>()).prop_map(
        |((reader, params), min, max, max_terms, binary)| {
            let params = params.min_doc_freq(min).max_doc_freq(max).binary(binary);
            (reader, max_terms.map_or(params.clone(), |terms| params.max_terms(terms)))
        },
    )
}

const WORDS: [&str; 18] = [
    "oil",
    "Oil",
    "OIL",
    "prices",
    "price",
    "the",
    "of",
    "fell,",
    "rose.",
    "İran’s",
    "U.S.",
    "a-b",
    "12%",
    "é",
    "e\u{301}",
    "نفت",
    "🛢️",
    "ΣΑΣ",
];

fn doc(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), words).prop_map(|words| words.join(" "))
}

fn corpus() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(doc(0..14), 1..14)
}

/// Rows as terms and counts, which do not depend on columns.
fn rows(counts: &CountMatrix) -> Vec<Vec<(String, u32)>> {
    let row = |row| {
        let entries = counts.row(row);
        entries.map(|(term, count)| (counts.vocabulary().term(term).to_string(), count)).collect()
    };
    (0..counts.n_docs()).map(row).collect()
}

fn count(docs: &[String], reader: &Reader, params: &CountParams) -> Result<CountMatrix, Error> {
    CountMatrix::from_docs(reader, docs, params.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn shuffled_articles_give_the_same_vocabulary(
        (docs, order) in corpus().prop_flat_map(|docs| {
            let order: Vec<usize> = (0..docs.len()).collect();
            (Just(docs), Just(order).prop_shuffle())
        }),
        (reader, params) in settings(),
    ) {
        let shuffled: Vec<String> = order.iter().map(|&doc| docs[doc].clone()).collect();
        match (count(&docs, &reader, &params), count(&shuffled, &reader, &params)) {
            (Ok(straight), Ok(shuffled)) => {
                prop_assert_eq!(straight.vocabulary(), shuffled.vocabulary());
                prop_assert!(straight.vocabulary().terms().is_sorted());
                let straight = rows(&straight);
                let expected: Vec<_> = order.iter().map(|&doc| straight[doc].clone()).collect();
                prop_assert_eq!(rows(&shuffled), expected);
            }
            (straight, shuffled) => {
                let messages = [straight, shuffled].map(|counts| counts.unwrap_err().to_string());
                prop_assert_eq!(&messages[0], &messages[1]);
            }
        }
    }

    #[test]
    fn parts_merged_equal_all_at_once(
        docs in corpus(),
        mut cuts in prop::collection::vec(0..14_usize, 0..5),
        (reader, params) in settings(),
    ) {
        cuts.retain(|&cut| cut <= docs.len());
        cuts.sort_unstable();
        cuts.push(docs.len());
        let mut merged = CountBuilder::new(&reader, params.clone());
        let mut start = 0;
        for cut in cuts {
            let mut part = CountBuilder::new(&reader, params.clone());
            for doc in &docs[start..cut] {
                part.push(doc);
            }
            merged.merge(part).unwrap();
            start = cut;
        }
        prop_assert_eq!(merged.n_docs(), docs.len());
        match (merged.finish(), count(&docs, &reader, &params)) {
            (Ok(merged), Ok(whole)) => {
                prop_assert_eq!(&merged, &whole);
                prop_assert_eq!(serialised(&merged), serialised(&whole));
            }
            (merged, whole) => {
                let messages = [merged, whole].map(|counts| counts.unwrap_err().to_string());
                prop_assert_eq!(&messages[0], &messages[1]);
            }
        }
    }

    #[test]
    fn an_article_goes_the_same_way_alone_and_in_a_batch(
        docs in corpus(),
        (reader, params) in settings(),
    ) {
        let Ok(counts) = count(&docs, &reader, &params) else { return Ok(()) };
        let tfidf = TfIdf::params().fit(&counts).unwrap();
        let weights = tfidf.transform(&counts).unwrap();
        for (row, doc) in docs.iter().enumerate() {
            let alone = counts.vocabulary().count(&reader, [doc]);
            prop_assert!(alone.row(0).eq(counts.row(row)));
            prop_assert!(tfidf.transform(&alone).unwrap().row(0).eq(weights.row(row)));
        }
    }
}

/// All bytes of a matrix, so that nothing it holds is left out of a comparison.
#[cfg(feature = "serde")]
fn serialised(counts: &CountMatrix) -> String {
    serde_json::to_string(counts).unwrap_or_default()
}

#[cfg(not(feature = "serde"))]
fn serialised(counts: &CountMatrix) -> Vec<Vec<(String, u32)>> {
    rows(counts)
}

#[cfg(feature = "rayon")]
proptest! {
    // Each case counts four times as much text as one thread is given at least.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn one_thread_equals_more(
        docs in prop::collection::vec(doc(0..60), 8..24),
        (reader, params) in settings(),
    ) {
        let bytes: usize = docs.iter().map(String::len).sum();
        prop_assume!(bytes > 0);
        let copies = (256 << 10) / bytes + 1;
        // Each copy has a word of its own, so that each part has terms that others do not.
        let copy = |copy| docs.iter().map(move |doc| format!("{doc} copy{copy}"));
        let docs: Vec<String> = (0..copies).flat_map(copy).collect();
        let at = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let counts = count(&docs, &reader, &params).map_err(|error| error.to_string())?;
                let tfidf = TfIdf::params().fit(&counts).map_err(|error| error.to_string())?;
                let weights = tfidf.transform(&counts).map_err(|error| error.to_string())?;
                Ok::<_, String>((counts, weights))
            })
        };
        let one = at(1);
        for threads in [2, 3, 8] {
            let more = at(threads);
            prop_assert!(one == more, "{} threads: {:?}, not {:?}", threads, more, one);
        }
    }
}
