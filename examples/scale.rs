//! Grows a lexicon for a domain from seed words and articles without labels.
//!
//! 1. Read the articles.
//! 2. Find the polarity of their words by latent semantic scaling.
//! 3. Write the best and the worst words as a table that a person can edit and `Lexicon::open` reads.

mod support;

use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use support::{Failure, Outcome, Rows};
use undertone::SemanticScaling;

const HELP: &str = "\
Usage: scale --input FILE.jsonl[.gz] --good WORD,WORD --bad WORD,WORD

Reads articles {text}, one JSON object a line, and writes the words that stand nearest to the good and to the
bad seed words, with a valence for each.

  --input FILE  the articles; `-` reads standard input
  --good WORDS  good seed words, with commas between
  --bad WORDS   bad seed words
  --words N     how many words of either sign, 40 unless given
  --dims N      how many directions are kept, 200 unless given
  --min N       in how many sentences a word must occur, 20 unless given
  -h, --help    this help";

fn main() -> ExitCode {
    support::run(example)
}

fn example() -> Outcome<()> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut seeds, mut words): (Option<PathBuf>, Vec<(String, f64)>, usize) =
        (None, Vec::new(), 40);
    let (mut dims, mut least) = (200, 20);
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => input = Some(args.value()?.into()),
            Long("good") => seeds.extend(signed(&args.value()?.string()?, 1.0)),
            Long("bad") => seeds.extend(signed(&args.value()?.string()?, -1.0)),
            Long("words") => words = args.value()?.parse()?,
            Long("dims") => dims = args.value()?.parse()?,
            Long("min") => least = args.value()?.parse()?,
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.ok_or_else(|| Failure::new("--input is missing; try --help"))?;
    let mut texts = Vec::new();
    for row in Rows::open(&input)? {
        texts.push(row?.text("text")?.to_string());
    }
    let scaled = SemanticScaling::new(seeds).dims(dims).min_sentences(least).fit(&texts)?;
    print!("{}", scaled.to_tsv(words));
    eprintln!("{} words of {} articles", scaled.len(), texts.len());
    Ok(())
}

fn signed(words: &str, sign: f64) -> Vec<(String, f64)> {
    let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| (word.to_string(), sign)).collect()
}
