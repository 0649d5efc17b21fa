//! What stands after the last paragraph of a page?

use super::Role;
use super::date::TimeLine;
use super::furniture::{Cue, FurnitureKind};
use super::lines::{is_bullet, sentence_end};
use super::note;
use super::parse::Reading;
use super::shape::Mark;
use super::zones::Zones;

impl Reading<'_, '_> {
    /// The first line after the last prose that no cue explains.
    pub(super) fn foot_start(&self, zones: &Zones) -> usize {
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
    pub(super) fn foot(&mut self, zones: &Zones) {
        let start = self.foot_start(zones);
        let run = self.opening_run(start, zones);
        let mut list = None;
        for at in start..zones.comments {
            list = list.or_else(|| run.filter(|run| run.0 == at).map(|run| run.1));
            let shape = &self.page.shapes[at];
            match shape.mark {
                // "Ann Poe covers schools. Email her at …"
                Mark::Furniture(cue)
                    if cue.kind == FurnitureKind::Contact && shape.prose && self.is_note(at) =>
                {
                    self.note(at);
                }
                Mark::Furniture(cue) => {
                    self.marked(at);
                    list = follows(cue).filter(|_| !zones.letter).or(list);
                }
                Mark::Time if (list.is_none() || !self.times.is_told()) && self.is_labelled(at) => {
                    self.marked(at);
                }
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
                _ if self.is_note(at) => self.note(at),
                _ if self.tells_at_length(at) => {}
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

    /// Where labels stand together at the start of the foot: three or more in a row, or fewer on top
    /// of what is known to be furniture. A subject, a region and a title leave no other trace.
    fn opening_run(&self, start: usize, zones: &Zones) -> Option<(usize, FurnitureKind)> {
        const ROW: usize = 3;
        const LONGEST: usize = 12;
        let page = self.page;
        let label = |at: &usize| {
            let line = page.line(*at);
            let whole = sentence_end(line).is_none() && !line.ends_with([':', ',', ';']);
            page.shapes[*at].mark == Mark::Plain
                && line.split_whitespace().count() <= LONGEST
                && (whole || page.shapes.get(at + 1).is_some_and(|next| next.cue().is_some()))
                && !is_bullet(line)
                && !self.is_note(*at)
        };
        // The last sentences may be too short to count as prose.
        let sentence = |at: &usize| {
            page.shapes[*at].mark == Mark::Plain && sentence_end(page.line(*at)).is_some()
        };
        let start = start + (start..zones.comments).take_while(sentence).count();
        let row = (start..zones.comments).take_while(label).count();
        let last = start + row;
        let tight = |at: usize| !page.shapes[at].after_gap;
        // A subheading stands over a paragraph, so labels behind the last one head nothing.
        let leads = row > 0
            && last < zones.comments
            && page.shapes[last].cue().is_some()
            && (start + 1..=last).all(tight);
        let stands = row >= ROW && (start + 1..last).all(tight);
        (zones.prose && !zones.letter && (leads || stands))
            .then_some((start, FurnitureKind::Navigation))
    }

    /// Whether a line without a mark holds a sentence and more, as no label does.
    fn tells_at_length(&self, at: usize) -> bool {
        const LABEL: usize = 60;
        let line = self.page.line(at);
        self.page.shapes[at].mark == Mark::Plain && line.len() > LABEL && line.contains(". ")
    }
}

/// What the lines without a cue after this one are, in the foot.
fn follows(cue: Cue) -> Option<FurnitureKind> {
    use FurnitureKind::{
        Comments, Contact, Cookie, Copyright, Disclaimer, Navigation, Newsletter, Related, Share,
        Subscription, Tags,
    };
    match cue.kind {
        Related => Some(Related),
        kind @ (Comments | Tags) if cue.opens => Some(kind),
        Share | Newsletter | Copyright | Navigation | Cookie | Comments | Subscription
        | Contact | Disclaimer => Some(Navigation),
        _ => None,
    }
}
