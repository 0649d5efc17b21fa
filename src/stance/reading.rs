//! What does a sentence hold that the rules can work on?

use std::ops::Range;

use super::cues::Cue;
use super::entry::{EntryClass, Sense};
use super::look_up::{look_up_drawn_out, look_up_sign, may_be_drawn_out};
use super::rule_set::{Rule, Rules};
use super::tally::LEAST_WEIGHT;
use crate::targets::{NameSpan, Targets};
use crate::text::matcher::Matcher;
use crate::text::words::{Gap, Shape, Word, Words};

/// An entry found at words `from..to` of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) entry: u32,
    pub(super) class: EntryClass,
    /// Whether it is a verb that tells doer and done-to apart.
    pub(super) has_roles: bool,
    pub(super) valence: f64,
}

/// A polar hit on its way through the rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub(super) hit: Hit,
    /// What it says, −4..4 and a little beyond when it is strengthened.
    pub(super) value: f64,
    /// How much of it counts, 0..1.
    pub(super) weight: f64,
    pub(super) rules: Rules,
    pub(super) voice: Speaker,
}

/// Who says something, as words of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    Writer,
    /// Somebody whom the words `from..to` name.
    Named(usize, usize),
    Unnamed,
}

impl Weighed {
    /// Whether enough of it counts to be evidence.
    pub(super) fn counts(&self) -> bool {
        self.weight >= LEAST_WEIGHT
    }

    pub(super) fn scale(&mut self, factor: f64, rule: Rule) {
        self.value *= factor;
        self.rules = self.rules.with(rule);
    }

    pub(super) fn weigh(&mut self, factor: f64, rule: Rule) {
        self.weight *= factor;
        self.rules = self.rules.with(rule);
    }
}

/// One sentence, read: its words, the entries in it and the names. The buffers are reused, so that
/// reading allocates nothing once they have grown.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    words: Words,
    range: Range<usize>,
    ids: Vec<Option<u32>>,
    /// What each word is to the rules, and what any of them is.
    cues: Vec<Cue>,
    any_cue: Cue,
    /// The classes of the hits, a bit each.
    classes: u16,
    /// Whether a word may be drawn out.
    drawn_out: bool,
    pub(super) hits: Vec<Hit>,
    pub(super) weighed: Vec<Weighed>,
    pub(super) names: Vec<NameSpan>,
    buffer: String,
}

impl Reading {
    /// Reads the sentence at `range` of `text`.
    pub(super) fn read(
        &mut self,
        text: &str,
        range: Range<usize>,
        matcher: &Matcher,
        senses: &[Sense],
    ) {
        self.words.read(text, range.clone());
        self.range = range;
        self.look_up(text, matcher);
        self.hits.clear();
        self.weighed.clear();
        self.names.clear();
        self.classes = 0;
        let mut from = 0;
        while from < self.ids.len() {
            let Some((entry, length)) = self.longest(from, matcher, senses) else {
                from += 1;
                continue;
            };
            self.hit(entry, senses[entry as usize], from..from + length);
            from += length;
        }
    }

    /// Finds the number of each word in the matcher, and what it is to the rules.
    fn look_up(&mut self, text: &str, matcher: &Matcher) {
        let Self { words, range, ids, cues, buffer, .. } = self;
        let (words, plain) = (words.as_slice(), words.plain());
        let drawn_out = may_be_drawn_out(&text.as_bytes()[range.clone()]);
        ids.clear();
        ids.extend(words.iter().map(|word| {
            if word.shape == Shape::Sign {
                return look_up_sign(&text[word.start..word.end], matcher, buffer);
            }
            // A tag counts without its `#`.
            let tag = word.shape == Shape::Other && text.as_bytes()[word.start] == b'#';
            let start = word.start + usize::from(tag);
            let id = matcher.word_inside(text, plain, (start, word.end), buffer);
            if id.is_none() && drawn_out {
                return look_up_drawn_out(&text[word.start..word.end], matcher, buffer);
            }
            id
        }));
        let mut any_cue = 0;
        cues.clear();
        cues.extend(words.iter().zip(ids.iter()).map(|(word, id)| {
            let cue = id.map_or(0, |id| matcher.marks(id, word.end - word.start));
            any_cue |= cue;
            cue
        }));
        (self.any_cue, self.drawn_out) = (any_cue, drawn_out);
    }

    /// Notes an entry at some words.
    fn hit(&mut self, entry: u32, sense: Sense, words: Range<usize>) {
        let (class, valence) = (sense.class, f64::from(sense.valence));
        let Range { start: from, end: to } = words;
        let hit = Hit { from, to, entry, class, has_roles: sense.has_roles, valence };
        self.classes |= 1 << class as u16;
        self.hits.push(hit);
        if class.is_polar() && valence != 0.0 {
            self.weighed.push(Weighed {
                hit,
                value: valence,
                weight: 1.0,
                rules: Rules::none(),
                voice: Speaker::Writer,
            });
        }
    }

