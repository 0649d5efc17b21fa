//! When does a page say that it was published?

use super::Role;
use super::date::{Label, Published, TimeLine};

/// The times that a page tells, each from as many lines as speak of it.
#[derive(Default)]
pub(super) struct Times {
    labelled: Told,
    bare: Told,
    updated: Told,
    /// A label whose date is on the next line.
    awaited: Option<Label>,
}

impl Times {
    pub(super) fn add(&mut self, times: TimeLine) {
        let label = times.label.or(self.awaited);
        self.awaited = times.label.filter(|_| !times.dated);
        let published = if label == Some(Label::Updated) && times.label.is_none() {
            self.updated.add(times.published);
            None
        } else {
            times.published
        };
        let told = if label.is_some() { &mut self.labelled } else { &mut self.bare };
        told.add(published);
        self.updated.add(times.updated);
    }

    /// The role of a line that speaks of times only.
    pub(super) fn role(&self, times: &TimeLine) -> Role {
        let label = times.label.or(self.awaited);
        if label == Some(Label::Updated) && times.published.is_none() {
            Role::Updated
        } else {
            Role::Published
        }
    }

    /// Whether a time of publication has been told.
    pub(super) fn is_told(&self) -> bool {
        self.labelled.is_told() || self.bare.is_told()
    }

    /// The time of publication. What has a label counts before what has none.
    pub(super) fn published(&mut self) -> Option<Published> {
        let told = if self.labelled.is_told() { &mut self.labelled } else { &mut self.bare };
        told.value.take()
    }

    /// The time of the last change.
    pub(super) fn updated(&mut self) -> Option<Published> {
        self.updated.value.take()
    }
}

/// One time, told by one line or more.
#[derive(Default)]
struct Told {
    value: Option<Published>,
    contradicted: bool,
}

impl Told {
    fn add(&mut self, next: Option<Published>) {
        let Some(next) = next.filter(|_| !self.contradicted) else { return };
        match &self.value {
            Some(known) if !known.agrees_with(&next) => {
                self.contradicted = true;
                self.value = None;
            }
            Some(known) if known.time().is_some() => {}
            _ => self.value = Some(next),
        }
    }

    fn is_told(&self) -> bool {
        self.contradicted || self.value.is_some()
    }
}
