//! When was it published?
//!
//! A line is read from left to right: labels ("Updated"), dates, times, zones and filling words
//! ("on", "at") are known, all else is not. A line with nothing unknown speaks of times only. What
//! looks like a date but is none (no year, 30 February, 04/05/2022, a wrong day of the week) is
//! refused rather than mended.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;

use super::calendar::{Day, Piece, Reader, is_filling, weekday};
use super::zone;

/// When an article was published or changed: a checked date, with time and zone if they were written.
///
/// ```
/// use undertone::Published;
///
/// let published = Published::parse("First published on Fri 28 Jan 2022 03.09 GMT").unwrap();
/// assert_eq!(published.to_string(), "2022-01-28 03:09 GMT");
/// // Without a year, ambiguous, or impossible: no date.
/// assert_eq!(Published::parse("28 January, 03:09 GMT"), None);
/// assert_eq!(Published::parse("04/05/2022"), None);
/// assert_eq!(Published::parse("30 February 2022"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Published {
    date: Date,
    time: Option<Time>,
    zone: Option<String>,
}

impl Published {
    /// Reads the one date in a short text, such as `Jan. 28, 2022 3:09 p.m. ET`,
    /// `2022-01-28T03:09:00Z` or `Published: 0309 GMT January 28, 2022`.
    ///
    /// `None` if there is no date, or if it has no year of four digits, does not exist, is not on the day of the
    /// week that is written with it, could be read as day/month and as month/day, or if there are
    /// two. Where a text holds a time of publication and one of change, the first is read.
    pub fn parse(text: &str) -> Option<Self> {
        let times = TimeLine::read(text)?;
        times.published.or(times.updated)
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The time of day in the zone of [`zone`](Self::zone), if it was written.
    pub fn time(&self) -> Option<Time> {
        self.time
    }

    /// The name of the time zone as written, such as `GMT`, `ET` or `+03:30`.
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// The distance from UTC, if the written zone has exactly one: `IST` is India, Israel or
    /// Ireland, and `ET` changes with the season.
    pub fn offset(&self) -> Option<Offset> {
        Offset::from_seconds(zone::minutes(self.zone()?)? * 60).ok()
    }

    /// Whether two times can be of one event: on one day, or on two where only the zone parts them.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        const HOUR: i64 = 3_600;
        if self.date == other.date {
            return true;
        }
        let near = [self.date.tomorrow(), self.date.yesterday()]
            .into_iter()
            .any(|date| date.is_ok_and(|date| date == other.date));
        let instants = self.timestamp().zip(other.timestamp());
        let close =
            instants.is_none_or(|(one, other)| (one.as_second() - other.as_second()).abs() <= HOUR);
        near && close && self.zone != other.zone
    }

    /// The instant, if date, time and offset are known.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.offset()?.to_timestamp(self.date.to_datetime(self.time?)).ok()
    }
}

impl fmt::Display for Published {
    /// As `2022-01-28 03:09 GMT`; seconds only if there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, " {:02}:{:02}", time.hour(), time.minute())?;
            if time.second() != 0 {
                write!(f, ":{:02}", time.second())?;
            }
        }
        self.zone.as_ref().map_or(Ok(()), |zone| write!(f, " {zone}"))
    }
}

/// What a line says of times.
#[derive(Debug, Default)]
pub(super) struct TimeLine {
    pub(super) published: Option<Published>,
    pub(super) updated: Option<Published>,
    /// The label, if one was written: the last, which a date on the next line would belong to.
    pub(super) label: Option<Label>,
    /// Whether the line speaks of nothing else.
    pub(super) pure: bool,
    /// Whether it holds a date or a time, be it one that is refused.
    pub(super) dated: bool,
    /// Whether it holds a day: a date, be it one that is refused, or a day of the week.
    day: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Published,
    Updated,
}

/// Longer texts, in bytes, are not read for dates.
const LONGEST: usize = 240;

