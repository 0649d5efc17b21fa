//! Sentence boundaries in the manner of many outlets: how many are found, how many are invented.

use std::collections::{BTreeSet, HashSet};
use std::io::Read;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use undertone::sentences;

#[derive(Deserialize)]
struct Suite {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    outlet: String,
    why: String,
    sentences: Vec<String>,
    #[serde(default = "one_space")]
    join: String,
}

fn suite() -> Suite {
    toml::from_str(include_str!("suite/sentences.toml")).expect("a table of cases")
}

fn one_space() -> String {
    " ".into()
}

/// The places where sentences end, in letters: blind to the white space between them.
fn ends<'s>(sentences: impl Iterator<Item = &'s str>) -> HashSet<usize> {
    let mut end = 0;
    let all = sentences.map(|sentence| {
        end += sentence.chars().filter(|c| !c.is_whitespace()).count();
        end
    });
    let mut ends: HashSet<usize> = all.collect();
    ends.remove(&end);
    ends
}

#[test]
fn boundaries_are_found_and_none_invented() {
    let suite = suite();
    let (mut names, mut outlets) = (HashSet::new(), HashSet::new());
    let (mut expected, mut found, mut right) = (0, 0, 0);
    for case in &suite.case {
        assert!(names.insert(&case.name), "two cases are named `{}`", case.name);
        outlets.insert(&case.outlet);
        let text = case.sentences.join(&case.join);
        let gold = ends(case.sentences.iter().map(String::as_str));
        let split: Vec<&str> = sentences(&text).map(|range| &text[range]).collect();
        let ours = ends(split.iter().copied());
        expected += gold.len();
        found += ours.len();
        right += gold.intersection(&ours).count();
        if gold != ours {
            println!("{} ({}):\n  {}", case.name, case.why, split.join("\n  "));
        }
    }
    let (recall, precision) = (right as f64 / expected as f64, right as f64 / found as f64);
    println!(
        "{expected} boundaries of {} outlets: recall {recall:.3}, precision {precision:.3}",
        outlets.len()
    );
    assert!(expected >= 300 && outlets.len() >= 20);
    assert!(recall >= 0.98, "recall {recall:.3}");
    assert!(precision >= 0.98, "precision {precision:.3}");
}

/// The texts of the suite's sentences and, if `SINGLE_SENTENCES` names a file of JSON lines such as
/// NewsMTSC's, of all distinct texts there.
fn single_sentences() -> Vec<(String, Vec<String>)> {
    let suite = suite();
    let ours = suite.case.into_iter().flat_map(|case| case.sentences).collect();
    let mut all = vec![("suite".to_string(), ours)];
    if let Some(path) = std::env::var_os("SINGLE_SENTENCES") {
        let file = std::fs::File::open(&path).expect("SINGLE_SENTENCES is a file");
        let mut text = String::new();
        MultiGzDecoder::new(file).read_to_string(&mut text).expect("gzipped JSON lines");
        let texts: BTreeSet<String> = text
            .lines()
            .map(|line| {
                let row: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
                row["text"].as_str().expect("a text").to_string()
            })
            .collect();
        all.push((path.to_string_lossy().into_owned(), texts.into_iter().collect()));
    }
    all
}

#[test]
fn single_sentences_stay_one() {
    for (name, texts) in single_sentences() {
        let whole = texts.iter().filter(|text| sentences(text).count() == 1).count();
        let share = whole as f64 / texts.len() as f64;
        println!("{name}: {whole} of {} stay one sentence ({share:.3})", texts.len());
        assert!(share >= 0.97, "{name}: {share:.3}");
    }
}
