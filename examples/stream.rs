//! Weighs a corpus of any size in two passes, each article written as soon as it is weighed.
//!
//! 1. Read the articles once and learn the vocabulary: in how many of them does each term occur?
//! 2. Read them again, batch by batch: count, weigh, write.
//!
//! Memory follows the vocabulary and the weights of one batch, never the text.

mod support;

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use lexopt::prelude::*;
use serde_json::{Value, json};
use support::{Failure, Outcome, Row, Rows};
use undertone::{
    Analyzer, CountParams, DocFreq, Tf, TfIdf, TfIdfMatrix, TfIdfParams, Vocabulary,
    VocabularyBuilder,
};

const HELP: &str = "\
Usage: stream --input FILE.jsonl[.gz] --out FILE.jsonl [--plain] [--sublinear] [--ngrams 1..2] [--min-df N]
              [--max-df N] [--max-terms N] [--vocabulary FILE.tsv]

Reads one JSON object a line, twice, and writes a line for each article as soon as it is weighed:
  {\"id\":7,\"weights\":{\"oil\":0.6,\"price\":0.8}}
Terms stand sorted. Weights are raw counts times ln((1 + n) / (1 + df)) + 1, each row of length 1. Memory follows the
distinct terms and one batch of 32 MB of text (more only if one article is longer), however long the corpus is.

  --input FILE         one article a line, gzip or not; `-` reads standard input. What can be read only once is kept in
                       a temporary file for the second pass
  --out FILE           where to write; `-` writes to standard output
  --text-field NAME    the field that holds the text; `text` unless given
  --id-field NAME      the field that names the article; `id` unless given. Articles without `id` get their number, from 1
  --plain              lowercase words: no stop words, no stems
  --sublinear          1 + ln(count) in place of the count
  --ngrams A..B        runs of A to B terms, B included; 1..1 unless given. Memory follows the distinct runs
  --min-df N           drops terms of fewer articles: a number, or a share such as 0.01; 1 unless given
  --max-df N           drops terms of more articles: a number, or a share such as 0.5; 1.0 unless given
  --max-terms N        keeps the N terms that occur most often
  --vocabulary FILE    writes a line for each term: term, form to show, articles, occurrences; tabs between them
  -h, --help           this help";

/// Text that is held at once in the second pass, in bytes.
const BATCH: usize = 32 << 20;

struct Options {
    input: PathBuf,
    out: PathBuf,
    text_field: String,
    id_field: Option<String>,
    analyzer: Analyzer,
    counts: CountParams,
    weights: TfIdfParams,
    vocabulary: Option<PathBuf>,
}

fn main() -> ExitCode {
    support::run(example)
}

fn options() -> Outcome<Option<Options>> {
    let mut args = lexopt::Parser::from_env();
    let (mut input, mut out) = (None::<PathBuf>, None::<PathBuf>);
    let (mut id_field, mut vocabulary) = (None, None::<PathBuf>);
    let mut text_field = "text".to_string();
    let mut analyzer = Analyzer::english();
    let (mut counts, mut weights) = (CountParams::default(), TfIdfParams::textbook());
    while let Some(arg) = args.next()? {
        match arg {
            Long("input") => input = Some(args.value()?.into()),
            Long("out") => out = Some(args.value()?.into()),
            Long("text-field") => text_field = args.value()?.string()?,
            Long("id-field") => id_field = Some(args.value()?.string()?),
            Long("plain") => analyzer = Analyzer::plain(),
            Long("sublinear") => weights = weights.tf(Tf::Sublinear),
            Long("ngrams") => counts = counts.ngrams(support::ngrams(&args.value()?.string()?)?),
            Long("min-df") => {
                counts = counts.min_doc_freq(doc_freq("min-df", &args.value()?.string()?)?);
            }
            Long("max-df") => {
                counts = counts.max_doc_freq(doc_freq("max-df", &args.value()?.string()?)?);
            }
            Long("max-terms") => {
                let most = args.value()?.string()?;
                let most = most.parse().map_err(|_| {
                    Failure::new(format!("--max-terms is `{most}`, but must be a whole number"))
                })?;
                counts = counts.max_terms(most);
            }
            Long("vocabulary") => vocabulary = Some(args.value()?.into()),
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
    for written in [Some(&out), vocabulary.as_ref()].into_iter().flatten() {
        // The second pass would read what the first one left of it.
        if let (Ok(read), Ok(same)) = (input.canonicalize(), written.canonicalize())
            && read == same
        {
            let message = format!("{}: cannot be read and written at once", written.display());
            return Err(Failure::new(message));
        }
    }
    if vocabulary.as_ref() == Some(&out) {
        let message = format!("{}: named by both --out and --vocabulary", out.display());
        return Err(Failure::new(message));
    }
    Ok(Some(Options { input, out, text_field, id_field, analyzer, counts, weights, vocabulary }))
}

/// `5` articles, or a share of them: `0.05`.
fn doc_freq(name: &str, value: &str) -> Outcome<DocFreq> {
    let docs = value.parse().map(DocFreq::Docs).ok();
    docs.or_else(|| value.parse().map(DocFreq::Share).ok()).ok_or_else(|| {
        let must = "but must be a whole number or a share such as 0.05";
        Failure::new(format!("--{name} is `{value}`, {must}"))
    })
}

fn example() -> Outcome<()> {
    let Some(options) = options()? else { return Ok(()) };
    // A file that cannot be written is found out before the first pass, not after it.
    let out: Box<dyn Write> = if options.out.as_os_str() == "-" {
        Box::new(io::stdout().lock())
    } else {
        Box::new(support::create(&options.out)?)
    };
    let (vocabulary, again) = learn(&options)?;
    if let Some(path) = &options.vocabulary {
        write_vocabulary(path, &vocabulary).map_err(|error| failed(path, &error))?;
    }
    let tfidf = options.weights.fit_vocabulary(&vocabulary)?;
    let articles = match again {
        Again::File => Articles::of_input(&options)?,
        Again::Spool(spool) => Articles::of_spool(spool),
    };
    weigh(&options, &tfidf, articles, out)
}

/// Where the second pass reads.
enum Again {
    File,
    /// What was read, in a file without a name: it goes away with the program.
    Spool(File),
}

/// The first pass.
fn learn(options: &Options) -> Outcome<(Arc<Vocabulary>, Again)> {
    let read_once = !fs::metadata(&options.input).is_ok_and(|file| file.is_file());
    let mut articles = Articles::of_input(options)?;
    let spooling = |error: io::Error| Failure::new(format!("temporary file: {error}"));
    let spool = read_once.then(tempfile::tempfile).transpose().map_err(spooling)?;
    let mut spool = spool.map(BufWriter::new);
    let bar = support::progress("articles read:");
    let mut fault = None;
    let mut builder = VocabularyBuilder::new(&options.analyzer, options.counts.clone());
    // Whether the settings can be used, before reading for an hour.
    builder.doc_freqs()?;
    let kept = |spool: &mut BufWriter<File>, id: &Value, text: &str| {
        serde_json::to_writer(&mut *spool, &json!({"id": id, "text": text}))?;
        writeln!(spool)
    };
    builder.push_all(articles.by_ref().map_while(|article| {
        let article = article.and_then(|(id, text)| {
            if let Some(spool) = &mut spool {
                kept(spool, &id, &text).map_err(spooling)?;
            }
            Ok(text)
        });
        bar.inc(1);
        article.map_err(|error| fault = Some(error)).ok()
    }));
    bar.finish_and_clear();
    if let Some(fault) = fault {
        return Err(fault);
    }
    if builder.n_docs() == 0 {
        return Err(Failure::new(format!(
            "{}: expected at least one article, found none",
            options.input.display()
        )));
    }
    let vocabulary = builder.finish()?;
    let Some(spool) = spool else { return Ok((vocabulary, Again::File)) };
    let mut spool = spool.into_inner().map_err(|error| spooling(error.into_error()))?;
    spool.rewind().map_err(spooling)?;
    Ok((vocabulary, Again::Spool(spool)))
}

/// The second pass.
fn weigh(options: &Options, tfidf: &TfIdf, mut articles: Articles, out: impl Write) -> Outcome<()> {
    let bar = support::progress("articles weighed:");
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let on_error = |error: io::Error| {
        if options.out.as_os_str() == "-" { error.into() } else { failed(&options.out, &error) }
    };
    let mut counter = tfidf.vocabulary().counter(&options.analyzer);
    let mut n_docs = 0;
    loop {
        let batch = batch(&mut articles)?;
        if batch.is_empty() {
            break;
        }
        let texts = batch.iter().map(|(_, text)| text);
        let weights = tfidf.transform(&counter.count(texts))?;
        n_docs += batch.len();
        bar.inc(batch.len() as u64);
        write(&mut out, batch.iter().map(|(id, _)| id), &weights).map_err(on_error)?;
    }
    out.flush().map_err(on_error)?;
    bar.finish_and_clear();
    if n_docs != tfidf.n_docs() {
        let (input, first) = (options.input.display(), tfidf.n_docs());
        let message = format!("{input}: changed: {first} articles at first, then {n_docs}");
        return Err(Failure::new(message));
    }
    Ok(())
}

/// Articles until they have [`BATCH`] bytes.
fn batch(articles: &mut Articles) -> Outcome<Vec<(Value, String)>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH
        && let Some(article) = articles.next()
    {
        let article = article?;
        bytes += article.1.len();
        batch.push(article);
    }
    Ok(batch)
}

fn write<'v>(
    out: &mut impl Write,
    ids: impl Iterator<Item = &'v Value>,
    weights: &TfIdfMatrix,
) -> io::Result<()> {
    let vocabulary = weights.vocabulary();
    for (id, row) in ids.zip(weights.rows()) {
        write!(out, "{{\"id\":{id},\"weights\":{{")?;
        for (index, (term, weight)) in row.enumerate() {
            if index > 0 {
                write!(out, ",")?;
            }
            serde_json::to_writer(&mut *out, vocabulary.term(term))?;
            write!(out, ":")?;
            serde_json::to_writer(&mut *out, &weight)?;
        }
        writeln!(out, "}}}}")?;
    }
    Ok(())
}

fn write_vocabulary(path: &Path, vocabulary: &Vocabulary) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for term in vocabulary.ids() {
        // Neither holds a tab: words of the built-in analyzer have no white space.
        let (name, written) = (vocabulary.term(term), vocabulary.written(term));
        writeln!(
            out,
            "{name}\t{written}\t{}\t{}",
            vocabulary.doc_freq(term),
            vocabulary.total(term)
        )?;
    }
    out.flush()
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

/// The articles of a file one after the other: name and text.
struct Articles {
    rows: Rows,
    text_field: String,
    id_field: Option<String>,
    n_read: usize,
}

impl Articles {
    fn of_input(options: &Options) -> Outcome<Self> {
        let rows = Rows::open(&options.input)?;
        let (text_field, id_field) = (options.text_field.clone(), options.id_field.clone());
        Ok(Self { rows, text_field, id_field, n_read: 0 })
    }

    fn of_spool(spool: File) -> Self {
        let rows = Rows::of_reader("temporary file", spool);
        Self { rows, text_field: "text".into(), id_field: Some("id".into()), n_read: 0 }
    }

    fn read(&self, row: &Row) -> Outcome<(Value, String)> {
        let id = match &self.id_field {
            Some(field) => row.id(field)?,
            None if row.has("id") => row.id("id")?,
            None => self.n_read.into(),
        };
        Ok((id, row.text(&self.text_field)?.to_string()))
    }
}

impl Iterator for Articles {
    type Item = Outcome<(Value, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        self.n_read += 1;
        Some(row.and_then(|row| self.read(&row)))
    }
}