impl TimeLine {
    /// Reads a line; `None` if it speaks neither of dates nor of publication.
    pub(super) fn read(line: &str) -> Option<Self> {
        if line.len() > LONGEST || !worth_reading(line) {
            return None;
        }
        let mut reader = Reader::new(line);
        let (mut published, mut updated) = (Stamp::default(), Stamp::default());
        let mut times = Self { pure: true, ..Self::default() };
        while let Some(piece) = reader.peek(0) {
            let stamp = match times.label {
                Some(Label::Updated) => &mut updated,
                _ => &mut published,
            };
            if let Some(date) = reader.date() {
                stamp.add_date(date);
                times.dated = true;
                times.day = true;
            } else if let Some((time, zone)) = reader.time() {
                stamp.add_time(time, zone);
                times.dated = true;
            } else if let Some(weekday) = piece.word().and_then(weekday) {
                stamp.weekday.get_or_insert(weekday);
                times.day = true;
                reader.skip(1);
            } else if let Some(label) = piece.word().and_then(label) {
                times.label = Some(label);
                reader.skip(1);
            } else if let Some(length) = reader.filling() {
                times.dated |= piece.word().is_some_and(|word| word.eq_ignore_ascii_case("ago"));
                reader.skip(length);
            } else if times.dated && reader.is_place() {
                break;
            } else {
                times.pure &= matches!(piece, Piece::Mark(_));
                reader.skip(1);
            }
        }
        times.published = published.finish();
        times.updated = updated.finish();
        (times.dated || times.label.is_some()).then_some(times)
    }

    /// What a line that holds more than times says of them between its bars: "Source: X | 2 May 2021".
    pub(super) fn between_bars(line: &str) -> Option<Self> {
        line.split('|').skip(1).filter_map(Self::read).find(|times| times.pure && times.dated)
    }

    /// Whether it speaks of a time of day only: "22.40 GMT", "2h ago".
    pub(super) fn is_stamp(&self) -> bool {
        self.pure && self.dated && !self.day && self.label.is_none()
    }
}

/// A quick look that spares most lines the reading: without a digit it takes a few words that begin
/// with a label, as in "Last updated an hour ago".
fn worth_reading(line: &str) -> bool {
    const LONGEST_WORDED: usize = 40;
    if line.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    line.len() <= LONGEST_WORDED
        && words.next().is_some_and(|word| label(word).is_some() || is_filling(word))
}

/// The labels of times. "Last updated" and "First published" begin with a filling word.
fn label(word: &str) -> Option<Label> {
    const PUBLISHED: &[&str] = &[
        "published",
        "posted",
        "publication",
        "publish",
        "issued",
        "released",
        "date",
        "dated",
        "pub",
        "publié",
        "veröffentlicht",
        "publicado",
        "pubblicato",
    ];
    const UPDATED: &[&str] = &[
        "updated",
        "update",
        "modified",
        "edited",
        "revised",
        "amended",
        "jour",
        "aktualisiert",
        "actualizado",
        "aggiornato",
    ];
    let word = word.to_lowercase();
    let is = |known: &&str| *known == word;
    if PUBLISHED.iter().any(is) {
        return Some(Label::Published);
    }
    UPDATED.iter().any(is).then_some(Label::Updated)
}

/// The parts of one point in time, as they are met.
#[derive(Default)]
struct Stamp<'t> {
    date: Option<Date>,
    /// A date was written that cannot be used, or two that differ.
    refused: bool,
    weekday: Option<Weekday>,
    time: Option<Time>,
    zone: Option<&'t str>,
}

impl<'t> Stamp<'t> {
    fn add_date(&mut self, day: Day) {
        match day {
            Day::Known(date) if self.date.is_none_or(|known| known == date) => {
                self.date = Some(date);
            }
            _ => self.refused = true,
        }
    }

    fn add_time(&mut self, time: Option<Time>, zone: Option<&'t str>) {
        if self.time.is_none() && time.is_some() {
            (self.time, self.zone) = (time, zone);
        }
    }

