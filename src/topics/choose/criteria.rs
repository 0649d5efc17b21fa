//! How many topics are there? What each number would give, by three criteria.

use std::fmt;
use std::ops::RangeInclusive;

use super::resample::{labels, resampled};
use crate::error::{Error, Result};
use crate::quality::{Agreement, Silhouette};
use crate::reduce::Embedding;
use crate::tfidf::TfIdfMatrix;
use crate::topics::model::TopicModel;
use crate::topics::params::{TopicParams, TopicValidParams};

/// Samples for each number of topics.
const RUNS: usize = 5;

/// Of the best stability, the share that is good enough.
const NEAR_BEST: f64 = 0.9;

/// What each number of topics would give, and which is recommended.
///
/// Shown, it is a table with a line for each number.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TopicChoice {
    /// Each number that was tried, rising.
    pub counts: Vec<TopicCount>,
    /// The number that is recommended.
    pub recommended: usize,
}

/// What one number of topics gives.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TopicCount {
    /// How many topics were asked for.
    pub asked: usize,
    /// How many there are: fewer if articles do not differ so much.
    pub topics: usize,
    /// How much nearer articles lie to their own topic than to the next, −1..=1: the mean silhouette
    /// (Rousseeuw 1987) of cosine distances along the directions of the model; 0 for one topic.
    pub silhouette: f64,
    /// The mean [coherence](TopicModel::coherence) of the topics, −1..=1.
    pub coherence: f64,
    /// How alike the topics are that samples of 8 in 10 articles give, each with another seed: the mean
    /// adjusted Rand index of their pairs, over all articles; 1 is the same, about 0 chance. Source:
    /// Ben-Hur, Elisseeff & Guyon (2002), with this index.
    pub stability: f64,
    /// The standard error of [`stability`](Self::stability) over the pairs, too small by what pairs share.
    pub stability_error: f64,
}

impl TopicParams {
    /// Tries each number of topics in a range, in place of [`topics`](Self::topics), and recommends one.
    /// The articles are reduced once.
    ///
    /// The rule: of the numbers whose stability is at least nine tenths of the best, the largest. Few topics
    /// are stable easily, one always (it is never recommended unless the range holds nothing else), so the
    /// question is how far one can go. The least of a range that is too high is no answer: look at the
    /// table.
    ///
    /// Coherence and silhouette stand beside it for the eye: on corpora with topics given by editors they
    /// rise beyond the number of these (`docs/evaluation.md`).
    ///
    /// Cost: six times as fitting, for each number.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let subjects = ["goal match striker team", "bank rates prices loans", "film actor scene award"];
    /// let docs: Vec<String> = (0..60)
    ///     .map(|i| subjects[i % 3].split(' ').cycle().skip(i % 4).take(3).collect::<Vec<_>>().join(" "))
    ///     .collect();
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), &docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let choice = TopicModel::params(2).choose(&weights, 2..=5)?;
    /// assert_eq!(choice.recommended, 3);
    /// println!("{choice}");
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_setting` if the range is empty or begins with 0, or another setting is 0; otherwise as
    /// [`fit`](Self::fit).
    pub fn choose(
        &self,
        weights: &TfIdfMatrix,
        topics: RangeInclusive<usize>,
    ) -> Result<TopicChoice> {
        if topics.is_empty() || *topics.start() == 0 {
            let range = format!("{}..={}", topics.start(), topics.end());
            return Err(Error::setting("topics", range, "a range that rises from at least 1"));
        }
        let params = self.checked()?;
        let lsa = params.lsa(weights.n_docs()).fit(weights)?;
        let embedding = lsa.transform(weights)?;
        let counts = topics
            .map(|asked| {
                let params = TopicValidParams { topics: asked, ..params.clone() };
                let model = params.fit_points(weights, lsa.clone())?;
                let samples = resampled(&params, weights, &lsa, RUNS)?;
                let (stability, stability_error) = agreement(
                    &samples.into_iter().map(|sample| sample.labels).collect::<Vec<_>>(),
                )?;
                Ok(TopicCount {
                    asked,
                    topics: model.n_topics(),
                    silhouette: silhouette(&model, &embedding)?,
                    coherence: model.coherence(),
                    stability,
                    stability_error,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let recommended = recommended(&counts);
        Ok(TopicChoice { counts, recommended })
    }
}

/// Mean and standard error of the adjusted Rand index over all pairs of groupings.
fn agreement(groupings: &[Vec<usize>]) -> Result<(f64, f64)> {
    let mut pairs = Vec::new();
    for (i, one) in groupings.iter().enumerate() {
        for other in &groupings[..i] {
            pairs.push(Agreement::new(one, other)?.ari());
        }
    }
    let n = pairs.len() as f64;
    let mean = pairs.iter().sum::<f64>() / n;
    let variance = pairs.iter().map(|ari| (ari - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Ok((mean, (variance / n).sqrt()))
}

/// The mean silhouette of cosine distances; 0 for one topic.
fn silhouette(model: &TopicModel, embedding: &Embedding) -> Result<f64> {
    if model.n_topics() < 2 {
        return Ok(0.0);
    }
    Ok(Silhouette::cosine(embedding.view(), &labels(model.assignments()))?.mean())
}

/// By the rule of [`TopicParams::choose`].
fn recommended(counts: &[TopicCount]) -> usize {
    let several = counts.iter().filter(|count| count.topics > 1);
    let best = several.clone().map(|count| count.stability).fold(f64::NEG_INFINITY, f64::max);
    let near = |count: &&TopicCount| count.stability >= NEAR_BEST * best;
    let largest = several.filter(near).map(|count| count.asked).max();
    largest.or(counts.last().map(|count| count.asked)).unwrap_or_default()
}

impl fmt::Display for TopicChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "topics  silhouette  coherence  stability")?;
        for count in &self.counts {
            let TopicCount { asked, silhouette, coherence, stability, stability_error, .. } = count;
            write!(f, "{asked:>6}  {silhouette:>10.3}  {coherence:>9.3}  {stability:>9.3}")?;
            write!(f, " ± {stability_error:.3}")?;
            let note = if *asked == self.recommended { "  recommended" } else { "" };
            writeln!(f, "{note}")?;
        }
        Ok(())
    }
}
