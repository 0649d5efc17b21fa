//! What stands in a line, and in which column?

use super::header::Header;
use super::value::{Value, whole};
use crate::{Error, Result};

/// A fault at a line and column, both counted from 1.
pub(super) fn fault(line: usize, column: usize, message: impl Into<String>) -> Error {
    Error::table(line, column, message)
}

/// The beginning of what was found, for a message.
pub(super) fn shown(found: &[u8]) -> String {
    let text = String::from_utf8_lossy(found);
    match text.char_indices().nth(40) {
        _ if found.is_empty() => "missing".to_string(),
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// The words of a line. A return before the line's end is white space, so both line ends are read.
#[derive(Clone, Copy)]
pub(super) struct Fields<'l> {
    line: &'l [u8],
    at: usize,
}

impl<'l> Fields<'l> {
    pub(super) fn of(line: &'l [u8]) -> Self {
        Self { line: line.trim_ascii_end(), at: 0 }
    }

    /// The column of the next word, in bytes counted from 1; that behind the line if there is none.
    pub(super) fn column(&self) -> usize {
        self.skip() + 1
    }

    fn skip(&self) -> usize {
        let mut at = self.at;
        while at < self.line.len() && self.line[at].is_ascii_whitespace() {
            at += 1;
        }
        at
    }

    /// The next word; nothing at the end of the line.
    pub(super) fn next(&mut self) -> Option<&'l [u8]> {
        let start = self.skip();
        let mut end = start;
        while end < self.line.len() && !self.line[end].is_ascii_whitespace() {
            end += 1;
        }
        self.at = end;
        (start < end).then(|| &self.line[start..end])
    }

    /// An error if something follows.
    pub(super) fn end(mut self, line: usize) -> Result<()> {
        let column = self.column();
        match self.next() {
            None => Ok(()),
            Some(more) => Err(fault(line, column, format!("{} is too much", shown(more)))),
        }
    }
}

/// An entry, its row and column counted from 0, and its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<T> {
    pub(super) line: usize,
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) value: T,
}

/// The entry of a line that is neither blank nor a comment.
pub(super) fn entry<T: Value>(text: &[u8], line: usize, header: &Header) -> Result<Entry<T>> {
    if let Some((row, column, value)) = plain_entry(text, header) {
        return Ok(Entry { line, row, column, value });
    }
    let mut fields = Fields::of(text);
    let row = place(&mut fields, line, "row", header.n_rows)?;
    let column = place(&mut fields, line, "column", header.n_cols)?;
    let value = if header.pattern {
        T::PATTERN
    } else {
        let start = fields.column();
        let found = fields.next().unwrap_or_default();
        let expected = || format!("the value is {}, but must be {}", shown(found), T::EXPECTED);
        T::parse(found).ok_or_else(|| fault(line, start, expected()))?
    };
    fields.end(line)?;
    Ok(Entry { line, row, column, value })
}

/// The entry of a line without a fault that is written as nearly all are: single spaces, nothing around.
fn plain_entry<T: Value>(text: &[u8], header: &Header) -> Option<(u32, u32, T)> {
    let mut at = 0;
    let mut place = |n: usize| {
        let mut number = 0_u64;
        // A number of more digits would not fit the range.
        while let Some(digit @ b'0'..=b'9') = text.get(at)
            && u32::try_from(number).is_ok()
        {
            number = number * 10 + u64::from(digit - b'0');
            at += 1;
        }
        at += 1;
        let fits = text.get(at - 1) == Some(&b' ') && (1..=n as u64).contains(&number);
        fits.then(|| (number - 1) as u32)
    };
    let (row, column) = (place(header.n_rows)?, place(header.n_cols)?);
    if header.pattern {
        return None;
    }
    let value = text.get(at..)?;
    let value = value.strip_suffix(b"\r").unwrap_or(value);
    Some((row, column, T::parse(value)?))
}

/// A row or column, counted from 1 in the file and from 0 here; there are less than 2^32.
fn place(fields: &mut Fields<'_>, line: usize, what: &str, n: usize) -> Result<u32> {
    let start = *fields;
    let found = fields.next().unwrap_or_default();
    match whole(found) {
        Some(number) if (1..=n as u64).contains(&number) => Ok((number - 1) as u32),
        _ => {
            let message = format!("the {what} is {}, but must be in 1..={n}", shown(found));
            Err(fault(line, start.column(), message))
        }
    }
}

/// Whether a line holds an entry.
pub(super) fn counts(line: &[u8]) -> bool {
    match line.first() {
        Some(b'0'..=b'9') => true,
        Some(b'%') | None => false,
        Some(_) => !line.iter().all(u8::is_ascii_whitespace),
    }
}
