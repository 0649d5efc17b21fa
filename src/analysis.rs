//! Which topics, which targets, when? From articles to one table.

use std::collections::BTreeMap;
use std::fmt;

use crate::article::Article;
use crate::stance::{Label, StanceScorer};
use crate::topics::{Assignment, Buckets};
use crate::{Error, Result};

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// How one article stands toward one target.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Reading {
    /// The article's place in the corpus.
    pub article: usize,
    /// The article's topic.
    pub topic: usize,
    /// When the article was published, if the page says so.
    pub month: Option<Month>,
    /// The target's name.
    pub target: String,
    /// How often the article speaks of it.
    pub mentions: usize,
    /// The stance, −1..1.
    pub score: f64,
    /// The stance as one of three classes.
    pub label: Label,
}

/// Readings of one target taken together.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Summary {
    /// The target's name.
    pub target: String,
    /// The topic, where the summary is by topic.
    pub topic: Option<usize>,
    /// The month, where the summary is by month.
    pub month: Option<Month>,
    /// The name of the bucket, where the summary is by bucket.
    pub bucket: Option<String>,
    /// How many articles speak of the target.
    pub articles: usize,
    /// How often they do.
    pub mentions: usize,
    /// The mean score of these articles, −1..1.
    pub score: f64,
    /// How many of them stand against it.
    pub negative: usize,
    /// How many stand for it.
    pub positive: usize,
}

/// Topics, targets and time in one table: a row for each article and each target it speaks of.
///
/// ```
/// use undertone::{Analysis, Analyzer, Article, CountMatrix, CountParams, StanceScorer, TfIdf, TopicModel};
///
/// let articles: Vec<Article> = [
///     "Iran praised\n\nThe envoy praised Iran for a brave and honest treaty at the summit.",
///     "Treaty signed\n\nIran and Oman signed the treaty. Iran deserves praise for the treaty.",
///     "Cup final lost\n\nThe striker of Ghana missed, and Ghana lost the final in disgrace.",
///     "Striker injured\n\nThe striker was injured before the final, a terrible loss for Ghana.",
/// ].iter().map(|page| Article::parse(*page)).collect();
/// let counts = CountMatrix::from_docs(&Analyzer::english(), &articles, CountParams::default())?;
/// let topics = TopicModel::params(2).fit(&TfIdf::params().fit(&counts)?.transform(&counts)?)?;
///
/// let analysis = Analysis::new(&articles, topics.assignments(), &StanceScorer::news())?;
/// let iran = &analysis.by_target()[0];
/// assert_eq!((iran.target.as_str(), iran.articles), ("Ghana", 2));
/// assert!(iran.score < 0.0);
/// # Ok::<(), undertone::Error>(())
/// ```
///
/// Cost: one reading of every article.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Analysis {
    readings: Vec<Reading>,
}

impl Analysis {
    /// Reads the stance of every article toward everybody it speaks of.
    ///
    /// # Errors
    ///
    /// A different number of articles and assignments.
    pub fn new(articles: &[Article], topics: &[Assignment], scorer: &StanceScorer) -> Result<Self> {
        if articles.len() != topics.len() {
            return Err(Error::mismatch("assignments of topics", articles.len(), topics.len()));
        }
        let one = |(number, (article, topic)): (usize, (&Article, &Assignment))| {
            read(number, article, topic.topic(), scorer)
        };
        let pairs = articles.iter().zip(topics).enumerate();
        #[cfg(feature = "rayon")]
        let readings: Vec<Vec<Reading>> = {
            use rayon::prelude::*;
            pairs.collect::<Vec<_>>().into_par_iter().map(one).collect()
        };
        #[cfg(not(feature = "rayon"))]
        let readings: Vec<Vec<Reading>> = pairs.map(one).collect();
        Ok(Self { readings: readings.into_iter().flatten().collect() })
    }

    /// All readings: article by article, in each the targets with most mentions first.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// A summary for each target, those in most articles first, ties by name.
    pub fn by_target(&self) -> Vec<Summary> {
        self.summarized(&[], |_| Some(Group::default()))
    }

    /// A summary for each target in each topic.
    pub fn by_topic(&self) -> Vec<Summary> {
        self.summarized(&[], |reading| {
            Some(Group { topic: Some(reading.topic), ..Group::default() })
        })
    }

    /// A summary for each target in each month; articles without a date are left out.
    pub fn by_month(&self) -> Vec<Summary> {
        self.summarized(&[], |reading| {
            reading.month.map(|month| Group { month: Some(month), ..Group::default() })
        })
    }

