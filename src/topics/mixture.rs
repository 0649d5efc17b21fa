//! Which topic would have written this article? A mixture of word distributions.

use std::sync::LazyLock;

use ndarray::{Array2, ArrayView1, Axis};

use super::elementary::{exp_of_negative, ln};
use crate::csr::Csr;
use crate::parallel::{block_rows, fill_rows, for_each, map_blocks};
use crate::reduce::gather;
use crate::simd::{Simd, WithSimd, wide};

/// Added to each term's use in each topic, so that a word never seen there is unlikely and not
/// impossible.
pub(super) const SMOOTHING: f32 = 0.1;

/// Words of an article are not independent: "goal" makes "match" less of a surprise. So evidence is
/// divided by this, as if each third word were news. Found best, with [`SMOOTHING`] and the number of
/// rounds, on three corpora of news and mails taken together.
const TEMPERATURE: f32 = 3.0;

/// By how much the evidence of an article is divided, times the root of its damped word count, to say
/// how sure its topic is: with it, articles of confidence 0.8 had the topic that their editors gave
/// them in four of five cases, for short news, long news and mails alike.
const DOUBT: f32 = 2.0;

/// A row with a topic of such a share is sure of it.
const SURE: f32 = 0.999;

/// Rows of probabilities that one task computes.
const ROWS: usize = 512;

/// The topic of each row; none where it is not known.
pub(crate) type Labels = Vec<Option<u32>>;

/// How probable each term is in each topic, and each topic itself: a mixture of multinomials over
/// damped counts, `1 + ln(count)`.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Mixture {
    /// Logarithms, shape (terms, distributions).
    pub(super) terms: Array2<f32>,
    /// Logarithms, one for each distribution.
    pub(super) topics: Vec<f32>,
    /// The topic that each distribution belongs to: its own, or one that several were merged into.
    pub(super) owners: Vec<u32>,
}

/// For one article: the topic most likely to have written it, and how sure, above 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Likely {
    pub(crate) topic: u32,
    pub(crate) share: f32,
}

impl Mixture {
    /// Expectation-maximisation from given topics, `rounds` of both steps (Nigam et al. 2000, without
    /// any labels), over damped counts. Rows without a topic join in the second round.
    ///
    /// Most rows are sure of their topic after the first round and stay so. What they say of the words is
    /// summed once, and the later rounds are those of the [unsure](SURE) alone (Thiesson, Meek & Heckerman
    /// 2001, "Accelerating EM for large databases"). On three corpora these hold at most 35 % of the entries,
    /// and the topics are as good.
    ///
    /// Cost: four passes over the entries, and two over those of unsure rows per round, times the
    /// topics.
    pub(crate) fn fit(rows: &Csr<f32>, topics: &Labels, n_topics: usize, rounds: usize) -> Self {
        Self::fit_columns(rows, &rows.transposed(), topics, n_topics, rounds)
    }

    /// As [`fit`](Self::fit), with the rows transposed as well.
    pub(super) fn fit_columns(
        rows: &Csr<f32>,
        columns: &Csr<f32>,
        topics: &Labels,
        n_topics: usize,
        rounds: usize,
    ) -> Self {
        let mut shares = Array2::zeros((rows.n_rows(), n_topics));
        for (mut row, &topic) in shares.rows_mut().into_iter().zip(topics) {
            if let Some(topic) = topic {
                row[topic as usize] = 1.0;
            }
        }
        let mut mixture =
            Self::maximise(gather(columns, &shares), &column_sums(&shares), topics.len());
        if rounds < 2 {
            return mixture;
        }
        mixture.expect(rows, &mut shares);
        let sure = |row: &ArrayView1<'_, f32>| row.iter().any(|&share| share >= SURE);
        let unsure: Vec<u32> =
            (0..rows.n_rows() as u32).filter(|&row| !sure(&shares.row(row as usize))).collect();
        let places: Vec<usize> = unsure.iter().map(|&row| row as usize).collect();
        let mut open = shares.select(Axis(0), &places);
        for row in places {
            shares.row_mut(row).fill(0.0);
        }
        let (settled, settled_sizes) = (gather(columns, &shares), column_sums(&shares));
        let rows = rows.select(&unsure);
        let columns = rows.transposed();
        for round in 1..rounds {
            if round > 1 {
                mixture.expect(&rows, &mut open);
            }
            let used = gather(&columns, &open) + &settled;
            let sizes: Vec<f64> =
                column_sums(&open).iter().zip(&settled_sizes).map(|(a, b)| a + b).collect();
            mixture = Self::maximise(used, &sizes, topics.len());
        }
        mixture
    }

