//! Laws that hold across the files of this folder.

use super::*;
use crate::text::{Analyze, Analyzer, CharNgrams, Dictionary, StopWords, Token, TokenKind, Tokens};
use proptest::prelude::*;

fn count(docs: &[&str], params: CountParams) -> CountMatrix {
    CountMatrix::from_docs(&Analyzer::plain(), docs, params).unwrap()
}

fn terms(counts: &CountMatrix) -> Vec<&str> {
    counts.vocabulary().terms().collect()
}

fn dense(counts: &CountMatrix) -> Vec<Vec<u32>> {
    let spread = |row: usize| {
        let mut dense = vec![0; counts.n_terms()];
        counts.row(row).for_each(|(term, count)| dense[term.index()] = count);
        dense
    };
    (0..counts.n_docs()).map(spread).collect()
}

#[test]
fn counts_terms_in_sorted_columns() {
    let counts = count(&["b a b", "", "c b"], CountParams::default());
    assert_eq!(terms(&counts), ["a", "b", "c"]);
    assert_eq!(dense(&counts), [[1, 2, 0], [0, 0, 0], [0, 1, 1]]);
    let vocabulary = counts.vocabulary();
    let b = vocabulary.id("b").unwrap();
    assert_eq!((vocabulary.doc_freq(b), vocabulary.total(b), vocabulary.n_docs()), (2, 3, 3));
    assert_eq!((counts.n_entries(), counts.unknown_share()), (4, 0.0));
}

#[test]
fn binary_counts_documents() {
    let counts = count(&["b a b", "b"], CountParams::default().binary(true));
    assert_eq!(dense(&counts), [[1, 1], [0, 1]]);
    let b = counts.vocabulary().id("b").unwrap();
    assert_eq!((counts.vocabulary().total(b), counts.unknown_share()), (2, 0.0));
}

#[test]
fn ngrams_sort_as_their_names_and_end_at_what_does_not_count() {
    let stop = StopWords::from_iter(["of"]);
    let analyzer = Analyzer::builder().stop_words(stop).build();
    let params = CountParams::default().ngrams(1..=3);
    let counts = CountMatrix::from_docs(&analyzer, ["x y z of x y", "y-a y x"], params).unwrap();
    let found = terms(&counts);
    assert_eq!(found, ["x", "x y", "x y z", "y", "y x", "y z", "y-a", "y-a y", "y-a y x", "z"]);
    assert!(found.is_sorted());
    let only_pairs = CountParams::default().ngrams(2..=2);
    let counts = CountMatrix::from_docs(&analyzer, ["x y z of x y"], only_pairs).unwrap();
    assert_eq!((terms(&counts), dense(&counts)), (vec!["x y", "y z"], vec![vec![2, 1]]));
}

#[test]
fn ngrams_may_all_be_dropped() {
    let params = CountParams::default().ngrams(1..=2).min_doc_freq(DocFreq::Docs(2));
    let counts = count(&["b a", "a b", "a c b"], params);
    assert_eq!(terms(&counts), ["a", "b"]);
}

#[test]
fn whatever_does_not_count_breaks_ngrams() {
    let dictionary = Dictionary::new().leave_out(["read more"]).unwrap().keep(["of late"]).unwrap();
    let analyzer = Analyzer::builder()
        .stop_words(StopWords::from_iter(["of"]))
        .min_chars(2)
        .numbers(false)
        .addresses(false)
        .dictionary(dictionary)
        .build();
    let params = CountParams::default().ngrams(2..=3);
    let pairs = |text: &str| {
        let counts = CountMatrix::from_docs(&analyzer, [text, "xx yy"], params.clone()).unwrap();
        let found: Vec<_> =
            counts.row(0).map(|(id, _)| counts.vocabulary().term(id).to_string()).collect();
        found.join(", ")
    };
    assert_eq!(pairs("aa bb cc"), "aa bb, aa bb cc, bb cc");
    for between in ["of", "5", "x", "@name", "https://example.org", "read more"] {
        assert_eq!(pairs(&format!("aa {between} bb")), "", "{between}");
    }
    assert_eq!(pairs("aa of late bb"), "aa of_late, aa of_late bb, of_late bb");
}

