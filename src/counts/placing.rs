//! How do rows of nodes become rows of columns?

use std::ops::{Deref, Range};
use std::sync::Arc;

use super::dealt::{Dealt, Stretch};
use super::forms::NONE;
use super::params::CountParams;
use super::parts::Part;
use crate::csr::Csr;
use crate::parallel::{map_each, ragged};

/// Documents that one task places at most.
const MOST_DOCS: usize = 512;

/// Rows over columns, and how many terms were read and had none.
pub(super) struct Placed {
    pub(super) rows: Csr<u32>,
    pub(super) seen: u64,
    pub(super) unknown: u64,
}

/// What the columns are.
pub(super) struct Columns<'c> {
    /// How many there are.
    pub(super) n_terms: usize,
    pub(super) params: &'c CountParams,
    /// Whether terms share columns.
    pub(super) hashed: bool,
}

impl Columns<'_> {
    /// Puts all counted rows into columns; `columns` gives for each node its column, [`NONE`] for those without
    /// one, whose entries are left out.
    pub(super) fn place_all(&self, mut batches: Vec<Dealt<Part>>, columns: &[u32]) -> Placed {
        let whole = match &mut batches[..] {
            [Dealt { sinks, .. }] if sinks.len() == 1 => sinks.pop(),
            _ => None,
        };
        if let Some(part) = whole {
            return self.placed(place_where_it_is(part, columns, self.params.binary));
        }
        let shared = batches.into_iter().map(|Dealt { sinks, stretches }| {
            // Whoever reads the last row of a part gives its memory back, so that no more than one list of all rows is held.
            let sinks = sinks.into_iter().map(Arc::new).collect();
            Dealt { sinks, stretches }
        });
        self.placed(place_in_order(shared.collect(), |_| columns, self.params.binary))
    }

    /// As [`place_all`](Self::place_all), for rows of one thread, and on it alone.
    pub(super) fn place_part(&self, part: &Part, columns: &[u32]) -> Placed {
        self.placed(place_alone(part, columns, self.params.binary))
    }

    /// As [`place_all`](Self::place_all), for one batch, where each thread has numbers of its own.
    pub(super) fn place_batch<'c>(
        &self,
        batch: Dealt<&Part>,
        columns_of: impl Fn(usize) -> &'c [u32],
    ) -> Placed {
        self.placed(place_in_order(vec![batch], columns_of, self.params.binary))
    }

    fn placed(&self, (parts, Sums { seen, unknown }): (Parts, Sums)) -> Placed {
        let (starts, columns, counts) = parts;
        let mut rows = Csr::of(starts, columns, counts, self.n_terms);
        if unknown > 0 {
            rows.drop_outside();
        }
        // Hashed terms share places; and a word that holds a space may be the name of a run.
        if self.hashed || *self.params.ngrams.end() > 1 {
            let binary = self.params.binary;
            let add = |a: u32, b: u32| if binary { 1 } else { a.saturating_add(b) };
            rows.join_equal_columns(add);
        }
        Placed { rows, seen, unknown }
    }
}

/// Where rows begin, their columns and counts.
type Parts = (Vec<usize>, Vec<u32>, Vec<u32>);

/// How many terms were read, and how many of them have no column.
#[derive(Clone, Copy, Default)]
struct Sums {
    seen: u64,
    unknown: u64,
}

impl Sums {
    fn of(all: &[Self]) -> Self {
        all.iter().fold(Self::default(), |sum, next| Self {
            seen: sum.seen + next.seen,
            unknown: sum.unknown + next.unknown,
        })
    }
}

