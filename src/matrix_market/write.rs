//! Matrices as text.

use std::io::{self, Write};
use std::ops::Range;

use super::value::Value;
use crate::csr::Csr;
use crate::parallel::map_blocks;
use crate::{CountMatrix, Error, Result, TfIdfMatrix};

/// Entries turned into text at a time, so that threads have work and memory stays small.
const ENTRIES_AT_ONCE: usize = 1 << 17;

/// Pieces that they are split into.
const PIECES: usize = 8;

impl CountMatrix {
    /// Writes the counts as text in the Matrix Market format, `coordinate integer general`: rows are
    /// documents, columns terms, both counted from 1, in the order of the rows.
    ///
    /// The terms are not in it: keep [`vocabulary`](Self::vocabulary) beside it, or its terms a line
    /// each. What is written comes back by [`read_matrix_market`](Self::read_matrix_market), the
    /// share of unknown terms aside. `out` is written in large pieces and needs no buffer. Cost: linear
    /// in the entries, on all threads; a megabyte or two of memory.
    ///
    /// # Errors
    ///
    /// If writing fails ([`Error::is_io`]).
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams};
    ///
    /// let docs = ["rain and more rain", "more snow"];
    /// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
    /// let mut text = Vec::new();
    /// counts.write_matrix_market(&mut text)?;
    /// let expected = "%%MatrixMarket matrix coordinate integer general\n\
    ///                 2 4 5\n1 1 1\n1 2 1\n1 3 2\n2 2 1\n2 4 1\n";
    /// assert_eq!(text, expected.as_bytes());
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn write_matrix_market(&self, out: impl Write) -> Result<()> {
        write(self.csr(), out).map_err(|error| Error::io(None, error))
    }
}

impl TfIdfMatrix {
    /// Writes the weights as text in the Matrix Market format, `coordinate real general`: rows are
    /// documents, columns terms, both counted from 1, in the order of the rows.
    ///
    /// Each weight is written with as many digits as it takes to read it back bit for bit. Counts and
    /// terms are not in it; else as [`CountMatrix::write_matrix_market`].
    ///
    /// # Errors
    ///
    /// If writing fails ([`Error::is_io`]).
    pub fn write_matrix_market(&self, out: impl Write) -> Result<()> {
        write(self.csr(), out).map_err(|error| Error::io(None, error))
    }
}

fn write<T: Value>(rows: &Csr<T>, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "%%MatrixMarket matrix coordinate {} general", T::FIELD)?;
    writeln!(out, "{} {} {}", rows.n_rows(), rows.n_cols(), rows.n_entries())?;
    let entries_a_row = rows.n_entries().div_ceil(rows.n_rows().max(1)).max(1);
    let piece = (ENTRIES_AT_ONCE / PIECES).div_ceil(entries_a_row);
    for start in (0..rows.n_rows()).step_by(piece * PIECES) {
        let n_rows = (rows.n_rows() - start).min(piece * PIECES);
        let texts =
            map_blocks(n_rows, piece, |block| text(rows, start + block.start..start + block.end));
        for text in texts {
            out.write_all(&text?)?;
        }
    }
    out.flush()
}

fn text<T: Value>(rows: &Csr<T>, range: Range<usize>) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for row in range {
        let (columns, values) = rows.row(row);
        for (&column, value) in columns.iter().zip(values) {
            writeln!(text, "{} {} {value}", row + 1, u64::from(column) + 1)?;
        }
    }
    Ok(text)
}
