//! Which number does a word have that is not written as it is listed? Signs, and words that are drawn out.

use crate::text::matcher::Matcher;
use crate::text::signs::spell_sign;
use crate::text::words::{Shape, Word};

/// The number in the matcher of a word that is not plain: a sign, a tag without its `#`, or a word with
/// letters or an apostrophe that are written in many ways.
#[cold]
pub(super) fn look_up_unusual(
    text: &str,
    word: &Word,
    matcher: &Matcher,
    buffer: &mut String,
) -> Option<u32> {
    let written = &text[word.start..word.end];
    if word.shape == Shape::Sign {
        return look_up_sign(written, matcher, buffer);
    }
    matcher.word(written.strip_prefix('#').unwrap_or(written), buffer)
}

/// The number of a sign in the matcher, by what it shows.
fn look_up_sign(written: &str, matcher: &Matcher, buffer: &mut String) -> Option<u32> {
    spell_sign(written, buffer);
    let first = buffer.chars().next().map_or(0, char::len_utf8);
    // Of joined emoji that nobody listed the first one counts.
    matcher
        .spelled_word(buffer)
        .or_else(|| if written.is_ascii() { None } else { matcher.spelled_word(&buffer[..first]) })
}

/// The number in the matcher of the word that a word draws out: "sooooo".
#[cold]
pub(super) fn look_up_drawn_out(
    written: &str,
    matcher: &Matcher,
    buffer: &mut String,
) -> Option<u32> {
    if !is_drawn_out(written) {
        return None;
    }
    let word = written.strip_prefix('#').unwrap_or(written);
    [2, 1].into_iter().find_map(|most| {
        shorten_runs(word, most, buffer);
        matcher.spelled_word(buffer)
    })
}

/// Whether three letters in a row may be the same in a sentence: if not, no word in it is drawn out.
pub(super) fn may_be_drawn_out(sentence: &[u8]) -> bool {
    let Some(rest) = sentence.get(2..) else { return false };
    // A sum and no branch, so that many bytes are compared at once.
    let lower = |byte: u8| byte | 0x20;
    let runs = sentence.iter().zip(&sentence[1..]).zip(rest).map(|((&a, &b), &c)| {
        let same = (lower(a) ^ lower(b)) | (lower(b) ^ lower(c));
        u8::from(same == 0) & u8::from(lower(a).wrapping_sub(b'a') < 26)
    });
    runs.fold(0, |any, run| any | run) != 0
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

    proptest! {
        /// No word that is drawn out is missed by the look at the sentence.
        #[test]
        fn drawn_out_words_show_in_the_sentence(
            words in prop::collection::vec("[aAbB.]{1,8}|[a-z]{1,40}|\\PC{0,8}", 0..12),
        ) {
            let drawn_out = words.iter().any(|word| is_drawn_out(word));
            prop_assert!(!drawn_out || may_be_drawn_out(words.join(" ").as_bytes()));
            prop_assert!(!may_be_drawn_out(b"... a-b c"));
        }
    }
}
