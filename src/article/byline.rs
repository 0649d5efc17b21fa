//! Who wrote it?

use std::ops::Range;
use std::sync::LazyLock;

use hashbrown::HashSet;

use super::calendar::{month, weekday};
use super::lines::is_prose;

/// What stands before the names in a byline.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "by", "by:", "written by", "words by", "words:", "story by", "report by", "reported by", "analysis by",
    "opinion by", "comment by", "commentary by", "interview by", "review by", "text by", "author:", "authors:",
    "reporter:", "writer:", "byline:", "posted by", "an essay by", "a column by", "exclusive by", "from our", "von",
    "par", "por",
];

/// Words of agencies, papers and offices: a "name" that holds one is nobody's.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "abc", "afp", "agence", "agencies", "agency", "analyst", "ansa", "ap", "associated", "bbc", "board", "bureau",
    "business", "cbc", "chief", "chronicle", "city", "cnn", "columnist", "company", "contributor", "correspondent",
    "correspondents", "courier", "court", "crime", "daily", "deputy", "desk", "diplomatic", "dpa", "economics",
    "editor", "editorial", "editors", "education", "environment", "express", "fars", "features", "foreign",
    "gazette", "group", "guardian", "health", "herald", "home", "interfax", "international", "irna", "isna",
    "journal", "kyodo", "magazine", "mail", "media", "mehr", "nbc", "network", "news", "newspaper", "newsroom",
    "npr", "observer", "office", "online", "our", "own", "photographer", "political", "politics", "post",
    "presenter", "press", "producer", "pti", "radio", "reporter", "reporters", "reuters", "science", "senior",
    "service", "services", "social", "special", "sport", "sports", "staff", "staffer", "standard", "sun", "tass",
    "tasnim", "team", "technology", "telegraph", "television", "telegram", "times", "today", "transport", "tribune",
    "tv", "upi", "web", "wire", "writer", "writers", "xinhua", "the", "affairs", "assistant", "freelance", "guest",
    "contributing", "efe",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "ibn", "la", "le", "st", "ten", "ter", "ul", "ur", "van", "von", "y", "zu",
];

/// Small words that may follow the names.
const AFTER_NAMES: &[&str] =
    &["in", "at", "for", "from", "of", "on", "the", "and", "with", "to", "special"];

/// A line that says who wrote the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Byline {
    /// The names, as bytes of the line; `None` if it names an office only, or nobody yet.
    pub(super) names: Option<Range<usize>>,
    /// Where the names end, or the prefix if there are none: what follows may be a date.
    pub(super) end: usize,
}

/// Longer lines, in bytes, are no bylines.
const LONGEST: usize = 200;

/// Reads a line such as "By Jane Doe and John Roe, Example News". Lines that only begin like one
/// ("By Monday night the river had risen") are not bylines.
pub(super) fn read(line: &str) -> Option<Byline> {
    if line.len() > LONGEST {
        return None;
    }
    let prefix = prefix_length(line)?;
    let rest = &line[prefix..];
    if rest.trim().is_empty() {
        return Some(Byline { names: None, end: line.len() });
    }
    let from = prefix + (rest.len() - rest.trim_start().len());
    let rest = &line[from..];
    let names = names(rest);
    let end = names.as_ref().map_or(0, |names| names.end);
    let known = names.is_some() || starts_with_office(rest);
    (known && ends_well(&rest[end..], names.is_none())).then(|| Byline {
        names: names.map(|names| from + names.start..from + names.end),
        end: from + end,
    })
}

/// Length of "By" and the like, at a word boundary. The longest prefix wins.
fn prefix_length(line: &str) -> Option<usize> {
    let fits = |prefix: &&&str| {
        line.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && line[prefix.len()..].chars().next().is_none_or(char::is_whitespace)
    };
    PREFIXES.iter().filter(fits).map(|prefix| prefix.len()).max()
}

fn starts_with_office(rest: &str) -> bool {
    rest.split_whitespace().take(4).any(is_office)
}

pub(super) fn is_office(word: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str, foldhash::fast::FixedState>> =
        LazyLock::new(|| OFFICES.iter().copied().collect());
    let word = bare(word).to_lowercase();
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word);
    KNOWN.contains(word)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
}

/// Whether what follows the names can follow names: offices, places, dates, but no prose.
fn ends_well(after: &str, office_only: bool) -> bool {
    let after = after.trim();
    if after.is_empty() {
        return true;
    }
    if is_prose(after) || after.split_whitespace().count() > 14 {
        return false;
    }
    let marks = [',', '|', '(', '*', '†', '/', '•', '·', '-', '–', '—', ';', '@'];
    let separated = !office_only && after.starts_with(marks);
    after.split_whitespace().all(|word| {
        let word = bare(word);
        separated
            || (office_only && matches!(word, "a" | "an"))
            || word.chars().next().is_none_or(|c| !c.is_lowercase())
            || AFTER_NAMES.contains(&word)
            || is_office(word)
    })
}

