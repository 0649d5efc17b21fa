//! JSON Lines, one object a line.

use std::fmt::Display;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use memchr::memchr;
use serde::Serialize;
use serde_json::{Number, Value};

use super::fields::fields;
use super::source::{open, shown};
use super::{Failure, Outcome};

/// One object of a JSON Lines file, with its place.
#[derive(Debug)]
pub struct Row {
    file: Arc<str>,
    line: usize,
    fields: Vec<(Arc<str>, Value)>,
}

/// A text or number that names a row.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Id {
    Text(String),
    Number(Number),
}

impl Row {
    /// A field; of several of one name the last.
    fn get(&self, field: &str) -> Option<&Value> {
        self.fields.iter().rev().find(|(name, _)| **name == *field).map(|(_, value)| value)
    }

    /// A text field.
    pub fn text(&self, field: &str) -> Outcome<&str> {
        match self.get(field) {
            Some(Value::String(text)) => Ok(text),
            found => Err(self.unexpected(&format!("a text in field `{field}`"), found)),
        }
    }

    /// What names the row, and a text field, without a copy.
    pub fn into_id_and_text(mut self, id: &str, text: &str) -> Outcome<(Id, String)> {
        let named = if id == text { self.get(id).cloned() } else { self.take(id) };
        let id = match named {
            Some(Value::String(id)) => Id::Text(id),
            Some(Value::Number(id)) => Id::Number(id),
            found => return Err(self.no_id(id, found.as_ref())),
        };
        match self.take(text) {
            Some(Value::String(text)) => Ok((id, text)),
            found => Err(self.unexpected(&format!("a text in field `{text}`"), found.as_ref())),
        }
    }

    fn take(&mut self, field: &str) -> Option<Value> {
        let found = self.fields.iter_mut().rev().find(|(name, _)| **name == *field);
        found.map(|(_, value)| value.take())
    }

    /// Whether a field is there and not null.
    pub fn has(&self, field: &str) -> bool {
        self.get(field).is_some_and(|value| !value.is_null())
    }

    /// A text field that may be missing or null.
    pub fn optional_text(&self, field: &str) -> Outcome<Option<&str>> {
        match self.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(field).map(Some),
        }
    }

    /// A whole number, at least 0, that may be missing or null.
    pub fn optional_count(&self, field: &str) -> Outcome<Option<usize>> {
        match self.get(field) {
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
        match self.get(field) {
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
        match self.get(field) {
            Some(id @ (Value::String(_) | Value::Number(_))) => Ok(id.clone()),
            found => Err(self.no_id(field, found)),
        }
    }

    fn no_id(&self, field: &str, found: Option<&Value>) -> Failure {
        self.unexpected(&format!("a text or number in field `{field}`"), found)
    }

    /// A failure that names the row's file and line.
    pub fn fault(&self, message: impl Display) -> Failure {
        Failure::new(format!("{}:{}: {message}", self.file, self.line))
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
    /// A line that does not lie in one piece.
    buffer: Vec<u8>,
    reader: Reader,
}

impl Rows {
    pub fn open(path: &Path) -> Outcome<Self> {
        Ok(Self::of(&shown(path), open(path)?))
    }

    fn of(name: &str, source: Box<dyn BufRead>) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            reader: Reader { name: name.into(), line: 0, kept: None },
        }
    }

    /// Keeps only these fields; what the others hold is checked and dropped.
    pub fn keeping<'n>(mut self, names: impl IntoIterator<Item = &'n str>) -> Self {
        self.reader.kept = Some(names.into_iter().map(Arc::from).collect());
        self
    }

    /// Rows of a text that is part of the program.
    pub fn embedded(name: &str, text: &'static str) -> Self {
        Self::of(name, Box::new(text.as_bytes()))
    }

    /// Rows of anything that can be read, with its name in messages.
    pub fn of_reader(name: &str, source: impl Read + 'static) -> Self {
        Self::of(name, Box::new(BufReader::new(source)))
    }
}

impl Iterator for Rows {
    type Item = Outcome<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        let Self { source, buffer, reader } = self;
        loop {
            reader.line += 1;
            // Mostly all of the line is there, and is read where it stands.
            let there = match source.fill_buf() {
                Ok(there) => there,
                Err(error) if error.kind() == ErrorKind::Interrupted => &[],
                Err(error) => return Some(Err(reader.failure(error))),
            };
            let row = if let Some(end) = memchr(b'\n', there) {
                let row = reader.row(&there[..=end]);
                source.consume(end + 1);
                row
            } else {
                buffer.clear();
                match source.read_until(b'\n', buffer) {
                    Err(error) => return Some(Err(reader.failure(error))),
                    Ok(0) => return None,
                    Ok(_) => reader.row(buffer),
                }
            };
            if row.is_some() {
                return row;
            }
        }
    }
}

/// Reads one line after the other.
struct Reader {
    name: Arc<str>,
    /// The number of the line, from 1 on.
    line: usize,
    kept: Option<Vec<Arc<str>>>,
}

impl Reader {
    /// The row of a line; none if that is blank.
    fn row(&self, line: &[u8]) -> Option<Outcome<Row>> {
        let mark: &[u8] = if self.line == 1 { b"\xEF\xBB\xBF" } else { b"" };
        let line = line.strip_prefix(mark).unwrap_or(line);
        (!line.iter().all(u8::is_ascii_whitespace)).then(|| self.parse(line))
    }

    fn parse(&self, line: &[u8]) -> Outcome<Row> {
        let place = || format!("{}:{}", self.name, self.line);
        let line = std::str::from_utf8(line).map_err(|_| {
            Failure::new(format!("{}: expected UTF-8, found another encoding", place()))
        })?;
        match fields(line, self.kept.as_deref()) {
            Ok(fields) => Ok(Row { file: Arc::clone(&self.name), line: self.line, fields }),
            Err(_) => Err(match serde_json::from_str::<Value>(line) {
                Ok(other) => {
                    let found = brief(&other.to_string());
                    Failure::new(format!("{}: expected a JSON object, found `{found}`", place()))
                }
                Err(error) => {
                    // The column is the parser's; its line is always 1 here.
                    let (column, found) = (error.column(), brief(line.trim()));
                    let expected = format!("expected a JSON object, found `{found}`");
                    Failure::new(format!("{}:{column}: {expected}", place()))
                }
            }),
        }
    }
    fn failure(&self, error: impl Display) -> Failure {
        Failure::new(format!("{}:{}: {error}", self.name, self.line))
    }
}