#[test]
fn runs_of_characters_are_terms_of_one() {
    let analyzer = CharNgrams::within_words(1..=3).unwrap();
    let docs = ["Oil prices", "", "A price, the OIL"];
    let whole = CountMatrix::from_docs(&analyzer, docs, CountParams::default()).unwrap();
    let mut builders = [&docs[..1], &docs[1..]].map(|docs| {
        let mut builder = CountBuilder::new(&analyzer, CountParams::default());
        for doc in docs {
            builder.push(*doc);
        }
        builder
    });
    let [first, second] = &mut builders;
    first.merge(second.clone()).unwrap();
    assert!(first.clone().finish().unwrap() == whole);
    let space = whole.vocabulary().id(" ").unwrap();
    assert_eq!(whole.vocabulary().total(space), 12);
    let error =
        CountMatrix::from_docs(&analyzer, docs, CountParams::default().ngrams(1..=2)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ngrams is 1..=2, but must be 1..=1 for terms that hold spaces, such as ` `"
    );
}

#[test]
fn ngrams_go_on_across_pieces_of_a_section() {
    let text = "a b ".repeat(200_000);
    let counts = count(&[&text], CountParams::default().ngrams(2..=2));
    assert_eq!(dense(&counts), [[200_000, 199_999]]);
}

#[test]
fn pruning_keeps_what_the_settings_say() {
    let docs = ["a b c d", "a b c", "a b", "a"];
    let params = CountParams::default;
    let kept = |params| count(&docs, params).vocabulary().terms().collect::<String>();
    assert_eq!(kept(params().min_doc_freq(DocFreq::Docs(2))), "abc");
    assert_eq!(kept(params().min_doc_freq(DocFreq::Share(0.5))), "abc");
    assert_eq!(kept(params().max_doc_freq(DocFreq::Share(0.5))), "cd");
    assert_eq!(kept(params().max_doc_freq(DocFreq::Docs(3)).min_doc_freq(DocFreq::Docs(2))), "bc");
    assert_eq!(kept(params().max_terms(2)), "ab");
    assert_eq!(kept(params().max_terms(2).max_doc_freq(DocFreq::Docs(1))), "d");
    let counts = count(&docs, params().max_terms(2));
    assert!((counts.unknown_share() - 0.3).abs() < 1e-12);
    let tied = count(&["d c b a"], params().max_terms(2));
    assert_eq!(terms(&tied), ["a", "b"]);
}

#[test]
fn each_error_says_what_was_wrong() {
    let error = |docs: &[&str], params: CountParams| {
        CountMatrix::from_docs(&Analyzer::english(), docs, params).unwrap_err()
    };
    let params = CountParams::default;
    let none = error(&[], params());
    assert!(none.is_too_small());
    assert_eq!(none.to_string(), "no documents to count, but at least 1 is needed");
    assert_eq!(
        error(&["the of", ""], params()).to_string(),
        "no terms to count: nothing in 2 documents counts as a term"
    );
    let pruned = error(&["oil", "snow", "rain"], params().min_doc_freq(DocFreq::Docs(2)));
    assert!(pruned.is_too_small());
    assert_eq!(
        pruned.to_string(),
        "no terms left: min_doc_freq 2 documents and max_doc_freq a share of 1 leave none of 3 terms of 3 documents"
    );
    let share = error(&["oil"], params().max_doc_freq(DocFreq::Share(-0.1)));
    assert_eq!(share.to_string(), "max_doc_freq is -0.1, but must be a share in 0..=1");
    let analyzer = Analyzer::plain();
    let mut builder = CountBuilder::new(&analyzer, params());
    let merged = builder.merge(CountBuilder::new(&analyzer, params().binary(true))).unwrap_err();
    assert!(merged.is_mismatch());
    assert!(merged.to_string().starts_with("settings of counts to merge: expected CountParams"));
}

