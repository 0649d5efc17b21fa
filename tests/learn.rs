//! What is learned from labelled texts: readable, repeatable, explained, and refused where it cannot be.

#![allow(clippy::unwrap_used)] // A test that fails says where.

use std::sync::LazyLock;

use proptest::prelude::*;
use undertone::{
    Label, LearnedLexicon, LexiconLearner, Place, Question, Sample, SemanticScaling, StanceScorer,
};

static HAND: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::hand);
static NEWS: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::news);

/// Sentences about a mayor with words of our own, so that no entry of the lexicon gives the sign away.
fn labelled() -> Vec<(String, Label)> {
    let words = [
        ("frumious", Label::Negative),
        ("whiffling", Label::Negative),
        ("beamish", Label::Positive),
        ("mimsy", Label::Positive),
        ("tulgey", Label::Neutral),
        ("outgrabe", Label::Neutral),
    ];
    let frames = [
        "Mayor Ortolan gave a _ speech on Monday.",
        "Ortolan, in a _ mood, left the hall.",
        "Some say that Ortolan is _ now.",
        "The _ mayor, Ortolan, spoke for an hour.",
    ];
    let fill = |frame: &str, word: &str| frame.replace('_', word);
    words.iter().flat_map(|&(word, label)| frames.map(|frame| (fill(frame, word), label))).collect()
}

fn samples(rows: &[(String, Label)]) -> Vec<Sample<'_>> {
    rows.iter().map(|(text, _)| Sample::toward(text, "Ortolan")).collect()
}

fn labels(rows: &[(String, Label)]) -> Vec<Label> {
    rows.iter().map(|(_, label)| *label).collect()
}

fn learner() -> LexiconLearner {
    LexiconLearner::new().folds(4).min_texts(2).min_texts_of_pairs(2)
}

fn learned() -> LearnedLexicon {
    let rows = labelled();
    learner().fit_labels(&HAND, &samples(&rows), &labels(&rows)).unwrap()
}

#[test]
fn words_get_the_sign_of_their_labels_and_names_get_none() {
    let learned = learned();
    let valence = |term: &str| {
        let found = learned.iter().find(|weight| weight.term == term && weight.place == Place::Any);
        found.unwrap_or_else(|| panic!("{term} has no weight")).valence
    };
    assert!(valence("frumious") < -0.1 && valence("whiffling") < -0.1);
    assert!(valence("beamish") > 0.1 && valence("mimsy") > 0.1);
    assert!(learned.iter().all(|weight| !weight.term.contains("ortolan")));
    assert_eq!(learned.question(), Question::Target);

    let scorer = HAND.clone().with_learned(learned);
    let stance = scorer.stance("Ortolan gave a beamish reply.", "Ortolan");
    assert_eq!(stance.label(), Label::Positive);
    assert_eq!(stance.strongest()[0].words(), "beamish");
}

#[test]
fn cross_validation_tells_what_was_not_learned_from() {
    let rows = labelled();
    let found = learner().cross_validate_labels(&HAND, &samples(&rows), &labels(&rows)).unwrap();
    let right = found.labels().iter().zip(labels(&rows)).filter(|(a, b)| **a == *b).count();
    assert!(right > rows.len() / 2, "{right} of {}", rows.len());
    // With labels that have nothing to do with the words there is nothing to find.
    let other: Vec<Label> =
        labels(&rows).into_iter().cycle().skip(1).step_by(7).take(rows.len()).collect();
    let found = learner().cross_validate_labels(&HAND, &samples(&rows), &other).unwrap();
    let right = found.labels().iter().zip(&other).filter(|(a, b)| a == b).count();
    assert!(right < rows.len() * 2 / 3, "{right} of {}", rows.len());
}

#[test]
fn a_table_read_back_scores_the_same() {
    let learned = learned();
    let table = learned.to_tsv();
    let again = LearnedLexicon::from_tsv(&table).unwrap();
    assert_eq!(again.to_tsv(), table);
    let (one, two) = (HAND.clone().with_learned(learned), HAND.clone().with_learned(again));
    for (text, _) in labelled() {
        let (a, b) = (one.stance(&text, "Ortolan"), two.stance(&text, "Ortolan"));
        assert_eq!(a.score().to_bits(), b.score().to_bits(), "{text}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let one = learned().to_tsv();
    assert_eq!(one, learned().to_tsv());
    #[cfg(feature = "rayon")]
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| learned().to_tsv()), one, "{threads} threads");
    }
}