/// The names at the start of a text: "Jane Doe, John Roe and Ann Poe".
pub(super) fn names(text: &str) -> Option<Range<usize>> {
    let mut end = name(text, 1)?;
    while let Some((joiner, next)) = joiner(&text[end..]) {
        // After a comma a single word is a place: "Jane Doe, Merrow".
        let Some(length) = name(&text[end + joiner..], next) else { break };
        end += joiner + length;
    }
    Some(0..end)
}

/// What joins two names, with the least number of words in the next.
fn joiner(text: &str) -> Option<(usize, usize)> {
    let spaces = text.len() - text.trim_start().len();
    let rest = &text[spaces..];
    for (joiner, least) in
        [(", and ", 2), (", ", 2), ("; ", 2), ("and ", 2), ("& ", 2), ("AND ", 2), ("with ", 2)]
    {
        if rest.starts_with(joiner) && (spaces > 0 || joiner.starts_with([',', ';'])) {
            return Some((spaces + joiner.len(), least));
        }
    }
    None
}

/// Length of the name at the start of a text, if it has at least so many words.
pub(super) fn name(text: &str, least: usize) -> Option<usize> {
    let mut end = 0;
    let (mut count, mut at) = (0, 0);
    for word in text.split_inclusive(char::is_whitespace) {
        let written = word.trim_end();
        // A mark after the name ends it: "Jane Doe*", "Jane Doe, Merrow".
        let core = written.trim_end_matches([',', ';', '*', '†', '‡', '|', ')', ':', '/']);
        if is_office(core) && !core.is_empty() {
            return None;
        }
        let particle = PARTICLES.contains(&core);
        if !(is_name_word(core) || (particle && count > 0)) || count == 7 {
            break;
        }
        count += 1;
        if !particle {
            end = at + core.len();
        }
        at += word.len();
        if core.len() < written.len() {
            break;
        }
    }
    (count >= least && end > 0 && (count > 1 || ends_line(&text[end..]))).then_some(end)
}

/// Whether a name of one word stands alone, as in "By Plutarch".
fn ends_line(after: &str) -> bool {
    after.trim_matches(['*', '†', '‡', ' ']).is_empty()
}

fn is_name_word(word: &str) -> bool {
    #[rustfmt::skip]
    const NOT_NAMES: &[&str] = &[
        "A", "An", "And", "As", "At", "For", "From", "He", "His", "How", "I", "If", "In", "It", "No", "Not", "On",
        "One", "She", "That", "This", "To", "We", "What", "When", "With", "You", "They", "There", "Their", "Its",
        "AND", "IN", "FOR", "WITH", "Last", "Next", "Early", "Late", "Mid", "All", "Updated", "Published", "Posted",
    ];
    let first = word.chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && word.chars().all(|c| c.is_alphabetic() || is_mark_of_names(c))
        && !word.ends_with("'s")
        && !word.ends_with("’s")
        && !NOT_NAMES.contains(&word)
        && weekday(word).is_none_or(|_| word.len() <= 3)
        // "May" and "April" are first names too, but never alone.
        && (month(word.trim_end_matches('.')).is_none() || matches!(word, "April" | "May" | "June" | "Jan" | "August"))
}

/// Marks within names: "O'Neil", "Amir-Abdollahian", "J.", accents that stand alone, joiners.
fn is_mark_of_names(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '-' | '‐' | '‑' | '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{64B}'..='\u{65F}')
}

/// Reads a name with an office and no "By": "Tom Aubrey, Political editor".
pub(super) fn with_job(line: &str) -> Option<Byline> {
    const LONGEST: usize = 120;
    let names =
        names(line).filter(|names| line.len() <= LONGEST && line[names.clone()].contains(' '))?;
    let job = line[names.end..].trim_start().strip_prefix([',', '|', '-', '–', '—'])?.trim();
    let mut words = job.split_whitespace();
    // "Staff Clash Over Budget" is no office, but "BBC News political correspondent in Merrow" is.
    let office = words.by_ref().find(|word| is_job(word) || !is_office(word)).is_some_and(is_job);
    let place = |word: &str| word.starts_with(char::is_uppercase) || AFTER_NAMES.contains(&word);
    let parted =
        job.split_whitespace().any(|word| word.ends_with(',') || word == "in" || word == "at");
    let rest: Vec<_> = words.collect();
    let ends = rest.is_empty()
        || rest.iter().all(|word| is_office(word))
        || (parted && rest.iter().all(|word| place(word)));
    (office && ends).then_some(Byline { end: names.end, names: Some(names) })
}

/// Whether a line is a name and nothing else. It takes more than this to be a byline.
pub(super) fn is_bare_name(line: &str) -> bool {
    line.len() <= 80
        && names(line).is_some_and(|names| names.len() == line.len() && line.contains(' '))
}

/// Whether a line is the names of one or two persons in the usual length, and no title in capitals.
pub(super) fn is_short_names(line: &str) -> bool {
    let usual = |name: &str| (2..=3).contains(&name.split_whitespace().count());
    is_bare_name(line) && line.split(" and ").count() <= 2 && line.split(" and ").all(usual)
}