/// Puts columns where the nodes are: for rows that lie together and in order.
fn place_where_it_is(part: Part, columns: &[u32], binary: bool) -> (Parts, Sums) {
    let Part { mut nodes, mut counts, ends: mut starts } = part;
    starts.insert(0, 0);
    let pieces = ragged(&starts, &mut nodes).into_iter().zip(ragged(&starts, &mut counts));
    let sums = map_each(pieces.collect(), |((docs, mut nodes), (_, mut counts))| {
        let mut row = Row::new(columns);
        for doc in docs {
            let length = starts[doc + 1] - starts[doc];
            let (nodes_here, nodes_after) = nodes.split_at_mut(length);
            let (counts_here, counts_after) = counts.split_at_mut(length);
            row.read(nodes_here, counts_here);
            row.write(nodes_here, counts_here, binary);
            (nodes, counts) = (nodes_after, counts_after);
        }
        row.sums
    });
    ((starts, nodes, counts), Sums::of(&sums))
}

/// Puts rows that lie together into new memory, on this thread.
fn place_alone(part: &Part, columns: &[u32], binary: bool) -> (Parts, Sums) {
    let starts = [0].into_iter().chain(part.ends.iter().copied()).collect();
    let n_entries = part.nodes.len();
    let (mut row_columns, mut counts) = (vec![0; n_entries], vec![0; n_entries]);
    let (to_columns, to_counts) = (&mut row_columns[..], &mut counts[..]);
    let piece = Piece { part, docs: 0..part.ends.len(), columns, to_columns, to_counts };
    let sums = piece.place(binary);
    ((starts, row_columns, counts), sums)
}

/// Puts the rows of parts, in order, into new memory.
fn place_in_order<'c, P: Deref<Target = Part> + Clone + Send>(
    batches: Vec<Dealt<P>>,
    columns_of: impl Fn(usize) -> &'c [u32],
    binary: bool,
) -> (Parts, Sums) {
    let parts = batches.iter().flat_map(|batch| &batch.sinks);
    let n_entries = parts.map(|part| part.nodes.len()).sum();
    // Memory that was not written to is zero already, and is first written to by the thread that fills it.
    let (mut columns, mut counts) = (vec![0; n_entries], vec![0; n_entries]);
    let (mut columns_left, mut counts_left) = (&mut columns[..], &mut counts[..]);
    let mut starts = vec![0];
    let mut pieces = Vec::new();
    for Dealt { sinks, stretches } in batches {
        let mut docs_read = vec![0; sinks.len()];
        for Stretch { thread, n_docs } in stretches {
            let (part, all) = (&sinks[thread], docs_read[thread]..docs_read[thread] + n_docs);
            docs_read[thread] = all.end;
            for first in all.clone().step_by(MOST_DOCS) {
                let docs = first..(first + MOST_DOCS).min(all.end);
                let (start, end) = (part.start(docs.start), part.start(docs.end));
                let base = starts[starts.len() - 1] - start;
                starts.extend(part.ends[docs.clone()].iter().map(|end| base + end));
                let (to_columns, to_counts);
                (to_columns, columns_left) = columns_left.split_at_mut(end - start);
                (to_counts, counts_left) = counts_left.split_at_mut(end - start);
                let (part, columns) = (part.clone(), columns_of(thread));
                pieces.push(Piece { part, docs, columns, to_columns, to_counts });
            }
        }
    }
    let sums = map_each(pieces, |piece| piece.place(binary));
    ((starts, columns, counts), Sums::of(&sums))
}

/// Documents of a part that follow each other, and where their entries belong.
struct Piece<'p, P> {
    part: P,
    docs: Range<usize>,
    columns: &'p [u32],
    to_columns: &'p mut [u32],
    to_counts: &'p mut [u32],
}

impl<P: Deref<Target = Part>> Piece<'_, P> {
    fn place(self, binary: bool) -> Sums {
        let Self { part, docs, columns, mut to_columns, mut to_counts } = self;
        let mut row = Row::new(columns);
        for doc in docs {
            let entries = part.start(doc)..part.ends[doc];
            let (columns_here, columns_after) = to_columns.split_at_mut(entries.len());
            let (counts_here, counts_after) = to_counts.split_at_mut(entries.len());
            row.read(&part.nodes[entries.clone()], &part.counts[entries]);
            row.write(columns_here, counts_here, binary);
            (to_columns, to_counts) = (columns_after, counts_after);
        }
        row.sums
    }
}

