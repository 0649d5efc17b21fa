//! What does an HTML page hold?
//!
//! A readability crate chooses the part of the page that is the article; its blocks become lines, and
//! the lines are read as those of any page. What the page says of itself (headline, author, times) is
//! put before them, if it can be read and does not contradict itself.

mod limits;
mod metadata;
mod text;
mod tree;

use dom_smoothie::{Config, Readability, ReadabilityError};

use super::{Article, parse};
use crate::error::{Error, Result};
use metadata::Metadata;
use text::Lines;

impl Article {
    /// Reads an HTML page.
    ///
    /// [`text`](Self::text) is not the page but what can be read of it, a line for each block: first
    /// what the page's metadata says (`headline`, `By author`, `Published: time`, `Updated: time`, each
    /// only if it can be read), then the article as `dom_smoothie`, a port of Mozilla's Readability,
    /// finds it. All ranges are bytes of that text. Menus and the like that the readability crate takes
    /// away are gone; what it leaves is told apart by [`Role`](crate::Role), as for plain text.
    ///
    /// Headline, author and times come from JSON-LD, `OpenGraph` and other `<meta>`, the `<h1>` and
    /// `<time datetime>`. Times that contradict each other are absent. Broken HTML is read as browsers
    /// do; a text without tags is a page of one block.
    ///
    /// ```
    /// use undertone::Article;
    ///
    /// let article = Article::from_html(r#"<html><head>
    ///   <meta property="og:title" content="Ferry fares rise again">
    ///   <meta property="article:published_time" content="2023-03-07T06:00:00Z"></head>
    ///   <body><h1>Ferry fares rise again</h1>
    ///   <p>MERROW (EXA) – Passengers will pay a tenth more from April.</p>
    ///   <p>The rise is the third in eighteen months.</p></body></html>"#)?;
    ///
    /// assert_eq!(article.headline(), Some("Ferry fares rise again"));
    /// assert_eq!(article.published().unwrap().to_string(), "2023-03-07 06:00 Z");
    /// assert_eq!(article.dateline(), Some("MERROW (EXA) –"));
    /// assert_eq!(article.paragraphs().count(), 2);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_page`] if blocks are nested deeper than 256 or tags deeper than 1,200, if a tag has more than 1,000 attributes, or
    /// if unclosed tags would make the page grow out of all measure. Such pages are made to break readers.
    ///
    /// # Cost
    ///
    /// Several passes over the page: three to five seconds for 20 MB of paragraphs, up to half a
    /// second for 1 MB of nothing but `&`. The tree takes about ten times the memory
    /// of the page.
    pub fn from_html(page: &str) -> Result<Self> {
        limits::check(page)?;
        let mut reader = reader(page)?;
        let told = Metadata::of(&reader);
        let (byline, title) = match reader.parse() {
            Ok(found) => (found.byline, found.title),
            // Nothing was worth choosing: all of the body is.
            Err(ReadabilityError::GrabFailed) => {
                reader = self::reader(page)?;
                (None, String::new())
            }
            Err(error) => return Err(Error::page(error.to_string())),
        };
        let mut lines = Lines::default();
        let titled = told.write(&mut lines, &title, byline.as_deref());
        let chosen = reader.doc.select_single("#readability-page-1");
        let body = reader.doc.select_single("body");
        if let Some(root) = chosen.nodes().first().or(body.nodes().first()) {
            lines.add_tree(root);
        }
        let (text, captions) = lines.finish();
        let (text, lines, found) = parse::page(text, &parse::Known { titled, captions });
        Ok(Self { text, lines, found })
    }
}

fn reader(page: &str) -> Result<Readability> {
    let reader = Readability::new(page, None, Some(Config::default()))
        .map_err(|error| Error::page(error.to_string()))?;
    tree::prepare(&reader.doc.root())?;
    Ok(reader)
}
