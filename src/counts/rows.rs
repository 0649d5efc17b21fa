//! Counts made elsewhere.

use std::sync::Arc;

use super::matrix::CountMatrix;
use super::vocabulary::Vocabulary;
use crate::csr::Csr;
use crate::{Error, Result};

impl CountMatrix {
    /// Takes counts that were made elsewhere: one row for each document, of columns counted from 0 and
    /// counts, in any order.
    ///
    /// A column that stands in a row more than once has been counted more than once: its counts add
    /// up; if the vocabulary is [binary](crate::CountParams::binary), each becomes 1. [`unknown_share`](Self::unknown_share) is 0, since what was passed over elsewhere is not
    /// known here. Cost: linear in the entries, and sorting for rows whose columns do not rise.
    ///
    /// # Errors
    ///
    /// If a column is not below the number of terms, a count is 0, or counts of one column add up
    /// beyond `u32` ([`Error::is_entry`]).
    ///
    /// ```
    /// use std::sync::Arc;
    /// use undertone::{Analyzer, CountMatrix, CountParams};
    ///
    /// let docs = ["rain and more rain", "more snow"];
    /// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
    ///
    /// // The columns are and, more, rain, snow.
    /// let rows = [vec![(2, 1), (0, 1), (1, 1), (2, 1)], vec![(3, 1), (1, 1)]];
    /// let same = CountMatrix::from_rows(Arc::clone(counts.vocabulary()), rows)?;
    /// assert_eq!(same, counts);
    ///
    /// let wrong = CountMatrix::from_rows(Arc::clone(counts.vocabulary()), [[(4, 1)]]);
    /// let message = "row 0, column 4: the vocabulary has 4 terms, so columns must be below 4";
    /// assert_eq!(wrong.unwrap_err().to_string(), message);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn from_rows<I>(vocabulary: Arc<Vocabulary>, rows: I) -> Result<Self>
    where
        I: IntoIterator,
        I::Item: IntoIterator<Item = (usize, u32)>,
    {
        let n_terms = vocabulary.len();
        let rows = rows.into_iter();
        let mut csr = Csr::new(n_terms);
        let mut entries = Vec::new();
        for (doc, row) in rows.enumerate() {
            entries.clear();
            for (column, count) in row {
                entries.push((checked(doc, column, count, n_terms)?, count));
            }
            add_up(doc, &mut entries)?;
            csr.push_row(entries.iter().copied());
        }
        Ok(Self::from_csr(vocabulary, csr))
    }

    /// Counts in rows that are known to fit: columns rise, each is a term, each count is at least 1.
    pub(crate) fn from_csr(vocabulary: Arc<Vocabulary>, mut rows: Csr<u32>) -> Self {
        debug_assert_eq!(rows.n_cols(), vocabulary.len());
        if vocabulary.params.binary {
            rows = rows.map_rows(|_, _, ones, (): &mut ()| ones.fill(1));
        }
        let seen = rows.rows().flat_map(|(_, counts)| counts).map(|&count| u64::from(count)).sum();
        Self { vocabulary, rows: Arc::new(rows), seen, unknown: 0 }
    }
}

fn checked(doc: usize, column: usize, count: u32, n_terms: usize) -> Result<u32> {
    if column >= n_terms {
        let limit =
            format!("the vocabulary has {n_terms} terms, so columns must be below {n_terms}");
        return Err(Error::entry(doc, column, limit));
    }
    if count == 0 {
        return Err(Error::entry(doc, column, "the count is 0, but must be at least 1"));
    }
    Ok(column as u32)
}

/// Makes columns rise, each once.
fn add_up(doc: usize, entries: &mut Vec<(u32, u32)>) -> Result<()> {
    if entries.is_sorted_by(|a, b| a.0 < b.0) {
        return Ok(());
    }
    entries.sort_unstable();
    let mut overflow = None;
    entries.dedup_by(|next, kept| {
        if next.0 != kept.0 {
            return false;
        }
        match kept.1.checked_add(next.1) {
            Some(sum) => kept.1 = sum,
            None => overflow = Some(kept.0),
        }
        true
    });
    let limit = || format!("the counts add up to more than {}", u32::MAX);
    overflow.map_or(Ok(()), |column| Err(Error::entry(doc, column as usize, limit())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, CountParams};
    use proptest::prelude::*;

    fn four_terms() -> Arc<Vocabulary> {
        let counts =
            CountMatrix::from_docs(&Analyzer::plain(), ["a b c d"], CountParams::default());
        Arc::clone(counts.unwrap().vocabulary())
    }

    #[test]
    fn faults_name_row_column_and_limit() {
        type Rows<'r> = &'r [&'r [(usize, u32)]];
        let cases: [(Rows<'_>, &str); 4] = [
            (
                &[&[], &[(1, 1), (9, 1)]],
                "row 1, column 9: the vocabulary has 4 terms, so columns must be below 4",
            ),
            (
                &[&[(1 << 30, 1)]],
                "row 0, column 1073741824: the vocabulary has 4 terms, so columns must be below 4",
            ),
            (&[&[(3, 0)]], "row 0, column 3: the count is 0, but must be at least 1"),
            (
                &[&[(2, u32::MAX), (0, 1), (2, 1)]],
                "row 0, column 2: the counts add up to more than 4294967295",
            ),
        ];
        for (rows, message) in cases {
            let rows = rows.iter().map(|row| row.iter().copied());
            let error = CountMatrix::from_rows(four_terms(), rows).unwrap_err();
            assert!(error.is_entry());
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn no_rows_are_a_matrix_without_rows() {
        let none: [[(usize, u32); 0]; 0] = [];
        let counts = CountMatrix::from_rows(four_terms(), none).unwrap();
        assert_eq!((counts.n_docs(), counts.n_terms(), counts.n_entries()), (0, 4, 0));
    }

    proptest! {
        #[test]
        fn order_within_a_row_changes_nothing_and_counts_add_up(
            rows in prop::collection::vec(prop::collection::vec((0_usize..4, 1_u32..9), 0..9), 0..6)
        ) {
            let counts = CountMatrix::from_rows(four_terms(), rows.clone()).unwrap();
            let reversed = rows.iter().map(|row| row.iter().rev().copied());
            prop_assert_eq!(&counts, &CountMatrix::from_rows(four_terms(), reversed).unwrap());
            for (doc, row) in rows.iter().enumerate() {
                for column in 0..4 {
                    let sum: u32 = row.iter().filter(|entry| entry.0 == column).map(|e| e.1).sum();
                    prop_assert_eq!(counts.dense_row(doc)[column], sum);
                }
            }
        }
    }
}
