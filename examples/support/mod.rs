//! What the example programs share: reading files and JSON Lines, failing with one clear line, progress.

#![allow(dead_code, unreachable_pub, unused_imports)] // Each example uses a part of this module.

mod ahead;
mod fields;
mod memory;
mod rows;
mod source;

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use undertone::{CountParams, DocFreq, Evidence, Rule, Voice};

pub use self::memory::large_pages;
pub use self::rows::{Id, Row, Rows};
pub use self::source::read_text;

/// Terms of one article join nothing, and terms of more than half of them tell nothing apart; in a
/// handful of articles both may be all there is.
pub fn pruning(n_articles: usize) -> CountParams {
    const HANDFUL: usize = 20;
    match n_articles {
        ..HANDFUL => CountParams::default(),
        _ => {
            CountParams::default().min_doc_freq(DocFreq::Docs(2)).max_doc_freq(DocFreq::Share(0.5))
        }
    }
}

/// Reads the whole number that an option was given.
pub fn number<T: std::str::FromStr>(option: &str, text: &str) -> Outcome<T> {
    let message = || Failure::new(format!("{option} is `{text}`, but must be a whole number"));
    text.trim().parse().map_err(|_| message())
}

/// One line that says what is wrong, where, and what was expected.
#[derive(Debug)]
pub struct Failure {
    message: String,
    /// Nobody reads our output any more: no fault.
    closed_pipe: bool,
}

pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub fn new(message: impl Display) -> Self {
        Self { message: message.to_string(), closed_pipe: false }
    }
}

impl From<undertone::Error> for Failure {
    fn from(error: undertone::Error) -> Self {
        Self::new(error)
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::new(format!("{error}; try --help"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { closed_pipe: error.kind() == io::ErrorKind::BrokenPipe, ..Self::new(error) }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::from(io::Error::from(error))
    }
}

/// Runs an example: a failure is one line on standard error and exit code 2.
pub fn run(example: impl FnOnce() -> Outcome<()>) -> ExitCode {
    memory::keep();
    // The thread that reads is one of those that work: what it frees, they use again.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    match example() {
        Err(failure) if !failure.closed_pipe => {
            eprintln!("error: {}", failure.message.replace('\n', " "));
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Turns bytes of a text into characters, from marks every so many bytes.
pub struct Characters<'t> {
    text: &'t str,
    /// How many characters stand before each mark.
    marks: Vec<usize>,
}

impl<'t> Characters<'t> {
    const STEP: usize = 1024;

    pub fn of(text: &'t str) -> Self {
        let starts = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        let mut before = 0;
        let marks = text.as_bytes().chunks(Self::STEP).map(|chunk| {
            before += starts(chunk);
            before - starts(chunk)
        });
        Self { marks: marks.collect(), text }
    }

    /// How many characters begin before a byte.
    fn before(&self, byte: usize) -> usize {
        let mark = byte / Self::STEP;
        let Some(&before) = self.marks.get(mark) else { return self.text.chars().count() };
        let rest = &self.text.as_bytes()[mark * Self::STEP..byte];
        before + rest.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
    }

    /// Evidence as JSON, places counted in characters of the text.
    pub fn reasons(&self, evidence: &[Evidence<'_>]) -> Vec<Value> {
        let each = evidence.iter().map(|reason| {
            let range = reason.range();
            let rules: Vec<_> = reason.rules().iter().map(Rule::name).collect();
            json!({
                "sentence": reason.sentence(),
                "from": self.before(range.start),
                "to": self.before(range.end),
                "words": reason.words(),
                "entry": reason.entry().text(),
                "contribution": reason.contribution(),
                "rules": rules,
                "speaker": match reason.voice() {
                    Voice::Writer => Some("writer"),
                    Voice::Speaker(name) => Some(name),
                    _ => None,
                },
            })
        });
        each.collect()
    }
}

/// `1..2`; the crate says which ranges make sense.
pub fn ngrams(lengths: &str) -> Outcome<RangeInclusive<usize>> {
    let bounds = lengths.split_once("..").and_then(|(shortest, longest)| {
        let longest = longest.strip_prefix('=').unwrap_or(longest);
        Some(shortest.parse().ok()?..=longest.parse().ok()?)
    });
    bounds.ok_or_else(|| Failure::new(format!("--ngrams is `{lengths}`, but must be like 1..2")))
}

/// A file to write, with its path in messages.
pub fn create(path: &Path) -> Outcome<BufWriter<File>> {
    let file = File::create(path);
    file.map(BufWriter::new).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// Writes a value as indented JSON and a line break.
pub fn write_json(mut out: impl Write, value: &impl serde::Serialize) -> Outcome<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Counts what is done on standard error, if that is a terminal.
pub fn progress(what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} {per_sec}");
    let bar = ProgressBar::no_length().with_message(what);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