    /// A summary for each target in each bucket: a week, a quarter, a source. Articles in no bucket are left
    /// out.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if there are fewer articles in `buckets` than were read.
    pub fn by_bucket(&self, buckets: &Buckets) -> Result<Vec<Summary>> {
        let of_articles = buckets.of_articles();
        let n_articles = self.readings.last().map_or(0, |reading| reading.article + 1);
        if of_articles.len() < n_articles {
            let what = "articles with or without a bucket";
            return Err(Error::mismatch(what, n_articles, of_articles.len()));
        }
        Ok(self.summarized(buckets.names(), |reading| {
            of_articles[reading.article]
                .map(|bucket| Group { bucket: Some(bucket), ..Group::default() })
        }))
    }

    fn summarized(
        &self,
        buckets: &[String],
        group: impl Fn(&Reading) -> Option<Group>,
    ) -> Vec<Summary> {
        let mut groups: BTreeMap<(Group, &str), Summary> = BTreeMap::new();
        for reading in &self.readings {
            let Some(group) = group(reading) else { continue };
            let target = reading.target.as_str();
            let summary = groups.entry((group, target)).or_insert_with(|| Summary {
                target: target.to_string(),
                topic: group.topic,
                month: group.month,
                bucket: group.bucket.map(|bucket| buckets[bucket].clone()),
                articles: 0,
                mentions: 0,
                score: 0.0,
                negative: 0,
                positive: 0,
            });
            summary.articles += 1;
            summary.mentions += reading.mentions;
            summary.score += reading.score;
            summary.negative += usize::from(reading.label == Label::Negative);
            summary.positive += usize::from(reading.label == Label::Positive);
        }
        let mut summaries: Vec<(Group, Summary)> =
            groups.into_iter().map(|((group, _), summary)| (group, summary)).collect();
        // Stable, so that ties keep the order of names.
        summaries.sort_by_key(|(group, summary)| (*group, std::cmp::Reverse(summary.articles)));
        let mean = |(_, mut summary): (Group, Summary)| {
            summary.score /= summary.articles as f64;
            summary
        };
        summaries.into_iter().map(mean).collect()
    }
}

/// What readings are taken together by, besides their target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    topic: Option<usize>,
    month: Option<Month>,
    bucket: Option<usize>,
}

fn read(number: usize, article: &Article, topic: usize, scorer: &StanceScorer) -> Vec<Reading> {
    let month = article.published().map(|published| {
        let date = published.date();
        Month { year: date.year(), month: date.month() }
    });
    let stances = scorer.stances(article).into_iter();
    let readings = stances.map(|stance| Reading {
        article: number,
        topic,
        month,
        target: stance.target().name().to_string(),
        mentions: stance.target().mentions().len(),
        score: stance.score(),
        label: stance.label(),
    });
    readings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_add_up() {
        let reading = |article, topic, month, target: &str, score, label| Reading {
            article,
            topic,
            month: Some(Month { year: 2024, month }),
            target: target.into(),
            mentions: 2,
            score,
            label,
        };
        let analysis = Analysis {
            readings: vec![
                reading(0, 0, 1, "Iran", 0.5, Label::Positive),
                reading(1, 0, 2, "Iran", -0.1, Label::Negative),
                reading(1, 0, 2, "Oman", 0.0, Label::Neutral),
                reading(2, 1, 2, "Oman", 0.2, Label::Positive),
                reading(3, 1, 2, "Oman", 0.4, Label::Positive),
            ],
        };
        let all = analysis.by_target();
        assert_eq!(
            all.iter().map(|s| (s.target.as_str(), s.articles)).collect::<Vec<_>>(),
            [("Oman", 3), ("Iran", 2)]
        );
        assert!((all[0].score - 0.2).abs() < 1e-12 && (all[0].positive, all[0].negative) == (2, 0));
        let topics: Vec<_> = analysis.by_topic().iter().map(|s| (s.topic, s.articles)).collect();
        assert_eq!(topics, [(Some(0), 2), (Some(0), 1), (Some(1), 2)]);
        let months: Vec<_> =
            analysis.by_month().iter().map(|s| s.month.unwrap().to_string()).collect();
        assert_eq!(months, ["2024-01", "2024-02", "2024-02"]);

        let sources = Buckets::by_group([Some("b"), Some("a"), None, Some("a")]);
        let by_source = analysis.by_bucket(&sources).unwrap();
        let shown: Vec<_> = by_source
            .iter()
            .map(|s| (s.bucket.as_deref().unwrap(), s.target.as_str(), s.articles))
            .collect();
        assert_eq!(shown, [("a", "Oman", 2), ("a", "Iran", 1), ("b", "Iran", 1)]);
        let few = Buckets::by_group([Some("a")]);
        assert!(analysis.by_bucket(&few).is_err_and(|error| error.is_mismatch()));
    }

    #[test]
    fn articles_and_assignments_must_match() {
        let error = Analysis::new(&[Article::parse("x")], &[], &StanceScorer::news()).unwrap_err();
        assert_eq!(error.to_string(), "assignments of topics: expected 1, found 0");
    }
}
