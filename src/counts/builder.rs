//! Counting as the documents come: push, merge, finish.

use std::fmt;
use std::sync::Arc;

use super::forms::NONE;
use super::matrix::CountMatrix;
use super::params::CountParams;
use super::prune;
use super::strings::join_into;
use super::terms::Terms;
use super::vocabulary::Vocabulary;
use crate::article::{Document, sections};
use crate::csr::Csr;
use crate::text::{Analyze, Piece, Pieces, Tokens};
use crate::{Error, Result};

/// Text that is held at once while threads count it, in bytes.
#[cfg(feature = "rayon")]
const BATCH: usize = 32 << 20;
/// Text that is too short to be worth another thread, in bytes.
#[cfg(feature = "rayon")]
const SMALL: usize = 64 << 10;

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
    analyzer: A,
    params: CountParams,
    counted: Counted,
    row: Row,
    tokens: Tokens,
    /// The nodes of the tokens of a piece, and of the runs in it.
    nodes: Vec<u32>,
    runs: Vec<u32>,
    /// The nodes of the runs that end at the last token, the shortest first.
    tails: Vec<u32>,
}

/// What was counted so far.
#[derive(Clone, Debug, Default)]
struct Counted {
    terms: Terms,
    rows: Rows,
}

impl Counted {
    /// Appends what another counted.
    fn absorb(&mut self, other: Self) {
        if self.rows.ends.is_empty() {
            *self = other;
            return;
        }
        let here = self.terms.merge(&other.terms);
        let offset = self.rows.nodes.len();
        self.rows.ends.extend(other.rows.ends.iter().map(|end| offset + end));
        self.rows.nodes.extend(other.rows.nodes.iter().map(|&node| here[node as usize]));
        self.rows.counts.extend(other.rows.counts);
    }
}

/// Finished rows: the nodes and counts of each document.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) nodes: Vec<u32>,
    pub(super) counts: Vec<u32>,
    ends: Vec<usize>,
}

/// The row being counted: a count for each node, and which of them are not zero.
///
/// Half of all tokens are stop words, and half of the others are new to their document; no processor
/// guesses which. So both are counted without asking, and put right at the end of the row.
#[derive(Clone, Debug, Default)]
struct Row {
    /// At 0 what does not count ([`NONE`]), else of the node before.
    counts: Vec<u32>,
    /// The places in `counts` that are not zero, and what was written behind them.
    touched: Vec<u32>,
    n_touched: usize,
}

impl Row {
    /// Counts nodes, of which there are `n_nodes` so far.
    fn add(&mut self, nodes: &[u32], n_nodes: usize) {
        if self.counts.len() <= n_nodes {
            self.counts.resize(1 + n_nodes + n_nodes / 2, 0);
        }
        let most = self.n_touched + nodes.len() + 1;
        if self.touched.len() < most {
            self.touched.resize(most + most / 2, 0);
        }
        let (counts, touched) = (&mut self.counts[..], &mut self.touched[..]);
        let mut n_touched = self.n_touched;
        for node in nodes {
            let place = node.wrapping_add(1);
            let count = &mut counts[place as usize];
            touched[n_touched] = place;
            n_touched += usize::from(*count == 0);
            *count = count.saturating_add(1);
        }
        self.n_touched = n_touched;
    }

    fn end(&mut self, rows: &mut Rows) {
        for &place in &self.touched[..self.n_touched] {
            let count = std::mem::take(&mut self.counts[place as usize]);
            if place > 0 {
                rows.nodes.push(place - 1);
                rows.counts.push(count);
            }
        }
        self.n_touched = 0;
        rows.ends.push(rows.nodes.len());
    }
}

