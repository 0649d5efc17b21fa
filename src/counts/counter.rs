//! Counting one document after the other, on one thread or on all of them.

use super::dealt::{Dealt, ROUNDS, deal, fill, portions};
use super::forms::NONE;
use super::params::{CountParams, LONGEST_RUN};
use super::terms::Terms;
use crate::article::{Document, sections};
use crate::parallel::n_threads;
use crate::text::{Analyze, Piece, Pieces, Tokens};
use crate::{Error, Result};

/// Text that is held at once while threads count it, in bytes.
pub(super) const BATCH: usize = 32 << 20;
/// Text that is too short to be worth another thread, in bytes.
pub(super) const SMALL: usize = 64 << 10;

/// What becomes of the counts of each document: they are kept as a row, or only added up.
pub(super) trait Take: Default + Send {
    /// Takes in how often a node was in the document that is being counted; each node once.
    fn add(&mut self, node: u32, count: u32);

    /// The document ends here.
    fn end_doc(&mut self);

    /// Hands over what was taken in so far, and starts anew.
    fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

/// What was taken in of all documents, here and elsewhere.
pub(super) trait Sink: Take {
    /// Whether the order of the documents matters.
    const IN_ORDER: bool;

    /// What one of many threads takes in.
    type Part: Take;

    /// How many documents ended.
    fn n_docs(&self) -> usize;

    /// Appends what another took in; `here` gives the number that each of its nodes has here.
    fn absorb(&mut self, other: Self, here: &[u32]);

    /// Appends what threads took in, batch after batch; `here` is as in [`absorb`](Self::absorb), for each thread.
    fn absorb_dealt(&mut self, batches: Vec<Dealt<Self::Part>>, here: &[Vec<u32>]);
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
        let sink = &mut self.sink;
        self.terms.merge(&[other.terms], |mut here| sink.absorb(other.sink, &here.remove(0)));
    }

    /// Appends what threads counted, whose terms are these.
    fn absorb_dealt(&mut self, mut terms: Vec<Terms>, batches: Vec<Dealt<S::Part>>) {
        let mut here = Vec::new();
        if self.sink.n_docs() == 0 && !terms.is_empty() {
            self.terms = terms.remove(0);
            here.push((0..self.terms.nodes().len() as u32).collect());
        }
        let sink = &mut self.sink;
        self.terms.merge(&terms, |others| {
            here.extend(others);
            sink.absorb_dealt(batches, &here);
        });
    }
}

/// The row being counted: a count for each node, and which of them are not zero.
///
/// Half of all tokens are stop words, and half of the others are new to their document; no processor
/// guesses which. So neither is asked: each is written down, and the next over it unless it was to stay.
#[derive(Clone, Debug, Default)]
struct Row {
    counts: Vec<u32>,
    /// The nodes whose counts are not zero, and what was written behind them.
    touched: Vec<u32>,
    n_touched: usize,
}

impl Row {
    /// Counts nodes, of which there are `n_nodes` so far, without those that do not count ([`NONE`]).
    fn add(&mut self, nodes: &mut [u32], n_nodes: usize) {
        if self.counts.len() < n_nodes {
            self.counts.resize(n_nodes + n_nodes / 2, 0);
        }
        let mut n_counted = 0;
        for at in 0..nodes.len() {
            let node = nodes[at];
            nodes[n_counted] = node;
            n_counted += usize::from(node != NONE);
        }
        let most = self.n_touched + n_counted + 1;
        if self.touched.len() < most {
            self.touched.resize(most + most / 2, 0);
        }
        let (counts, touched) = (&mut self.counts[..], &mut self.touched[..]);
        let mut n_touched = self.n_touched;
        for &node in &nodes[..n_counted] {
            let count = &mut counts[node as usize];
            touched[n_touched] = node;
            n_touched += usize::from(*count == 0);
            *count = count.saturating_add(1);
        }
        self.n_touched = n_touched;
    }

    /// Hands the row over and starts the next.
    fn end(&mut self, sink: &mut impl Take) {
        for &node in &self.touched[..self.n_touched] {
            sink.add(node, std::mem::take(&mut self.counts[node as usize]));
        }
        self.n_touched = 0;
        sink.end_doc();
    }
}

