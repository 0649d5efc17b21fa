//! Does a stop end the sentence, or does what follows go on with it?

use super::abbreviations::{
    Abbreviation, abbreviation, goes_on_after_time, is_name_too, is_shouted_name, reports,
    starts_sentences,
};
use super::stops::{Stop, StopKind, is_mark};

/// How far to look for the letter that tells whether a sentence starts, in characters.
const LOOK_AHEAD: usize = 32;

/// How far to look back for the words before a stop, in bytes; it bounds the cost of a text without
/// white space.
const LOOK_BACK: usize = 128;

/// What a stretch after a stop begins with, behind signs such as `“` and `—`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// A comma, colon or semicolon, or another stop: `. . .`
    Punctuation,
    /// A small letter.
    Lower,
    /// A capital, a letter of a script without capitals, or a name such as iPhone.
    Upper,
    /// A digit, with or without a sign of currency.
    Digit,
    /// No letter or digit in sight.
    None,
}

fn start_of(rest: &str) -> Start {
    let mut chars = rest.chars().take(LOOK_AHEAD);
    if rest.starts_with([',', ':', ';', '、', '،']) || rest.starts_with(is_mark) {
        return Start::Punctuation;
    }
    let Some(first) = chars.find(|&c| c.is_alphanumeric() || c == '\n' || is_mark(c)) else {
        return Start::None;
    };
    if first.is_lowercase() {
        let name = chars.next().is_some_and(char::is_uppercase);
        return if name { Start::Upper } else { Start::Lower };
    }
    match first {
        _ if first.is_alphabetic() => Start::Upper,
        _ if first.is_alphanumeric() => Start::Digit,
        _ => Start::None,
    }
}

/// Whether the sentence that starts at `start` ends at a stop.
pub(super) fn ends(text: &str, start: usize, stop: &Stop) -> bool {
    if stop.kind == StopKind::BlankLine || stop.end == text.len() {
        return true;
    }
    let (before, after) = (tail(&text[start..stop.marks.start]), &text[stop.end..]);
    let rest = after.trim_start();
    if rest.is_empty() {
        return true;
    }
    if stop.kind == StopKind::Aside {
        return is_aside(before) && (rest.starts_with('(') || start_of(rest) == Start::Upper);
    }
    if !before.contains(char::is_alphanumeric) {
        // "… He went on": marks alone are no sentence.
        return false;
    }
    if rest.len() == after.len() {
        return ends_without_space(before, stop, after);
    }
    let full_stop = stop.kind == StopKind::FullStop;
    match start_of(rest) {
        Start::Punctuation | Start::Lower => false,
        Start::Upper if full_stop => !full_stop_continues(before, stop.closes(), rest),
        Start::Upper if stop.closes() => !is_attribution(rest),
        Start::Upper => !is_shouted_name(last_word(before)) || starts_sentences(first_word(rest)),
        Start::Digit if full_stop => {
            stop.closes() || is_ordinary(last_word(before)) && !is_number_of_item(before)
        }
        Start::Digit | Start::None => true,
    }
}

/// Whether a bracket at the head of a sentence stands alone: `(Reporting by A. Keene) Our standards`,
/// but not `(Reuters) Oil`.
fn is_aside(bracket: &str) -> bool {
    bracket.split_whitespace().nth(2).is_some()
}

/// The end of a sentence so far, which says all that is asked of it.
fn tail(before: &str) -> &str {
    let mut start = before.len().saturating_sub(LOOK_BACK);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    &before[start..]
}

/// Whether a stop ends a sentence though no space follows: scraped text loses some.
fn ends_without_space(before: &str, stop: &Stop, after: &str) -> bool {
    let inner = after.trim_start_matches(['“', '‘', '(', '"']);
    let mut next = inner.chars();
    let (Some(first), second) = (next.next(), next.next()) else { return false };
    if stop.kind != StopKind::FullStop {
        return first.is_alphabetic() && !first.is_lowercase();
    }
    let mut last = before.chars().rev();
    let ordinary = match last.next() {
        Some(c) if c.is_lowercase() => last.next().is_some_and(char::is_lowercase),
        Some(c) => c.is_ascii_digit() || c == '%' || c == ')',
        None => false,
    };
    ordinary && first.is_uppercase() && second.is_some_and(|c| c.is_lowercase() || c == ' ')
}