#[test]
fn ratings_are_learned_too() {
    let rows = labelled();
    let ratings: Vec<f64> = rows.iter().map(|(_, label)| 2.0 * f64::from(label.sign())).collect();
    let samples: Vec<_> = rows.iter().map(|(text, _)| Sample::text(text)).collect();
    let learned = learner().fit_ratings(&HAND, &samples, &ratings).unwrap();
    let scorer = HAND.clone().with_learned(learned);
    assert!(scorer.sentiment("A beamish day.").score() > 0.05);
    assert!(scorer.sentiment("A frumious day.").score() < -0.05);
}

/// A second lexicon is read on top of the first, and reasons still sum to the score.
#[test]
fn lexicons_stack() {
    let rows = labelled();
    let on_top = learner().fit_labels(&NEWS, &samples(&rows), &labels(&rows)).unwrap();
    let scorer = NEWS.clone().with_learned(on_top);
    assert_eq!(scorer.learned(Question::Target).len(), 2);
    let stance = scorer.stance("Ortolan gave a corrupt, frumious speech.", "Ortolan");
    assert_eq!(stance.label(), Label::Negative);
    let sum: f64 = stance.evidence().iter().map(|reason| reason.contribution()).sum();
    assert!((sum - stance.score()).abs() < 1e-9);
    assert_eq!(scorer.without_learned().learned(Question::Target).len(), 0);
}

#[test]
fn what_cannot_be_learned_is_refused() {
    let rows = labelled();
    let (samples, labels) = (samples(&rows), labels(&rows));
    let message = |learner: LexiconLearner, samples: &[Sample<'_>], labels: &[Label]| {
        learner.fit_labels(&HAND, samples, labels).unwrap_err().to_string()
    };
    let alike = vec![Label::Positive; rows.len()];
    let cases = [
        (message(learner().folds(1), &samples, &labels), "folds is 1, but must be at least 2"),
        (message(learner().max_weights(0), &samples, &labels), "max_weights is 0"),
        (message(learner().strengths([]), &samples, &labels), "strengths is empty"),
        (message(learner().strengths([f64::NAN]), &samples, &labels), "strengths is NaN"),
        (message(learner(), &samples[..3], &labels), "labels: expected 3, found 24"),
        (message(learner(), &samples, &alike), "all labels are alike"),
        (
            message(learner().folds(30), &samples, &labels),
            "30 distinct texts needed, but only 24 found",
        ),
        (message(learner(), &[], &[]), "all labels are alike"),
        (
            message(learner(), &[samples[0].clone(), Sample::text("a")], &labels[7..9]),
            "what the samples ask",
        ),
    ];
    for (message, expected) in cases {
        assert!(message.starts_with(expected), "{message}");
    }
    let rate = |ratings: &[f64]| {
        let texts = ["one", "two", "three"].map(Sample::text);
        learner().folds(2).fit_ratings(&HAND, &texts, ratings).unwrap_err()
    };
    assert_eq!(
        rate(&[0.0, f64::NAN, 1.0]).to_string(),
        "row 1, column 0: the rating is NaN, but must be within -4..=4"
    );
    assert!(rate(&[0.0, 9.0, 1.0]).is_entry() && rate(&[1.0, 1.0, 1.0]).is_too_small());
}

