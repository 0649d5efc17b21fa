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

/// Takes the features of a sentence as they are read, source after source in the order of the text.
pub(super) trait Sink {
    /// The places at which a term is asked for.
    fn wanted(&self, term: u32) -> Wanted;

    /// A term at one of its places.
    fn feature(&mut self, term: u32, wanted: Wanted, place: Place, value: f64);

    /// What the features since the last source stand on, if there are any.
    fn source(&mut self, source: Source);
}

/// A negator reaches this many words past itself.
const REACH: usize = 4;

/// A valence of 2 counts as 1.
const VALENCE: f64 = 2.0;

/// Scratch space.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// The group of each word.
    pub(super) groups: Vec<u32>,
    pub(super) items: Vec<Item>,
    /// The numbers of the items that may have something to tell.
    pub(super) telling: Vec<u32>,
    pub(super) buffer: String,
}

/// Reads the features of a sentence for a sink.
pub(super) struct Features<'r, S> {
    reading: &'r Reading,
    placing: Placing<'r>,
    terms: &'r Terms,
    sink: &'r mut S,
    good: Wanted,
    bad: Wanted,
    /// The next hit, and the bytes that speak for the whole until they are told.
    hit: usize,
    whole: Option<Range<usize>>,
    /// Where the next of the two stands.
    next: (usize, usize),
}

impl<'r, S: Sink> Features<'r, S> {
    /// Tells the sink of the features of a sentence, at the places that it wants.
    pub(super) fn read(
        text: &'r str,
        reading: &'r Reading,
        subject: &'r Subject<'r>,
        terms: &'r Terms,
        scratch: &mut Scratch,
        sink: &'r mut S,
    ) {
        track(text, reading, subject, terms, scratch);
        let whole = sink.wanted(TEXT).has(Place::Any).then(|| whole(reading, subject));
        let (good, bad) = (sink.wanted(GOOD), sink.wanted(BAD));
        let placing = Placing { sentence: reading.sentence(text), subject };
        let next = (0, 0);
        let mut features = Self { reading, placing, terms, sink, good, bad, hit: 0, whole, next };
        features.look_ahead();
        features.terms(scratch);
        features.others_until((usize::MAX, usize::MAX));
    }

    /// The words and pairs of words, and in between whatever stands there.
    fn terms(&mut self, Scratch { items, telling, .. }: &mut Scratch) {
        // Long sentences say no more than short ones.
        let value = 1.0 / ((items.len() - 1).max(1) as f64).sqrt();
        self.note_telling(items, telling);
        for &at in &*telling {
            let (item, next) = (&items[at as usize], &items[at as usize + 1]);
            let tells = self.terms.tells(item.group);
            if tells.term != NONE {
                self.single(item, tells.term, value);
            }
            if next.joined && tells.may_lead_to(next.group) {
                self.pair((item, next), self.terms.pair(item.group, next.group), value);
            }
        }
    }

    /// Notes which items may have something to tell, alone or with the next one. All are looked at without a branch, since
    /// none of them could be guessed.
    fn note_telling(&self, items: &[Item], telling: &mut Vec<u32>) {
        telling.clear();
        telling.resize(items.len(), 0);
        let mut n_telling = 0;
        for (at, pair) in (0..).zip(items.windows(2)) {
            let tells = self.terms.tells(pair[0].group);
            telling[n_telling] = at;
            let leads = pair[1].joined & tells.may_lead_to(pair[1].group);
            n_telling += usize::from((tells.term != NONE) | leads);
        }
        telling.truncate(n_telling);
    }

    /// Finds where the next hit or the whole stands.
    fn look_ahead(&mut self) {
        let words = self.reading.words();
        let hit = self
            .reading
            .weighed
            .get(self.hit)
            .map(|weighed| (words[weighed.hit.from].start, words[weighed.hit.to - 1].end));
        let whole = self.whole.as_ref().map(|bytes| (bytes.start, bytes.end));
        let over = (usize::MAX, usize::MAX);
        self.next = hit.unwrap_or(over).min(whole.unwrap_or(over));
    }

