//! What stands around each word of a sentence? Clauses, quotation marks, capitals.

use std::ops::Range;

use super::clauses;
use super::clitics::without_possessive;
use super::plain::PlainText;
use super::scan::Segmentation;
use super::sentences::is_abbreviation;
use super::signs::{may_hold_sign, sign_at};
use super::tokens::{TokenKind, Tokens};

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    /// First letter only, or mixed: `Baku`, `McCain`.
    Capital,
    /// All of several letters: `NATO`.
    Upper,
    /// A number, an address.
    Other,
    /// An emoticon or emoji.
    Sign,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    Space,
    /// Nothing but a hyphen or dash: `Tehran-Baku`.
    Hyphen,
    /// Nothing but a point or apostrophe that belongs to an initial or abbreviation.
    Point,
    /// Punctuation that ends a clause.
    Break,
    /// Other signs: quotes, brackets, signs of currency.
    Sign,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) shape: Shape,
    pub(crate) before: Gap,
    /// Counts the clauses of the sentence, as far as punctuation tells them.
    pub(crate) clause: u32,
    /// Whether it stands between quotation marks.
    pub(crate) quoted: bool,
}

/// The words of one sentence, in buffers that are reused from sentence to sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    list: Vec<Word>,
    plain: PlainText,
    tokens: Tokens,
    /// Whether a quotation is open where the last sentence ended, and where that was.
    quoted: bool,
    end: usize,
    /// Whether one was open before and behind the sentence that was read last.
    around: (bool, bool),
}

impl Words {
    /// Reads the sentence at `range` of `text`. A quotation that is open at the end of one sentence
    /// goes on in the next, but not past a line break: each paragraph of a quotation opens it anew,
    /// and a mark that was forgotten spoils no more than its paragraph.
    pub(crate) fn read(&mut self, text: &str, range: Range<usize>) {
        self.list.clear();
        self.tokens.clear();
        let before = self.still_quoted(text, range.start);
        let sentence = &text[range.clone()];
        self.plain.read(text, range.clone());
        self.list.reserve(sentence.len() / BYTES_A_WORD);
        self.tokens.reserve(sentence.len() / BYTES_A_WORD);
        Segmentation::News.scan(sentence, &mut self.tokens);
        let mut gaps = Gaps {
            sentence,
            start: range.start,
            end: 0,
            clause: 0,
            quoted: before,
            after_sign: false,
        };
        for span in self.tokens.spans() {
            let place = span.range.clone();
            let usual = gaps.usual(place.start);
            if usual.is_none() {
                gaps.signs_until(place.start, &mut self.list);
                // Letters and digits may be the mouth of a face: ":D".
                if place.start < gaps.end {
                    continue;
                }
            }
            let shape = shape_at(sentence, &place, span.kind);
            match usual {
                Some(gap) => gaps.list_word(place, shape, gap, &mut self.list),
                None => gaps.push(place, shape, &mut self.list),
            }
        }
        gaps.signs_until(sentence.len(), &mut self.list);
        read_gap(&sentence[gaps.end..], &mut gaps.quoted);
        let quoted = gaps.quoted;
        clauses::join_appositions(text, &mut self.list);
        self.around = (before, quoted);
        (self.quoted, self.end) = (quoted, range.end);
    }

    /// Parts clauses at "and" and "but" too, where a subject follows. Few sentences have any.
    pub(crate) fn part_conjuncts(&mut self, text: &str) {
        clauses::part_conjuncts(text, &mut self.list);
    }

    /// Forgets a quotation that was left open: another text follows.
    pub(crate) fn restart(&mut self) {
        self.quoted = false;
    }

    /// Passes over the sentence at `range`: of what it says only quotation marks matter to the next.
    pub(crate) fn skip(&mut self, text: &str, range: Range<usize>) {
        if has_quotation_mark(&text[range.clone()]) {
            self.read(text, range);
        } else {
            (self.quoted, self.end) = (self.still_quoted(text, range.start), range.end);
        }
    }

    /// Goes on behind the sentence at `range` of `text`, which says the same as the one that was read last and stands in
    /// the same place. It is another to read, and `false`, if a quotation is open before one and not before the other.
    pub(crate) fn read_again(&mut self, text: &str, range: &Range<usize>) -> bool {
        let same = self.still_quoted(text, range.start) == self.around.0;
        if same {
            (self.quoted, self.end) = (self.around.1, range.end);
        }
        same
    }