/// Words of offices that name no section of a paper.
#[rustfmt::skip]
const DESKS: &[&str] = &[
    "agencies", "agency", "bureau", "correspondent", "correspondents", "desk", "editor", "editors", "newsroom",
    "reporter", "reporters", "staff", "team", "writer", "writers",
];

/// Whether a line tells an office or agency and nobody's name: "Special Correspondent", "PTI".
pub(super) fn is_source(line: &str) -> bool {
    let words = || line.split_whitespace().map(bare).filter(|word| !word.is_empty());
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let agency = |word: &str| {
        word.len() <= 7 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && is_office(word)
    };
    // "Environment" and "World" are sections as well.
    let told = |word: &str| agency(word) || DESKS.contains(&word.to_lowercase().as_str());
    let all = words().all(|word| is_office(word) && capital(word)) && words().any(told);
    let placed = words().next().is_some_and(agency)
        && line.contains([',', '-', '/'])
        && words().all(capital);
    !line.ends_with(':') && (1..=5).contains(&words().count()) && (all || placed)
}

/// Whether a line tells the office of an author: "Foreign correspondent, Merrow".
pub(super) fn is_job(line: &str) -> bool {
    #[rustfmt::skip]
    const JOBS: &[&str] = &[
        "correspondent", "reporter", "editor", "writer", "columnist", "analyst", "producer", "journalist", "staff", "writers", "editors", "columnists",
        "contributor", "correspondents", "reporters",
    ];
    let words = line.split_whitespace().count();
    (1..=8).contains(&words)
        && !is_prose(line)
        && line.split_whitespace().any(|word| JOBS.contains(&bare(word).to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::option_option, reason = "a byline, and in it names")]
    fn found(line: &str) -> Option<Option<&str>> {
        read(line).map(|byline| byline.names.map(|names| &line[names]))
    }

    #[test]
    fn names_are_read_without_office_and_agency() {
        for (line, expected) in [
            ("By Mohsen Rad*", "Mohsen Rad"),
            ("BY JANE DOE", "JANE DOE"),
            ("By Jane Doe and John Roe", "Jane Doe and John Roe"),
            ("By Jane Doe, John Roe and Ann Poe, Example News", "Jane Doe, John Roe and Ann Poe"),
            ("By Jane Doe, Reuters", "Jane Doe"),
            ("By Jane Doe | Staff Writer", "Jane Doe"),
            ("By Jane Doe in Merrow", "Jane Doe"),
            ("By Jane Doe, Merrow", "Jane Doe"),
            ("By Jane Doe, political correspondent", "Jane Doe"),
            ("By Dr. J. R. van der Berg-O’Neil", "Dr. J. R. van der Berg-O’Neil"),
            ("Written by Jane Doe", "Jane Doe"),
            ("Author: Jane Doe", "Jane Doe"),
            ("By Jane Doe, Jan. 28, 2022", "Jane Doe"),
            ("By Jane Doe 28 January 2022", "Jane Doe"),
            ("By محمد رضایی", "محمد رضایی"),
            ("By April Jones", "April Jones"),
            ("By Plutarch", "Plutarch"),
        ] {
            assert_eq!(found(line), Some(Some(expected)), "{line}");
        }
    }

    #[test]
    fn offices_are_bylines_without_names() {
        for line in [
            "By Reuters",
            "By Our Own Correspondent",
            "By Example News Staff",
            "BY STAFF REPORTER",
            "By",
        ] {
            assert_eq!(found(line), Some(None), "{line}");
        }
    }

    #[test]
    fn offices_tell_names_without_by() {
        let found = |line: &'static str| {
            with_job(line).and_then(|byline| byline.names).map(|names| &line[names])
        };
        for (line, expected) in [
            ("Tom Aubrey, Political editor", Some("Tom Aubrey")),
            ("Ann Poe and Tom Aubrey | Staff Writers", Some("Ann Poe and Tom Aubrey")),
            ("Ann Poe, Foreign correspondent, Merrow", Some("Ann Poe")),
            ("Ann Poe, Staff Clash Over Budget", None),
            ("Ann Poe, mayor", None),
            ("Merrow, editor", None),
        ] {
            assert_eq!(found(line), expected, "{line}");
        }
        assert!(
            is_source("Special Correspondent") && is_source("PTI") && is_source("AFP - Port Ellis")
        );
        assert!(!is_source("The") && !is_source("Environment:") && !is_source("TV:"));
        assert!(!is_source("World Cup") && !is_source("Port Ellis"));
    }

    #[test]
    fn prose_is_no_byline() {
        for line in [
            "By Monday night the river had risen",
            "By Merrow standards, this is a small flood.",
            "By the river",
            "By 2030 Merrow will have a wall",
            "By John Smith’s account the wall was dry",
            "Bystanders Jane Doe and John Roe",
            "By Jane Doe, who was there, the wall was never finished.",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
