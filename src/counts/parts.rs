//! Where are rows until there are columns? Where threads counted them, by nodes.

use super::counter::{Sink, Take};
use super::dealt::{Dealt, Stretch};
use super::tally::Tally;
use crate::parallel::for_each;

/// Rows that one thread counted, one after the other: the nodes and counts of each document.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) nodes: Vec<u32>,
    pub(super) counts: Vec<u32>,
    /// For each document the end of its entries.
    pub(super) ends: Vec<usize>,
}

/// With so many entries room is made for so many more at once: memory that is not written to costs
/// nothing, and moving what was written costs more than counting it. It is so much that allocators ask the system for
/// it (that of GNU's C library from 32 MB on), and so give it back when the rows are read.
const FEW: usize = 1 << 14;
const MANY: usize = 1 << 23;

/// Entries that one task numbers anew.
const PIECE: usize = 1 << 16;

impl Take for Part {
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

    fn take(&mut self) -> Self {
        let mut part = std::mem::take(self);
        part.nodes.shrink_to_fit();
        part.counts.shrink_to_fit();
        part
    }
}

impl Part {
    /// Where the entries of a document begin.
    pub(super) fn start(&self, doc: usize) -> usize {
        if doc == 0 { 0 } else { self.ends[doc - 1] }
    }

    /// Forgets the rows but keeps their memory.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.counts.clear();
        self.ends.clear();
    }

    /// The nodes, as much at once as one task numbers anew.
    fn pieces<'p>(&'p mut self, here: &'p [u32]) -> impl Iterator<Item = Piece<'p>> {
        self.nodes.chunks_mut(PIECE).map(move |nodes| (nodes, here))
    }
}

/// Rows of all documents.
///
/// They stay in the memory that they were counted in: parts put into one list would be read and written once more, and
/// that list would be new memory, which the system takes longer to give than a thread to count a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    batches: Vec<Dealt<Part>>,
    /// The rows after those of the batches.
    last: Part,
    /// How many documents the batches hold.
    n_dealt: usize,
}

impl Take for Rows {
    #[inline]
    fn add(&mut self, node: u32, count: u32) {
        self.last.add(node, count);
    }

    fn end_doc(&mut self) {
        self.last.end_doc();
    }
}

impl Sink for Rows {
    const IN_ORDER: bool = true;
    type Part = Part;

    fn n_docs(&self) -> usize {
        self.n_dealt + self.last.ends.len()
    }

    fn absorb(&mut self, other: Self, here: &[u32]) {
        let mut batches = other.into_batches();
        let parts = batches.iter_mut().flat_map(|batch| &mut batch.sinks);
        renumber(parts.flat_map(|part| part.pieces(here)).collect());
        self.append(batches);
    }

    fn absorb_dealt(&mut self, mut batches: Vec<Dealt<Part>>, here: &[Vec<u32>]) {
        // Who counted first keeps all numbers.
        let changed = |here: &&Vec<u32>| (0..).zip(*here).any(|(node, &here)| node != here);
        for (thread, here) in here.iter().enumerate().filter(|(_, here)| changed(here)) {
            let parts = batches.iter_mut().map(|batch| &mut batch.sinks[thread]);
            renumber(parts.flat_map(|part| part.pieces(here)).collect());
        }
        self.append(batches);
    }
}

/// Nodes, and what their numbers become.
type Piece<'p> = (&'p mut [u32], &'p [u32]);

fn renumber(pieces: Vec<Piece<'_>>) {
    for_each(pieces, |(nodes, here)| {
        for node in nodes {
            *node = here[*node as usize];
        }
    });
}

impl Rows {
    fn append(&mut self, batches: Vec<Dealt<Part>>) {
        let last = self.last.take();
        if !last.ends.is_empty() {
            self.n_dealt += last.ends.len();
            let stretches = vec![Stretch { thread: 0, n_docs: last.ends.len() }];
            self.batches.push(Dealt { sinks: vec![last], stretches });
        }
        let stretches = batches.iter().flat_map(|batch| &batch.stretches);
        self.n_dealt += stretches.map(|stretch| stretch.n_docs).sum::<usize>();
        self.batches.extend(batches);
    }

    /// All rows, in the order of the documents.
    pub(super) fn into_batches(mut self) -> Vec<Dealt<Part>> {
        self.append(Vec::new());
        self.batches
    }

    /// In how many documents each of so many nodes was, and how often.
    pub(super) fn tally(&self, n_nodes: usize) -> Tally {
        let mut tally = Tally::new(n_nodes);
        let dealt = self.batches.iter().flat_map(|batch| &batch.sinks);
        for part in dealt.chain([&self.last]) {
            tally.add_entries(&part.nodes, &part.counts);
        }
        tally
    }
}
