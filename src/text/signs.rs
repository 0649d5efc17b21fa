//! Where does an emoticon or emoji stand, and how is it spelled for a look-up?
//!
//! An emoticon is told by its parts, not by a list: eyes, perhaps a nose, a mouth that may be drawn
//! out, in either direction; a few faces that have no such parts are listed. An emoji is one character
//! of the pictographic blocks with its modifiers, or several that are joined.

use std::ops::Range;

/// Faces and hearts without eyes and mouth side by side.
const LISTED: [&str; 12] =
    ["</3", "<3", "\\o/", "^_^", "^^", "-_-", "-.-", ">_<", ">.<", "t_t", "o_o", "u_u"];

const EYES: &[u8] = b":;=";
const NOSES: &[u8] = b"-'^";
const MOUTHS: &[u8] = b")(][/\\|*@$dpo3sx";

/// Whether a byte of a text may begin an emoticon or emoji, by it and the next one; 0 behind the last.
const fn may_begin(byte: u8, next: u8) -> bool {
    match byte {
        // The pictographic blocks; dashes and quotation marks begin with the same byte.
        0xE2 => next != 0x80,
        0xF0 => true,
        // Eyes look at a nose or a mouth.
        b':' | b';' | b'=' => NEXT_TO_EYES[next as usize],
        b'(' | b')' => matches!(next, b'-' | b':' | b';' | b'='),
        b'<' => matches!(next, b'/' | b'3'),
        b'>' | b'-' => matches!(next, b'_' | b'.'),
        b'^' => matches!(next, b'_' | b'^'),
        b'\\' => matches!(next, b'o' | b'O'),
        b't' | b'T' | b'o' | b'O' | b'u' | b'U' => next == b'_',
        _ => false,
    }
}

/// Which bytes are noses, or mouths in any case.
const NEXT_TO_EYES: [bool; 256] = {
    let mut next = [false; 256];
    let mut number = 0;
    while number < NOSES.len() {
        next[NOSES[number] as usize] = true;
        number += 1;
    }
    number = 0;
    while number < MOUTHS.len() {
        next[MOUTHS[number] as usize] = true;
        next[MOUTHS[number].to_ascii_uppercase() as usize] = true;
        number += 1;
    }
    next
};

/// Whether an emoticon or emoji may begin in what stands between two words.
#[inline]
pub(super) fn may_hold_sign(text: &[u8], gap: Range<usize>) -> bool {
    let next = |at: usize| text.get(at + 1).copied().unwrap_or(0);
    gap.into_iter().any(|at| may_begin(text[at], next(at)))
}

/// The length in bytes of the emoticon or emoji that starts at byte `at` of `text`.
pub(super) fn sign_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if !first.is_ascii() {
        return is_emoji(first).then(|| emoji_length(rest));
    }
    if !may_begin(text.as_bytes()[at], text.as_bytes().get(at + 1).copied().unwrap_or(0)) {
        return None;
    }
    let before = text[..at].chars().next_back();
    let behind_word = before.is_some_and(char::is_alphanumeric);
    // Most signs between two words; only `:)` may stand directly behind one.
    if behind_word && first != ':' {
        return None;
    }
    let length = listed(rest).or_else(|| face(rest.as_bytes())).or_else(|| turned(rest, before))?;
    let ends_in_letter = rest.as_bytes()[length - 1].is_ascii_alphanumeric();
    let starts_free =
        !behind_word || (!ends_in_letter && matches!(rest.as_bytes()[length - 1], b')' | b'('));
    let ends_free = !rest[length..].starts_with(char::is_alphanumeric);
    (starts_free && ends_free).then_some(length)
}

/// Whether the whole of `text` is one emoticon or emoji, or several emoji that belong together.
pub(crate) fn is_sign(text: &str) -> bool {
    let emoji = |c: char| is_emoji(c) || matches!(c, '\u{FE0F}' | '\u{200D}');
    !text.is_empty() && (sign_at(text, 0) == Some(text.len()) || text.chars().all(emoji))
}