    /// Word distributions of what each topic has `used`, shape (terms, topics), and its size.
    pub(super) fn maximise(used: Array2<f32>, sizes: &[f64], n_articles: usize) -> Self {
        let n_terms = used.nrows() as f64;
        let words = column_sums(&used);
        let words = words.iter().map(|sum| (sum + f64::from(SMOOTHING) * n_terms).ln() as f32);
        let words: Vec<f32> = words.collect();
        let mut terms = used;
        let n_topics = words.len();
        fill_rows(terms.as_slice_mut().unwrap_or_default(), n_topics, ROWS, |_, piece| {
            wide(Scale { values: piece, by: |value| ln(value + SMOOTHING) });
            for row in piece.chunks_exact_mut(n_topics) {
                row.iter_mut().zip(&words).for_each(|(value, words)| *value -= words);
            }
        });
        let n_articles = n_articles as f64;
        let topics = sizes.iter().map(|size| ((size + 1.0) / (n_articles + 1.0)).ln() as f32);
        Self { terms, topics: topics.collect(), owners: (0..n_topics as u32).collect() }
    }

    /// What each topic says of each row, as logarithms of likelihoods.
    pub(super) fn scores(&self, rows: &Csr<f32>) -> Array2<f32> {
        let mut scores = gather(rows, &self.terms);
        let n_topics = self.topics.len();
        fill_rows(scores.as_slice_mut().unwrap_or_default(), n_topics, ROWS, |_, piece| {
            for row in piece.chunks_exact_mut(n_topics) {
                row.iter_mut().zip(&self.topics).for_each(|(score, topic)| *score += topic);
            }
        });
        scores
    }

    /// The share of each topic in each row, adding up to 1.
    fn expect(&self, rows: &Csr<f32>, shares: &mut Array2<f32>) {
        *shares = self.scores(rows);
        let n_topics = self.topics.len();
        fill_rows(shares.as_slice_mut().unwrap_or_default(), n_topics, ROWS, |_, piece| {
            for row in piece.chunks_exact_mut(n_topics) {
                let (_, most) = largest(row);
                for score in row {
                    *score = (*score - most) / TEMPERATURE;
                }
            }
            wide(Scale { values: piece, by: exp_of_negative });
            for row in piece.chunks_exact_mut(n_topics) {
                let sum: f32 = row.iter().sum();
                for share in row {
                    *share /= sum;
                }
            }
        });
    }

    /// The likeliest topic of each row of counts, the first of equals, and how sure.
    pub(crate) fn likely(&self, counts: &Csr<u32>) -> Vec<Likely> {
        self.likely_of_damped(&damped(counts))
    }

    /// As [`likely`](Self::likely), of damped counts.
    pub(super) fn likely_of_damped(&self, rows: &Csr<f32>) -> Vec<Likely> {
        self.likely_by(self.scores(rows), rows)
    }

    /// As [`likely_of_damped`](Self::likely_of_damped), by their [scores](Self::scores).
    pub(super) fn likely_by(&self, mut scores: Array2<f32>, rows: &Csr<f32>) -> Vec<Likely> {
        let n_topics = self.topics.len().max(1);
        let mut found = vec![Likely { topic: 0, share: 1.0 }; rows.n_rows()];
        let scores = scores.as_slice_mut().unwrap_or_default();
        let pieces = found.chunks_mut(ROWS).zip(scores.chunks_mut(ROWS * n_topics)).enumerate();
        for_each(pieces.collect(), |(number, (found, scores))| {
            let each = found.iter_mut().zip(scores.chunks_exact_mut(n_topics));
            for (row, (likely, scores)) in (number * ROWS..).zip(each) {
                let (place, most) = largest(scores);
                likely.topic = self.owners[place];
                let temperature = temperature(rows.row(row).1);
                for score in scores {
                    *score = (*score - most) / temperature;
                }
            }
            wide(Scale { values: scores, by: exp_of_negative });
            for (likely, shares) in found.iter_mut().zip(scores.chunks_exact(n_topics)) {
                let (mut own, mut sum) = (0.0, 0.0);
                for (share, &owner) in shares.iter().zip(&self.owners) {
                    sum += share;
                    own += if owner == likely.topic { *share } else { 0.0 };
                }
                likely.share = own / sum;
            }
        });
        found
    }

    /// How many topics it tells apart.
    pub(crate) fn n_topics(&self) -> usize {
        self.owners.iter().max().map_or(0, |&last| last as usize + 1)
    }

    /// Only these topics, in this order.
    pub(crate) fn select(&self, topics: &[usize]) -> Self {
        let places = self.places(topics);
        let number = |place: &usize| {
            topics.iter().position(|&topic| topic == self.owners[*place] as usize).unwrap_or(0)
        };
        Self {
            terms: self.terms.select(Axis(1), &places).as_standard_layout().into_owned(),
            topics: places.iter().map(|&place| self.topics[place]).collect(),
            owners: places.iter().map(|place| number(place) as u32).collect(),
        }
    }

