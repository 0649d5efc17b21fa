//! Where does a sentence end?
//!
//! Unicode's sentences (UAX #29) break after "Mr.", "Sen." and "U.S."; news is full of them. The
//! segments found by unicode-segmentation are therefore joined again where the full stop belongs to
//! an abbreviation, and cut where scraped text lost the space after one.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations that are followed by the name or number they belong to.
const BEFORE_NAMES: &[&str] = &[
    "abp", "adm", "adv", "al", "ald", "alh", "amb", "approx", "apr", "asst", "atty", "aug", "bp",
    "brig", "capt", "cdr", "cf", "ch", "chem", "cllr", "cmdr", "col", "conn", "cpl", "dec", "dep",
    "det", "dr", "econ", "eng", "engl", "engr", "ext", "feb", "fr", "ft", "gen", "gov", "govt",
    "hist", "hon", "insp", "jan", "jul", "jun", "lt", "maj", "maths", "messrs", "mr", "mrs", "ms",
    "mst", "mt", "mx", "nov", "oct", "pfc", "phil", "phys", "pres", "prof", "pt", "pvt", "rep",
    "reps", "rev", "rs", "rt", "sen", "sens", "sep", "sept", "sgt", "spc", "sra", "st", "ste",
    "supt", "thiru", "tmt", "univ", "ver", "viz", "vs",
];

/// Abbreviations that are words or ends of sentences too, unless a number follows.
const BEFORE_NUMBERS: &[&str] =
    &["art", "ca", "est", "fig", "mar", "no", "nos", "nr", "p", "pp", "sec", "str", "vol"];

/// Abbreviations that also end sentences: what follows must look like a start.
const MAY_END: &[&str] = &[
    "ariz", "ave", "blvd", "bros", "calif", "co", "colo", "corp", "dept", "etc", "fla", "inc",
    "jr", "llc", "ltd", "mich", "minn", "plc", "rd", "sr", "tenn", "wis",
];

/// Capitalised words that, after an abbreviation, show that a new sentence has begun.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Before",
    "Both",
    "But",
    "By",
    "During",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Many",
    "Meanwhile",
    "Most",
    "No",
    "Not",
    "On",
    "One",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
];

/// The longest sentence, in bytes. What looks longer is a table or no prose at all; in parts it costs
/// its readers, who compare the words of a sentence with each other, no more than prose.
const LONGEST: usize = 4096;

/// The sentences of a paragraph, as byte ranges without surrounding white space.
///
/// ```
/// let text = "Sen. J. Smith left the U.S. on Jan. 3. He didn’t say why.";
/// let found: Vec<_> = undertone::sentences(text).map(|range| &text[range]).collect();
/// assert_eq!(found, ["Sen. J. Smith left the U.S. on Jan. 3.", "He didn’t say why."]);
/// ```
///
/// Cost: linear in the text. Line breaks always end a sentence, and one of more than 4096 bytes is cut
/// into parts at white space.
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences {
        text,
        segments: text.split_sentence_bound_indices(),
        pending: None,
        queue: Vec::new(),
    }
}

/// Iterator over sentences, from [`sentences`].
#[derive(Clone)]
pub struct Sentences<'t> {
    text: &'t str,
    segments: unicode_segmentation::USentenceBoundIndices<'t>,
    pending: Option<Range<usize>>,
    /// Sentences cut from one segment, last first.
    queue: Vec<Range<usize>>,
}

impl std::fmt::Debug for Sentences<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sentences").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(sentence) = self.queue.pop() {
                return Some(sentence);
            }
            let segment = self.joined()?;
            self.cut(segment);
        }
    }
}

