//! How large is each topic in each bucket, how sure is that, and in which words does it speak?

use std::fmt;

use super::buckets::Buckets;
use super::drift::Drift;
use crate::error::{Error, Result};
use crate::tfidf::TfIdfMatrix;
use crate::topics::model::TopicModel;

/// How a [`Trend`] is smoothed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TrendParams {
    added: f64,
    window: usize,
    tuning: f64,
    keywords: usize,
}

impl Default for TrendParams {
    fn default() -> Self {
        Self { added: 1.0, window: 1, tuning: 0.0, keywords: 5 }
    }
}

impl TrendParams {
    /// How many articles are added to each bucket, spread over the topics as all articles are; at least
    /// 0, 1 unless set. It keeps shares of small buckets near those of the whole: a bucket with no
    /// article has just these. It is a Dirichlet prior of this weight.
    #[must_use]
    pub fn added(mut self, articles: f64) -> Self {
        self.added = articles;
        self
    }

    /// How many stretches of time are taken together for shares and keywords, the bucket in the middle: an
    /// odd number, 1 unless set. A moving average over articles; at both ends there are fewer. Only for
    /// buckets of time.
    #[must_use]
    pub fn window(mut self, buckets: usize) -> Self {
        self.window = buckets;
        self
    }

    /// Which share of the weights of words in a bucket is that of the topic as a whole, in 0..=1; 0 unless
    /// set. At one half it is the "global tuning" of BERTopic, and keywords drift less.
    #[must_use]
    pub fn tuning(mut self, share: f64) -> Self {
        self.tuning = share;
        self
    }

    /// How many keywords are kept for each topic in each bucket, at most 50; 5 unless set. None cost
    /// nothing.
    #[must_use]
    pub fn keywords(mut self, keywords: usize) -> Self {
        self.keywords = keywords;
        self
    }

    fn check(&self, buckets: &Buckets) -> Result<()> {
        if !(self.added >= 0.0 && self.added.is_finite()) {
            return Err(Error::setting("added", self.added, "a number of articles, at least 0"));
        }
        if !(0.0..=1.0).contains(&self.tuning) {
            return Err(Error::setting("tuning", self.tuning, "a share in 0..=1"));
        }
        if self.window % 2 == 0 {
            return Err(Error::setting(
                "window",
                self.window,
                "odd, so that a bucket is in the middle",
            ));
        }
        if self.window > 1 && !buckets.is_time() {
            return Err(Error::setting("window", self.window, "1 where buckets are not of time"));
        }
        Ok(())
    }
}

/// Topics by buckets: how large each topic is in each stretch of time or group, and in which words it
/// speaks there.
///
/// Shown, it is a table for each topic with a line for each bucket; empty buckets are left out.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Trend {
    /// The buckets in their order.
    pub buckets: Vec<Bucket>,
    /// The topics in their order.
    pub topics: Vec<TopicTrend>,
    /// How many articles are in no bucket, without a date for instance. With those of all buckets they are
    /// all articles.
    pub apart: usize,
}

/// A stretch of time or a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Bucket {
    /// What it is called.
    pub name: String,
    /// How many articles it has.
    pub articles: usize,
}

/// One topic over all buckets.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TopicTrend {
    /// The topic.
    pub topic: usize,
    /// Its label.
    pub label: String,
    /// How many articles of it are in any bucket.
    pub articles: usize,
    /// One for each bucket.
    pub points: Vec<TrendPoint>,
}

/// One topic in one bucket.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TrendPoint {
    /// How many articles of the bucket belong to the topic, as counted.
    pub articles: usize,
    /// The share of the topic in the bucket, smoothed, 0..=1; shares of a bucket add up to 1. It is
    /// `(c + a·p) / (m + a)`: `c` of `m` articles in the [window](TrendParams::window), `a` articles
    /// [added](TrendParams::added), `p` the topic's share in all buckets.
    pub share: f64,
    /// The standard deviation of the share if it is drawn from what the articles allow (the posterior
    /// Dirichlet distribution): `√(share·(1 − share) / (m + a + 1))`. Two of them either way are about
    /// 95 %.
    pub error: f64,
    /// The topic's words here, against all other articles.
    pub keywords: Vec<String>,
}

