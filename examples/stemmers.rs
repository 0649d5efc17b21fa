//! Compares the stemmers with Snowball's own vocabulary.
//!
//! 1. Read each `LANGUAGE.jsonl` or `LANGUAGE.jsonl.gz` of a folder: a word and its stem a line.
//! 2. Stem each word.
//! 3. Write a table: how many agree, and the first that do not.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;
use support::{Failure, Outcome, Rows};
use undertone::{Language, Stemmer};

const HELP: &str = "\
Usage: stemmers FOLDER [--differ N]

Reads FOLDER/LANGUAGE.jsonl or .jsonl.gz for each language that has a stemmer, one object a line with
a `word` and its `stem` as Snowball gives it. Writes a table in Markdown: words, the share on which
each stemmer agrees, and words on which it does not. With `--features frostem` today's algorithms are
in the table too.

  --differ N     how many differing words to show; 5 unless given
  -h, --help     this help";

struct Options {
    folder: PathBuf,
    differ: usize,
}

/// How one stemmer does on one vocabulary.
struct Score {
    engine: String,
    agree: usize,
    differ: Vec<String>,
}

fn main() -> ExitCode {
    support::run(|| options()?.map_or(Ok(()), |options| compare(&options)))
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let (mut folder, mut differ) = (None, 5);
    while let Some(arg) = args.next()? {
        match arg {
            Long("differ") => differ = args.value()?.parse()?,
            Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(None);
            }
            _ => return Err(arg.unexpected().into()),
        }
    }
    let folder = folder.ok_or_else(|| Failure::new("FOLDER is missing; try --help"))?;
    Ok(Some(Options { folder, differ }))
}

fn compare(options: &Options) -> Outcome<()> {
    println!("| language | stemmer | words | agree | differ | such as (ours, Snowball's) |");
    println!("| --- | --- | ---: | ---: | ---: | --- |");
    let mut found = false;
    for (language, path) in vocabularies(&options.folder)? {
        found = true;
        let (words, scores) = scores(language, &path, options.differ)?;
        for score in scores {
            let share = 100.0 * score.agree as f64 / words.max(1) as f64;
            let (engine, differ) = (score.engine, words - score.agree);
            let shown = score.differ.join(", ");
            println!("| {language} | {engine} | {words} | {share:.2} % | {differ} | {shown} |");
        }
    }
    let none = || format!("{}: expected files such as english.jsonl", options.folder.display());
    if found { Ok(()) } else { Err(Failure::new(none())) }
}

/// The files of a folder that are named as a language, in alphabetical order.
fn vocabularies(folder: &Path) -> Outcome<BTreeMap<Language, PathBuf>> {
    let failed = |error| Failure::new(format!("{}: {error}", folder.display()));
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let stem = name.strip_suffix(".gz").unwrap_or(&name).strip_suffix(".jsonl");
        let named = |language: &&Language| Some(&*language.to_string().to_lowercase()) == stem;
        if let Some(&language) = Language::ALL.iter().find(named) {
            found.insert(language, path);
        }
    }
    Ok(found)
}

/// How many words a vocabulary has, and how each stemmer does on them.
fn scores(language: Language, path: &Path, shown: usize) -> Outcome<(usize, Vec<Score>)> {
    let stemmers = stemmers(language);
    let engine = |stemmer: &Stemmer| stemmer.name().split('/').next().unwrap_or("").to_string();
    let empty = |stemmer| Score { engine: engine(stemmer), agree: 0, differ: Vec::new() };
    let mut scores: Vec<_> = stemmers.iter().map(empty).collect();
    let mut words = 0;
    for row in Rows::open(path)? {
        let row = row?;
        let (word, expected) = (row.text("word")?, row.text("stem")?);
        words += 1;
        for (stemmer, score) in stemmers.iter().zip(&mut scores) {
            let stem = stemmer.stem(word);
            if stem == expected {
                score.agree += 1;
            } else if score.differ.len() < shown {
                score.differ.push(format!("{word} ({stem}, {expected})"));
            }
        }
    }
    Ok((words, scores))
}

#[cfg(feature = "frostem")]
fn stemmers(language: Language) -> Vec<Stemmer> {
    let mut stemmers = vec![Stemmer::new(language), Stemmer::current(language)];
    stemmers.dedup_by_key(|stemmer| stemmer.name());
    stemmers
}

#[cfg(not(feature = "frostem"))]
fn stemmers(language: Language) -> Vec<Stemmer> {
    vec![Stemmer::new(language)]
}
