//! Counting one document after the other, on one thread or on all of them.

use super::forms::NONE;
use super::params::CountParams;
use super::terms::Terms;
use crate::article::{Document, sections};
use crate::text::{Analyze, Piece, Pieces, Tokens};
use crate::{Error, Result};

/// Text that is held at once while threads count it, in bytes.
#[cfg(feature = "rayon")]
const BATCH: usize = 32 << 20;
/// Text that is too short to be worth another thread, in bytes.
#[cfg(feature = "rayon")]
const SMALL: usize = 64 << 10;

/// What becomes of the counts of each document: they are kept as a row, or only added up.
pub(super) trait Sink: Default + Send {
    /// Takes in how often a node was in the document that is being counted; each node once.
    fn add(&mut self, node: u32, count: u32);

    /// The document ends here.
    fn end_doc(&mut self);

    /// How many documents ended.
    fn n_docs(&self) -> usize;

    /// Appends what another took in; `here` gives the number that each of its nodes has here.
    fn absorb(&mut self, other: Self, here: &[u32]);
}

/// What was counted so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted<S> {
    pub(super) terms: Terms,
    pub(super) sink: S,
}

impl<S: Sink> Counted<S> {
    /// Appends what another counted.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.sink.n_docs() == 0 {
            *self = other;
            return;
        }
        let here = self.terms.merge(&other.terms);
        self.sink.absorb(other.sink, &here);
    }
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

    /// Hands the row over and starts the next.
    fn end(&mut self, sink: &mut impl Sink) {
        for &place in &self.touched[..self.n_touched] {
            let count = std::mem::take(&mut self.counts[place as usize]);
            if place > 0 {
                sink.add(place - 1, count);
            }
        }
        self.n_touched = 0;
        sink.end_doc();
    }
}

/// Counts documents one by one into a [`Sink`].
#[derive(Clone)]
pub(super) struct Counter<A, S> {
    analyzer: A,
    pub(super) params: CountParams,
    pub(super) counted: Counted<S>,
    row: Row,
    tokens: Tokens,
    /// The nodes of the tokens of a piece, and of the runs in it.
    nodes: Vec<u32>,
    runs: Vec<u32>,
    /// The nodes of the runs that end at the last token, the shortest first.
    tails: Vec<u32>,
}

impl<A, S: Sink> Counter<A, S> {
    pub(super) fn new(analyzer: A, params: CountParams) -> Self {
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

    pub(super) fn n_docs(&self) -> usize {
        self.counted.sink.n_docs()
    }

    /// Appends what another counted, if it counted with the same settings.
    pub(super) fn merge(&mut self, other: Self) -> Result<()> {
        if self.params != other.params {
            let (expected, found) = (format!("{:?}", self.params), format!("{:?}", other.params));
            return Err(Error::mismatch("settings of counts to merge", expected, found));
        }
        self.counted.absorb(other.counted);
        Ok(())
    }

    /// What has to hold before a vocabulary can be made of the counts.
    pub(super) fn check(&self) -> Result<()> {
        self.params.check()?;
        if self.n_docs() == 0 {
            return Err(Error::nothing("no documents to count, but at least 1 is needed"));
        }
        self.check_words()
    }

    /// With n-grams, a space in a word would give two terms one name.
    pub(super) fn check_words(&self) -> Result<()> {
        if *self.params.ngrams.end() < 2 {
            return Ok(());
        }
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

impl<A: Analyze, S: Sink> Counter<A, S> {
    /// Counts a document.
    pub(super) fn push<D: Document + ?Sized>(&mut self, doc: &D) {
        for (_, text) in sections(doc) {
            self.tails.clear();
            let mut pieces = Pieces::new(text);
            while let Some(piece) = pieces.next(&self.analyzer) {
                self.push_piece(piece);
            }
        }
        self.row.end(&mut self.counted.sink);
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
}

impl<A: Analyze, S: Sink> Counter<A, S> {
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
        let Self { analyzer, params, counted, .. } = self;
        let part = |_| Part { counter: Counter::new(&*analyzer, params.clone()), here: Vec::new() };
        let mut parts: Vec<Part<&A, S>> = (0..threads).map(part).collect();
        // The first goes on where this one stopped.
        parts[0].counter.counted = std::mem::take(counted);
        let (mut batch, mut bytes) = (Vec::new(), 0);
        for doc in docs {
            bytes += doc.text().len();
            batch.push(doc);
            if bytes >= BATCH {
                count_batch(&mut parts, &batch, bytes);
                batch.clear();
                bytes = 0;
            }
        }
        count_batch(&mut parts, &batch, bytes);
        let mut parts = parts.into_iter();
        if let Some(first) = parts.next() {
            *counted = first.counter.counted;
        }
        for Part { counter, here } in parts {
            counted.terms.merge_forms(&counter.counted.terms, &here);
        }
    }
}

/// What one thread counts of each batch.
///
/// It knows its words from batch to batch, so that each is folded and stemmed once for each thread; its
/// counts go to the first part after each batch.
#[cfg(feature = "rayon")]
struct Part<A, S> {
    counter: Counter<A, S>,
    /// For each node the number that it has in the first part; none for the first.
    here: Vec<u32>,
}

/// Counts a batch on all threads; what was counted is in the first part then, in order.
#[cfg(feature = "rayon")]
fn count_batch<A: Analyze, S: Sink, D: Document + Sync>(
    parts: &mut [Part<&A, S>],
    batch: &[D],
    bytes: usize,
) {
    let n_parts = if bytes < SMALL { 1 } else { parts.len() };
    count_halves(&mut parts[..n_parts], batch);
    let Some((first, others)) = parts.split_first_mut() else { return };
    let counted = &mut first.counter.counted;
    for Part { counter, here } in others {
        let sink = std::mem::take(&mut counter.counted.sink);
        if sink.n_docs() > 0 {
            counted.terms.merge_nodes(&counter.counted.terms, here);
            counted.sink.absorb(sink, here);
        }
    }
}

/// Counts documents in stretches of about the same length, one for each part.
#[cfg(feature = "rayon")]
fn count_halves<A: Analyze, S: Sink, D: Document + Sync>(parts: &mut [Part<&A, S>], docs: &[D]) {
    if parts.len() < 2 || docs.len() < 2 {
        let Some(Part { counter, .. }) = parts.first_mut() else { return };
        counter.counted.terms.reserve(docs.iter().map(|doc| doc.text().len()).sum());
        for doc in docs {
            counter.push(doc);
        }
        return;
    }
    let n_left = parts.len() / 2;
    let share = n_left as f64 / parts.len() as f64;
    let bytes: usize = docs.iter().map(|doc| doc.text().len()).sum();
    let mut left_bytes = 0;
    let middle = docs.iter().position(|doc| {
        left_bytes += doc.text().len();
        left_bytes as f64 >= bytes as f64 * share
    });
    let middle = middle.map_or(1, |last| last + 1).min(docs.len() - 1);
    let (left, right) = docs.split_at(middle);
    let (left_parts, right_parts) = parts.split_at_mut(n_left);
    rayon::join(|| count_halves(left_parts, left), || count_halves(right_parts, right));
}
