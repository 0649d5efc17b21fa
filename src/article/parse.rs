//! In which order is it decided what a line is?
//!
//! First each line is looked at alone ([`Shape`]): does it read as prose, does it carry a cue? Then
//! the page is cut into head, body and foot: the body runs from the first to the last line of prose
//! that no cue explains. In the body only certain cues count; in head and foot all do, and there the
//! order of the lines tells headline, standfirst, byline, times and author note.

use std::ops::Range;

use super::byline;
use super::date::TimeLine;
use super::dateline;
use super::furniture::{Cue, FurnitureKind};
use super::headline::{self, Choice};
use super::lines::{self, is_bullet};
use super::mail;
use super::note;
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
struct Reading<'p, 't> {
    page: &'p Page<'t>,
    roles: Vec<Role>,
    found: Found,
    times: Times,
    headline: Option<usize>,
}

impl<'p, 't> Reading<'p, 't> {
    fn new(page: &'p Page<'t>) -> Self {
        let roles = vec![Role::Body; page.shapes.len()];
        Self { page, roles, found: Found::default(), times: Times::default(), headline: None }
    }

    /// Marks in the head, then the headline among the plain lines, then the others by their place.
    fn head(&mut self, zones: &Zones) {
        let head = 0..zones.body;
        for at in head.clone() {
            self.marked(at);
        }
        let known = zones.headline.map(|line| Choice { line, copies: Vec::new() });
        let Some(choice) = known.or_else(|| self.choose_headline(zones.body)) else { return };
        for copy in choice.copies {
            self.roles[copy] = Role::Furniture(FurnitureKind::RepeatedTitle);
        }
        self.headline = Some(choice.line);
        self.roles[choice.line] = Role::Headline;
        self.title(choice.line);
        let anchor = head.rev().find(|&at| self.page.shapes[at].is_anchor());
        for at in 0..choice.line {
            if self.is_undecided(at) {
                let kicker = self.page.line(at).split_whitespace().count() <= 6;
                let menu = Role::Furniture(FurnitureKind::Navigation);
                self.roles[at] = if kicker { Role::Kicker } else { menu };
            }
        }
        let under: Vec<usize> =
            (choice.line + 1..zones.body).filter(|&at| self.is_undecided(at)).collect();
        // A lone line counts as standfirst if it is clear where the body begins.
        let dated = self.page.shapes.get(zones.body).is_some()
            && dateline::find(self.page.line(zones.body)).is_some();
        let timed = anchor.is_some_and(|anchor| anchor < choice.line);
        for &at in &under {
            self.under_headline(at, anchor);
        }
        let summary = |at: usize| self.page.line(at).split_whitespace().count() >= 4;
        let body = under.iter().copied().filter(|&at| self.roles[at] == Role::Body);
        if let [at] = *body.collect::<Vec<_>>()
            && (dated || timed)
            && summary(at)
            && self.found.standfirst.is_none()
            && !is_bullet(self.page.line(at))
        {
            self.found.standfirst = Some(self.page.shapes[at].range.clone());
            self.roles[at] = Role::Standfirst;
        }
    }

    /// The headline within its line: labels, a dateline and the name of the site stand around it.
    fn title(&mut self, at: usize) {
        let shape = &self.page.shapes[at];
        let (mut start, mut line) = (shape.range.start, self.page.line(at));
        if shape.mark == Mark::Subject {
            let subject = mail::subject_length(line);
            start += subject;
            line = &line[subject..];
        }
        if let Some(length) = dateline::before_headline(line) {
            self.found.dateline = Some(start..start + length);
            let rest = line[length..].trim_start();
            start += line.len() - rest.len();
            line = rest;
        }
        let title = headline::title(line);
        self.found.headline = Some(start + title.start..start + title.end);
    }

    fn is_undecided(&self, at: usize) -> bool {
        self.roles[at] == Role::Body && self.page.shapes[at].mark == Mark::Plain
    }

