//! What does a page say of itself?

use dom_smoothie::Readability;

use super::super::{Published, byline, lines};
use super::text::Lines;

/// Where pages say when they were published, besides JSON-LD.
const PUBLISHED: &str = "meta[property='article:published_time'], meta[itemprop='datePublished'], \
    time[itemprop='datePublished'], time[pubdate], meta[name='parsely-pub-date'], \
    meta[name='publish-date'], meta[name='pubdate'], meta[name='date'], meta[name='DC.date.issued']";

/// And when they were changed.
const UPDATED: &str = "meta[property='article:modified_time'], meta[property='og:updated_time'], \
    meta[itemprop='dateModified'], time[itemprop='dateModified'], meta[name='lastmod']";

/// Headline and times as the page's metadata has them, each absent if it cannot be trusted.
pub(super) struct Metadata {
    headings: Vec<String>,
    published: Option<Published>,
    updated: Option<Published>,
}

impl Metadata {
    /// Reads a page that has not been cleaned yet.
    pub(super) fn of(reader: &Readability) -> Self {
        let linked = reader.parse_json_ld().unwrap_or_default();
        let mut published = times(reader, PUBLISHED);
        published.extend(linked.published_time.and_then(|time| Published::parse(&time)));
        let mut updated = times(reader, UPDATED);
        updated.extend(linked.modified_time.and_then(|time| Published::parse(&time)));
        if published.is_empty() {
            // A page that holds one time only is likely to mean its own.
            let all = times(reader, "time[datetime]");
            published
                .extend(all.first().filter(|first| all.iter().all(|time| time == *first)).cloned());
        }
        let headings = reader.doc.select("h1");
        let headings = headings.iter().map(|heading| flat(&heading.text())).collect();
        Self { headings, published: agreed(&published), updated: agreed(&updated) }
    }

    /// Writes what is known as lines, and whether the first is the headline.
    pub(super) fn write(&self, lines: &mut Lines, title: &str, byline: Option<&str>) -> bool {
        let title = self.title(title);
        let titled =
            title.chars().any(char::is_alphabetic) && title.len() <= lines::LONGEST_HEADLINE;
        if titled {
            lines.add_line(&title);
            lines.end_paragraph();
        }
        if let Some(byline) = byline.and_then(signed) {
            lines.add_line(&byline);
        }
        // An update before publication is none.
        let published = self.published.as_ref();
        let updated = self
            .updated
            .as_ref()
            .filter(|updated| published.is_none_or(|published| updated.date() >= published.date()));
        for (label, time) in [("Published", published), ("Updated", updated)] {
            if let Some(time) = time {
                lines.add_line(&format!("{label}: {time}"));
            }
        }
        lines.end_paragraph();
        titled
    }

    /// The heading if the title holds it with more around, such as the name of the site.
    fn title(&self, title: &str) -> String {
        let title = flat(title);
        let within = |heading: &&String| {
            heading.split(' ').nth(2).is_some() && title.contains(heading.as_str())
        };
        match self.headings.iter().find(within) {
            Some(heading) => heading.clone(),
            None if title.is_empty() && self.headings.len() == 1 => self.headings[0].clone(),
            None => title,
        }
    }
}

/// The dates in the tags that a selector finds, as far as they can be read.
fn times(reader: &Readability, selector: &str) -> Vec<Published> {
    let tags = reader.doc.select(selector);
    let written =
        tags.iter().filter_map(|tag| tag.attr("content").or_else(|| tag.attr("datetime")));
    written.filter_map(|time| Published::parse(&time)).collect()
}

/// The most exact of several times that speak of one day; none if they do not.
fn agreed(times: &[Published]) -> Option<Published> {
    let first = times.first()?;
    let one = times.iter().all(|time| first.agrees_with(time));
    let exact = times.iter().find(|time| time.time().is_some()).unwrap_or(first);
    one.then(|| exact.clone())
}

/// A byline with "By", if it can be read and names somebody.
fn signed(written: &str) -> Option<String> {
    let written = flat(written);
    let names = |line: &str| byline::read(line).is_some_and(|byline| byline.names.is_some());
    if names(&written) || byline::with_job(&written).is_some() {
        return Some(written);
    }
    Some(format!("By {written}")).filter(|line| names(line))
}

/// One line, with single spaces.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_signed() {
        for (written, expected) in [
            ("Jane Doe", Some("By Jane Doe")),
            ("By Jane  Doe", Some("By Jane Doe")),
            ("Jane Doe, Political editor", Some("Jane Doe, Political editor")),
            ("https://example.org/jane", None),
            ("Staff Reporter", None),
            ("", None),
        ] {
            assert_eq!(signed(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn times_must_agree() {
        let time = |text: &str| Published::parse(text).unwrap();
        let day = time("2021-03-03");
        let exact = time("2021-03-03T10:15:00Z");
        assert_eq!(agreed(&[day.clone(), exact.clone()]), Some(exact));
        assert_eq!(agreed(&[day, time("2021-03-05")]), None);
        assert_eq!(agreed(&[]), None);
    }
}