#[test]
fn faults_in_a_table_name_line_and_column() {
    let head = "question\ttarget\nscale\tlabel\nterm\tplace\tvalence\topinion\n";
    let cases = [
        (String::new(), "1:1: `question` and one of text, target, pair expected"),
        ("question\tfate\n".into(), "1:1: `question`"),
        (
            "question\ttext\nscale\tlabel\nmood\n".into(),
            "3:1: `term\tplace\tvalence\topinion` expected",
        ),
        (format!("{head}good\tany\t1\n"), "4:1: 4 columns expected, found 3"),
        (format!("{head}good\tnowhere\t1\t0\n"), "4:6: `nowhere` is no place"),
        (format!("{head}good\tany\tNaN\t0\n"), "4:10: `NaN` is no finite number"),
        (format!("{head}a b c\tany\t1\t0\n"), "4:1: `a b c` must be one word or two"),
        (format!("{head}a/b\tany\t1\t0\nb/c\tany\t1\t0\n"), "5:1: a form of `b/c`"),
        (format!("{head}a\tany\t1\t0\n# ok\na\tany\t2\t0\n"), "6:1: this term comes twice"),
    ];
    for (table, expected) in cases {
        let message = LearnedLexicon::from_tsv(&table).unwrap_err().to_string();
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn the_shipped_weights_are_sound() {
    for (question, name) in [(Question::Text, "sentiment"), (Question::Target, "stance")] {
        let [learned] = NEWS.learned(question) else { panic!("{name}: no table was read") };
        assert!(learned.len() > 1_000, "{name}");
        assert!(learned.iter().all(|weight| weight.valence.abs() < 9.0), "{name}");
        for people in ["women", "black", "muslims", "trump"] {
            let of = |term: &str| term.split([' ', '/']).any(|form| form == people);
            assert!(learned.iter().all(|weight| !of(&weight.term)), "{name}: {people}");
        }
    }
}

#[test]
fn the_default_reads_plain_cases() {
    for (text, toward, expected) in [
        ("Critics say that Elmland is corrupt and brutal.", "Elmland", Label::Negative),
        ("Everybody praised Ortolan for a brilliant, honest plan.", "Ortolan", Label::Positive),
        ("Ortolan said on Monday that the meeting will be in May.", "Ortolan", Label::Neutral),
        ("The court convicted Ortolan of fraud.", "Ortolan", Label::Negative),
    ] {
        let stance = NEWS.stance(text, toward);
        assert_eq!(stance.label(), expected, "{text}: {:+.2}", stance.score());
    }
    assert_eq!(NEWS.sentiment("What a wonderful, generous gift.").label(), Label::Positive);
    assert_eq!(NEWS.sentiment("A cruel, pointless failure.").label(), Label::Negative);
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
    "Iran",
    "said",
    "that",
    "war",
    "eased",
    "hope",
    "didn’t",
    "help",
    ",",
    "“",
    "”",
    "!",
    ":)",
    "SO",
    "sooo",
    ".",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is scored by learned weights: reasons sum to the score, lie in the text, and the score within −1..1.
    #[test]
    fn reasons_of_learned_weights_sum_to_the_score(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let text = words.join(" ");
        let mut found = vec![{
            let sentiment = NEWS.sentiment(&text);
            (sentiment.score(), sentiment.evidence().to_vec())
        }];
        for stance in NEWS.stances(&text) {
            found.push((stance.score(), stance.evidence().to_vec()));
        }
        for (score, evidence) in found {
            prop_assert!((-1.0..=1.0).contains(&score));
            let sum: f64 = evidence.iter().map(|reason| reason.contribution()).sum();
            prop_assert!((sum - score).abs() < 1e-9, "{} against {}", sum, score);
            for reason in &evidence {
                prop_assert_eq!(text.get(reason.range()), Some(reason.words()));
            }
        }
    }
}

/// Words beside the good seed in a corpus written for this come out good, those beside the bad one bad.
#[test]
fn semantic_scaling_follows_the_seeds() {
    let good = ["harvests", "orchards", "plenty", "granaries"];
    let bad = ["drought", "famine", "locusts", "dust"];
    let tell = |words: [&str; 4], seed: &str| -> Vec<String> {
        (0..12)
            .map(|at| {
                format!(
                    "In {seed} years the {} and {} came to the valley.",
                    words[at % 4],
                    words[(at + 1 + at / 4) % 4]
                )
            })
            .collect()
    };
    let docs: Vec<String> = [tell(good, "prosperous"), tell(bad, "hungry")].concat();
    let scaling =
        SemanticScaling::new([("prosperous", 1.0), ("hungry", -1.0)]).dims(6).min_sentences(2);
    let scaled = scaling.fit(&docs).unwrap();
    for (good, bad) in good.iter().zip(bad) {
        assert!(scaled.polarity(good).unwrap() > 0.1, "{good}");
        assert!(scaled.polarity(bad).unwrap() < -0.1, "{bad}");
    }
    let lexicon = scaled.to_lexicon(5).unwrap();
    let scorer = StanceScorer::hand();
    let grown = StanceScorer::new(
        scorer.lexicon().clone().merge(lexicon),
        undertone::Gazetteer::empty(),
        scorer.rules(),
    );
    assert!(grown.sentiment("The granaries of the valley.").score() > 0.1);
    assert!(SemanticScaling::new([("absent", 1.0)]).fit(&docs).unwrap_err().is_too_small());
    assert!(SemanticScaling::new([("hungry", 0.0)]).fit(&docs).unwrap_err().is_setting());
}