    fn choose_headline(&self, body: usize) -> Option<Choice> {
        let page = self.page;
        if let Some(line) = (0..body).find(|&at| page.shapes[at].mark == Mark::Subject) {
            return Some(Choice { line, copies: Vec::new() });
        }
        let candidates: Vec<_> =
            (0..body).filter(|&at| page.is_candidate(at)).map(|at| (at, page.line(at))).collect();
        headline::repeated(&candidates).or_else(|| {
            let menu = |at: &usize| self.roles[*at] == Role::Furniture(FurnitureKind::Navigation);
            let menu_end = (0..body).rev().find(menu).map_or(0, |at| at + 1);
            let anchor =
                (menu_end..body).find(|&at| page.shapes[at].mark == Mark::Byline).unwrap_or(body);
            let between = |from: usize, to: usize| -> Vec<_> {
                candidates.iter().copied().filter(|(at, _)| (from..to).contains(at)).collect()
            };
            headline::first(&between(menu_end, anchor))
                .or_else(|| headline::first(&between(menu_end, body)))
                .or_else(|| headline::first(&between(0, body)))
                .or_else(|| self.doubtful_headline(body))
        })
    }

    /// "Search sites get closer to users": a cue that only counts outside the body may be a headline's
    /// first word, if the page has no other.
    fn doubtful_headline(&self, body: usize) -> Option<Choice> {
        let page = self.page;
        let doubtful = |at: &usize| {
            let shape = &page.shapes[*at];
            let words = page.line(*at).split_whitespace().count();
            shape.cue().is_some_and(|cue| !cue.anywhere && !cue.opens)
                && !shape.prose
                && words >= 4
                && headline::is_candidate(page.line(*at))
        };
        (0..body).find(doubtful).map(|line| Choice { line, copies: Vec::new() })
    }

    /// A plain line between headline and body.
    fn under_headline(&mut self, at: usize, anchor: Option<usize>) {
        let page = self.page;
        let line = page.line(at);
        if self.is_title_again(at) {
            self.roles[at] = Role::Furniture(FurnitureKind::RepeatedTitle);
            return;
        }
        let before_anchor = anchor.is_some_and(|anchor| at < anchor);
        let next_is_job = page.shapes.get(at + 1).is_some_and(|next| next.mark == Mark::Plain)
            && byline::is_job(page.line(at + 1));
        // "By" alone, or a name that its office follows.
        let after_name = at > 0 && self.roles[at - 1] == Role::Byline;
        let next_is_time = page.shapes.get(at + 1).is_some_and(|next| next.mark == Mark::Time);
        self.roles[at] = if self.found.byline.is_none()
            && byline::is_bare_name(line)
            && (next_is_job || after_name || (next_is_time && byline::is_short_names(line)))
        {
            self.found.byline = Some(page.shapes[at].range.clone());
            Role::Byline
        } else if (after_name && byline::is_job(line)) || byline::is_source(line) {
            Role::Byline
        } else if before_anchor && !is_bullet(line) {
            if line.split_whitespace().count() < 3 {
                Role::Kicker
            } else {
                self.found.standfirst.get_or_insert_with(|| page.shapes[at].range.clone());
                Role::Standfirst
            }
        } else {
            Role::Body
        };
    }

