//! The table of cases for sentiment and stance, and odd input.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use undertone::{
    Article, Document, Doubt, Evidence, Gazetteer, Label, Lexicon, Rule, Rules, StanceScorer, Voice,
};

static SCORER: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::hand);

#[derive(Deserialize)]
struct Suite {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    headline: Option<String>,
    text: String,
    toward: Option<String>,
    holder: Option<String>,
    expect: String,
    rule: Option<String>,
    spared: Option<String>,
    doubt: Option<String>,
    why: String,
}

fn find(text: &str, name: &str) -> std::ops::Range<usize> {
    let start = text.find(name).unwrap_or_else(|| panic!("`{name}` is not in `{text}`"));
    start..start + name.len()
}

/// What the hand-made scorer makes of the document of a case.
fn read<'d, D: Document + ?Sized>(
    doc: &'d D,
    case: &Case,
) -> (f64, Label, Option<Doubt>, Vec<Evidence<'d>>) {
    let (scorer, text) = (&*SCORER, doc.text());
    match (&case.toward, &case.holder) {
        (Some(target), Some(holder)) => {
            let stance = scorer.score_between(doc, find(text, holder), find(text, target));
            (stance.score(), stance.label(), stance.doubt(), stance.evidence().to_vec())
        }
        (Some(target), None) => {
            let stance = scorer.stance(doc, target);
            (stance.score(), stance.label(), stance.doubt(), stance.evidence().to_vec())
        }
        (None, _) => {
            let sentiment = scorer.sentiment(doc);
            let (score, label) = (sentiment.score(), sentiment.label());
            (score, label, sentiment.doubt(), sentiment.evidence().to_vec())
        }
    }
}

#[test]
fn every_case_is_read_as_expected() {
    let suite: Suite = toml::from_str(include_str!("suite/stance.toml")).unwrap();
    let mut names = HashSet::new();
    let mut faults = Vec::new();
    for case in &suite.case {
        assert!(names.insert(&case.name), "two cases are named `{}`", case.name);
        let headline = case.headline.as_deref();
        let article = headline.map(|headline| Article::from_parts(Some(headline), &case.text));
        let (score, label, doubt, evidence) = match &article {
            Some(article) => read(article, case),
            None => read(case.text.as_str(), case),
        };
        let touched = |rule: &String| {
            evidence.iter().any(|reason| reason.rules().iter().any(|found| found.name() == rule))
                || (evidence.is_empty() && rule == "names")
        };
        let spared = case.spared.as_ref().is_none_or(|rule| {
            Rule::from_name(rule)
                .is_some_and(|rule| !evidence.iter().any(|reason| reason.rules().contains(rule)))
        });
        let doubted = doubt.map_or("none".to_string(), |doubt| doubt.to_string());
        let doubt_fits = case.doubt.as_ref().is_none_or(|expected| *expected == doubted);
        if !doubt_fits
            || label.to_string() != case.expect
            || !case.rule.as_ref().is_none_or(touched)
            || !spared
        {
            faults.push(format!(
                "{}: {score:+.2} {label}, doubt {doubted}, not {} ({})\n  {evidence:#?}",
                case.name, case.expect, case.why
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
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

#[test]
fn evidence_says_who_speaks() {
    let scorer = &*SCORER;
    let voices = |text: &'static str| -> Vec<(&str, Voice<'_>)> {
        let sentiment = scorer.sentiment(text);
        sentiment.evidence().iter().map(|reason| (reason.words(), reason.voice())).collect()
    };
    assert_eq!(
        voices("“It is a catastrophe,” Ruth Amsel said. The plan is a success."),
        [("catastrophe", Voice::Speaker("Ruth Amsel")), ("success", Voice::Writer)]
    );
    assert_eq!(voices("Pell said the plan was a success."), [("success", Voice::Speaker("Pell"))]);
    assert_eq!(voices("A “catastrophe” came."), [("catastrophe", Voice::Unnamed)]);
}

/// Who stands how toward whom, with the sign of the score.
fn relations(text: &str) -> Vec<(String, String, i8)> {
    let relations = SCORER.relations(text);
    relations
        .iter()
        .map(|relation| {
            let holder = relation.holder().map_or("writer", |holder| holder.name());
            (holder.to_string(), relation.target().name().to_string(), relation.label().sign())
        })
        .collect()
}

#[test]
fn relations_run_from_holder_to_target() {
    for (text, holder, target, sign) in [
        ("Iran condemned Israel over the dam.", "Iran", "Israel", -1),
        ("Israel was condemned by Iran over the dam.", "Iran", "Israel", -1),
        ("In May Norway praised Ghana.", "Norway", "Ghana", 1),
        ("“Norway is a generous friend,” Ruth Amsel said.", "Ruth Amsel", "Norway", 1),
        ("The generous Norway deserves praise.", "writer", "Norway", 1),
    ] {
        let found = relations(text);
        let wanted = (holder.to_string(), target.to_string(), sign);
        assert!(found.contains(&wanted), "{text}: {found:?}");
        let turned = found.iter().any(|(a, b, _)| a == target && b == holder);
        assert!(!turned, "{text}: {found:?}");
    }
}

#[test]
fn what_one_actor_does_is_not_the_writers_verdict() {
    let found = relations("Iran condemned Israel over the dam.");
    assert!(!found.iter().any(|(holder, target, _)| holder == "writer" && target == "Israel"));
    let quoted = relations("“Norway is a disgrace,” Ruth Amsel said.");
    assert!(!quoted.iter().any(|(holder, ..)| holder == "writer"), "{quoted:?}");
    assert!(relations("Nobody is named here, a disgrace.").is_empty());
}

/// The worked example of `docs/formulas.md`.
#[test]
fn the_formula_is_as_written() {
    let table = "fair\ta\tjudge\t2\nslow\ta\tjudge\t-1\n";
    let scorer = |rules| {
        let lexicon = Lexicon::from_tsv(table).unwrap();
        StanceScorer::new(lexicon, Gazetteer::empty(), rules)
    };
    let (plain, with_lead) = (scorer(Rules::none()), scorer(Rules::none().with(Rule::Lead)));
    let close = |found: f64, written: f64| assert!((found - written).abs() < 5e-6, "{found}");
    let sentiment = plain.sentiment("Marlowe is fair and slow.");
    close(sentiment.score(), 0.17961);
    close(sentiment.confidence(), 0.22222);
    let text = "Marlowe is fair and slow. Then Marlowe left.";
    close(plain.stance(text, "Marlowe").score(), 0.08980);
    let text = "Marlowe is fair.\nMarlowe is slow.";
    close(plain.stance(text, "Marlowe").score(), 0.09849);
    close(with_lead.stance(text, "Marlowe").score(), 0.16407);
    close(plain.sentiment(text).score(), 0.17961);
    close(with_lead.sentiment(text).score(), 0.28040);
}
