//! Which topics come back when the articles are others?

use std::fmt;

use super::overlap::best_jaccard;
use super::resample::{labels, resampled};
use crate::counts::TermId;
use crate::error::{Error, Result};
use crate::quality::Agreement;
use crate::tfidf::TfIdfMatrix;
use crate::topics::model::TopicModel;
use crate::topics::params::{TopicParams, TopicValidParams};
use crate::topics::topic::Topic;

/// Terms of a topic that are compared, as in Greene, O'Callaghan & Cunningham (2014).
const TERMS: usize = 10;

/// A topic is lost in a sample below this, and found again from the other up (Hennig 2007).
const LOST: f64 = 0.5;
const FOUND: f64 = 0.75;

/// How well the topics of a model come back in models of samples of its articles.
///
/// Shown, it is a table with a line for each topic.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Stability {
    /// How many samples there were.
    pub runs: usize,
    /// The mean adjusted Rand index of the model's topics with those of each sample's model, over all
    /// articles: 1 for the same topics, about 0 for none in common.
    pub ari: f64,
    /// The topics in their order.
    pub topics: Vec<TopicStability>,
}

/// How well one topic comes back.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TopicStability {
    /// The topic.
    pub topic: usize,
    /// Its label.
    pub label: String,
    /// The mean over the samples of the largest Jaccard index of its articles with those of any topic
    /// there, 0..=1. Hennig (2007): from 0.75 a valid, stable cluster; 0.6 to 0.75 a pattern with unsure
    /// members; below 0.5 not to be trusted.
    pub articles: f64,
    /// The same of its ten strongest terms.
    pub terms: f64,
    /// In how many samples the index of its articles was at least 0.75.
    pub found: usize,
    /// In how many it was below 0.5.
    pub lost: usize,
}

impl TopicParams {
    /// How stable the topics of a model are: whether `runs` samples of 8 in 10 of its articles, each with
    /// another seed, bring back the same articles and words (Hennig 2007). The settings are these, the
    /// number of topics that of the model, and the directions too.
    ///
    /// `weights` are those that the model was fitted on. Cost: as fitting `runs` times without the
    /// reduction; 10 runs tell stable topics from others.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let docs = [
    ///     "goal match striker", "striker match goal", "match goal", "goal striker match",
    ///     "bank rates prices", "rates bank", "prices bank rates", "bank prices rates",
    /// ];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let params = TopicModel::params(2);
    /// let stability = params.stability(&params.fit(&weights)?, &weights, 5)?;
    /// assert!(stability.topics.iter().all(|topic| topic.articles > 0.75 && topic.lost == 0));
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_setting` if a setting or `runs` is 0; `is_mismatch` if the model was fitted on other articles;
    /// `is_too_small` if there are fewer articles in a sample than topics.
    pub fn stability(
        &self,
        model: &TopicModel,
        weights: &TfIdfMatrix,
        runs: usize,
    ) -> Result<Stability> {
        if runs == 0 {
            return Err(Error::setting("runs", runs, "at least 1"));
        }
        model.check_fitted(weights)?;
        let params = TopicValidParams { topics: model.n_topics(), ..self.checked()?.clone() };
        let own = labels(&model.assignments);
        let own_terms: Vec<Vec<TermId>> = model.iter().map(top_terms).collect();
        let mut stability = Stability {
            runs,
            ari: 0.0,
            topics: model.iter().map(TopicStability::unknown).collect(),
        };
        for sample in resampled(&params, weights, &model.lsa, runs)? {
            stability.ari += Agreement::new(&own, &sample.labels)?.ari() / runs as f64;
            let there: Vec<Vec<TermId>> = sample.model.iter().map(top_terms).collect();
            let topics =
                stability.topics.iter_mut().zip(best_jaccard(&own, &sample.labels)).zip(&own_terms);
            for ((topic, articles), terms) in topics {
                let common = there.iter().map(|other| jaccard(terms, other)).fold(0.0, f64::max);
                topic.articles += articles / runs as f64;
                topic.terms += common / runs as f64;
                topic.found += usize::from(articles >= FOUND);
                topic.lost += usize::from(articles < LOST);
            }
        }
        Ok(stability)
    }
}

impl TopicStability {
    fn unknown(topic: Topic<'_>) -> Self {
        let (topic, label) = (topic.id(), topic.label());
        Self { topic, label, articles: 0.0, terms: 0.0, found: 0, lost: 0 }
    }
}

fn top_terms(topic: Topic<'_>) -> Vec<TermId> {
    topic.terms(TERMS).map(|term| term.id()).collect()
}

/// The share of two lists that is in both; of two empty ones, 1.
fn jaccard(one: &[TermId], other: &[TermId]) -> f64 {
    let common = one.iter().filter(|term| other.contains(term)).count();
    let either = one.len() + other.len() - common;
    if either == 0 { 1.0 } else { common as f64 / either as f64 }
}

impl fmt::Display for Stability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "topic  articles  terms  found  lost  of {} samples", self.runs)?;
        for TopicStability { topic, label, articles, terms, found, lost } in &self.topics {
            writeln!(
                f,
                "{topic:>5}  {articles:>8.2}  {terms:>5.2}  {found:>5}  {lost:>4}  {label}"
            )?;
        }
        Ok(())
    }
}
