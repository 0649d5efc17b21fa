//! What does a line say of itself, before its neighbours are asked?

use std::ops::Range;

use super::byline;
use super::date::TimeLine;
use super::furniture::{self, Cue, FurnitureKind};
use super::lines::{self, is_prose};
use super::note;
use super::picture::{self, Picture};

/// What a line says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Furniture(Cue),
    Time,
    Byline,
    Caption,
    /// Begins with a star and speaks of a person.
    Note,
    Plain,
}

/// A line looked at alone.
pub(super) struct Shape {
    pub(super) range: Range<usize>,
    pub(super) after_gap: bool,
    pub(super) prose: bool,
    pub(super) mark: Mark,
}

impl Shape {
    /// Prose that no cue explains: what bodies are made of.
    pub(super) fn is_text(&self) -> bool {
        self.prose && self.mark == Mark::Plain
    }

    /// What its cue says, if it carries one.
    pub(super) fn cue(&self) -> Option<Cue> {
        match self.mark {
            Mark::Furniture(cue) => Some(cue),
            _ => None,
        }
    }

    /// Byline or time: what stands between headline and body.
    pub(super) fn is_anchor(&self) -> bool {
        matches!(self.mark, Mark::Time | Mark::Byline)
    }
}

/// The non-blank lines of a page, each looked at alone.
pub(super) fn shapes(text: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut key = String::new();
    for line in lines::lines(text) {
        let written = &text[line.range.clone()];
        let mark = mark(written, &mut key);
        let prose = is_prose(written);
        // A line that the next goes on with in lower case is wrapped prose, however it ends.
        let goes_on =
            !line.after_gap && mark == Mark::Plain && written.starts_with(char::is_lowercase);
        if let Some(last) = shapes.last_mut().filter(|last| goes_on && last.mark == Mark::Plain) {
            last.prose |= last.range.len() >= 40;
        }
        shapes.push(Shape { range: line.range, after_gap: line.after_gap, prose, mark });
    }
    // On a page of prose alone a cue that only counts around the body has no body to stand around.
    if !shapes.iter().any(Shape::is_text) {
        for shape in shapes.iter_mut().filter(|shape| shape.prose) {
            if shape.cue().is_some_and(|cue| !cue.anywhere) {
                shape.mark = Mark::Plain;
            }
        }
    }
    shapes
}

/// Times and bylines are no longer than this, in bytes.
const LONGEST_HEAD_LINE: usize = 160;

fn mark(line: &str, key: &mut String) -> Mark {
    if line.len() > lines::LONGEST_CUE {
        return Mark::Plain;
    }
    let cue = furniture::cue(line, key);
    if let Some(cue) = cue.filter(|cue| cue.anywhere) {
        return Mark::Furniture(cue);
    }
    let short = line.len() <= LONGEST_HEAD_LINE;
    if short && TimeLine::read(line).is_some_and(|times| times.pure) {
        return Mark::Time;
    }
    if short && byline::read(line).is_some() {
        return Mark::Byline;
    }
    match picture::picture(key) {
        Some(Picture::Caption) => return Mark::Caption,
        Some(Picture::Credit) => {
            return Mark::Furniture(Cue {
                kind: FurnitureKind::Credit,
                anywhere: true,
                opens: false,
            });
        }
        None => {}
    }
    if line.starts_with(['*', '†', '‡']) && note::is_author_note(line, None) {
        return Mark::Note;
    }
    cue.filter(|cue| may_be_long(cue.kind) || key.split(' ').count() <= LONGEST_LABEL)
        .map_or(Mark::Plain, Mark::Furniture)
}

/// Most furniture is a label of few words.
const LONGEST_LABEL: usize = 25;

/// Notices run to sentences.
fn may_be_long(kind: FurnitureKind) -> bool {
    use FurnitureKind::{Cookie, Copyright, Correction, Disclaimer, Newsletter, Subscription};
    matches!(kind, Cookie | Copyright | Correction | Disclaimer | Newsletter | Subscription)
}
