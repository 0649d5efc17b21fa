//! Which topic would have written this article? A mixture of word distributions.

use std::sync::LazyLock;

use ndarray::{Array2, Axis};

use super::elementary::exp_of_negative;
use crate::csr::Csr;
use crate::parallel::{fill_rows, for_each};
use crate::reduce::gather;
use crate::simd::{Simd, WithSimd, wide};

/// Added to each term's use in each topic, so that a word never seen there is unlikely and not
/// impossible.
pub(super) const SMOOTHING: f32 = 0.1;

/// By how much the evidence of an article is divided, times the root of its damped word count, to say
/// how sure its topic is: with it, articles of confidence 0.8 had the topic that their editors gave
/// them in four of five cases, for short news, long news and mails alike.
const DOUBT: f32 = 2.0;

/// Rows of probabilities that one task computes.
pub(super) const ROWS: usize = 512;

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

/// Scales each number.
pub(super) struct Scale<'s, F> {
    pub(super) values: &'s mut [f32],
    pub(super) by: F,
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
    fn by_logarithm(count: u32) -> f32 {
        if count <= 1 { count as f32 } else { 1.0 + (count as f32).ln() }
    }
    /// Nearly all counts are small.
    static SMALL: LazyLock<[f32; 64]> =
        LazyLock::new(|| std::array::from_fn(|count| by_logarithm(count as u32)));
    SMALL.get(count as usize).copied().unwrap_or_else(|| by_logarithm(count))
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
