//! In which surroundings does a word stand?

use std::fmt;
use std::ops::Range;

use super::pattern::WordPattern;
use crate::article::{Document, SectionKind, sentences_of};
use crate::text::{Token, Tokens};

/// Finds the places of a pattern in a document, with the words around each: keyword in context.
///
/// Hits come in the order of the text and do not overlap. `window` is how many tokens are shown on
/// either side, at most as many as the section has: the context of a word in one paragraph does not
/// reach into the next.
///
/// Cost: linear in the text; a section is read when the iterator comes to it.
///
/// ```
/// use undertone::{Article, WordPattern, kwic};
///
/// let article = Article::from_parts(
///     Some("Ferry fares rise"),
///     "The operator blames fuel for the fares.\nCommuters want a Fare freeze.",
/// );
/// let pattern = WordPattern::new("fare*")?;
/// let lines: Vec<_> = kwic(&article, &pattern, 3).collect();
/// assert_eq!(lines[0].paragraph(), None); // the headline
/// assert_eq!((lines[2].paragraph(), lines[2].words()), (Some(2), "Fare"));
/// assert_eq!((lines[2].left(), lines[2].right()), ("Commuters want a", "freeze"));
///
/// // In columns, here of 16 characters.
/// assert_eq!(format!("{:16}", lines[1]), "    fuel for the | fares |");
/// assert_eq!(format!("{:16}", lines[2]), "Commuters want a | Fare | freeze");
/// # Ok::<(), undertone::Error>(())
/// ```
pub fn kwic<'d, D: Document + ?Sized>(
    doc: &'d D,
    pattern: &WordPattern<'_>,
    window: usize,
) -> impl Iterator<Item = KwicLine<'d>> {
    let mut paragraphs = 0;
    let sections = (0..).map_while(move |index| Some((index, doc.section(index)?)));
    sections.flat_map(move |(index, section)| {
        let body = section.kind != SectionKind::Headline;
        paragraphs += usize::from(body);
        let place = KwicLine {
            section: index,
            kind: section.kind,
            paragraph: body.then_some(paragraphs),
            range: section.range.start..section.range.start,
            left: "",
            words: "",
            right: "",
        };
        doc.text()
            .get(section.range)
            .map(|text| lines_of(text, pattern, window, &place))
            .unwrap_or_default()
    })
}

/// A place where a pattern was found, with the words around it as they are written.
///
/// [`Display`](fmt::Display) writes `left | words | right` so that lines stand in columns: either
/// context is cut or filled to the width of the format, `{:60}`, 40 characters unless given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct KwicLine<'d> {
    section: usize,
    #[cfg_attr(feature = "serde", serde(skip))]
    kind: SectionKind,
    paragraph: Option<usize>,
    range: Range<usize>,
    left: &'d str,
    words: &'d str,
    right: &'d str,
}

impl<'d> KwicLine<'d> {
    /// The number of the section it stands in, as [`Document::section`] counts them.
    pub fn section(&self) -> usize {
        self.section
    }

    /// What this section is.
    pub fn kind(&self) -> SectionKind {
        self.kind
    }

    /// The number of the paragraph, counted from 1; `None` in the headline.
    pub fn paragraph(&self) -> Option<usize> {
        self.paragraph
    }

    /// Where the words stand, in bytes of [`Document::text`].
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What stands before them, at most `window` tokens with what is between these.
    pub fn left(&self) -> &'d str {
        self.left
    }

    /// The words that were found.
    pub fn words(&self) -> &'d str {
        self.words
    }

    /// What stands behind them, at most `window` tokens with what is between these.
    pub fn right(&self) -> &'d str {
        self.right
    }
}

fn lines_of<'d>(
    text: &'d str,
    pattern: &WordPattern<'_>,
    window: usize,
    place: &KwicLine<'d>,
) -> Vec<KwicLine<'d>> {
    let mut tokens = Tokens::default();
    pattern.tokens_into(text, &mut tokens);
    let tokens: Vec<Token<'d>> = tokens.iter(text).collect();
    let mut breaks = Breaks { text, kind: place.kind, starts: None };
    let (mut lines, mut at, mut buffer) = (Vec::new(), 0, String::new());
    while at < tokens.len() {
        let found = pattern.length_at(&tokens[at..], &mut buffer).map(|length| {
            let last = at + length - 1;
            (tokens[at].range().start..tokens[last].range().end, last)
        });
        let Some((range, last)) = found.filter(|(range, _)| !breaks.within(range)) else {
            at += 1;
            continue;
        };
        let from = tokens[at.saturating_sub(window)].range().start.min(range.start);
        let to = tokens[last.saturating_add(window).min(tokens.len() - 1)].range().end;
        lines.push(KwicLine {
            range: place.range.start + range.start..place.range.start + range.end,
            left: text[from..range.start].trim(),
            words: &text[range.clone()],
            right: text[range.end..to.max(range.end)].trim(),
            ..place.clone()
        });
        at = last + 1;
    }
    lines
}

/// Where the sentences of a section start, looked up only when a phrase may span two.
struct Breaks<'t> {
    text: &'t str,
    kind: SectionKind,
    starts: Option<Vec<usize>>,
}

impl Breaks<'_> {
    fn within(&mut self, range: &Range<usize>) -> bool {
        if !self.text[range.clone()].contains(['.', '?', '!', '…', '\n', '\r']) {
            return false;
        }
        let (text, kind) = (self.text, self.kind);
        let starts = self.starts.get_or_insert_with(|| {
            sentences_of(kind, text).map(|sentence| sentence.start).collect()
        });
        let next = starts.partition_point(|&start| start <= range.start);
        starts.get(next).is_some_and(|&start| start < range.end)
    }
}

