//! What does a sentence hold that the rules can work on?

use std::ops::Range;

use super::entry::EntryClass;
use super::lexicon::Lexicon;
use super::rule_set::{Rule, Rules};
use super::tally::LEAST_WEIGHT;
use crate::targets::{NameSpan, Targets};
use crate::text::matcher::Matcher;
use crate::text::signs::spell_sign;
use crate::text::words::{Gap, Shape, Word, Words};

/// An entry found at words `from..to` of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) entry: u32,
    pub(super) class: EntryClass,
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
        lexicon: &Lexicon,
        matcher: &Matcher,
    ) {
        self.words.read(text, range.clone());
        self.range = range;
        self.ids.clear();
        self.hits.clear();
        self.weighed.clear();
        self.names.clear();
        self.ids.reserve(self.words.as_slice().len());
        for word in self.words.as_slice() {
            let written = &text[word.start..word.end];
            self.ids.push(look_up(written, word.shape, matcher, &mut self.buffer));
        }
        let mut from = 0;
        while from < self.ids.len() {
            let Some((entry, length)) = self.longest(from, lexicon, matcher) else {
                from += 1;
                continue;
            };
            let found = lexicon.entry(entry);
            let hit = Hit {
                from,
                to: from + length,
                entry,
                class: found.class(),
                valence: f64::from(found.valence()),
            };
            self.hits.push(hit);
            if hit.class.is_polar() && hit.valence != 0.0 {
                let rules = Rules::none();
                self.weighed.push(Weighed {
                    hit,
                    value: hit.valence,
                    weight: 1.0,
                    rules,
                    voice: Speaker::Writer,
                });
            }
            from += length;
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
    fn longest(&self, from: usize, lexicon: &Lexicon, matcher: &Matcher) -> Option<(u32, usize)> {
        let (entry, length) = matcher.longest(self.ids[from..].iter().copied())?;
        let hyphened = || {
            let inner = &self.words.as_slice()[from + 1..from + length];
            inner.iter().any(|word| word.before == Gap::Hyphen)
        };
        if length == 1 || !lexicon.needs_hyphen(entry) || hyphened() {
            return Some((entry, length));
        }
        matcher.longest(self.ids[from..=from].iter().copied())
    }

    /// Finds the names in the sentence; only stance needs them.
    pub(super) fn read_names(&mut self, text: &str, targets: &Targets) {
        let words = self.words.as_slice();
        targets.reader().read(text, words, targets.gazetteer(), &mut self.buffer, &mut self.names);
    }

    pub(super) fn words(&self) -> &[Word] {
        self.words.as_slice()
    }

    /// What the matcher calls each word, where an entry holds it.
    pub(super) fn ids(&self) -> &[Option<u32>] {
        &self.ids
    }

    /// Where the sentence stands, in bytes of the text.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What the rules see.
    pub(super) fn sentence<'r>(&'r self, text: &'r str) -> Sentence<'r> {
        let (words, end) = (self.words.as_slice(), self.range.end);
        Sentence { text, end, words, hits: &self.hits, names: &self.names }
    }

    /// The words that a byte range of the text touches.
    pub(super) fn words_within(&self, range: &Range<usize>) -> Range<usize> {
        self.words.within(range)
    }

    /// The words and hits, with the weighed hits to change.
    pub(super) fn parts<'r>(&'r mut self, text: &'r str) -> (Sentence<'r>, &'r mut [Weighed]) {
        let words = self.words.as_slice();
        let sentence =
            Sentence { text, end: self.range.end, words, hits: &self.hits, names: &self.names };
        (sentence, &mut self.weighed)
    }
}

/// The number of a word in the matcher: a sign by what it shows, a tag without its `#`, and a word that
/// is drawn out ("sooooo") by the word that it draws out.
fn look_up(written: &str, shape: Shape, matcher: &Matcher, buffer: &mut String) -> Option<u32> {
    if shape == Shape::Sign {
        spell_sign(written, buffer);
        let first = buffer.chars().next().map_or(0, char::len_utf8);
        // Of joined emoji that nobody listed the first one counts.
        return matcher.spelled_word(buffer).or_else(|| {
            if written.is_ascii() { None } else { matcher.spelled_word(&buffer[..first]) }
        });
    }
    let word = written.strip_prefix('#').unwrap_or(written);
    let found = matcher.word(word, buffer);
    if found.is_some() || !is_drawn_out(written) {
        return found;
    }
    [2, 1].into_iter().find_map(|most| {
        shorten_runs(word, most, buffer);
        matcher.spelled_word(buffer)
    })
}

/// Longer words are no words.
const LONGEST: usize = 40;

/// Whether a word repeats a letter at least three times in a row.
pub(super) fn is_drawn_out(word: &str) -> bool {
    let bytes = word.as_bytes();
    word.is_ascii()
        && bytes.len() <= LONGEST
        && bytes.windows(3).any(|run| {
            run[0].is_ascii_alphabetic()
                && run.iter().all(|byte| byte.eq_ignore_ascii_case(&run[0]))
        })
}

/// Spells a word with its runs of three or more of one letter shortened to `most` letters.
pub(super) fn shorten_runs(written: &str, most: usize, out: &mut String) {
    out.clear();
    let bytes = written.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let same = |other: &&u8| other.eq_ignore_ascii_case(byte);
        let before = bytes[..at].iter().rev().take_while(same).count();
        let after = bytes[at + 1..].iter().take_while(same).count();
        if before + after < 2 || before < most {
            out.push(char::from(byte.to_ascii_lowercase()));
        }
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
}

impl<'r> Sentence<'r> {
    /// A word as written.
    pub(super) fn word(&self, at: usize) -> Option<&'r str> {
        self.words.get(at).and_then(|word| self.text.get(word.start..word.end))
    }

    /// Whether no punctuation and no contrast lies between words `from` and `to`.
    pub(super) fn same_clause(&self, from: usize, to: usize) -> bool {
        let (first, last) = (from.min(to), from.max(to));
        let Some(words) = self.words.get(first..=last) else { return false };
        words[0].clause == words[words.len() - 1].clause
            && !self
                .hits
                .iter()
                .any(|hit| hit.class == EntryClass::Contrast && hit.from > first && hit.from < last)
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
