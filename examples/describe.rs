//! How articles are written, and how a group of them differs from the others.
//!
//! 1. Read the articles.
//! 2. Write a line for each place of a pattern, or the terms that tell a group from the rest, or a line
//!    for each article that says how hard it is to read and how varied its words are.

mod support;

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use serde_json::Value;
use support::{Failure, Outcome, Row, Rows};
use undertone::{
    Analyzer, Article, CountMatrix, CountParams, KeyTerm, Keyness, LexicalDiversity, Readability,
    WordPattern, kwic,
};

const HELP: &str = "\
Usage: describe [--input FILE.jsonl[.gz]] [--kwic PATTERN | --forms WORDS | --keyness FIELD=VALUE]

Reads articles {id, text, title?}, one JSON object a line; without --input a small corpus that is part
of this program, with `-` standard input. Writes a table: how hard each article is to read and how
varied its words are. Figures that a text is too short for are left out. Or instead:

  --kwic PATTERN         each place of a word or phrase in its surroundings; `*` stands for any
                         letters, `?` for one
  --forms WORDS          the same for all forms of the words, told by their stems
  --keyness FIELD=VALUE  the terms that tell the articles with this value from the others
  --window N             how many words --kwic and --forms show on either side, 8 unless given
  --input FILE           the articles
  -h, --help             this help";

const CORPUS: &str = include_str!("data/corpus.jsonl");

/// How many terms of either group are shown.
const TERMS_SHOWN: usize = 15;

/// The width of either context, in characters.
const WIDTH: usize = 44;

fn main() -> ExitCode {
    support::run(example)
}

enum Ask {
    Table,
    Kwic(String),
    Forms(String),
    Keyness { field: String, value: String },
}

struct Options {
    input: Option<PathBuf>,
    ask: Ask,
    window: usize,
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let mut options = Options { input: None, ask: Ask::Table, window: 8 };
    let mut asked = 0;
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => options.input = Some(args.value()?.into()),
            Long("window") => options.window = args.value()?.parse()?,
            Long("kwic") => (options.ask, asked) = (Ask::Kwic(args.value()?.string()?), asked + 1),
            Long("forms") => {
                (options.ask, asked) = (Ask::Forms(args.value()?.string()?), asked + 1);
            }
            Long("keyness") => {
                (options.ask, asked) = (group(&args.value()?.string()?)?, asked + 1);
            }
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if asked > 1 {
        return Err(Failure::new("one of --kwic, --forms and --keyness at a time; try --help"));
    }
    Ok(Some(options))
}

fn group(asked: &str) -> Outcome<Ask> {
    match asked.split_once('=') {
        Some((field, value)) if !field.is_empty() => {
            Ok(Ask::Keyness { field: field.into(), value: value.into() })
        }
        _ => Err(Failure::new(format!(
            "--keyness is `{asked}`, but must be FIELD=VALUE, such as section=economy"
        ))),
    }
}

