//! What does a sentence hold that a weight can be learned for?

use std::ops::Range;

use super::super::entry::EntryClass;
use super::super::reading::{Reading, Sentence};
use super::super::rule_set::Rule;
use super::Subject;
use super::place::{N_PLACES, Place, Placing, Wanted};
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

/// What features stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The hit of this number among those of the sentence that the rules weighed.
    Hit(usize),
    /// The word of the sentence where the term starts, its bytes of the text, and the term.
    Words(usize, usize, usize, u32),
    /// The bytes that speak for the sentence as a whole.
    Whole(usize, usize),
}

/// A feature seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) feature: Feature,
    /// The number of its weight, if weights are numbered.
    pub(super) weight: u32,
    /// The number of its source.
    pub(super) source: u32,
    pub(super) value: f64,
}

/// A negator reaches this many words past itself.
const REACH: usize = 4;

/// A valence of 2 counts as 1.
const VALENCE: f64 = 2.0;

/// Scratch space.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    pub(super) items: Vec<Item>,
    pub(super) kinds: Vec<u32>,
    pub(super) buffer: String,
}

/// The features of a sentence, those of one source in a row, in the order of the sources.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    pub(super) seen: Vec<Seen>,
    /// The hits in the order of the text, then the terms in theirs, then the whole.
    pub(super) sources: Vec<Source>,
    /// How many of the sources are hits.
    pub(super) n_hits: usize,
    scratch: Scratch,
}

impl Features {
    #[inline]
    fn push(&mut self, term: u32, wanted: Wanted, place: Place, value: f64) {
        let (weight, source) = (wanted.weight(place), self.sources.len() as u32);
        self.seen.push(Seen { feature: Feature::new(term, place), weight, source, value });
    }

    /// Notes the source of the features that were pushed since there were so many.
    fn close(&mut self, before: usize, source: Source) {
        if self.seen.len() > before {
            self.sources.push(source);
        }
    }

    /// Replaces the features by those of a sentence, at the places that are `wanted` of each term.
    pub(super) fn read(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        terms: &Terms,
        wanted: impl Fn(u32) -> Wanted,
    ) {
        self.seen.clear();
        self.sources.clear();
        let placing = Placing { sentence: reading.sentence(text), subject };
        self.hits(reading, placing, terms, &wanted);
        self.n_hits = self.sources.len();
        let mut scratch = std::mem::take(&mut self.scratch);
        track(text, reading, subject, terms, &mut scratch);
        // Long sentences say no more than short ones.
        let value = 1.0 / (scratch.items.len().max(1) as f64).sqrt();
        for (at, item) in scratch.items.iter().enumerate() {
            if item.group == NONE {
                continue;
            }
            self.single(reading, placing, item, terms.single(item.group), &wanted, value);
            if let Some(next) = scratch.items.get(at + 1).filter(|next| next.joined) {
                self.pair(placing, (item, next), terms, &wanted, value);
            }
        }
        self.scratch = scratch;
        let of_text = wanted(TEXT);
        if of_text.has(Place::Any) {
            let whole = whole(reading, subject);
            self.push(TEXT, of_text, Place::Any, 1.0);
            self.sources.push(Source::Whole(whole.start, whole.end));
        }
    }

    /// The entries of the lexicon, by sign and place, after the rules.
    fn hits(
        &mut self,
        reading: &Reading,
        placing: Placing<'_>,
        terms: &Terms,
        wanted: &impl Fn(u32) -> Wanted,
    ) {
        let (good, bad) = (wanted(GOOD), wanted(BAD));
        for (at, weighed) in reading.weighed.iter().enumerate() {
            if weighed.value == 0.0 {
                continue;
            }
            let before = self.seen.len();
            let entry = terms.of_entry(weighed.hit.entry);
            let of_entry = if entry == NONE { Wanted::default() } else { wanted(entry) };
            if of_entry.has(Place::Entry) {
                let value = weighed.value * weighed.weight / VALENCE;
                self.push(entry, of_entry, Place::Entry, value);
            }
            let (term, wanted) = if weighed.value > 0.0 { (GOOD, good) } else { (BAD, bad) };
            let value = weighed.value.abs() / VALENCE;
            let (from, to) = (weighed.hit.from, weighed.hit.to);
            for (place, holds) in [
                (Place::Any, true),
                (Place::Shouted, wanted.has(Place::Shouted) && shouted(reading, from)),
                (Place::Negated, weighed.rules.contains(Rule::Negation)),
                (Place::OwnWords, weighed.rules.contains(Rule::Speech)),
            ] {
                if holds && wanted.has(place) {
                    self.push(term, wanted, place, value);
                }
            }
            for place in placing.of(from, to, wanted.places).iter() {
                self.push(term, wanted, place, value);
            }
            self.close(before, Source::Hit(at));
        }
    }

    /// A word alone.
    #[inline]
    fn single(
        &mut self,
        reading: &Reading,
        placing: Placing<'_>,
        item: &Item,
        term: u32,
        wanted: &impl Fn(u32) -> Wanted,
        value: f64,
    ) {
        let wanted = if term == NONE { Wanted::default() } else { wanted(term) };
        if wanted.places.is_empty() {
            return;
        }
        let before = self.seen.len();
        let negated = negated(placing.sentence, item.from);
        let plain = if negated { Place::Negated } else { Place::Any };
        if wanted.has(plain) {
            self.push(term, wanted, plain, value);
        }
        let alone = item.from + 1 == item.to;
        if wanted.has(Place::Shouted) && alone && shouted(reading, item.from) {
            self.push(term, wanted, Place::Shouted, value);
        }
        for place in placing.of(item.from, item.to, wanted.places).iter() {
            self.push(term, wanted, place, value);
        }
        self.close(before, Source::Words(item.from, item.start, item.end, term));
    }

    /// Two words in a row.
    #[inline]
    fn pair(
        &mut self,
        placing: Placing<'_>,
        (item, next): (&Item, &Item),
        terms: &Terms,
        wanted: &impl Fn(u32) -> Wanted,
        value: f64,
    ) {
        let term = terms.pair(item.group, next.group);
        let wanted = if term == NONE { Wanted::default() } else { wanted(term) };
        if wanted.places.is_empty() {
            return;
        }
        let before = self.seen.len();
        if wanted.has(Place::Any) {
            self.push(term, wanted, Place::Any, value);
        }
        let mut found = placing.of(item.from, next.to, wanted.places);
        for beside in [Place::NextBefore, Place::NextAfter, Place::Inside] {
            found = found.without(beside);
        }
        for place in found.iter() {
            self.push(term, wanted, place, value);
        }
        self.close(before, Source::Words(item.from, item.start, next.end, term));
    }
}

/// Whether a word is in capitals where others are not.
fn shouted(reading: &Reading, at: usize) -> bool {
    let words = reading.words();
    words.get(at).is_some_and(|word| word.shape == Shape::Upper)
        && words.iter().any(|word| word.shape == Shape::Lower)
}

fn negated(sentence: Sentence<'_>, at: usize) -> bool {
    sentence.holds(EntryClass::Negator)
        && sentence.of(EntryClass::Negator).any(|negator| {
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
