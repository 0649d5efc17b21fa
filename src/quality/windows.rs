//! In how many windows does a term occur, and in how many do two?

use std::ops::Range;

use hashbrown::HashMap;

use crate::article::{Document, sections};
use crate::counts::TermId;
use crate::csr::Csr;
use crate::parallel::map_blocks;
use crate::text::{Analyze, TokenKind, Tokens};

type Fixed = foldhash::fast::FixedState;

/// Documents that one task reads.
const DOCS: usize = 256;

/// A word that no topic holds.
const OTHER: u32 = u32::MAX;

/// In how many windows each term of a topic occurs, and each two of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    single: Vec<u64>,
    /// Of terms `i` and `j < i`, at `i·(i − 1)/2 + j`.
    pairs: Vec<u64>,
}

impl Seen {
    fn new(n_terms: usize) -> Self {
        Self { single: vec![0; n_terms], pairs: vec![0; n_terms * n_terms.saturating_sub(1) / 2] }
    }

    /// How many terms the topic has.
    pub(super) fn len(&self) -> usize {
        self.single.len()
    }

    pub(super) fn single(&self, i: usize) -> u64 {
        self.single[i]
    }

    pub(super) fn pair(&self, i: usize, j: usize) -> u64 {
        match (i.max(j), i.min(j)) {
            (a, b) if a == b => self.single[a],
            (a, b) => self.pairs[a * (a - 1) / 2 + b],
        }
    }

    /// Adds what is known of the terms of one document; `windows` gives for the number of a term the
    /// windows that it is in.
    fn add<'w>(&mut self, windows: impl Fn(usize) -> &'w [Range<usize>]) {
        let mut pairs = self.pairs.iter_mut();
        for i in 0..self.single.len() {
            let here = windows(i);
            self.single[i] += here.iter().map(|range| range.len() as u64).sum::<u64>();
            for (j, pair) in (0..i).zip(&mut pairs) {
                if !here.is_empty() {
                    *pair += common(here, windows(j));
                }
            }
        }
    }

    fn absorb(&mut self, other: &Self) {
        let add = |to: &mut [u64], from: &[u64]| to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        add(&mut self.single, &other.single);
        add(&mut self.pairs, &other.pairs);
    }
}

/// How many numbers are in both lists of rising ranges.
fn common(a: &[Range<usize>], b: &[Range<usize>]) -> u64 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        count += x.end.min(y.end).saturating_sub(x.start.max(y.start)) as u64;
        let (x_ends, y_ends) = (x.end <= y.end, y.end <= x.end);
        i += usize::from(x_ends);
        j += usize::from(y_ends);
    }
    count
}

/// Whole rows are the windows: the terms of each topic by their columns.
pub(super) fn in_rows<T: AsRef<[TermId]>>(counts: &Csr<u32>, topics: &[T]) -> Vec<Seen> {
    let (numbers, rows) = rows_of(counts, topics);
    let mut marked = vec![false; counts.n_rows()];
    let of_topic = |topic: &T| {
        let terms = topic.as_ref();
        let held_by = |i: usize| &rows[numbers[terms[i].index()] as usize][..];
        let mut seen = Seen::new(terms.len());
        let mut pairs = seen.pairs.iter_mut();
        for (i, single) in seen.single.iter_mut().enumerate() {
            *single = held_by(i).len() as u64;
            mark(&mut marked, held_by(i), true);
            for (j, pair) in (0..i).zip(&mut pairs) {
                *pair = held_by(j).iter().map(|&row| u64::from(marked[row as usize])).sum();
            }
            mark(&mut marked, held_by(i), false);
        }
        seen
    };
    topics.iter().map(of_topic).collect()
}

fn mark(marked: &mut [bool], rows: &[u32], as_held: bool) {
    for &row in rows {
        marked[row as usize] = as_held;
    }
}

/// For each column the number of the term of a topic that it is, and for each of these the rows that it is in.
fn rows_of<T: AsRef<[TermId]>>(counts: &Csr<u32>, topics: &[T]) -> (Vec<u32>, Vec<Vec<u32>>) {
    let mut numbers = vec![OTHER; counts.n_cols()];
    let mut n_terms = 0;
    for term in topics.iter().flat_map(|topic| topic.as_ref()) {
        let number = &mut numbers[term.index()];
        if *number == OTHER {
            *number = n_terms;
            n_terms += 1;
        }
    }
    let mut rows = vec![Vec::new(); n_terms as usize];
    for (row, (columns, _)) in (0..).zip(counts.rows()) {
        for number in columns.iter().map(|&column| numbers[column as usize]) {
            if number != OTHER {
                rows[number as usize].push(row);
            }
        }
    }
    (numbers, rows)
}

/// Appends a range that does not begin before the last one; ranges that touch become one.
fn push(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
}

/// The terms that are looked for in text.
pub(super) struct Asked<'t> {
    /// Of each topic: its terms, by number.
    topics: Vec<Vec<u32>>,
    n_terms: usize,
    /// The number of each word that a term is or holds.
    words: HashMap<&'t str, u32, Fixed>,
    /// By the word that they begin with: terms as runs of words, and their numbers.
    runs: Vec<Vec<(Vec<u32>, u32)>>,
}

