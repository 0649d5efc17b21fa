//! Do a topic's terms belong together? How often they occur in the same articles.

use crate::csr::Csr;

/// Mean normalised pointwise mutual information over all pairs of each topic's terms, −1..=1 each;
/// 0 for a topic with fewer than two terms.
///
/// `NPMI(a, b) = ln(p(a,b) / (p(a)·p(b))) / −ln p(a,b)`, where `p` is a share of the articles: −1 if
/// the two never meet, 0 if they meet as often as chance has it, 1 if each occurs only with the
/// other. Source: Bouma (2009); over documents as in Lau, Newman & Baldwin (2014).
///
/// Cost: one pass over the entries and, per pair, over the articles of both terms.
pub(crate) fn npmi(counts: &Csr<u32>, topics: &[Vec<u32>]) -> Vec<f64> {
    let articles = articles_of(counts, topics);
    let of = |term: u32| articles[slot(&articles, term)].1.as_slice();
    topics
        .iter()
        .map(|terms| {
            let mut sum = 0.0;
            let mut n_pairs = 0;
            for (i, &a) in terms.iter().enumerate() {
                for &b in &terms[..i] {
                    sum += pair(of(a), of(b), counts.n_rows());
                    n_pairs += 1;
                }
            }
            if n_pairs == 0 { 0.0 } else { sum / f64::from(n_pairs) }
        })
        .collect()
}

/// Each term of any topic with the articles that it occurs in, both rising.
fn articles_of(counts: &Csr<u32>, topics: &[Vec<u32>]) -> Vec<(u32, Vec<u32>)> {
    let mut terms: Vec<u32> = topics.iter().flatten().copied().collect();
    terms.sort_unstable();
    terms.dedup();
    let mut slots = vec![u32::MAX; counts.n_cols()];
    for (slot, &term) in terms.iter().enumerate() {
        slots[term as usize] = slot as u32;
    }
    let mut articles: Vec<(u32, Vec<u32>)> =
        terms.into_iter().map(|term| (term, Vec::new())).collect();
    for (row, (columns, _)) in counts.rows().enumerate() {
        for &column in columns {
            if let Some((_, rows)) = articles.get_mut(slots[column as usize] as usize) {
                rows.push(row as u32);
            }
        }
    }
    articles
}

fn slot(articles: &[(u32, Vec<u32>)], term: u32) -> usize {
    articles.partition_point(|(other, _)| *other < term)
}

fn pair(a: &[u32], b: &[u32], n_articles: usize) -> f64 {
    let together = common(a, b);
    if together == 0 {
        return -1.0;
    }
    if together == n_articles {
        // Both in every article: always together, though it says nothing.
        return 1.0;
    }
    let share = |count: usize| count as f64 / n_articles as f64;
    let both = share(together);
    ((both / (share(a.len()) * share(b.len()))).ln() / -both.ln()).clamp(-1.0, 1.0)
}

/// How many numbers two rising lists share.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        count += usize::from(a[i] == b[j]);
        let (from_a, from_b) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(from_a);
        j += usize::from(from_b);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npmi_by_hand() {
        // Terms 0 and 1 share their articles, 2 never meets 0, 3 meets 0 as chance has it, 4 is
        // everywhere.
        let mut counts = Csr::new(5);
        counts.push_row([(0, 1), (1, 2), (3, 1), (4, 1)]);
        counts.push_row([(0, 4), (1, 1), (4, 1)]);
        counts.push_row([(2, 1), (3, 1), (4, 1)]);
        counts.push_row([(2, 1), (4, 1)]);
        let found = npmi(
            &counts,
            &[vec![1, 0], vec![0, 2], vec![0, 3], vec![0], vec![], vec![4, 0], vec![0, 1, 2]],
        );
        let third = (1.0 - 1.0 - 1.0) / 3.0;
        for (found, expected) in found.iter().zip([1.0, -1.0, 0.0, 0.0, 0.0, 0.0, third]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
}
