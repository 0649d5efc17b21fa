//! How many syllables does an English word have? A table of exceptions, then the rules.

use super::vowels::Letters;
use crate::text::{fold_into, without_possessive};

/// Words that the rules get wrong, sorted, each with its count.
const TABLE: &str = include_str!("../data/syllables.txt");

/// Words of two or three capitals that are shouted, not spelled out.
const SHOUTED: &[&str] = &[
    "ALL", "AND", "ANY", "ARE", "BIG", "BUT", "CAN", "DAY", "DID", "FOR", "GET", "HAD", "HAS",
    "HER", "HIM", "HIS", "HOW", "ITS", "MAN", "MAY", "MEN", "NEW", "NOT", "NOW", "OFF", "OIL",
    "OLD", "ONE", "OUR", "OUT", "OWN", "SAY", "SET", "SHE", "SIX", "TEN", "THE", "TOO", "TOP",
    "TWO", "WAR", "WAS", "WAY", "WHY", "WIN", "YES", "YET", "YOU", "AM", "AN", "AS", "AT", "BE",
    "BY", "DO", "GO", "HE", "IF", "IN", "IS", "ME", "MY", "NO", "OF", "ON", "OR", "SO", "TO", "UP",
    "WE",
];

/// What is longer, in characters, is no English word; only so much of it is read.
const LONGEST: usize = 64;

/// How many syllables an English word has, by rules and a table of exceptions; at least 1.
///
/// Take it for an estimate: people differ ("family", "different"), and so do dictionaries. Acronyms of
/// two or three capitals and those with full stops or without vowels are spelled out (`U.S.`, `BBC`,
/// `HSBC`), others read as words (`NATO`). A number is one syllable, and parts that a hyphen
/// joins add up.
///
/// ```
/// use undertone::syllables;
///
/// assert_eq!(["strengths", "nation", "idea", "minister", "negotiated"].map(syllables), [1, 2, 3, 3, 5]);
/// assert_eq!(["didn’t", "U.S.", "UNESCO", "e-mail"].map(syllables), [2, 2, 3, 2]);
/// ```
///
/// Only the first 64 characters are read, acronyms aside. Cost: linear. How good it is: `docs/evaluation.md`.
pub fn syllables(word: &str) -> usize {
    if let Some(spelled) = spelled_out(word) {
        return spelled;
    }
    let mut folded = String::new();
    let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(end, _)| end);
    fold_into(&word[..end], &mut folded);
    if folded.trim_start_matches(['$', '£', '€', '¥']).starts_with(char::is_numeric)
        && !folded.contains('-')
    {
        return 1;
    }
    let parts = folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    parts.filter(|part| !part.is_empty()).map(of_part).sum::<usize>().max(1)
}

/// The syllables of an acronym that is read letter by letter.
fn spelled_out(word: &str) -> Option<usize> {
    // `LET'S` was shouted, and its capitals prove no acronym.
    let word = if word.ends_with('s') { without_possessive(word) } else { word };
    let dotted = word.contains('.');
    let bare: String = word.chars().filter(|&c| c != '.').collect();
    let letters = if bare.len() > 2 { bare.strip_suffix('s').unwrap_or(&bare) } else { &bare };
    let capitals = letters.len() >= 2 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    if !capitals || (!dotted && SHOUTED.contains(&letters)) {
        return None;
    }
    let word_like = letters.len() > 3 && letters.contains(['A', 'E', 'I', 'O', 'U']);
    (dotted || !word_like)
        .then(|| letters.bytes().map(|byte| if byte == b'W' { 3 } else { 1 }).sum())
}

/// The syllables of a folded word without hyphens.
fn of_part(part: &str) -> usize {
    if part.starts_with(|c: char| c.is_numeric()) {
        return 1;
    }
    if let Some(count) = look_up(part) {
        return count;
    }
    if let Some((stem, ending)) = part.rsplit_once('\'') {
        return of_contraction(stem, ending);
    }
    if let Some(stem) = part.strip_suffix('s')
        && let Some(count) = look_up(stem)
    {
        return count + usize::from(hisses(stem));
    }
    let letters: Vec<u8> = part.chars().map(plain).collect();
    Letters(&letters).count().max(1)
}

