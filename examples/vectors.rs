//! Writes the TF-IDF vectors of a corpus as files that other programs read.
//!
//! 1. Read the articles from JSON lines.
//! 2. Count their terms.
//! 3. Weigh them.
//! 4. Write vocabulary, factors of terms, and the matrix in Matrix Market format.

mod support;

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use lexopt::prelude::*;
use serde_json::json;
use support::{Failure, Outcome, Rows};
use undertone::{Analyzer, CountMatrix, CountParams, DocFreq, Tf, TfIdf, TfIdfMatrix, TfIdfParams};

const HELP: &str = "\
Usage: vectors --input FILE.jsonl[.gz] --out DIR [--plain] [--sublinear] [--ngrams 1..2] [--min-df N]

Reads one JSON object a line and writes into DIR:
  vocabulary.txt   a term a line, in the order of the columns
  idf.txt          the factor of each term, a number a line
  matrix.mtx       the weights, articles x terms, in Matrix Market format
  timings.json     milliseconds for each step, and what was counted
Weights are raw counts times ln((1 + n) / (1 + df)) + 1, each row of length 1.

  --input FILE         one article a line, gzip or not; `-` reads standard input
  --out DIR            where to write; made if missing
  --text-field NAME    the field that holds the text; `text` unless given
  --plain              lowercase words: no stop words, no stems
  --sublinear          1 + ln(count) in place of the count
  --ngrams A..B        runs of A to B terms, B included; 1..1 unless given
  --min-df N           drops terms of fewer than N articles; 1 unless given
  -h, --help           this help";

struct Options {
    input: PathBuf,
    out: PathBuf,
    text_field: String,
    analyzer: Analyzer,
    counts: CountParams,
    weights: TfIdfParams,
}

fn main() -> ExitCode {
    support::run(example)
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut out) = (None, None);
    let mut text_field = "text".to_string();
    let mut analyzer = Analyzer::english();
    let (mut counts, mut weights) = (CountParams::default(), TfIdfParams::textbook());
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => input = Some(args.value()?.into()),
            Long("out") => out = Some(args.value()?.into()),
            Long("text-field") => text_field = args.value()?.string()?,
            Long("plain") => analyzer = Analyzer::plain(),
            Long("sublinear") => weights = weights.tf(Tf::Sublinear),
            Long("ngrams") => counts = counts.ngrams(support::ngrams(&args.value()?.string()?)?),
            Long("min-df") => {
                let least = args.value()?.string()?;
                let least = least.parse().map_err(|_| {
                    Failure::new(format!("--min-df is `{least}`, but must be a whole number"))
                })?;
                counts = counts.min_doc_freq(DocFreq::Docs(least));
            }
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let missing = |name: &str| Failure::new(format!("--{name} is missing; try --help"));
    let input = input.ok_or_else(|| missing("input"))?;
    let out = out.ok_or_else(|| missing("out"))?;
    Ok(Some(Options { input, out, text_field, analyzer, counts, weights }))
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let start = Instant::now();
    let texts = read(&options)?;
    let read = Instant::now();
    let counts = CountMatrix::from_docs(&options.analyzer, &texts, options.counts.clone())?;
    let counted = Instant::now();
    let tfidf = options.weights.fit(&counts)?;
    let weights = tfidf.transform(&counts)?;
    let weighed = Instant::now();
    write(&options.out, &tfidf, &weights)?;

    let ms = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
    let timings = json!({
        "read_ms": ms(start, read),
        "count_ms": ms(read, counted),
        "tfidf_ms": ms(counted, weighed),
        "write_ms": ms(weighed, Instant::now()),
        "articles": weights.n_docs(),
        "terms": weights.n_terms(),
        "weights": weights.n_entries(),
        "bytes": texts.iter().map(String::len).sum::<usize>(),
    });
    support::write_json(support::create(&options.out.join("timings.json"))?, &timings)?;
    let (docs, terms, entries) = (weights.n_docs(), weights.n_terms(), weights.n_entries());
    let out = options.out.display();
    writeln!(std::io::stdout(), "{docs} articles, {terms} terms, {entries} weights in {out}")?;
    Ok(())
}

fn read(options: &Options) -> Outcome<Vec<String>> {
    let bar = support::progress("articles read:");
    let mut texts = Vec::new();
    for row in Rows::open(&options.input)? {
        texts.push(row?.text(&options.text_field)?.to_string());
        bar.inc(1);
    }
    bar.finish_and_clear();
    if texts.is_empty() {
        let input = options.input.display();
        return Err(Failure::new(format!("{input}: expected at least one article, found none")));
    }
    Ok(texts)
}

fn write(out: &Path, tfidf: &TfIdf, weights: &TfIdfMatrix) -> Outcome<()> {
    fs::create_dir_all(out).map_err(|error| failed(out, error))?;
    write_lines(&out.join("vocabulary.txt"), weights.vocabulary().terms())?;
    write_lines(&out.join("idf.txt"), tfidf.idf())?;
    let path = out.join("matrix.mtx");
    let written = weights.write_matrix_market(support::create(&path)?);
    written.map_err(|error| failed(&path, error))
}

fn write_lines(path: &Path, lines: impl IntoIterator<Item = impl Display>) -> Outcome<()> {
    let mut file = support::create(path)?;
    let written = lines.into_iter().try_for_each(|line| writeln!(file, "{line}"));
    written.and_then(|()| file.flush()).map_err(|error| failed(path, error))
}

fn failed(path: &Path, error: impl Display) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
