//! What does a sentence hold that the rules can work on?

use std::ops::Range;

use super::as_noun::stands_as_noun;
use super::begins::{Begin, Begins};
use super::cues::Cue;
use super::entry::{EntryClass, Sense};
use super::look_up::{look_up_drawn_out, look_up_unusual};
use super::near::{Near, near};
use super::rule_set::{Rule, Rules};
use super::rules::Voices;
use super::span::{SaidBy, Span};
use super::tally::LEAST_WEIGHT;
use crate::targets::{Marked, NameSpan, Targets};
use crate::text::matcher::{Matcher, Start};
use crate::text::plain::Hashed;
use crate::text::without_possessive;
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

impl Speaker {
    /// The same, where words are told by their bytes.
    #[inline]
    pub(super) fn said_by(self, span: impl Fn(usize, usize) -> Span) -> SaidBy {
        match self {
            Self::Writer => SaidBy::Writer,
            Self::Named(from, to) => SaidBy::Named(span(from, to)),
            Self::Unnamed => SaidBy::Unnamed,
        }
    }
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
    /// What the matcher tells of each word, whose mark is what it is to the rules, and of none behind the last.
    known: Vec<Start>,
    /// The keys of the words.
    keys: Vec<Hashed>,
    /// The words at which entries may begin.
    begins: Begins,
    /// What any word is to the rules.
    any_cue: Cue,
    /// The classes of the hits, a bit each.
    classes: u16,
    /// Whether a word may be drawn out.
    drawn_out: bool,
    /// Whether it stands behind the lead of its text, and that is to count more.
    pub(super) is_behind_lead: bool,
    /// Who speaks in it, if that was asked.
    pub(super) voices: Option<Voices>,
    pub(super) hits: Vec<Hit>,
    pub(super) weighed: Vec<Weighed>,
    pub(super) names: Vec<NameSpan>,
    buffer: String,
    /// Whether the sentence is held for another question, and how it was written.
    is_held: bool,
    written: String,
}

