//! Which articles are counted together? Those of one stretch of time, or of one group.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::period::Period;
use crate::article::Article;
use crate::error::Result;

/// A bucket for each article: a stretch of time, a source, or whatever else a caller groups by.
///
/// ```
/// use undertone::{Buckets, Period, Published};
///
/// let dates = ["5 January 2024", "no date", "20 March 2024"].map(|text| {
///     Published::parse(text).map(|published| published.date())
/// });
/// let months = Buckets::by_time(dates, Period::Month)?;
/// // February is there, with no article.
/// assert_eq!(months.names(), ["2024-01", "2024-02", "2024-03"]);
/// assert_eq!(months.of_articles(), [Some(0), None, Some(2)]);
///
/// let sources = Buckets::by_group([Some("Herald"), Some("Courier"), None]);
/// assert_eq!(sources.names(), ["Courier", "Herald"]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Buckets {
    names: Vec<String>,
    of_articles: Vec<Option<usize>>,
    is_time: bool,
}

impl Buckets {
    /// A bucket for each stretch of time from the first day to the last, those without articles too. An
    /// article without a day is in none.
    ///
    /// # Errors
    ///
    /// `is_setting` if there would be more than 10,000 buckets.
    pub fn by_time(days: impl IntoIterator<Item = Option<Date>>, period: Period) -> Result<Self> {
        let days: Vec<Option<Date>> = days.into_iter().collect();
        let starts = period.starts(days.iter().copied().flatten())?;
        // Of all stretches, the last that has begun.
        let bucket = |day: Date| starts.partition_point(|&start| start <= day).saturating_sub(1);
        Ok(Self {
            names: starts.iter().map(|&start| period.name(start)).collect(),
            of_articles: days.into_iter().map(|day| day.map(bucket)).collect(),
            is_time: true,
        })
    }

    /// As [`by_time`](Self::by_time), by when articles were [published](Article::published).
    ///
    /// # Errors
    ///
    /// As [`by_time`](Self::by_time).
    pub fn by_published(articles: &[Article], period: Period) -> Result<Self> {
        let published = articles.iter().map(Article::published);
        Self::by_time(published.map(|published| Some(published?.date())), period)
    }

    /// A bucket for each group, sorted by name. An article without a group is in none.
    pub fn by_group<S: AsRef<str>>(groups: impl IntoIterator<Item = Option<S>>) -> Self {
        let groups: Vec<Option<S>> = groups.into_iter().collect();
        let name = |group: &Option<S>| group.as_ref().map(|group| group.as_ref().to_string());
        let names: BTreeSet<String> = groups.iter().filter_map(name).collect();
        let names: Vec<String> = names.into_iter().collect();
        let place = |group: &S| names.partition_point(|name| name.as_str() < group.as_ref());
        let of_articles = groups.iter().map(|group| group.as_ref().map(place)).collect();
        Self { names, of_articles, is_time: false }
    }

    /// What the buckets are called, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether buckets follow each other in time.
    pub(super) fn is_time(&self) -> bool {
        self.is_time
    }

    /// The bucket of each article, a place among the [names](Self::names); `None` without a day or group.
    pub fn of_articles(&self) -> &[Option<usize>] {
        &self.of_articles
    }
}
