//! Scores texts, one JSON object a line: how each sounds, or how it stands toward a target.
//!
//! 1. Read some thousand lines and what each asks.
//! 2. Score each: the sentiment of the text without a target; else the stance toward the target, the
//!    writer's or a holder's. Only this is timed.
//! 3. Write score, label and evidence, a line each, and read on.

mod support;

use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use lexopt::prelude::*;
use serde_json::{Value, json};
use support::{Characters, Failure, Outcome, Row, Rows};
use undertone::{Evidence, Gazetteer, Label, Lexicon, Rule, Rules, StanceReader, StanceScorer};

const HELP: &str = "\
Usage: stance --input FILE.jsonl[.gz] [--scorer hand|news] [--out FILE.jsonl] [--without RULE]...

Reads lines {id, text, target?, from?, to?, holder?, holder_from?, holder_to?}:
  no target              the sentiment of the text
  target                 the stance wherever the text speaks of it
  target with from, to   the stance toward the mention at these characters
  holder as well         what that actor feels toward the target; else the writer's stance
Offsets count characters from 0, end exclusive. `-` reads standard input.

Writes lines {id, score, label, confidence,
evidence[{sentence, from, to, words, entry, contribution, rules[], speaker}]}:
score in -1..1, label -1, 0 or 1, confidence in 0..1; from and to are the characters of the words
that count; speaker is `writer`, a name or, of a quotation whose speaker is not named, null.
Contributions sum to the score. At the end sentences per second on standard error.

  --input FILE   the lines to score
  --scorer NAME  news, the default: with learned weights; hand: the hand-made lexicon and rules alone
  --out FILE     where to write; standard output unless given
  --without RULE leave out a rule of the hand-made ones, such as negation; may come several times
  -h, --help     this help";

fn main() -> ExitCode {
    support::large_pages();
    support::run(example)
}

struct Options {
    input: PathBuf,
    out: Option<PathBuf>,
    rules: Rules,
    learned: bool,
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut out, mut rules, mut learned) = (None, None, Rules::all(), true);
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => input = Some(args.value()?.into()),
            Long("out") => out = Some(args.value()?.into()),
            Long("scorer") => learned = is_learned(&args.value()?.string()?)?,
            Long("without") => rules = rules.without(rule(&args.value()?.string()?)?),
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.ok_or_else(|| Failure::new("--input is missing; try --help"))?;
    Ok(Some(Options { input, out, rules, learned }))
}

fn is_learned(scorer: &str) -> Outcome<bool> {
    match scorer {
        "news" => Ok(true),
        "hand" => Ok(false),
        other => Err(Failure::new(format!("--scorer is `{other}`, but must be hand or news"))),
    }
}

fn rule(name: &str) -> Outcome<Rule> {
    let names: Vec<&str> = Rules::all().iter().map(Rule::name).collect();
    Rule::from_name(name)
        .ok_or_else(|| Failure::new(format!("`{name}` is no rule; they are {}", names.join(", "))))
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let rows = Rows::open(&options.input)?;
    let mut out: Box<dyn Write> = match &options.out {
        Some(path) => Box::new(support::create(path)?),
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let hand = StanceScorer::new(Lexicon::news(), Gazetteer::news(), options.rules);
    let scorer = if options.learned { hand.with_news() } else { hand };
    let mut reader = scorer.reader();
    let bar = support::progress("texts");
    let (mut sentences, mut spent) = (0, Duration::ZERO);
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let batch = rows.by_ref().take(BATCH).map(|row| Asked::of(&row?));
        let asked: Vec<Asked> = batch.collect::<Outcome<_>>()?;
        sentences += asked.iter().map(|one| undertone::sentences(&one.text).count()).sum::<usize>();
        let mut evidence = Vec::with_capacity(asked.len() * REASONS);
        let started = Instant::now();
        let answers: Vec<Answer> =
            asked.iter().map(|one| one.answer(&mut reader, &mut evidence)).collect();
        spent += started.elapsed();
        for (asked, answer) in asked.iter().zip(answers) {
            let line = json!({
                "id": asked.id,
                "score": answer.score,
                "label": answer.label.sign(),
                "confidence": answer.confidence,
                "evidence": Characters::of(&asked.text).reasons(&evidence[answer.evidence]),
            });
            serde_json::to_writer(&mut out, &line)?;
            writeln!(out)?;
            bar.inc(1);
        }
    }
    out.flush()?;
    bar.finish_and_clear();
    let rate = sentences as f64 / spent.as_secs_f64().max(1e-9);
    eprintln!("{sentences} sentences scored, {rate:.0} a second");
    Ok(())
}

