//! Weighted documents.

use std::fmt;
use std::sync::Arc;

use ndarray::{Array1, Array2};

use crate::counts::{CountMatrix, TermId, Vocabulary};
use crate::csr::Csr;
#[cfg(feature = "serde")]
use crate::{Error, Result};

/// Documents × terms: what each term tells in each document, zeros left out.
///
/// It keeps the counts that it was made from, since keywords of topics need them. Cloning is cheap:
/// clones share one matrix. Memory: 4 bytes for each entry, besides the counts.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Saved"))]
pub struct TfIdfMatrix {
    counts: CountMatrix,
    weights: Arc<Csr<f32>>,
}

impl TfIdfMatrix {
    pub(crate) fn new(counts: CountMatrix, weights: Csr<f32>) -> Self {
        Self { counts, weights: Arc::new(weights) }
    }

    /// How many documents there are: the number of rows.
    pub fn n_docs(&self) -> usize {
        self.weights.n_rows()
    }

    /// How many columns there are.
    pub fn n_terms(&self) -> usize {
        self.weights.n_cols()
    }

    /// How many weights are kept, one for each count.
    pub fn n_entries(&self) -> usize {
        self.weights.n_entries()
    }

    /// The terms that the columns stand for.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        self.counts.vocabulary()
    }

    /// The counts that were weighed.
    pub fn counts(&self) -> &CountMatrix {
        &self.counts
    }

    /// The weights of the document number `doc`, counted from 0, columns rising.
    ///
    /// # Panics
    ///
    /// If `doc` is not below [`n_docs`](Self::n_docs).
    pub fn row(&self, doc: usize) -> impl ExactSizeIterator<Item = (TermId, f32)> {
        let (columns, weights) = self.weights.row(doc);
        columns.iter().map(|&column| TermId(column)).zip(weights.iter().copied())
    }

    /// The rows in the order of the documents, each as by [`row`](Self::row).
    pub fn rows(
        &self,
    ) -> impl ExactSizeIterator<Item = impl ExactSizeIterator<Item = (TermId, f32)>> {
        (0..self.n_docs()).map(|doc| self.row(doc))
    }

    /// All weights with their zeros, shape `(n_docs, n_terms)`.
    ///
    /// For small corpora: 20 000 documents × 40 000 terms are 3 GB.
    pub fn to_dense(&self) -> Array2<f32> {
        let mut dense = Array2::zeros((self.n_docs(), self.n_terms()));
        for (mut out, row) in dense.rows_mut().into_iter().zip(self.rows()) {
            row.for_each(|(term, weight)| out[term.index()] = weight);
        }
        dense
    }

    /// The weights of one document with their zeros, shape `(n_terms,)`.
    ///
    /// # Panics
    ///
    /// If `doc` is not below [`n_docs`](Self::n_docs).
    pub fn dense_row(&self, doc: usize) -> Array1<f32> {
        let mut dense = Array1::zeros(self.n_terms());
        self.row(doc).for_each(|(term, weight)| dense[term.index()] = weight);
        dense
    }

    pub(crate) fn csr(&self) -> &Csr<f32> {
        &self.weights
    }

    /// Only these rows, in this order, weighed as before.
    pub(crate) fn select(&self, rows: &[u32]) -> Self {
        Self::new(self.counts.select(rows), self.weights.select(rows))
    }
}

impl fmt::Debug for TfIdfMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TfIdfMatrix")
            .field("n_docs", &self.n_docs())
            .field("n_terms", &self.n_terms())
            .field("n_entries", &self.n_entries())
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    counts: CountMatrix,
    weights: Csr<f32>,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for TfIdfMatrix {
    type Error = Error;

    fn try_from(Saved { counts, weights }: Saved) -> Result<Self> {
        weights.check()?;
        let places = |row| (counts.csr().row(row).0, weights.row(row).0);
        let rows = counts.n_docs() == weights.n_rows() && counts.n_terms() == weights.n_cols();
        if !rows || (0..weights.n_rows()).map(places).any(|(counted, weighed)| counted != weighed) {
            return Err(Error::saved("weights stand where nothing was counted"));
        }
        if weights.rows().any(|(_, row)| {
            row.iter().any(|weight| !(0.0..).contains(weight) || weight.is_infinite())
        }) {
            return Err(Error::saved("a weight is negative or not a number"));
        }
        Ok(Self::new(counts, weights))
    }
}