impl<'t> Asked<'t> {
    pub(super) fn new<T: AsRef<[S]>, S: AsRef<str> + 't>(topics: &'t [T]) -> Self {
        let mut asked =
            Self { topics: Vec::new(), n_terms: 0, words: HashMap::default(), runs: Vec::new() };
        let mut numbers: HashMap<&str, u32, Fixed> = HashMap::default();
        for topic in topics {
            let terms = topic.as_ref().iter().map(|term| {
                let term = term.as_ref();
                *numbers.entry(term).or_insert_with(|| asked.add(term))
            });
            let terms = terms.collect();
            asked.topics.push(terms);
        }
        asked
    }

    fn add(&mut self, term: &'t str) -> u32 {
        let number = self.n_terms as u32;
        self.n_terms += 1;
        // A word of its own, and if it holds spaces also a run of words.
        self.add_run(vec![term], number);
        if term.contains(' ') {
            self.add_run(term.split(' ').collect(), number);
        }
        number
    }

    fn add_run(&mut self, words: Vec<&'t str>, term: u32) {
        let run: Vec<u32> = words
            .into_iter()
            .map(|word| {
                let next = self.words.len() as u32;
                *self.words.entry(word).or_insert(next)
            })
            .collect();
        self.runs.resize(self.words.len(), Vec::new());
        self.runs[run[0] as usize].push((run, term));
    }
}

/// How many windows there are in documents, and what is seen in them of each topic.
pub(super) fn in_docs<A: Analyze + ?Sized, D: Document + Send + Sync>(
    analyzer: &A,
    docs: &[D],
    asked: &Asked<'_>,
    width: usize,
) -> (u64, Vec<Seen>) {
    let seen = || asked.topics.iter().map(|topic| Seen::new(topic.len())).collect::<Vec<_>>();
    let parts = map_blocks(docs.len(), DOCS, |range| {
        let (mut reader, mut n_windows, mut seen) = (Reader::new(analyzer, asked), 0, seen());
        for doc in &docs[range] {
            n_windows += reader.read(doc, width);
            for (topic, seen) in asked.topics.iter().zip(&mut seen) {
                seen.add(|i| &reader.windows[topic[i] as usize]);
            }
        }
        (n_windows, seen)
    });
    let mut all = (0, seen());
    for (n_windows, part) in parts {
        all.0 += n_windows;
        all.1.iter_mut().zip(&part).for_each(|(all, part)| all.absorb(part));
    }
    all
}

/// Reads one document after the other.
struct Reader<'a, A: ?Sized> {
    analyzer: &'a A,
    asked: &'a Asked<'a>,
    /// The word that a written form counts as.
    forms: HashMap<(String, TokenKind), u32, Fixed>,
    tokens: Tokens,
    term: String,
    words: Vec<u32>,
    /// Of each term: the windows that it is in, by the word that they begin with.
    windows: Vec<Vec<Range<usize>>>,
}

impl<'a, A: Analyze + ?Sized> Reader<'a, A> {
    fn new(analyzer: &'a A, asked: &'a Asked<'a>) -> Self {
        Self {
            analyzer,
            asked,
            forms: HashMap::default(),
            tokens: Tokens::default(),
            term: String::new(),
            words: Vec::new(),
            windows: vec![Vec::new(); asked.n_terms],
        }
    }

    /// Finds the windows of each term, and returns how many windows there are.
    fn read<D: Document>(&mut self, doc: &D, width: usize) -> u64 {
        self.words.clear();
        for (_, text) in sections(doc) {
            self.read_words(text);
        }
        self.windows.iter_mut().for_each(Vec::clear);
        let Some(last_word) = self.words.len().checked_sub(1) else { return 0 };
        let last = (last_word + 1).saturating_sub(width);
        for (at, &word) in self.words.iter().enumerate() {
            let Some(runs) = self.asked.runs.get(word as usize) else { continue };
            for (run, term) in runs {
                let end = at + run.len();
                if run.len() <= width && self.words.get(at..end) == Some(run) {
                    let starts = end.saturating_sub(width)..at.min(last) + 1;
                    push(&mut self.windows[*term as usize], starts);
                }
            }
        }
        last as u64 + 1
    }

    fn read_words(&mut self, text: &str) {
        self.tokens.clear();
        self.analyzer.tokens_into(text, &mut self.tokens);
        for token in self.tokens.iter(text) {
            let form = (token.text(), token.kind());
            let known = self.forms.get(&Form(form)).copied();
            let word = known.unwrap_or_else(|| {
                self.term.clear();
                let counts = self.analyzer.term(token, &mut self.term);
                let word = self.asked.words.get(self.term.as_str()).filter(|_| counts);
                let word = word.copied().unwrap_or(OTHER);
                self.forms.insert((form.0.to_string(), form.1), word);
                word
            });
            self.words.push(word);
        }
    }
}

/// A written form that is looked up without being copied.
#[derive(Hash)]
struct Form<'t>((&'t str, TokenKind));

impl hashbrown::Equivalent<(String, TokenKind)> for Form<'_> {
    fn equivalent(&self, (text, kind): &(String, TokenKind)) -> bool {
        self.0 == (text.as_str(), *kind)
    }
}