/// How many lines are held at a time: so many that the writing between them, which empties the caches, tells little.
const BATCH: usize = 8192;

/// So many reasons a line has on average.
const REASONS: usize = 12;

/// What a line asks of its text.
struct Asked {
    id: Value,
    text: String,
    question: Question,
}

enum Question {
    Sentiment,
    /// Toward what is mentioned at these bytes.
    Toward(Range<usize>),
    /// What the actor at these bytes feels toward what is mentioned at those.
    Between(Range<usize>, Range<usize>),
    Stance(String),
    StanceOf(String, String),
}

/// What comes out.
struct Answer {
    score: f64,
    label: Label,
    confidence: f64,
    /// Its place among the evidence of all lines.
    evidence: Range<usize>,
}

/// Of anything that has a score.
macro_rules! answer {
    ($found:expr, $all:expr) => {{
        let found = $found;
        let start = $all.len();
        $all.extend_from_slice(found.evidence());
        let evidence = start..$all.len();
        let (score, label) = (found.score(), found.label());
        Answer { score, label, confidence: found.confidence(), evidence }
    }};
}

impl Asked {
    fn of(row: &Row) -> Outcome<Self> {
        let (id, text) = (row.id("id")?, row.text("text")?);
        Ok(Self { id, text: text.to_string(), question: Question::of(row, text)? })
    }

    /// The answer, whose evidence is put behind that of other lines.
    fn answer<'r, 's: 'r>(
        &'r self,
        reader: &mut StanceReader<'s>,
        evidence: &mut Vec<Evidence<'r>>,
    ) -> Answer {
        let text = self.text.as_str();
        match &self.question {
            Question::Sentiment => answer!(reader.sentiment(text), evidence),
            Question::Toward(place) => answer!(reader.score_toward(text, place.clone()), evidence),
            Question::Between(holder, place) => {
                answer!(reader.score_between(text, holder.clone(), place.clone()), evidence)
            }
            Question::Stance(target) => answer!(reader.scorer().stance(text, target), evidence),
            Question::StanceOf(holder, target) => {
                answer!(reader.scorer().stance_of(text, holder, target), evidence)
            }
        }
    }
}

impl Question {
    fn of(row: &Row, text: &str) -> Outcome<Self> {
        let Some(target) = row.optional_text("target")? else {
            for field in ["from", "to", "holder", "holder_from", "holder_to"] {
                if row.has(field) {
                    return Err(row.fault(format!("`{field}` needs a `target`")));
                }
            }
            return Ok(Self::Sentiment);
        };
        let place = row.span(text, "from", "to")?;
        let holder = row.span(text, "holder_from", "holder_to")?;
        Ok(match (holder, place) {
            (Some(holder), Some(place)) => Self::Between(holder, place),
            (None, Some(place)) => Self::Toward(place),
            (Some(_), None) => {
                return Err(row.fault("a holder with offsets needs `from` and `to` too"));
            }
            (None, None) => match row.optional_text("holder")? {
                Some(holder) => Self::StanceOf(holder.to_string(), target.to_string()),
                None => Self::Stance(target.to_string()),
            },
        })
    }
}
