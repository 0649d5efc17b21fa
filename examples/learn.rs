//! Learns weights from labelled texts, says how well they judge texts that they were not learned from, and
//! writes them as a table that a person can read and edit.
//!
//! 1. Read the rows.
//! 2. Judge each by weights learned from the other folds, or learn from all and judge the rows of another file.
//! 3. Print how well that follows the labels, beside the hand-made rules.
//! 4. Learn from all rows and write the table, if asked.

mod support;

use std::collections::HashSet;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::*;
use support::{Failure, Outcome, Row, Rows};
use undertone::{Label, LexiconLearner, Sample, StanceScorer};

const HELP: &str = "\
Usage: learn --input FILE.jsonl[.gz] [--test FILE.jsonl[.gz]] [--out TABLE.tsv]

Reads lines {id, text} and one of these:
  mean_valence                          a rating of -4..4: learns how a text sounds
  label, target or topic                -1, 0 or 1 (con, neutral or pro): learns the stance toward the target
  label, target, from, to               the same toward the mention at these characters
  label, holder and target with places  what the holder feels toward the target (holder_from, holder_to, from, to)
  label, holder, p, q with places       both directions between p and q (p_from, p_to, q_from, q_to); holder p, q or null
Several --input files are learned from together, each reported for itself. Prints agreement with the labels for the
hand-made rules and for learned weights: cross-validated, texts that are alike in one fold, or on the rows of --test, whose texts are left
out of the learning.

  --input FILE     the rows to learn from; may be given several times
  --test FILE      rows to judge
  --folds N        folds of cross-validation, 5 unless given
  --seed N         deals texts to folds, 0 unless given
  --max-weights N  the most weights to keep
  --min-texts N    in how many texts a word must occur; --min-texts-of-pairs the same for pairs of words
  --strength X     strength of regularisation; chosen by cross-validation unless given
  --out FILE       where to write the table of all rows
  --note TEXT      a comment line at the top of the table; may be given several times
  --base NAME      the scorer to learn on top of: hand, the default, or news
  --table FILE     judge --input by the weights in this table instead of learning
  -h, --help       this help";

fn main() -> ExitCode {
    support::run(example)
}

#[derive(Default)]
struct Options {
    inputs: Vec<PathBuf>,
    test: Option<PathBuf>,
    out: Option<PathBuf>,
    notes: Vec<String>,
    table: Option<PathBuf>,
    learner: LexiconLearner,
    base: String,
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let mut options = Options::default();
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => options.inputs.push(args.value()?.into()),
            Long("test") => options.test = Some(args.value()?.into()),
            Long("out") => options.out = Some(args.value()?.into()),
            Long("base") => options.base = args.value()?.string()?,
            Long("min-texts") => {
                options.learner = options.learner.min_texts(args.value()?.parse()?);
            }
            Long("min-texts-of-pairs") => {
                options.learner = options.learner.min_texts_of_pairs(args.value()?.parse()?);
            }
            Long("note") => options.notes.push(args.value()?.string()?),
            Long("table") => options.table = Some(args.value()?.into()),
            Long("folds") => options.learner = options.learner.folds(args.value()?.parse()?),
            Long("seed") => options.learner = options.learner.seed(args.value()?.parse()?),
            Long("max-weights") => {
                options.learner = options.learner.max_weights(args.value()?.parse()?);
            }
            Long("strength") => {
                options.learner = options.learner.strengths([args.value()?.parse()?]);
            }
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if options.inputs.is_empty() {
        return Err(Failure::new("--input is missing; try --help"));
    }
    Ok(Some(options))
}

/// A row as it is learned from.
struct Labelled {
    text: String,
    ask: Ask,
    gold: Gold,
}

enum Ask {
    Text,
    Named(String),
    At(Range<usize>),
    Between(Range<usize>, Range<usize>),
}

#[derive(Clone, Copy)]
enum Gold {
    Rating(f64),
    Label(Label),
}

