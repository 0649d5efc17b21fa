//! Matrices of sprs and ours.
//!
//! By default no type of sprs stands in our signatures, because linfa pins one version of it for
//! everybody who shares a dependency tree with it. Who turns the feature on chooses that version.

use std::sync::Arc;

use sprs::CsMat;

use crate::counts::Vocabulary;
use crate::csr::Csr;
use crate::{CountMatrix, Error, Result, TfIdfMatrix};

impl CountMatrix {
    /// The counts as compressed rows of sprs, documents × terms. Needs feature `sprs`.
    ///
    /// Cost: a copy; 12 bytes for each entry, 8 for each row.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use undertone::{Analyzer, CountMatrix, CountParams};
    ///
    /// let docs = ["rain and more rain", "more snow"];
    /// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
    /// let matrix = counts.to_sprs();
    /// assert_eq!((matrix.shape(), matrix.nnz(), matrix.get(0, 2)), ((2, 4), 5, Some(&2)));
    /// assert_eq!(CountMatrix::from_sprs(Arc::clone(counts.vocabulary()), &matrix)?, counts);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn to_sprs(&self) -> CsMat<u32> {
        to_sprs(self.csr())
    }

    /// Takes counts from a matrix of sprs whose rows are documents and whose columns are the terms of
    /// `vocabulary`. Needs feature `sprs`.
    ///
    /// Compressed columns are turned into rows first. Cost: a copy or two.
    ///
    /// # Errors
    ///
    /// If there are not as many columns as terms ([`Error::is_mismatch`]), or a count is 0
    /// ([`Error::is_entry`]).
    pub fn from_sprs(vocabulary: Arc<Vocabulary>, matrix: &CsMat<u32>) -> Result<Self> {
        if matrix.cols() != vocabulary.len() {
            let expected = format!("the {} terms of the vocabulary", vocabulary.len());
            return Err(Error::mismatch("columns of the matrix", expected, matrix.cols()));
        }
        if matrix.is_csc() {
            return Self::from_sprs(vocabulary, &matrix.to_csr());
        }
        let rows = (0..matrix.rows()).map(|row| {
            let row = matrix.outer_view(row);
            let entries =
                row.map(|row| row.iter().map(|(column, &n)| (column, n)).collect::<Vec<_>>());
            entries.unwrap_or_default()
        });
        Self::from_rows(vocabulary, rows)
    }
}

impl TfIdfMatrix {
    /// The weights as compressed rows of sprs, documents × terms. Needs feature `sprs`.
    ///
    /// Cost: a copy; 12 bytes for each entry, 8 for each row.
    pub fn to_sprs(&self) -> CsMat<f32> {
        to_sprs(self.csr())
    }
}

fn to_sprs<T: Copy>(rows: &Csr<T>) -> CsMat<T> {
    let mut starts = vec![0];
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    columns.reserve_exact(rows.n_entries());
    values.reserve_exact(rows.n_entries());
    for (row_columns, row_values) in rows.rows() {
        columns.extend(row_columns.iter().map(|&column| column as usize));
        values.extend_from_slice(row_values);
        starts.push(columns.len());
    }
    CsMat::new((rows.n_rows(), rows.n_cols()), starts, columns, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, CountParams, TfIdf};

    fn count(docs: &[&str]) -> CountMatrix {
        CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap()
    }

    #[test]
    fn what_was_handed_over_comes_back() {
        let counts = count(&["b a b", "", "c b", ""]);
        let matrix = counts.to_sprs();
        assert_eq!(matrix.to_dense(), counts.to_dense());
        for matrix in [matrix.to_csc(), matrix] {
            let back = CountMatrix::from_sprs(Arc::clone(counts.vocabulary()), &matrix).unwrap();
            assert_eq!(back, counts);
        }
        let weights = TfIdf::params().fit(&counts).unwrap().transform(&counts).unwrap();
        assert_eq!(weights.to_sprs().to_dense(), weights.to_dense());
        // A matrix without rows.
        let none = counts.vocabulary().count(&Analyzer::plain(), [""; 0]);
        let matrix = none.to_sprs();
        assert_eq!(matrix.shape(), (0, 3));
        assert_eq!(CountMatrix::from_sprs(Arc::clone(counts.vocabulary()), &matrix).unwrap(), none);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let counts = count(&["b a b", "c b"]);
        let vocabulary = || Arc::clone(counts.vocabulary());
        let error = CountMatrix::from_sprs(vocabulary(), &CsMat::zero((2, 7))).unwrap_err();
        assert!(error.is_mismatch());
        let message = "columns of the matrix: expected the 3 terms of the vocabulary, found 7";
        assert_eq!(error.to_string(), message);
        let zero = counts.to_sprs().map(|&n| if n == 2 { 0 } else { n });
        let error = CountMatrix::from_sprs(vocabulary(), &zero).unwrap_err();
        assert_eq!(error.to_string(), "row 0, column 1: the count is 0, but must be at least 1");
    }
}
