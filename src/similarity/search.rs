//! The rows whose products with one row are greatest: exact, whether or not all products are made.
//!
//! Where the lists of the query's terms are long, terms are taken in the order of what they can add at most, by the length of their lists. As soon as
//! those left cannot lift more than a few rows among the best, these few are worked out from their
//! own entries. What can be added at most is kept for each term, as in `MaxScore`: Turtle and Flood
//! (1995), *Query Evaluation: Strategies and Optimizations*.

use super::best::Best;
use super::index::Neighbor;
use crate::csr::Csr;

/// Rows that are searched, and what is known of them.
pub(super) struct Searched<'i> {
    /// Documents × terms.
    pub(super) rows: &'i Csr<f32>,
    /// Terms × documents.
    pub(super) postings: &'i Csr<f32>,
    /// What a sum of products is multiplied with for each row.
    pub(super) scales: &'i [f64],
    /// The greatest scaled weight of each term.
    pub(super) peaks: &'i [f64],
}

/// A row to compare with all others.
pub(super) struct Query<'q> {
    pub(super) terms: &'q [u32],
    pub(super) weights: &'q [f32],
    /// What each sum of products is multiplied with, besides the scale of the other row.
    pub(super) scale: f64,
    /// Rounding takes no similarity beyond it.
    pub(super) most: f64,
    /// A row that is not looked for: the query itself.
    pub(super) except: Option<usize>,
}

/// Memory that one search after another uses; all 0 between searches.
pub(super) struct Scratch {
    /// The sum of products for each row.
    sums: Vec<f64>,
    /// The weights of the query with their zeros.
    weights: Vec<f32>,
}

impl Scratch {
    pub(super) fn new(n_docs: usize, n_terms: usize) -> Self {
        Self { sums: vec![0.0; n_docs], weights: vec![0.0; n_terms] }
    }
}

/// More than rounding can make of a sum of products.
const SLACK: f64 = 1.0 + 1e-9;

/// Times that a search asks whether few rows are left: after a quarter, half and all of the postings.
const STAGES: [usize; 3] = [4, 2, 1];

/// How the rows are found; what is found is the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Few rows share a term: each is worked out from its own entries.
    Few,
    /// All products are made, then all rows are looked at once.
    All,
    /// Products that cannot matter are skipped.
    Pruned,
}

impl Way {
    /// The cheapest for so many postings, as measured: looking at all rows costs more than making the
    /// products of an eighth as many postings, and skipping pays from 32 times as many on.
    fn cheapest(n_postings: usize, n_docs: usize) -> Self {
        match n_postings {
            few if few < n_docs / 8 => Self::Few,
            some if some < n_docs * 32 => Self::All,
            _ => Self::Pruned,
        }
    }
}

/// The `k` rows with the greatest scaled sums.
///
/// Whatever is skipped, each similarity that comes out is summed over the shared terms in the order of
/// the columns, so that it is the same bits however the row was found.
pub(super) fn nearest(
    searched: &Searched<'_>,
    query: &Query<'_>,
    k: usize,
    scratch: &mut Scratch,
) -> Vec<Neighbor> {
    if k == 0 {
        return Vec::new();
    }
    let postings = query.terms.iter().map(|&term| searched.postings.row(term as usize).0.len());
    let way = Way::cheapest(postings.sum(), searched.scales.len());
    nearest_by(way, searched, query, k, scratch)
}

fn nearest_by(
    way: Way,
    searched: &Searched<'_>,
    query: &Query<'_>,
    k: usize,
    scratch: &mut Scratch,
) -> Vec<Neighbor> {
    match way {
        Way::Few => among(touched(searched, query), searched, query, k, scratch),
        Way::All => among_all(searched, query, k, scratch),
        Way::Pruned => {
            let candidates = candidates(searched, query, k, &mut scratch.sums);
            among(candidates, searched, query, k, scratch)
        }
    }
}

