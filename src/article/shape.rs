//! What does a line say of itself, before its neighbours are asked?

use std::ops::Range;

use super::appeal::appeal;
use super::byline;
use super::credits;
use super::date::TimeLine;
use super::furniture::{self, Cue, FurnitureKind};
use super::lines::{self, is_prose};
use super::mail::{self, MailPart};
use super::note;
use super::parse::Known;
use super::picture::{self, Picture};
use super::wrap::Wrapping;

/// What a line says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Furniture(Cue),
    Time,
    /// A time of day without a date, as entries of running reports carry.
    Stamp,
    Byline,
    Caption,
    /// Begins with a star and speaks of a person.
    Note,
    /// The subject of a letter.
    Subject,
    Plain,
}

/// A line looked at alone.
pub(super) struct Shape {
    pub(super) range: Range<usize>,
    pub(super) after_gap: bool,
    /// Whether the line before is wrapped and goes on in this one.
    pub(super) joined: bool,
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

    /// Part of the frame of a letter.
    pub(super) fn is_mail(&self) -> bool {
        self.mark == Mark::Subject || self.cue().is_some_and(|cue| cue.kind == FurnitureKind::Mail)
    }

    /// Byline or time: what stands between headline and body.
    pub(super) fn is_anchor(&self) -> bool {
        matches!(self.mark, Mark::Time | Mark::Byline)
    }
}

/// The non-blank lines of a page, each looked at alone.
pub(super) fn shapes(text: &str, known: &Known) -> Vec<Shape> {
    let lines: Vec<_> = lines::lines(text).collect();
    let mut parts = mail::parts(text, &lines);
    let wrapping = Wrapping::of(text, &lines, &parts);
    if wrapping.is_wrapped() {
        mail::sign(text, &lines, &mut parts);
    }
    let mut shapes: Vec<Shape> = Vec::new();
    let mut key = String::new();
    for (index, (line, part)) in lines.iter().zip(parts).enumerate() {
        let written = &text[line.range.clone()];
        let headline = known.titled && index == 0;
        let mark = match part {
            _ if headline => Mark::Plain,
            _ if known.captions.binary_search(&line.range.start).is_ok() => Mark::Caption,
            Some(part) => mark_of_mail(part),
            None => mark(written, &mut key),
        };
        let mut shape = Shape {
            range: line.range.clone(),
            after_gap: line.after_gap,
            joined: false,
            prose: !headline && is_prose(written),
            mark,
        };
        if let Some(last) = shapes.last_mut().filter(|_| !line.after_gap) {
            let lower = written.starts_with(char::is_lowercase);
            let wrapped = index > 0 && wrapping.goes_on(index - 1);
            join(last, &mut shape, lower, wrapped);
        }
        shapes.push(shape);
    }
    sign_captions(text, &mut shapes);
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

/// Marks captions that only their place tells: the first sentence of a page, if a name stands behind
/// it and two paragraphs follow.
fn sign_captions(text: &str, shapes: &mut [Shape]) {
    const FARTHEST: usize = 3;
    let texts: Vec<usize> = (0..shapes.len()).filter(|&at| shapes[at].is_text()).take(3).collect();
    let [at, next, _] = *texts else { return };
    if (1..=FARTHEST).contains(&(next - at))
        && at > 0
        && !shapes[at].joined
        && picture::is_signed(&text[shapes[at].range.clone()])
    {
        shapes[at].mark = Mark::Caption;
    }
}

/// Lets a line go on in the next, if it does.
fn join(last: &mut Shape, next: &mut Shape, lower: bool, wrapped: bool) {
    let goes_on = matches!(last.mark, Mark::Plain | Mark::Note);
    let open = next.mark == Mark::Plain || (lower && !next.is_mail());
    if wrapped && goes_on && open {
        next.joined = true;
        next.mark = last.mark;
        last.prose = true;
        next.prose = true;
    } else if lower && next.mark == Mark::Plain && last.mark == Mark::Plain {
        // A line that the next goes on with in lower case is wrapped prose, however it ends.
        last.prose |= last.range.len() >= 40;
    }
}

fn mark_of_mail(part: MailPart) -> Mark {
    match part {
        MailPart::Subject => Mark::Subject,
        MailPart::Around => {
            Mark::Furniture(Cue { kind: FurnitureKind::Mail, anywhere: true, opens: false })
        }
    }
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
    if let Some(times) = TimeLine::read(line).filter(|times| short && times.pure) {
        return if times.is_stamp() { Mark::Stamp } else { Mark::Time };
    }
    let signed = |line| {
        byline::read(line).is_some()
            || byline::with_job(line).is_some()
            || credits::read(line).is_some()
    };
    if short && signed(line) {
        return Mark::Byline;
    }
    if picture::is_credited(line) {
        return Mark::Caption;
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
    let cue = cue.filter(|cue| may_be_long(cue.kind) || key.split(' ').count() <= LONGEST_LABEL);
    let appeal = appeal(line, key, is_prose(line)).filter(|_| !furniture::is_quotation(line));
    match (cue, appeal) {
        (Some(cue), appeal) => {
            let anywhere = appeal.is_some_and(|appeal| appeal.anywhere);
            Mark::Furniture(Cue { anywhere, ..cue })
        }
        (None, Some(appeal)) => Mark::Furniture(appeal),
        (None, None) => Mark::Plain,
    }
}

/// Most furniture is a label of few words.
const LONGEST_LABEL: usize = 25;

/// Notices run to sentences.
fn may_be_long(kind: FurnitureKind) -> bool {
    use FurnitureKind::{Cookie, Copyright, Correction, Disclaimer, Newsletter, Subscription};
    matches!(kind, Cookie | Copyright | Correction | Disclaimer | Newsletter | Subscription)
}