/// What the rules see of a reading. A method would borrow the weighed hits too, which rules change meanwhile.
macro_rules! sentence_of {
    ($reading:expr, $text:expr) => {
        Sentence {
            text: $text,
            end: $reading.range.end,
            words: $reading.words.as_slice(),
            hits: &$reading.hits,
            names: &$reading.names,
            known: &$reading.known,
            any_cue: $reading.any_cue,
            classes: $reading.classes,
            drawn_out: $reading.drawn_out,
            voices: $reading.voices,
        }
    };
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
        self.is_held = false;
        self.words.read(text, range.clone());
        self.range = range;
        self.look_up(text, matcher);
        self.hits.clear();
        self.weighed.clear();
        self.names.clear();
        self.classes = 0;
        self.voices = None;
        let cues = self.begins.note(&self.known, matcher, senses);
        self.any_cue = cues.any;
        if cues.part_clauses {
            self.words.part_conjuncts(text);
        }
        let mut end = 0;
        for number in 0..self.begins.as_slice().len() {
            let begin = self.begins.as_slice()[number];
            if begin.at as usize >= end {
                end = begin.at as usize + self.hit_at(text, begin, matcher, senses);
            }
        }
    }

    /// Notes the longest entry that starts at a word; how many words it has, 0 without one.
    #[inline]
    fn hit_at(&mut self, text: &str, begin: Begin, matcher: &Matcher, senses: &[Sense]) -> usize {
        let from = begin.at as usize;
        let (start, next) = (self.known[from], self.known[from + 1]);
        if begin.leads {
            let after = self.known[from + 2..].iter().map(|known| known.number);
            let longer = matcher.longer((start.number, next.number), after);
            if let Some((entry, length)) =
                longer.filter(|found| self.fits(text, from, *found, senses))
            {
                self.hit(entry, senses[entry as usize], from..from + length);
                return length;
            }
        }
        if !start.is_entry() {
            return 0;
        }
        self.hit(start.entry, senses[start.entry as usize], from..from + 1);
        1
    }

    /// Whether an entry of several words is written as it must be. One that has a hyphen for a reason
    /// ("a has-been") is not found without it ("it has been"), and a phrase of a verb not where a noun
    /// stands ("an open fire"), but a word in it may be.
    fn fits(
        &self,
        text: &str,
        from: usize,
        (entry, length): (u32, usize),
        senses: &[Sense],
    ) -> bool {
        let (sense, words) = (senses[entry as usize], self.words.as_slice());
        let inner = || &words[from + 1..from + length];
        (!sense.needs_hyphen || inner().iter().any(|word| word.before == Gap::Hyphen))
            && !sense.verb.is_some_and(|verb| {
                verb.is_like_noun(&text[words[from].start..words[from].end])
                    && stands_as_noun(text, words, &self.known, senses, from)
            })
    }

    /// Finds what the matcher tells of each word.
    fn look_up(&mut self, text: &str, matcher: &Matcher) {
        let Self { words, keys, known, buffer, .. } = self;
        let (words, plain) = (words.as_slice(), words.plain());
        keys.clear();
        keys.extend(words.iter().map(|word| {
            let usual = matches!(word.shape, Shape::Lower | Shape::Capital | Shape::Upper);
            let key = plain.key_or_none(word.start, word.end).only_if(usual);
            matcher.fetch(key);
            key
        }));
        known.clear();
        known.extend(keys.iter().map(|&key| matcher.plain_word(key)));
        for ((word, key), start) in words.iter().zip(keys).zip(&mut *known) {
            if key.is_none() {
                *start = look_up_unusual(text, word, plain, matcher, buffer);
            }
        }
        let drawn_out = plain.has_runs();
        if drawn_out {
            let absent =
                known.iter_mut().zip(words).filter(|(start, _)| start.number == Start::NONE);
            for (start, word) in absent.filter(|(_, word)| word.shape != Shape::Sign) {
                let meant = look_up_drawn_out(&text[word.start..word.end], matcher, buffer);
                *start = meant.map_or(Start::ABSENT, Start::unmarked);
            }
        }
        known.push(Start::ABSENT);
        self.drawn_out = drawn_out;
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
        self.is_held = false;
        self.words.skip(text, range);
    }

    /// Holds the sentence that was read: who asks about several names in it has it read once.
    pub(super) fn hold(&mut self, text: &str) {
        self.written.clear();
        self.written.push_str(&text[self.range.clone()]);
        self.is_held = true;
    }

    /// Whether the sentence at `range` of `text` is the one that is held: then all is known of it, but for what the rules
    /// of a target did to the weighed hits.
    pub(super) fn holds(&mut self, text: &str, range: &Range<usize>) -> bool {
        self.is_held
            && self.range == *range
            && self.written == text[range.clone()]
            && self.words.read_again(text, range)
    }

    /// Finds the names in the sentence; only stance needs them.
    pub(super) fn read_names(&mut self, text: &str, targets: &Targets) {
        let marked = Marked(&self.known);
        targets.read_names(text, &self.words, marked, &mut self.buffer, &mut self.names);
    }

    pub(super) fn words(&self) -> &[Word] {
        self.words.as_slice()
    }

    /// What is known of each word.
    pub(super) fn known(&self) -> &[Start] {
        &self.known[..self.words.as_slice().len()]
    }

    /// Whether a word may be drawn out.
    pub(super) fn drawn_out(&self) -> bool {
        self.drawn_out
    }

    /// Whether there is an exclamation or question mark.
    pub(super) fn has_marks(&self) -> bool {
        self.words.plain().has_marks()
    }

    /// Where the sentence stands, in bytes of the text.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What the rules see.
    pub(super) fn sentence<'r>(&'r self, text: &'r str) -> Sentence<'r> {
        sentence_of!(self, text)
    }

    /// The words that a byte range of the text touches.
    pub(super) fn words_within(&self, range: &Range<usize>) -> Range<usize> {
        self.words.within(range)
    }

    /// What the rules see, with the weighed hits to change.
    pub(super) fn parts<'r>(&'r mut self, text: &'r str) -> (Sentence<'r>, &'r mut [Weighed]) {
        (sentence_of!(self, text), &mut self.weighed)
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
    known: &'r [Start],
    /// What any word is to the rules.
    pub(super) any_cue: Cue,
    /// The classes of the hits, a bit each.
    classes: u16,
    /// Whether a word may be drawn out.
    pub(super) drawn_out: bool,
    /// Who speaks in it, if that was asked.
    pub(super) voices: Option<Voices>,
}

impl<'r> Sentence<'r> {
    /// Whether a hit is of a class.
    pub(super) fn holds(&self, class: EntryClass) -> bool {
        self.classes & 1 << class as u16 != 0
    }

    /// Whether a word is one of those that a cue stands for.
    pub(super) fn is(&self, cue: Cue, at: usize) -> bool {
        self.known.get(at).is_some_and(|known| known.mark & cue != 0)
    }

    /// What the words `from..to` may be to the rules of a target, as far as there are any.
    pub(super) fn near(&self, from: usize, to: usize) -> Near {
        let known = self.known.get(from..to.min(self.known.len())).unwrap_or_default();
        known.iter().fold(0, |all, known| all | near(known.number))
    }

    /// What a word may be to them.
    #[inline]
    pub(super) fn near_at(&self, at: usize) -> Near {
        self.known.get(at).map_or(0, |known| near(known.number))
    }

    /// A word as written.
    #[inline]
    pub(super) fn word(&self, at: usize) -> Option<&'r str> {
        self.words.get(at).and_then(|word| self.text.get(word.start..word.end))
    }

    /// The bytes of a word as written; none of a word that is not there.
    #[inline]
    pub(super) fn bytes(&self, at: usize) -> &'r [u8] {
        let place = self.words.get(at).map_or(0..0, |word| word.start..word.end);
        self.text.as_bytes().get(place).unwrap_or_default()
    }

    /// Whether a word has a possessive ending.
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        // Most words: the last byte tells.
        matches!(self.bytes(at), [.., b's' | b'S'])
            && self.word(at).is_some_and(|word| without_possessive(word) != word)
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
    pub(super) fn of(&self, class: EntryClass) -> impl Iterator<Item = &'r Hit> + use<'r> {
        self.hits.iter().filter(move |hit| hit.class == class)
    }
}
