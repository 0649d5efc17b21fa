//! Who wrote it and when, on one line: "14 June 2021 | By Jane Doe", "Jane Doe · Posted: 3 March 2021".

use std::ops::Range;

use super::byline;
use super::date::TimeLine;

/// Longer lines, in bytes, tell more than that.
const LONGEST: usize = 160;
/// Words that another part may have: the name of a site, a place.
const LONGEST_PART: usize = 4;

/// The names in a line whose parts between bars or dots hold a date as well, with all its times.
pub(super) fn read(line: &str) -> Option<(Range<usize>, Vec<TimeLine>)> {
    if line.len() > LONGEST || !line.contains(['|', '·', '•']) {
        return None;
    }
    let (mut names, mut times, mut start) = (None, Vec::new(), 0);
    for part in line.split_inclusive(['|', '·', '•']) {
        let from = start;
        start += part.len();
        let text = part.trim_end_matches(['|', '·', '•']).trim();
        let at = from + (part.len() - part.trim_start().len());
        if let Some(time) = TimeLine::read(text).filter(|time| time.pure) {
            times.push(time);
        } else if let Some(found) = names_in(text).filter(|_| names.is_none()) {
            names = Some(at + found.start..at + found.end);
        } else if text.split_whitespace().count() > LONGEST_PART {
            return None;
        }
    }
    times.iter().any(|time| time.dated).then_some((names?, times))
}

fn names_in(text: &str) -> Option<Range<usize>> {
    let told = byline::read(text).or_else(|| byline::with_job(text)).and_then(|line| line.names);
    told.or_else(|| byline::is_bare_name(text).then_some(0..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_times_share_a_line() {
        let cases = [
            ("14 June 2021 | By Thandi Mokoena", Some("Thandi Mokoena")),
            ("Noémie Roy · KCB News · Posted: Mar 03, 2023 6:00 AM PST", Some("Noémie Roy")),
            ("By Jane Doe | March 3, 2021", Some("Jane Doe")),
            ("Source: Ministry | 2 May 2021", None),
            ("Harbor walls fall | The Merrow Post", None),
        ];
        for (line, expected) in cases {
            assert_eq!(read(line).map(|(names, _)| &line[names]), expected, "{line}");
        }
    }
}
