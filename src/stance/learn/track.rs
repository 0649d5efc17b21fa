//! A sentence as a row of items: words by the group of their form, names and numbers without their
//! letters. Who is spoken of tells nothing of how, and weights of names would be prejudice.

use super::super::reading::Reading;
use super::Subject;
use super::terms::{HOLDER, NAME, NONE, NUMBER, TARGET, Terms};
use crate::text::fold_into;
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
) {
    items.clear();
    let words = reading.words();
    let headline = is_headline(text, words);
    let signs = matches!(subject, Subject::Text);
    let mut end = reading.range().start;
    for (at, word) in words.iter().enumerate() {
        if signs && (at == 0 || word.before != Gap::Space) {
            signs_in(text, end..word.end, at, |sign| terms.of_form(sign), items);
        }
        end = word.end;
        let joined = at > 0 && word.before != Gap::Break;
        let group = match kind_of(text, reading, subject, at, headline) {
            Kind::Word => match terms.of_word(reading.ids()[at]) {
                NONE => drawn_out(&text[word.start..word.end])
                    .map_or(NONE, |short| terms.of_form(&short)),
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

/// A folded word without the letters that draw it out, as in "soooo": none if there are not three in a row.
pub(super) fn drawn_out(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    if !bytes.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]) {
        return None;
    }
    let mut short = String::new();
    fold_into(word, &mut short);
    let letters: Vec<char> = short.chars().collect();
    Some(
        letters
            .chunk_by(|a, b| a == b)
            .flat_map(|run| {
                let kept = if run.len() > 2 { 1 } else { run.len() };
                run.iter().take(kept).copied()
            })
            .collect(),
    )
}

/// Emoticons, emoji, exclamation and question marks between two words.
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

/// The longest emoticon, in bytes.
const LONGEST: usize = 8;

/// Calls `each` with the signs in what stands between two words, in one spelling. The word behind may
/// be the mouth of a face, as in `:D`; a longer one is left out.
pub(super) fn each_sign(gap: &str, mut each: impl FnMut(&str, std::ops::Range<usize>)) {
    let mut from = 0;
    for piece in gap.split_inclusive(char::is_whitespace) {
        let start = from;
        from += piece.len();
        let mut piece = piece.trim_end();
        if let Some(at) = piece.find(|c: char| c.is_alphanumeric()) {
            let mouth = piece.len() == at + 1 && start > 0 && "DPpOo3".contains(&piece[at..]);
            if !mouth {
                piece = &piece[..at];
            }
        }
        let face = piece.contains([':', ';', '=', '<']) && piece.len() > 1 && piece.is_ascii();
        if face && piece.len() <= LONGEST {
            each(piece, start..start + piece.len());
            continue;
        }
        let marks = piece.matches('!').count();
        if let Some(at) = piece.find('!') {
            each(if marks > 1 { "!!" } else { "!" }, start + at..start + at + 1);
        }
        if let Some(at) = piece.find('?') {
            each("?", start + at..start + at + 1);
        }
        for (at, sign) in piece.char_indices() {
            if matches!(sign, '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}') {
                let place = start + at..start + at + sign.len_utf8();
                each(&piece[at..at + sign.len_utf8()], place);
            }
        }
    }
}
