//! What is a character to a word?

use super::fold::is_apostrophe;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    Digit,
    Underscore,
    Apostrophe,
    Currency,
    Space,
    /// Anything else that no word of ours holds, quotes and dashes for instance.
    Other,
    /// A character whose rules are left to unicode-segmentation.
    Hard,
}

use Class::{Apostrophe, Currency, Digit, Hard, Letter, Other, Space, Underscore};

pub(super) const ASCII: [Class; 128] = {
    let mut table = [Other; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Letter,
            b'0'..=b'9' => Digit,
            b'_' => Underscore,
            other if is_apostrophe(other as char) => Apostrophe,
            b'$' => Currency,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => Space,
            _ => Other,
        };
        byte += 1;
    }
    table
};

/// The class of a character.
pub(super) fn class_of(c: char) -> Class {
    match c {
        '\0'..='\x7F' => ASCII[c as usize],
        _ if is_apostrophe(c) => Apostrophe,
        // Breaks words on both sides, in UAX #29 too (but for the middle dot).
        '“'
        | '”'
        | '„'
        | '‟'
        | '«'
        | '»'
        | '‹'
        | '›'
        | '‐'..='―'
        | '…'
        | '•'
        | '·'
        | '\u{A0}'
        | '\u{200B}'
        | '°'
        | '©'
        | '®'
        | '™'
        | '¡'
        | '¿'
        | '§'
        | '¶'
        | '†'
        | '‡'
        | '″'
        | '×'
        | '−'
        | '\u{FFFD}'
        // Arrows, signs and pictures, without circled letters and numbers.
        | '←'..='⏿'
        | '─'..='❵'
        | '➔'..='➿'
        | '🌀'..='\u{1F3FA}'
        | '🐀'..='🙏'
        | '🚀'..='\u{1F6FF}'
        | '🤌'..='🧿' => Other,
        '£' | '€' | '¥' => Currency,
        // Latin, Greek and Cyrillic letters, all of them `ALetter` in UAX #29.
        'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='ɏ'
        | 'Έ'..='Ί'
        | 'Ύ'..='Ρ'
        | 'Σ'..='ϵ'
        | 'Ѐ'..='ҁ'
        | 'Ҋ'..='ԯ' => Letter,
        _ => Hard,
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// The table of classes against UAX #29 itself, character by character.
    #[test]
    fn classes_are_those_of_uax29() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| c != '·') {
            let text = format!("a{c}b");
            let parts: Vec<&str> = text.unicode_words().collect();
            match class_of(c) {
                Letter => assert_eq!(parts, [text.as_str()], "{c:?}"),
                Other | Currency => assert_eq!(parts, ["a", "b"], "{c:?}"),
                _ => {}
            }
        }
    }
}