    /// Whether the quotation that was open at the end of the last sentence goes on at `start`.
    fn still_quoted(&self, text: &str, start: usize) -> bool {
        self.quoted && text.get(self.end..start).is_some_and(|between| !between.contains('\n'))
    }

    /// The sentence with small letters.
    pub(crate) fn plain(&self) -> &PlainText {
        &self.plain
    }

    pub(crate) fn as_slice(&self) -> &[Word] {
        &self.list
    }

    /// The words that a byte range of the text touches.
    pub(crate) fn within(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.list.partition_point(|word| word.end <= range.start);
        let to = self.list.partition_point(|word| word.start < range.end);
        from..to.max(from)
    }
}

/// Reads what stands between the tokens of a sentence.
struct Gaps<'t> {
    sentence: &'t str,
    /// Where the sentence starts in the text, and where the last word ends in the sentence.
    start: usize,
    end: usize,
    clause: u32,
    quoted: bool,
    /// Whether the last word is an emoticon or emoji.
    after_sign: bool,
}

impl Gaps<'_> {
    /// What stands between the last word and byte `until`, if it is a blank, or a comma and a blank, as nearly
    /// always.
    #[inline]
    fn usual(&self, until: usize) -> Option<Gap> {
        let bytes = self.sentence.as_bytes();
        if self.after_sign {
            return None;
        }
        if until == self.end + 1 && bytes[self.end] == b' ' {
            return Some(Gap::Space);
        }
        let comma = until == self.end + 2 && bytes[self.end..until] == *b", " && self.end > 0;
        comma.then_some(Gap::Break)
    }

    fn push(&mut self, place: Range<usize>, shape: Shape, list: &mut Vec<Word>) {
        let gap = match read_gap(&self.sentence[self.end..place.start], &mut self.quoted) {
            Gap::Point if shape != Shape::Lower && self.stops(list.last()) => Gap::Break,
            gap => gap,
        };
        let before = match gap {
            _ if shape == Shape::Sign || self.after_sign => Gap::Break,
            _ if self.end == 0 => Gap::Space,
            gap => gap,
        };
        self.after_sign = shape == Shape::Sign;
        self.list_word(place, shape, before, list);
    }

    #[inline]
    fn list_word(&mut self, place: Range<usize>, shape: Shape, before: Gap, list: &mut Vec<Word>) {
        self.clause += u32::from(before == Gap::Break);
        list.push(Word {
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
    fn stops(&self, last: Option<&Word>) -> bool {
        let Some(word) =
            last.and_then(|last| self.sentence.get(last.start - self.start..last.end - self.start))
        else {
            return false;
        };
        self.sentence[self.end..].starts_with(". ")
            && word.len() > 2
            && !word.contains('.')
            && !is_abbreviation(word)
    }

    /// Takes the emoticons and emoji between the last word and byte `until` for words, each in a clause
    /// of its own.
    fn signs_until(&mut self, until: usize, list: &mut Vec<Word>) {
        let gap = self.sentence.as_bytes().get(self.end..until).unwrap_or_default();
        if !may_hold_sign(gap) {
            return;
        }
        let mut at = self.end;
        while at < until {
            let rest = &self.sentence[at..];
            match sign_at(self.sentence, at) {
                Some(length) => {
                    self.push(at..at + length, Shape::Sign, list);
                    at += length;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
    }
}

/// A word and the space behind it are seldom shorter.
const BYTES_A_WORD: usize = 5;

/// Whether a sentence may open or close a quotation.
fn has_quotation_mark(sentence: &str) -> bool {
    // Most sentences: a look at the bytes costs less than a search.
    let may = |byte| matches!(byte, b'"' | b'\'' | 0xC2 | 0xE2);
    sentence.bytes().any(may)
        && (sentence.contains(['"', '“', '”', '«', '»']) || sentence.contains("''"))
}

fn read_gap(gap: &str, quoted: &mut bool) -> Gap {
    // Dashes are E2 80 93 and 94, the curly apostrophe is E2 80 99.
    match gap.as_bytes() {
        [] | [b' '] => return Gap::Space,
        [b',', b' '] => return Gap::Break,
        [b'-'] | [0xE2, 0x80, 0x93 | 0x94] => return Gap::Hyphen,
        [b'.'] | [b'.' | b'\'', b' '] | [0xE2, 0x80, 0x99, b' '] => return Gap::Point,
        _ => {}
    }
    let mut found = Gap::Space;
    let mut previous = ' ';
    for c in gap.chars() {
        match c {
            '“' | '«' => *quoted = true,
            '”' | '»' => *quoted = false,
            // Typewriters, and the old newspaper style of two single quotes.
            '"' => *quoted = !*quoted,
            '\'' if previous == '\'' => *quoted = !*quoted,
            _ => {}
        }
        found = match c {
            ',' | ';' | ':' | '—' | '–' | '(' | ')' | '?' | '!' | '…' | '[' | ']' => {
                Gap::Break
            }
            '-' if previous == '-' || (previous == ' ' && gap.len() > 1) => Gap::Break,
            _ if found == Gap::Break || c.is_whitespace() => found,
            _ => Gap::Sign,
        };
        previous = c;
    }
    found
}

/// The shape of the token at `place` of a sentence.
#[allow(clippy::inline_always)] // into the loop over words
#[inline(always)]
fn shape_at(sentence: &str, place: &Range<usize>, kind: TokenKind) -> Shape {
    let bytes = sentence.as_bytes();
    // Nearly all words: the first letters tell.
    match bytes[place.start] {
        _ if kind != TokenKind::Word => Shape::Other,
        b'a'..=b'z' => Shape::Lower,
        b'A'..=b'Z' if place.len() == 1 || bytes[place.start + 1].is_ascii_lowercase() => {
            Shape::Capital
        }
        _ => shape_of(&sentence[place.clone()]),
    }
}

/// The shape of a word.
fn shape_of(text: &str) -> Shape {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        None => Shape::Other,
        Some(first) if !first.is_uppercase() => Shape::Lower,
        Some(_) => {
            let rest = without_possessive(text);
            let mut rest = rest.chars().filter(|c| c.is_alphabetic()).skip(1).peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) {
                Shape::Upper
            } else {
                Shape::Capital
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_surroundings() {
        use {Gap::*, Shape::*};
        let text = "“It is vital,” the UN’s McCain said; Tehran-Baku ties (all) grew.";
        let mut words = Words::default();
        words.read(text, 0..text.len());
        let seen: Vec<_> = words
            .as_slice()
            .iter()
            .map(|word| {
                (&text[word.start..word.end], word.shape, word.before, word.clause, word.quoted)
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("It", Capital, Gap::Space, 0, true),
                ("is", Lower, Space, 0, true),
                ("vital", Lower, Space, 0, true),
                ("the", Lower, Break, 1, false),
                ("UN’s", Upper, Space, 1, false),
                ("McCain", Capital, Space, 1, false),
                ("said", Lower, Space, 1, false),
                ("Tehran", Capital, Break, 2, false),
                ("Baku", Capital, Hyphen, 2, false),
                ("ties", Lower, Space, 2, false),
                ("all", Lower, Break, 3, false),
                ("grew", Lower, Break, 4, false),
            ]
        );
        assert_eq!(words.within(&(3..8)), 0..2);
    }

    #[test]
    fn faces_are_words_in_clauses_of_their_own() {
        let text = "(so good :D ) no😀😀 <3 it: (ok)";
        let mut words = Words::default();
        words.read(text, 0..text.len());
        let seen: Vec<_> = words
            .as_slice()
            .iter()
            .map(|word| (&text[word.start..word.end], word.shape == Shape::Sign, word.clause))
            .collect();
        assert_eq!(
            seen,
            [
                ("so", false, 0),
                ("good", false, 0),
                (":D", true, 1),
                ("no", false, 2),
                ("😀", true, 3),
                ("😀", true, 4),
                ("<3", true, 5),
                ("it", false, 6),
                ("ok", false, 7),
            ]
        );
    }

    #[test]
    fn a_quotation_ends_with_its_paragraph() {
        let text = "\"We go on. And on.\nThey left.";
        let mut words = Words::default();
        let mut quoted = |range| {
            words.read(text, range);
            words.as_slice()[0].quoted
        };
        assert_eq!([quoted(0..10), quoted(11..18), quoted(19..29)], [true, true, false]);
    }
}
