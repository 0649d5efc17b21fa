//! What is told of a word that is not written as it is listed? Signs, and words that are drawn out.

use crate::targets::Marked;
use crate::text::matcher::{Matcher, Start};
use crate::text::plain::PlainText;
use crate::text::signs::spell_sign;
use crate::text::words::{Shape, Word};

/// What the matcher tells of a word that is not plain: a sign, a tag without its `#`, or a word with
/// letters or an apostrophe that are written in many ways.
#[cold]
pub(super) fn look_up_unusual(
    text: &str,
    word: &Word,
    plain: &PlainText,
    matcher: &Matcher,
    buffer: &mut String,
) -> Start {
    let written = &text[word.start..word.end];
    if word.shape == Shape::Sign {
        return look_up_sign(written, matcher, buffer).unwrap_or(Start::ABSENT);
    }
    if let Some(key) = plain.key(word.start, word.end)
        && !written.starts_with('#')
    {
        return matcher.plain_word(key);
    }
    if let Some(tag) = written.strip_prefix('#') {
        return matcher.word(tag, buffer).map_or(Start::ABSENT, Start::unmarked);
    }
    // Most words that are not plain have a possessive ending.
    let bare = plain.bare_key(text, word.start, word.end).map(|bare| matcher.plain_word(bare));
    let start = bare.or_else(|| matcher.word(written, buffer)).unwrap_or(Start::ABSENT);
    // What is noted of a word does not hold with an ending, but it may be of any kind.
    start.with_mark(Marked::unknown(bare))
}

/// What the matcher tells of a sign, by what it shows.
fn look_up_sign(written: &str, matcher: &Matcher, buffer: &mut String) -> Option<Start> {
    spell_sign(written, buffer);
    let first = buffer.chars().next().map_or(0, char::len_utf8);
    // Of joined emoji that nobody listed the first one counts.
    matcher
        .spelled_word(buffer)
        .or_else(|| if written.is_ascii() { None } else { matcher.spelled_word(&buffer[..first]) })
}

/// What the matcher tells of the word that a word draws out: "sooooo".
#[cold]
pub(super) fn look_up_drawn_out(
    written: &str,
    matcher: &Matcher,
    buffer: &mut String,
) -> Option<Start> {
    if !is_drawn_out(written) {
        return None;
    }
    let word = written.strip_prefix('#').unwrap_or(written);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words::Words;

    proptest! {
        /// No word that is drawn out is missed by the look at the sentence.
        #[test]
        fn drawn_out_words_show_in_the_sentence(
            words in prop::collection::vec("[aAbB.]{1,8}|[a-z]{1,40}|\\PC{0,8}", 0..12),
        ) {
            let has_runs = |text: &str| {
                let mut words = Words::default();
                words.read(text, 0..text.len());
                words.plain().has_runs()
            };
            let drawn_out = words.iter().any(|word| is_drawn_out(word));
            prop_assert!(!drawn_out || has_runs(&words.join(" ")));
            prop_assert!(!has_runs("... a-b c"));
        }
    }
}
