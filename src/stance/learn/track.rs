//! A sentence as a row of items: words by the group of their form, names and numbers without their
//! letters. Who is spoken of tells nothing of how, and weights of names would be prejudice.

use std::ops::Range;

use super::super::look_up::{is_drawn_out, shorten_runs};
use super::super::reading::Reading;
use super::Subject;
use super::terms::{HOLDER, KIND, NAME, NONE, NUMBER, TARGET, Terms};
use crate::text::capitals::{capital_due, is_headline};
use crate::text::words::{Gap, Shape, Word};

/// An item that may have something to tell, alone or with the next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling(u32);

impl Telling {
    #[inline]
    fn new(word: usize, is_pair: bool) -> Self {
        Self((word as u32) << 1 | u32::from(is_pair))
    }

    /// The first word of an item that tells alone; the last word of the first item of a pair.
    pub(super) fn word(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it may tell with the next item.
    pub(super) fn is_pair(self) -> bool {
        self.0 & 1 != 0
    }
}

/// An exclamation or question mark.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    /// Bytes of the text.
    pub(super) bytes: Range<usize>,
    pub(super) group: u32,
    /// The word that it stands behind.
    pub(super) behind: usize,
}

/// The items of a sentence: its words, of which several that are one name are one item, and the marks between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// The group of each word, and of none behind the last.
    groups: Vec<u32>,
    /// Whether a word goes on the item of the word before it.
    goes_on: Vec<bool>,
    telling: Vec<Telling>,
    signs: Vec<Sign>,
    /// How many items there are.
    len: usize,
    /// The words that are not in small letters.
    odd: Vec<u32>,
    buffer: String,
}

impl Track {
    /// Reads the items of a sentence.
    pub(super) fn read(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        terms: &Terms,
    ) {
        let words = reading.words();
        self.groups.clear();
        self.groups.extend(reading.known().iter().map(|known| terms.of_word(known.number)));
        if reading.drawn_out() {
            let unknown = words.iter().zip(&mut self.groups).filter(|(_, group)| **group == NONE);
            for (word, group) in unknown {
                *group = drawn_out(&text[word.start..word.end], terms, &mut self.buffer);
            }
        }
        note_odd(words, &mut self.odd);
        mark_kinds(text, reading, subject, &self.odd, &mut self.groups);
        self.note_telling(words, terms);
        self.signs.clear();
        if matches!(subject, Subject::Text) && reading.has_marks() {
            self.add_signs(text, reading, terms);
        }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The items and pairs of items that may have something to tell.
    pub(super) fn telling(&self) -> &[Telling] {
        &self.telling
    }

    pub(super) fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// The group of a word.
    #[inline]
    pub(super) fn group(&self, at: usize) -> u32 {
        self.groups[at] & !KIND
    }

    /// The first word of the item that a word is of.
    #[inline]
    pub(super) fn first(&self, mut at: usize) -> usize {
        while self.goes_on[at] {
            at -= 1;
        }
        at
    }

    /// The word behind the item that a word is of.
    #[inline]
    pub(super) fn end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.goes_on[end] {
            end += 1;
        }
        end
    }

    /// Notes which words are the items and where one may have something to tell, alone or with the next one. All words
    /// are looked at without a branch, since none of them could be guessed.
    #[allow(clippy::needless_bitwise_bool)] // That is how none of it is a branch.
    fn note_telling(&mut self, words: &[Word], terms: &Terms) {
        let Self { groups, goes_on, telling, len, .. } = self;
        let n_words = words.len();
        groups.push(NONE);
        goes_on.clear();
        goes_on.resize(n_words + 1, false);
        telling.clear();
        telling.resize(2 * n_words + 1, Telling(0));
        let (groups, goes_on) = (&groups[..=n_words], &mut goes_on[..=n_words]);
        let told = telling.as_mut_slice();
        let (mut n_telling, mut n_going_on, mut on) = (0, 0, false);
        let last = n_words.wrapping_sub(1);
        for at in 0..n_words {
            let (group, next) = (groups[at] & !KIND, groups[at + 1] & !KIND);
            let tells = terms.tells(group);
            let joined = (at < last) & (words[(at + 1).min(last)].before != Gap::Break);
            let next_on = joined & (groups[at + 1] & KIND != 0) & (group == next);
            let single = !on & (tells.term != NONE);
            let pair = joined & !next_on & tells.may_lead_to(next);
            told[n_telling] = Telling::new(at, false);
            n_telling += usize::from(single);
            told[n_telling] = Telling::new(at, true);
            n_telling += usize::from(pair);
            n_going_on += usize::from(next_on);
            goes_on[at + 1] = next_on;
            on = next_on;
        }
        telling.truncate(n_telling);
        *len = n_words - n_going_on;
    }

