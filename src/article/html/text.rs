//! Which lines does a tree of tags make?

use dom_query::NodeRef;

/// Tags that begin and end a paragraph.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "details", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "ul",
];

/// Tags that begin and end a line.
const LINES: &[&str] = &["br", "dd", "dt", "li", "option", "tr"];

/// Tags whose content nobody reads.
#[rustfmt::skip]
const SKIPPED: &[&str] = &[
    "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title",
];

/// The lines of a page as they are gathered.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    /// Where lines begin that describe a picture.
    captions: Vec<usize>,
    /// Blank space that the next word has before it.
    gap: Gap,
}

/// What parts a word from the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Lines {
    /// Adds a line of its own.
    pub(super) fn add_line(&mut self, line: &str) {
        self.part(Gap::Line);
        self.add_words(line, false);
        self.part(Gap::Line);
    }

    /// Parts what was added from what comes.
    pub(super) fn end_paragraph(&mut self) {
        self.part(Gap::Paragraph);
    }

    /// Adds all that can be read within a tag. Does not recurse, so depth does not matter.
    pub(super) fn add_tree(&mut self, root: &NodeRef<'_>) {
        let (mut next, mut captions) = (Some(*root), 0_usize);
        while let Some(node) = next {
            let name = node.node_name();
            let name = name.as_deref().unwrap_or_default();
            if node.is_text() {
                self.add_words(&node.text(), captions > 0);
            }
            self.part(gap(name));
            if node.is_element() && !SKIPPED.contains(&name) && node.first_child().is_some() {
                captions += usize::from(name == "figcaption");
                next = node.first_child();
                continue;
            }
            // Up to the next that has a sibling, leaving tags on the way.
            let mut node = node;
            next = loop {
                if node.id == root.id {
                    break None;
                }
                if let Some(sibling) = node.next_sibling() {
                    break Some(sibling);
                }
                let Some(parent) = node.parent() else { break None };
                let name = parent.node_name();
                let name = name.as_deref().unwrap_or_default();
                self.part(gap(name));
                captions -= usize::from(name == "figcaption" && captions > 0);
                node = parent;
            };
        }
        self.part(Gap::Paragraph);
    }

    /// The text, and where its captions begin.
    pub(super) fn finish(self) -> (String, Vec<usize>) {
        (self.text, self.captions)
    }

    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn add_words(&mut self, text: &str, caption: bool) {
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if !bare.is_empty() {
                self.add_word(bare, caption);
            }
            if bare.len() < word.len() {
                self.part(Gap::Space);
            }
        }
    }

    fn add_word(&mut self, word: &str, caption: bool) {
        let gap = std::mem::take(&mut self.gap);
        let starts = self.text.is_empty() || gap > Gap::Space;
        if !self.text.is_empty() {
            self.text.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if starts && caption {
            self.captions.push(self.text.len());
        }
        self.text.push_str(word);
    }
}

fn gap(name: &str) -> Gap {
    match name {
        _ if BLOCKS.contains(&name) => Gap::Paragraph,
        _ if LINES.contains(&name) => Gap::Line,
        "td" | "th" | "button" => Gap::Space,
        _ => Gap::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> (String, Vec<usize>) {
        let document = dom_query::Document::from(html);
        let body = document.select_single("body");
        let mut lines = Lines::default();
        lines.add_tree(body.nodes().first().unwrap());
        lines.finish()
    }

    #[test]
    fn blocks_are_paragraphs_and_rows_lines() {
        for (html, expected) in [
            ("<p>One\n <b>two</b>, three.</p>  <p>Four</p>", "One two, three.\n\nFour"),
            ("a<br>b<br><br>c", "a\nb\nc"),
            ("<ul><li>One</li><li>Two</li></ul>after", "One\nTwo\n\nafter"),
            (
                "<table><tr><td>Merrow</td><td>3</td></tr><tr><td>Ellis</td><td>1</td></tr></table>",
                "Merrow 3\nEllis 1",
            ),
            ("<script>x</script>a<style>y</style><svg><text>z</text></svg>b", "ab"),
            ("<div><div><div>deep</div></div></div>x", "deep\n\nx"),
            ("", ""),
        ] {
            assert_eq!(read(html).0, expected, "{html}");
        }
    }

    #[test]
    fn captions_are_known() {
        let (text, captions) = read(
            "<figure><img><figcaption>The <i>pier</i> at night</figcaption></figure><p>One.</p>",
        );
        assert_eq!((text.as_str(), captions.as_slice()), ("The pier at night\n\nOne.", &[0][..]));
    }
}
