//! The tables of cases for sentiment and stance, and the laws that scores obey.

use std::collections::HashSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Deserialize;
use undertone::{Document, Gazetteer, Label, Lexicon, Rule, Rules, StanceScorer};

static SCORER: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::hand);

#[derive(Deserialize)]
struct Suite {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    toward: Option<String>,
    holder: Option<String>,
    expect: String,
    rule: Option<String>,
    why: String,
}

fn find(text: &str, name: &str) -> std::ops::Range<usize> {
    let start = text.find(name).unwrap_or_else(|| panic!("`{name}` is not in `{text}`"));
    start..start + name.len()
}

#[test]
fn every_case_is_read_as_expected() {
    let suite: Suite = toml::from_str(include_str!("suite/stance.toml")).unwrap();
    let scorer = &*SCORER;
    let mut names = HashSet::new();
    let mut faults = Vec::new();
    for case in &suite.case {
        assert!(names.insert(&case.name), "two cases are named `{}`", case.name);
        let text = case.text.as_str();
        let (score, label, evidence) = match (&case.toward, &case.holder) {
            (Some(target), Some(holder)) => {
                let stance = scorer.score_between(text, find(text, holder), find(text, target));
                (stance.score(), stance.label(), stance.evidence().to_vec())
            }
            (Some(target), None) => {
                let stance = scorer.stance(text, target);
                (stance.score(), stance.label(), stance.evidence().to_vec())
            }
            (None, _) => {
                let sentiment = scorer.sentiment(text);
                (sentiment.score(), sentiment.label(), sentiment.evidence().to_vec())
            }
        };
        let touched = |rule: &String| {
            evidence.iter().any(|reason| reason.rules().iter().any(|found| found.name() == rule))
                || (evidence.is_empty() && rule == "names")
        };
        if label.to_string() != case.expect || !case.rule.as_ref().is_none_or(touched) {
            faults.push(format!(
                "{}: {score:+.2} {label}, not {} ({})\n  {evidence:#?}",
                case.name, case.expect, case.why
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const WORDS: &[&str] = &[
    "Marlowe",
    "praised",
    "condemned",
    "the",
    "corrupt",
    "brilliant",
    "not",
    "very",
    "but",
    "although",
    "Iran",
    "said",
    "that",
    "war",
    "eased",
    "hope",
    "didn’t",
    "help",
    ",",
    ".",
    "“",
    "”",
    "(",
    "failed",
    "to",
    "deal",
    "U.S.",
    "crisis",
    "😀",
    "по",
    "never",
];

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..25).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scores_and_evidence_keep_their_promises(texts in prop::collection::vec(sentence(), 8)) {
        let scorer = &*SCORER;
        for text in &texts {
            let mut verdicts = vec![(scorer.sentiment(text).score(), scorer.sentiment(text).evidence().to_vec())];
            for stance in scorer.stances(text) {
                for mention in stance.target().mentions() {
                    prop_assert!(text.get(mention.clone()).is_some());
                }
                verdicts.push((stance.score(), stance.evidence().to_vec()));
            }
            for (score, evidence) in verdicts {
                prop_assert!((-1.0..=1.0).contains(&score));
                let sum: f64 = evidence.iter().map(|reason| reason.contribution()).sum();
                prop_assert!((sum - score).abs() < 1e-9, "{} against {}", sum, score);
                for reason in &evidence {
                    let (sentence, range) = (reason.sentence_range(), reason.range());
                    prop_assert!(sentence.start <= range.start && range.end <= sentence.end);
                    prop_assert_eq!(text.get(sentence), Some(reason.sentence()));
                    prop_assert_eq!(text.get(range), Some(reason.words()));
                }
            }
        }
    }

    #[test]
    fn curly_apostrophes_change_nothing(texts in prop::collection::vec(sentence(), 4)) {
        let scorer = &*SCORER;
        for text in texts {
            let straight = text.replace('’', "'");
            let difference = scorer.sentiment(&text).score() - scorer.sentiment(&straight).score();
            prop_assert!(difference.abs() < 1e-12);
        }
    }
}

/// Turning every verdict of the lexicon round turns the score round. Negation is left out here: it
/// deliberately turns a bad word less far than a good one.
#[test]
fn flipping_the_lexicon_flips_the_score() {
    let rules = Rules::all().without(Rule::Negation);
    let upright = StanceScorer::new(Lexicon::news(), Gazetteer::empty(), rules);
    let flipped = StanceScorer::new(Lexicon::news().flipped(), Gazetteer::empty(), rules);
    for text in
        ["A brilliant, brave and very honest plan.", "The corrupt deal failed but hope remains."]
    {
        let (up, down) = (upright.sentiment(text).score(), flipped.sentiment(text).score());
        assert!((up + down).abs() < 1e-12, "{up} {down}");
        assert!(up.abs() > 0.1);
    }
}

#[test]
fn a_neutral_sentence_changes_no_evidence() {
    let scorer = &*SCORER;
    let text = "The corrupt deal failed.";
    let longer = format!("{text} The hall has four doors.");
    let words = |text: &str| -> Vec<String> {
        scorer.sentiment(text).evidence().iter().map(|reason| reason.words().to_string()).collect()
    };
    assert_eq!(words(text), words(&longer));
    assert!((scorer.sentiment(text).score() - scorer.sentiment(&longer).score()).abs() < 1e-12);
}

#[test]
fn rules_can_be_switched_off() {
    let all = &*SCORER;
    let without =
        StanceScorer::new(Lexicon::news(), Gazetteer::news(), Rules::all().without(Rule::Negation));
    let text = "This did not help.";
    assert_eq!(all.sentiment(text).label(), Label::Negative);
    assert_eq!(without.sentiment(text).label(), Label::Positive);
}

#[test]
fn any_text_is_answered() {
    let scorer = &*SCORER;
    let long = "word ".repeat(1_000_000);
    let clauses = "war, peace, not good, ".repeat(50_000);
    let rivals = "Marlowe and Pell, corrupt and Iran ".repeat(3_000);
    for text in [
        "",
        " ",
        "Iran",
        "war",
        "😀😀",
        "שלום עולם",
        "مرحبا بالعالم",
        "\u{0}\u{FEFF}",
        "“",
        long.as_str(),
        clauses.as_str(),
        rivals.as_str(),
    ] {
        assert!(scorer.sentiment(text).score().is_finite());
        assert!(scorer.stance(text, "Iran").score().is_finite());
        assert!(scorer.stance(text, "").evidence().is_empty());
        assert!(text.section(1).is_none());
        assert!(scorer.stances(text).len() <= 3);
    }
    let outside = scorer.score_toward("Iran", 2..99);
    assert!(outside.evidence().is_empty() && outside.target().mentions().is_empty());
    let inside_a_letter = scorer.score_toward("é", 1..2);
    assert!(inside_a_letter.evidence().is_empty());
}
