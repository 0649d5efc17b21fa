//! How are dates and times written in the news?

use std::ops::Range;

use jiff::civil::{Date, Time, Weekday};

use super::zone;

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Number(&'t str),
    Word(&'t str),
    Mark(char),
}

impl<'t> Piece<'t> {
    pub(super) fn word(self) -> Option<&'t str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The value of a number of so many digits.
    fn number(self, digits: Range<usize>) -> Option<i16> {
        match self {
            Self::Number(number) if digits.contains(&number.len()) => number.parse().ok(),
            _ => None,
        }
    }
}

/// Words, numbers and marks with their places. A full stop between letters belongs to the word: `p.m`.
fn pieces(line: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let start = line.len() - rest.len();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let length = match first {
            _ if digits > 0 => digits,
            _ if first.is_alphabetic() => word_length(rest),
            _ => first.len_utf8(),
        };
        let (text, after) = rest.split_at(length);
        let piece = match first {
            _ if digits > 0 => Some(Piece::Number(text)),
            _ if first.is_alphabetic() => Some(Piece::Word(text)),
            _ if first.is_whitespace() => None,
            _ => Some(Piece::Mark(first)),
        };
        pieces.extend(piece.map(|piece| (piece, start..start + length)));
        rest = after;
    }
    pieces
}

fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = c.is_alphabetic()
            || (c == '.' && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic()));
        if !inside {
            return at;
        }
    }
    text.len()
}

/// What a written date comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Known(Date),
    /// No such day, no year, or two ways to read it.
    Refused,
}

