//! Counting as the documents come: push, merge, finish.

use std::fmt;
use std::sync::Arc;

use super::counter::{Counted, Counter, Sink};
use super::dealt::{Dealt, Stretch};
use super::forms::NONE;
use super::matrix::CountMatrix;
use super::params::CountParams;
use super::prune;
use super::tally::Tally;
use super::terms::Terms;
use super::vocabulary::Vocabulary;
use crate::Result;
use crate::article::Document;
use crate::csr::Csr;
use crate::parallel::{for_each, join};
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

/// Finished rows: the nodes and counts of each document.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) nodes: Vec<u32>,
    pub(super) counts: Vec<u32>,
    ends: Vec<usize>,
}

/// With so many entries room is made for so many more at once: memory that is not written to costs
/// nothing, and moving what was written costs more than counting it.
const FEW: usize = 1 << 14;
const MANY: usize = 1 << 20;

impl Sink for Rows {
    const IN_ORDER: bool = true;

    #[inline]
    fn add(&mut self, node: u32, count: u32) {
        self.nodes.push(node);
        self.counts.push(count);
    }

    fn end_doc(&mut self) {
        self.ends.push(self.nodes.len());
        if self.nodes.capacity() < MANY && self.nodes.len() > FEW {
            self.nodes.reserve_exact(MANY);
            self.counts.reserve_exact(MANY);
        }
    }

    fn n_docs(&self) -> usize {
        self.ends.len()
    }

    fn absorb(&mut self, other: Self, here: &[u32]) {
        let offset = self.nodes.len();
        self.ends.extend(other.ends.iter().map(|end| offset + end));
        self.nodes.extend(other.nodes.iter().map(|&node| here[node as usize]));
        self.counts.extend(other.counts);
    }

    fn absorb_dealt(&mut self, batches: Vec<Dealt<Self>>, here: &[Vec<u32>]) {
        let sinks = batches.iter().flat_map(|batch| &batch.sinks);
        let n_entries = sinks.map(|sink| sink.nodes.len()).sum();
        let mut end = self.nodes.len();
        let mut nodes = grow(&mut self.nodes, n_entries);
        let mut counts = grow(&mut self.counts, n_entries);
        let mut pieces = Vec::new();
        for Dealt { sinks, stretches } in &batches {
            let mut docs_read = vec![0; sinks.len()];
            for &Stretch { thread, n_docs } in stretches {
                let (sink, first) = (&sinks[thread], docs_read[thread]);
                docs_read[thread] += n_docs;
                let entries = sink.start(first)..sink.start(first + n_docs);
                let ends = &sink.ends[first..first + n_docs];
                self.ends.extend(ends.iter().map(|at| end + at - entries.start));
                end += entries.len();
                let first = ..entries.len();
                let to = (nodes.split_off_mut(first), counts.split_off_mut(first));
                let to = (to.0.unwrap_or_default(), to.1.unwrap_or_default());
                pieces.push((
                    to,
                    (&sink.nodes[entries.clone()], &sink.counts[entries]),
                    &here[thread],
                ));
            }
        }
        for_each(pieces, |((to_nodes, to_counts), (nodes, counts), here)| {
            to_counts.copy_from_slice(counts);
            to_nodes.iter_mut().zip(nodes).for_each(|(to, &node)| *to = here[node as usize]);
        });
    }
}

/// Appends so many zeros. Memory that was not written to is zero already, and is first written to by
/// the thread that fills it.
fn grow(numbers: &mut Vec<u32>, more: usize) -> &mut [u32] {
    let first = numbers.len();
    if first == 0 {
        *numbers = vec![0; more];
    } else {
        numbers.resize(first + more, 0);
    }
    &mut numbers[first..]
}

/// The known entries of a row, and the counts of the others.
type Scratch = (Vec<u64>, Vec<u32>);

impl Rows {
    /// Where the entries of a document begin.
    fn start(&self, doc: usize) -> usize {
        if doc == 0 { 0 } else { self.ends[doc - 1] }
    }

    /// The same rows over the columns of a vocabulary; nodes without a column are left out.
    pub(super) fn into_matrix(self, columns: &[u32], vocabulary: Arc<Vocabulary>) -> CountMatrix {
        let Placed { rows, seen, unknown } =
            self.place(columns, vocabulary.len(), &vocabulary.params, vocabulary.is_hashed());
        CountMatrix { vocabulary, rows: Arc::new(rows), seen, unknown }
    }

    /// As [`into_matrix`](Self::into_matrix), before there is a vocabulary of so many terms.
    fn place(self, columns: &[u32], n_terms: usize, params: &CountParams, hashed: bool) -> Placed {
        let binary = params.binary;
        let Self { nodes, counts, ends: mut starts } = self;
        starts.insert(0, 0);
        let seen = counts.iter().copied().map(u64::from).sum();
        let sort = |row: &mut [u32], counts: &mut [u32], (known, rest): &mut Scratch| {
            known.clear();
            rest.clear();
            for (&node, &count) in row.iter().zip(&*counts) {
                let column = columns[node as usize];
                if column == NONE {
                    rest.push(count);
                } else {
                    // A column and its count in one word: sorted by column.
                    known.push(u64::from(column) << 32 | u64::from(count));
                }
            }
            known.sort_unstable();
            for ((column, count), entry) in row.iter_mut().zip(&mut *counts).zip(&*known) {
                *column = (entry >> 32) as u32;
                *count = if binary { 1 } else { *entry as u32 };
            }
            row[known.len()..].fill(NONE);
            counts[known.len()..].copy_from_slice(rest);
        };
        let mut rows = Csr::from_parts(n_terms, starts, nodes, counts, sort);
        let mut unknown = 0;
        rows.drop_outside(|count| unknown += u64::from(count));
        // Hashed terms share places; and a word that holds a space may be the name of a run.
        if hashed || *params.ngrams.end() > 1 {
            let add = |a: u32, b: u32| if binary { 1 } else { a.saturating_add(b) };
            rows.join_equal_columns(add);
        }
        Placed { rows, seen, unknown }
    }
}

/// Rows over columns, and how many terms were read and had none.
struct Placed {
    rows: Csr<u32>,
    seen: u64,
    unknown: u64,
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
            let mut tally = Tally::of_entries(&rows.nodes, &rows.counts, terms.nodes().len());
            if params.binary {
                tally.make_binary();
            }
            prune::keep(&terms, &tally, n_docs, &params)
        };
        let (kept, shown) = join(keep, || terms.shown());
        let kept = kept?;
        let columns = kept.columns(terms.nodes().len());
        let n_terms = kept.len();
        let (vocabulary, Placed { rows, seen, unknown }) = join(
            || kept.into_vocabulary(&terms, &shown, n_docs, params.clone()),
            || rows.place(&columns, n_terms, &params, false),
        );
        Ok(CountMatrix { vocabulary: Arc::new(vocabulary), rows: Arc::new(rows), seen, unknown })
    }

    /// What was counted, and how often each node was in all documents.
    pub(super) fn into_totals(self) -> (Terms, Vec<u64>) {
        let Counted { terms, sink: rows } = self.counter.counted;
        let totals = Tally::of_entries(&rows.nodes, &rows.counts, terms.nodes().len()).totals;
        (terms, totals)
    }
}

impl<A> fmt::Debug for CountBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountBuilder")
            .field("n_docs", &self.counter.counted.sink.ends.len())
            .field("params", &self.counter.params)
            .finish_non_exhaustive()
    }
}
