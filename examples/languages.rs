//! Says which languages a corpus is in.
//!
//! 1. Read the articles from JSON lines.
//! 2. Tell the language of each.
//! 3. Write a table: articles by language, how many of them are sure, and the unsure ones' best guess.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;
use support::{Failure, Outcome, Rows};
use undertone::{Analyzers, Language};

const HELP: &str = "\
Usage: languages FILE.jsonl[.gz] [--text-field NAME]

Reads one JSON object a line and writes a table: each language that was found, how many articles were
taken to be in it with enough confidence, and for how many it was no more than the best guess.
`-` reads standard input.

  --text-field NAME    the field that holds the text; `text` unless given
  -h, --help           this help";

fn main() -> ExitCode {
    support::run(|| options()?.map_or(Ok(()), |(input, field)| count(&input, &field)))
}

fn options() -> Outcome<Option<(PathBuf, String)>> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut field) = (None, "text".to_string());
    while let Some(arg) = args.next()? {
        match arg {
            Long("text-field") => field = args.value()?.string()?,
            Value(path) if input.is_none() => input = Some(PathBuf::from(path)),
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            _ => return Err(arg.unexpected().into()),
        }
    }
    let input = input.ok_or_else(|| Failure::new("FILE is missing; try --help"))?;
    Ok(Some((input, field)))
}

fn count(input: &Path, field: &str) -> Outcome<()> {
    let analyzers = Analyzers::new(Language::English);
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in Rows::open(input)? {
        let identified = analyzers.identify(row?.text(field)?);
        let (sure, unsure) = found.entry(identified.found().unwrap_or("(too short)")).or_default();
        *(if identified.is_reliable() { sure } else { unsure }) += 1;
    }
    println!("| language | sure | unsure |");
    println!("| --- | ---: | ---: |");
    for (language, (sure, unsure)) in found {
        println!("| {language} | {sure} | {unsure} |");
    }
    Ok(())
}
