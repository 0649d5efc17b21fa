//! What was published?
//!
//! A page as scraped holds an article and much that is not one: menus, share bars, notices, lists of
//! other articles. [`Article::parse`] gives every non-blank line of a page exactly one [`Role`], so
//! that nothing is lost and nothing counts twice.

mod appeal;
mod byline;
mod calendar;
mod credits;
mod cues;
mod date;
mod dateline;
mod document;
mod foot;
mod furniture;
mod head;
mod headline;
#[cfg(feature = "html")]
mod html;
mod lines;
mod mail;
mod note;
mod paragraphs;
mod parse;
mod picture;
mod quotes;
mod shape;
mod times;
mod wrap;
mod zone;
mod zones;

use std::ops::Range;

pub use date::Published;
pub use document::{Document, Section, SectionKind};
pub(crate) use document::{each_sentence, paragraphs_of, sections, sentences_of};
pub use furniture::FurnitureKind;

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Role {
    /// The headline.
    Headline,
    /// A few words over the headline: the section or the subject.
    Kicker,
    /// The summary between headline and byline.
    Standfirst,
    /// Who wrote it, with office or agency.
    Byline,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// Place and agency on a line of their own, before the first paragraph.
    Dateline,
    /// A paragraph, a subheading or a list item of the body.
    Body,
    /// What a picture shows, with its credit.
    Caption,
    /// Who the author is, at the foot.
    AuthorNote,
    /// What is not the article.
    Furniture(FurnitureKind),
}

/// A line of a page and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    /// Where it stands, in bytes of [`Article::text`], without white space around it.
    pub range: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// An article: the text of its page, and what each line of it is.
///
/// The page is kept as given, and everything else is a byte range into it. Whatever cannot be told
/// for certain is absent: a date without a year is no date, a text of one paragraph has no headline.
/// A line is blank if it holds only white space and invisible characters, such as a byte order mark.
///
/// Mail and old archives break their lines at a fixed width. There a paragraph takes several lines,
/// and the breaks inside it are turned into as many bytes of spaces: no offset moves, and no sentence
/// ends at such a break.
///
/// ```
/// use undertone::Article;
///
/// let article = Article::parse("\
/// News ID: 4711
/// Published: 0914 GMT March 12, 2024
/// The barrier needs builders
/// By Marguerite Hallam*
/// MERROW, March 12 (Straits Press) — The river has risen twice in five years.
/// Nobody at the ministry has apologised.
/// *Marguerite Hallam is a former harbour commissioner.
/// Share on Facebook");
///
/// assert_eq!(article.headline(), Some("The barrier needs builders"));
/// assert_eq!(article.byline(), Some("Marguerite Hallam"));
/// assert_eq!(article.published().unwrap().to_string(), "2024-03-12 09:14 GMT");
/// assert_eq!(article.dateline(), Some("MERROW, March 12 (Straits Press) —"));
/// let paragraphs: Vec<_> = article.paragraphs().map(|(_, text)| text).collect();
/// assert_eq!(paragraphs[0], "The river has risen twice in five years.");
/// assert_eq!(article.furniture().count(), 2);
/// ```
///
/// Cost: linear in the page, and about 24 bytes a line. A clone copies the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Article {
    text: String,
    lines: Vec<Line>,
    found: Found,
}

/// What was found on a page besides the roles of its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Found {
    headline: Option<Range<usize>>,
    standfirst: Option<Range<usize>>,
    byline: Option<Range<usize>>,
    author_note: Option<Range<usize>>,
    dateline: Option<Range<usize>>,
    published: Option<Published>,
    updated: Option<Published>,
    /// Kept beside the lines, so that the section with a given number is found at once.
    paragraphs: Vec<Range<usize>>,
}

impl Article {
    /// Reads the text of a page as scraped: plain text with line breaks.
    ///
    /// Every text is accepted. Markup is not understood: for HTML there is `from_html`, behind the
    /// feature `html`.
    pub fn parse(page: impl Into<String>) -> Self {
        let (text, lines, found) = parse::page(page.into(), &parse::Known::default());
        Self { text, lines, found }
    }

