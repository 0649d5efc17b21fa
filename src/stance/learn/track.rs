//! A sentence as a row of items: words by the group of their form, names and numbers without their
//! letters. Who is spoken of tells nothing of how, and weights of names would be prejudice.

use super::super::look_up::{is_drawn_out, shorten_runs};
use super::super::reading::Reading;
use super::Subject;
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

/// What an item is before its group is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Special(u32),
}

/// What a word of the sentence is to a learner.
pub(super) fn kind_of(
    text: &str,
    reading: &Reading,
    subject: &Subject<'_>,
    at: usize,
    headline: bool,
) -> Kind {
    let inside = |range: &std::ops::Range<usize>| range.contains(&at);
    match subject {
        Subject::Text => {}
        Subject::Target(mentions) => {
            if mentions.iter().any(inside) {
                return Kind::Special(TARGET);
            }
        }
        Subject::Pair { holder, target } => {
            if inside(target) {
                return Kind::Special(TARGET);
            }
            if inside(holder) {
                return Kind::Special(HOLDER);
            }
        }
    }
    let words = reading.words();
    let named = |name: &crate::targets::NameSpan| !name.doubtful && name.from <= at && at < name.to;
    if reading.names.iter().any(named) {
        return Kind::Special(NAME);
    }
    let about = !matches!(subject, Subject::Text);
    let word = &text[words[at].start..words[at].end];
    match words[at].shape {
        _ if is_first_person(word) => Kind::Word,
        Shape::Other if word.starts_with(|c: char| c.is_numeric()) => Kind::Special(NUMBER),
        Shape::Capital if !headline && !capital_due(text, words, at) => Kind::Special(NAME),
        Shape::Upper if !headline && about => Kind::Special(NAME),
        _ => Kind::Word,
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
    items: &mut Vec<Item>,
    buffer: &mut String,
) {
    items.clear();
    let words = reading.words();
    let headline = is_headline(text, words);
    let signs = matches!(subject, Subject::Text);
    let mut end = reading.range().start;
    for (at, word) in words.iter().enumerate() {
        if signs && (at == 0 || word.before != Gap::Space) {
            signs_in(text, end..word.start, at, |sign| terms.of_form(sign), items);
        }
        end = word.end;
        let joined = at > 0 && word.before != Gap::Break;
        let group = match kind_of(text, reading, subject, at, headline) {
            Kind::Word => match terms.of_word(reading.ids()[at]) {
                NONE if is_drawn_out(&text[word.start..word.end]) => {
                    shorten_runs(&text[word.start..word.end], 1, buffer);
                    terms.of_form(buffer)
                }
                group => group,
            },
            Kind::Special(group) => {
                // One name of several words is one item.
                if let Some(last) =
                    items.last_mut().filter(|last| last.group == group && last.to == at && joined)
                {
                    last.to = at + 1;
                    last.end = word.end;
                    continue;
                }
                group
            }
        };
        items.push(Item { group, from: at, to: at + 1, joined, start: word.start, end: word.end });
    }
    if signs {
        let rest = reading.range().end;
        signs_in(text, end..rest.max(end), words.len(), |sign| terms.of_form(sign), items);
    }
}

/// Exclamation and question marks between two words.
pub(super) fn signs_in(
    text: &str,
    range: std::ops::Range<usize>,
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
pub(super) fn each_sign(gap: &str, mut each: impl FnMut(&str, std::ops::Range<usize>)) {
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
