//! Finds the directions in which the articles of a corpus differ most.
//!
//! 1. Read the articles from JSON lines.
//! 2. Count and weigh their terms.
//! 3. Find the strongest directions.
//! 4. Print what they say; write their strengths, and the matrix for other programs to check them by.

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::*;
use serde_json::{Value, json};
use support::{Failure, Outcome, Rows};
use undertone::{
    Analyzer, CountMatrix, CountParams, Lsa, LsaParams, TermId, TfIdf, TfIdfMatrix, TfIdfParams,
};

const HELP: &str = "\
Usage: directions --input FILE.jsonl[.gz] [--dims N] [--out DIR]

Reads one JSON object a line, prints the terms at both ends of the strongest directions, and
with --out writes
  directions.json  strengths and shares of all directions, and milliseconds for each fit
  matrix.mtx       the weights, articles x terms, in Matrix Market format

  --input FILE         one article a line, gzip or not; `-` reads standard input
  --out DIR            where to write; made if missing
  --dims N             how many directions; 100 unless given
  --text-field NAME    the field that holds the text; `text` unless given
  --plain              lowercase words: no stop words, no stems
  --textbook           raw counts times idf, in place of damped counts times squared idf
  --oversampling N     how many directions are searched beyond those kept
  --power-iterations N how often the random start is sharpened
  --seed N             where the search begins; 0 unless given
  --repeat N           fits so often, to see how the time varies; 1 unless given
  -h, --help           this help";

/// How many directions are printed, and how many terms at each end.
const SHOWN: (usize, usize) = (10, 6);

struct Options {
    input: PathBuf,
    out: Option<PathBuf>,
    text_field: String,
    analyzer: Analyzer,
    weights: TfIdfParams,
    lsa: LsaParams,
    repeat: usize,
}

fn main() -> ExitCode {
    support::run(example)
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut out, mut text_field) = (None, None, "text".to_string());
    let (mut analyzer, mut weights) = (Analyzer::english(), TfIdf::params());
    let (mut dims, mut repeat, mut seed) = (100, 1, 0);
    let (mut oversampling, mut power_iterations) = (None, None);
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => input = Some(args.value()?.into()),
            Long("out") => out = Some(args.value()?.into()),
            Long("dims") => dims = args.value()?.parse()?,
            Long("text-field") => text_field = args.value()?.string()?,
            Long("plain") => analyzer = Analyzer::plain(),
            Long("textbook") => weights = TfIdfParams::textbook(),
            Long("oversampling") => oversampling = Some(args.value()?.parse()?),
            Long("power-iterations") => power_iterations = Some(args.value()?.parse()?),
            Long("seed") => seed = args.value()?.parse()?,
            Long("repeat") => repeat = args.value()?.parse()?,
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.ok_or_else(|| Failure::new("--input is missing; try --help"))?;
    if repeat == 0 {
        return Err(Failure::new("--repeat is 0, but must be at least 1"));
    }
    let mut lsa = Lsa::params(dims).seed(seed);
    lsa = oversampling.into_iter().fold(lsa, LsaParams::oversampling);
    lsa = power_iterations.into_iter().fold(lsa, LsaParams::power_iterations);
    Ok(Some(Options { input, out, text_field, analyzer, weights, lsa, repeat }))
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let mut texts = Vec::new();
    for row in Rows::open(&options.input)? {
        texts.push(row?.text(&options.text_field)?.to_string());
    }
    let counts = CountMatrix::from_docs(&options.analyzer, &texts, CountParams::default())?;
    let weights = options.weights.fit(&counts)?.transform(&counts)?;
    let (lsa, milliseconds) = fit(&options, &weights)?;
    print(&lsa, &weights)?;
    if let Some(out) = &options.out {
        write(out, &lsa, &weights, &milliseconds)?;
    }
    Ok(())
}

/// The directions, and how long each of the fits took.
fn fit(options: &Options, weights: &TfIdfMatrix) -> Outcome<(Lsa, Vec<f64>)> {
    let timed = || {
        let start = Instant::now();
        let lsa = options.lsa.fit(weights)?;
        Ok::<_, Failure>((lsa, start.elapsed().as_secs_f64() * 1000.0))
    };
    let (mut lsa, first) = timed()?;
    let mut milliseconds = vec![first];
    for _ in 1..options.repeat {
        let (again, time) = timed()?;
        lsa = again;
        milliseconds.push(time);
    }
    Ok((lsa, milliseconds))
}

/// A line for each of the strongest directions.
fn print(lsa: &Lsa, weights: &TfIdfMatrix) -> Outcome<()> {
    let mut out = std::io::stdout();
    let written = |&term: &TermId| weights.vocabulary().written(term);
    for (i, (component, strength)) in
        lsa.components().columns().into_iter().zip(lsa.singular_values()).take(SHOWN.0).enumerate()
    {
        let mut order: Vec<TermId> = weights.vocabulary().ids().collect();
        order.sort_by(|a, b| component[b.index()].total_cmp(&component[a.index()]));
        let up: Vec<_> = order.iter().take(SHOWN.1).map(written).collect();
        let down: Vec<_> = order.iter().rev().take(SHOWN.1).map(written).collect();
        let share = 100.0 * lsa.explained_variance_ratio()[i];
        let (up, down) = (up.join(", "), down.join(", "));
        writeln!(out, "{:>3}  strength {strength:.3}, {share:.2} % of variance", i + 1)?;
        writeln!(out, "       + {up}\n       - {down}")?;
    }
    Ok(())
}

fn write(out: &Path, lsa: &Lsa, weights: &TfIdfMatrix, milliseconds: &[f64]) -> Outcome<()> {
    let failed =
        |path: &Path, error: std::io::Error| Failure::new(format!("{}: {error}", path.display()));
    fs::create_dir_all(out).map_err(|error| failed(out, error))?;
    let found: Value = json!({
        "articles": weights.n_docs(),
        "terms": weights.n_terms(),
        "weights": weights.n_entries(),
        "dims": lsa.n_dims(),
        "singular_values": lsa.singular_values(),
        "energy_share": lsa.energy_share(),
        "explained_variance_ratio": lsa.explained_variance_ratio(),
        "milliseconds": milliseconds,
    });
    support::write_json(support::create(&out.join("directions.json"))?, &found)?;
    Ok(weights.write_matrix_market(support::create(&out.join("matrix.mtx"))?)?)
}
