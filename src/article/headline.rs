//! Which line is the headline?

use std::ops::Range;

use hashbrown::HashMap;

use super::calendar::month;
use super::cues::MENU_WORDS;
use super::lines::{LONGEST_HEADLINE, is_bullet};
use crate::text::fold_into;

/// Words in the names of papers and stations.
#[rustfmt::skip]
const SITE_WORDS: &[&str] = &[
    "agency", "argus", "bbc", "broadcasting", "bulletin", "chronicle", "cnn", "courier", "daily", "dispatch", "echo",
    "examiner", "express", "fm", "gazette", "globe", "guardian", "herald", "independent", "journal", "ledger",
    "mail", "mercury", "mirror", "monitor", "news", "newspaper", "observer", "online", "post", "press", "radio",
    "record", "reporter", "review", "reuters", "sentinel", "standard", "star", "sun", "telegraph", "times", "today",
    "tribune", "tv", "voice", "weekly", "wire", "world",
];

/// The line of the headline among the candidates, and the other lines that repeat it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) line: usize,
    pub(super) copies: Vec<usize>,
}

/// Whether a line could be a headline: short, with a letter, and not the start of a list.
pub(super) fn is_candidate(line: &str) -> bool {
    line.len() <= LONGEST_HEADLINE
        && !is_bullet(line)
        && !line.ends_with([':', ',', ';'])
        && line.chars().any(char::is_alphabetic)
        && (weight(line) >= 2)
        && !is_row(line)
        && !is_dated(line)
}

/// Whether a line is a row of labels: many words, each with a capital, and most of them names of
/// sections. A title has small words, or says something that no menu says.
fn is_row(line: &str) -> bool {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let sections = words.iter().filter(|word| MENU_WORDS.contains(&word.to_lowercase().as_str()));
    words.len() >= 4
        && words.iter().all(|word| !word.starts_with(char::is_lowercase) || *word == "us")
        && sections.count() * 2 >= words.len()
}

/// Whether a short line holds a month and a year: it says when, and is no title.
fn is_dated(line: &str) -> bool {
    const LONGEST: usize = 7;
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = |word: &&str| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    let day = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 4;
    words.len() <= LONGEST
        && words.iter().any(year)
        && words.windows(2).any(|pair| {
            (month(pair[0]).is_some() && day(pair[1])) || (day(pair[0]) && month(pair[1]).is_some())
        })
}

/// About how many words a title has. Scripts without spaces count three letters as a word.
fn weight(line: &str) -> usize {
    let words =
        line.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let wide = line.chars().filter(|c| *c >= '\u{2E80}').count();
    words.max(wide / 3)
}

/// A title that stands twice is the headline. The copy without the name of the site is the better one.
pub(super) fn repeated(candidates: &[(usize, &str)]) -> Option<Choice> {
    let mut places: HashMap<String, Vec<usize>, foldhash::fast::FixedState> = HashMap::default();
    for &(line, text) in candidates {
        let mut key = String::new();
        fold_into(&text[title(text)], &mut key);
        places.entry(key).or_default().push(line);
    }
    let (_, lines) = places
        .into_iter()
        .filter(|(key, lines)| lines.len() > 1 && weight(key) >= 3)
        .max_by_key(|(key, lines)| (weight(key), std::cmp::Reverse(lines[0])))?;
    let bare = |line: usize| {
        candidates.iter().any(|&(known, text)| known == line && title(text).len() == text.len())
    };
    let best = lines.iter().copied().find(|&line| bare(line)).unwrap_or(lines[0]);
    Some(Choice { line: best, copies: lines.into_iter().filter(|&line| line != best).collect() })
}

/// The first candidate of at least four words, else the one with the most.
pub(super) fn first(candidates: &[(usize, &str)]) -> Option<Choice> {
    // "iPhone sales fall" may be a headline, but a later line in lower case goes on with another.
    let starts = |(number, (_, text)): &(usize, &(usize, &str))| {
        weight(text) >= 4 && (*number == 0 || !text.starts_with(char::is_lowercase))
    };
    let kicker = |number: usize| {
        let next = candidates.get(number + 1).filter(|next| next.0 == candidates[number].0 + 1);
        next.is_some_and(|next| is_kicker(candidates[number].1, next.1))
    };
    let found = || candidates.iter().enumerate().filter(starts);
    let long = found().find(|(number, _)| !kicker(*number)).or_else(|| found().next());
    let long = long.map(|(_, candidate)| candidate);
    let most = || candidates.iter().rev().max_by_key(|(_, text)| weight(text));
    long.or_else(most).map(|&(line, _)| Choice { line, copies: Vec::new() })
}

/// Whether a line of some words is a label over the line under it: all capitals over a title, or the
/// name of a section, a series or a site over a longer one.
fn is_kicker(line: &str, next: &str) -> bool {
    const LONGEST: usize = 7;
    const LONGEST_SHOUTED: usize = 4;
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "heard on ", "from the ", "part of ", "seen on ", "as heard ", "in association with ", "a series ", "series: ",
    ];
    #[rustfmt::skip]
    const SITES: &[&str] = &[
        "news", "journalism", "newspaper", "dispatch", "herald", "gazette", "courier", "tribune", "magazine", "edition",
        "voice", "source", "online",
    ];
    const AFTER_SITES: &[&str] = &["from", "for", "of", "about", "and", "&", "since"];
    let count = weight(line);
    let shouts = |text: &str| !text.chars().any(char::is_lowercase);
    if shouts(line) {
        let least = if shouts(next) { 3 } else { 5 };
        return count <= LONGEST_SHOUTED && weight(next) >= least;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = line.split_whitespace().collect();
    let site = |at: usize| {
        let named = SITES.contains(&words[at].to_lowercase().as_str())
            && words[at].starts_with(char::is_uppercase);
        named && words.get(at + 1).is_none_or(|next| AFTER_SITES.contains(next))
    };
    let labelled = STARTS.iter().any(|start| lower.starts_with(start));
    count <= LONGEST && weight(next) > count && (labelled || (0..words.len()).any(site))
}

