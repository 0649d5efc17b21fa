//! Counts with their zeros.

use ndarray::{Array1, Array2};

use super::matrix::CountMatrix;

impl CountMatrix {
    /// All counts with their zeros, shape `(n_docs, n_terms)`.
    ///
    /// For small corpora: 20 000 documents × 40 000 terms are 3 GB.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams};
    ///
    /// let docs = ["rain and more rain", "more snow"];
    /// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
    /// assert_eq!(counts.to_dense().row(1).to_vec(), [0, 1, 0, 1]); // and, more, rain, snow
    /// assert_eq!(counts.dense_row(0).to_vec(), [1, 1, 2, 0]);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn to_dense(&self) -> Array2<u32> {
        let mut dense = Array2::zeros((self.n_docs(), self.n_terms()));
        for (mut out, row) in dense.rows_mut().into_iter().zip(self.rows()) {
            row.for_each(|(term, count)| out[term.index()] = count);
        }
        dense
    }

    /// The counts of one document with their zeros, shape `(n_terms,)`.
    ///
    /// # Panics
    ///
    /// If `doc` is not below [`n_docs`](Self::n_docs).
    pub fn dense_row(&self, doc: usize) -> Array1<u32> {
        let mut dense = Array1::zeros(self.n_terms());
        self.row(doc).for_each(|(term, count)| dense[term.index()] = count);
        dense
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, CountMatrix, CountParams};

    #[test]
    fn dense_rows_are_the_sparse_ones_with_their_zeros() {
        let docs = ["b a b", "", "c b"];
        let counts =
            CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap();
        let dense = counts.to_dense();
        assert_eq!(dense.dim(), (3, 3));
        for (doc, expected) in [[1, 2, 0], [0, 0, 0], [0, 1, 1]].iter().enumerate() {
            assert_eq!(dense.row(doc).to_vec(), expected);
            assert_eq!(counts.dense_row(doc).to_vec(), expected);
        }
    }
}