    /// An article whose headline and body are known and clean: nothing is taken for furniture.
    ///
    /// [`text`](Self::text) is the headline, a blank line and the body. A dateline is still told
    /// from the first paragraph. For a text that must be counted to the letter pass the string
    /// itself, which is a [`Document`] too.
    ///
    /// ```
    /// use undertone::Article;
    ///
    /// let article = Article::from_parts(Some("Ferry fares rise"), "MERROW – Fares rise again.\nShare");
    /// assert_eq!(article.paragraphs().count(), 2);
    /// assert_eq!(article.dateline(), Some("MERROW –"));
    /// ```
    pub fn from_parts(headline: Option<&str>, body: &str) -> Self {
        let mut text = String::new();
        if let Some(headline) = headline {
            text.push_str(headline);
            text.push_str("\n\n");
        }
        let body_from = text.len();
        text.push_str(body);
        let (text, lines, found) = parse::parts(text, body_from);
        Self { text, lines, found }
    }

    /// The page as given, but for the line breaks inside wrapped paragraphs, which are spaces.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every non-blank line in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The headline, without a label ("Opinion:") or a dateline before it and the name of the site
    /// after it.
    pub fn headline(&self) -> Option<&str> {
        self.slice(self.found.headline.as_ref())
    }

    /// The summary between headline and body.
    pub fn standfirst(&self) -> Option<&str> {
        self.slice(self.found.standfirst.as_ref())
    }

    /// The names of the authors as written, without "By", offices and agencies.
    pub fn byline(&self) -> Option<&str> {
        self.slice(self.found.byline.as_ref())
    }

    /// The note at the foot that says who the author is, as written.
    pub fn author_note(&self) -> Option<&str> {
        self.slice(self.found.author_note.as_ref())
    }

    /// Place, day and agency at the start of the first paragraph, with the dash that ends them. The
    /// range of the paragraph starts after it. Some agencies put it before the headline.
    pub fn dateline(&self) -> Option<&str> {
        self.slice(self.found.dateline.as_ref())
    }

    /// When it was published. Absent if the page says it without a year, ambiguously, or in two ways.
    pub fn published(&self) -> Option<&Published> {
        self.found.published.as_ref()
    }

    /// When it was last changed, on the same terms as [`published`](Self::published).
    pub fn updated(&self) -> Option<&Published> {
        self.found.updated.as_ref()
    }

    /// The paragraphs of the body in order, each with its bytes in [`text`](Self::text).
    pub fn paragraphs(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.found
            .paragraphs
            .iter()
            .filter_map(|range| Some((range.clone(), self.text.get(range.clone())?)))
    }

    /// The lines that are not the article, each with what it is instead.
    pub fn furniture(&self) -> impl Iterator<Item = (FurnitureKind, &str)> {
        self.lines.iter().filter_map(|line| match line.role {
            Role::Furniture(kind) => Some((kind, self.text.get(line.range.clone())?)),
            _ => None,
        })
    }

