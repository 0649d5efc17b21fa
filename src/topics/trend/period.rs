//! Which stretch of the calendar does a day belong to?

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::error::{Error, Result};

/// More stretches than this between the first and the last article are refused.
const MOST: usize = 10_000;

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Period {
    /// Named `2024-01-31`.
    Day,
    /// From Monday to Sunday (ISO 8601), named `2024-W05`.
    Week,
    /// Named `2024-01`, as [`Month`](crate::Month) is shown.
    Month,
    /// Named `2024-Q1`.
    Quarter,
    /// Named `2024`.
    Year,
}

impl Period {
    /// The name of the stretch that holds a day.
    ///
    /// ```
    /// use undertone::{Period, Published};
    ///
    /// let day = Published::parse("31 December 2024").unwrap().date();
    /// assert_eq!(Period::Quarter.name(day), "2024-Q4");
    /// // The week with the first Thursday of 2025.
    /// assert_eq!(Period::Week.name(day), "2025-W01");
    /// ```
    pub fn name(self, day: Date) -> String {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Day => day.to_string(),
            Self::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
            Self::Year => format!("{year:04}"),
        }
    }

    /// The first day of the stretch that holds a day; the day itself where the calendar ends before.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(since_monday.days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
            Self::Quarter => {
                let since = i64::from((day.month() - 1) % 3);
                day.first_of_month().checked_sub(since.months()).unwrap_or(day)
            }
            Self::Year => day.first_of_year(),
        }
    }

    /// The first day of the next stretch; none where the calendar ends.
    fn next(self, start: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
        };
        start.checked_add(span).ok()
    }

    /// The first days of all stretches from the first to the last of some days, empty ones too.
    pub(super) fn starts(self, days: impl Iterator<Item = Date>) -> Result<Vec<Date>> {
        let range = days.fold(None, |range: Option<(Date, Date)>, day| {
            Some(range.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        });
        let Some((first, last)) = range else { return Ok(Vec::new()) };
        let mut starts = vec![self.start(first)];
        while let Some(next) = starts.last().and_then(|&start| self.next(start)) {
            if next > last {
                break;
            }
            if starts.len() == MOST {
                let allowed = format!("one with at most {MOST} from {first} to {last}");
                return Err(Error::setting("period", self, allowed));
            }
            starts.push(next);
        }
        Ok(starts)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        })
    }
}

impl std::str::FromStr for Period {
    type Err = Error;

    /// As shown: `day`, `week`, `month`, `quarter` or `year`.
    fn from_str(name: &str) -> Result<Self> {
        let all = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];
        let found = all.into_iter().find(|period| period.to_string() == name);
        found.ok_or_else(|| Error::setting("period", name, "day, week, month, quarter or year"))
    }
}
