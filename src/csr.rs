//! How are sparse rows kept? Compressed rows: where each row begins, which columns, which values.
//!
//! The type is our own and small: linfa pins one version of sprs for everybody who shares a
//! dependency tree with it, so no type of sprs may stand in our signatures by default. With the feature
//! `sprs` that version is the user's choice, and matrices can be handed over (`sprs_matrix.rs`).

use std::sync::Arc;

use crate::parallel::{for_each, ragged};

/// Sparse rows over `n_cols` columns; in each row the columns rise. Matrices with values in the same places
/// share these.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Csr<T> {
    /// Row `i` holds the entries `starts[i]..starts[i + 1]`; one more start than rows.
    starts: Arc<Vec<usize>>,
    columns: Arc<Vec<u32>>,
    values: Vec<T>,
    n_cols: usize,
}

impl<T: Copy> Csr<T> {
    pub(crate) fn new(n_cols: usize) -> Self {
        Self::of(vec![0], Vec::new(), Vec::new(), n_cols)
    }

    /// Rows from their parts: row `i` is `starts[i]..starts[i + 1]`, where columns must rise and lie below `n_cols`,
    /// unless what lies outside is at the end and then [dropped](Self::drop_outside).
    pub(crate) fn of(starts: Vec<usize>, columns: Vec<u32>, values: Vec<T>, n_cols: usize) -> Self {
        Self { starts: Arc::new(starts), columns: Arc::new(columns), values, n_cols }
    }

    /// Appends a row; its columns must rise and lie below `n_cols`.
    pub(crate) fn push_row(&mut self, row: impl IntoIterator<Item = (u32, T)>) {
        let columns = Arc::make_mut(&mut self.columns);
        for (column, value) in row {
            debug_assert!((column as usize) < self.n_cols);
            columns.push(column);
            self.values.push(value);
        }
        Arc::make_mut(&mut self.starts).push(columns.len());
    }

    /// Whether the parts fit together; what was read from a file may not.
    #[cfg(feature = "serde")]
    pub(crate) fn check(&self) -> crate::Result<()> {
        let n_entries = self.columns.len();
        if self.starts.first() != Some(&0)
            || self.starts.last() != Some(&n_entries)
            || !self.starts.is_sorted()
            || self.values.len() != n_entries
        {
            return Err(crate::Error::saved("the rows of a matrix do not fit its entries"));
        }
        let fits = |columns: &[u32]| {
            columns.is_sorted_by(|a, b| a < b)
                && columns.last().is_none_or(|&last| (last as usize) < self.n_cols)
        };
        if self.rows().all(|(columns, _)| fits(columns)) {
            return Ok(());
        }
        Err(crate::Error::saved(
            "the columns of a matrix do not rise in each row, or pass its width",
        ))
    }

    /// Rows from their parts: `rows` says where each entry stands, never falls, and lies below `n_rows`;
    /// columns rise within each row and lie below `n_cols`.
    pub(crate) fn from_sorted(
        n_rows: usize,
        n_cols: usize,
        rows: &[u32],
        columns: Vec<u32>,
        values: Vec<T>,
    ) -> Self {
        debug_assert!(rows.is_sorted() && rows.len() == columns.len());
        let mut starts = Vec::with_capacity(n_rows + 1);
        starts.push(0);
        for (entry, &row) in rows.iter().enumerate() {
            starts.resize(row as usize + 1, entry);
        }
        starts.resize(n_rows + 1, columns.len());
        Self::of(starts, columns, values, n_cols)
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn n_cols(&self) -> usize {
        self.n_cols
    }

    /// How many entries are kept, over all rows.
    pub(crate) fn n_entries(&self) -> usize {
        self.columns.len()
    }

    /// Columns and values of a row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> (&[u32], &[T]) {
        let range = self.starts[row]..self.starts[row + 1];
        (&self.columns[range.clone()], &self.values[range])
    }

    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = (&[u32], &[T])> {
        (0..self.n_rows()).map(|row| self.row(row))
    }

