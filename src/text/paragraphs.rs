//! Where does a paragraph of plain text end?

use std::ops::Range;

/// Lines longer than this, in characters, were not wrapped by a mail program or a typewriter.
const WIDEST: usize = 100;

/// The paragraphs of plain text, as byte ranges without surrounding white space: a line each, but
/// lines that were wrapped at a width are one.
///
/// The lines between two blank lines were wrapped if there are three or more, none has over 100
/// characters, and the first word of none would have fitted on the line before.
///
/// Cost: linear in the text.
///
/// ```
/// let page = "A headline\nThe first paragraph is a line, as scraped pages have it.\n";
/// assert_eq!(undertone::paragraphs(page).count(), 2);
/// let mail = "This letter was wrapped\nat twenty-four columns,\nwhich nobody does now.\n\nYours";
/// assert_eq!(undertone::paragraphs(mail).count(), 2);
/// ```
pub fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let mut block: Vec<Range<usize>> = Vec::new();
    std::iter::from_fn(move || {
        if block.is_empty() {
            at = read_block(text, at, &mut block);
            if is_wrapped(text, &block) {
                let whole = block[block.len() - 1].start..block[0].end;
                block.clear();
                block.push(whole);
            }
        }
        block.pop()
    })
}

/// Reads the lines from `at` to the next blank one, last first, and returns where it stopped.
fn read_block(text: &str, mut at: usize, block: &mut Vec<Range<usize>>) -> usize {
    while at < text.len() {
        let end = text[at..].find(['\n', '\u{2029}']).map_or(text.len(), |gap| at + gap);
        let line = &text[at..end];
        let start = at + (line.len() - line.trim_start().len());
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        if start < end {
            block.push(start..start + line.trim().len());
        } else if !block.is_empty() {
            break;
        }
    }
    block.reverse();
    at
}

/// Whether the lines of a block, last first, are one paragraph.
fn is_wrapped(text: &str, block: &[Range<usize>]) -> bool {
    let width = |line: &Range<usize>| text[line.clone()].chars().take(WIDEST + 1).count();
    let widest = block.iter().map(width).max().unwrap_or(0);
    block.len() > 2
        && widest <= WIDEST
        && block.windows(2).all(|lines| {
            let next = &text[lines[0].clone()];
            let word = next.split_whitespace().next().unwrap_or_default();
            let item = word.starts_with(['-', '*', '•', '>', '|']);
            !item && width(&lines[1]) + 1 + word.chars().count() > widest
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            (" \n\n\r\n", &[]),
            ("One\r\n  Two \n\n\nThree", &["One", "Two", "Three"]),
            // Wrapped at 20 columns.
            (
                "The council voted\nagain, as it must by\nlaw each year.\n\nNobody came.",
                &["The council voted\nagain, as it must by\nlaw each year.", "Nobody came."],
            ),
            // "The" would have fitted behind "A headline".
            (
                "A headline\nThe council voted\nagain.",
                &["A headline", "The council voted", "again."],
            ),
            (
                "- one thing\n- a second\n- and a third",
                &["- one thing", "- a second", "- and a third"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(&split(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-zé \\n\\r\u{2029}.-]{0,80}") {
            let kept: String = split(&text).concat().split_whitespace().collect();
            let all: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, all);
        }
    }
}
