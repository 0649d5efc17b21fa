//! Where do head, body and foot of a page lie?

use super::furniture::FurnitureKind;
use super::headline;
use super::shape::{Mark, Shape};

/// A page with its lines, each looked at alone.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) shapes: Vec<Shape>,
    pub(super) titled: bool,
}

impl<'t> Page<'t> {
    pub(super) fn line(&self, index: usize) -> &'t str {
        &self.text[self.shapes[index].range.clone()]
    }

    pub(super) fn next_text(&self, from: usize) -> Option<usize> {
        (from..self.shapes.len()).find(|&index| self.shapes[index].is_text())
    }

    pub(super) fn is_candidate(&self, index: usize) -> bool {
        let shape = &self.shapes[index];
        !shape.prose && shape.mark == Mark::Plain && headline::is_candidate(self.line(index))
    }
}

/// Where the parts of a page lie, as numbers of lines.
pub(super) struct Zones {
    /// The first line of the body; all before it is the head.
    pub(super) body: usize,
    /// The first line after the body.
    pub(super) foot: usize,
    /// The first line of what readers wrote, or the end.
    pub(super) comments: usize,
    /// Whether the body holds prose at all.
    pub(super) prose: bool,
    /// Whether it is a letter, which has no lists of links at its foot.
    pub(super) letter: bool,
    /// A headline that reads as prose, but has the byline or the time under it.
    pub(super) headline: Option<usize>,
}

impl Zones {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let first_text = page.next_text(0);
        let headline = match first_text {
            _ if page.titled => Some(0),
            first => first.filter(|&first| is_prose_headline(page, first)),
        };
        let body = match first_text {
            Some(first) if headline == Some(first) => page.next_text(first + 1).unwrap_or(first),
            Some(first) => after_standfirst(page, first).unwrap_or(first),
            None => without_prose(page),
        };
        let body = body.max(usize::from(page.titled));
        let comments = comments(page, body);
        let prose = first_text.is_some();
        let letter = page.shapes.iter().any(Shape::is_mail);
        Self { body, foot: comments, comments, prose, letter, headline }
    }
}

/// "They came for the fish. They stayed.", with a byline or a time under it and no other headline.
fn is_prose_headline(page: &Page<'_>, first: usize) -> bool {
    const LONGEST: usize = 20;
    let line = page.line(first);
    let headed = (0..first).any(|at| page.is_candidate(at));
    let anchored = page.shapes.get(first + 1).is_some_and(|next| next.is_anchor());
    let follows = page.next_text(first + 1).is_some();
    let shape = &page.shapes[first];
    let whole =
        !shape.joined && headline::is_candidate(line) && line.split_whitespace().count() <= LONGEST;
    whole && anchored && follows && !headed
}

/// The first line of the body behind a standfirst that reads as prose: then headline stands before
/// it, and the byline or the time of publication after it.
fn after_standfirst(page: &Page<'_>, first: usize) -> Option<usize> {
    const LONGEST_STANDFIRST: usize = 60;
    const FARTHEST: usize = 6;
    let next = page.next_text(first + 1)?;
    if summary_label(page.line(first)) > 0 || leans_on_head(page, first, next) {
        return Some(next);
    }
    let anchor = (first + 1..next.min(first + FARTHEST)).find(|&at| page.shapes[at].is_anchor())?;
    let headed = page.titled || (0..first).any(|at| page.is_candidate(at));
    let short = page.line(first).split_whitespace().count() <= LONGEST_STANDFIRST;
    // A byline under a lone lead of many lines is a signature, not a head.
    (headed && short && anchor < next).then_some(next)
}

/// Whether the first sentences stand in one block with headline and time, while all paragraphs but
/// the next have a blank line before them.
fn leans_on_head(page: &Page<'_>, first: usize, next: usize) -> bool {
    let tight = |at: usize| !page.shapes[at].after_gap && !page.shapes[at].joined;
    let mut later =
        (next + 1..page.shapes.len()).filter(|&at| page.shapes[at].is_text()).peekable();
    let anchored = first > 0 && page.shapes[first - 1].is_anchor();
    anchored
        && next == first + 1
        && tight(first)
        && tight(next)
        && (0..first).any(|at| page.is_candidate(at))
        && later.peek().is_some()
        && later.take(3).all(|at| !tight(at))
}

/// Bytes of "Summary:" before a standfirst.
pub(super) fn summary_label(line: &str) -> usize {
    const LABELS: [&str; 4] = ["summary: ", "abstract: ", "in brief: ", "in short: "];
    let begins = |label: &&&str| {
        line.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label))
    };
    LABELS.iter().find(begins).map_or(0, |label| label.len())
}

/// Where the body begins on a page that holds no sentence: after byline and time, or after a title
/// that stands twice, if more follows.
fn without_prose(page: &Page<'_>) -> usize {
    const HEAD: usize = 40;
    let count = page.shapes.len();
    if let Some(subject) = page.shapes.iter().position(|shape| shape.mark == Mark::Subject) {
        return subject + 1;
    }
    let head = 0..count.min(HEAD);
    let anchor = head.clone().rev().find(|&at| page.shapes[at].is_anchor());
    let titled = |end: usize| page.titled || (0..end).any(|at| page.is_candidate(at));
    let follows = |end: usize| (end..count).any(|at| page.shapes[at].mark == Mark::Plain);
    if let Some(anchor) = anchor.filter(|&anchor| titled(anchor) && follows(anchor + 1)) {
        return anchor + 1;
    }
    let candidates: Vec<_> =
        head.filter(|&at| page.is_candidate(at)).map(|at| (at, page.line(at))).collect();
    headline::repeated(&candidates)
        .and_then(|choice| choice.copies.iter().copied().chain([choice.line]).max())
        .filter(|&last| follows(last + 1))
        .map_or(0, |last| last + 1)
}

/// Where readers' comments begin: at a heading that says so, if buttons to reply follow.
fn comments(page: &Page<'_>, body: usize) -> usize {
    let count = page.shapes.len();
    let is_comments = |at: usize, opens: bool| {
        page.shapes[at].cue().is_some_and(|cue| {
            cue.kind == FurnitureKind::Comments && cue.opens == opens && cue.anywhere == opens
        })
    };
    let Some(last_button) = (body..count).rev().find(|&at| is_comments(at, false)) else {
        return count;
    };
    (body + 1..last_button).find(|&at| is_comments(at, true)).unwrap_or(count)
}
