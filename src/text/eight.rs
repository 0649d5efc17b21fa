//! What can be told from single bytes, without knowing characters? Most of a text, eight bytes at a time.

/// What a byte says that stands behind the letters of a word, or where a word could begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// ASCII white space: the word is over.
    Space,
    /// The word is over if white space follows.
    Stop,
    /// Between white space it means nothing.
    Sign,
    Digit,
    /// The first byte of dashes, quotation marks and apostrophes outside ASCII.
    Punctuation,
    /// A word may begin or go on.
    Other,
}

pub(super) const AFTER: [After; 256] = {
    let mut table = [After::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\n' | b'\t' | b'\r' | 0x0B | 0x0C => After::Space,
            b',' | b'.' | b';' | b':' | b'?' | b'!' | b')' | b']' | b'"' => After::Stop,
            b'(' | b'[' | b'<' | b'>' | b'{' | b'}' | b'-' | b'*' | b'=' | b'+' | b'|' | b'~'
            | b'^' => After::Sign,
            b'0'..=b'9' => After::Digit,
            0xE2 => After::Punctuation,
            _ => After::Other,
        };
        byte += 1;
    }
    table
};

/// How many of 8 bytes are ASCII letters before the first that is none.
///
/// All 8 are looked at in one step, each in its own eighth of a number: the length of a word cannot
/// be guessed, and a loop over its letters would stumble at the end of each.
#[inline]
pub(super) fn leading_letters(bytes: [u8; 8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(bytes);
    // Lowercase without the highest bit, so that no sum reaches into the next byte.
    let low = (word | (0x20 * EACH)) & (0x7F * EACH);
    let from_a = low + (0x80 - u64::from(b'a')) * EACH;
    let beyond_z = low + (0x7F - u64::from(b'z')) * EACH;
    let letters = from_a & !beyond_z & !word & (0x80 * EACH);
    ((letters ^ (0x80 * EACH)).trailing_zeros() / 8) as usize
}

/// How many of 8 bytes come before the first that is white space or outside ASCII, and whether there is
/// an `@` or `/` among them.
#[inline]
pub(super) fn leading_inside(bytes: [u8; 8]) -> (usize, bool) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let word = u64::from_le_bytes(bytes);
    let low = word & !HIGH;
    // The highest bit of each byte that is one of these.
    let is = |byte: u8| HIGH & !((low ^ (u64::from(byte) * EACH)) + 0x7F * EACH);
    let from_tab = low + (0x80 - u64::from(b'\t')) * EACH;
    let beyond_return = low + (0x7F - u64::from(b'\r')) * EACH;
    let end = (is(b' ') | (from_tab & !beyond_return) | word) & HIGH;
    let before = end.wrapping_sub(1) & !end;
    let marks = (is(b'@') | is(b'/')) & before;
    ((end.trailing_zeros() / 8) as usize, marks != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::classes::{ASCII, Class::Space};

    #[test]
    fn letters_are_counted_eight_at_a_time() {
        for byte in 0..=255_u8 {
            for at in 0..8 {
                let mut bytes = *b"aZzAmQxy";
                bytes[at] = byte;
                let expected = if byte.is_ascii_alphabetic() { 8 } else { at };
                assert_eq!(leading_letters(bytes), expected, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn stretches_are_read_eight_bytes_at_a_time() {
        for byte in 0..=255_u8 {
            for at in 0..8 {
                let mut bytes = *b"a-1_.!%z";
                bytes[at] = byte;
                let ends = !byte.is_ascii() || ASCII[usize::from(byte)] == Space;
                let marks = matches!(byte, b'@' | b'/');
                let expected = if ends { (at, false) } else { (8, marks) };
                assert_eq!(leading_inside(bytes), expected, "{byte} at {at}");
            }
        }
        assert_eq!(leading_inside(*b"a b@c/d "), (1, false));
        assert_eq!(leading_inside(*b"a@ b@c/d"), (2, true));
    }
}
