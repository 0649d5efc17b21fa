//! Is the page safe to read?
//!
//! The tree of a page can grow with the square of its length: every paragraph opens again what was
//! left unclosed (`<b id=1><b id=2>…`), and tables in tables are walked by recursion. Browsers cut
//! such pages off; this looks at the tags before a tree is built, in one pass.

use crate::error::{Error, Result};

/// Blocks within blocks; browsers stop at 512, and pages seldom reach 50. A table counts fourfold, for
/// its body, row and cell. Time grows with the square of it.
const DEEPEST: usize = 256;
/// Tags within tags of any kind: what sloppy pages leave unclosed in a line costs little.
const DEEPEST_INLINE: usize = 1_200;
const MOST_ATTRIBUTES: usize = 1_000;
/// Tags that unclosed formatting may make, over the whole page.
const MOST_REOPENED: usize = 5_000_000;

/// Tags that end by themselves or hold nothing: they do not nest.
#[rustfmt::skip]
const FLAT: &[&str] = &[
    "area", "base", "basefont", "bgsound", "body", "br", "caption", "col", "colgroup", "embed", "frame", "head", "hr",
    "html", "img", "input", "keygen", "link", "meta", "optgroup", "option", "param", "rb", "rp", "rt", "rtc",
    "source", "tbody", "tfoot", "thead", "track", "wbr",
];

/// Tags that end the one before of their kind, and all in it.
const ITEMS: &[&str] = &["dd", "dt", "li", "p", "td", "th", "tr"];

/// Tags that no end of a tag around them closes.
const WALLS: &[&str] = &["applet", "caption", "marquee", "object", "table", "td", "template", "th"];

/// Tags that make no block, besides formatting.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "abbr", "bdi", "bdo", "cite", "data", "del", "dfn", "ins", "kbd", "label", "mark", "q", "samp", "span", "sub",
    "sup", "time", "var",
];

/// Tags that are opened again in every block until they are closed.
#[rustfmt::skip]
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Tags whose content is no markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Refuses a page that would take unreasonable time or memory.
pub(super) fn check(page: &str) -> Result<()> {
    let mut open = Open::default();
    let mut at = 0;
    while let Some(found) = page[at..].find('<') {
        at += found + 1;
        let rest = &page[at..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at += comment.find("-->").map_or(rest.len(), |end| end + "!---->".len());
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, attributes) = tag(rest);
            if attributes > MOST_ATTRIBUTES {
                let message = format!(
                    "a tag has {attributes} attributes, but at most {MOST_ATTRIBUTES} are read"
                );
                return Err(Error::page(message));
            }
            at += tag.len();
            let name = name(tag);
            if open.is_drawing() {
                if tag.ends_with('/') {
                    continue;
                }
            } else {
                at += raw_length(&name, &page[at..]);
            }
            open.start(name, tag);
        } else if let Some(end) = rest.strip_prefix('/') {
            open.end(&name(end));
        }
        open.check()?;
    }
    Ok(())
}

/// What is open at a place of the page, about as a browser sees it. The tree is measured once it is there.
#[derive(Default)]
struct Open<'p> {
    nested: Vec<Nested>,
    /// Blocks in `nested`.
    blocks: usize,
    /// All else in and around `nested`.
    lines: usize,
    /// Formatting within the innermost block.
    inline: usize,
    /// Formatting that every new block opens again, with its name and text.
    formatting: Vec<(String, &'p str)>,
    /// Tags made by formatting that is opened again.
    reopened: usize,
}

/// An open tag with content.
struct Nested {
    name: String,
    /// Formatting around it.
    inline: usize,
}

impl Nested {
    fn blocks(&self) -> usize {
        match self.name.as_str() {
            "table" => 4,
            _ => usize::from(!self.is_line()),
        }
    }

    fn lines(&self) -> usize {
        self.inline + usize::from(self.is_line())
    }