impl Sentences<'_> {
    /// The next segments that belong together.
    fn joined(&mut self) -> Option<Range<usize>> {
        for (start, segment) in self.segments.by_ref() {
            let next = start..start + segment.len();
            match &mut self.pending {
                None => self.pending = Some(next),
                Some(pending) if continues(&self.text[pending.clone()], segment) => {
                    pending.end = next.end;
                }
                Some(pending) => return Some(std::mem::replace(pending, next)),
            }
        }
        self.pending.take()
    }

    /// Queues the sentences of a segment, cut where a full stop ends one that Unicode goes on with:
    /// where no space follows, or a number, a sign of currency or a name such as iPhone.
    fn cut(&mut self, segment: Range<usize>) {
        let text = self.text;
        let mut start = segment.start;
        let mut address_end = start;
        for (at, stop) in text[segment.clone()].match_indices(['.', '?', '!']) {
            let end = segment.start + at + stop.len();
            let rest = &text[end..segment.end];
            let closers = rest.len() - rest.trim_start_matches(['”', '"', '’', ')', ']']).len();
            let (before, after) = (&text[start..end - 1], &rest[closers..]);
            if end <= address_end || !(glued(before, after) || odd_start(before, after)) {
                continue;
            }
            if before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("//")) {
                // The full stops of a web address end nothing; go on behind it.
                address_end = end + rest.find(char::is_whitespace).unwrap_or(rest.len());
                continue;
            }
            self.push(start..end + closers);
            start = end + closers;
        }
        self.push(start..segment.end);
        self.queue.reverse();
    }

    /// Queues a sentence, in parts if it is longer than any that somebody wrote.
    fn push(&mut self, mut sentence: Range<usize>) {
        while sentence.len() > LONGEST {
            let mut end = sentence.start + LONGEST;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            let gap = self.text[sentence.start..end].rfind(char::is_whitespace);
            if let Some(gap) = gap.filter(|&gap| gap > 0) {
                end = sentence.start + gap;
            }
            self.queue.extend(trimmed(self.text, sentence.start..end));
            sentence.start = end;
        }
        self.queue.extend(trimmed(self.text, sentence));
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    let sentence = start..start + inner.trim().len();
    (!sentence.is_empty()).then_some(sentence)
}

/// Whether `after` goes on with the sentence that `before` seems to end.
fn continues(before: &str, after: &str) -> bool {
    if before.ends_with(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return false;
    }
    let trimmed = before.trim_end();
    if trimmed.is_empty() {
        return true;
    }
    let after = after.trim_start();
    // A quotation goes on: “Who?” he asked. So does a title in brackets: Dr. (Mrs.) Rao.
    if let Some(inner) = trimmed.strip_suffix(['”', '"', '’', '\'', ')', ']']) {
        let title = trimmed.ends_with(')')
            && inner.strip_suffix('.').is_some_and(|stem| is_before_name(last_word(stem)));
        return title || after.starts_with(char::is_lowercase);
    }
    let Some(stem) = trimmed.strip_suffix('.') else {
        return trimmed.ends_with(['?', '!']) && after.starts_with(char::is_lowercase);
    };
    full_stop_continues(stem, after)
}

/// Whether the full stop behind `stem` belongs to an abbreviation that the sentence goes on after.
fn full_stop_continues(stem: &str, after: &str) -> bool {
    let word = last_word(stem);
    let lower = word.to_lowercase();
    let next_word = after.split(|c: char| !c.is_alphabetic() && c != '’').next().unwrap_or("");
    if BEFORE_NUMBERS.contains(&lower.as_str()) {
        return after.starts_with(|c: char| c.is_ascii_digit());
    }
    if lower == "p.s" {
        return true;
    }
    let starts = STARTERS.contains(&next_word);
    if initial(word, stem) {
        // "J. The Elder" goes on; "vitamin D. The" does not.
        let named = last_word(stem[..stem.len() - word.len()].trim_end());
        let after_name =
            named.is_empty() || named.contains('.') || named.starts_with(char::is_uppercase);
        return after_name || !starts;
    }
    if is_before_name(word) {
        return !(starts && next_word == "The");
    }
    // "the U.S. Senate" goes on; "the U.S. The" and "the U.S. “I" do not.
    let abbreviated = is_acronym(word) || MAY_END.contains(&lower.as_str());
    abbreviated && !starts && !after.starts_with(['“', '"', '‘'])
}