/// Reads the pieces of a line from left to right. Places are counted from the piece that is next.
pub(super) struct Reader<'t> {
    line: &'t str,
    pieces: Vec<(Piece<'t>, Range<usize>)>,
    at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(line: &'t str) -> Self {
        Self { line, pieces: pieces(line), at: 0 }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<Piece<'t>> {
        self.pieces.get(self.at + ahead).map(|(piece, _)| *piece)
    }

    pub(super) fn skip(&mut self, length: usize) {
        self.at += length;
    }

    /// How many pieces say nothing that matters: "on", "2 hours".
    pub(super) fn filling(&self) -> Option<usize> {
        if self.word(0).is_some_and(is_filling) {
            return Some(1);
        }
        let duration = self.number(0, 1..3).is_some() && self.word(1).is_some_and(is_duration);
        // "2 min read" is no time, but says nothing else either.
        let read = || self.word(2).is_some_and(|word| word.eq_ignore_ascii_case("read"));
        duration.then(|| 2 + usize::from(read()))
    }

    /// Whether nothing but a dash and a place in capitals is left: "10:15 pm IST - CHENNAI".
    pub(super) fn is_place(&self) -> bool {
        let rest = &self.pieces[self.at..];
        let shouted = |word: &str| word.len() >= 3 && word.chars().all(char::is_uppercase);
        let dash = matches!(rest.first(), Some((Piece::Mark('-' | '–' | '—'), _)));
        let place = |(piece, _): &(Piece<'_>, _)| piece.word().is_some_and(shouted);
        dash && (2..=4).contains(&rest.len()) && rest[1..].iter().all(place)
    }

    fn number(&self, ahead: usize, digits: Range<usize>) -> Option<i16> {
        self.peek(ahead)?.number(digits)
    }

    fn word(&self, ahead: usize) -> Option<&'t str> {
        self.peek(ahead)?.word()
    }

    fn is_mark(&self, ahead: usize, marks: &[char]) -> bool {
        matches!(self.peek(ahead), Some(Piece::Mark(mark)) if marks.contains(&mark))
    }

    /// Takes a date.
    pub(super) fn date(&mut self) -> Option<Day> {
        let (length, date) = self.numeric_date().or_else(|| self.worded_date())?;
        self.at += length;
        Some(date.map_or(Day::Refused, Day::Known))
    }

    fn numeric_date(&self) -> Option<(usize, Option<Date>)> {
        let Some(Piece::Mark(mark @ ('-' | '/' | '.'))) = self.peek(1) else { return None };
        if !self.is_mark(3, &[mark]) {
            return None;
        }
        let middle = self.number(2, 1..3)?;
        if let (Some(year), Some(day)) = (self.number(0, 4..5), self.number(4, 1..3)) {
            let timed = self.word(5).is_some_and(|word| word == "T");
            return Some((5 + usize::from(timed), date(year, middle, day)));
        }
        let first = self.number(0, 1..3)?;
        // Two digits could be a year or a day: refused, as is what the world reads in two ways.
        let Some(year) = self.number(4, 4..5) else {
            return self.number(4, 2..3).map(|_| (5, None));
        };
        let date = match (first > 12, middle > 12) {
            (true, false) => date(year, middle, first),
            (false, true) => date(year, first, middle),
            _ if first == middle => date(year, first, first),
            // Who writes the clock with a point as well puts the day first, and the zone of a clock
            // tells where slashes are read from the month.
            _ if mark == '.' && self.is_pointed_clock(5) => date(year, middle, first),
            _ if mark == '/' && self.in_america(5) => date(year, first, middle),
            _ => None,
        };
        Some((5, date))
    }

    /// Whether the line ends with "10.45" so many pieces ahead.
    fn is_pointed_clock(&self, ahead: usize) -> bool {
        let hour = self.number(ahead, 1..3).is_some_and(|hour| hour < 24);
        let minute = self.number(ahead + 2, 2..3).is_some_and(|minute| minute < 60);
        hour && minute && self.is_mark(ahead + 1, &['.']) && self.peek(ahead + 3).is_none()
    }

    /// Whether a time of day so many pieces ahead has "PM" and a zone of the United States.
    fn in_america(&self, ahead: usize) -> bool {
        const ZONES: [&str; 11] =
            ["ET", "EST", "EDT", "CT", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT"];
        let near = ahead..ahead + 6;
        near.clone().any(|at| self.word(at).is_some_and(|word| half(word).is_some()))
            && near.into_iter().any(|at| self.word(at).is_some_and(|word| ZONES.contains(&word)))
    }

    /// `28 January 2022`, `28-Jan-2022`, `28th of January, 2022`, `Jan. 28, 2022`.
    fn worded_date(&self) -> Option<(usize, Option<Date>)> {
        let mut at = 0;
        let day = self.number(0, 1..3);
        let (day, month) = if let Some(day) = day {
            at += 1;
            at += usize::from(self.word(at).is_some_and(is_ordinal));
            at += usize::from(self.word(at).is_some_and(|word| word == "of" || word == "de"));
            at += usize::from(self.is_mark(at, &['-', '.', ',', '/']));
            let written = self.word(at)?;
            at += 1;
            let Some(month) = month(written) else {
                return self.foreign_date(at, day, foreign_month(written)?);
            };
            (day, month)
        } else {
            let month = month(self.word(0)?)?;
            at += 1;
            at += usize::from(self.is_mark(at, &['.', '-', ',']));
            let day = self.number(at, 1..3)?;
            at += 1;
            at += usize::from(self.word(at).is_some_and(is_ordinal));
            (day, month)
        };
        let mark = usize::from(self.is_mark(at, &['-', '.', ',', '/']));
        let Some(year) = self.number(at + mark, 4..5).filter(|_| !self.is_clock(at + mark)) else {
            return Some((at, None));
        };
        Some((at + mark + 1, date(year, month, day)))
    }

    /// `3. März 2021`: such words mean much else, so they are months only before a year.
    fn foreign_date(&self, at: usize, day: i16, month: i16) -> Option<(usize, Option<Date>)> {
        let of = usize::from(self.word(at).is_some_and(|word| word == "de" || word == "del"));
        let year = self.number(at + of, 4..5)?;
        Some((at + of + 1, date(year, month, day)))
    }

    /// Whether four digits are a time of day: "0309 GMT".
    fn is_clock(&self, ahead: usize) -> bool {
        self.number(ahead, 4..5).is_some_and(|digits| digits / 100 < 24 && digits % 100 < 60)
            && self.word(ahead + 1).is_some_and(|word| zone::is_zone(word) || is_hours(word))
    }

    /// Takes a time of day with its zone, `Some((None, _))` if there is no such time.
    pub(super) fn time(&mut self) -> Option<(Option<Time>, Option<&'t str>)> {
        let (mut at, hour, minute, second) = self.clock()?;
        let half = self.word(at).and_then(half);
        at += usize::from(half.is_some());
        // "p.m." leaves its last full stop behind.
        at += usize::from(half.is_some() && self.is_mark(at, &['.']));
        at += usize::from(self.word(at).is_some_and(is_hours));
        let hour = match half {
            None => Some(hour),
            Some(half) => (1..=12).contains(&hour).then_some(hour % 12 + half),
        };
        let (length, zone) = self.zone(at);
        self.at += at + length;
        let time = hour.and_then(|hour| {
            Time::new(
                i8::try_from(hour).ok()?,
                i8::try_from(minute).ok()?,
                i8::try_from(second).ok()?,
                0,
            )
            .ok()
        });
        Some((time, zone))
    }

    /// Length, hour, minute and second of a time of day without what follows.
    fn clock(&self) -> Option<(usize, i16, i16, i16)> {
        if let Some(digits) = self.number(0, 4..5) {
            return self.is_clock(0).then_some((1, digits / 100, digits % 100, 0));
        }
        let hour = self.number(0, 1..3)?;
        let minute = self.number(2, 2..3);
        if let Some(minute) = minute.filter(|_| self.word(1) == Some("h")) {
            return Some((3, hour, minute, 0));
        }
        if let Some(minute) = minute.filter(|_| self.is_mark(1, &[':'])) {
            let Some(second) = self.number(4, 2..3).filter(|_| self.is_mark(3, &[':'])) else {
                return Some((3, hour, minute, 0));
            };
            let digits = matches!(self.peek(6), Some(Piece::Number(_)));
            let fraction = self.is_mark(5, &['.', ',']) && digits;
            return Some((5 + 2 * usize::from(fraction), hour, minute, second));
        }
        if let Some(minute) = minute.filter(|_| self.is_mark(1, &['.'])) {
            // "3.09" is a time only if what follows says so, or a date with points before it.
            if self.at >= 5 && self.follows_points() && self.is_pointed_clock(0) {
                return Some((3, hour, minute, 0));
            }
            let follows = self.word(3)?;
            return (half(follows).is_some() || zone::is_zone(follows))
                .then_some((3, hour, minute, 0));
        }
        half(self.word(1)?).map(|_| (1, hour, 0, 0))
    }

    /// Whether "12.03.2020" stands right before.
    fn follows_points(&self) -> bool {
        let before = &self.pieces[self.at - 5..self.at];
        let point = |at: usize| matches!(before[at].0, Piece::Mark('.'));
        point(1) && point(3) && matches!(before[4].0, Piece::Number(_))
    }

    /// Length in pieces and name of the zone that stands so many pieces ahead.
    fn zone(&self, ahead: usize) -> (usize, Option<&'t str>) {
        let open = usize::from(self.is_mark(ahead, &['(', ',']));
        let mut at = ahead + open;
        let start = at;
        let named = self.word(at).is_some_and(zone::is_zone);
        at += usize::from(named);
        if self.is_mark(at, &['+', '-', '−']) {
            let minutes = self.is_mark(at + 2, &[':']) && self.number(at + 3, 2..3).is_some();
            let hours = self.number(
                at + 1,
                if named {
                    1..5
                } else if minutes {
                    2..3
                } else {
                    4..5
                },
            );
            let shifted = hours.is_some() && self.adjacent(at);
            let length = if minutes { 4 } else { 2 };
            if shifted && zone::minutes(self.text(start..at + length)).is_some() {
                at += length;
            }
        }
        if at == start {
            return (0, None);
        }
        let zone = self.text(start..at);
        (at + usize::from(open > 0 && self.is_mark(at, &[')'])) - ahead, Some(zone))
    }

    /// Whether a sign stands right before its number: `-05:00`, not `- 05:00`.
    fn adjacent(&self, sign: usize) -> bool {
        match (self.pieces.get(self.at + sign), self.pieces.get(self.at + sign + 1)) {
            (Some((_, sign)), Some((_, number))) => sign.end == number.start,
            _ => false,
        }
    }

    /// What stands from one piece to another, as written.
    fn text(&self, ahead: Range<usize>) -> &'t str {
        let span = |ahead: usize| self.pieces.get(self.at + ahead).map(|(_, span)| span.clone());
        match (span(ahead.start), span(ahead.end.saturating_sub(1))) {
            (Some(first), Some(last)) => self.line.get(first.start..last.end).unwrap_or(""),
            _ => "",
        }
    }
}

