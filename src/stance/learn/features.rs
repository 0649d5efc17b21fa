//! What does a sentence hold that a weight can be learned for?

use std::ops::Range;

use super::super::entry::EntryClass;
use super::super::reading::{Reading, Sentence};
use super::super::rule_set::Rule;
use super::Subject;
use super::place::{N_PLACES, Place, places_of};
use super::terms::{BAD, GOOD, NONE, TEXT, Terms};
use super::track::{Item, track};
use crate::text::words::Shape;

/// A term at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Feature(pub(super) u32);

impl Feature {
    pub(super) fn new(term: u32, place: Place) -> Self {
        Self(term * N_PLACES as u32 + place as u32)
    }

    pub(super) fn term(self) -> u32 {
        self.0 / N_PLACES as u32
    }

    pub(super) fn place(self) -> u32 {
        self.0 % N_PLACES as u32
    }
}

/// What a feature stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The hit of this number among those of the sentence that the rules weighed.
    Hit(usize),
    /// Bytes of the text.
    Bytes(usize, usize),
}

/// A feature seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) feature: Feature,
    pub(super) value: f64,
    pub(super) source: Source,
}

/// A negator reaches this many words past itself.
const REACH: usize = 4;

/// A valence of 2 counts as 1.
const VALENCE: f64 = 2.0;

/// Replaces `seen` by the features of a sentence, those of one source in a row. `items` is scratch space.
pub(super) fn features(
    text: &str,
    reading: &Reading,
    subject: &Subject<'_>,
    terms: &Terms,
    items: &mut Vec<Item>,
    seen: &mut Vec<Seen>,
) {
    seen.clear();
    let sentence = reading.sentence(text);
    hits(sentence, reading, subject, terms, seen);
    track(text, reading, subject, terms, items);
    // Long sentences say no more than short ones.
    let value = 1.0 / (items.len().max(1) as f64).sqrt();
    for (at, item) in items.iter().enumerate() {
        let single = terms.single(item.group);
        if single != NONE {
            let source = Source::Bytes(item.start, item.end);
            let mut push = |place| {
                seen.push(Seen { feature: Feature::new(single, place), value, source });
            };
            let negated = negated(sentence, item.from);
            push(if negated { Place::Negated } else { Place::Any });
            if item.from + 1 == item.to && shouted(reading, item.from) {
                push(Place::Shouted);
            }
            places_of(sentence, subject, (item.from, item.to), push);
        }
        let Some(next) = items.get(at + 1).filter(|next| next.joined) else { continue };
        let pair = terms.pair(item.group, next.group);
        if pair != NONE {
            let source = Source::Bytes(item.start, next.end);
            let mut push =
                |place| seen.push(Seen { feature: Feature::new(pair, place), value, source });
            push(Place::Any);
            places_of(sentence, subject, (item.from, next.to), |place| {
                if !matches!(place, Place::NextBefore | Place::NextAfter | Place::Inside) {
                    push(place);
                }
            });
        }
    }
    let whole = whole(reading, subject);
    let source = Source::Bytes(whole.start, whole.end);
    seen.push(Seen { feature: Feature::new(TEXT, Place::Any), value: 1.0, source });
}

/// The entries of the lexicon, by sign and place, after the rules.
fn hits(
    sentence: Sentence<'_>,
    reading: &Reading,
    subject: &Subject<'_>,
    terms: &Terms,
    seen: &mut Vec<Seen>,
) {
    for (at, weighed) in reading.weighed.iter().enumerate() {
        if weighed.value == 0.0 {
            continue;
        }
        let term = if weighed.value > 0.0 { GOOD } else { BAD };
        let value = weighed.value.abs() / VALENCE;
        let mut push = |place, value| {
            seen.push(Seen { feature: Feature::new(term, place), value, source: Source::Hit(at) });
        };
        push(Place::Any, value);
        let entry = terms.of_entry(weighed.hit.entry);
        if entry != NONE {
            let value = weighed.value * weighed.weight / VALENCE;
            seen.push(Seen {
                feature: Feature::new(entry, Place::Entry),
                value,
                source: Source::Hit(at),
            });
        }
        let mut push = |place, value| {
            seen.push(Seen { feature: Feature::new(term, place), value, source: Source::Hit(at) });
        };
        if shouted(reading, weighed.hit.from) {
            push(Place::Shouted, value);
        }
        if weighed.rules.contains(Rule::Negation) {
            push(Place::Negated, value);
        }
        if weighed.rules.contains(Rule::Speech) {
            push(Place::OwnWords, value);
        }
        places_of(sentence, subject, (weighed.hit.from, weighed.hit.to), |place| {
            push(place, value);
        });
    }
}

/// Whether a word is in capitals where others are not.
fn shouted(reading: &Reading, at: usize) -> bool {
    let words = reading.words();
    words.get(at).is_some_and(|word| word.shape == Shape::Upper)
        && words.iter().any(|word| word.shape == Shape::Lower)
}

fn negated(sentence: Sentence<'_>, at: usize) -> bool {
    sentence.of(EntryClass::Negator).any(|negator| {
        at >= negator.to && at - negator.to < REACH && sentence.same_clause(negator.from, at)
    })
}

/// The bytes that speak for the sentence as a whole: the target where there is one.
fn whole(reading: &Reading, subject: &Subject<'_>) -> Range<usize> {
    let words = reading.words();
    let of = |range: &Range<usize>| {
        let (first, last) = (words.get(range.start), words.get(range.end.wrapping_sub(1)));
        first.zip(last).map(|(first, last)| first.start..last.end)
    };
    let target = match subject {
        Subject::Text => None,
        Subject::Target(mentions) => mentions.first().and_then(of),
        Subject::Pair { target, .. } => of(target),
    };
    target.unwrap_or_else(|| reading.range())
}