    fn is_wall(&self) -> bool {
        WALLS.contains(&self.name.as_str())
    }

    fn is_drawing(&self) -> bool {
        matches!(self.name.as_str(), "svg" | "math")
    }

    fn is_line(&self) -> bool {
        let name = self.name.as_str();
        INLINE.contains(&name) || ITEMS.contains(&name)
    }
}

impl<'p> Open<'p> {
    fn start(&mut self, name: String, tag: &'p str) {
        self.reopened += self.formatting.len();
        if FORMATTING.contains(&name.as_str()) {
            self.inline += 1;
            // Of tags that are alike three are opened again, of links one.
            let most = if name == "a" || name == "nobr" { 1 } else { 3 };
            let alike =
                |(known, text): &&(String, &str)| *known == name && (*text == tag || most == 1);
            let count = self.formatting.iter().filter(alike).count();
            if count < most {
                self.formatting.push((name, tag));
            } else if most == 1 {
                // A link ends the one before.
                self.inline -= 1;
            }
        } else if !FLAT.contains(&name.as_str()) && !RAW.contains(&name.as_str()) {
            if let Some(at) = self.ended_by(&name) {
                self.cut(at);
                self.inline = self.inline.min(self.formatting.len());
            }
            let nested = Nested { name, inline: std::mem::take(&mut self.inline) };
            self.blocks += nested.blocks();
            self.lines += nested.lines();
            self.nested.push(nested);
        }
    }

    fn end(&mut self, name: &str) {
        if FORMATTING.contains(&name) {
            if let Some(at) = self.formatting.iter().rposition(|(known, _)| known == name) {
                self.formatting.remove(at);
            }
            self.inline = self.inline.saturating_sub(1);
        } else if let Some(at) = self.nested.iter().rposition(|nested| nested.name == name) {
            let walled = self.nested[at + 1..].iter().any(|within| within.is_wall());
            if !walled || matches!(name, "table" | "td" | "th" | "tr" | "template") {
                self.cut(at);
            }
        }
    }

    /// The open item that a new one ends.
    fn ended_by(&self, name: &str) -> Option<usize> {
        let (kinds, walls): (&[&str], &[&str]) = match name {
            "p" => (&["p"], WALLS),
            "li" => (&["li"], &["ol", "table", "td", "template", "th", "ul"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl", "table", "td", "template", "th"]),
            "td" | "th" => (&["td", "th"], &["table", "template", "tr"]),
            "tr" => (&["tr"], &["table", "template"]),
            _ => return None,
        };
        let within = |at: &usize| walls.contains(&self.nested[*at].name.as_str());
        let ended = |at: &usize| kinds.contains(&self.nested[*at].name.as_str());
        (0..self.nested.len()).rev().find(|at| ended(at) || within(at)).filter(ended)
    }

    /// Closes an open tag and all in it.
    fn cut(&mut self, at: usize) {
        for nested in self.nested.drain(at..).rev() {
            self.blocks -= nested.blocks();
            self.lines -= nested.lines();
            self.inline = nested.inline;
        }
    }

    /// Is this within SVG or `MathML`, where tags can close themselves?
    fn is_drawing(&self) -> bool {
        let told = |nested: &&Nested| nested.is_drawing() || nested.name == "foreignobject";
        self.nested.iter().rev().find(told).is_some_and(Nested::is_drawing)
    }

    fn check(&self) -> Result<()> {
        let depth = self.blocks + self.lines + self.inline.max(self.formatting.len());
        check_depth(self.blocks, DEEPEST)?;
        check_depth(depth, DEEPEST_INLINE)?;
        if self.reopened > MOST_REOPENED {
            let message =
                format!("unclosed tags would be opened again more than {MOST_REOPENED} times");
            return Err(Error::page(message));
        }
        Ok(())
    }
}

/// Refuses a tree that is deeper than the tags let on: some readers walk it by recursion.
pub(super) fn check_depth_of_tree(depth: usize) -> Result<()> {
    check_depth(depth, DEEPEST_INLINE)
}

fn check_depth(depth: usize, most: usize) -> Result<()> {
    if depth <= most {
        return Ok(());
    }
    let message = format!(
        "tags are nested {depth} deep, but at most {DEEPEST} blocks and {DEEPEST_INLINE} tags are read"
    );
    Err(Error::page(message))
}

/// The tag at the start of a text, up to its `>` outside quotes, and how many attributes it has.
fn tag(text: &str) -> (&str, usize) {
    let (mut quote, mut attributes, mut before) = (None, 0, b'<');
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            // A quote opens a value only behind `=`.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return (&text[..at], attributes),
            // Attributes need no space behind a quote.
            (None, _) if matches!(before, b'"' | b'\'') => attributes += 1,
            (None, _) if byte.is_ascii_whitespace() || byte == b'/' => {
                attributes += usize::from(!before.is_ascii_whitespace() && before != b'/');
            }
            _ => {}
        }
        if !(byte.is_ascii_whitespace() && before == b'=') {
            before = byte;
        }
    }
    (text, attributes)
}

