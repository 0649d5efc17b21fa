//! How are the words of a sentence listed, with what stands around each?
//!
//! Nearly all are small letters or a capital and small letters, or digits, behind a blank or a comma: rows of bits
//! tell so of many at once. The others are looked at one by one.

// What is compiled for the vectors at hand has to be inlined into the loop over windows.
#![allow(clippy::inline_always)]

use std::ops::Range;

use super::gaps::{self, common};
use super::sentences::is_abbreviation;
use super::signs::{may_hold_sign, sign_at};
use super::tokens::{TakeTokens, TokenKind};
use super::window::Plain;
use super::words::{Gap, Shape, Word, shape_of};

/// Takes the tokens of a sentence for words, and the emoticons and emoji between them.
pub(super) struct Listing<'t> {
    sentence: &'t str,
    list: &'t mut Vec<Word>,
    /// Where the sentence starts in the text, and where the last word ends in the sentence.
    start: usize,
    end: usize,
    clause: u32,
    quoted: bool,
    /// Whether the last word is an emoticon or emoji.
    after_sign: bool,
    tail: Tail,
}

/// What the last three bytes before a window are, a bit each, the first byte's lowest.
#[derive(Clone, Copy, Default)]
struct Tail {
    /// Where the bytes end in the sentence.
    end: usize,
    words: u64,
    spaces: u64,
    commas: u64,
}

impl Tail {
    /// Behind a window.
    #[inline(always)]
    fn behind(self, plain: &Plain) -> Self {
        let last = |bits: u64, tail: u64| {
            (((u128::from(bits) << 3 | u128::from(tail)) >> plain.read) & 0b111) as u64
        };
        Self {
            end: self.end + plain.read,
            words: last(plain.words, self.words),
            spaces: last(plain.spaces, self.spaces),
            commas: last(plain.commas, self.commas),
        }
    }
}

impl<'t> Listing<'t> {
    /// Of the sentence that starts at byte `start` of a text, with a quotation that is open before it or not.
    pub(super) fn new(
        sentence: &'t str,
        start: usize,
        quoted: bool,
        list: &'t mut Vec<Word>,
    ) -> Self {
        // As if a word and a blank stood before it.
        let tail = Tail { end: 0, words: 0b010, spaces: 0b100, commas: 0 };
        Self { sentence, list, start, end: 0, clause: 0, quoted, after_sign: false, tail }
    }

    /// Reads what stands behind the last word; whether a quotation is open at the end.
    pub(super) fn finish(mut self) -> bool {
        self.gap_until(self.sentence.len());
        self.quoted
    }

    /// What stands between the last word, or the last of the signs that are listed on the way, and byte `until`.
    /// What it does to a quotation is noted.
    fn gap_until(&mut self, until: usize) -> Gap {
        let bytes = self.sentence.as_bytes();
        if let Some((gap, quoted)) = common(bytes, self.end, until, self.quoted) {
            self.quoted = quoted;
            return gap;
        }
        if may_hold_sign(bytes, self.end..until) {
            self.list_signs(until);
        }
        // A sign may go on behind the gap: its mouth is a letter.
        let gap = self.sentence.get(self.end..until).unwrap_or_default();
        gaps::read(gap, &mut self.quoted)
    }

    fn push(&mut self, gap: Gap, place: Range<usize>, shape: Shape) {
        let gap = match gap {
            Gap::Point if shape != Shape::Lower && self.stops() => Gap::Break,
            gap => gap,
        };
        let before = match gap {
            _ if shape == Shape::Sign || self.after_sign => Gap::Break,
            _ if self.end == 0 => Gap::Space,
            gap => gap,
        };
        self.after_sign = shape == Shape::Sign;
        self.clause += u32::from(before == Gap::Break);
        self.list.push(Word {
            start: self.start + place.start,
            end: self.start + place.end,
            shape,
            before,
            clause: self.clause,
            quoted: self.quoted,
        });
        self.end = place.end;
    }

    /// Whether a full stop behind the last word ends what is said there, as between the sentences of
    /// one quotation; behind an initial or abbreviation it does not.
    fn stops(&self) -> bool {
        let written =
            |last: &Word| self.sentence.get(last.start - self.start..last.end - self.start);
        let Some(word) = self.list.last().and_then(written) else { return false };
        self.sentence[self.end..].starts_with(". ")
            && word.len() > 2
            && !word.contains('.')
            && !is_abbreviation(word)
    }