/// A row on its way from nodes to columns.
struct Row<'c> {
    columns: &'c [u32],
    /// Column and count of each entry in one word: sorted by column.
    known: Vec<u64>,
    /// The counts of entries without a column.
    rest: Vec<u32>,
    /// Of all rows so far.
    sums: Sums,
}

impl<'c> Row<'c> {
    fn new(columns: &'c [u32]) -> Self {
        Self { columns, known: Vec::new(), rest: Vec::new(), sums: Sums::default() }
    }

    fn read(&mut self, nodes: &[u32], counts: &[u32]) {
        self.known.clear();
        self.rest.clear();
        for (&node, &count) in nodes.iter().zip(counts) {
            self.sums.seen += u64::from(count);
            let column = self.columns[node as usize];
            if column == NONE {
                self.rest.push(count);
            } else {
                self.known.push(u64::from(column) << 32 | u64::from(count));
            }
        }
        self.known.sort_unstable();
    }

    /// Columns rise, and those that are none come last.
    fn write(&mut self, columns: &mut [u32], counts: &mut [u32], binary: bool) {
        for ((column, count), entry) in columns.iter_mut().zip(&mut *counts).zip(&self.known) {
            *column = (entry >> 32) as u32;
            *count = if binary { 1 } else { *entry as u32 };
        }
        columns[self.known.len()..].fill(NONE);
        counts[self.known.len()..].copy_from_slice(&self.rest);
        self.sums.unknown += self.rest.iter().copied().map(u64::from).sum::<u64>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::counter::Take;

    fn part(rows: &[&[(u32, u32)]]) -> Part {
        let mut part = Part::default();
        for row in rows {
            row.iter().for_each(|&(node, count)| part.add(node, count));
            part.end_doc();
        }
        part
    }

    #[test]
    fn rows_are_the_same_wherever_they_are_placed() {
        let rows: [&[(u32, u32)]; 5] =
            [&[(0, 1), (3, 2), (1, 7)], &[], &[(2, 4)], &[(3, 1), (2, 5), (0, 3)], &[(1, 1)]];
        // Node 1 was dropped.
        let columns_of_nodes = [2, NONE, 1, 0];
        let whole = part(&rows);
        // Two threads took rows 0, 3 and 4, and rows 1 and 2.
        let sinks = vec![part(&[rows[0], rows[3], rows[4]]), part(&rows[1..3])];
        let stretches = [(0, 1), (1, 2), (0, 2)];
        let stretches = stretches.map(|(thread, n_docs)| Stretch { thread, n_docs }).to_vec();
        let dealt = Dealt { sinks, stretches };
        for binary in [false, true] {
            let params = CountParams::default().binary(binary);
            let columns = Columns { n_terms: 3, params: &params, hashed: false };
            let mut expected = Csr::new(3);
            let count = |count: u32| if binary { 1 } else { count };
            expected.push_row([(0, count(2)), (2, count(1))]);
            expected.push_row([]);
            expected.push_row([(1, count(4))]);
            expected.push_row([(0, count(1)), (1, count(5)), (2, count(3))]);
            expected.push_row([]);
            let one = Stretch { thread: 0, n_docs: rows.len() };
            let alone = Dealt { sinks: vec![whole.clone()], stretches: vec![one] };
            let (sinks, stretches) = (dealt.sinks.iter().collect(), dealt.stretches.clone());
            for placed in [
                columns.place_all(vec![alone], &columns_of_nodes),
                columns.place_all(vec![dealt.clone()], &columns_of_nodes),
                columns.place_batch(Dealt { sinks, stretches }, |_| &columns_of_nodes),
                columns.place_part(&whole, &columns_of_nodes),
            ] {
                assert_eq!((placed.rows, placed.seen, placed.unknown), (expected.clone(), 24, 8));
            }
        }
    }
}