    /// Tells of the hits and of the whole up to a place.
    #[inline]
    fn others_until(&mut self, place: (usize, usize)) {
        while self.next <= place && self.next.0 != usize::MAX {
            self.other();
        }
    }

    /// Tells of the next hit or of the whole.
    fn other(&mut self) {
        if let Some(bytes) = self.whole.take_if(|bytes| (bytes.start, bytes.end) == self.next) {
            let wanted = self.sink.wanted(TEXT);
            self.sink.feature(TEXT, wanted, Place::Any, 1.0);
            self.sink.source(Source::Whole(bytes.start, bytes.end));
        } else {
            self.entry(self.hit);
            self.hit += 1;
        }
        self.look_ahead();
    }

    /// An entry of the lexicon, by itself and by its sign, after the rules.
    fn entry(&mut self, at: usize) {
        let weighed = &self.reading.weighed[at];
        if weighed.value == 0.0 {
            return;
        }
        let entry = self.terms.of_entry(weighed.hit.entry);
        let of_entry = if entry == NONE { Wanted::default() } else { self.sink.wanted(entry) };
        if of_entry.has(Place::Entry) {
            let value = weighed.value * weighed.weight / VALENCE;
            self.sink.feature(entry, of_entry, Place::Entry, value);
        }
        let (term, wanted) = if weighed.value > 0.0 { (GOOD, self.good) } else { (BAD, self.bad) };
        let value = weighed.value.abs() / VALENCE;
        let (from, to) = (weighed.hit.from, weighed.hit.to);
        for (place, holds) in [
            (Place::Any, true),
            (Place::Shouted, wanted.has(Place::Shouted) && shouted(self.reading, from)),
            (Place::Negated, weighed.rules.contains(Rule::Negation)),
            (Place::OwnWords, weighed.rules.contains(Rule::Speech)),
        ] {
            if holds && wanted.has(place) {
                self.sink.feature(term, wanted, place, value);
            }
        }
        for place in self.placing.of(from, to, wanted.places).iter() {
            self.sink.feature(term, wanted, place, value);
        }
        self.sink.source(Source::Hit(at));
    }

    /// A word alone.
    #[inline]
    fn single(&mut self, item: &Item, term: u32, value: f64) {
        let wanted = self.sink.wanted(term);
        self.others_until((item.start, item.end));
        let (from, to) = (item.from as usize, item.to as usize);
        let negated = negated(&self.placing.sentence, from);
        let plain = if negated { Place::Negated } else { Place::Any };
        if wanted.has(plain) {
            self.sink.feature(term, wanted, plain, value);
        }
        if wanted.has(Place::Shouted) && from + 1 == to && shouted(self.reading, from) {
            self.sink.feature(term, wanted, Place::Shouted, value);
        }
        for place in self.placing.of(from, to, wanted.places).iter() {
            self.sink.feature(term, wanted, place, value);
        }
        self.sink.source(Source::Words(from, item.start, item.end, term));
    }

    /// Two words in a row.
    #[inline]
    fn pair(&mut self, (item, next): (&Item, &Item), term: u32, value: f64) {
        if term == NONE {
            return;
        }
        let wanted = self.sink.wanted(term);
        self.others_until((item.start, next.end));
        let (from, to) = (item.from as usize, next.to as usize);
        if wanted.has(Place::Any) {
            self.sink.feature(term, wanted, Place::Any, value);
        }
        let mut found = self.placing.of(from, to, wanted.places);
        for beside in [Place::NextBefore, Place::NextAfter, Place::Inside] {
            found = found.without(beside);
        }
        for place in found.iter() {
            self.sink.feature(term, wanted, place, value);
        }
        self.sink.source(Source::Words(from, item.start, next.end, term));
    }
}

/// Whether a word is in capitals where others are not.
fn shouted(reading: &Reading, at: usize) -> bool {
    let words = reading.words();
    words.get(at).is_some_and(|word| word.shape == Shape::Upper)
        && words.iter().any(|word| word.shape == Shape::Lower)
}

fn negated(sentence: &Sentence<'_>, at: usize) -> bool {
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