    /// How many entries each column has.
    pub(crate) fn column_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.n_cols];
        for &column in &*self.columns {
            counts[column as usize] += 1;
        }
        counts
    }

    /// The values of all rows, one row after the other.
    pub(crate) fn values(&self) -> &[T] {
        &self.values
    }

    /// Only these rows, in this order.
    pub(crate) fn select(&self, rows: &[u32]) -> Self {
        let n_entries = rows.iter().map(|&row| self.row(row as usize).0.len()).sum();
        let mut starts = Vec::with_capacity(rows.len() + 1);
        starts.push(0);
        let (mut columns, mut values) =
            (Vec::with_capacity(n_entries), Vec::with_capacity(n_entries));
        for &row in rows {
            let (row_columns, row_values) = self.row(row as usize);
            columns.extend_from_slice(row_columns);
            values.extend_from_slice(row_values);
            starts.push(columns.len());
        }
        Self::of(starts, columns, values, self.n_cols)
    }

    /// The same rows over the columns alone that hold an entry, and which these are, rising.
    pub(crate) fn over_used_columns(self) -> (Self, Vec<u32>) {
        let mut numbers = vec![0; self.n_cols];
        for &column in &*self.columns {
            numbers[column as usize] = 1;
        }
        let used: Vec<u32> =
            (0..self.n_cols as u32).filter(|&column| numbers[column as usize] > 0).collect();
        for (number, &column) in (0..).zip(&used) {
            numbers[column as usize] = number;
        }
        let columns = self.columns.iter().map(|&column| numbers[column as usize]).collect();
        (Self { columns: Arc::new(columns), n_cols: used.len(), ..self }, used)
    }

    /// The same places with other values, computed row by row on all threads. Each block of rows has
    /// a scratch space of its own, for `fill` to use again.
    pub(crate) fn map_rows<U: Copy + Default + Send, S: Default>(
        &self,
        fill: impl Fn(&[u32], &[T], &mut [U], &mut S) + Sync + Send,
    ) -> Csr<U>
    where
        T: Sync,
    {
        let mut values = vec![U::default(); self.values.len()];
        for_each(ragged(&self.starts, &mut values), |(rows, mut out)| {
            let mut scratch = S::default();
            for row in rows {
                let (columns, values) = self.row(row);
                let (here, rest) = out.split_at_mut(columns.len());
                fill(columns, values, here, &mut scratch);
                out = rest;
            }
        });
        self.with_values(values)
    }

    /// Takes out the entries at the ends of rows whose columns lie outside.
    pub(crate) fn drop_outside(&mut self) {
        let starts = Arc::make_mut(&mut self.starts);
        let columns = Arc::make_mut(&mut self.columns);
        let (mut start, mut kept) = (0, 0);
        for row_end in &mut starts[1..] {
            let (end, n_cols) = (*row_end, self.n_cols);
            let inside = columns[start..end].partition_point(|&column| (column as usize) < n_cols);
            if kept < start {
                columns.copy_within(start..start + inside, kept);
                self.values.copy_within(start..start + inside, kept);
            }
            kept += inside;
            (start, *row_end) = (end, kept);
        }
        columns.truncate(kept);
        self.values.truncate(kept);
        if kept < columns.capacity() / 2 {
            columns.shrink_to_fit();
            self.values.shrink_to_fit();
        }
    }

    /// Appends the rows of another with as many columns.
    pub(crate) fn append(&mut self, other: Self) {
        if self.n_rows() == 0 {
            *self = other;
            return;
        }
        let offset = self.n_entries();
        let starts = other.starts[1..].iter().map(|start| offset + start);
        Arc::make_mut(&mut self.starts).extend(starts);
        Arc::make_mut(&mut self.columns).extend_from_slice(&other.columns);
        self.values.extend(other.values);
    }

    /// Makes one entry of those that stand in one column of a row; the columns must not fall.
    pub(crate) fn join_equal_columns(&mut self, add: impl Fn(T, T) -> T) {
        let starts = Arc::make_mut(&mut self.starts);
        let columns = Arc::make_mut(&mut self.columns);
        let (mut start, mut kept) = (0, 0);
        for row_end in &mut starts[1..] {
            let (first, end) = (kept, *row_end);
            for entry in start..end {
                let (column, value) = (columns[entry], self.values[entry]);
                if kept > first && columns[kept - 1] == column {
                    self.values[kept - 1] = add(self.values[kept - 1], value);
                } else {
                    (columns[kept], self.values[kept]) = (column, value);
                    kept += 1;
                }
            }
            (start, *row_end) = (end, kept);
        }
        columns.truncate(kept);
        self.values.truncate(kept);
    }

    /// The same places with other values, one for each entry, row by row.
    pub(crate) fn with_values<U>(&self, values: Vec<U>) -> Csr<U> {
        debug_assert_eq!(values.len(), self.n_entries());
        Csr {
            starts: Arc::clone(&self.starts),
            columns: Arc::clone(&self.columns),
            values,
            n_cols: self.n_cols,
        }
    }

    /// Where the entries of a row stand among all.
    pub(crate) fn range(&self, row: usize) -> std::ops::Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }

    /// Columns become rows. Cost: two passes over the entries.
    pub(crate) fn transposed(&self) -> Self
    where
        T: Default,
    {
        let mut starts = vec![0; self.n_cols + 1];
        for &column in &*self.columns {
            starts[column as usize + 1] += 1;
        }
        for column in 0..self.n_cols {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut values = vec![T::default(); self.values.len()];
        for (row, (row_columns, row_values)) in self.rows().enumerate() {
            for (&column, &value) in row_columns.iter().zip(row_values) {
                let place = &mut next[column as usize];
                columns[*place] = row as u32;
                values[*place] = value;
                *place += 1;
            }
        }
        Self::of(starts, columns, values, self.n_rows())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_parts_are_rows() {
        let mut rows = Csr::new(3);
        for row in [&[][..], &[(0, 7), (2, 8)], &[], &[(1, 9)], &[]] {
            rows.push_row(row.iter().copied());
        }
        assert_eq!(Csr::from_sorted(5, 3, &[1, 1, 3], vec![0, 2, 1], vec![7, 8, 9]), rows);
    }

    #[test]
    fn columns_without_an_entry_are_left_out() {
        let mut rows = Csr::new(6);
        for row in [&[(1, 7), (4, 8)][..], &[], &[(4, 9)]] {
            rows.push_row(row.iter().copied());
        }
        let (fewer, used) = rows.over_used_columns();
        assert_eq!((fewer.n_cols(), used), (2, vec![1, 4]));
        assert_eq!(fewer.row(0), (&[0, 1][..], &[7, 8][..]));
        assert_eq!(fewer.row(2), (&[1][..], &[9][..]));
    }

    #[test]
    fn transposing_twice_changes_nothing() {
        let mut rows = Csr::new(3);
        rows.push_row([(0, 1), (2, 2)]);
        rows.push_row([]);
        rows.push_row([(2, 3)]);
        let columns = rows.transposed();
        assert_eq!(columns.row(2), (&[0, 2][..], &[2, 3][..]));
        assert_eq!((columns.n_rows(), columns.n_cols(), columns.n_entries()), (3, 3, 3));
        assert_eq!(columns.transposed(), rows);
    }
}
