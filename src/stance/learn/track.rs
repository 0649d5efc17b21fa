//! A sentence as a row of items: words by the group of their form, names and numbers without their
//! letters. Who is spoken of tells nothing of how, and weights of names would be prejudice.

use std::ops::Range;

use super::super::look_up::{is_drawn_out, shorten_runs};
use super::super::reading::Reading;
use super::Subject;
use super::features::Scratch;
use super::terms::{HOLDER, NAME, NONE, NUMBER, TARGET, Terms};
use crate::text::words::{Gap, Shape, capital_due, is_headline};

/// Words `from..to` of a sentence as one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) group: u32,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether it goes on what stands before it, with no punctuation between.
    pub(super) joined: bool,
    /// Bytes of the text, for signs between words.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Replaces `kinds` by what each word of a sentence is to a learner: a special group, or [`NONE`] where its letters
/// count.
pub(super) fn kinds_of(text: &str, reading: &Reading, subject: &Subject<'_>, kinds: &mut Vec<u32>) {
    let words = reading.words();
    kinds.clear();
    kinds.resize(words.len(), NONE);
    for name in reading.names.iter().filter(|name| !name.doubtful) {
        fill(kinds, name.from..name.to, NAME);
    }
    match subject {
        Subject::Text => {}
        Subject::Target(mentions) => {
            mentions.iter().for_each(|mention| fill(kinds, mention.clone(), TARGET));
        }
        Subject::Pair { holder, target } => {
            fill(kinds, holder.clone(), HOLDER);
            fill(kinds, target.clone(), TARGET);
        }
    }
    let about = !matches!(subject, Subject::Text);
    let mut headline = None;
    for (at, (word, kind)) in words.iter().zip(kinds).enumerate() {
        // Most words.
        if word.shape == Shape::Lower || *kind != NONE {
            continue;
        }
        let written = &text[word.start..word.end];
        let mut headline = || *headline.get_or_insert_with(|| is_headline(text, words));
        *kind = match word.shape {
            _ if is_first_person(written) => NONE,
            Shape::Other if written.starts_with(|c: char| c.is_numeric()) => NUMBER,
            Shape::Capital if !headline() && !capital_due(text, words, at) => NAME,
            Shape::Upper if about && !headline() => NAME,
            _ => NONE,
        };
    }
}

fn fill(kinds: &mut [u32], words: Range<usize>, kind: u32) {
    if let Some(kinds) = kinds.get_mut(words) {
        kinds.fill(kind);
    }
}

/// "I" has a capital and is no name.
pub(super) fn is_first_person(word: &str) -> bool {
    word.strip_prefix('I').is_some_and(|rest| rest.is_empty() || rest.starts_with(['\'', '’']))
}

/// Replaces `items` by the items of a sentence. `group` says which group a word is in.
pub(super) fn track(
    text: &str,
    reading: &Reading,
    subject: &Subject<'_>,
    terms: &Terms,
    Scratch { items, kinds, buffer }: &mut Scratch,
) {
    items.clear();
    let words = reading.words();
    kinds_of(text, reading, subject, kinds);
    items.reserve(words.len());
    let signs = matches!(subject, Subject::Text);
    let mut end = reading.range().start;
    for (at, (word, (&kind, known))) in
        words.iter().zip(kinds.iter().zip(reading.known())).enumerate()
    {
        if signs && (at == 0 || word.before != Gap::Space) {
            signs_in(text, end..word.start, at, |sign| terms.of_form(sign), items);
        }
        end = word.end;
        let joined = at > 0 && word.before != Gap::Break;
        let mut group = kind;
        if kind == NONE {
            group = terms.of_word(known.number);
            if group == NONE && reading.drawn_out() {
                group = drawn_out(&text[word.start..word.end], terms, buffer);
            }
        } else if joined
            && let Some(last) = items.last_mut().filter(|last| last.group == kind && last.to == at)
        {
            // One name of several words is one item.
            last.to = at + 1;
            last.end = word.end;
            continue;
        }
        items.push(Item { group, from: at, to: at + 1, joined, start: word.start, end: word.end });
    }
    if signs {
        let rest = reading.range().end;
        signs_in(text, end..rest.max(end), words.len(), |sign| terms.of_form(sign), items);
    }
}

/// The group of the word that a word draws out.
fn drawn_out(written: &str, terms: &Terms, buffer: &mut String) -> u32 {
    if !is_drawn_out(written) {
        return NONE;
    }
    shorten_runs(written, 1, buffer);
    terms.of_form(buffer)
}

/// Exclamation and question marks between two words.
pub(super) fn signs_in(
    text: &str,
    range: Range<usize>,
    at: usize,
    group: impl Fn(&str) -> u32,
    items: &mut Vec<Item>,
) {
    let Some(gap) = text.get(range.clone()) else { return };
    each_sign(gap, |sign, place| {
        let group = group(sign);
        if group != NONE {
            let at = at.saturating_sub(1);
            let (start, end) = (range.start + place.start, range.start + place.end);
            items.push(Item { group, from: at, to: at + 1, joined: false, start, end });
        }
    });
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
