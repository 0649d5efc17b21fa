//! Laws that scores, evidence and confidence obey.

use std::sync::LazyLock;

use proptest::prelude::*;
use undertone::{Evidence, Gazetteer, Lexicon, Rule, Rules, StanceScorer};

/// Some laws hold of the rules alone: every word of a neutral sentence may have a learned weight, and a word can be a
/// reason as itself and as an entry.
static SCORER: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::hand);
static LEARNED: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::news);

static WITHOUT_LEAD: LazyLock<StanceScorer> = LazyLock::new(|| {
    StanceScorer::new(Lexicon::news(), Gazetteer::news(), Rules::all().without(Rule::Lead))
});

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
    "world",
    ":)",
    "GREAT",
    "sooo",
    "would",
    "than",
    "better",
    "?",
    "she",
    "\n",
];

const UNRELATED: [&str; 4] = [
    "Marlowe is corrupt.",
    "The brave pilots praised Marlowe.",
    "Nobody trusts the ferry, but the harbour is wonderful.",
    "Rain fell on Monday.",
];

/// Some rules treat good and bad differently on purpose: negation turns a bad word less far than a good
/// one, bad events are no verdicts, and who opposes somebody is told from the sign of a verb.
static FLIPPED: LazyLock<(StanceScorer, StanceScorer)> = LazyLock::new(|| {
    let rules = Rules::all().without(Rule::Negation).without(Rule::Events).without(Rule::Role);
    (
        StanceScorer::new(Lexicon::news(), Gazetteer::empty(), rules),
        StanceScorer::new(Lexicon::news().flipped(), Gazetteer::empty(), rules),
    )
});

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..25).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scores_and_evidence_keep_their_promises(texts in prop::collection::vec(sentence(), 8)) {
        for (scorer, text) in [&*SCORER, &*LEARNED].into_iter().flat_map(|scorer| texts.iter().map(move |text| (scorer, text))) {
            let mut verdicts = vec![(scorer.sentiment(text).score(), scorer.sentiment(text).evidence().to_vec())];
            for stance in scorer.stances(text) {
                for mention in stance.target().mentions() {
                    prop_assert!(text.get(mention.clone()).is_some());
                }
                verdicts.push((stance.score(), stance.evidence().to_vec()));
            }
            for relation in scorer.relations(text) {
                prop_assert!(!relation.evidence().is_empty());
                verdicts.push((relation.score(), relation.evidence().to_vec()));
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
                    prop_assert!((0.0..=1.0).contains(&reason.weight()));
                }
            }
        }
    }

    /// Whatever it was asked before: a sentence that it has just read it does not read again.
    #[test]
    fn a_reader_says_what_its_scorer_says(
        texts in prop::collection::vec(sentence(), 3),
        asked in prop::collection::vec((0..3_usize, 0..4), 12),
    ) {
        let told = |evidence: &[Evidence<'_>]| -> Vec<_> {
            let part = |reason: &Evidence<'_>| (reason.range(), reason.contribution(), reason.weight(), reason.rules());
            evidence.iter().map(part).collect()
        };
        for scorer in [&*SCORER, &*LEARNED] {
            let mut reader = scorer.reader();
            for &(text, question) in &asked {
                let text = texts[text].as_str();
                let place = |name: &str| text.find(name).map_or(0..0, |at| at..at + name.len());
                let (one, other) = (place("Marlowe"), place("Iran"));
                let (read, scored) = match question {
                    0 => (told(reader.sentiment(text).evidence()), told(scorer.sentiment(text).evidence())),
                    1 => (
                        told(reader.score_between(text, one.clone(), other.clone()).evidence()),
                        told(scorer.score_between(text, one, other).evidence()),
                    ),
                    2 => (
                        told(reader.score_toward(text, one.clone()).evidence()),
                        told(scorer.score_toward(text, one).evidence()),
                    ),
                    _ => (
                        told(reader.score_toward(text, other.clone()).evidence()),
                        told(scorer.score_toward(text, other).evidence()),
                    ),
                };
                prop_assert_eq!(read, scored);
            }
        }
    }

    #[test]
    fn no_word_counts_twice(text in sentence()) {
        let sentiment = SCORER.sentiment(&text);
        let mut end = 0;
        for reason in sentiment.evidence() {
            prop_assert!(reason.range().start >= end, "{:?}", reason.words());
            end = reason.range().end;
        }
    }

    #[test]
    fn confidence_and_strengths_agree_with_the_evidence(text in sentence()) {
        let sentiment = SCORER.sentiment(&text);
        prop_assert!((0.0..1.0).contains(&sentiment.confidence()));
        prop_assert!((sentiment.positive() - sentiment.negative() - sentiment.score()).abs() < 1e-9);
        prop_assert_eq!(sentiment.evidence().is_empty(), sentiment.confidence() == 0.0 && sentiment.positive() == 0.0 && sentiment.negative() == 0.0);
    }

    #[test]
    fn a_neutral_label_is_not_doubted_and_an_undoubted_one_is_said_of_the_target(text in sentence()) {
        for stance in SCORER.stances(&text) {
            let sign = f64::from(stance.label().sign());
            let near = stance.evidence().iter().filter(|reason| reason.weight() >= 0.5);
            let near: f64 = near.map(|reason| sign * reason.contribution()).sum();
            if sign == 0.0 {
                prop_assert_eq!(stance.doubt(), None);
            } else if stance.doubt().is_none() {
                prop_assert!(near > 0.0 && stance.confidence() >= 0.4);
            }
        }
    }

    #[test]
    fn more_of_the_same_makes_surer(words in prop::collection::vec(prop::sample::select(vec!["brilliant", "honest", "brave", "wonderful"]), 1..6)) {
        let scorer = &*SCORER;
        let text = words.join(" and ");
        let longer = format!("{text} and honest");
        prop_assert!(scorer.sentiment(&longer).confidence() > scorer.sentiment(&text).confidence());
        let mixed = format!("{text} and dishonest");
        prop_assert!(scorer.sentiment(&mixed).confidence() < scorer.sentiment(&longer).confidence());
    }

    /// Clauses of sentences that have nothing to do with each other are scored alike in any order.
    #[test]
    fn the_order_of_sentences_changes_no_evidence(order in Just(UNRELATED.to_vec()).prop_shuffle()) {
        let scorer = &*SCORER;
        let read = |sentences: &[&str]| {
            let text = sentences.join(" ");
            let stance = scorer.stance(&text, "Marlowe");
            let mut parts: Vec<(String, i64)> = stance.evidence().iter()
                .map(|reason| (reason.words().to_string(), (reason.contribution() * 1e9).round() as i64))
                .collect();
            parts.sort();
            (parts, (scorer.sentiment(&text).score() * 1e9).round())
        };
        prop_assert_eq!(read(&order), read(&UNRELATED));
    }

    /// Only what stands first counts more: the paragraphs behind it may change places.
    #[test]
    fn the_order_of_paragraphs_behind_the_lead_changes_no_evidence(order in Just(UNRELATED.to_vec()).prop_shuffle()) {
        for scorer in [&*SCORER, &*LEARNED] {
            let read = |paragraphs: &[&str]| {
                let text = format!("The honest Marlowe left.\n{}", paragraphs.join("\n"));
                let stance = scorer.stance(&text, "Marlowe");
                let mut parts: Vec<(String, i64, bool)> = stance.evidence().iter()
                    .map(|reason| {
                        let part = (reason.contribution() * 1e9).round() as i64;
                        (reason.words().to_string(), part, reason.rules().contains(Rule::Lead))
                    })
                    .collect();
                parts.sort();
                (parts, (scorer.sentiment(&text).score() * 1e9).round())
            };
            prop_assert_eq!(read(&order), read(&UNRELATED));
        }
    }

    /// A lead counts more than what follows it, and where nothing follows, not a bit changes.
    #[test]
    fn one_paragraph_has_no_lead(text in sentence()) {
        let text = text.replace('\n', ",");
        let told = |scorer: &StanceScorer| {
            let stances = scorer.stances(&text);
            let mut scores: Vec<u64> = stances.iter().map(|stance| stance.score().to_bits()).collect();
            scores.push(scorer.sentiment(&text).score().to_bits());
            scores
        };
        prop_assert_eq!(told(&SCORER), told(&WITHOUT_LEAD));
    }

    #[test]
    fn flipping_every_valence_flips_every_stance(texts in prop::collection::vec(sentence(), 4)) {
        let (upright, flipped) = &*FLIPPED;
        for text in &texts {
            let (up, down) = (upright.sentiment(text).score(), flipped.sentiment(text).score());
            prop_assert!((up + down).abs() < 1e-9, "{} {} in {}", up, down, text);
            let (up, down) = (upright.stance(text, "Marlowe").score(), flipped.stance(text, "Marlowe").score());
            prop_assert!((up + down).abs() < 1e-9, "{} {} in {}", up, down, text);
        }
    }

    #[test]
    fn curly_apostrophes_change_nothing(texts in prop::collection::vec(sentence(), 4)) {
        for text in texts {
            let straight = text.replace('’', "'");
            for scorer in [&*SCORER, &*LEARNED] {
                let difference = scorer.sentiment(&text).score() - scorer.sentiment(&straight).score();
                prop_assert!(difference.abs() < 1e-12);
            }
        }
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
