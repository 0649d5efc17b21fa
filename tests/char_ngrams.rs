//! Runs of characters: counted as scikit-learn counts them.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use undertone::{CharForm, CharNgrams, CountMatrix, CountParams};

#[derive(Deserialize)]
struct Suite {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    analyzer: String,
    lengths: [usize; 2],
    lowercase: bool,
    counts: Vec<(String, u64)>,
}

/// What is counted in the text.
fn counted(case: &Case) -> undertone::Result<BTreeMap<String, u64>> {
    let lengths = case.lengths[0]..=case.lengths[1];
    let analyzer = match case.analyzer.as_str() {
        "char_wb" => CharNgrams::within_words(lengths),
        "char" => CharNgrams::across_words(lengths),
        other => panic!("{}: no analyzer is named `{other}`", case.name),
    };
    let form = if case.lowercase { CharForm::Lowercase } else { CharForm::AsWritten };
    let analyzer = analyzer?.form(form);
    match CountMatrix::from_docs(&analyzer, [&case.text], CountParams::default()) {
        Ok(counts) => {
            let vocabulary = counts.vocabulary();
            let term = |id| (vocabulary.term(id).to_string(), vocabulary.total(id));
            Ok(vocabulary.ids().map(term).collect())
        }
        // A text may hold no run at all.
        Err(error) if error.is_too_small() => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

#[test]
fn counts_are_those_of_scikit_learn() {
    let suite: Suite = toml::from_str(include_str!("suite/char_ngrams.toml")).unwrap();
    let mut names = HashSet::new();
    assert!(suite.case.len() >= 40);
    for case in &suite.case {
        assert!(names.insert(&case.name), "two cases are named `{}`", case.name);
        let expected: BTreeMap<String, u64> = case.counts.iter().cloned().collect();
        assert_eq!(counted(case).unwrap(), expected, "{}", case.name);
    }
}
