//! What stands around each word of a sentence? Clauses, quotation marks, capitals.

use std::ops::Range;

use super::clauses;
use super::clitics::without_possessive;
pub(crate) use super::gaps::Gap;
use super::listing::Listing;
use super::plain::PlainText;
use super::scan::Segmentation;

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
        let before = self.still_quoted(text, range.start);
        let sentence = &text[range.clone()];
        self.plain.read(text, range.clone());
        self.list.reserve(sentence.len() / BYTES_A_WORD);
        let mut listing = Listing::new(sentence, range.start, before, &mut self.list);
        Segmentation::News.scan(sentence, &mut listing);
        let quoted = listing.finish();
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

/// A word and the space behind it are seldom shorter.
const BYTES_A_WORD: usize = 5;

/// Whether a sentence may open or close a quotation.
fn has_quotation_mark(sentence: &str) -> bool {
    // Most sentences: a look at the bytes costs less than a search.
    let may = |byte| matches!(byte, b'"' | b'\'' | 0xC2 | 0xE2);
    sentence.bytes().any(may)
        && (sentence.contains(['"', '“', '”', '«', '»']) || sentence.contains("''"))
}

/// The shape of a word.
pub(super) fn shape_of(text: &str) -> Shape {
    // Most words: the first letters tell.
    match text.as_bytes() {
        [b'a'..=b'z', ..] => return Shape::Lower,
        [b'A'..=b'Z'] | [b'A'..=b'Z', b'a'..=b'z', ..] => return Shape::Capital,
        _ => {}
    }
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