    /// Gives a line of head or foot the role that its mark tells.
    fn marked(&mut self, at: usize) {
        let shape = &self.page.shapes[at];
        let line = self.page.line(at);
        match shape.mark {
            Mark::Furniture(cue) => {
                self.roles[at] = Role::Furniture(cue.kind);
                // Some pages write all they know of an article on one line.
                let times = TimeLine::read(line).filter(|times| times.label.is_some());
                if let Some(times) = times.or_else(|| TimeLine::between_bars(line)) {
                    self.times.add(times);
                }
            }
            Mark::Stamp if self.times.is_told() => {
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
                    list = cue.opens.then_some(cue.kind);
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

    fn is_title_again(&self, at: usize) -> bool {
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

    /// The first line after the last prose that no cue explains.
    fn foot_start(&self, zones: &Zones) -> usize {
        let explained = |at: usize| {
            let shape = &self.page.shapes[at];
            !shape.is_text() || (at > zones.body && self.is_note(at))
        };
        (zones.body..zones.foot).rev().find(|&at| !explained(at)).map_or(zones.body, |at| at + 1)
    }

    fn is_note(&self, at: usize) -> bool {
        let byline = self.found.byline.clone().map(|names| &self.page.text[names]);
        note::is_author_note(self.page.line(at), byline)
    }

    /// After the body all cues count. Once a list or a notice has begun, what follows belongs to it.
    fn foot(&mut self, zones: &Zones) {
        let mut list = None;
        for at in self.foot_start(zones)..zones.comments {
            let shape = &self.page.shapes[at];
            match shape.mark {
                Mark::Furniture(cue) => {
                    self.marked(at);
                    list = follows(cue).filter(|_| !zones.letter).or(list);
                }
                Mark::Time if list.is_none() && self.is_labelled(at) => self.marked(at),
                Mark::Stamp if list.is_none() => {
                    self.roles[at] = Role::Furniture(FurnitureKind::Stamp);
                }
                Mark::Byline if list.is_none() => self.marked(at),
                Mark::Caption => self.roles[at] = Role::Caption,
                _ if self.is_title_again(at) => {
                    self.roles[at] = Role::Furniture(FurnitureKind::RepeatedTitle);
                }
                Mark::Note if shape.joined && self.roles[at - 1] == Role::AuthorNote => {
                    self.note(at);
                }
                _ if (shape.mark == Mark::Note || shape.prose) && self.is_note(at) => self.note(at),
                _ if zones.prose => self.roles[at] = list.map_or(Role::Body, Role::Furniture),
                _ => {}
            }
        }
        for at in zones.comments..self.page.shapes.len() {
            let kind = self.page.shapes[at].cue().map_or(FurnitureKind::Comments, |cue| cue.kind);
            self.roles[at] = Role::Furniture(kind);
        }
    }

    fn is_labelled(&self, at: usize) -> bool {
        TimeLine::read(self.page.line(at)).is_some_and(|times| times.label.is_some())
    }

    /// Notes that follow each other are one.
    fn note(&mut self, at: usize) {
        let range = self.page.shapes[at].range.clone();
        let joins = at > 0 && self.roles[at - 1] == Role::AuthorNote;
        self.roles[at] = Role::AuthorNote;
        match &mut self.found.author_note {
            Some(note) if joins => note.end = range.end,
            Some(_) => {}
            none => *none = Some(range),
        }
    }

    /// A quotation on a line of its own that stands within a longer line of the body is told twice.
    fn pull_quotes(&mut self) {
        // Each costs a look through the body.
        const MOST: usize = 20;
        let page = self.page;
        let body: Vec<usize> =
            (0..self.roles.len()).filter(|&at| self.roles[at] == Role::Body).collect();
        let quoted = body.iter().filter_map(|&at| Some((at, quotation(page.line(at))?)));
        for (at, quote) in quoted.take(MOST) {
            let longer = |other: usize| page.line(other).len() >= page.line(at).len() + 8;
            if body.iter().any(|&other| longer(other) && says(page.line(other), quote)) {
                self.roles[at] = Role::Furniture(FurnitureKind::PullQuote);
            }
        }
    }

    fn finish(mut self) -> (Vec<Line>, Found) {
        self.found.published = self.times.published();
        self.found.updated = self.times.updated();
        let ranges = self.page.shapes.iter().map(|shape| shape.range.clone());
        let lines = ranges.zip(self.roles).map(|(range, role)| Line { range, role }).collect();
        (lines, self.found)
    }
}

/// What a line of five words or more says, if all of it stands between quotation marks.
fn quotation(line: &str) -> Option<&str> {
    let inner =
        line.strip_prefix(['“', '"', '‘', '«', '„'])?.strip_suffix(['”', '"', '’', '»', '“'])?;
    let inner = inner.trim().trim_end_matches(['.', ',', '!', '…']);
    let alone = !inner.contains(['“', '"', '”']);
    (alone && inner.split_whitespace().nth(4).is_some()).then_some(inner)
}

/// Whether a line holds a quotation, whose first letter may have been made a capital.
fn says(line: &str, quote: &str) -> bool {
    let tail = quote.chars().next().map_or(quote, |first| &quote[first.len_utf8()..]);
    line.contains(tail)
}

/// What the lines without a cue after this one are, in the foot.
fn follows(cue: Cue) -> Option<FurnitureKind> {
    use FurnitureKind::{
        Comments, Cookie, Copyright, Navigation, Newsletter, Related, Share, Subscription, Tags,
    };
    match cue.kind {
        Related => Some(Related),
        kind @ (Comments | Tags) if cue.opens => Some(kind),
        Share | Newsletter | Copyright | Navigation | Cookie | Comments | Subscription => {
            Some(Navigation)
        }
        _ => None,
    }
}
