//! What stands between the top of a page and its first paragraph?
//!
//! Lines that carry no mark of their own are told by their place: over the headline they are menus or
//! a kicker, under it standfirst, byline, buttons or what a picture shows.

use super::Role;
use super::appeal;
use super::byline;
use super::dateline;
use super::furniture::FurnitureKind;
use super::headline::{self, Choice};
use super::lines::{is_bullet, sentence_end};
use super::mail;
use super::parse::Reading;
use super::picture;
use super::shape::Mark;
use super::zones::{Zones, summary_label};

/// Labels have no more words than this.
const LONGEST_LABEL: usize = 5;

impl Reading<'_, '_> {
    /// Marks in the head, then the headline among the plain lines, then the others by their place.
    pub(super) fn head(&mut self, zones: &Zones) {
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
        self.over_headline(choice.line);
        let anchor = head.rev().find(|&at| self.page.shapes[at].is_anchor());
        let under: Vec<usize> =
            (choice.line + 1..zones.body).filter(|&at| self.is_undecided(at)).collect();
        // A lone line counts as standfirst if it is clear where the body begins.
        let dated = self.page.shapes.get(zones.body).is_some()
            && dateline::find(self.page.line(zones.body)).is_some();
        let timed = anchor.is_some_and(|anchor| anchor < choice.line);
        for &at in &under {
            self.under_headline(at, anchor);
        }
        self.labels(&under, zones);
        let summary = |at: usize| self.page.line(at).split_whitespace().count() >= 4;
        let body = under.iter().copied().filter(|&at| self.roles[at] == Role::Body);
        if let [at] = *body.collect::<Vec<_>>()
            && (dated || timed)
            && summary(at)
            && self.found.standfirst.is_none()
            && !is_bullet(self.page.line(at))
        {
            self.standfirst(at);
        }
    }

