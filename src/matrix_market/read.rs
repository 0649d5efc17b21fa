//! Matrices from text.

use std::io::BufRead;
use std::sync::Arc;

use super::chunks::for_each_entry;
use super::header::{Header, banner, size};
use super::lines::{Entry, counts, fault};
use super::places::{Found, Placed};
use super::value::Value;
use crate::counts::Vocabulary;
use crate::{CountMatrix, Error, Result, TfIdfMatrix};

impl CountMatrix {
    /// Reads counts from text in the Matrix Market format, as
    /// [`write_matrix_market`](Self::write_matrix_market) and other programs write it: rows are
    /// documents, columns the terms of `vocabulary`.
    ///
    /// Read is `coordinate general` with values that are `integer`, `real` (if they are whole) or
    /// `pattern` (each 1); comments, blank lines, both line ends, entries in any order. Entries of one
    /// place add up, as in [`from_rows`](Self::from_rows), and the share of unknown terms is 0.
    /// Cost: linear in the text, on all threads; about 24 bytes of memory for each entry that the file
    /// holds, whatever its head promises.
    ///
    /// # Errors
    ///
    /// If the text is of another format, names columns that the vocabulary does not have, holds a
    /// count that is not in `1..=u32::MAX`, fewer or more entries than it promises, or more than
    /// 2^24 rows without an entry ([`Error::is_table`], with line and column); if reading fails
    /// ([`Error::is_io`]).
    ///
    /// ```
    /// use std::sync::Arc;
    /// use undertone::{Analyzer, CountMatrix, CountParams};
    ///
    /// let docs = ["rain and more rain", "more snow"];
    /// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
    /// let mut text = Vec::new();
    /// counts.write_matrix_market(&mut text)?;
    /// let vocabulary = Arc::clone(counts.vocabulary());
    /// assert_eq!(CountMatrix::read_matrix_market(vocabulary, &text[..])?, counts);
    ///
    /// let text = &b"%%MatrixMarket matrix coordinate integer general\n1 4 1\n1 5 2\n"[..];
    /// let wrong = CountMatrix::read_matrix_market(Arc::clone(counts.vocabulary()), text);
    /// let message = "3:3: the column is `5`, but must be in 1..=4";
    /// assert_eq!(wrong.unwrap_err().to_string(), message);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn read_matrix_market(vocabulary: Arc<Vocabulary>, source: impl BufRead) -> Result<Self> {
        let mut found = Found::default();
        let header = read(
            source,
            |header| {
                let n_terms = vocabulary.len();
                let message =
                    || format!("{} columns, but the vocabulary has {n_terms} terms", header.n_cols);
                if header.n_cols == n_terms { Ok(()) } else { Err(message()) }
            },
            |entry| {
                found.push(entry);
                Ok(())
            },
        )?;
        Ok(Self::from_csr(vocabulary, found.into_rows(&header)?))
    }
}

impl TfIdfMatrix {
    /// Reads the weights of `counts` from text in the Matrix Market format, as
    /// [`write_matrix_market`](Self::write_matrix_market) writes it: a weight for every count, and
    /// none elsewhere.
    ///
    /// What was written comes back bit for bit. What is read is as by
    /// [`CountMatrix::read_matrix_market`], but a place may stand there once only. Cost: linear in the
    /// text, on all threads, and a binary search for each entry out of order.
    ///
    /// # Errors
    ///
    /// If the text is of another format or size, if a weight is negative or not finite, stands where
    /// nothing was counted, or twice ([`Error::is_table`], with line and column); if reading fails
    /// ([`Error::is_io`]).
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TfIdfMatrix};
    ///
    /// let docs = ["rain and more rain", "more snow"];
    /// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let mut text = Vec::new();
    /// weights.write_matrix_market(&mut text)?;
    /// assert_eq!(TfIdfMatrix::read_matrix_market(counts, &text[..])?, weights);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn read_matrix_market(counts: CountMatrix, source: impl BufRead) -> Result<Self> {
        let rows = counts.csr();
        let mut weights = Placed::new(rows);
        read(
            source,
            |header| {
                let of = |n_rows, n_cols, n_entries: u64| {
                    format!("{n_rows} rows, {n_cols} columns and {n_entries} entries")
                };
                let found = of(header.n_rows, header.n_cols, header.n_entries);
                let expected = of(rows.n_rows(), rows.n_cols(), rows.n_entries() as u64);
                let message = || format!("{found}, but the counts have {expected}");
                if found == expected { Ok(()) } else { Err(message()) }
            },
            |entry| weights.take(entry),
        )?;
        let weights = weights.into_rows();
        Ok(Self::new(counts, weights))
    }
}

/// Reads a file whose size `fits`, and hands on its entries.
fn read<T: Value>(
    mut source: impl BufRead,
    fits: impl FnOnce(&Header) -> std::result::Result<(), String>,
    mut take: impl FnMut(Entry<T>) -> Result<()>,
) -> Result<Header> {
    let header = head(&mut source)?;
    fits(&header).map_err(|message| fault(header.line, 1, message))?;
    let mut n_entries = 0;
    let promised = header.n_entries;
    let n_lines = for_each_entry(source, &header, |entry| {
        if n_entries == promised {
            return Err(fault(entry.line, 1, format!("more entries than the {promised} promised")));
        }
        n_entries += 1;
        take(entry)
    })?;
    if n_entries < promised {
        let message = format!("{n_entries} of the {promised} promised entries found");
        return Err(fault(n_lines, 1, message));
    }
    Ok(header)
}

/// Reads up to the line that names the size.
fn head(source: &mut impl BufRead) -> Result<Header> {
    let mut text = Vec::new();
    let mut next = |text: &mut Vec<u8>| {
        text.clear();
        source.read_until(b'\n', text).map_err(|error| Error::io(None, error))
    };
    next(&mut text)?;
    let pattern = banner(&text)?;
    let mut line = 2;
    while next(&mut text)? > 0 {
        if counts(text.trim_ascii_end()) {
            return size(&text, line, pattern);
        }
        line += 1;
    }
    Err(fault(line, 1, "the numbers of rows, columns and entries are missing"))
}