/// How wide either context is shown unless the format says so, in characters.
const WIDTH: usize = 40;

impl fmt::Display for KwicLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(WIDTH);
        let (left, right) = (last_of(&one_line(self.left), width), one_line(self.right));
        write!(f, "{left:>width$} | {} |", one_line(self.words))?;
        if right.is_empty() { Ok(()) } else { write!(f, " {}", first_of(&right, width)) }
    }
}

/// White space and control characters become single spaces.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// At most `width` characters from the end, with `…` where it was cut.
fn last_of(text: &str, width: usize) -> String {
    let surplus = text.chars().count().saturating_sub(width);
    if surplus == 0 {
        return text.into();
    }
    ['…'].into_iter().chain(text.chars().skip(surplus + 1)).take(width).collect()
}

/// At most `width` characters from the start, with `…` where it was cut.
fn first_of(text: &str, width: usize) -> String {
    if text.chars().nth(width).is_none() {
        return text.into();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).take(width).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Article;
    use crate::text::Analyzer;

    fn found<'t>(text: &'t str, pattern: &str) -> Vec<&'t str> {
        let pattern = WordPattern::new(pattern).unwrap();
        kwic(text, &pattern, 3).map(|line| line.words()).collect()
    }

    #[test]
    fn words_phrases_and_wildcards() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("iran", "Iran’s envoy left IRAN, not Iraq.", &["Iran’s", "IRAN"]),
            ("let's", "Let’s go; they let us.", &["Let’s"]),
            ("interest rate*", "interest rates, interest. Rates rose", &["interest rates"]),
            (
                "interest rate*",
                "an interest (rate) cut, interest-rate risk",
                &["interest (rate", "interest-rate"],
            ),
            ("j. smith", "J. Smith and J Smith", &["J. Smith", "J Smith"]),
            ("U.S. *", "The U.S. Senate", &["U.S. Senate"]),
            ("tehran-baku", "Tehran–Baku ties", &["Tehran–Baku"]),
            (
                "covid-*",
                "Covid-19 and Covid cases, covid - era",
                &["Covid-19", "Covid cases", "covid - era"],
            ),
            ("e-m*l", "an e-mail", &["e-mail"]),
            ("had had", "he had had had", &["had had"]),
            ("caf?", "Cafe\u{301} and café", &["Cafe\u{301}", "café"]),
            ("$1*", "paid $1.13bn for 1.13bn", &["$1.13bn"]),
            ("\"no such\"", "No such thing", &["No such"]),
            ("ferry", "", &[]),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(&found(text, pattern), expected, "{pattern} in {text}");
        }
    }

    #[test]
    fn stems_find_all_forms() {
        let analyzer = Analyzer::english();
        let pattern = WordPattern::forms_of("U.S. minister of state*", &analyzer).unwrap();
        let text = "The US ministers of statecraft met the us minister of state.";
        let lines: Vec<_> = kwic(text, &pattern, 1).collect();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].left(), lines[0].right()), ("The", "met"));
    }

    #[test]
    fn context_stays_in_the_section() {
        let page = "Fares up\n\nOne two three fares four five.\nSix fares.";
        let article = Article::from_parts(Some("Fares up"), &page[10..]);
        let pattern = WordPattern::new("fares").unwrap();
        let lines: Vec<_> = kwic(&article, &pattern, 2).collect();
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.section(), line.paragraph(), line.left(), line.right()))
            .collect();
        assert_eq!(
            seen,
            [(0, None, "", "up"), (1, Some(1), "two three", "four five"), (2, Some(2), "Six", ""),]
        );
        assert_eq!(lines[0].kind(), SectionKind::Headline);
        assert!(lines.iter().all(|line| &article.text()[line.range()] == line.words()));
        assert_eq!(kwic(&article, &pattern, 0).map(|line| line.left().len()).sum::<usize>(), 0);
        assert_eq!(kwic(&article, &pattern, usize::MAX).count(), 3);
    }

    #[test]
    fn lines_stand_in_columns() {
        let text = "Zürich und\n Genf — wütende Züge fahren nach Köln";
        let pattern = WordPattern::new("züge").unwrap();
        let line = kwic(text, &pattern, 9).next().unwrap();
        assert_eq!(format!("{line:8}"), "…wütende | Züge | fahren …");
        assert_eq!(
            format!("{line:30}"),
            "     Zürich und Genf — wütende | Züge | fahren nach Köln"
        );
        assert_eq!(format!("{line:0$}", 0), " | Züge | ");
    }

    proptest! {
        #[test]
        fn hits_are_where_they_say(text in "[ab ’.\\n-]{0,60}", pattern in "[ab*? -]{1,6}", window in 0..4_usize) {
            let Ok(pattern) = WordPattern::new(&pattern) else { return Ok(()) };
            let mut end = 0;
            for line in kwic(text.as_str(), &pattern, window) {
                let range = line.range();
                prop_assert!(end <= range.start && !range.is_empty());
                prop_assert_eq!(&text[range.clone()], line.words());
                prop_assert!(text[..range.start].trim_end().ends_with(line.left()));
                prop_assert!(text[range.end..].trim_start().starts_with(line.right()));
                end = range.end;
            }
        }
    }
}