/// Whether the full stop behind `before` belongs to an abbreviation that the sentence goes on after.
fn full_stop_continues(before: &str, closed: bool, rest: &str) -> bool {
    // "Lt.-Col. Regev", "then-U.N. Ambassador"
    let word = last_word(before).rsplit('-').next().unwrap_or_default();
    let ahead = &before[..before.len() - word.len()];
    let quoted = rest.starts_with(['“', '"', '‘', '«']);
    let next_word = first_word(rest);
    // "Cpl. A. J. Reyes"
    let initial = rest[next_word.len()..].starts_with('.');
    let starts = starts_sentences(next_word) && !initial;
    if is_dateline(before, rest) {
        return true;
    }
    if closed {
        // "Dr. (Mrs.) Rao", "the “U.S.” market"
        let name = abbreviation(word) == Some(Abbreviation::Title) || is_acronym(word);
        return name && !starts;
    }
    if is_time(word) {
        // "7:52 a.m. A caller saw a goat" opens with its time.
        return goes_on_after_time(next_word) || is_clock(ahead);
    }
    if is_initial(word, ahead) {
        // "J. No" goes on, and "Q. When" opens a turn; "vitamin D. The" and "Plan B. It" do not.
        let named = last_word(ahead.trim_end());
        let after_name = named.contains('.') || named.starts_with(char::is_uppercase);
        return named.is_empty() || !starts || (after_name && is_name_too(next_word));
    }
    match abbreviation(word) {
        Some(Abbreviation::Title) => {
            return !starts || rest.starts_with('(') || is_name_too(next_word);
        }
        Some(Abbreviation::Name) => return !starts,
        Some(Abbreviation::Number) => return rest.starts_with(['—', '–']),
        Some(Abbreviation::End) => return !starts && !quoted,
        None => {}
    }
    if word.eq_ignore_ascii_case("p.s") || is_number_of_item(before) {
        return true;
    }
    // "the U.S. Senate" goes on; "the U.S. The" and "the U.S. “I" do not.
    is_acronym(word) && !starts && !quoted
}

/// Whether a full stop stands inside a dateline: `MACON, Ga. (AP) —`, `MOSCOW, March 3. /TASS/. `
fn is_dateline(before: &str, rest: &str) -> bool {
    if rest.starts_with('/') || before.ends_with('/') {
        return true;
    }
    let mut chars = rest.chars();
    let agency = rest.starts_with('(') && chars.by_ref().take(LOOK_AHEAD).any(|c| c == ')');
    agency && chars.as_str().trim_start().starts_with(['—', '–', '-'])
}

/// Whether nothing but a time of day comes before `a.m.`
fn is_clock(ahead: &str) -> bool {
    let clock = ahead.trim();
    clock.len() <= 5
        && clock.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
}

fn first_word(rest: &str) -> &str {
    rest.split(|c: char| !c.is_alphabetic() && c != '’').next().unwrap_or_default()
}

/// The letters before a stop, up to white space or what opens a quotation.
fn last_word(text: &str) -> &str {
    let edge = |c: char| {
        matches!(c, '(' | '[' | '“' | '"' | '‘' | '\'' | '_' | '—' | '–') || c.is_whitespace()
    };
    let word = text.rsplit(edge).next().unwrap_or_default();
    // "an hour.Mr" lost its space.
    match word.rsplit_once('.') {
        Some((before, last)) if !is_acronym(word) && before.ends_with(char::is_lowercase) => last,
        _ => word,
    }
}

/// `U.S`, `a.m`, `Ph.D`: short parts of letters.
fn is_acronym(word: &str) -> bool {
    let part = |part: &str| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic);
    word.contains('.') && word.split('.').all(part)
}

fn is_time(word: &str) -> bool {
    word.eq_ignore_ascii_case("a.m") || word.eq_ignore_ascii_case("p.m")
}

/// Whether a word is no abbreviation of any kind, and more than a letter.
fn is_ordinary(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
        && !is_acronym(word)
        && abbreviation(word).is_none()
}

/// Whether nothing but the number or letter of an item comes before the full stop: `2. The plan`.
fn is_number_of_item(before: &str) -> bool {
    let item = before.trim_start();
    !item.is_empty() && item.len() <= 2 && item.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word before a full stop is the initial of a name, and not the pronoun.
fn is_initial(word: &str, ahead: &str) -> bool {
    let letter = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let before = last_word(ahead.trim_end());
    // "I", and a site that is named by a letter: "she wrote on X. Flight 3 is next"
    let other = word == "I" || (word == "X" && matches!(before, "on" | "to" | "via"));
    letter && (!other || before.starts_with(char::is_uppercase))
}

/// Whether a quotation's own question or exclamation mark is followed by who said it:
/// `“Why?” Ms. Ortiz asked.`
fn is_attribution(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(5);
    let Some(first) = words.next() else { return false };
    if !first.starts_with(char::is_uppercase) || starts_sentences(first) {
        return false;
    }
    let verb = words.find(|word| !word.starts_with(char::is_uppercase));
    // "Judge Stagg replied that it was" says something new.
    verb.is_some_and(|verb| reports(trim(verb))) && words.next() != Some("that")
}

fn trim(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}