/// Counts documents one by one into what [takes](Take) them.
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

impl<A, S: Take> Counter<A, S> {
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
}

impl<A, S: Sink> Counter<A, S> {
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

impl<A: Analyze, S: Take> Counter<A, S> {
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
        // Longer runs are refused in the end, and would cost much until then.
        let (shortest, longest) = (*self.params.ngrams.start(), *self.params.ngrams.end());
        let longest = longest.min(LONGEST_RUN);
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
        self.row.add(&mut self.nodes, terms.nodes().len());
    }
}

impl<A: Analyze, S: Sink> Counter<A, S> {
    /// Counts documents in order, on all threads of the current pool if that is worth it.
    pub(super) fn push_all<I>(&mut self, docs: I)
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        self.push_on(n_threads(), docs, BATCH, SMALL);
    }

    /// Counts documents in order on some threads, each of which learns the words of its own documents
    /// and keeps them from batch to batch. `batch` bytes of text are held at once; fewer than `small`, and
    /// all if there is one thread, are counted here.
    pub(super) fn push_on<I>(&mut self, threads: usize, docs: I, batch: usize, small: usize)
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        let (mut docs, mut held) = (docs.into_iter(), Vec::new());
        let bytes = fill(&mut held, &mut docs, batch);
        if threads == 1 || (bytes < batch && (bytes < small || held.len() < 2)) {
            self.counted.terms.reserve(bytes);
            held.into_iter().chain(docs).for_each(|doc| self.push(&doc));
            return;
        }
        let counter = || Counter::new(&self.analyzer, self.params.clone());
        let mut crew: Vec<Counter<&A, S::Part>> = (0..threads).map(|_| counter()).collect();
        let mut batches = Vec::new();
        while !held.is_empty() {
            let stretches = portions(&held, threads * ROUNDS);
            let all = crew.iter_mut().collect();
            let stretches = deal(&stretches, all, |number, counter: &mut Counter<_, _>, docs| {
                // Half of a text has more than half of its words; and what the others learn will come to the first.
                let share = if number == 0 { 1 } else { threads as u64 };
                let expected = ((bytes as u64).saturating_pow(2) / share).isqrt();
                counter.counted.terms.reserve(expected as usize);
                docs.for_each(|doc| counter.push(doc));
            });
            if S::IN_ORDER {
                let taken = crew.iter_mut().map(|counter| counter.counted.sink.take());
                batches.push(Dealt { sinks: taken.collect(), stretches });
            }
            held.clear();
            fill(&mut held, &mut docs, batch);
        }
        let (terms, sinks): (Vec<Terms>, Vec<_>) =
            crew.into_iter().map(|counter| (counter.counted.terms, counter.counted.sink)).unzip();
        if !S::IN_ORDER {
            batches.push(Dealt { sinks, stretches: Vec::new() });
        }
        self.counted.absorb_dealt(terms, batches);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::CountBuilder;
    use crate::text::Analyzer;

    #[test]
    fn batches_on_threads_count_as_one_after_the_other() {
        let docs: Vec<String> = (0..57)
            .map(|i| {
                format!("Word{} talks {} twice twice on day {}", i % 7, i % 11, i).repeat(i % 5)
            })
            .collect();
        let analyzer = Analyzer::plain();
        for ngrams in [1..=1, 1..=2] {
            let params = CountParams::default().ngrams(ngrams);
            let mut one = CountBuilder::new(&analyzer, params.clone());
            for doc in &docs {
                one.push(doc);
            }
            let expected = one.finish().unwrap();
            for (threads, batch, small) in
                [(2, 1, 0), (3, 500, 0), (5, 1 << 20, 0), (2, 9, 1 << 20)]
            {
                let mut builder = CountBuilder::new(&analyzer, params.clone());
                builder.push(&docs[0]);
                builder.counter.push_on(threads, &docs[1..], batch, small);
                assert_eq!(builder.finish().unwrap(), expected, "{threads} {batch}");
            }
        }
    }
}
