//! What stands between two words, and what does it say?
//!
//! Nearly all gaps of news are one of a few, which are told by one look into a table; others are read
//! character by character.

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

/// What a gap does to a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    Keep,
    Open,
    Close,
    /// Typewriters have one mark for both.
    Turn,
}

impl Quotes {
    /// Whether a quotation is open behind the gap, if it was before or not.
    fn after(self, quoted: bool) -> bool {
        let kept = matches!(self, Self::Keep | Self::Turn);
        let turned = matches!(self, Self::Open | Self::Turn);
        (quoted & kept) ^ turned
    }
}

/// The gaps of most sentences, none of which holds an emoticon, whatever comes behind it.
const COMMON: [(&str, Gap, Quotes); 46] = [
    ("", Gap::Space, Quotes::Keep),
    (" ", Gap::Space, Quotes::Keep),
    ("\n", Gap::Space, Quotes::Keep),
    ("\u{A0}", Gap::Space, Quotes::Keep),
    ("-", Gap::Hyphen, Quotes::Keep),
    ("—", Gap::Hyphen, Quotes::Keep),
    (".", Gap::Point, Quotes::Keep),
    (". ", Gap::Point, Quotes::Keep),
    ("' ", Gap::Point, Quotes::Keep),
    ("’ ", Gap::Point, Quotes::Keep),
    (",", Gap::Break, Quotes::Keep),
    (", ", Gap::Break, Quotes::Keep),
    (": ", Gap::Break, Quotes::Keep),
    ("; ", Gap::Break, Quotes::Keep),
    ("?", Gap::Break, Quotes::Keep),
    ("!", Gap::Break, Quotes::Keep),
    ("., ", Gap::Break, Quotes::Keep),
    (" - ", Gap::Break, Quotes::Keep),
    (" -- ", Gap::Break, Quotes::Keep),
    (" – ", Gap::Break, Quotes::Keep),
    (" — ", Gap::Break, Quotes::Keep),
    (" (", Gap::Break, Quotes::Keep),
    (") ", Gap::Break, Quotes::Keep),
    (").", Gap::Break, Quotes::Keep),
    (" [", Gap::Break, Quotes::Keep),
    ("] ", Gap::Break, Quotes::Keep),
    (": “", Gap::Break, Quotes::Open),
    (", “", Gap::Break, Quotes::Open),
    (",” ", Gap::Break, Quotes::Close),
    (": \"", Gap::Break, Quotes::Turn),
    (", \"", Gap::Break, Quotes::Turn),
    (",\" ", Gap::Break, Quotes::Turn),
    ("/", Gap::Sign, Quotes::Keep),
    (" '", Gap::Sign, Quotes::Keep),
    (" ‘", Gap::Sign, Quotes::Keep),
    (".’", Gap::Sign, Quotes::Keep),
    ("“", Gap::Sign, Quotes::Open),
    (" “", Gap::Sign, Quotes::Open),
    ("” ", Gap::Sign, Quotes::Close),
    ("”.", Gap::Sign, Quotes::Close),
    (".”", Gap::Sign, Quotes::Close),
    ("\"", Gap::Sign, Quotes::Turn),
    (" \"", Gap::Sign, Quotes::Turn),
    ("\" ", Gap::Sign, Quotes::Turn),
    ("\".", Gap::Sign, Quotes::Turn),
    (".\"", Gap::Sign, Quotes::Turn),
];

/// No common gap has more bytes.
const LONGEST: usize = 7;

/// There are 2 to the power of so many places in the table of common gaps.
const PLACE_BITS: u32 = 7;

/// Chosen so that each common gap has a place of its own.
const SPREAD: u64 = 0x1E7D_2E02_77DC_AAD7;

const fn place_of(key: u64) -> usize {
    (key.wrapping_mul(SPREAD) >> (u64::BITS - PLACE_BITS)) as usize
}

/// The bytes of each common gap, and above them how many they are, with what it says.
static PLACES: [(u64, Gap, Quotes); 1 << PLACE_BITS] = {
    let mut places = [(u64::MAX, Gap::Sign, Quotes::Keep); 1 << PLACE_BITS];
    let mut number = 0;
    while number < COMMON.len() {
        let (written, gap, quotes) = COMMON[number];
        let bytes = written.as_bytes();
        let mut key = (bytes.len() as u64) << 56;
        let mut at = 0;
        while at < bytes.len() {
            key |= (bytes[at] as u64) << (8 * at);
            at += 1;
        }
        let place = place_of(key);
        assert!(bytes.len() <= LONGEST && places[place].0 == u64::MAX);
        places[place] = (key, gap, quotes);
        number += 1;
    }
    places
};

/// What the gap between bytes `from` and `until` says if it is a common one, and whether a quotation is open
/// behind it.
#[inline]
pub(super) fn common(bytes: &[u8], from: usize, until: usize, quoted: bool) -> Option<(Gap, bool)> {
    let length = until.checked_sub(from).filter(|&length| length <= LONGEST)?;
    // With some of what stands before the gap: few begin a sentence.
    let ended = u64::from_le_bytes(*bytes.get(..until)?.last_chunk()?);
    let key = ended.checked_shr(u64::BITS - 8 * length as u32).unwrap_or(0) | (length as u64) << 56;
    let (found, gap, effect) = PLACES[place_of(key)];
    (found == key).then(|| (gap, effect.after(quoted)))
}

/// Reads any gap; whether a quotation is open behind it is noted.
pub(super) fn read(gap: &str, quoted: &mut bool) -> Gap {
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

#[cfg(test)]
mod tests {
    use super::super::signs::sign_at;
    use super::*;

    #[test]
    fn common_gaps_are_read_as_any() {
        for (gap, expected, _) in COMMON {
            for before in [false, true] {
                let mut quoted = before;
                assert_eq!(read(gap, &mut quoted), expected, "{gap:?}");
                let text = format!("the word{gap}");
                let found = common(text.as_bytes(), 8, text.len(), before);
                assert_eq!(found, Some((expected, quoted)), "{gap:?}");
            }
        }
        for (text, from) in [("the word ... ", 8), ("the word.\0", 8), ("the word\0", 8), (". ", 0)]
        {
            assert_eq!(common(text.as_bytes(), from, text.len(), false), None, "{text:?}");
        }
    }

    #[test]
    fn common_gaps_hold_no_emoticon() {
        for (gap, ..) in COMMON {
            for behind in ["", "D", "d", "p", "x", "o", "s", "3", "$1", "@a", "_a", "T_T", "#a"] {
                let text = format!("a{gap}{behind}");
                let mut starts = (1..=gap.len()).filter(|&at| text.is_char_boundary(at));
                assert!(starts.all(|at| sign_at(&text, at).is_none()), "{text}");
            }
        }
    }
}