    /// Ranges may come from a saved file, so they are checked on the way out.
    fn slice(&self, range: Option<&Range<usize>>) -> Option<&str> {
        self.text.get(range?.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(article: &Article) {
        let text = article.text();
        let mut end = 0;
        for line in article.lines() {
            assert!(line.range.start >= end, "lines in order");
            assert!(lines::is_blank(&text[end..line.range.start]), "nothing between lines");
            let inside = &text[line.range.clone()];
            assert!(!lines::is_blank(inside) && !inside.contains(['\n', '\r']), "{inside:?}");
            end = line.range.end;
        }
        assert!(lines::is_blank(&text[end..]), "nothing after the last line");
        let mut end = 0;
        for (section, inside) in article.sections() {
            assert!(!inside.is_empty());
            if section.kind == SectionKind::Body {
                assert!(section.range.start >= end, "paragraphs in order");
                end = section.range.end;
            }
        }
        assert_eq!(
            article.sections().filter(|(section, _)| section.kind == SectionKind::Body).count(),
            article.found.paragraphs.len()
        );
        let found = &article.found;
        for range in [&found.headline, &found.byline, &found.author_note, &found.dateline] {
            assert_eq!(range.is_some(), article.slice(range.as_ref()).is_some());
        }
    }

    #[test]
    fn odd_pages_are_read() {
        for page in [
            "",
            "\n \r\n\u{FEFF}\u{A0}\n",
            "\u{FEFF}Headline of the day\r\n\r\nBy Jane Doe\r\nOne paragraph stands here.\r\n",
            "😀 😀\n👩‍👩‍👧 family",
            "سلام به همه دوستان عزیز\nBy \u{202B}محمد رضایی\u{202C}\nمتن خبر اینجا نوشته شده است.",
            "By\nBy\nBy",
            "*",
            "* is a",
            "Published",
            "|\n|||\n>>>\n—",
            "(",
            "A — ",
            "MERROW —",
        ] {
            check(&Article::parse(page));
            check(&Article::from_parts(Some(page), page));
            check(&Article::from_parts(None, page));
        }
    }

    #[test]
    fn one_long_line_costs_linear_time() {
        for unit in ["word ", "— ", "By Jane ", "é", "28 January ", "(a"] {
            let page = unit.repeat(3_000_000 / unit.len());
            let article = Article::parse(page);
            assert_eq!(article.headline(), None);
            assert_eq!(article.lines().len(), 1);
        }
    }

    #[test]
    fn many_short_lines_cost_linear_time() {
        for unit in [
            "a\n",
            "News\n",
            "By Jane Doe\n",
            "28 January 2022\n",
            "Comments\n",
            "* Jane Doe is a\n",
            "> the river\n",
            "the river rose and the people of both cities moved upstairs again\n",
            "“The river rose twice in five years”\n",
        ] {
            let article = Article::parse(unit.repeat(200_000 / unit.len()));
            check(&article);
        }
    }

    #[test]
    fn parts_are_taken_at_their_word() {
        let article = Article::from_parts(Some("Page generated in"), "By Jane Doe\nShare this\n");
        assert_eq!(article.headline(), Some("Page generated in"));
        assert_eq!(article.byline(), None);
        assert_eq!(article.paragraphs().count(), 2);
        assert_eq!(article.furniture().count(), 0);
        let headless = Article::from_parts(None, "One.\n\nTwo.");
        assert_eq!(headless.text(), "One.\n\nTwo.");
        assert_eq!(headless.headline(), None);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn saved_articles_come_back() {
        let article = Article::parse(
            "A flood is coming\nBy Jane Doe\n28 Jan 2022 03:09 GMT\nIt is here already.",
        );
        assert!(article.published().is_some());
        let saved = serde_json::to_string(&article).unwrap();
        assert_eq!(serde_json::from_str::<Article>(&saved).unwrap(), article);
        // Ranges that a damaged file got wrong are absent, not a panic.
        let damaged = saved.replace("A flood is coming", "é");
        check_total(&serde_json::from_str(&damaged).unwrap());
    }

    #[cfg(feature = "serde")]
    fn check_total(article: &Article) {
        let _ = (article.headline(), article.byline(), article.furniture().count());
        assert!(article.paragraphs().count() + article.sections().count() < 10);
    }

    /// Pieces that the parser has rules for, so that random pages reach its corners.
    fn page_like() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "By ",
            "by",
            "Jane Doe",
            "*",
            " is a writer",
            ".",
            "Published: ",
            "28 January 2022",
            "28/01/2022",
            "03:09 GMT",
            "Jan. ",
            "\n",
            "\n\n",
            "\r\n",
            "MERROW",
            " — ",
            " - ",
            "(AFP)",
            " | ",
            "Comments",
            "Reply",
            "Related",
            "Share",
            "Photo: ",
            "The river rose twice in five years.",
            "A title of four words",
            "\u{A0}",
            "\u{FEFF}",
            "é",
            "😀",
            "سلام",
            ":",
            "/",
            "#",
            "“",
            "’s",
            "2022",
            "-",
            "T",
            "+03:30",
            "> ",
            "\n--\n",
            "Ann Poe wrote:\n",
            "From: a@b.example\nSubject: Ferries\n",
            "the river rose and the people of both cities moved upstairs again\n",
            "“The river rose twice in five years”\n",
            "(",
            ")",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn every_text_is_read(text in "(?s).{0,200}") {
            check(&Article::parse(text.as_str()));
        }

        #[test]
        fn every_page_is_read(page in page_like()) {
            check(&Article::parse(page.as_str()));
            check(&Article::from_parts(Some("A headline"), &page));
        }
    }
}
