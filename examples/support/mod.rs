//! What the example programs share: reading JSON Lines, failing with one clear line, progress.

#![allow(dead_code, unreachable_pub)] // Each example uses a part of this module.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::ops::{Range, RangeInclusive};
use std::path::Path;
use std::process::ExitCode;

use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value, json};
use undertone::{CountParams, DocFreq, Evidence, Rule, Voice};

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
    match example() {
        Err(failure) if !failure.closed_pipe => {
            eprintln!("error: {}", failure.message.replace('\n', " "));
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// What to call a file in messages.
fn shown(path: &Path) -> String {
    if is_standard_input(path) { "standard input".into() } else { path.display().to_string() }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Opens a file, or standard input for `-`; gzip is told by its first bytes.
fn open(path: &Path) -> Outcome<Box<dyn BufRead>> {
    let failed = |error: io::Error| Failure::new(format!("{}: {error}", shown(path)));
    let source: Box<dyn Read> = if is_standard_input(path) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(failed)?)
    };
    let mut source = BufReader::with_capacity(1 << 16, source);
    let gzip = source.fill_buf().map_err(failed)?.starts_with(&[0x1F, 0x8B]);
    Ok(if gzip { Box::new(BufReader::new(MultiGzDecoder::new(source))) } else { Box::new(source) })
}

/// The text of a file or of standard input.
pub fn read_text(path: &Path) -> Outcome<String> {
    let mut bytes = Vec::new();
    let read = open(path)?.read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("{}: {error}", shown(path))))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|&byte| byte == b'\n').count();
        Failure::new(format!("{}:{line}: expected UTF-8, found another encoding", shown(path)))
    })
}

/// One object of a JSON Lines file, with its place.
#[derive(Debug)]
pub struct Row {
    place: String,
    fields: Map<String, Value>,
}

impl Row {
    /// A text field.
    pub fn text(&self, field: &str) -> Outcome<&str> {
        match self.fields.get(field) {
            Some(Value::String(text)) => Ok(text),
            found => Err(self.unexpected(&format!("a text in field `{field}`"), found)),
        }
    }

    /// A text field, without a copy.
    pub fn into_text(mut self, field: &str) -> Outcome<String> {
        match self.fields.get_mut(field).map(Value::take) {
            Some(Value::String(text)) => Ok(text),
            found => Err(self.unexpected(&format!("a text in field `{field}`"), found.as_ref())),
        }
    }

    /// Whether a field is there and not null.
    pub fn has(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|value| !value.is_null())
    }

    /// A text field that may be missing or null.
    pub fn optional_text(&self, field: &str) -> Outcome<Option<&str>> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(field).map(Some),
        }
    }

    /// A whole number, at least 0, that may be missing or null.
    pub fn optional_count(&self, field: &str) -> Outcome<Option<usize>> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            found => {
                let count =
                    found.and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
                let expected =
                    || self.unexpected(&format!("a whole number in field `{field}`"), found);
                count.map(Some).ok_or_else(expected)
            }
        }
    }

    /// A number that may be missing or null.
    pub fn optional_number(&self, field: &str) -> Outcome<Option<f64>> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            found => {
                let expected = || self.unexpected(&format!("a number in field `{field}`"), found);
                found.and_then(Value::as_f64).map(Some).ok_or_else(expected)
            }
        }
    }

    /// The bytes of a span of `text` that is given in characters; none if neither field is there.
    pub fn span(&self, text: &str, from: &str, to: &str) -> Outcome<Option<Range<usize>>> {
        match (self.optional_count(from)?, self.optional_count(to)?) {
            (None, None) => Ok(None),
            (Some(first), Some(last)) => {
                let byte = |at: usize| {
                    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(at)
                };
                match (byte(first), byte(last)) {
                    (Some(start), Some(end)) if start < end => Ok(Some(start..end)),
                    _ => Err(self.fault(format!(
                        "expected `{from}` below `{to}` within the {} characters of the text, found {first} and {last}",
                        text.chars().count()
                    ))),
                }
            }
            _ => Err(self.fault(format!("expected both `{from}` and `{to}`, or neither"))),
        }
    }

    /// A text or number that names the row, as it stands.
    pub fn id(&self, field: &str) -> Outcome<Value> {
        match self.fields.get(field) {
            Some(id @ (Value::String(_) | Value::Number(_))) => Ok(id.clone()),
            found => Err(self.unexpected(&format!("a text or number in field `{field}`"), found)),
        }
    }

    /// A failure that names the row's file and line.
    pub fn fault(&self, message: impl Display) -> Failure {
        Failure::new(format!("{}: {message}", self.place))
    }

    fn unexpected(&self, expected: &str, found: Option<&Value>) -> Failure {
        let found = match found {
            None => "no such field".to_string(),
            Some(value) => brief(&value.to_string()),
        };
        self.fault(format!("expected {expected}, found {found}"))
    }
}

/// The start of a value, for a message.
fn brief(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// Reads JSON Lines, one object a line; blank lines are passed over.
pub struct Rows {
    source: Box<dyn BufRead>,
    name: String,
    line: usize,
    buffer: Vec<u8>,
}

impl Rows {
    pub fn open(path: &Path) -> Outcome<Self> {
        Ok(Self { source: open(path)?, name: shown(path), line: 0, buffer: Vec::new() })
    }

    /// Rows of a text that is part of the program.
    pub fn embedded(name: &str, text: &'static str) -> Self {
        Self { source: Box::new(text.as_bytes()), name: name.into(), line: 0, buffer: Vec::new() }
    }

    /// Rows of anything that can be read, with its name in messages.
    pub fn of_reader(name: &str, source: impl Read + 'static) -> Self {
        let source = Box::new(BufReader::new(source));
        Self { source, name: name.into(), line: 0, buffer: Vec::new() }
    }

    fn parse(&self, line: &[u8]) -> Outcome<Row> {
        let place = format!("{}:{}", self.name, self.line);
        let line = std::str::from_utf8(line).map_err(|_| {
            Failure::new(format!("{place}: expected UTF-8, found another encoding"))
        })?;
        let value = serde_json::from_str(line).map_err(|error| {
            // The column is the parser's; its line is always 1 here.
            let column = error.column();
            Failure::new(format!(
                "{place}:{column}: expected a JSON object, found `{}`",
                brief(line.trim())
            ))
        })?;
        match value {
            Value::Object(fields) => Ok(Row { place, fields }),
            other => {
                let found = brief(&other.to_string());
                Err(Failure::new(format!("{place}: expected a JSON object, found `{found}`")))
            }
        }
    }
}

impl Iterator for Rows {
    type Item = Outcome<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.buffer.clear();
            self.line += 1;
            match self.source.read_until(b'\n', &mut self.buffer) {
                Err(error) => {
                    return Some(Err(Failure::new(format!(
                        "{}:{}: {error}",
                        self.name, self.line
                    ))));
                }
                Ok(0) => return None,
                Ok(_) => {}
            }
            let start =
                if self.line == 1 && self.buffer.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            let line = &self.buffer[start..];
            if !line.iter().all(u8::is_ascii_whitespace) {
                return Some(self.parse(line));
            }
        }
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
