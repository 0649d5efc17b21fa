//! Which lines go on in the next?
//!
//! Mail, news posts and old archives break their lines at a fixed width, so that a paragraph is a
//! block of lines. Scraped pages hold a paragraph on a line. Whether a page is wrapped is told from
//! all of it: no line is long, and most full lines that end no sentence go on in lower case.

use std::ops::Range;

use super::lines::{PageLine, is_bullet, lines, sentence_end};
use super::mail::MailPart;

/// Wrapped lines are no longer than this, in characters, and no page is wrapped to less than
/// [`NARROWEST`].
const WIDEST: usize = 100;
const NARROWEST: usize = 45;

/// The paragraphs of plain text: a line each, but wrapped lines are one.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines: Vec<_> = lines(text).collect();
    // Without a line that starts in lower case no page is wrapped.
    let lower = |line: &PageLine| text[line.range.clone()].starts_with(char::is_lowercase);
    if !lines.iter().skip(1).any(lower) {
        return lines.into_iter().map(|line| line.range).collect();
    }
    let wrapping = Wrapping::of(text, &lines, &[]);
    let mut paragraphs: Vec<Range<usize>> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        match paragraphs.last_mut() {
            Some(paragraph) if wrapping.goes_on(index - 1) => paragraph.end = line.range.end,
            _ => paragraphs.push(line.range.clone()),
        }
    }
    paragraphs
}

/// The lines of a page as far as wrapping goes.
pub(super) struct Wrapping<'t> {
    lines: Vec<WrapLine<'t>>,
    /// Characters that a full line takes, if the page is wrapped.
    width: Option<usize>,
}

struct WrapLine<'t> {
    text: &'t str,
    chars: usize,
    indent: usize,
    /// Whether a blank line, or nothing, stands before it.
    after_gap: bool,
    /// Part of a letter's frame: headers, quoted lines, signature.
    around: bool,
    /// Not the rest of the line before: an item of a list, or part of the frame.
    apart: bool,
}

impl<'t> Wrapping<'t> {
    /// Looks at all lines of a page that are no part of a letter's frame. Linear in the page, but for
    /// a sort of line lengths.
    pub(super) fn of(page: &'t str, lines: &[PageLine], parts: &[Option<MailPart>]) -> Self {
        let around = |at: usize| parts.get(at).is_some_and(Option::is_some);
        let lines: Vec<_> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| WrapLine::of(page, line, around(at)))
            .collect();
        let width = width(&lines);
        Self { lines, width }
    }

    /// Whether the page is wrapped at all.
    pub(super) fn is_wrapped(&self) -> bool {
        self.width.is_some()
    }

    /// Whether line number `index` goes on in the next.
    pub(super) fn goes_on(&self, index: usize) -> bool {
        let Some(width) = self.width else { return false };
        let (Some(line), Some(next)) = (self.lines.get(index), self.lines.get(index + 1)) else {
            return false;
        };
        // A title and the same with the name of the site.
        let again = line.text.starts_with(next.text) || next.text.starts_with(line.text);
        if !line.is_followed_by(next) || again {
            return false;
        }
        let ends = sentence_end(line.text).is_some();
        if !ends && next.text.starts_with(char::is_lowercase) {
            return true;
        }
        // Whoever wraps a line fills it: a first word that had room begins a paragraph.
        let first = next.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        let room = if ends { width * 17 / 20 } else { width * 7 / 10 };
        line.is_full(width) && line.chars + 1 + first > room && next.indent < line.indent + 2
    }
}

impl<'t> WrapLine<'t> {
    fn of(page: &'t str, line: &PageLine, around: bool) -> Self {
        let text = &page[line.range.clone()];
        let before = &page[..line.range.start];
        Self {
            text,
            chars: text.chars().count(),
            indent: before.len() - before.trim_end_matches([' ', '\t']).len(),
            after_gap: line.after_gap,
            around,
            apart: around || is_bullet(text),
        }
    }

    fn is_followed_by(&self, next: &Self) -> bool {
        !next.after_gap && !next.apart && !self.around && self.chars <= WIDEST
    }

    fn is_full(&self, width: usize) -> bool {
        self.chars * 5 >= width * 3
    }
}

/// The width that a page is wrapped to: that of its longest lines, one in twenty set aside.
fn width(lines: &[WrapLine<'_>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| pair[0].is_followed_by(&pair[1]));
    let blocks =
        lines.windows(2).filter(|pair| !pair[1].after_gap && !pair[1].apart && !pair[0].around);
    let mut lengths: Vec<_> = blocks.map(|pair| pair[0].chars).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len().saturating_sub(1) * 19 / 20)?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut full, mut open, mut lower) = (0, 0, 0);
    for pair in pairs().filter(|pair| pair[0].is_full(width)) {
        full += 1;
        if sentence_end(pair[0].text).is_none() {
            open += 1;
            lower += usize::from(pair[1].text.starts_with(char::is_lowercase));
        }
    }
    (lower > 0 && lower * 2 >= open && open * 2 >= full).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(page: &str) -> Vec<&str> {
        paragraphs(page).into_iter().map(|range| &page[range]).collect()
    }

    #[test]
    fn wrapped_blocks_are_joined() {
        let page = "\
The second round of the river talks ended on Sunday night without a
statement. Merrow wants a share of the water that grows with the city.
Port Ellis does not.
  Indented paragraphs begin where the line before them had room to go on
for a while, or not.

- an item of a list that runs on beyond the width of the page, in lower
case, and ends here";
        let found = joined(page);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[0].ends_with("Port Ellis does not."));
        assert!(found[1].starts_with("Indented"));
        assert!(found[2].ends_with("ends here"));
    }

    #[test]
    fn pages_of_a_paragraph_a_line_are_left_alone() {
        for page in [
            "The river rose twice in five years, and the people moved upstairs.\nNobody came.",
            "Three towns can be reached by boat only, says the river board\nThe river is high\nMore",
            "Port Ellis 3 Merrow 1\nCastelline 0 Sable Point 0\nand so on",
            "1. Port Ellis\nCome for the fish market, stay for the fog.",
            "",
        ] {
            assert_eq!(joined(page).len(), page.lines().count(), "{page}");
        }
    }
}