/// An article with the name of its row.
struct Named {
    id: String,
    article: Article,
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    let rows = match &options.input {
        Some(path) => Rows::open(path)?,
        None => Rows::embedded("corpus", CORPUS),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let analyzer = Analyzer::english();
    match &options.ask {
        Ask::Table => table(rows, &mut out)?,
        Ask::Kwic(words) => lines(rows, &WordPattern::new(words)?, options.window, &mut out)?,
        Ask::Forms(words) => {
            lines(rows, &WordPattern::forms_of(words, &analyzer)?, options.window, &mut out)?;
        }
        Ask::Keyness { field, value } => keyness(rows, &analyzer, field, value, &mut out)?,
    }
    Ok(out.flush()?)
}

fn read(row: &Row) -> Outcome<Named> {
    let id = match row.id("id")? {
        Value::String(id) => id,
        other => other.to_string(),
    };
    let (title, text) = (row.optional_text("title")?, row.text("text")?);
    // Some files repeat the title as the first line of the text.
    let body = title.and_then(|title| text.strip_prefix(title)).unwrap_or(text);
    Ok(Named { id, article: Article::from_parts(title, body.trim_start()) })
}

fn table(rows: Rows, out: &mut impl Write) -> Outcome<()> {
    writeln!(
        out,
        "{:<20} {:>6} {:>6} | {:>6} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5} | {:>5} {:>5} {:>5} {:>6}",
        "id",
        "sent.",
        "words",
        "Flesch",
        "F-K",
        "fog",
        "SMOG",
        "C-L",
        "ARI",
        "LIX",
        "TTR",
        "MATTR",
        "HD-D",
        "MTLD"
    )?;
    for row in rows {
        let Named { id, article } = read(&row?)?;
        let (reading, words) = (Readability::english(&article), LexicalDiversity::of(&article));
        writeln!(
            out,
            "{id:<20} {:>6} {:>6} | {:>6} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5} | {:>5} {:>5} {:>5} {:>6}",
            reading.sentences,
            reading.words,
            figure(reading.reading_ease, 1),
            figure(reading.flesch_kincaid, 1),
            figure(reading.fog, 1),
            figure(reading.smog, 1),
            figure(reading.coleman_liau, 1),
            figure(reading.ari, 1),
            figure(reading.lix, 1),
            figure(words.ttr, 2),
            figure(words.mattr, 2),
            figure(words.hdd, 2),
            figure(words.mtld, 1),
        )?;
    }
    Ok(())
}

fn figure(figure: Option<f64>, digits: usize) -> String {
    figure.map(|figure| format!("{figure:.digits$}")).unwrap_or_default()
}

fn lines(
    rows: Rows,
    pattern: &WordPattern<'_>,
    window: usize,
    out: &mut impl Write,
) -> Outcome<()> {
    let mut found = 0;
    for row in rows {
        let Named { id, article } = read(&row?)?;
        for line in kwic(&article, pattern, window) {
            let place = line.paragraph().map_or("headline".to_string(), |n| format!("¶ {n}"));
            writeln!(out, "{id:<20} {place:<8} {line:WIDTH$}")?;
            found += 1;
        }
    }
    Ok(writeln!(out, "{found} found")?)
}

fn keyness(
    rows: Rows,
    analyzer: &Analyzer,
    field: &str,
    value: &str,
    out: &mut impl Write,
) -> Outcome<()> {
    let (mut articles, mut target) = (Vec::new(), Vec::new());
    for row in rows {
        let row = row?;
        let found = match row.id(field)? {
            Value::String(found) => found,
            other => other.to_string(),
        };
        if found == value {
            target.push(articles.len());
        }
        articles.push(read(&row)?.article);
    }
    if target.is_empty() || target.len() == articles.len() {
        let many = if target.is_empty() { "none" } else { "every one" };
        let message = format!("of {} articles {many} has {field}={value}", articles.len());
        return Err(Failure::new(message));
    }
    let counts = CountMatrix::from_docs(analyzer, &articles, CountParams::default())?;
    let keyness = Keyness::against_rest(&counts, &target)?;
    writeln!(
        out,
        "{} articles with {field}={value}, {} others\n",
        target.len(),
        articles.len() - target.len()
    )?;
    writeln!(
        out,
        "{:<20} {:>8} {:>9} {:>13} {:>13} {:>9}",
        "term", "G²", "log ratio", "uses, articles", "uses, others", "p (Holm)"
    )?;
    for term in keyness.of_target().take(TERMS_SHOWN) {
        show(out, term)?;
    }
    writeln!(out)?;
    for term in keyness.of_reference().take(TERMS_SHOWN) {
        show(out, term)?;
    }
    Ok(())
}

fn show(out: &mut impl Write, term: &KeyTerm) -> Outcome<()> {
    let uses = |count: u64, docs: usize| format!("{count} in {docs}");
    // What is too small for an `f64` comes as 0, which no p-value is.
    let p = if term.p_holm > 0.0 { format!("{:.1e}", term.p_holm) } else { "<1e-307".into() };
    Ok(writeln!(
        out,
        "{:<20} {:>8.1} {:>9.1} {:>14} {:>13} {p:>9}",
        term.written,
        term.log_likelihood,
        term.log_ratio,
        uses(term.target, term.target_docs),
        uses(term.reference, term.reference_docs),
    )?)
}
