//! In which order is it decided what a line is?
//!
//! First each line is looked at alone ([`Shape`]): does it read as prose, does it carry a cue? Then
//! the page is cut into head, body and foot: the body runs from the first to the last line of prose
//! that no cue explains. In the body only certain cues count; in head and foot all do, and there the
//! order of the lines tells headline, standfirst, byline, times and author note.

use std::ops::Range;

use super::byline;
use super::credits;
use super::date::TimeLine;
use super::furniture::FurnitureKind;
use super::headline;
use super::lines::{self, is_bullet};
use super::paragraphs::finish;
use super::shape::{Mark, shapes};
use super::times::Times;
use super::wrap::Wrapping;
use super::zones::{Page, Zones};
use super::{Found, Line, Role};

/// What is known of a page before its lines are looked at.
#[derive(Default)]
pub(super) struct Known {
    /// Whether the first line is the headline.
    pub(super) titled: bool,
    /// Where lines begin that describe a picture, in order.
    pub(super) captions: Vec<usize>,
}

/// Text, lines and findings of a page as scraped.
pub(super) fn page(text: String, known: &Known) -> (String, Vec<Line>, Found) {
    let page = Page { shapes: shapes(&text, known), text: &text, titled: known.titled };
    let mut reading = Reading::new(&page);
    let zones = Zones::of(&page);
    reading.head(&zones);
    reading.body(&zones);
    reading.foot(&zones);
    reading.pull_quotes();
    let (lines, found) = reading.finish();
    let joined = page.shapes.iter().map(|shape| shape.joined).collect();
    finish(text, lines, joined, found)
}

/// Text, lines and findings of a text whose headline ends, if there is one, where the body begins.
pub(super) fn parts(text: String, body_from: usize) -> (String, Vec<Line>, Found) {
    let role =
        |line: &Range<usize>| if line.start < body_from { Role::Headline } else { Role::Body };
    let lines: Vec<_> = lines::lines(&text).collect();
    let wrapping = Wrapping::of(&text, &lines, &[]);
    let joined = (0..lines.len()).map(|at| at > 0 && wrapping.goes_on(at - 1)).collect();
    let lines: Vec<_> =
        lines.into_iter().map(|line| Line { role: role(&line.range), range: line.range }).collect();
    let headline = Some(lines::trimmed(&text[..body_from], 0)).filter(|range| !range.is_empty());
    let found = Found { headline, ..Found::default() };
    finish(text, lines, joined, found)
}

/// The roles as they are decided, and what they say.
pub(super) struct Reading<'p, 't> {
    pub(super) page: &'p Page<'t>,
    pub(super) roles: Vec<Role>,
    pub(super) found: Found,
    pub(super) times: Times,
    pub(super) headline: Option<usize>,
    /// Whether it is a running report, whose entries carry the time of day.
    running: bool,
}

impl<'p, 't> Reading<'p, 't> {
    fn new(page: &'p Page<'t>) -> Self {
        const ENTRIES: usize = 3;
        let roles = vec![Role::Body; page.shapes.len()];
        let stamps = page.shapes.iter().filter(|shape| shape.mark == Mark::Stamp);
        let running = stamps.take(ENTRIES).count() == ENTRIES;
        Self {
            page,
            roles,
            found: Found::default(),
            times: Times::default(),
            headline: None,
            running,
        }
    }

    /// Gives a line of head or foot the role that its mark tells.
    pub(super) fn marked(&mut self, at: usize) {
        let shape = &self.page.shapes[at];
        let line = self.page.line(at);
        match shape.mark {
            Mark::Furniture(cue) => {
                self.roles[at] = Role::Furniture(cue.kind);
                // Some pages write all they know of an article on one line.
                let times = TimeLine::read(line)
                    .filter(|times| times.label.is_some() && !self.times.is_told());
                if let Some(times) = times.or_else(|| TimeLine::between_bars(line)) {
                    self.times.add(times);
                }
            }
            Mark::Stamp if self.times.is_told() || self.running => {
                self.roles[at] = Role::Furniture(FurnitureKind::Stamp);
            }
            Mark::Time | Mark::Stamp => {
                if let Some(times) = TimeLine::read(line) {
                    self.roles[at] = self.times.role(&times);
                    self.times.add(times);
                }
            }
            Mark::Byline => self.signed(at),
            Mark::Caption => self.roles[at] = Role::Caption,
            Mark::Note | Mark::Subject | Mark::Plain => {}
        }
    }

    fn signed(&mut self, at: usize) {
        let start = self.page.shapes[at].range.start;
        let line = self.page.line(at);
        if let Some((names, times)) = credits::read(line) {
            self.roles[at] = Role::Byline;
            self.found.byline.get_or_insert(start + names.start..start + names.end);
            for times in times {
                self.times.add(times);
            }
            return;
        }
        let Some(byline) = byline::read(line).or_else(|| byline::with_job(line)) else { return };
        self.roles[at] = Role::Byline;
        if let Some(names) = byline.names {
            self.found.byline.get_or_insert(start + names.start..start + names.end);
        }
        if let Some(times) = TimeLine::read(&line[byline.end..]) {
            self.times.add(times);
        }
    }

    /// In the body only certain cues count, and lists only as far as they hang together.
    fn body(&mut self, zones: &Zones) {
        let foot = self.foot_start(zones);
        let mut list = None;
        for at in zones.body..foot {
            let shape = &self.page.shapes[at];
            self.roles[at] = match shape.mark {
                Mark::Furniture(cue) if cue.anywhere => {
                    // The box of an offer goes on in the line under it.
                    let boxed =
                        matches!(cue.kind, FurnitureKind::Newsletter | FurnitureKind::Subscription);
                    list = (cue.opens || boxed).then_some(cue.kind);
                    Role::Furniture(cue.kind)
                }
                Mark::Caption => Role::Caption,
                Mark::Stamp if !shape.prose => Role::Furniture(FurnitureKind::Stamp),
                _ if self.is_title_again(at) => Role::Furniture(FurnitureKind::RepeatedTitle),
                _ => {
                    let bullet = is_bullet(self.page.line(at));
                    list = list.filter(|_| !shape.prose && (bullet || !shape.after_gap));
                    list.map_or(Role::Body, Role::Furniture)
                }
            };
        }
    }

    pub(super) fn is_title_again(&self, at: usize) -> bool {
        let Some(title) = self.headline.and_then(|_| self.found.headline.clone()) else {
            return false;
        };
        let title = &self.page.text[title];
        let line = self.page.line(at);
        // The name of a site may stand after the headline unrecognised, but not after its copy.
        let site = title.get(line.len()..).filter(|_| title.starts_with(line));
        let cut = |rest: &str| {
            [" / ", " | ", " - ", " – ", " — "].iter().any(|mark| rest.starts_with(mark))
        };
        if site.is_some_and(cut) && line.split_whitespace().nth(3).is_some() {
            return true;
        }
        line.len() <= lines::LONGEST_HEADLINE
            && title.split_whitespace().nth(2).is_some()
            && line[headline::title(line)].eq_ignore_ascii_case(title)
    }

    fn finish(mut self) -> (Vec<Line>, Found) {
        self.found.published = self.times.published();
        self.found.updated = self.times.updated();
        let ranges = self.page.shapes.iter().map(|shape| shape.range.clone());
        let lines = ranges.zip(self.roles).map(|(range, role)| Line { range, role }).collect();
        (lines, self.found)
    }
}
