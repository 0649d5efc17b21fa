//! Counting as the documents come: push, merge, finish.

use std::fmt;
use std::sync::Arc;

use super::counter::{Counted, Counter};
use super::matrix::CountMatrix;
use super::params::CountParams;
use super::parts::Rows;
use super::placing::{Columns, Placed};
use super::prune;
use super::terms::Terms;
use crate::Result;
use crate::article::Document;
use crate::parallel::join;
use crate::text::Analyze;

/// Counts documents one by one, and merges with other builders.
///
/// Builders may count parts of a corpus on different threads or at different times; merging them in
/// the order of the parts gives the same bytes as one that counted everything. Memory follows the
/// distinct written forms and the counts that are not zero, never the text.
///
/// ```
/// use undertone::{Analyzer, CountBuilder, CountMatrix, CountParams};
///
/// let analyzer = Analyzer::english();
/// let mut first = CountBuilder::new(&analyzer, CountParams::default());
/// first.push("Oil prices fell");
/// let mut second = CountBuilder::new(&analyzer, CountParams::default());
/// second.push("Snow fell");
/// first.merge(second)?;
/// let counts = first.finish()?;
///
/// let docs = ["Oil prices fell", "Snow fell"];
/// assert_eq!(counts, CountMatrix::from_docs(&analyzer, docs, CountParams::default())?);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone)]
pub struct CountBuilder<A> {
    pub(super) counter: Counter<A, Rows>,
}

impl<A: Analyze> CountBuilder<A> {
    /// A builder that has seen nothing; settings are checked by [`finish`](Self::finish).
    ///
    /// The analyzer may be borrowed: `&Analyzer` analyzes too.
    pub fn new(analyzer: A, params: CountParams) -> Self {
        Self { counter: Counter::new(analyzer, params) }
    }

    /// How many documents were counted.
    pub fn n_docs(&self) -> usize {
        self.counter.n_docs()
    }

    /// Counts a document: the next row.
    ///
    /// Cost: linear in the text. Allocates only for words and runs not seen before.
    ///
    /// # Panics
    ///
    /// If more than 4 billion distinct terms were seen, or 4 GB of distinct spellings.
    pub fn push<D: Document + ?Sized>(&mut self, doc: &D) {
        self.counter.push(doc);
    }

    /// Counts documents in order, on all threads of the current pool if that is worth it; about 32 MB of
    /// text are held at once.
    pub fn push_all<I>(&mut self, docs: I)
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        self.counter.push_all(docs);
    }

    /// Appends the documents that another builder counted, after those of this one.
    ///
    /// # Errors
    ///
    /// If the other counted with other settings. That the analyzers agree is up to the caller.
    pub fn merge(&mut self, other: Self) -> Result<()> {
        self.counter.merge(other.counter)
    }

    /// Sorts and prunes the vocabulary, and gives each document its row.
    ///
    /// # Errors
    ///
    /// If a setting is out of range or two contradict each other ([`Error::is_setting`]), if there
    /// was no document, or if no term is left ([`Error::is_too_small`]).
    ///
    /// [`Error::is_setting`]: crate::Error::is_setting
    /// [`Error::is_too_small`]: crate::Error::is_too_small
    pub fn finish(self) -> Result<CountMatrix> {
        self.counter.check()?;
        let (n_docs, params) = (self.n_docs(), self.counter.params);
        let Counted { terms, sink: rows } = self.counter.counted;
        let keep = || {
            let mut tally = rows.tally(terms.nodes().len());
            if params.binary {
                tally.make_binary();
            }
            prune::keep(&terms, &tally, n_docs, &params)
        };
        let (kept, shown) = join(keep, || terms.shown());
        let kept = kept?;
        let columns_of_nodes = kept.columns(terms.nodes().len());
        let columns = Columns { n_terms: kept.len(), params: &params, hashed: false };
        let (vocabulary, Placed { rows, seen, unknown }) = join(
            || kept.into_vocabulary(&terms, &shown, n_docs, params.clone()),
            || columns.place_all(rows.into_batches(), &columns_of_nodes),
        );
        Ok(CountMatrix { vocabulary: Arc::new(vocabulary), rows: Arc::new(rows), seen, unknown })
    }

    /// What was counted, and how often each node was in all documents.
    pub(super) fn into_totals(self) -> (Terms, Vec<u64>) {
        let Counted { terms, sink: rows } = self.counter.counted;
        let totals = rows.tally(terms.nodes().len()).totals;
        (terms, totals)
    }
}

impl<A> fmt::Debug for CountBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountBuilder")
            .field("n_docs", &self.counter.n_docs())
            .field("params", &self.counter.params)
            .finish_non_exhaustive()
    }
}
