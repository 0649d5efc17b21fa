//! What does the head of a file promise?

use super::lines::{Fields, fault, shown};
use super::value::whole;
use crate::{Error, Result};

/// Rows without an entry that are read at most, so that a false head takes no memory.
const MAX_EMPTY_ROWS: u64 = 1 << 24;

/// The size that a file names, and where it does so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub(super) n_rows: usize,
    pub(super) n_cols: usize,
    pub(super) n_entries: u64,
    /// Whether entries have no value.
    pub(super) pattern: bool,
    pub(super) line: usize,
}

/// Reads the first line; whether entries have no value.
pub(super) fn banner(line: &[u8]) -> Result<bool> {
    let expected: [(&str, &[&str]); 5] = [
        ("the head of the file", &["%%MatrixMarket"]),
        ("the object", &["matrix"]),
        ("the format", &["coordinate"]),
        ("the type of values", &["integer", "real", "pattern"]),
        ("the symmetry", &["general"]),
    ];
    let mut fields = Fields::of(line);
    let mut found: &[u8] = b"";
    // The field is the last but one.
    let mut values: &[u8] = b"";
    for (what, words) in expected {
        let column = fields.column();
        values = found;
        found = fields.next().unwrap_or_default();
        if !words.iter().any(|word| found.eq_ignore_ascii_case(word.as_bytes())) {
            let (found, read) = (shown(found), words.join(", "));
            return Err(fault(1, column, format!("{what} is {found}; read is: {read}")));
        }
    }
    fields.end(1)?;
    Ok(values.eq_ignore_ascii_case(b"pattern"))
}

/// Reads the line that names the numbers of rows, columns and entries.
pub(super) fn size(text: &[u8], line: usize, pattern: bool) -> Result<Header> {
    let mut fields = Fields::of(text);
    let n_rows_column = fields.column();
    let mut number = |what: &str| -> Result<u64> {
        let column = fields.column();
        let found = fields.next().unwrap_or_default();
        let expected = || format!("the number of {what} is {}, no whole number", shown(found));
        whole(found).ok_or_else(|| fault(line, column, expected()))
    };
    let (n_rows, n_cols, n_entries) = (number("rows")?, number("columns")?, number("entries")?);
    fields.end(line)?;
    let limit = |message| Err::<Header, Error>(fault(line, n_rows_column, message));
    if n_rows > u64::from(u32::MAX) {
        return limit(format!("{n_rows} rows, but at most {} are read", u32::MAX));
    }
    if n_rows.saturating_sub(n_entries) > MAX_EMPTY_ROWS {
        let rows = format!("{n_rows} rows with {n_entries} entries");
        return limit(format!("{rows}: at most {MAX_EMPTY_ROWS} rows without an entry are read"));
    }
    let n_cols = usize::try_from(n_cols).unwrap_or(usize::MAX);
    Ok(Header { n_rows: n_rows as usize, n_cols, n_entries, pattern, line })
}