impl Rows {
    /// The same rows over the columns of a vocabulary; nodes without a column are left out.
    fn into_matrix(self, columns: &[u32], vocabulary: Arc<Vocabulary>) -> CountMatrix {
        let binary = vocabulary.params.binary;
        let Self { mut nodes, mut counts, mut ends } = self;
        let seen = counts.iter().copied().map(u64::from).sum();
        let mut unknown = 0;
        let n_entries = nodes.len();
        // In place: a large corpus has more entries than fit twice.
        let (mut start, mut kept) = (0, 0);
        for end in &mut ends {
            for entry in start..*end {
                let (column, count) = (columns[nodes[entry] as usize], counts[entry]);
                let known = column != NONE;
                unknown += if known { 0 } else { u64::from(count) };
                nodes[kept] = column;
                counts[kept] = count;
                kept += usize::from(known);
            }
            start = *end;
            *end = kept;
        }
        nodes.truncate(kept);
        counts.truncate(kept);
        if kept < n_entries / 2 {
            nodes.shrink_to_fit();
            counts.shrink_to_fit();
        }
        ends.insert(0, 0);
        let sort = |columns: &mut [u32], counts: &mut [u32], sorted: &mut Vec<u64>| {
            // A column and its count in one word: sorted by column.
            sorted.clear();
            let both = columns.iter().zip(&*counts);
            sorted.extend(both.map(|(&column, &count)| u64::from(column) << 32 | u64::from(count)));
            sorted.sort_unstable();
            for ((column, count), entry) in columns.iter_mut().zip(counts).zip(&*sorted) {
                *column = (entry >> 32) as u32;
                *count = if binary { 1 } else { *entry as u32 };
            }
        };
        let mut rows = Csr::from_parts(vocabulary.len(), ends, nodes, counts, sort);
        if vocabulary.is_hashed() {
            let add = |a: u32, b: u32| if binary { 1 } else { a.saturating_add(b) };
            rows.join_equal_columns(add);
        }
        CountMatrix { vocabulary, rows: Arc::new(rows), seen, unknown }
    }
}

impl<A: Analyze> CountBuilder<A> {
    /// A builder that has seen nothing; settings are checked by [`finish`](Self::finish).
    ///
    /// The analyzer may be borrowed: `&Analyzer` analyzes too.
    pub fn new(analyzer: A, params: CountParams) -> Self {
        Self {
            analyzer,
            params,
            counted: Counted::default(),
            row: Row::default(),
            tokens: Tokens::default(),
            nodes: Vec::new(),
            runs: Vec::new(),
            tails: Vec::new(),
        }
    }

    /// How many documents were counted.
    pub fn n_docs(&self) -> usize {
        self.counted.rows.ends.len()
    }

    /// Counts a document: the next row.
    ///
    /// Cost: linear in the text. Allocates only for words and runs not seen before.
    ///
    /// # Panics
    ///
    /// If more than 4 billion distinct terms were seen, or 4 GB of distinct spellings.
    pub fn push<D: Document + ?Sized>(&mut self, doc: &D) {
        for (_, text) in sections(doc) {
            self.tails.clear();
            let mut pieces = Pieces::new(text);
            while let Some(piece) = pieces.next(&self.analyzer) {
                self.push_piece(piece);
            }
        }
        self.row.end(&mut self.counted.rows);
    }

    fn push_piece(&mut self, piece: Piece<'_>) {
        piece.read(&self.analyzer, &mut self.tokens);
        let (terms, analyzer) = (&mut self.counted.terms, &self.analyzer);
        self.nodes.clear();
        terms.nodes_of(piece.text, self.tokens.spans(), analyzer, &mut self.nodes);
        let (shortest, longest) = (*self.params.ngrams.start(), *self.params.ngrams.end());
        if longest > 1 {
            self.runs.clear();
            for &word in &self.nodes {
                if word == NONE {
                    self.tails.clear();
                    continue;
                }
                // Each run that ended at the token before goes on to this one; a new one starts here.
                self.tails.truncate(longest - 1);
                for tail in &mut self.tails {
                    *tail = terms.node_of_run(*tail, word);
                }
                self.tails.insert(0, word);
                self.runs.extend(self.tails.iter().skip(shortest.saturating_sub(1)));
            }
            std::mem::swap(&mut self.nodes, &mut self.runs);
        }
        self.row.add(&self.nodes, terms.nodes().len());
    }

    /// Appends the documents that another builder counted, after those of this one.
    ///
    /// # Errors
    ///
    /// If the other counted with other settings. That the analyzers agree is up to the caller.
    pub fn merge(&mut self, other: Self) -> Result<()> {
        if self.params != other.params {
            let (expected, found) = (format!("{:?}", self.params), format!("{:?}", other.params));
            return Err(Error::mismatch("settings of counts to merge", expected, found));
        }
        self.counted.absorb(other.counted);
        Ok(())
    }

    /// Sorts and prunes the vocabulary, and gives each document its row.
    ///
    /// # Errors
    ///
    /// If a setting is out of range or two contradict each other ([`Error::is_setting`]), if there
    /// was no document, or if no term is left ([`Error::is_too_small`]).
    pub fn finish(self) -> Result<CountMatrix> {
        self.params.check()?;
        let n_docs = self.n_docs();
        if n_docs == 0 {
            return Err(Error::nothing("no documents to count, but at least 1 is needed"));
        }
        if *self.params.ngrams.end() > 1 {
            self.check_words()?;
        }
        let Counted { terms, rows } = &self.counted;
        let kept = prune::keep(terms, rows, n_docs, &self.params)?;
        let columns = kept.columns(terms.nodes().len());
        let vocabulary = Arc::new(kept.into_vocabulary(terms, n_docs, self.params));
        Ok(self.counted.rows.into_matrix(&columns, vocabulary))
    }

