//! From counted runs of written words to collocations of terms.

use hashbrown::HashMap;

use super::association::Pair;
use super::collocation::{Collocation, LONGEST};
use super::written::DIVIDER;
use crate::counts::forms::NONE;
use crate::counts::shown::Shown;
use crate::counts::terms::Terms;

type Fixed = foldhash::fast::FixedState;

/// The terms of a run by number, filled up with [`NONE`].
type Run = [u32; LONGEST];

/// Appends the collocations of one length that occur at least `min_count` times and more often than
/// by chance. `terms` holds written words, `totals` how often each node occurs.
pub(super) fn collocations(
    terms: &Terms,
    totals: &[u64],
    length: usize,
    min_count: u64,
    found: &mut Vec<Collocation>,
) {
    let words = Words::new(terms);
    let runs = words.runs(terms, totals, length);
    let parts = Parts::new(&runs, totals, length);
    for same in runs.chunk_by(|(one, _), (other, _)| one == other) {
        let count: u64 = same.iter().map(|&(_, node)| totals[node as usize]).sum();
        if count < min_count {
            continue;
        }
        let pair = parts.weakest(&same[0].0, count);
        if count as f64 <= pair.expected() {
            continue;
        }
        let nodes = same.iter().map(|&(_, node)| node);
        found.push(words.collocation(terms, totals, &same[0].0[..length], nodes, pair));
    }
}

/// The term of each written word, by number.
struct Words<'s> {
    terms: Vec<&'s str>,
    term_of: Vec<u32>,
}

impl<'s> Words<'s> {
    fn new(all: &'s Terms) -> Self {
        let mut numbers: HashMap<&str, u32, Fixed> = HashMap::default();
        let mut terms = Vec::new();
        let numbered = all.words().iter().map(|word| {
            let term = word.split_once(DIVIDER).map_or(word, |(term, _)| term);
            *numbers.entry(term).or_insert_with(|| {
                terms.push(term);
                terms.len() as u32 - 1
            })
        });
        let term_of = numbered.collect();
        Self { terms, term_of }
    }

    /// The runs of a length as terms, with their nodes, sorted.
    fn runs(&self, all: &Terms, totals: &[u64], length: usize) -> Vec<(Run, u32)> {
        let (mut runs, mut words) = (Vec::new(), Vec::new());
        for node in (0..all.nodes().len() as u32).filter(|&node| totals[node as usize] > 0) {
            all.words_of(node, &mut words);
            if words.len() == length {
                let mut run = [NONE; LONGEST];
                for (term, &word) in run.iter_mut().zip(&words) {
                    *term = self.term_of[word as usize];
                }
                runs.push((run, node));
            }
        }
        runs.sort_unstable();
        runs
    }

    /// What is known of a run, given the nodes of its written forms.
    fn collocation(
        &self,
        all: &Terms,
        totals: &[u64],
        run: &[u32],
        nodes: impl Iterator<Item = u32>,
        pair: Pair,
    ) -> Collocation {
        let mut words = Vec::new();
        let mut forms: Vec<(String, u64)> = nodes
            .map(|node| {
                all.words_of(node, &mut words);
                let written = words.iter().map(|&word| {
                    let word = all.words().get(word as usize);
                    word.split_once(DIVIDER).map_or(word, |(_, written)| written)
                });
                (written.collect::<Vec<_>>().join(" "), totals[node as usize])
            })
            .collect();
        forms.sort_unstable();
        let mut shown = Shown::default();
        for (form, uses) in &forms {
            shown.add(form.as_str(), *uses);
        }
        let names: Vec<_> = run.iter().map(|&term| self.terms[term as usize]).collect();
        Collocation {
            term: names.join("_"),
            written: shown.form().unwrap_or_default().to_string(),
            count: pair.both,
            expected: pair.expected(),
            pmi: pair.pmi(),
            npmi: pair.npmi(),
            log_likelihood: pair.log_likelihood(),
            variants: forms.into_iter().map(|(form, _)| form).collect(),
        }
    }
}

/// How often each part of a run begins or ends one, for each way to take it as two parts.
struct Parts {
    /// By the number of terms in the first part, less one: how often each first and second part occurs.
    ways: Vec<[HashMap<Run, u64, Fixed>; 2]>,
    all: u64,
}

impl Parts {
    fn new(runs: &[(Run, u32)], totals: &[u64], length: usize) -> Self {
        let mut ways: Vec<[HashMap<Run, u64, Fixed>; 2]> = vec![Default::default(); length - 1];
        let mut all = 0;
        for (run, node) in runs {
            let count = totals[*node as usize];
            all += count;
            for (at, [first, second]) in ways.iter_mut().enumerate() {
                let (one, other) = split(run, at + 1);
                *first.entry(one).or_default() += count;
                *second.entry(other).or_default() += count;
            }
        }
        Self { ways, all }
    }

    /// The run as the two parts that go together least.
    fn weakest(&self, run: &Run, both: u64) -> Pair {
        let pairs = self.ways.iter().enumerate().map(|(at, [first, second])| {
            let (one, other) = split(run, at + 1);
            Pair { both, first: first[&one], second: second[&other], all: self.all }
        });
        // A run of one has no parts; it goes with itself.
        let whole = Pair { both, first: both, second: both, all: both };
        let weaker = |a: Pair, b: Pair| if b.expected() > a.expected() { b } else { a };
        pairs.reduce(weaker).unwrap_or(whole)
    }
}

/// The first so many terms of a run, and the others.
fn split(run: &Run, at: usize) -> (Run, Run) {
    let (mut first, mut second) = ([NONE; LONGEST], [NONE; LONGEST]);
    first[..at].copy_from_slice(&run[..at]);
    second[..LONGEST - at].copy_from_slice(&run[at..]);
    (first, second)
}