/// The best `k` of all rows.
fn among_all(
    searched: &Searched<'_>,
    query: &Query<'_>,
    k: usize,
    scratch: &mut Scratch,
) -> Vec<Neighbor> {
    for (&term, &weight) in query.terms.iter().zip(query.weights) {
        let (docs, values) = searched.postings.row(term as usize);
        for (&doc, &value) in docs.iter().zip(values) {
            scratch.sums[doc as usize] += f64::from(weight) * f64::from(value);
        }
    }
    let mut best = Best::of(k, searched.scales.len());
    let mut least = 0.0;
    for (doc, (&sum, &scale)) in scratch.sums.iter().zip(searched.scales).enumerate() {
        let similarity = scaled(sum, query.scale, scale).min(query.most);
        // Of equals the first is kept.
        if similarity > least && query.except != Some(doc) {
            best.offer(Neighbor::new(doc, similarity));
            least = best.least();
        }
    }
    scratch.sums.fill(0.0);
    best.into_sorted()
}

/// The best `k` of some rows, each worked out from its own entries.
fn among(
    docs: Vec<usize>,
    searched: &Searched<'_>,
    query: &Query<'_>,
    k: usize,
    scratch: &mut Scratch,
) -> Vec<Neighbor> {
    for (&term, &weight) in query.terms.iter().zip(query.weights) {
        scratch.weights[term as usize] = weight;
    }
    let mut best = Best::of(k, docs.len());
    for doc in docs {
        let (terms, weights) = searched.rows.row(doc);
        // Terms that are not shared add 0, which changes no bit.
        let products = terms
            .iter()
            .zip(weights)
            .map(|(&term, &weight)| f64::from(scratch.weights[term as usize]) * f64::from(weight));
        let sum: f64 = products.sum();
        let similarity = scaled(sum, query.scale, searched.scales[doc]).min(query.most);
        if similarity > 0.0 && query.except != Some(doc) {
            best.offer(Neighbor::new(doc, similarity));
        }
    }
    for &term in query.terms {
        scratch.weights[term as usize] = 0.0;
    }
    best.into_sorted()
}

/// A term of the query.
struct Step {
    term: usize,
    weight: f64,
    /// What it can add to a similarity at most.
    most: f64,
    /// What the terms behind it can add at most.
    rest: f64,
    /// How many rows hold it.
    reach: usize,
}

/// Rows among which the best `k` are for sure, rising.
fn candidates(
    searched: &Searched<'_>,
    query: &Query<'_>,
    k: usize,
    sums: &mut [f64],
) -> Vec<usize> {
    let steps = steps(searched, query);
    let mut postings_left: usize = steps.iter().map(|step| step.reach).sum();
    let all = postings_left;
    let mean_row = searched.rows.n_entries() / sums.len().max(1);
    let mut stages = STAGES.iter().map(|part| all - all / part).peekable();
    let mut found = Vec::new();
    for step in steps {
        let (docs, values) = searched.postings.row(step.term);
        for (&doc, &value) in docs.iter().zip(values) {
            sums[doc as usize] += step.weight * f64::from(value);
        }
        postings_left -= step.reach;
        let mut due = false;
        while stages.next_if(|&left| postings_left <= left).is_some() {
            due = true;
        }
        // Asking goes through all rows.
        if due && (postings_left == 0 || postings_left > 2 * sums.len()) {
            in_reach(searched, query, k, sums, step.rest, &mut found);
            if found.len() * mean_row < postings_left {
                break;
            }
        }
    }
    sums.fill(0.0);
    found.into_iter().map(|(doc, _)| doc).collect()
}

/// The terms of the query, those first that can add most for their postings.
fn steps(searched: &Searched<'_>, query: &Query<'_>) -> Vec<Step> {
    let products = query.terms.iter().zip(query.weights);
    let step = |(&term, &weight): (&u32, &f32)| {
        let (term, weight) = (term as usize, f64::from(weight));
        let most = weight * query.scale * searched.peaks[term];
        Step { term, weight, most, rest: 0.0, reach: searched.postings.row(term).0.len() }
    };
    let mut steps: Vec<Step> = products.map(step).filter(|step| step.most > 0.0).collect();
    let gain = |step: &Step| step.most / step.reach as f64;
    steps.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    let mut rest = 0.0;
    for step in steps.iter_mut().rev() {
        step.rest = rest;
        rest += step.most;
    }
    steps
}

