//! Where does a line begin and end, and does it read as prose?

use std::ops::Range;

/// Lines longer than this, in bytes, are prose whatever they say: no cue is looked for in them, so
/// that a page of one endless line costs no more than its length.
pub(super) const LONGEST_CUE: usize = 500;

/// The longest headline, in bytes.
pub(super) const LONGEST_HEADLINE: usize = 300;

/// A non-blank line of a page.
pub(super) struct PageLine {
    /// Its bytes, without white space around.
    pub(super) range: Range<usize>,
    /// Whether a blank line, or nothing, stands before it.
    pub(super) after_gap: bool,
}

/// The non-blank lines of a page in order.
pub(super) fn lines(page: &str) -> impl Iterator<Item = PageLine> {
    let mut start = 0;
    let mut after_gap = true;
    // CRLF must not look like a blank line, so the line feed alone ends it and the rest is trimmed.
    let breaks = |c| matches!(c, '\n' | '\u{B}'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    page.split_inclusive(breaks).filter_map(move |line| {
        let from = start;
        start += line.len();
        let range = trimmed(line, from);
        if range.is_empty() {
            after_gap |= !(line == "\n" && page[..from].ends_with('\r'));
            return None;
        }
        Some(PageLine { range, after_gap: std::mem::take(&mut after_gap) })
    })
}

/// Whether a text holds only white space and invisible characters.
#[cfg(test)]
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(is_empty)
}

/// The bytes of `text`, which starts at `from`, without white space and invisible characters around.
pub(super) fn trimmed(text: &str, from: usize) -> Range<usize> {
    let rest = text.trim_start_matches(is_empty);
    let start = from + text.len() - rest.len();
    start..start + rest.trim_end_matches(is_empty).len()
}

/// White space, a byte order mark, marks of direction and width.
fn is_empty(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{FEFF}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}

/// Whether a line reads as a sentence or more, rather than as a headline or a label.
pub(super) fn is_prose(line: &str) -> bool {
    if line.len() > LONGEST_CUE {
        return true;
    }
    let words = line.split_whitespace().count();
    match sentence_end(line) {
        // Scripts without spaces.
        Some('。' | '！' | '？') => line.chars().count() >= 12,
        // Headlines ask and shout, but seldom at length.
        Some('?' | '!' | '؟') => words >= 12,
        Some(_) => words >= 4 && line.chars().any(|c| c.is_alphabetic() && !c.is_uppercase()),
        None => words >= 30 || line.chars().count() >= 220,
    }
}

/// The mark that ends the sentence at the end of a line, behind closing quotes and "(Agency)".
pub(super) fn sentence_end(line: &str) -> Option<char> {
    let closers = ['"', '”', '’', '\'', '»', ')', ']', '*'];
    // Magazines set a mark behind the last word.
    let line = line.trim_end_matches(['♦', '■', '●', '◆', '∎', '▪', ' ']);
    let mut rest = line.trim_end_matches(closers).trim_end();
    if line.ends_with(')') && !rest.ends_with(STOPS) {
        rest =
            rest.rfind('(').map_or(rest, |open| rest[..open].trim_end().trim_end_matches(closers));
    }
    rest.chars().next_back().filter(|c| STOPS.contains(c))
}

const STOPS: [char; 11] = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։'];

/// Whether a line starts as a list item does.
pub(super) fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '·', '▪', '●', '■', '►', '▶', '»', '›', '○'])
        || ["- ", "– ", "* ", "— ", "> "].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_know_their_gaps() {
        let page = "\u{FEFF}One\r\nTwo\r\n\r\n\u{A0}Three \n\n\nFour\rFive";
        let found: Vec<_> = lines(page).map(|line| (&page[line.range], line.after_gap)).collect();
        assert_eq!(
            found,
            [("One", true), ("Two", false), ("Three", true), ("Four", true), ("Five", false)]
        );
    }

    #[test]
    fn prose_is_told_from_titles() {
        for prose in [
            "He left on Monday.",
            "“We promised people a wall,” she said.",
            "The rate was put at 13.5 percent. (IRNA)",
            "これは記事の最初の段落です。",
        ] {
            assert!(is_prose(prose), "{prose}");
        }
        for title in
            ["Ferry fares rise again", "Is this the end?", "All. Caps.", "MERROW VOTES FOR CHANGE."]
        {
            assert!(!is_prose(title), "{title}");
        }
    }
}