/// The name of a tag in lower case.
fn name(tag: &str) -> String {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    tag[..end.unwrap_or(tag.len())].to_ascii_lowercase()
}

/// How much of what follows a tag is no markup.
fn raw_length(name: &str, rest: &str) -> usize {
    if !RAW.contains(&name) {
        return 0;
    }
    let closes = |at: &usize| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    rest.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_pages_pass() {
        for page in [
            "",
            "no tags, 3 < 4, a <",
            "<",
            "<p>One<p>Two<li>Three<br>",
            "<script>if (a < b) { '<div><div>' }</script><p>x",
            "<!-- <div><div> --><p>x",
            "<div title='a > b'>x</div>",
            "</div></div></b>",
        ] {
            assert!(check(page).is_ok(), "{page}");
        }
        assert!(check(&"<p><b>Title".repeat(100_000)).is_ok());
        assert!(check(&"<div><table><tr><td><i>x</i></table></div>".repeat(50_000)).is_ok());
        assert!(check(&"<a name=x>".repeat(10_000)).is_ok());
        let icon =
            "<svg viewBox='0 0 9 9'><title>Ferry</title><g><path d='M0 0'/><use href=#a /></svg>";
        for unit in [icon, "<p>x", "<li>x", "<p><span>x", "<table><tr><td>x<td><span>x<tr></table>"]
        {
            assert!(check(&unit.repeat(5_000)).is_ok(), "{unit}");
        }
        assert!(check(&"<span>x".repeat(1_000)).is_ok());
    }

    #[test]
    fn pages_made_to_break_readers_are_refused() {
        let attributes: Vec<_> = (0..2_000).map(|number| format!(" a{number}=1")).collect();
        let reopened: Vec<_> = (0..200).map(|number| format!("<b id={number}>")).collect();
        for page in [
            "<div>".repeat(100_000),
            "<b>".repeat(100_000),
            "<div><b><b><b>".repeat(300),
            "<div><table><tr><td></div>".repeat(1_000),
            "<table>".repeat(1_000),
            "<foo>".repeat(1_000),
            format!("<p{}>", attributes.concat()),
            reopened.concat() + &"<p>x".repeat(100_000),
        ] {
            let error = check(&page).unwrap_err();
            assert!(error.is_page(), "{error}");
        }
    }

    #[test]
    fn tags_end_outside_quotes() {
        assert_eq!(tag("a href=\"x>y\" id=1>z"), ("a href=\"x>y\" id=1", 2));
        assert_eq!(tag("a b='1'c='2' d>"), ("a b='1'c='2' d", 3));
        assert_eq!(tag("p>"), ("p", 0));
        assert_eq!(tag("p"), ("p", 0));
        assert_eq!(name("DIV class=x"), "div");
    }
}
