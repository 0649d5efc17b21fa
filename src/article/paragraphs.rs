//! Which lines make a paragraph, and where does the first begin?

use std::ops::Range;

use super::dateline;
use super::lines;
use super::{Found, Line, Role};

/// Joins wrapped lines, tells the dateline from the first paragraph and gathers the paragraphs.
/// `joined` tells of each line whether the one before goes on in it.
pub(super) fn finish(
    text: String,
    mut lines: Vec<Line>,
    mut joined: Vec<bool>,
    mut found: Found,
) -> (String, Vec<Line>, Found) {
    for at in 1..lines.len() {
        let flows = matches!(lines[at].role, Role::Body | Role::AuthorNote);
        joined[at] &= flows && lines[at].role == lines[at - 1].role;
    }
    let breaks = (1..lines.len())
        .filter(|&at| joined[at])
        .map(|at| lines[at - 1].range.end..lines[at].range.start);
    let text = without_breaks(text, breaks);
    // Paragraphs with the number of their first line.
    let mut paragraphs: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.role == Role::Body) {
        match paragraphs.last_mut().filter(|_| joined[at]) {
            Some((_, paragraph)) => paragraph.end = line.range.end,
            None => paragraphs.push((at, line.range.clone())),
        }
    }
    // A subheading may stand before the first paragraph.
    for number in 0..paragraphs.len().min(2) {
        let (at, Range { start, end }) = paragraphs[number].clone();
        let Some(length) = dateline::find(&text[start..end]) else { continue };
        found.dateline = Some(start..start + length);
        let rest = lines::trimmed(&text[start + length..end], start + length);
        if rest.is_empty() {
            lines[at].role = Role::Dateline;
            paragraphs.remove(number);
        } else {
            paragraphs[number].1 = rest;
        }
        break;
    }
    found.paragraphs = paragraphs.into_iter().map(|(_, range)| range).collect();
    (text, lines, found)
}

/// The text with spaces for each of the breaks, byte for byte, so that no offset moves.
fn without_breaks(text: String, breaks: impl Iterator<Item = Range<usize>>) -> String {
    let mut breaks = breaks.peekable();
    if breaks.peek().is_none() {
        return text;
    }
    let mut flat = String::with_capacity(text.len());
    for gap in breaks {
        flat.push_str(&text[flat.len()..gap.start]);
        flat.extend(std::iter::repeat_n(' ', gap.len()));
    }
    flat.push_str(&text[flat.len()..]);
    flat
}