/// Whether `es` or `'s` behind a word is a syllable of its own.
fn hisses(stem: &str) -> bool {
    ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze"].iter().any(|end| stem.ends_with(end))
}

fn of_contraction(stem: &str, ending: &str) -> usize {
    if stem.is_empty() {
        return of_part(ending);
    }
    if let ("t", Some(verb)) = (ending, stem.strip_suffix('n')) {
        return of_part(verb) + usize::from(verb.ends_with(['d', 's', 't']));
    }
    let vowel = stem.ends_with(['a', 'e', 'i', 'o', 'u', 'y']);
    of_part(stem)
        + match ending {
            "" | "re" | "m" => 0,
            "s" => usize::from(hisses(stem)),
            "ve" | "ll" | "d" => usize::from(!vowel),
            name => of_part(name),
        }
}

/// The count in the table, by binary search over its lines.
fn look_up(word: &str) -> Option<usize> {
    let mut rest = TABLE;
    while !rest.is_empty() {
        let middle = rest.len() / 2;
        let start =
            rest.as_bytes()[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let end = rest.as_bytes()[start..].iter().position(|&b| b == b'\n');
        let end = end.map_or(rest.len(), |length| start + length);
        let (entry, count) = rest[start..end].rsplit_once(' ')?;
        match word.cmp(entry) {
            std::cmp::Ordering::Equal => return count.parse().ok(),
            std::cmp::Ordering::Less => rest = &rest[..start],
            std::cmp::Ordering::Greater => rest = rest.get(end + 1..).unwrap_or(""),
        }
    }
    None
}

/// A letter without its accent; a final `é` is sounded, so that it is no `e` but another vowel.
fn plain(c: char) -> u8 {
    match c {
        'a'..='z' => c as u8,
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'é' | 'è' | 'ê' | 'ë' | 'æ' | 'ē' => {
            b'a'
        }
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'ý' => b'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'œ' => b'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => b'u',
        _ => b'x',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_is_sorted_and_needed() {
        let entries: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(entries.len() > 100);
        assert!(entries.is_sorted_by(|a, b| a.split(' ').next() < b.split(' ').next()));
        for entry in entries {
            let (word, count) = entry.split_once(' ').unwrap();
            let count: usize = count.parse().unwrap();
            assert_eq!(look_up(word), Some(count), "{entry}");
            let letters: Vec<u8> = word.chars().map(plain).collect();
            let ruled = Letters(&letters).count().max(1);
            assert!(word.contains('\'') || ruled != count, "the rules know {entry}");
        }
        assert_eq!(look_up("zzz"), None);
        assert_eq!(look_up("#"), None);
    }

    #[test]
    fn what_is_no_word_costs_little() {
        for odd in ["a'", "ia", "x", "e-", "U."] {
            assert!(syllables(&odd.repeat(1 << 20)) >= 1, "{odd}");
        }
    }

    #[test]
    fn acronyms_numbers_and_contractions() {
        let cases = [
            ("U.S.’s", 2),
            ("UN", 2),
            ("WTO", 5),
            ("MPs", 2),
            ("THE", 1),
            ("OPEC", 2),
            ("HSBC", 4),
            ("1,234.5", 1),
            ("1980s", 1),
            ("Covid-19", 3),
            ("they’ve", 1),
            ("could’ve", 2),
            ("O’Neill", 2),
            ("Résumé", 3),
            ("…", 1),
            ("", 1),
        ];
        for (word, expected) in cases {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn every_word_has_syllables(word in "\\PC{0,20}") {
            let found = syllables(&word);
            prop_assert!(1 <= found && found <= 3 * word.len().max(1));
        }

        #[test]
        fn letters_in_any_order_are_read(word in "[aeiouylrsdtgmnc']{1,12}") {
            prop_assert!(syllables(&word) <= word.len().max(1) + 1);
        }
    }
}
