//! The features of a document that is learned from.

use super::super::evidence::{Evidence, Verdict};
use super::super::reading::Reading;
use super::super::rules::Lead;
use super::features::{Feature, Features, Scratch, Sink, Source};
use super::place::{Place, Places};
use super::tally::scale;
use super::terms::{BAD, GOOD, TEXT, Terms};
use super::{Question, Subject};

/// Every feature of a document, with its value.
#[derive(Debug, Default)]
pub(super) struct Observed {
    features: Vec<(Feature, f64)>,
    sentences: usize,
    /// The same, where those of the lead count for more.
    counted: f64,
    lead: Lead,
    scratch: Scratch,
}

impl Observed {
    /// Notes the features of a sentence.
    pub(super) fn note(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        terms: &Terms,
    ) {
        if let Some(weight) = self.lead.weight_before(reading) {
            self.features.iter_mut().for_each(|(_, value)| *value *= weight);
            self.counted *= weight;
        }
        let mut all = All(&mut self.features);
        Features::read(text, reading, subject, terms, &mut self.scratch, &mut all);
        self.sentences += 1;
        self.counted += 1.0;
    }

    /// The features with their values: those noted, and what the scorer came to so far.
    pub(super) fn values(
        mut self,
        question: Question,
        so_far: &Verdict<'_>,
    ) -> Vec<(Feature, f64)> {
        if self.sentences > 0 {
            let scale = scale(question, self.sentences, self.counted);
            self.features.iter_mut().for_each(|(_, value)| *value *= scale);
        }
        let all: f64 = so_far.evidence.iter().map(|reason| reason.contribution.abs()).sum();
        for reason in &so_far.evidence {
            let value = reason.contribution.abs();
            self.features.push((by_sign(reason, Place::Scored), value));
            self.features.push((by_sign(reason, Place::Share), value / all));
        }
        self.features
    }
}

/// Takes every term at every place.
struct All<'f>(&'f mut Vec<(Feature, f64)>);

impl Sink for All<'_> {
    fn wants(&self, _: u32, _: Place) -> bool {
        true
    }

    fn term(&mut self, term: u32, places: Places, value: f64) {
        self.0.extend(places.iter().map(|place| (Feature::new(term, place), value)));
    }

    fn source(&mut self, _: Source) {}
}

/// What the scorer said so far of an entry, as a feature.
fn by_sign(reason: &Evidence<'_>, place: Place) -> Feature {
    Feature::new(if reason.contribution > 0.0 { GOOD } else { BAD }, place)
}

/// The feature that stands for the text as a whole.
pub(super) fn base() -> Feature {
    Feature::new(TEXT, Place::Any)
}