impl Labelled {
    fn sample(&self) -> Sample<'_> {
        match &self.ask {
            Ask::Text => Sample::text(&self.text),
            Ask::Named(target) => Sample::toward(&self.text, target),
            Ask::At(target) => Sample::at(&self.text, target.clone()),
            Ask::Between(holder, target) => {
                Sample::between(&self.text, holder.clone(), target.clone())
            }
        }
    }
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let (mut rows, mut ends) = (Vec::new(), Vec::new());
    for path in &options.inputs {
        rows.extend(read(path)?);
        ends.push(rows.len());
    }
    let scorer = match options.base.as_str() {
        "" | "hand" => StanceScorer::hand(),
        "news" => StanceScorer::news(),
        other => {
            return Err(Failure::new(format!("--base is `{other}`, but must be hand or news")));
        }
    };
    let started = Instant::now();
    if let Some(table) = &options.table {
        let learned = scorer.clone().with_learned(undertone::LearnedLexicon::open(table)?);
        report("base", &rows, &judge(&scorer, &rows));
        report("table", &rows, &judge(&learned, &rows));
        return Ok(());
    }
    if let Some(path) = &options.test {
        let test = read(path)?;
        let asked: HashSet<&str> = test.iter().map(|row| row.text.as_str()).collect();
        rows.retain(|row| !asked.contains(row.text.as_str()));
        let learned = scorer.clone().with_learned(learn(&options.learner, &scorer, &rows)?);
        report("base", &test, &judge(&scorer, &test));
        report("learned", &test, &judge(&learned, &test));
    } else {
        let base = judge(&scorer, &rows);
        let learned = cross_validate(&options.learner, &scorer, &rows)?;
        let mut start = 0;
        for (path, end) in options.inputs.iter().zip(ends) {
            println!("{}", path.display());
            report("base", &rows[start..end], &base[start..end]);
            report("learned", &rows[start..end], &learned[start..end]);
            start = end;
        }
    }
    eprintln!("{:.1} s", started.elapsed().as_secs_f64());
    if let Some(path) = &options.out {
        let learned = learn(&options.learner, &scorer, &rows)?;
        let mut out = support::create(path)?;
        for note in &options.notes {
            writeln!(out, "# {note}")?;
        }
        out.write_all(learned.to_tsv().as_bytes())?;
        out.flush()?;
        eprintln!("{} weights in {}", learned.len(), path.display());
    }
    Ok(())
}

fn samples(rows: &[Labelled]) -> Vec<Sample<'_>> {
    rows.iter().map(Labelled::sample).collect()
}

fn ratings(rows: &[Labelled]) -> Option<Vec<f64>> {
    let rating = |row: &Labelled| match row.gold {
        Gold::Rating(rating) => Some(rating),
        Gold::Label(_) => None,
    };
    rows.iter().map(rating).collect()
}

fn labels(rows: &[Labelled]) -> Outcome<Vec<Label>> {
    let label = |row: &Labelled| match row.gold {
        Gold::Label(label) => Ok(label),
        Gold::Rating(_) => Err(Failure::new("some rows have a rating and some a label")),
    };
    rows.iter().map(label).collect()
}

fn learn(
    learner: &LexiconLearner,
    scorer: &StanceScorer,
    rows: &[Labelled],
) -> Outcome<undertone::LearnedLexicon> {
    Ok(match ratings(rows) {
        Some(ratings) => learner.fit_ratings(scorer, &samples(rows), &ratings)?,
        None => learner.fit_labels(scorer, &samples(rows), &labels(rows)?)?,
    })
}

type Judged = Vec<(f64, Label)>;

fn cross_validate(
    learner: &LexiconLearner,
    scorer: &StanceScorer,
    rows: &[Labelled],
) -> Outcome<Judged> {
    let found = match ratings(rows) {
        Some(ratings) => learner.cross_validate_ratings(scorer, &samples(rows), &ratings)?,
        None => learner.cross_validate_labels(scorer, &samples(rows), &labels(rows)?)?,
    };
    Ok(found.scores().iter().copied().zip(found.labels().iter().copied()).collect())
}

fn judge(scorer: &StanceScorer, rows: &[Labelled]) -> Judged {
    let one = |row: &Labelled| {
        let text = row.text.as_str();
        let stance = match &row.ask {
            Ask::Text => {
                let found = scorer.sentiment(text);
                return (found.score(), found.label());
            }
            Ask::Named(target) => scorer.stance(text, target),
            Ask::At(target) => scorer.score_toward(text, target.clone()),
            Ask::Between(holder, target) => {
                scorer.score_between(text, holder.clone(), target.clone())
            }
        };
        (stance.score(), stance.label())
    };
    rows.iter().map(one).collect()
}

