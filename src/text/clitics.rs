//! What leans on a word with an apostrophe and is no part of it?

use super::fold::is_apostrophe;
use super::language::Language;

/// A word as it was written, or folded, without its possessive ending, whatever the apostrophe. An
/// ending that scraped text doubled goes too, so that nothing is left to strip.
#[inline]
pub(crate) fn without_possessive(word: &str) -> &str {
    // Most words: a look at the last byte costs less than a search.
    match word.as_bytes() {
        [.., before, b's' | b'S'] if !before.is_ascii_alphanumeric() => stripped(word),
        _ => word,
    }
}

fn stripped(word: &str) -> &str {
    let mut bare = word;
    while let Some(shorter) =
        bare.strip_suffix(['s', 'S']).and_then(|s| s.strip_suffix(is_apostrophe))
        && !shorter.is_empty()
    {
        bare = shorter;
    }
    bare
}

/// A folded word without what leans on it: the possessive ending in any language, the article of
/// French and Italian, the case of Turkish names. Stop words and stems are looked up without it.
pub(super) fn base(word: &str, language: Option<Language>) -> &str {
    // Most words: a look at the bytes costs less than a search.
    if !word.bytes().any(|byte| byte == b'\'') {
        return word;
    }
    let word = without_possessive(word);
    let Some((before, after)) = word.split_once('\'') else { return word };
    match language {
        Some(Language::French) if !after.is_empty() && FRENCH.contains(&before) => after,
        Some(Language::Italian) if !after.is_empty() && ITALIAN.contains(&before) => after,
        Some(Language::Turkish) if !before.is_empty() => before,
        _ => word,
    }
}

/// What French elides before a vowel. "Aujourd'hui" and "presqu'île" are words, and "n'" negates.
const FRENCH: &[&str] =
    &["c", "d", "j", "jusqu", "l", "lorsqu", "m", "puisqu", "qu", "quoiqu", "s", "t"];

/// What Italian elides before a vowel.
const ITALIAN: &[&str] = &[
    "all", "c", "coll", "d", "dall", "dell", "gl", "l", "m", "nell", "quell", "quest", "s", "sull",
    "t", "un", "v",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Analyzer;

    #[test]
    fn possessives_go_whatever_the_apostrophe() {
        for apostrophe in "'‘’‛´`ʼ′＇".chars() {
            let word = format!("Britain{apostrophe}s");
            assert_eq!(without_possessive(&word), "Britain");
            assert_eq!(without_possessive(&word.to_uppercase()), "BRITAIN");
        }
        for (word, expected) in [
            ("drewʼsʼs", "drew"),
            ("U.N.’s", "U.N."),
            ("o'brien", "o'brien"),
            ("'s", "'s"),
            ("s", "s"),
        ] {
            assert_eq!(without_possessive(word), expected);
        }
    }

    #[test]
    fn words_stand_alone() {
        let cases = [
            (None, "iran's", "iran"),
            (None, "l'état", "l'état"),
            (Some(Language::English), "o'brien", "o'brien"),
            (Some(Language::French), "l'état", "état"),
            (Some(Language::French), "jusqu'alors", "alors"),
            (Some(Language::French), "aujourd'hui", "aujourd'hui"),
            (Some(Language::French), "n'importe", "n'importe"),
            (Some(Language::French), "l'", "l'"),
            (Some(Language::Italian), "dell'economia", "economia"),
            (Some(Language::Italian), "sant'egidio", "sant'egidio"),
            (Some(Language::Turkish), "ankara'nın", "ankara"),
            (Some(Language::Turkish), "'ankara", "'ankara"),
            (Some(Language::Turkish), "", ""),
        ];
        for (language, word, expected) in cases {
            assert_eq!(base(word, language), expected);
        }
    }

    #[test]
    fn both_spellings_are_one_term() {
        for (language, text, expected) in [
            (Language::French, "l’économie économie L'Économie", "économ économ économ"),
            (Language::Italian, "un’elezione elezione dell'elezione", "elezion elezion elezion"),
            (Language::Turkish, "Ankara’da Ankara'nın İzmir İZMİR'DE", "ankar ankar izmir izmir"),
        ] {
            let terms: Vec<_> = Analyzer::of(language).terms(text).collect();
            assert_eq!(terms.join(" "), expected);
        }
    }
}
