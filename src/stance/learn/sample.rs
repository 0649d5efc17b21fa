//! What did a person read, and toward what?

use std::ops::Range;

use super::super::evidence::Verdict;
use super::super::reader::Memory;
use super::super::reading::Reading;
use super::super::scorer::StanceScorer;
use super::super::spoken::{Spoken, mention_at};
use super::super::stacked::Stacked;
use super::super::tally::Tally;
use super::Subject;
use super::learned::Question;
use crate::targets::{TargetKind, mentions_of};

/// A text as a person read it for a label: as a whole, or toward somebody in it.
///
/// ```
/// use undertone::Sample;
///
/// let text = "Baku praised the treaty.";
/// let whole = Sample::text(text);
/// let toward = Sample::toward(text, "Azerbaijan");
/// let span = Sample::at(text, 13..23);
/// let between = Sample::between(text, 0..4, 13..23);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample<'t> {
    pub(super) text: &'t str,
    pub(super) aim: Aim<'t>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aim<'t> {
    Text,
    Named(&'t str),
    At(Range<usize>),
    Between(Range<usize>, Range<usize>),
}

impl<'t> Sample<'t> {
    /// A text for how it sounds.
    pub fn text(text: &'t str) -> Self {
        Self { text, aim: Aim::Text }
    }

    /// A text for how it stands toward a target, wherever it speaks of it.
    pub fn toward(text: &'t str, target: &'t str) -> Self {
        Self { text, aim: Aim::Named(target) }
    }

    /// A text for how it stands toward what is mentioned at a byte range.
    pub fn at(text: &'t str, target: Range<usize>) -> Self {
        Self { text, aim: Aim::At(target) }
    }

    /// A text for what the actor at one byte range feels toward what is mentioned at another.
    pub fn between(text: &'t str, holder: Range<usize>, target: Range<usize>) -> Self {
        Self { text, aim: Aim::Between(holder, target) }
    }
}

impl StanceScorer {
    /// Reads a sample sentence by sentence, and what the scorer says of it.
    pub(super) fn read_sample<'t>(
        &'t self,
        sample: &Sample<'t>,
        mut note: impl FnMut(&Reading, &Subject<'_>),
    ) -> (Question, Verdict<'t>) {
        let text = sample.text;
        let (mut memory, mut tally) = (Memory::default(), Stacked::default());
        let mut each = |reading: &Reading, subject: &Subject<'_>| {
            tally.take(text, reading, subject, self);
            note(reading, subject);
        };
        let target = match &sample.aim {
            Aim::Text => None,
            Aim::Named(name) => Some(mentions_of(self.targets(), text, name)),
            Aim::At(range) | Aim::Between(_, range) => Some(mention_at(text, range.clone())),
        };
        let question = match (&sample.aim, &target) {
            (Aim::Between(holder, _), Some(target)) => {
                let holder = mention_at(text, holder.clone());
                let spoken = Spoken::of(target);
                self.each_pair(text, holder.mentions(), spoken, &mut memory, each);
                Question::Pair
            }
            (_, Some(target)) => {
                let spoken = [Spoken::of(target)];
                self.each_aim(text, &spoken, &mut memory, |_, reading, subject| {
                    each(reading, subject);
                });
                Question::Target
            }
            (_, None) => {
                self.each_text(text, &mut memory, |reading| each(reading, &Subject::Text));
                Question::Text
            }
        };
        let kind = target.map_or(TargetKind::Name, |target| target.kind());
        let by_hand = |hand: Tally<'t>| match question {
            Question::Text => hand.sentiment(),
            Question::Target | Question::Pair => hand.verdict(kind),
        };
        (question, tally.verdict(self, question, by_hand, &mut memory))
    }
}