fn report(who: &str, rows: &[Labelled], judged: &[(f64, Label)]) {
    let scores: Vec<f64> = judged.iter().map(|(score, _)| *score).collect();
    let labels: Vec<i8> = judged.iter().map(|(_, label)| label.sign()).collect();
    let n = rows.len();
    if let Some(ratings) = ratings(rows) {
        let three: Vec<i8> = ratings
            .iter()
            .map(|&rating| i8::from(rating > 0.5) - i8::from(rating < -0.5))
            .collect();
        let (r, f1) = (pearson(&scores, &ratings), macro_f1(&three, &labels));
        println!("{who:<10} n {n} pearson {r:.4} macroF1 {f1:.4}");
        return;
    }
    let gold = rows.iter().map(|row| match row.gold {
        Gold::Label(label) => label.sign(),
        Gold::Rating(_) => 0,
    });
    let gold: Vec<i8> = gold.collect();
    let right = gold.iter().zip(&labels).filter(|(gold, found)| gold == found).count();
    let (f1, accuracy) = (macro_f1(&gold, &labels), right as f64 / n.max(1) as f64);
    println!("{who:<10} n {n} macroF1 {f1:.4} accuracy {accuracy:.4}");
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| f(a - mean_a, b - mean_b)).sum()
    };
    let size = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    if size == 0.0 { 0.0 } else { sum(&|a, b| a * b) / size }
}

/// The mean over labels of the harmonic mean of precision and recall.
fn macro_f1(gold: &[i8], found: &[i8]) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for label in [-1, 0, 1] {
        let count = |of: &[i8]| of.iter().filter(|&&own| own == label).count();
        let both = gold.iter().zip(found).filter(|(a, b)| **a == label && **b == label).count();
        if count(gold) > 0 {
            sum += 2.0 * both as f64 / (count(gold) + count(found)) as f64;
            n += 1.0;
        }
    }
    if n == 0.0 { 0.0 } else { sum / n }
}

fn read(path: &std::path::Path) -> Outcome<Vec<Labelled>> {
    let mut rows = Vec::new();
    for row in Rows::open(path)? {
        let row = row?;
        let text = row.text("text")?;
        if row.has("p") {
            let p = row.span(text, "p_from", "p_to")?;
            let q = row.span(text, "q_from", "q_to")?;
            let (Some(p), Some(q)) = (p, q) else {
                return Err(row.fault("p and q need places"));
            };
            let felt = label(&row)?;
            let holder = row.optional_text("holder")?;
            for (own, from, to) in [("p", &p, &q), ("q", &q, &p)] {
                let felt = if holder == Some(own) { felt } else { Label::Neutral };
                let ask = Ask::Between(from.clone(), to.clone());
                let gold = Gold::Label(felt);
                rows.push(Labelled { text: text.into(), ask, gold });
            }
            continue;
        }
        let gold = match row.optional_number("mean_valence")? {
            Some(rating) => Gold::Rating(rating),
            None => Gold::Label(label(&row)?),
        };
        rows.push(Labelled { text: text.into(), ask: ask(&row, text)?, gold });
    }
    Ok(rows)
}

fn ask(row: &Row, text: &str) -> Outcome<Ask> {
    let Some(target) = row.optional_text("target")?.or(row.optional_text("topic")?) else {
        return Ok(Ask::Text);
    };
    let holder = row.span(text, "holder_from", "holder_to")?;
    Ok(match (holder, row.span(text, "from", "to")?) {
        (Some(holder), Some(target)) => Ask::Between(holder, target),
        (_, Some(target)) => Ask::At(target),
        _ => Ask::Named(target.into()),
    })
}

fn label(row: &Row) -> Outcome<Label> {
    let sign = match row.optional_number("label") {
        Ok(number) => number,
        Err(_) => match row.text("label")? {
            "pro" | "FAVOR" => Some(1.0),
            "con" | "AGAINST" => Some(-1.0),
            "neutral" | "NONE" => Some(0.0),
            _ => None,
        },
    };
    match sign {
        Some(sign) if sign > 0.5 => Ok(Label::Positive),
        Some(sign) if sign < -0.5 => Ok(Label::Negative),
        Some(_) => Ok(Label::Neutral),
        None => Err(row.fault("`label` must be -1, 0 or 1, or con, neutral or pro")),
    }
}
