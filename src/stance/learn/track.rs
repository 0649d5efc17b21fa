//! A sentence as a row of items: words by the group of their form, names and numbers without their
//! letters. Who is spoken of tells nothing of how, and weights of names would be prejudice.

use std::ops::Range;

use super::super::look_up::{is_drawn_out, shorten_runs};
use super::super::reading::Reading;
use super::Subject;
use super::features::Scratch;
use super::terms::{HOLDER, KIND, NAME, NONE, NUMBER, TARGET, Terms};
use crate::text::capitals::{capital_due, is_headline};
use crate::text::words::{Gap, Shape, Word};

/// Words `from..to` of a sentence as one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) group: u32,
    pub(super) from: u32,
    pub(super) to: u32,
    /// Whether it goes on what stands before it, with no punctuation between.
    pub(super) joined: bool,
}

impl Item {
    const NONE: Self = Self { start: 0, end: 0, group: NONE, from: 0, to: 0, joined: false };
}

/// Replaces what is known of each word of a sentence by a special group, marked as [`KIND`], where its letters do not
/// count.
pub(super) fn mark_kinds(text: &str, reading: &Reading, subject: &Subject<'_>, groups: &mut [u32]) {
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
    for (at, (word, group)) in words.iter().zip(groups).enumerate() {
        // Most words.
        if word.shape == Shape::Lower || *group & KIND != 0 {
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

/// Replaces the items of `scratch` by those of a sentence, behind which one follows that is none.
pub(super) fn track(
    text: &str,
    reading: &Reading,
    subject: &Subject<'_>,
    terms: &Terms,
    Scratch { items, groups, buffer, .. }: &mut Scratch,
) {
    let words = reading.words();
    groups.clear();
    groups.extend(reading.known().iter().map(|known| terms.of_word(known.number)));
    if reading.drawn_out() {
        for (word, group) in words.iter().zip(&mut *groups).filter(|(_, group)| **group == NONE) {
            *group = drawn_out(&text[word.start..word.end], terms, buffer);
        }
    }
    mark_kinds(text, reading, subject, groups);
    items_of(words, groups, items);
    if matches!(subject, Subject::Text) && reading.has_marks() {
        add_signs(text, reading, terms, items);
    }
}

/// Replaces `items` by the words with their groups; one name of several words is one item. No branch: where names end
/// could not be guessed.
#[allow(clippy::needless_bitwise_bool)] // That is how none of it is a branch.
fn items_of(words: &[Word], groups: &[u32], items: &mut Vec<Item>) {
    items.clear();
    items.resize(words.len() + 1, Item::NONE);
    let mut last = Item::NONE;
    let mut n_items = 0;
    for (at, (word, &kind)) in (0..).zip(words.iter().zip(groups)) {
        let joined = (at > 0) & (word.before != Gap::Break);
        let group = kind & !KIND;
        let goes_on = joined & (kind & KIND != 0) & (last.group == group);
        let kept = usize::from(goes_on).wrapping_neg();
        last = Item {
            start: (last.start & kept) | (word.start & !kept),
            end: word.end,
            group,
            from: (last.from & kept as u32) | (at & !kept as u32),
            to: at + 1,
            joined: (goes_on & last.joined) | (!goes_on & joined),
        };
        n_items += usize::from(!goes_on);
        items[n_items - 1] = last;
    }
    items.truncate(n_items);
    items.push(Item::NONE);
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

/// Adds the exclamation and question marks between words, each before the item that it stands before.
#[cold]
fn add_signs(text: &str, reading: &Reading, terms: &Terms, items: &mut Vec<Item>) {
    let (words, range) = (reading.words(), reading.range());
    let ends = words.iter().map(|word| word.end);
    let begins = words.iter().map(|word| word.start).chain([range.end]);
    for (at, (from, to)) in (0_u32..).zip([range.start].into_iter().chain(ends).zip(begins)) {
        let Some(gap) = text.get(from..to) else { continue };
        each_sign(gap, |sign, place| {
            let group = terms.of_form(sign);
            if group != NONE {
                let (start, end) = (from + place.start, from + place.end);
                let before = at.saturating_sub(1);
                let item = Item { start, end, group, from: before, to: before + 1, joined: false };
                let n_items = items.len() - 1;
                let place = items[..n_items].partition_point(|item| item.start < start);
                items.insert(place, item);
            }
        });
    }
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