fn last_word(text: &str) -> &str {
    let word = text.rsplit(|c: char| c.is_whitespace() || "([“\"‘'—–".contains(c)).next();
    let word = word.unwrap_or_default();
    // "an hour.Mr" lost its space.
    match word.rsplit_once('.') {
        Some((before, last)) if !is_acronym(word) && before.ends_with(char::is_lowercase) => last,
        _ => word,
    }
}

fn is_before_name(word: &str) -> bool {
    BEFORE_NAMES.contains(&word.to_lowercase().as_str())
}

/// `U.S`, `a.m`, `Ph.D`: short parts of letters.
fn is_acronym(word: &str) -> bool {
    let part = |part: &str| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic);
    word.contains('.') && word.split('.').all(part)
}

/// Whether a sentence starts in `after` in a way that Unicode's rules do not take for a start: with a
/// number, a sign of currency, a dash, a cut decade or a name like iPhone.
fn odd_start(before: &str, after: &str) -> bool {
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let word = last_word(before);
    let ordinary = word.chars().filter(|c| c.is_alphanumeric()).count() >= 2
        && !is_acronym(word)
        && !is_before_name(word)
        && ![BEFORE_NUMBERS, MAY_END]
            .iter()
            .any(|list| list.contains(&word.to_lowercase().as_str()));
    if !ordinary {
        return false;
    }
    let mut next = after.trim_start().chars();
    match next.next() {
        Some(c) if c.is_ascii_digit() || "$£€¥".contains(c) => true,
        Some('—') => next.find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
        Some('\'' | '’') => next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) if c.is_lowercase() => next.next().is_some_and(char::is_uppercase),
        _ => false,
    }
}

/// Whether a word before a full stop is the initial of a name, and not the pronoun.
fn initial(word: &str, stem: &str) -> bool {
    let letter = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let before = last_word(stem[..stem.len() - word.len()].trim_end());
    letter && (word != "I" || before.starts_with(char::is_uppercase))
}

/// Whether a full stop between `before` and `after` ends a sentence though no space follows it.
fn glued(before: &str, after: &str) -> bool {
    let mut last = before.chars().rev();
    let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let mut next = after.trim_start_matches(['“', '‘', '(']).chars();
    lower(last.next())
        && lower(last.next())
        && next.next().is_some_and(char::is_uppercase)
        && next.next().is_some_and(|c| c.is_lowercase() || c == ' ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for whole in [
            "Mr. Trump met Sen. Ted Cruz.",
            "Dr. J. Smith of the U.S. Senate spoke.",
            "It fell on Jan. 3 to No. 5 in the list.",
            "He works for Acme Inc. Europe and for Lt. Gov. Jane Doe.",
            "“Who goes there?” he asked.",
            "The firm (est. 1990) grew.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end() {
        let cases: &[(&str, &[&str])] = &[
            ("He left. She stayed.", &["He left.", "She stayed."]),
            ("They left the U.S. The war went on.", &["They left the U.S.", "The war went on."]),
            (
                "It was the end.The next day it rained.",
                &["It was the end.", "The next day it rained."],
            ),
            ("He said no. She agreed.", &["He said no.", "She agreed."]),
            ("Why? Because!  It works…", &["Why?", "Because!", "It works…"]),
            ("One line\nTwo lines", &["One line", "Two lines"]),
            ("“It works.” She left.", &["“It works.”", "She left."]),
            ("  ", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&split(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_comes_in_parts() {
        for text in ["é".repeat(LONGEST), "one, two ".repeat(LONGEST)] {
            let parts = split(&text);
            assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= LONGEST));
            assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
        }
        let address = format!("It is at http://{}.", "ab.Cd".repeat(300));
        assert_eq!(split(&address), [address.as_str()]);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "\\PC{0,60}") {
            let kept: String = split(&text).concat().split_whitespace().collect();
            let all: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, all);
        }
    }
}
