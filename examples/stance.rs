//! Scores texts, one JSON object a line: how each sounds, or how it stands toward a target.
//!
//! 1. Read the lines.
//! 2. Score each: the sentiment of the text without a target; else the stance toward the target, the
//!    writer's or a holder's.
//! 3. Write score, label and evidence, a line each.

mod support;

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use lexopt::prelude::*;
use serde_json::json;
use support::{Characters, Failure, Outcome, Row, Rows};
use undertone::{Sentiment, Stance, StanceScorer};

const HELP: &str = "\
Usage: stance --input FILE.jsonl[.gz] [--scorer hand|news] [--out FILE.jsonl]

Reads lines {id, text, target?, from?, to?, holder?, holder_from?, holder_to?}:
  no target              the sentiment of the text
  target                 the stance wherever the text speaks of it
  target with from, to   the stance toward the mention at these characters
  holder as well         what that actor feels toward the target; else the writer's stance
Offsets count characters from 0, end exclusive. `-` reads standard input.

Writes lines {id, score, label, evidence[{sentence, from, to, words, entry, contribution, rules[]}]}:
score in -1..1, label -1, 0 or 1; from and to are the characters of the words that count.
Contributions sum to the score. At the end sentences per second on standard error.

  --input FILE   the lines to score
  --scorer NAME  news, the default: with learned weights; hand: the hand-made lexicon and rules alone
  --out FILE     where to write; standard output unless given
  -h, --help     this help";

fn main() -> ExitCode {
    support::run(example)
}

struct Options {
    input: PathBuf,
    out: Option<PathBuf>,
    scorer: fn() -> StanceScorer,
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut out) = (None, None);
    let mut scorer: fn() -> StanceScorer = StanceScorer::news;
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => input = Some(args.value()?.into()),
            Long("out") => out = Some(args.value()?.into()),
            Long("scorer") => scorer = named(&args.value()?.string()?)?,
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.ok_or_else(|| Failure::new("--input is missing; try --help"))?;
    Ok(Some(Options { input, out, scorer }))
}

fn named(scorer: &str) -> Outcome<fn() -> StanceScorer> {
    match scorer {
        "news" => Ok(StanceScorer::news),
        "hand" => Ok(StanceScorer::hand),
        other => Err(Failure::new(format!("--scorer is `{other}`, but must be hand or news"))),
    }
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let rows = Rows::open(&options.input)?;
    let mut out: Box<dyn Write> = match &options.out {
        Some(path) => Box::new(support::create(path)?),
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let scorer = (options.scorer)();
    let bar = support::progress("texts");
    let (mut sentences, mut spent) = (0, Duration::ZERO);
    for row in rows {
        let row = row?;
        let text = row.text("text")?;
        sentences += undertone::sentences(text).count();
        let started = Instant::now();
        let verdict = score(&scorer, &row, text)?;
        spent += started.elapsed();
        let (score, label, evidence) = match &verdict {
            Scored::Sentiment(found) => (found.score(), found.label(), found.evidence()),
            Scored::Stance(found) => (found.score(), found.label(), found.evidence()),
        };
        let line = json!({
            "id": row.id("id")?,
            "score": score,
            "label": label.sign(),
            "evidence": Characters::of(text).reasons(evidence),
        });
        serde_json::to_writer(&mut out, &line)?;
        writeln!(out)?;
        bar.inc(1);
    }
    out.flush()?;
    bar.finish_and_clear();
    let rate = sentences as f64 / spent.as_secs_f64().max(1e-9);
    eprintln!("{sentences} sentences scored, {rate:.0} a second");
    Ok(())
}

/// What a line asked for.
enum Scored<'d> {
    Sentiment(Sentiment<'d>),
    Stance(Stance<'d>),
}

fn score<'d>(scorer: &'d StanceScorer, row: &Row, text: &'d str) -> Outcome<Scored<'d>> {
    let Some(target) = row.optional_text("target")? else {
        for field in ["from", "to", "holder", "holder_from", "holder_to"] {
            if row.has(field) {
                return Err(row.fault(format!("`{field}` needs a `target`")));
            }
        }
        return Ok(Scored::Sentiment(scorer.sentiment(text)));
    };
    let place = row.span(text, "from", "to")?;
    let holder = row.span(text, "holder_from", "holder_to")?;
    Ok(Scored::Stance(match (holder, place) {
        (Some(holder), Some(place)) => scorer.score_between(text, holder, place),
        (None, Some(place)) => scorer.score_toward(text, place),
        (Some(_), None) => {
            return Err(row.fault("a holder with offsets needs `from` and `to` too"));
        }
        (None, None) => match row.optional_text("holder")? {
            Some(holder) => scorer.stance_of(text, holder, target),
            None => scorer.stance(text, target),
        },
    }))
}
