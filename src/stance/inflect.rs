//! Which written forms does a lemma have?
//!
//! Only inflection, never derivation: `condemn` gives `condemned`, not `condemnation`, and no rule
//! merges `hard` with `hardly`.

use hashbrown::HashMap;

use super::entry::Inflects;

type Irregular<'t> = HashMap<(&'t str, u8), Vec<&'t str>, foldhash::fast::FixedState>;

/// Makes the inflected forms of lemmas, with a table of those that follow no rule.
pub(super) struct Inflector {
    irregular: Irregular<'static>,
}

impl Inflector {
    pub(super) fn english() -> Self {
        let mut irregular = Irregular::default();
        let rows =
            include_str!("../data/irregular.tsv").lines().filter(|row| !row.starts_with('#'));
        for row in rows {
            let mut columns = row.split('\t');
            if let (Some(lemma), Some(pos), Some(forms)) =
                (columns.next(), columns.next(), columns.next())
            {
                let pos = pos.bytes().next().unwrap_or(b'x');
                irregular.entry((lemma, pos)).or_default().extend(forms.split_whitespace());
            }
        }
        Self { irregular }
    }

    /// The inflected forms of a word or phrase, without the lemma itself. In a phrase the first
    /// word inflects as a verb, the last as a noun or adjective.
    pub(super) fn forms(&self, text: &str, inflects: Inflects) -> Vec<String> {
        let mut forms = Vec::new();
        if inflects.verb {
            let (word, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
            forms.extend(self.word_forms(word, b'v').into_iter().map(|form| form + rest));
        }
        for (wanted, pos) in [(inflects.noun, b'n'), (inflects.adjective, b'a')] {
            if wanted {
                let (rest, word) = text.split_at(text.rfind(' ').map_or(0, |space| space + 1));
                forms.extend(
                    self.word_forms(word, pos).into_iter().map(|form| format!("{rest}{form}")),
                );
            }
        }
        forms
    }

    fn word_forms(&self, word: &str, pos: u8) -> Vec<String> {
        if let Some(forms) = self.irregular.get(&(word, pos)) {
            return forms.iter().map(ToString::to_string).collect();
        }
        // "short-change", "by-product": the part that inflects is in the table without the rest.
        if let Some((head, last)) = word.rsplit_once('-')
            && let Some(forms) = self.irregular.get(&(last, pos))
        {
            return forms.iter().map(|form| format!("{head}-{form}")).collect();
        }
        match pos {
            b'v' => verb_forms(word),
            b'n' => vec![with_s(word)],
            _ => comparatives(word),
        }
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn consonant_before_last(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 2 && !is_vowel(bytes[bytes.len() - 2])
}

fn with_s(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if consonant_before_last(word) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end))
            || (word.ends_with('o') && consonant_before_last(word)) =>
        {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    }
}

fn vowel_groups(word: &str) -> usize {
    let mut groups = 0;
    let mut inside = false;
    for byte in word.bytes() {
        let vowel = is_vowel(byte) || byte == b'y';
        groups += usize::from(vowel && !inside);
        inside = vowel;
    }
    groups
}

/// One syllable, one vowel, one consonant at the end: `stop`, `big`.
fn doubles(word: &str) -> bool {
    let bytes = word.as_bytes();
    let [.., before, vowel, last] = bytes else { return false };
    let qu = *before == b'u' && bytes.len() >= 4 && bytes[bytes.len() - 4] == b'q';
    is_vowel(*vowel)
        && (!is_vowel(*before) || qu)
        && last.is_ascii_lowercase()
        && !is_vowel(*last)
        && !matches!(last, b'w' | b'x' | b'y')
        && vowel_groups(word) == 1
}

/// The word made ready for an ending that starts with a vowel, as in `-ed` and `-er`.
fn before_e(word: &str) -> String {
    if let Some(stem) = word.strip_suffix('e') {
        stem.to_string()
    } else if let Some(stem) = word.strip_suffix('y').filter(|_| consonant_before_last(word)) {
        format!("{stem}i")
    } else if doubles(word) {
        format!("{word}{}", &word[word.len() - 1..])
    } else {
        word.to_string()
    }
}

fn verb_forms(word: &str) -> Vec<String> {
    let past = format!("{}ed", before_e(word));
    let silent_e = word.ends_with('e')
        && !["ee", "oe", "ye"].iter().any(|end| word.ends_with(end))
        && word.len() > 2;
    let ing = match word.strip_suffix("ie") {
        Some(stem) => format!("{stem}ying"),
        None if silent_e => format!("{}ing", &word[..word.len() - 1]),
        None if doubles(word) => format!("{}ing", before_e(word)),
        None => format!("{word}ing"),
    };
    vec![with_s(word), past, ing]
}

fn comparatives(word: &str) -> Vec<String> {
    let short = vowel_groups(word.strip_suffix('e').unwrap_or(word)) == 1
        || (word.ends_with('y') && vowel_groups(word) == 2);
    if !short || word.contains('-') || !word.is_ascii() {
        return Vec::new();
    }
    let stem = before_e(word);
    vec![format!("{stem}er"), format!("{stem}est")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules_and_the_table() {
        let inflector = Inflector::english();
        let cases = [
            ("condemn", "v", "condemns condemned condemning"),
            ("stop", "v", "stops stopped stopping"),
            ("deny", "v", "denies denied denying"),
            ("praise", "v", "praises praised praising"),
            ("free", "v", "frees freed freeing"),
            ("die", "v", "dies died dying"),
            ("destroy", "v", "destroys destroyed destroying"),
            ("offer", "v", "offers offered offering"),
            ("hit out at", "v", "hits out at hitting out at"),
            ("crisis", "n", "crises"),
            ("ally", "n", "allies"),
            ("war crime", "n", "war crimes"),
            ("brave", "a", "braver bravest"),
            ("ugly", "a", "uglier ugliest"),
            ("big", "a", "bigger biggest"),
            ("corrupt", "a", ""),
            ("well", "x", ""),
        ];
        for (lemma, pos, expected) in cases {
            let forms = inflector.forms(lemma, Inflects::from_letters(pos).unwrap());
            assert_eq!(forms.join(" "), expected, "{lemma}");
        }
    }
}