    /// Takes the emoticons and emoji between the last word and byte `until` for words, each in a clause
    /// of its own.
    #[cold]
    fn list_signs(&mut self, until: usize) {
        let mut at = self.end;
        while at < until {
            let rest = &self.sentence[at..];
            match sign_at(self.sentence, at) {
                Some(length) => {
                    let gap = gaps::read(&self.sentence[self.end..at], &mut self.quoted);
                    self.push(gap, at..at + length, Shape::Sign);
                    at += length;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
    }
}

impl TakeTokens for Listing<'_> {
    /// Lists any word behind any gap.
    #[inline(never)]
    fn take(&mut self, place: Range<usize>, kind: TokenKind) {
        let gap = self.gap_until(place.start);
        // Letters and digits may be the mouth of a face: ":D".
        if place.start >= self.end {
            let word = &self.sentence[place.clone()];
            let shape = if kind == TokenKind::Word { shape_of(word) } else { Shape::Other };
            self.push(gap, place, shape);
        }
    }

    #[inline(always)]
    fn take_plain(&mut self, start: usize, plain: Plain) {
        const SHAPES: [Shape; 4] = [Shape::Lower, Shape::Capital, Shape::Other, Shape::Other];
        let Plain { words, numbers, lower, capitals, spaces, commas, .. } = plain;
        let tail =
            if self.tail.end == start { self.tail } else { Tail { end: start, ..Tail::default() } };
        self.tail = tail.behind(&plain);
        // What stands so many bytes before.
        let before = |bits: u64, tail: u64, bytes: u32| bits << bytes | tail >> (3 - bytes);
        let behind_space = before(spaces, tail.spaces, 1);
        let behind_blank = behind_space & before(words, tail.words, 2);
        let behind_comma =
            behind_space & before(commas, tail.commas, 2) & before(words, tail.words, 3);
        let capital = capitals & (lower >> 1 | !(words >> 1));
        let mut usual = (behind_blank | behind_comma) & (lower | capital | numbers);
        let mut starts = words & !(words << 1);
        // Set where a token begins, and where one has ended.
        let mut edges = words ^ (words << 1);
        while starts != 0 {
            if self.after_sign {
                usual &= !lowest(starts);
            }
            let next = lowest(starts & !usual);
            let (base, quoted) = (self.start + start, self.quoted);
            let (mut clause, mut end) = (self.clause, 0);
            let n_usual = (starts & next.wrapping_sub(1)).count_ones();
            for _ in 0..n_usual {
                let first = edges.trailing_zeros();
                edges &= edges - 1;
                end = edges.trailing_zeros() as usize;
                edges &= edges - 1;
                let is = |bits: u64| (bits >> first & 1) as usize;
                let breaks = is(behind_comma);
                clause += breaks as u32;
                self.list.push(Word {
                    start: base + first as usize,
                    end: base + end,
                    shape: SHAPES[is(capital) + 2 * is(numbers)],
                    before: [Gap::Space, Gap::Break][breaks],
                    clause,
                    quoted,
                });
            }
            self.clause = clause;
            if n_usual > 0 {
                self.end = start + end;
            }
            if next == 0 {
                break;
            }
            starts &= !(next | (next - 1));
            let first = edges.trailing_zeros();
            edges &= edges - 1;
            let end = edges.trailing_zeros() as usize;
            edges &= edges - 1;
            let kind = [TokenKind::Word, TokenKind::Number][(numbers >> first & 1) as usize];
            self.take(start + first as usize..start + end, kind);
        }
    }
}

/// The lowest bit that is set, if any is.
#[inline(always)]
fn lowest(bits: u64) -> u64 {
    bits & bits.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scan::Segmentation;
    use super::super::tokens::Tokens;
    use super::*;

    proptest! {
        /// Rows of bits list the words that are listed one by one.
        #[test]
        fn windows_list_the_words_that_single_tokens_do(
            text in prop_oneof![
                r#"(([a-z]{1,9}|[A-Z][a-z]{0,5}|[A-Z]{1,3}|[0-9]{1,3}|I'm|U\.S\.|é|:D|:\)|😀)([ ,.\n]|, |,\n|  | "|" | “|” |: |-| - |\. )){0,40}"#,
                r#"[a-cA-C1 ,."'“”:;()D\n-]{0,150}"#,
                "[\u{0}-\u{80} ]{0,150}",
            ],
            quoted: bool,
        ) {
            let (mut rows, mut single, mut tokens) = (Vec::new(), Vec::new(), Tokens::default());
            let mut listing = Listing::new(&text, 7, quoted, &mut rows);
            Segmentation::News.scan(&text, &mut listing);
            let open = listing.finish();
            Segmentation::News.scan(&text, &mut tokens);
            let mut listing = Listing::new(&text, 7, quoted, &mut single);
            tokens.spans().iter().for_each(|span| listing.take(span.range.clone(), span.kind));
            prop_assert_eq!(open, listing.finish());
            prop_assert_eq!(format!("{rows:?}"), format!("{single:?}"));
        }
    }
}