/// All rows that share a term, rising.
fn touched(searched: &Searched<'_>, query: &Query<'_>) -> Vec<usize> {
    let lists = query.terms.iter().flat_map(|&term| searched.postings.row(term as usize).0);
    let mut docs: Vec<usize> = lists.map(|&doc| doc as usize).collect();
    docs.sort_unstable();
    docs.dedup();
    docs
}

/// Rows that `rest` could lift among the best `k`, going by the sums so far, with what each could reach.
fn in_reach(
    searched: &Searched<'_>,
    query: &Query<'_>,
    k: usize,
    sums: &[f64],
    rest: f64,
    found: &mut Vec<(usize, f64)>,
) {
    found.clear();
    let mut best = Best::of(k, sums.len());
    // What the last of the best has at least.
    let mut least = 0.0;
    for (doc, (&sum, &scale)) in sums.iter().zip(searched.scales).enumerate() {
        let similarity = scaled(sum, query.scale, scale);
        let at_most = (similarity + rest) * SLACK;
        if at_most < least || at_most <= 0.0 || query.except == Some(doc) {
            continue;
        }
        found.push((doc, at_most));
        if similarity > least {
            best.offer(Neighbor::new(doc, similarity));
            least = best.least();
        }
    }
    found.retain(|&(_, at_most)| at_most >= least);
}

/// The same bits whichever of the two rows asks.
pub(super) fn scaled(sum: f64, of_one: f64, of_other: f64) -> f64 {
    sum * (of_one * of_other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_way_has_its_place() {
        let ways = [0, 11, 12, 3199, 3200].map(|n_postings| Way::cheapest(n_postings, 100));
        assert_eq!(ways, [Way::Few, Way::Few, Way::All, Way::All, Way::Pruned]);
    }

    proptest! {
        #[test]
        fn every_way_finds_the_same_bits(
            dense in prop::collection::vec(prop::collection::vec(0_u8..6, 12), 1..60),
            factors in prop::collection::vec(0.01_f32..3.0, 12),
            cosine: bool,
            k in 1_usize..70,
        ) {
            let mut rows = Csr::new(12);
            for row in &dense {
                // Half of the entries are none; some weigh nothing.
                let entries = row.iter().zip(&factors).enumerate();
                rows.push_row(entries.filter(|(_, (n, _))| **n > 2).map(|(column, (&n, factor))| {
                    (column as u32, f32::from(n - 3) * factor)
                }));
            }
            let length = |row: &[f32]| {
                row.iter().map(|&weight| f64::from(weight).powi(2)).sum::<f64>().sqrt()
            };
            let scale = |row: &[f32]| match length(row) {
                length if cosine && length > 0.0 => 1.0 / length,
                _ => 1.0,
            };
            let scales: Vec<f64> = rows.rows().map(|(_, row)| scale(row)).collect();
            let postings = rows.transposed();
            let peak = |(docs, values): (&[u32], &[f32])| {
                let weights = docs.iter().zip(values);
                let scaled = weights.map(|(&doc, &value)| f64::from(value) * scales[doc as usize]);
                scaled.fold(0.0, f64::max)
            };
            let peaks: Vec<f64> = postings.rows().map(peak).collect();
            let (rows, postings, scales, peaks) = (&rows, &postings, &scales[..], &peaks[..]);
            let searched = Searched { rows, postings, scales, peaks };
            let mut scratch = Scratch::new(rows.n_rows(), 12);
            for (doc, (terms, weights)) in rows.rows().enumerate() {
                let most = if cosine { 1.0 } else { f64::MAX };
                for except in [None, Some(doc)] {
                    let query = Query { terms, weights, scale: scales[doc], most, except };
                    let mut by = |way| nearest_by(way, &searched, &query, k, &mut scratch);
                    let all = by(Way::All);
                    prop_assert_eq!(&all, &by(Way::Few));
                    prop_assert_eq!(&all, &by(Way::Pruned));
                }
            }
        }
    }
}