/// Splits at commas only, so that terms hold spaces.
struct Commas;

impl Analyze for Commas {
    fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
        let mut start = 0;
        for part in text.split(',') {
            tokens.push(start..start + part.len(), TokenKind::Word);
            start += part.len() + 1;
        }
        tokens.push(3..usize::MAX, TokenKind::Word);
    }

    fn term(&self, token: Token<'_>, term: &mut String) -> bool {
        term.push_str(token.text());
        true
    }
}

#[test]
fn analyzers_of_others_may_do_as_they_like() {
    let docs = ["new york,,oil", "oil,new york"];
    let counts = CountMatrix::from_docs(&Commas, docs, CountParams::default()).unwrap();
    assert_eq!(terms(&counts), ["new york", "oil"]);
    let dynamic: &dyn Analyze = &Commas;
    let params = CountParams::default().ngrams(1..=2);
    let error = CountMatrix::from_docs(dynamic, docs, params).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ngrams is 1..=2, but must be 1..=1 for terms that hold spaces, such as `new york`"
    );
}

#[test]
fn later_batches_have_the_same_columns() {
    let params = CountParams::default().ngrams(1..=2).binary(true);
    let counts = count(&["oil prices fall", "snow falls"], params);
    let later = counts.vocabulary().count(&Analyzer::plain(), ["Oil prices oil prices rise", "?"]);
    assert_eq!(later.n_terms(), counts.n_terms());
    let row: Vec<_> = later.row(0).map(|(id, n)| (later.vocabulary().term(id), n)).collect();
    assert_eq!(row, [("oil", 1), ("oil prices", 1), ("prices", 1)]);
    // 9 were read; "rise", "prices oil" and "prices rise" have no column.
    assert!((later.unknown_share() - 3.0 / 9.0).abs() < 1e-12);
    assert!(later.check_columns(counts.vocabulary()).is_ok());
    let nothing = counts.vocabulary().count(&Analyzer::plain(), Vec::<String>::new());
    assert_eq!((nothing.n_docs(), nothing.unknown_share()), (0, 0.0));
    assert!(counts.check_columns(count(&["x"], CountParams::default()).vocabulary()).is_err());
}

#[test]
fn is_send_and_sync() {
    fn promised<T: Send + Sync + 'static>() {}
    promised::<CountMatrix>();
    promised::<CountBuilder<Analyzer>>();
    promised::<CountParams>();
}

#[cfg(feature = "rayon")]
#[test]
fn one_thread_equals_two() {
    let word = |doc: usize, i: usize| format!("w{} Ab{}", (i * doc) % 83, (i + doc) % 7);
    let docs: Vec<String> =
        (0..400).map(|doc| (0..100).map(|i| word(doc, i)).collect::<Vec<_>>().join(" ")).collect();
    let at = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let params = CountParams::default().ngrams(1..=2).max_terms(500);
        pool.install(|| CountMatrix::from_docs(&Analyzer::english(), &docs, params).unwrap())
    };
    let one = at(1);
    assert!(one == at(2) && one == at(3));
}

fn corpus() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => prop::sample::select(vec!["oil", "Oil", "prices", "the", "fell", "İran’s", "U.S.", "a-b"]),
        1 => prop::sample::select(vec!["12", "نفت", "🛢️", "-", "\u{301}", "e\u{301}"]),
    ];
    let doc = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    prop::collection::vec(doc, 1..12)
}