    /// Where the distributions of these topics stand, topic by topic.
    pub(super) fn places(&self, topics: &[usize]) -> Vec<usize> {
        let of_topic = |&topic: &usize| {
            (0..self.owners.len()).filter(move |&place| self.owners[place] as usize == topic)
        };
        topics.iter().flat_map(of_topic).collect()
    }

    /// How many terms and topics it knows; all numbers finite, each topic with a distribution.
    #[cfg(feature = "serde")]
    pub(crate) fn checked_dim(&self) -> Option<(usize, usize)> {
        let finite = self.terms.iter().chain(&self.topics).all(|value| value.is_finite());
        let lengths = [self.topics.len(), self.owners.len()] == [self.terms.ncols(); 2];
        let n_topics = self.n_topics();
        let owned = n_topics <= self.owners.len()
            && (0..n_topics as u32).all(|topic| self.owners.contains(&topic));
        (finite && lengths && owned && self.terms.is_standard_layout())
            .then(|| (self.terms.nrows(), n_topics))
    }
}

/// By how much evidence of damped counts is divided to say how sure a topic is.
pub(super) fn temperature(words: &[f32]) -> f32 {
    DOUBT * words.iter().sum::<f32>().max(1.0).sqrt()
}

/// The sum of each column.
fn column_sums(array: &Array2<f32>) -> Vec<f64> {
    let width = array.ncols();
    let values = array.as_slice().unwrap_or_default();
    let size = block_rows(array.nrows());
    let blocks = map_blocks(array.nrows(), size, |rows| {
        let mut sums = vec![0.0_f64; width];
        wide(|| {
            for row in values[rows.start * width..rows.end * width].chunks_exact(width.max(1)) {
                for (sum, &value) in sums.iter_mut().zip(row) {
                    *sum += f64::from(value);
                }
            }
        });
        sums
    });
    (0..width).map(|column| blocks.iter().map(|sums| sums[column]).sum()).collect()
}

/// Scales each number.
struct Scale<'s, F> {
    values: &'s mut [f32],
    by: F,
}

impl<F: Fn(f32) -> f32> WithSimd for Scale<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for value in self.values {
            *value = (self.by)(*value);
        }
    }
}

/// Place and value of the largest number, the first of equals.
pub(super) fn largest(row: &[f32]) -> (usize, f32) {
    let mut largest = (0, f32::NEG_INFINITY);
    for (place, &value) in row.iter().enumerate() {
        if value > largest.1 {
            largest = (place, value);
        }
    }
    largest
}

/// `1 + ln(count)`: the tenth use of a word tells less than the first.
pub(super) fn damped(counts: &Csr<u32>) -> Csr<f32> {
    counts.map_rows(|_, counts, damped, (): &mut ()| {
        for (damped, &count) in damped.iter_mut().zip(counts) {
            *damped = damp(count);
        }
    })
}

pub(super) fn damp(count: u32) -> f32 {
    /// Of the counts that nearly all entries have.
    static SMALL: LazyLock<[f32; 64]> =
        LazyLock::new(|| std::array::from_fn(|count| by_ln(count as u32)));
    fn by_ln(count: u32) -> f32 {
        if count <= 1 { count as f32 } else { 1.0 + (count as f32).ln() }
    }
    if count <= 1 {
        count as f32
    } else {
        SMALL.get(count as usize).copied().unwrap_or_else(|| by_ln(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_outvote_a_wrong_start() {
        let mut counts = Csr::new(4);
        for row in 0..20_u32 {
            let first = if row % 2 == 0 { 0 } else { 2 };
            counts.push_row([(first, 1 + row % 3), (first + 1, 2)]);
        }
        // One row in five starts in the wrong topic.
        let start = (0..20).map(|row| Some((row % 2) ^ u32::from(row % 5 == 0))).collect();
        let mixture = Mixture::fit(&damped(&counts), &start, 2, 10);
        let likely = mixture.likely(&counts);
        for (row, likely) in likely.iter().enumerate() {
            assert_eq!(likely.topic as usize, row % 2);
            assert!(likely.share > 0.5 && likely.share <= 1.0);
        }
        let swapped = mixture.select(&[1, 0]).likely(&counts);
        assert!(swapped.iter().zip(&likely).all(|(a, b)| a.topic == 1 - b.topic));
    }

    #[test]
    fn an_empty_row_gets_the_largest_topic() {
        let mut counts = Csr::new(2);
        counts.push_row([(0, 1)]);
        counts.push_row([(1, 1)]);
        counts.push_row([(1, 1)]);
        let mixture = Mixture::fit(&damped(&counts), &vec![Some(0), Some(1), Some(1)], 2, 2);
        let mut empty = Csr::new(2);
        empty.push_row([]);
        assert_eq!(mixture.likely(&empty)[0].topic, 1);
    }
}