    /// Begins another text.
    pub(super) fn restart(&mut self) {
        self.words.restart();
    }

    /// Passes over the sentence at `range`.
    pub(super) fn skip(&mut self, text: &str, range: Range<usize>) {
        self.words.skip(text, range);
    }

    /// The longest entry at a word. One that is written with a hyphen for a reason ("a has-been")
    /// is not found without it ("it has been"), but a word in it may be.
    #[inline]
    fn longest(&self, from: usize, matcher: &Matcher, senses: &[Sense]) -> Option<(u32, usize)> {
        let (entry, length) = matcher.longest(self.ids[from..].iter().copied())?;
        let hyphened = || {
            let inner = &self.words.as_slice()[from + 1..from + length];
            inner.iter().any(|word| word.before == Gap::Hyphen)
        };
        if length == 1 || !senses[entry as usize].needs_hyphen || hyphened() {
            return Some((entry, length));
        }
        matcher.longest(self.ids[from..=from].iter().copied())
    }

    /// Finds the names in the sentence; only stance needs them.
    pub(super) fn read_names(&mut self, text: &str, targets: &Targets) {
        let (gazetteer, buffer) = (targets.gazetteer(), &mut self.buffer);
        targets.reader().read(text, &self.words, gazetteer, buffer, &mut self.names);
    }

    pub(super) fn words(&self) -> &[Word] {
        self.words.as_slice()
    }

    /// What the matcher calls each word, where an entry holds it.
    pub(super) fn ids(&self) -> &[Option<u32>] {
        &self.ids
    }

    /// Whether a word may be drawn out.
    pub(super) fn drawn_out(&self) -> bool {
        self.drawn_out
    }

    /// Where the sentence stands, in bytes of the text.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What the rules see.
    pub(super) fn sentence<'r>(&'r self, text: &'r str) -> Sentence<'r> {
        Sentence {
            text,
            end: self.range.end,
            words: self.words.as_slice(),
            hits: &self.hits,
            names: &self.names,
            cues: &self.cues,
            any_cue: self.any_cue,
            classes: self.classes,
            drawn_out: self.drawn_out,
        }
    }

    /// The words that a byte range of the text touches.
    pub(super) fn words_within(&self, range: &Range<usize>) -> Range<usize> {
        self.words.within(range)
    }

    /// What the rules see, with the weighed hits to change.
    pub(super) fn parts<'r>(&'r mut self, text: &'r str) -> (Sentence<'r>, &'r mut [Weighed]) {
        let sentence = Sentence {
            text,
            end: self.range.end,
            words: self.words.as_slice(),
            hits: &self.hits,
            names: &self.names,
            cues: &self.cues,
            any_cue: self.any_cue,
            classes: self.classes,
            drawn_out: self.drawn_out,
        };
        (sentence, &mut self.weighed)
    }
}

/// What the rules see of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence<'r> {
    /// The text of the document.
    pub(super) text: &'r str,
    /// Where the sentence ends in it, in bytes.
    pub(super) end: usize,
    pub(super) words: &'r [Word],
    pub(super) hits: &'r [Hit],
    pub(super) names: &'r [NameSpan],
    /// What each word is to the rules, and what any of them is.
    pub(super) cues: &'r [Cue],
    pub(super) any_cue: Cue,
    /// The classes of the hits, a bit each.
    classes: u16,
    /// Whether a word may be drawn out.
    pub(super) drawn_out: bool,
}

impl<'r> Sentence<'r> {
    /// Whether a hit is of a class.
    pub(super) fn holds(&self, class: EntryClass) -> bool {
        self.classes & 1 << class as u16 != 0
    }

    /// Whether a word is one of those that a cue stands for.
    pub(super) fn is(&self, cue: Cue, at: usize) -> bool {
        self.cues.get(at).is_some_and(|own| own & cue != 0)
    }

    /// A word as written.
    pub(super) fn word(&self, at: usize) -> Option<&'r str> {
        self.words.get(at).and_then(|word| self.text.get(word.start..word.end))
    }

    /// Whether no punctuation and no contrast lies between words `from` and `to`.
    pub(super) fn same_clause(&self, from: usize, to: usize) -> bool {
        let (first, last) = (from.min(to), from.max(to));
        let Some(words) = self.words.get(first..=last) else { return false };
        words[0].clause == words[words.len() - 1].clause
            && !(self.holds(EntryClass::Contrast)
                && self.hits.iter().any(|hit| {
                    hit.class == EntryClass::Contrast && hit.from > first && hit.from < last
                }))
    }

    /// What stands behind the last word: the marks that end the sentence.
    pub(super) fn ending(&self) -> &'r str {
        let written = self.words.iter().rev().find(|word| word.shape != Shape::Sign);
        written.and_then(|last| self.text.get(last.end..self.end)).unwrap_or_default()
    }

    /// Hits of a class.
    pub(super) fn of(self, class: EntryClass) -> impl Iterator<Item = &'r Hit> {
        self.hits.iter().filter(move |hit| hit.class == class)
    }
}