proptest! {
    #[test]
    fn shuffled_documents_give_the_same_vocabulary(docs in corpus(), turn in 0_usize..12, longest in 1_usize..4) {
        let params = CountParams::default().ngrams(1..=longest);
        let mut turned = docs.clone();
        turned.rotate_left(turn % docs.len());
        turned.reverse();
        let counted = |docs: &[String]| CountMatrix::from_docs(&Analyzer::plain(), docs, params.clone());
        match (counted(&docs), counted(&turned)) {
            (Ok(straight), Ok(turned)) => {
                prop_assert!(straight.vocabulary() == turned.vocabulary());
                let mut rows = (dense(&straight), dense(&turned));
                rows.0.sort();
                rows.1.sort();
                prop_assert_eq!(rows.0, rows.1);
                prop_assert!(terms(&straight).is_sorted());
            }
            (straight, turned) => prop_assert!(straight.is_err() && turned.is_err()),
        }
    }

    #[test]
    fn split_and_merged_equals_all_at_once(docs in corpus(), cut in 0_usize..12, longest in 1_usize..4) {
        let analyzer = Analyzer::plain();
        let params = CountParams::default().ngrams(1..=longest);
        let (left, right) = docs.split_at(cut.min(docs.len()));
        let mut builders = [left, right].map(|docs| {
            let mut builder = CountBuilder::new(&analyzer, params.clone());
            for doc in docs {
                builder.push(doc);
            }
            builder
        });
        let [first, second] = &mut builders;
        first.merge(second.clone()).unwrap();
        match (builders[0].clone().finish(), CountMatrix::from_docs(&analyzer, &docs, params)) {
            (Ok(merged), Ok(whole)) => prop_assert!(merged == whole),
            (merged, whole) => prop_assert!(merged.is_err() && whole.is_err()),
        }
    }

    #[test]
    fn an_article_counts_alike_alone_and_in_a_batch(docs in corpus(), longest in 1_usize..3) {
        let params = CountParams::default().ngrams(1..=longest);
        if let Ok(counts) = CountMatrix::from_docs(&Analyzer::plain(), &docs, params) {
            for (row, doc) in docs.iter().enumerate() {
                let alone = counts.vocabulary().count(&Analyzer::plain(), [doc]);
                prop_assert!(alone.row(0).eq(counts.row(row)));
            }
        }
    }

    #[test]
    fn any_text_is_counted(text in ".*") {
        let _ = CountMatrix::from_docs(&Analyzer::english(), [text], CountParams::default().ngrams(1..=2));
    }
}

#[cfg(feature = "serde")]
#[test]
fn survives_saving_and_refuses_what_is_broken() {
    let counts = count(&["b a b", "c b"], CountParams::default());
    let json = serde_json::to_string(&counts).unwrap();
    assert!(serde_json::from_str::<CountMatrix>(&json).unwrap() == counts);
    let broken = [
        (r#""columns":[0,1,1,2]"#, r#""columns":[0,1,1,3]"#, "columns"),
        (r#""columns":[0,1,1,2]"#, r#""columns":[1,0,1,2]"#, "columns"),
        (r#""values":[1,2,1,1]"#, r#""values":[1,2,0,1]"#, "a count is zero"),
        (r#""starts":[0,2,4]"#, r#""starts":[0,5,4]"#, "rows"),
        (r#""text":"abc""#, r#""text":"acb""#, "not sorted"),
        (r#""doc_freq":[1,2,1]"#, r#""doc_freq":[1,9,1]"#, "document frequency"),
        (r#""totals":[1,3,1]"#, r#""totals":[1,3]"#, "differ in length"),
        (r#""unknown":0"#, r#""unknown":9"#, "unknown"),
        (r#""max_terms":null"#, r#""max_terms":0"#, "max_terms is 0"),
    ];
    for (from, to, expected) in broken {
        let damaged = json.replacen(from, to, 1);
        assert_ne!(damaged, json, "{from} is not in {json}");
        let error = serde_json::from_str::<CountMatrix>(&damaged).unwrap_err().to_string();
        assert!(error.contains(expected), "{to}: {error}");
    }
}