/// A date, if there is such a day and the year is one of the press.
fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok().filter(|_| (1600..2200).contains(&year))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of a month, from its name or the first letters of it.
pub(super) fn month(word: &str) -> Option<i16> {
    let short = word.len() == 3 || word.eq_ignore_ascii_case("sept");
    let is = |month: &str| begins(month, word) && (short || word.len() == month.len());
    i16::try_from(MONTHS.iter().position(|month| is(month))? + 1).ok()
}

/// Months in German, French, Spanish and Italian, where they differ from the English.
#[rustfmt::skip]
const FOREIGN_MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "janvier", "enero", "gennaio"],
    &["februar", "février", "febrero", "febbraio"],
    &["märz", "mars", "marzo"],
    &["avril", "abril", "aprile"],
    &["mai", "mayo", "maggio"],
    &["juni", "juin", "junio", "giugno"],
    &["juli", "juillet", "julio", "luglio"],
    &["août", "agosto"],
    &["septembre", "septiembre", "settembre"],
    &["oktober", "octobre", "octubre", "ottobre"],
    &["novembre", "noviembre"],
    &["dezember", "décembre", "diciembre", "dicembre"],
];

/// The number of a month in another language.
fn foreign_month(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let at = FOREIGN_MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    i16::try_from(at + 1).ok()
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The day of the week that a word names, in full or by its first three or four letters.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let is = |name: &str| {
        begins(name, word) && (word.len() == name.len() || (3..=5).contains(&word.len()))
    };
    WEEKDAYS.iter().find(|(name, _)| is(name)).map(|&(_, weekday)| weekday)
}

/// Whether a name begins with a word, whatever the case.
fn begins(name: &str, word: &str) -> bool {
    name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Words that stand between the parts of a time and say nothing more.
pub(super) fn is_filling(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "on", "at", "of", "the", "first", "last", "originally", "online", "and", "time", "local", "ago", "just",
        "now", "an", "hour", "today", "yesterday", "le", "à", "mis", "mise", "et", "um", "uhr", "am", "el", "il",
    ];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) || word == "À"
}

fn is_duration(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "m", "min", "mins", "minute", "minutes", "h", "hr", "hour", "hours", "day", "days", "week",
        "weeks",
    ];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_hours(word: &str) -> bool {
    ["hrs", "hours"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// What a.m. and p.m. add to an hour counted modulo 12.
fn half(word: &str) -> Option<i16> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m" => Some(0),
        "pm" | "p.m" => Some(12),
        _ => None,
    }
}