    fn finish(self) -> Option<Published> {
        let date = self.date.filter(|_| !self.refused)?;
        if self.weekday.is_some_and(|weekday| weekday != date.weekday()) {
            return None;
        }
        Some(Published { date, time: self.time, zone: self.zone.map(str::to_string) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Published::parse(text).map(|published| published.to_string())
    }

    #[test]
    fn the_forms_of_the_news_are_read() {
        let cases = [
            ("Published: 0309 GMT January 28, 2022", "2022-01-28 03:09 GMT"),
            ("Jan. 28, 2022 3:09 p.m. ET", "2022-01-28 15:09 ET"),
            ("28 January 2022 03:09 GMT", "2022-01-28 03:09 GMT"),
            ("2022-01-28T03:09:00Z", "2022-01-28 03:09 Z"),
            ("2022-01-28T03:09:05.123+03:30", "2022-01-28 03:09:05 +03:30"),
            ("2022-01-28", "2022-01-28"),
            ("2022/01/28 18:30", "2022-01-28 18:30"),
            ("28/01/2022", "2022-01-28"),
            ("01/28/2022", "2022-01-28"),
            ("28.01.2022, 9:05", "2022-01-28 09:05"),
            ("Updated 10:15 PM EST, Mon January 3, 2022", "2022-01-03 22:15 EST"),
            ("First published on Fri 28 Jan 2022 03.09 GMT", "2022-01-28 03:09 GMT"),
            ("Friday, 28th of January, 2022", "2022-01-28"),
            ("28-Jan-2022", "2022-01-28"),
            ("28 Jan, 2022 03:09", "2022-01-28 03:09"),
            ("Sept. 3, 2021, 12:00 a.m.", "2021-09-03 00:00"),
            ("Sept. 3, 2021 at 12 p.m.", "2021-09-03 12:00"),
            ("Posted: 1830 hrs IST, May 2 2021", "2021-05-02 18:30 IST"),
            ("2 May 2021 10:00 (GMT+3)", "2021-05-02 10:00 GMT+3"),
            ("2 May 2021, 10:00 UTC +03:30", "2021-05-02 10:00 UTC +03:30"),
            ("12:10 - 28 January 2022", "2022-01-28 12:10"),
            ("28 January 2022 at 25:61", "2022-01-28"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn wrong_dates_are_absent() {
        for text in [
            "",
            "28 January",
            "Jan. 28, 0309 GMT",
            "28 January 1830 GMT",
            "04/05/2022",
            "28/01/22",
            "30 February 2022",
            "2022-13-01",
            "29 February 2022",
            "Mon 28 January 2022",
            "28 January 2022 and 29 January 2022",
            "January 2022",
            "in 2022",
            "12 May 99999",
            "13/13/2022",
            "00/00/2022",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn lines_tell_published_from_updated() {
        let times =
            TimeLine::read("Published 28 Jan 2022 | Updated: 29 Jan 2022, 10:00 GMT").unwrap();
        assert!(times.pure && times.dated);
        assert_eq!(times.published.unwrap().to_string(), "2022-01-28");
        assert_eq!(times.updated.unwrap().to_string(), "2022-01-29 10:00 GMT");
        assert!(TimeLine::read("Updated 2 hours ago").unwrap().pure);
        assert!(!TimeLine::read("The treaty of 28 January 2022 stands").unwrap().pure);
        assert!(TimeLine::read("2022").is_none());
        assert!(TimeLine::read("The price rose by 2.50").is_none());
    }

    #[test]
    fn zones_may_part_days() {
        let agree = |one: &str, other: &str| {
            Published::parse(one).unwrap().agrees_with(&Published::parse(other).unwrap())
        };
        assert!(agree("2021-03-04T03:15Z", "March 3, 2021 10:15 pm EST"));
        assert!(agree("2021-03-04T03:15Z", "3 March 2021"));
        assert!(!agree("2021-03-04T03:15Z", "March 3, 2021 10:15 am EST"));
        assert!(!agree("3 March 2021", "4 March 2021"));
        assert!(!agree("2021-03-04T03:15Z", "5 March 2022"));
    }

    #[test]
    fn instants_need_one_offset() {
        let published = Published::parse("2022-01-28 03:09 +03:30").unwrap();
        assert_eq!(published.timestamp().unwrap().to_string(), "2022-01-27T23:39:00Z");
        assert_eq!(published.offset(), Offset::from_seconds(12_600).ok());
        assert_eq!(Published::parse("Jan. 28, 2022 3:09 p.m. ET").unwrap().timestamp(), None);
    }
}
