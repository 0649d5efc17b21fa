//! What does a sentence hold that a weight can be learned for?

use std::ops::Range;

use super::super::reading::Reading;
use super::super::rule_set::Rule;
use super::Subject;
use super::place::{N_PLACES, Place, Places};
use super::placing::Placing;
use super::terms::{BAD, GOOD, NONE, TEXT, Terms};
use super::track::{Sign, Track};

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
    /// Whether a term is asked for at a place.
    fn wants(&self, term: u32, place: Place) -> bool;

    /// A term at some places, with its value.
    fn term(&mut self, term: u32, places: Places, value: f64);

    /// What the features since the last source stand on, if there are any.
    fn source(&mut self, source: Source);
}

/// A valence of 2 counts as 1.
const VALENCE: f64 = 2.0;

/// Room for reading a sentence.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Scratch {
    track: Track,
    placing: Placing,
}

/// Reads the features of a sentence for a sink.
pub(super) struct Features<'r, S> {
    reading: &'r Reading,
    track: &'r Track,
    placing: &'r Placing,
    terms: &'r Terms,
    sink: &'r mut S,
    /// What a word counts for: long sentences say no more than short ones.
    value: f64,
    /// The next hit, the next sign, and the bytes that speak for the whole until they are told.
    hit: usize,
    sign: usize,
    whole: Option<Range<usize>>,
    /// Where the next of the three stands.
    next: (usize, usize),
}

impl<'r, S: Sink> Features<'r, S> {
    /// Tells the sink of the features of a sentence.
    pub(super) fn read(
        text: &'r str,
        reading: &'r Reading,
        subject: &'r Subject<'r>,
        terms: &'r Terms,
        scratch: &'r mut Scratch,
        sink: &'r mut S,
    ) {
        let Scratch { track, placing } = scratch;
        track.read(text, reading, subject, terms);
        placing.read(&reading.sentence(text), subject);
        let whole = sink.wants(TEXT, Place::Any).then(|| whole(reading, subject));
        let value = 1.0 / (track.len().max(1) as f64).sqrt();
        let (hit, sign, next) = (0, 0, (0, 0));
        let mut features =
            Self { reading, track, placing, terms, sink, value, hit, sign, whole, next };
        features.look_ahead();
        features.terms();
        features.others_until((usize::MAX, usize::MAX));
    }

    /// The words and pairs of words, and in between whatever stands there.
    fn terms(&mut self) {
        let (track, terms, words) = (self.track, self.terms, self.reading.words());
        for told in track.telling() {
            let at = told.word();
            let (term, from, to, places) = if told.is_pair() {
                let term = terms.pair(track.group(at), track.group(at + 1));
                if term == NONE {
                    continue;
                }
                let (from, to) = (track.first(at), track.end(at + 1));
                (term, from, to, self.placing.pair(from, to))
            } else {
                let to = track.end(at);
                (terms.tells(track.group(at)).term, at, to, self.placing.single(at, to))
            };
            let (start, end) = (words[from].start, words[to - 1].end);
            self.others_until((start, end));
            self.sink.term(term, places, self.value);
            self.sink.source(Source::Words(from, start, end, term));
        }
    }

    /// Finds where the next hit, the whole or the next sign stands.
    fn look_ahead(&mut self) {
        const OVER: (usize, usize) = (usize::MAX, usize::MAX);
        let words = self.reading.words();
        let hit = self.reading.weighed.get(self.hit).map(|weighed| &weighed.hit);
        let hit = hit.map_or(OVER, |hit| (words[hit.from].start, words[hit.to - 1].end));
        let whole = self.whole.as_ref().map_or(OVER, |bytes| (bytes.start, bytes.end));
        let sign = self.track.signs().get(self.sign);
        let sign = sign.map_or(OVER, |sign| (sign.bytes.start, sign.bytes.end));
        self.next = hit.min(whole).min(sign);
    }

    /// Tells of the hits, of the whole and of the signs up to a place.
    #[inline]
    fn others_until(&mut self, place: (usize, usize)) {
        while self.next <= place && self.next.0 != usize::MAX {
            self.other();
        }
    }

    /// Tells of the next hit, of the whole or of the next sign.
    fn other(&mut self) {
        let is_next = |bytes: &Range<usize>| (bytes.start, bytes.end) == self.next;
        let sign = self.track.signs().get(self.sign).filter(|sign| is_next(&sign.bytes));
        let source = if let Some(bytes) = self.whole.take_if(|bytes| is_next(bytes)) {
            self.sink.term(TEXT, Places::one(Place::Any), 1.0);
            Source::Whole(bytes.start, bytes.end)
        } else if let Some(sign) = sign {
            self.sign += 1;
            self.mark(sign)
        } else {
            self.hit += 1;
            self.entry(self.hit - 1)
        };
        self.sink.source(source);
        self.look_ahead();
    }

    /// An entry of the lexicon, by itself and by its sign, after the rules.
    fn entry(&mut self, at: usize) -> Source {
        let weighed = &self.reading.weighed[at];
        if weighed.value != 0.0 {
            let entry = self.terms.of_entry(weighed.hit.entry);
            if entry != NONE {
                let value = weighed.value * weighed.weight / VALENCE;
                self.sink.term(entry, Places::one(Place::Entry), value);
            }
            let places = self
                .placing
                .entry(weighed.hit.from, weighed.hit.to)
                .with(Place::Negated, weighed.rules.contains(Rule::Negation))
                .with(Place::OwnWords, weighed.rules.contains(Rule::Speech));
            let term = if weighed.value > 0.0 { GOOD } else { BAD };
            self.sink.term(term, places, weighed.value.abs() / VALENCE);
        }
        Source::Hit(at)
    }

    /// A mark between words.
    #[cold]
    fn mark(&mut self, sign: &Sign) -> Source {
        let term = self.terms.tells(sign.group).term;
        if term != NONE {
            let places = self.placing.single(sign.behind, sign.behind + 1);
            self.sink.term(term, places, self.value);
        }
        Source::Words(sign.behind, sign.bytes.start, sign.bytes.end, term)
    }
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