/// Replaces `out` by the spelling of a sign: noses, drawn out mouths, skin tones and joiners go; eyes
/// and mouths of one meaning become one; a face that is turned round is turned back.
pub(crate) fn spell_sign(sign: &str, out: &mut String) {
    out.clear();
    if !sign.is_ascii() {
        out.extend(sign.chars().filter(|&c| is_emoji(c) && !is_skin_tone(c)));
        return;
    }
    let lower = sign.as_bytes().iter().map(u8::to_ascii_lowercase);
    if listed(sign) == Some(sign.len()) {
        out.extend(lower.map(char::from));
        return;
    }
    let turned = matches!(sign.as_bytes()[0], b'(' | b')');
    let eyes = if sign.contains(';') { ';' } else { ':' };
    let mouth = if turned { sign.chars().next() } else { sign.chars().next_back() };
    out.push(eyes);
    if sign.contains('\'') {
        out.push('\'');
    }
    out.extend(mouth.map(|mouth| match (mouth.to_ascii_lowercase(), turned) {
        (']', _) | ('(', true) => ')',
        ('[', _) | (')', true) => '(',
        ('\\', _) => '/',
        (mouth, _) => mouth,
    }));
}

fn listed(rest: &str) -> Option<usize> {
    let starts =
        |face: &&&str| rest.get(..face.len()).is_some_and(|start| start.eq_ignore_ascii_case(face));
    LISTED.iter().find(starts).map(|face| face.len())
}

/// `:)`, `;-)`, `:'((`, `=D`.
fn face(rest: &[u8]) -> Option<usize> {
    if !EYES.contains(rest.first()?) {
        return None;
    }
    let mut at = 1;
    while NOSES.contains(rest.get(at)?) && at < 3 {
        at += 1;
    }
    let mouth = rest.get(at)?.to_ascii_lowercase();
    if !MOUTHS.contains(&mouth) {
        return None;
    }
    let drawn = rest[at..].iter().take_while(|byte| byte.to_ascii_lowercase() == mouth).count();
    Some(at + drawn)
}

/// `(:`, `(-;`, `):`: only where it stands alone, since brackets stand before colons for other reasons.
fn turned(rest: &str, before: Option<char>) -> Option<usize> {
    let bytes = rest.as_bytes();
    if !matches!(bytes[0], b'(' | b')') || before.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    let nose = usize::from(bytes.get(1) == Some(&b'-'));
    let length = 2 + nose;
    let eyes = EYES.contains(bytes.get(length - 1)?);
    (eyes && rest[length..].chars().next().is_none_or(char::is_whitespace)).then_some(length)
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}' | '\u{2B1B}'..='\u{2B1C}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// One emoji with its modifiers, and those that a joiner adds.
fn emoji_length(rest: &str) -> usize {
    const JOINER: char = '\u{200D}';
    let mut end = 0;
    let mut joined = true;
    for (at, c) in rest.char_indices() {
        let modifies = end > 0 && (is_skin_tone(c) || c == '\u{FE0F}' || c == JOINER);
        if !(modifies || joined && is_emoji(c)) {
            break;
        }
        joined = c == JOINER;
        end = at + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn faces_of_one_meaning_have_one_spelling() {
        for (written, spelled) in [
            (":)", ":)"),
            (":-)))", ":)"),
            ("=]", ":)"),
            ("(:", ":)"),
            ("):", ":("),
            (":-(", ":("),
            (":'(", ":'("),
            (";-)", ";)"),
            (":D", ":d"),
            (":ppp", ":p"),
            ("<3", "<3"),
            ("T_T", "t_t"),
            ("😀", "😀"),
            ("👍🏽", "👍"),
            ("❤️", "❤"),
            ("👩‍👧", "👩👧"),
        ] {
            assert!(is_sign(written), "{written}");
            let mut out = String::new();
            spell_sign(written, &mut out);
            assert_eq!(out, spelled, "{written}");
            assert!(is_sign(spelled), "{spelled}");
        }
    }

    #[test]
    fn brackets_colons_and_times_are_no_faces() {
        for (text, at) in [
            ("(see the note): it", 13),
            ("follows:(a)", 7),
            ("at 3:30", 4),
            ("note:Dogs", 4),
            ("a:D", 1),
            ("<30", 0),
            (":", 0),
            ("(", 0),
            ("(“so”)", 0),
            ("é", 0),
            ("“", 0),
        ] {
            assert_eq!(sign_at(text, at), None, "{text}");
        }
        assert_eq!(sign_at("great:)", 5), Some(2));
        assert_eq!(sign_at("😀😀", 0), Some(4));
        assert_eq!(sign_at("😀", 1), None);
    }

    proptest! {
        /// No sign is missed by the look at the bytes.
        #[test]
        fn signs_begin_where_they_may(text in "[ :;=<>()-^tTouDP3,.!’“—😀❤☀⭐é]{0,12}|\\PC{0,12}") {
            let signs = text.char_indices().filter(|(at, _)| sign_at(&text, *at).is_some());
            for (at, first) in signs {
                prop_assert!(may_hold_sign(text.as_bytes(), at..at + first.len_utf8()), "{}", text);
            }
        }
    }
}