/// Whether a line says what kind of text follows, and nothing else.
pub(super) fn is_label(line: &str) -> bool {
    LABELS.contains(&line.to_lowercase().as_str())
}

/// Words that say what kind of article follows, in lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "analysis", "breaking", "breaking news", "column", "comment", "commentary", "corrected", "editorial", "exclusive",
    "explained", "explainer", "fact check", "factbox", "feature", "guest column", "guest essay", "in pictures",
    "interview", "just in", "letter", "letters", "live", "live updates", "op-ed", "opinion", "perspective", "photos",
    "podcast", "press release", "special report", "update", "updated", "video", "view", "viewpoint", "watch",
];

/// Bytes of a label before a title: "Opinion: ", "EXCLUSIVE - ", "UPDATE 1-".
fn label(line: &str) -> usize {
    const LONGEST: usize = 24;
    let ends = [": ", " | ", " - ", " – ", " — "];
    let end = ends.iter().filter_map(|mark| line.find(mark).map(|at| (at, at + mark.len()))).min();
    let update = || {
        let digits = line.strip_prefix("UPDATE ")?.split('-').next()?;
        let count = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        count.then_some("UPDATE ".len() + digits.len() + "-".len())
    };
    let known = |&(at, _): &(usize, usize)| {
        at <= LONGEST && LABELS.contains(&line[..at].trim_end().to_lowercase().as_str())
    };
    let length = end.filter(known).map(|(_, end)| end).or_else(update).unwrap_or(0);
    let title = line.get(length..).map_or("", str::trim_start);
    if weight(title) >= 2 { line.len() - title.len() } else { 0 }
}

/// The bytes of a title without label and name of the site: "Opinion: Talks resume | The Example".
pub(super) fn title(line: &str) -> Range<usize> {
    let start = label(line);
    let title = without_site(&line[start..]);
    start + title.start..start + title.end
}

fn without_site(line: &str) -> Range<usize> {
    let whole = 0..line.len();
    let cut = |mark: &str| line.rfind(mark).map(|at| (at, at + mark.len()));
    if let Some((end, site)) = cut(" | ").filter(|&(end, _)| !line[..end].contains(" | ")) {
        let words = |text: &str| text.split_whitespace().count();
        // "News | Talks resume in Merrow" names a section first.
        if words(&line[..end]) >= 3 && words(&line[site..]) <= 5 {
            return 0..line[..end].trim_end().len();
        }
        return whole;
    }
    [" - ", " – ", " — "]
        .iter()
        .filter_map(|mark| cut(mark))
        .filter(|&(end, site)| {
            line[..end].split_whitespace().count() >= 3 && is_site(&line[site..])
        })
        .map(|(end, _)| 0..line[..end].trim_end().len())
        .next()
        .unwrap_or(whole)
}

/// Whether a text reads as the name of a site: few words with capitals, one of them usual for a paper.
fn is_site(text: &str) -> bool {
    let words = || text.split_whitespace();
    let domain = words().count() == 1
        && [".com", ".org", ".net", ".co.uk", ".ir", ".ru"]
            .iter()
            .any(|end| text.to_lowercase().ends_with(end));
    let usual = |word: &str| SITE_WORDS.contains(&word.to_lowercase().as_str());
    domain
        || ((1..=5).contains(&words().count())
            && words().all(|word| {
                word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "&")
            })
            && words().any(usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_cut() {
        for (line, expected) in [
            ("Talks resume in Merrow | The Straits", "Talks resume in Merrow"),
            ("Talks resume in Merrow - Straits News", "Talks resume in Merrow"),
            ("Talks resume in Merrow – example.com", "Talks resume in Merrow"),
            ("Iran talks - a new chapter", "Iran talks - a new chapter"),
            ("News | Talks resume", "News | Talks resume"),
            ("Opinion: Talks resume in Merrow | The Straits", "Talks resume in Merrow"),
            ("EXCLUSIVE - Talks resume", "Talks resume"),
            ("UPDATE 2-Talks resume", "Talks resume"),
            ("Opinion: No", "Opinion: No"),
            ("Iran: Talks resume in Merrow", "Iran: Talks resume in Merrow"),
            ("The Sunday Times - What a paper it was", "The Sunday Times - What a paper it was"),
        ] {
            assert_eq!(&line[title(line)], expected);
        }
    }

    #[test]
    fn a_repeated_title_beats_the_first() {
        let lines = [
            (0, "Straits news that you can trust"),
            (1, "Talks resume in Merrow - Straits News"),
            (4, "Talks resume in Merrow"),
        ];
        assert_eq!(repeated(&lines), Some(Choice { line: 4, copies: vec![1] }));
        assert_eq!(repeated(&lines[..2]), None);
        assert_eq!(first(&lines).unwrap().line, 0);
        assert_eq!(first(&[(0, "World news"), (1, "Merrow votes no")]).unwrap().line, 1);
    }
}
