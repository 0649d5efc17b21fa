//! Which terms stay, and in which order?

use std::cmp::Reverse;

use super::forms::NONE;
use super::params::{CountParams, DocFreq};
use super::shown::ShownForms;
use super::strings::Strings;
use super::tally::Tally;
use super::terms::Terms;
use super::vocabulary::{Origin, Vocabulary};
use crate::parallel::{fill_rows, join, sort_distinct_by};
use crate::{Error, Result};

/// Names that are looked up together: none needs another, so the processor waits for all of them at once.
const AT_ONCE: usize = 64;

/// The nodes that became columns, in the order of their names.
pub(super) struct Kept {
    nodes: Vec<u32>,
    doc_freq: Vec<u32>,
    totals: Vec<u64>,
}

/// Which terms the bounds on documents leave, by their numbers in `doc_freq`.
pub(super) fn within_bounds(
    doc_freq: &[u32],
    n_docs: usize,
    params: &CountParams,
) -> Result<Vec<u32>> {
    let n_counted = doc_freq.iter().filter(|&&docs| docs > 0).count();
    if n_counted == 0 {
        let docs = DocFreq::Docs(n_docs);
        let message = format!("no terms to count: nothing in {docs} counts as a term");
        return Err(Error::nothing(message));
    }
    let (min, max) = params.doc_freq_bounds(n_docs)?;
    let within = |&term: &u32| (min..=max).contains(&(doc_freq[term as usize] as usize));
    let kept: Vec<u32> = (0..doc_freq.len() as u32).filter(within).collect();
    if kept.is_empty() {
        let bounds = params.bounds();
        let docs = DocFreq::Docs(n_docs);
        let message = format!("no terms left: {bounds} leave none of {n_counted} terms of {docs}");
        return Err(Error::nothing(message));
    }
    Ok(kept)
}

/// Of terms in the order of their names, the most frequent, as many as the settings allow.
pub(super) fn most_frequent(terms: Vec<u32>, totals: &[u64], params: &CountParams) -> Vec<u32> {
    let Some(max_terms) = params.max_terms.filter(|&max| max < terms.len()) else { return terms };
    let mut places: Vec<usize> = (0..terms.len()).collect();
    places.sort_unstable_by_key(|&place| (Reverse(totals[terms[place] as usize]), place));
    places.truncate(max_terms);
    places.sort_unstable();
    places.into_iter().map(|place| terms[place]).collect()
}

/// Drops what the settings say, sorts the rest by name.
pub(super) fn keep(
    terms: &Terms,
    tally: &Tally,
    n_docs: usize,
    params: &CountParams,
) -> Result<Kept> {
    let kept = sorted_by_name(terms, &within_bounds(&tally.doc_freq, n_docs, params)?);
    let nodes = most_frequent(kept, &tally.totals, params);
    let doc_freq = nodes.iter().map(|&node| tally.doc_freq[node as usize]).collect();
    let totals = nodes.iter().map(|&node| tally.totals[node as usize]).collect();
    Ok(Kept { nodes, doc_freq, totals })
}

impl Kept {
    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The column of each node, [`NONE`] for those that were dropped.
    pub(super) fn columns(&self, n_nodes: usize) -> Vec<u32> {
        let mut columns = vec![NONE; n_nodes];
        for (column, &node) in self.nodes.iter().enumerate() {
            columns[node as usize] = column as u32;
        }
        columns
    }

    /// The columns with their names, and how the terms are `shown`.
    pub(super) fn into_vocabulary(
        self,
        terms: &Terms,
        shown: &ShownForms<'_>,
        n_docs: usize,
        params: CountParams,
    ) -> Vocabulary {
        let (names, written) = join(
            || self.spelled(terms, |word| terms.words().get(word)),
            || {
                if terms.are_words() {
                    return self.spelled(terms, |word| shown.of(word));
                }
                // A word stands in many runs.
                let words = shown.all();
                self.spelled(terms, |word| words.get(word))
            },
        );
        let (doc_freq, totals) = (self.doc_freq, self.totals);
        let origin = Origin::Learned;
        Vocabulary { terms: names, written, doc_freq, totals, n_docs, params, origin }
    }