    fn standfirst(&mut self, at: usize) {
        let range = self.page.shapes[at].range.clone();
        let label = summary_label(self.page.line(at));
        self.found.standfirst.get_or_insert(range.start + label..range.end);
        self.roles[at] = Role::Standfirst;
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

    /// One label over the headline is its kicker. What stands further up, or with two more labels in
    /// a row, is a menu.
    fn over_headline(&mut self, headline: usize) {
        const MENU: usize = 3;
        let words = |at: usize| self.page.line(at).split_whitespace().count();
        let label = |at: usize| {
            let menu = self.roles[at] == Role::Furniture(FurnitureKind::Navigation);
            (menu || self.is_undecided(at)) && words(at) <= LONGEST_LABEL
        };
        let row = (0..headline).rev().take_while(|&at| label(at)).count();
        let apart = headline.checked_sub(1).filter(|&last| {
            let line = self.page.line(last);
            let shouts = |line: &str| !line.chars().any(char::is_lowercase);
            row < MENU
                || headline::is_label(line)
                || (shouts(line) && !shouts(self.page.line(last - 1)))
        });
        // "LIVE" is a button elsewhere.
        if let Some(last) = apart.filter(|&last| headline::is_label(self.page.line(last))) {
            self.roles[last] = Role::Kicker;
        }
        for at in (0..headline).filter(|&at| self.is_undecided(at)).collect::<Vec<_>>() {
            let kicker = apart == Some(at) && words(at) <= 6;
            let menu = Role::Furniture(FurnitureKind::Navigation);
            self.roles[at] = if kicker { Role::Kicker } else { menu };
        }
    }

    /// A plain line between headline and body.
    fn under_headline(&mut self, at: usize, anchor: Option<usize>) {
        let page = self.page;
        let line = page.line(at);
        if self.is_title_again(at) {
            self.roles[at] = Role::Furniture(FurnitureKind::RepeatedTitle);
            return;
        }
        if summary_label(line) > 0 && self.found.standfirst.is_none() {
            self.standfirst(at);
            return;
        }
        let before_anchor = anchor.is_some_and(|anchor| at < anchor);
        let after_name = at > 0 && self.roles[at - 1] == Role::Byline;
        let ends_in_by = |line: &str| line.to_lowercase().ends_with(" by");
        let provided = at > 0 && ends_in_by(page.line(at - 1));
        self.roles[at] = if self.found.byline.is_none() && self.is_signature(at, after_name) {
            self.found.byline = Some(page.shapes[at].range.clone());
            Role::Byline
        } else if (after_name && byline::is_job(line)) || byline::is_source(line) || provided {
            Role::Byline
        } else if ends_in_by(line) {
            Role::Furniture(FurnitureKind::Credit)
        } else if appeal::is_control(line) {
            Role::Furniture(FurnitureKind::Share)
        } else if (before_anchor || page.shapes[at].is_text()) && !is_bullet(line) {
            if line.split_whitespace().count() < 3 {
                Role::Kicker
            } else {
                self.standfirst(at);
                return;
            }
        } else {
            Role::Body
        };
    }

    /// Whether a line is a name on its own in a place where authors are named: behind "By", before
    /// an office or a time, or right behind the time with buttons under it.
    fn is_signature(&self, at: usize, after_name: bool) -> bool {
        let page = self.page;
        let line = page.line(at);
        if !byline::is_bare_name(line) {
            return false;
        }
        let next = page.shapes.get(at + 1);
        let next_is_job =
            next.is_some_and(|next| next.mark == Mark::Plain) && byline::is_job(page.line(at + 1));
        let next_is_time = next.is_some_and(|next| next.mark == Mark::Time);
        // The name of the paper may stand between name and time.
        let time_is_near = next.is_some_and(|next| next.mark == Mark::Plain)
            && page.shapes.get(at + 2).is_some_and(|after| after.mark == Mark::Time)
            && page.line(at + 1).split_whitespace().count() <= 3;
        let next_is_button =
            next.is_some_and(|next| next.cue().is_some() || appeal::is_control(page.line(at + 1)));
        let timed = at > 0 && page.shapes[at - 1].mark == Mark::Time;
        let short = byline::is_short_names(line);
        next_is_job
            || after_name
            || (short && (next_is_time || time_is_near || (timed && next_is_button)))
    }

    /// Labels under the headline that nothing explains: in a row they are buttons, and one that leans
    /// on the first paragraph is what a picture shows.
    fn labels(&mut self, under: &[usize], zones: &Zones) {
        const LONGEST_BUTTON: usize = 3;
        let page = self.page;
        let is_label = |at: usize| {
            let line = page.line(at);
            let open = sentence_end(line).is_some() || line.ends_with([':', ',', ';']);
            let stamped = at > 0 && page.shapes[at - 1].mark == Mark::Stamp;
            !open && !stamped && !is_bullet(line)
        };
        let attached =
            page.shapes.get(zones.body).is_some_and(|body| body.prose && !body.after_gap);
        for &at in under.iter().filter(|&&at| self.roles[at] == Role::Body).collect::<Vec<_>>() {
            if !is_label(at) {
                continue;
            }
            let button = |other: usize| matches!(self.roles[other], Role::Furniture(_));
            let tight = |other: usize| !page.shapes[other].after_gap;
            let last = at + 1 == zones.body;
            let follows = at > 0 && !last && button(at - 1) && tight(at);
            let leads = !last && button(at + 1) && tight(at + 1);
            let words = page.line(at).split_whitespace().count();
            if picture::is_signed(page.line(at)) {
                self.roles[at] = Role::Caption;
            } else if (follows || leads) && words <= LONGEST_BUTTON {
                self.roles[at] = Role::Furniture(FurnitureKind::Navigation);
            } else if (2..=LONGEST_LABEL).contains(&words) && last && attached && tight(at) {
                self.roles[at] = Role::Caption;
            }
        }
    }
}
