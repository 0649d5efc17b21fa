//! What does a sentence hold that a weight can be learned for?

use std::ops::Range;

use super::super::entry::EntryClass;
use super::super::reading::{Reading, Sentence};
use super::super::rule_set::Rule;
use super::Subject;
use super::place::{N_PLACES, Place, Places, places_of};
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
    /// The word of the sentence where the term starts, and its bytes of the text.
    Words(usize, usize, usize),
    /// The bytes that speak for the sentence as a whole.
    Whole(usize, usize),
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

/// Scratch space.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    items: Vec<Item>,
    buffer: String,
}

/// Replaces `seen` by the features of a sentence, those of one source in a row, at the places that are `wanted` of
/// each term.
pub(super) fn features(
    text: &str,
    reading: &Reading,
    subject: &Subject<'_>,
    terms: &Terms,
    wanted: impl Fn(u32) -> Places,
    scratch: &mut Scratch,
    seen: &mut Vec<Seen>,
) {
    seen.clear();
    let sentence = reading.sentence(text);
    hits(sentence, reading, subject, terms, &wanted, seen);
    let Scratch { items, buffer } = scratch;
    track(text, reading, subject, terms, items, buffer);
    // Long sentences say no more than short ones.
    let value = 1.0 / (items.len().max(1) as f64).sqrt();
    for (at, item) in items.iter().enumerate() {
        let single = terms.single(item.group);
        let places = if single == NONE { Places::default() } else { wanted(single) };
        if !places.is_empty() {
            let source = Source::Words(item.from, item.start, item.end);
            let mut push = |place| {
                seen.push(Seen { feature: Feature::new(single, place), value, source });
            };
            let plain = if negated(sentence, item.from) { Place::Negated } else { Place::Any };
            if places.has(plain) {
                push(plain);
            }
            if places.has(Place::Shouted) && item.from + 1 == item.to && shouted(reading, item.from)
            {
                push(Place::Shouted);
            }
            places_of(sentence, subject, (item.from, item.to), places, push);
        }
        let Some(next) = items.get(at + 1).filter(|next| next.joined) else { continue };
        let pair = terms.pair(item.group, next.group);
        let places = if pair == NONE { Places::default() } else { wanted(pair) };
        if !places.is_empty() {
            let source = Source::Words(item.from, item.start, next.end);
            let mut push =
                |place| seen.push(Seen { feature: Feature::new(pair, place), value, source });
            if places.has(Place::Any) {
                push(Place::Any);
            }
            places_of(sentence, subject, (item.from, next.to), places, |place| {
                if !matches!(place, Place::NextBefore | Place::NextAfter | Place::Inside) {
                    push(place);
                }
            });
        }
    }
    if wanted(TEXT).has(Place::Any) {
        let whole = whole(reading, subject);
        let source = Source::Whole(whole.start, whole.end);
        seen.push(Seen { feature: Feature::new(TEXT, Place::Any), value: 1.0, source });
    }
}

/// The entries of the lexicon, by sign and place, after the rules.
fn hits(
    sentence: Sentence<'_>,
    reading: &Reading,
    subject: &Subject<'_>,
    terms: &Terms,
    wanted: &impl Fn(u32) -> Places,
    seen: &mut Vec<Seen>,
) {
    for (at, weighed) in reading.weighed.iter().enumerate() {
        if weighed.value == 0.0 {
            continue;
        }
        let source = Source::Hit(at);
        let entry = terms.of_entry(weighed.hit.entry);
        if entry != NONE && wanted(entry).has(Place::Entry) {
            let value = weighed.value * weighed.weight / VALENCE;
            seen.push(Seen { feature: Feature::new(entry, Place::Entry), value, source });
        }
        let term = if weighed.value > 0.0 { GOOD } else { BAD };
        let value = weighed.value.abs() / VALENCE;
        let places = wanted(term);
        let mut push = |place, holds: bool| {
            if holds && places.has(place) {
                seen.push(Seen { feature: Feature::new(term, place), value, source });
            }
        };
        push(Place::Any, true);
        push(Place::Shouted, shouted(reading, weighed.hit.from));
        push(Place::Negated, weighed.rules.contains(Rule::Negation));
        push(Place::OwnWords, weighed.rules.contains(Rule::Speech));
        places_of(sentence, subject, (weighed.hit.from, weighed.hit.to), places, |place| {
            push(place, true);
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
