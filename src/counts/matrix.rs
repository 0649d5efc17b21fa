//! How often does each term occur in each document?

use std::fmt;
use std::sync::Arc;

use super::builder::CountBuilder;
use super::params::CountParams;
use super::vocabulary::{TermId, Vocabulary};
use crate::article::Document;
use crate::csr::Csr;
use crate::text::Analyze;
use crate::{Error, Result};

/// Documents × terms: how often each term occurs in each document, zeros left out.
///
/// Rows stand in the order of the documents, one for each, empty if nothing in it counts. Cloning
/// is cheap: clones share one matrix. Memory: 8 bytes for each entry and for each row, and the
/// vocabulary.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams};
///
/// let docs = ["rain and more rain", "more snow"];
/// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
/// let vocabulary = counts.vocabulary();
/// let first: Vec<_> = counts.row(0).map(|(term, n)| (vocabulary.term(term), n)).collect();
/// assert_eq!(first, [("and", 1), ("more", 1), ("rain", 2)]);
/// # Ok::<(), undertone::Error>(())
/// ```
///
/// With feature `serde` counts, vocabularies, weights and what was learned go through JSON, or any other
/// format of serde, and come back equal; what does not fit together is refused. (Let `serde_json` read
/// numbers to the last bit: its feature `float_roundtrip`.) Counts made elsewhere come in by
/// [`from_rows`](Self::from_rows) and [`read_matrix_market`](Self::read_matrix_market).
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use undertone::{Analyzer, CountMatrix, CountParams};
///
/// let counts = CountMatrix::from_docs(&Analyzer::plain(), ["more snow"], CountParams::default())?;
/// let json = serde_json::to_string(&counts).unwrap();
/// assert_eq!(serde_json::from_str::<CountMatrix>(&json).unwrap(), counts);
///
/// let broken = json.replace("\"values\":[1,1]", "\"values\":[1]");
/// let error = serde_json::from_str::<CountMatrix>(&broken).unwrap_err();
/// assert!(error.to_string().contains("the rows of a matrix do not fit its entries"));
/// # }
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::saved::CountMatrix"))]
pub struct CountMatrix {
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) rows: Arc<Csr<u32>>,
    pub(super) seen: u64,
    pub(super) unknown: u64,
}

impl CountMatrix {
    /// Counts a corpus and learns its vocabulary.
    ///
    /// With feature `rayon` all threads of the current pool count; the result is the same at any
    /// number of threads. About 32 MB of text are held at once, so an iterator that reads its
    /// documents as it goes may be longer than memory. Cost: linear in the text; each distinct
    /// written form is folded and stemmed once for each thread.
    ///
    /// # Errors
    ///
    /// If a setting is out of range or two contradict each other ([`Error::is_setting`]), if there
    /// is no document, or if no term is left ([`Error::is_too_small`]).
    pub fn from_docs<A, I>(analyzer: &A, docs: I, params: CountParams) -> Result<Self>
    where
        A: Analyze + ?Sized,
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        params.check()?;
        let mut builder = CountBuilder::new(analyzer, params);
        builder.push_all(docs);
        builder.finish()
    }

    /// How many documents were counted: the number of rows.
    pub fn n_docs(&self) -> usize {
        self.rows.n_rows()
    }

    /// How many columns there are.
    pub fn n_terms(&self) -> usize {
        self.rows.n_cols()
    }

    /// How many counts are not zero.
    pub fn n_entries(&self) -> usize {
        self.rows.n_entries()
    }

    /// The terms that the columns stand for.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// The counts of the document number `doc`, counted from 0, columns rising, each at least 1.
    ///
    /// # Panics
    ///
    /// If `doc` is not below [`n_docs`](Self::n_docs).
    pub fn row(&self, doc: usize) -> impl ExactSizeIterator<Item = (TermId, u32)> {
        let (columns, counts) = self.rows.row(doc);
        columns.iter().map(|&column| TermId(column)).zip(counts.iter().copied())
    }

    /// The rows in the order of the documents, each as by [`row`](Self::row).
    pub fn rows(
        &self,
    ) -> impl ExactSizeIterator<Item = impl ExactSizeIterator<Item = (TermId, u32)>> {
        (0..self.n_docs()).map(|doc| self.row(doc))
    }

    /// Of the terms that were read, n-grams included and each as often as it occurs, the share that
    /// has no column, in `0.0..=1.0`: terms of a later batch that the corpus did not have, and those
    /// that pruning removed. 0 if nothing was read.
    ///
    /// A share that grows from batch to batch says that it is time to learn the vocabulary anew.
    pub fn unknown_share(&self) -> f64 {
        if self.seen == 0 { 0.0 } else { self.unknown as f64 / self.seen as f64 }
    }

    pub(crate) fn csr(&self) -> &Csr<u32> {
        &self.rows
    }

    /// Only these rows, in this order. What had no column is not told by row, and is left out.
    pub(crate) fn select(&self, rows: &[u32]) -> Self {
        let rows = self.rows.select(rows);
        let seen = rows.rows().flat_map(|(_, counts)| counts).map(|&count| u64::from(count)).sum();
        Self { vocabulary: Arc::clone(&self.vocabulary), rows: Arc::new(rows), seen, unknown: 0 }
    }

    /// An error unless the columns are those of `vocabulary`.
    pub(crate) fn check_columns(&self, vocabulary: &Arc<Vocabulary>) -> Result<()> {
        let same =
            |a: &Arc<Vocabulary>, b: &Arc<Vocabulary>| Arc::ptr_eq(a, b) || a.terms == b.terms;
        if same(&self.vocabulary, vocabulary) {
            return Ok(());
        }
        let found = match (self.n_terms(), vocabulary.len()) {
            (found, expected) if found == expected => format!("{found} others"),
            (found, _) => found.to_string(),
        };
        let expected = format!("the {} terms learned from", vocabulary.len());
        Err(Error::mismatch("columns of the counts", expected, found))
    }
}

impl PartialEq for CountMatrix {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
            && (self.seen, self.unknown) == (other.seen, other.unknown)
            && self.vocabulary == other.vocabulary
    }
}

impl fmt::Debug for CountMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountMatrix")
            .field("n_docs", &self.n_docs())
            .field("n_terms", &self.n_terms())
            .field("n_entries", &self.n_entries())
            .finish_non_exhaustive()
    }
}