    /// Adds the exclamation and question marks between words.
    #[cold]
    fn add_signs(&mut self, text: &str, reading: &Reading, terms: &Terms) {
        let (words, range) = (reading.words(), reading.range());
        let ends = words.iter().map(|word| word.end);
        let begins = words.iter().map(|word| word.start).chain([range.end]);
        let gaps = [range.start].into_iter().chain(ends).zip(begins);
        for (at, (from, to)) in gaps.enumerate() {
            let Some(gap) = text.get(from..to) else { continue };
            each_sign(gap, |sign, place| {
                let group = terms.of_form(sign);
                if group != NONE {
                    let bytes = from + place.start..from + place.end;
                    self.signs.push(Sign { bytes, group, behind: at.saturating_sub(1) });
                    self.len += 1;
                }
            });
        }
    }
}

/// Replaces `odd` by the words that are not in small letters.
pub(super) fn note_odd(words: &[Word], odd: &mut Vec<u32>) {
    odd.clear();
    odd.resize(words.len() + 1, 0);
    let (noted, mut n_odd) = (odd.as_mut_slice(), 0);
    for (at, word) in (0..).zip(words) {
        noted[n_odd] = at;
        n_odd += usize::from(word.shape != Shape::Lower);
    }
    odd.truncate(n_odd);
}

/// Replaces what is known of each word of a sentence by a special group, marked as [`KIND`], where its letters do not
/// count; only the words in `odd` may have any in doubt.
pub(super) fn mark_kinds(
    text: &str,
    reading: &Reading,
    subject: &Subject<'_>,
    odd: &[u32],
    groups: &mut [u32],
) {
    for name in reading.names.iter().filter(|name| !name.doubtful) {
        fill(groups, name.from..name.to, NAME);
    }
    match subject {
        Subject::Text => {}
        Subject::Target(mentions) => {
            mentions.iter().for_each(|mention| fill(groups, mention.clone(), TARGET));
        }
        Subject::Pair { holder, target } => {
            fill(groups, holder.clone(), HOLDER);
            fill(groups, target.clone(), TARGET);
        }
    }
    let words = reading.words();
    let about = !matches!(subject, Subject::Text);
    let mut headline = None;
    for &at in odd {
        let at = at as usize;
        let (word, group) = (&words[at], &mut groups[at]);
        if *group & KIND != 0 {
            continue;
        }
        let written = &text[word.start..word.end];
        let mut headline = || *headline.get_or_insert_with(|| is_headline(text, words));
        *group = match word.shape {
            _ if is_first_person(written) => *group,
            Shape::Other if written.starts_with(|c: char| c.is_numeric()) => NUMBER | KIND,
            Shape::Capital if !headline() && !capital_due(text, words, at) => NAME | KIND,
            Shape::Upper if about && !headline() => NAME | KIND,
            _ => *group,
        };
    }
}

fn fill(groups: &mut [u32], words: Range<usize>, kind: u32) {
    if let Some(groups) = groups.get_mut(words) {
        groups.fill(kind | KIND);
    }
}

/// "I" has a capital and is no name.
pub(super) fn is_first_person(word: &str) -> bool {
    word.strip_prefix('I').is_some_and(|rest| rest.is_empty() || rest.starts_with(['\'', '’']))
}

/// The group of the word that a word draws out.
#[cold]
fn drawn_out(written: &str, terms: &Terms, buffer: &mut String) -> u32 {
    if !is_drawn_out(written) {
        return NONE;
    }
    shorten_runs(written, 1, buffer);
    terms.of_form(buffer)
}

/// Calls `each` with the exclamation and question marks in what stands between two words, one of each kind for
/// marks without a space between; several exclamation marks are a sign of their own.
pub(super) fn each_sign(gap: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut from = 0;
    for piece in gap.split_inclusive(char::is_whitespace) {
        let start = from;
        from += piece.len();
        if let Some(at) = piece.find('!') {
            let several = piece.matches('!').count() > 1;
            each(if several { "!!" } else { "!" }, start + at..start + at + 1);
        }
        if let Some(at) = piece.find('?') {
            each("?", start + at..start + at + 1);
        }
    }
}