    /// Gives each document its row over the columns of a vocabulary learned before.
    pub(super) fn finish_with(self, vocabulary: &Arc<Vocabulary>) -> CountMatrix {
        let (mut words, mut name) = (Vec::new(), String::new());
        let columns: Vec<u32> = (0..self.counted.terms.nodes().len() as u32)
            .map(|node| {
                self.counted.terms.words_of(node, &mut words);
                name.clear();
                let word = |&word: &u32| self.counted.terms.words().get(word as usize);
                join_into(words.iter().map(word), &mut name);
                vocabulary.id(&name).map_or(NONE, |term| term.0)
            })
            .collect();
        self.counted.rows.into_matrix(&columns, Arc::clone(vocabulary))
    }

    /// What was counted, and how often each node was in all documents.
    pub(super) fn into_totals(self) -> (Terms, Vec<u64>) {
        let Counted { terms, rows } = self.counted;
        let mut totals = vec![0; terms.nodes().len()];
        for (node, count) in rows.nodes.into_iter().zip(rows.counts) {
            totals[node as usize] += u64::from(count);
        }
        (terms, totals)
    }

    /// With n-grams, a space in a word would give two terms one name.
    fn check_words(&self) -> Result<()> {
        let spaced = |word: &&str| word.bytes().any(|byte| byte <= b' ');
        match self.counted.terms.words().iter().filter(spaced).min() {
            None => Ok(()),
            Some(word) => {
                let ngrams = format!("{:?}", self.params.ngrams);
                let allowed = format!("1..=1 for terms that hold spaces, such as `{word}`");
                Err(Error::setting("ngrams", ngrams, allowed))
            }
        }
    }
}

impl<A: Analyze> CountBuilder<A> {
    /// Counts documents in order, on all threads of the current pool if that is worth it.
    #[cfg(not(feature = "rayon"))]
    pub(super) fn push_all<I>(&mut self, docs: I)
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        docs.into_iter().for_each(|doc| self.push(&doc));
    }

    /// Counts documents in order, on all threads of the current pool if that is worth it.
    #[cfg(feature = "rayon")]
    pub(super) fn push_all<I>(&mut self, docs: I)
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        let threads = rayon::current_num_threads();
        if threads == 1 {
            docs.into_iter().for_each(|doc| self.push(&doc));
            return;
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for doc in docs {
            bytes += doc.text().len();
            batch.push(doc);
            if bytes >= BATCH {
                self.push_batch(&batch, bytes, threads);
                batch.clear();
                bytes = 0;
            }
        }
        self.push_batch(&batch, bytes, threads);
    }

    #[cfg(feature = "rayon")]
    fn push_batch<D: Document + Sync>(&mut self, batch: &[D], bytes: usize, threads: usize) {
        if bytes < SMALL || batch.len() < 2 {
            for doc in batch {
                self.push(doc);
            }
        } else {
            let counted = count_halves(&self.analyzer, batch, threads, &self.params);
            self.counted.absorb(counted);
        }
    }
}

/// Counts documents in `parts` stretches of about the same length, merged in order.
#[cfg(feature = "rayon")]
fn count_halves<A: Analyze, D: Document + Sync>(
    analyzer: &A,
    docs: &[D],
    parts: usize,
    params: &CountParams,
) -> Counted {
    if parts < 2 || docs.len() < 2 {
        let mut builder = CountBuilder::new(analyzer, params.clone());
        builder.counted.terms.reserve(docs.iter().map(|doc| doc.text().len()).sum());
        for doc in docs {
            builder.push(doc);
        }
        return builder.counted;
    }
    let left_parts = parts / 2;
    let bytes: usize = docs.iter().map(|doc| doc.text().len()).sum();
    let mut left_bytes = 0;
    let middle = docs.iter().position(|doc| {
        left_bytes += doc.text().len();
        left_bytes as f64 >= bytes as f64 * left_parts as f64 / parts as f64
    });
    let middle = middle.map_or(1, |last| last + 1).min(docs.len() - 1);
    let (left, right) = docs.split_at(middle);
    let (mut left, right) = rayon::join(
        || count_halves(analyzer, left, left_parts, params),
        || count_halves(analyzer, right, parts - left_parts, params),
    );
    left.absorb(right);
    left
}

impl<A> fmt::Debug for CountBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountBuilder")
            .field("n_docs", &self.counted.rows.ends.len())
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}