impl TopicModel {
    /// How the topics move over buckets of time, or differ between groups.
    ///
    /// `weights` are those that the model was fitted on, with a bucket for each article. Cost: a pass over
    /// the entries, and for each topic and bucket, unless no keywords are asked for, a sort of the terms used
    /// there.
    ///
    /// ```
    /// use undertone::{Analyzer, Buckets, CountMatrix, CountParams, TfIdf, TopicModel, TrendParams};
    ///
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank", "bank loans"];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// let model = TopicModel::params(2).fit(&weights)?;
    ///
    /// let sources = Buckets::by_group([Some("Herald"), Some("Courier"), Some("Herald"), Some("Herald"), None]);
    /// let trend = model.trend(&weights, &sources, &TrendParams::default())?;
    /// assert_eq!((trend.buckets[1].name.as_str(), trend.buckets[1].articles, trend.apart), ("Herald", 3, 1));
    /// let bank = &trend.topics[model.assignments()[2].topic()];
    /// assert_eq!(bank.points[1].articles, 2);
    /// // Two of three, and one article more that is spread as all four are.
    /// assert!((bank.points[1].share - (2.0 + 0.5) / (3.0 + 1.0)).abs() < 1e-12);
    /// println!("{trend}");
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the model was fitted on other articles, or there are not as many of them in
    /// `buckets`; `is_setting` if a setting is out of its range.
    pub fn trend(
        &self,
        weights: &TfIdfMatrix,
        buckets: &Buckets,
        params: &TrendParams,
    ) -> Result<Trend> {
        self.check_fitted(weights)?;
        params.check(buckets)?;
        let (expected, found) = (self.assignments.len(), buckets.of_articles().len());
        if expected != found {
            return Err(Error::mismatch("articles with or without a bucket", expected, found));
        }
        let rows = self.rows_by_topic_and_bucket(buckets);
        let n_buckets = buckets.names().len();
        let size = |bucket: usize| rows.iter().map(|topic| topic[bucket].len()).sum::<usize>();
        let sizes: Vec<usize> = (0..n_buckets).map(size).collect();
        let drift = Drift::new(weights.counts(), self.n_topics(), params.tuning, params.keywords);
        let shares = Shares { sizes: &sizes, params };
        let topics = self.iter().zip(&rows).map(|(topic, rows)| TopicTrend {
            topic: topic.id(),
            label: topic.label(),
            articles: rows.iter().map(Vec::len).sum(),
            points: shares.points(rows, &drift),
        });
        let topics = topics.collect();
        let named = buckets.names().iter().zip(&sizes);
        Ok(Trend {
            buckets: named
                .map(|(name, &articles)| Bucket { name: name.clone(), articles })
                .collect(),
            topics,
            apart: expected - sizes.iter().sum::<usize>(),
        })
    }

    fn rows_by_topic_and_bucket(&self, buckets: &Buckets) -> Vec<Vec<Vec<u32>>> {
        let mut rows = vec![vec![Vec::new(); buckets.names().len()]; self.n_topics()];
        for ((found, bucket), row) in
            self.assignments.iter().zip(buckets.of_articles()).zip(0_u32..)
        {
            if let Some(bucket) = *bucket {
                rows[found.topic()][bucket].push(row);
            }
        }
        rows
    }
}

/// How many articles each bucket has, and how shares of them are smoothed.
struct Shares<'t> {
    sizes: &'t [usize],
    params: &'t TrendParams,
}

impl Shares<'_> {
    /// One topic in each bucket, given its rows there.
    fn points(&self, rows: &[Vec<u32>], drift: &Drift<'_>) -> Vec<TrendPoint> {
        let reach = self.params.window / 2;
        let windows: Vec<_> = (0..rows.len())
            .map(|bucket| bucket.saturating_sub(reach)..(bucket + reach + 1).min(rows.len()))
            .collect();
        let pooled: Vec<Vec<u32>> =
            windows.iter().map(|window| rows[window.clone()].concat()).collect();
        let topic = rows.concat();
        let all: usize = self.sizes.iter().sum();
        let overall = topic.len() as f64 / all.max(1) as f64;
        let keywords = drift.keywords(&pooled, &topic);
        let points = windows.into_iter().zip(&pooled).zip(rows).zip(keywords);
        points
            .map(|(((window, pooled), rows), keywords)| {
                let n = self.sizes[window].iter().sum::<usize>() as f64 + self.params.added;
                let count = pooled.len() as f64 + self.params.added * overall;
                let share = if n > 0.0 { count / n } else { 0.0 };
                let error = (share * (1.0 - share) / (n + 1.0)).max(0.0).sqrt();
                TrendPoint { articles: rows.len(), share, error, keywords }
            })
            .collect()
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.buckets.iter().map(|bucket| bucket.name.chars().count());
        let width = names.max().unwrap_or(0);
        for topic in &self.topics {
            writeln!(f, "topic {}, {} articles: {}", topic.topic, topic.articles, topic.label)?;
            for (bucket, point) in self.buckets.iter().zip(&topic.points) {
                if bucket.articles == 0 {
                    continue;
                }
                let (name, of, articles) = (&bucket.name, bucket.articles, point.articles);
                let (share, error) = (100.0 * point.share, 100.0 * point.error);
                let keywords = point.keywords.join(", ");
                write!(f, "  {name:<width$}  {share:>5.1} % ± {error:>4.1}")?;
                writeln!(f, "  {articles:>5} of {of:>5}  {keywords}")?;
            }
        }
        if self.apart > 0 {
            writeln!(f, "{} articles in no bucket", self.apart)?;
        }
        Ok(())
    }
}