    /// The terms with their words spelled in some way.
    fn spelled<T: AsRef<str>>(&self, terms: &Terms, spell: impl Fn(usize) -> T) -> Strings {
        let n_bytes = terms.words().text().len();
        let mut all = Strings::with_capacity(self.nodes.len(), n_bytes);
        let mut words = Vec::new();
        let mut single = Vec::with_capacity(AT_ONCE);
        for nodes in self.nodes.chunks(AT_ONCE) {
            single.clear();
            single.extend(nodes.iter().map(|&node| terms.word_of(node).map(&spell)));
            for (&node, word) in nodes.iter().zip(&single) {
                if let Some(word) = word {
                    all.push(word.as_ref());
                    continue;
                }
                terms.words_of(node, &mut words);
                all.push_joined(words.iter().map(|&word| spell(word as usize)));
            }
        }
        all.shrink_to_fit();
        all
    }
}

/// Sorts nodes by the names of their terms without spelling n-grams out.
///
/// Words hold no space and nothing below it, so runs compare as their words do, one after another. A
/// run of length `n` is its prefix's rank among all runs shorter than `n`, then the rank of its last
/// word; a shorter run comes right before those that it is the prefix of. So each length takes one
/// sort of whole numbers.
pub(super) fn sorted_by_name(terms: &Terms, kept: &[u32]) -> Vec<u32> {
    if terms.are_words() {
        return by_word(terms, kept);
    }
    let nodes = terms.nodes();
    let mut lengths: Vec<u32> = Vec::with_capacity(nodes.len());
    for node in nodes {
        lengths.push(if node.prefix == NONE { 1 } else { lengths[node.prefix as usize] + 1 });
    }
    let longest = kept.iter().map(|&node| lengths[node as usize]).max().unwrap_or(1);
    if longest == 1 {
        return by_word(terms, kept);
    }
    let all = 0..nodes.len() as u32;
    let words: Vec<u32> = all.clone().filter(|&node| lengths[node as usize] == 1).collect();
    let mut sorted = by_word(terms, &words);
    let mut ranks = vec![0_u32; nodes.len()];
    let set_ranks = |ranks: &mut Vec<u32>, sorted: &[u32]| {
        for (rank, &node) in sorted.iter().enumerate() {
            ranks[node as usize] = rank as u32;
        }
    };
    set_ranks(&mut ranks, &sorted);
    let word_ranks = ranks.clone();
    for length in 2..=longest {
        let key = |node: u32| {
            let Some(run) = (lengths[node as usize] == length).then(|| nodes[node as usize]) else {
                return u64::from(ranks[node as usize]) << 32;
            };
            let last = u64::from(word_ranks[run.last as usize]) + 1;
            u64::from(ranks[run.prefix as usize]) << 32 | last
        };
        let mut keyed: Vec<(u64, u32)> = if length == longest {
            kept.iter().map(|&node| (key(node), node)).collect()
        } else {
            let short = |node: &u32| lengths[*node as usize] <= length;
            all.clone().filter(short).map(|node| (key(node), node)).collect()
        };
        sort_distinct_by(&mut keyed, Ord::cmp);
        sorted = keyed.into_iter().map(|(_, node)| node).collect();
        set_ranks(&mut ranks, &sorted);
    }
    sorted
}

/// Sorts nodes of single words by their names.
fn by_word(terms: &Terms, nodes: &[u32]) -> Vec<u32> {
    let word = |node: u32| terms.word_of(node).unwrap_or_default();
    // The first 12 bytes as a number, the node behind them: few words need another look.
    let mut keyed = vec![0_u128; nodes.len()];
    fill_rows(&mut keyed, 1, AT_ONCE * AT_ONCE, |first, keyed| {
        for (key, &node) in keyed.iter_mut().zip(&nodes[first..]) {
            *key = terms.words().first_bytes(word(node)) >> 32 << 32 | u128::from(node);
        }
    });
    sort_distinct_by(&mut keyed, Ord::cmp);
    for alike in keyed.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|alike| alike.len() > 1) {
        alike.sort_unstable_by_key(|&key| terms.words().get(word(key as u32)));
    }
    keyed.into_iter().map(|key| key as u32).collect()
}
