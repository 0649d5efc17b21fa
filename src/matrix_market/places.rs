//! Where does each entry of a file go?

use super::header::Header;
use super::lines::{Entry, fault};
use crate::Result;
use crate::csr::Csr;

/// The entries of a file, as they came.
#[derive(Default)]
pub(super) struct Found {
    rows: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<u32>,
    /// Entries whose line is not the next after that of the entry before, with it.
    jumps: Vec<(usize, usize)>,
    last_line: usize,
}

impl Found {
    pub(super) fn push(&mut self, entry: Entry<u32>) {
        if entry.line != self.last_line + 1 {
            self.jumps.push((self.rows.len(), entry.line));
        }
        self.last_line = entry.line;
        self.rows.push(entry.row);
        self.columns.push(entry.column);
        self.values.push(entry.value);
    }

    fn line(&self, entry: usize) -> usize {
        let jump = self.jumps.partition_point(|&(at, _)| at <= entry);
        let (at, line) = self.jumps[jump - 1];
        line + entry - at
    }

    fn place(&self, entry: usize) -> (u32, u32) {
        (self.rows[entry], self.columns[entry])
    }

    /// Rows whose columns rise; entries of one place add up.
    pub(super) fn into_rows(self, header: &Header) -> Result<Csr<u32>> {
        let n = self.rows.len();
        if (1..n).all(|entry| self.place(entry - 1) < self.place(entry)) {
            let Self { rows, columns, values, .. } = self;
            return Ok(Csr::from_sorted(header.n_rows, header.n_cols, &rows, columns, values));
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|&entry| self.place(entry));
        let mut sorted = Self::default();
        for entry in order {
            let (row, column) = self.place(entry);
            let again = sorted.rows.last() == Some(&row) && sorted.columns.last() == Some(&column);
            match sorted.values.last_mut() {
                Some(value) if again => {
                    *value = value.checked_add(self.values[entry]).ok_or_else(|| {
                        let place = place(row, column);
                        let message =
                            format!("the counts of {place} add up to more than {}", u32::MAX);
                        fault(self.line(entry), 1, message)
                    })?;
                }
                _ => {
                    sorted.rows.push(row);
                    sorted.columns.push(column);
                    sorted.values.push(self.values[entry]);
                }
            }
        }
        let Self { rows, columns, values, .. } = sorted;
        Ok(Csr::from_sorted(header.n_rows, header.n_cols, &rows, columns, values))
    }
}

/// Weights in the places of counts.
pub(super) struct Placed<'c> {
    counts: &'c Csr<u32>,
    /// Not a number where none was read yet.
    values: Vec<f32>,
    /// Where the next entry stands if the file is in order.
    next: usize,
}

impl<'c> Placed<'c> {
    pub(super) fn new(counts: &'c Csr<u32>) -> Self {
        Self { counts, values: vec![f32::NAN; counts.n_entries()], next: 0 }
    }

    pub(super) fn take(&mut self, entry: Entry<f32>) -> Result<()> {
        let Entry { line, row, column, value } = entry;
        let (columns, _) = self.counts.row(row as usize);
        let range = self.counts.range(row as usize);
        let guess = self.next.wrapping_sub(range.start);
        let at = if columns.get(guess) == Some(&column) {
            self.next
        } else {
            let at = columns.binary_search(&column).map_err(|_| {
                let place = place(row, column);
                fault(line, 1, format!("{place} has a weight, but nothing was counted there"))
            })?;
            range.start + at
        };
        if !self.values[at].is_nan() {
            return Err(fault(line, 1, format!("{} has a weight already", place(row, column))));
        }
        self.values[at] = value;
        self.next = at + 1;
        Ok(())
    }

    /// The weights, once there is one for each count.
    pub(super) fn into_rows(self) -> Csr<f32> {
        self.counts.with_values(self.values)
    }
}

/// A place as the file counts.
fn place(row: u32, column: u32) -> String {
    format!("row {}, column {}", u64::from(row) + 1, u64::from(column) + 1)
}
