//! Which words of a sentence are a name?
//!
//! Names listed in the gazetteer, longest first; then runs of capitalised words without the titles
//! before them. A capital at the start of a sentence proves nothing, so a single word there is
//! marked as doubtful, and in a headline that capitalises every word only listed names are found.

use super::gazetteer::Gazetteer;
use super::hints::{Capitals, Hints, LookedUp};
use super::name_words::{
    BODY, CALENDAR_WORD, CURRENCY, FIELD, FIRST, FUNCTION_WORD, HEAD, HOST, Kind, MEETING,
    NOBODY_WORD, NameWords, OFFICE, OPENER, SMALL, SMALL_IN_BODY, TITLE, UNKNOWN,
};
use crate::text::capitals::{capital_due, is_headline};
use crate::text::without_possessive;
use crate::text::words::{Gap, Shape, Word, Words};

/// A name: words `from..to` of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameSpan {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The place of the gazetteer, as its matcher numbers it.
    pub(crate) listed: Option<u32>,
    /// A title stood before it.
    pub(crate) titled: bool,
    /// A single capitalised word at the start of a sentence: perhaps no name.
    pub(crate) doubtful: bool,
    /// Initials in brackets behind the name that they shorten: "the Castelline Harbour Council (CHC)".
    pub(crate) defined: bool,
}

/// Finds names; holds the tables that it needs.
#[derive(Clone, Debug)]
pub(crate) struct NameReader {
    known: NameWords,
}

/// A sentence, and the names that are listed.
#[derive(Clone, Copy)]
struct Line<'l, H> {
    text: &'l str,
    words: &'l [Word],
    hints: H,
    gazetteer: &'l Gazetteer,
}

impl<'l, H: Hints> Line<'l, H> {
    fn written(&self, at: usize) -> &'l str {
        &self.text[self.words[at].start..self.words[at].end]
    }

    /// The longest listed name that starts at a word of some kinds, and how many words it has.
    #[inline]
    fn listed(&self, at: usize, may_be: Kind, buffer: &mut String) -> Option<(u32, usize)> {
        if may_be & FIRST == 0 { None } else { self.listed_at(at, buffer) }
    }

    fn listed_at(&self, at: usize, buffer: &mut String) -> Option<(u32, usize)> {
        let matcher = self.gazetteer.matcher();
        // Most words with an ending are plain without it, and so need no spelling.
        let bare = |word: &Word| without_possessive(&self.text[word.start..word.end]);
        let known = |word: &Word| matcher.word(bare(word), buffer);
        matcher.longest(self.words[at..].iter().map(known))
    }
}

impl NameReader {
    pub(crate) fn english() -> Self {
        Self { known: NameWords::english() }
    }

    /// What words may be to a name, for those who look words up anyway.
    pub(crate) fn hints<'h>(
        &'h self,
        words: &'h Words,
        text: &'h str,
        gazetteer: &'h Gazetteer,
    ) -> impl Hints + 'h {
        LookedUp { text, words, known: &self.known, gazetteer }
    }

    /// Appends the names in a sentence to `names`, in order.
    pub(crate) fn read(
        &self,
        text: &str,
        words: &Words,
        hints: impl Hints,
        gazetteer: &Gazetteer,
        buffer: &mut String,
        names: &mut Vec<NameSpan>,
    ) {
        let words = words.as_slice();
        let line = Line { text, words, hints, gazetteer };
        let before = names.len();
        let (mut at, mut titled, mut may_define) = (0, false, false);
        let mut capitals = Capitals::of(words);
        let headline = !capitals.are_few() && is_headline(text, words);
        while let Some(capital) = capitals.next(at) {
            titled &= capital == at;
            at = capital;
            may_define |= may_be_initials(&words[at]);
            let may_be = hints.kinds(at);
            if let Some((place, length)) = line.listed(at, may_be, buffer) {
                let (from, to) = (at, at + length);
                let meeting = may_be & HOST != 0 && self.is_meeting(line, from, to);
                if !meeting && !self.is_money(line, to) {
                    let (listed, doubtful, defined) = (Some(place), false, false);
                    names.push(NameSpan { from, to, listed, titled, doubtful, defined });
                }
                (titled, at) = (false, to);
            } else if self.is_nobody(line, at, may_be) {
                titled = false;
                at += 1;
            } else if self.is_title_at(line, at) {
                titled = true;
                at += 1;
            } else {
                let end = self.run_end(line, at, buffer);
                let alone = end == at + 1;
                let silent = headline || (alone && self.is_function_word(line, at, buffer));
                if !silent {
                    let doubtful =
                        alone && words[at].shape != Shape::Upper && capital_due(text, words, at);
                    let (from, to, listed, defined) = (at, end, None, false);
                    let name = NameSpan { from, to, listed, titled, doubtful, defined };
                    self.push_without_office(line, name, names);
                }
                (titled, at) = (false, end);
            }
        }
        if may_define {
            join_defined(line, before, buffer, names);
        }
    }

    /// Whether a capitalised word is of the calendar, or alone and no name of anybody.
    fn is_nobody(&self, line: Line<'_, impl Hints>, at: usize, may_be: Kind) -> bool {
        if may_be & (CALENDAR_WORD | NOBODY_WORD | OPENER) == 0 {
            return at > 0
                && line.words[at].before == Gap::Hyphen
                && matches!(line.written(at - 1), "anti" | "Anti" | "non" | "Non");
        }
        let alone = || {
            line.words.get(at + 1).is_none_or(|next| {
                next.before != Gap::Space || !matches!(next.shape, Shape::Capital | Shape::Upper)
            })
        };
        // "HIV AIDS" are two, and nobody.
        let diseases = || at + 1 < line.words.len() && self.is(NOBODY_WORD, line, at + 1);
        self.is_written(CALENDAR_WORD, without_possessive(line.written(at)))
            || self.is(OPENER, line, at)
            || (self.is(NOBODY_WORD, line, at) && (alone() || diseases()))
    }

    /// Parts a run of capitalised words at the office in it: "Foreign Affairs Secretary Ann Hale" is Ann
    /// Hale, "CHC Head Ivo Trell" are two names, and "Foreign Affairs Secretary" is none.
    fn push_without_office(
        &self,
        line: Line<'_, impl Hints>,
        name: NameSpan,
        names: &mut Vec<NameSpan>,
    ) {
        let words = line.words;
        let head = |at: &usize| words[*at].shape == Shape::Capital && self.is(HEAD, line, *at);
        let Some(office) = (name.from + 1..name.to).rev().find(head) else {
            return names.push(name);
        };
        let titles = (office + 1..name.to).take_while(|at| is_title(line, *at));
        let from = office + 1 + titles.count();
        let behind = NameSpan { from, titled: true, doubtful: false, ..name };
        let is_body = |at: usize| self.is(BODY, line, at);
        if (behind.from..behind.to).any(|at| is_body(at) || words[at].shape == Shape::Lower) {
            return names.push(name);
        }
        // What the office is in: a body, or initials.
        let start = name.from;
        let field =
            (start..office).find(|&at| self.is(FIELD | HEAD, line, at) || is_title(line, at));
        let end = if (start..office).any(is_body) { office } else { field.unwrap_or(office) };
        let upper = words[start].shape == Shape::Upper;
        if start < end && ((start..end).any(is_body) || upper) {
            let to = if upper && !(start..end).any(is_body) { start + 1 } else { end };
            names.push(NameSpan { to, ..name });
        }
        if behind.from < behind.to && !(behind.from..behind.to).all(|at| is_title(line, at)) {
            names.push(behind);
        }
    }

    /// Whether a town stands for a meeting held there.
    fn is_meeting(&self, line: Line<'_, impl Hints>, from: usize, to: usize) -> bool {
        to == from + 1
            && to < line.words.len()
            && self.is(MEETING, line, to)
            && self.is(HOST, line, from)
    }

    /// Whether what stands behind a country makes money of it: "US dollars".
    fn is_money(&self, line: Line<'_, impl Hints>, to: usize) -> bool {
        line.words.get(to).is_some_and(|next| next.before == Gap::Space)
            && self.is(CURRENCY, line, to)
    }

    /// Whether the word is a title, or the field of an office, and not part of a body's name.
    fn is_title_at(&self, line: Line<'_, impl Hints>, at: usize) -> bool {
        let words = line.words;
        let joined = |next: &usize| {
            let next = words[*next];
            next.before == Gap::Space && next.shape == Shape::Capital
        };
        // Most words: neither is to be seen of it.
        let office = || at + 1 < words.len() && self.is(OFFICE, line, at + 1) && joined(&(at + 1));
        if !is_title(line, at) && !office() {
            return false;
        }
        let mut after = (at + 1..words.len()).take_while(joined);
        let named = after.find(|&next| !is_title(line, next));
        !named.is_some_and(|next| self.is(BODY, line, next))
    }

    /// Whether a word is of a kind, as it is written.
    #[inline]
    fn is(&self, kind: Kind, line: Line<'_, impl Hints>, at: usize) -> bool {
        // Most words may not be.
        line.hints.kinds(at) & kind != 0 && self.is_written(kind, line.written(at))
    }

    fn is_written(&self, kind: Kind, written: &str) -> bool {
        self.known.written.get(written).is_some_and(|kinds| kinds & kind != 0)
    }

    #[inline]
    fn is_function_word(&self, line: Line<'_, impl Hints>, at: usize, buffer: &mut String) -> bool {
        let may_be = line.hints.kinds(at);
        if may_be & UNKNOWN == UNKNOWN {
            return self.is_spelled_function_word(line.written(at), buffer);
        }
        may_be & FUNCTION_WORD != 0
    }

    /// Whether a word that is not plain is a function word.
    fn is_spelled_function_word(&self, written: &str, buffer: &mut String) -> bool {
        buffer.clear();
        for c in written.chars() {
            match c {
                _ if c.is_ascii() => buffer.push(c.to_ascii_lowercase()),
                '’' => buffer.push('\''),
                _ => buffer.extend(c.to_lowercase()),
            }
        }
        self.known.lower.get(buffer).is_some_and(|kinds| kinds & FUNCTION_WORD != 0)
    }

    /// The end of the next word of a list of fields that a name holds: "Labour, Health and Welfare".
    fn next_field(&self, line: Line<'_, impl Hints>, end: usize) -> Option<usize> {
        let (text, words) = (line.text, line.words);
        // Most words.
        if line.hints.kinds(end - 1) & FIELD == 0 {
            return None;
        }
        let comma = words[end].before == Gap::Break
            && text[words[end - 1].end..words[end].start].trim_end() == ",";
        let and =
            (comma || words[end].before == Gap::Space) && matches!(line.written(end), "and" | "&");
        if !comma && !and {
            return None;
        }
        let next = if and { end + 1 } else { end };
        let close = words.get(next).is_some_and(|word| !and || word.before == Gap::Space);
        let field = |at: usize| at < words.len() && self.is(FIELD, line, at);
        (close && field(end - 1) && field(next)).then_some(next + 1)
    }

    /// The end of the run of capitalised words that starts at `at`.
    fn run_end(&self, line: Line<'_, impl Hints>, at: usize, buffer: &mut String) -> usize {
        let words = line.words;
        if at == 0 && self.is_function_word(line, at, buffer) {
            return 1;
        }
        let mut end = at + 1;
        while let Some(next) = words.get(end) {
            let (last, may_be) = (words[end - 1], line.hints.kinds(end));
            if let Some(goes_on) = self.next_field(line, end) {
                end = goes_on;
                continue;
            }
            let capital = |word: Option<&Word>| {
                word.is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper))
            };
            // Most runs end here.
            if !capital(Some(next)) && may_be & (SMALL | SMALL_IN_BODY) == 0 {
                break;
            }
            let before = line.written(end - 1);
            let plural = || before.ends_with('s');
            let joined = match next.before {
                Gap::Space | Gap::Hyphen => true,
                // Behind an initial.
                Gap::Point => last.end - last.start == 1 || (plural() && self.is(BODY, line, end)),
                Gap::Break | Gap::Sign => false,
            };
            if !joined || without_possessive(before) != before {
                break;
            }
            let small = next.shape == Shape::Lower
                && (self.is(SMALL, line, end)
                    || (self.is(SMALL_IN_BODY, line, end) && self.is(BODY, line, end - 1)));
            let inside = small
                && words.get(end + 1).is_some_and(|after| {
                    after.before == Gap::Space || after.before == Gap::Hyphen
                })
                && capital(words.get(end + 1))
                // "Officials of Iran" are no name; "the University of Tehran" is one.
                && (at > 0 || line.listed(end + 1, line.hints.kinds(end + 1), buffer).is_none());
            if inside {
                end += 2;
            } else if capital(Some(next))
                && !self.is(OPENER, line, end)
                && line.listed(end, may_be, buffer).is_none()
            {
                end += 1;
            } else {
                break;
            }
        }
        end
    }
}

/// Whether a word may be initials in brackets; a bracket ends a clause.
#[allow(clippy::needless_bitwise_bool)] // Which words are could not be guessed.
fn may_be_initials(word: &Word) -> bool {
    (word.shape == Shape::Upper) & (word.before == Gap::Break)
}

/// Initials in brackets behind the words that they are made of join these words to one name, and belong to it
/// and to nobody whom the gazetteer knows by them (Schwartz and Hearst 2003). Names before `start` are of
/// other sentences.
fn join_defined(
    line: Line<'_, impl Hints>,
    start: usize,
    buffer: &mut String,
    names: &mut Vec<NameSpan>,
) {
    let words = line.words;
    let mut at = start + 1;
    while at < names.len() {
        let short = names[at];
        at += 1;
        if short.to != short.from + 1 || !may_be_initials(&words[short.from]) {
            continue;
        }
        let between = &line.text[words[short.from - 1].end..words[short.from].start];
        if between.trim() != "(" {
            continue;
        }
        let initials = line.written(short.from);
        let Some(from) = start_of_initials(line, short.from, initials) else { continue };
        let first = start + names[start..at - 1].partition_point(|name| name.to <= from);
        let whole = line.listed(from, line.hints.kinds(from), buffer);
        let place = whole.filter(|(_, length)| from + length == short.from).map(|(place, _)| place);
        let titled = names[first].titled;
        names[at - 1].defined = place.is_none();
        if place.is_none() {
            names[at - 1].listed = None;
        }
        let name = NameSpan {
            from,
            to: short.from,
            listed: place,
            titled,
            doubtful: false,
            defined: false,
        };
        names.splice(first..at - 1, [name]);
        at = first + 2;
    }
}

/// Where the capitalised words start before `end` whose initials are given; small words between them do not
/// count.
fn start_of_initials(line: Line<'_, impl Hints>, end: usize, initials: &str) -> Option<usize> {
    const SMALL_WORDS: [&str; 8] = ["and", "for", "in", "of", "on", "the", "to", "&"];
    let mut at = end;
    for initial in initials.chars().rev() {
        loop {
            at = at.checked_sub(1)?;
            let written = line.written(at);
            if written.starts_with(initial) {
                break;
            }
            if !SMALL_WORDS.contains(&written) {
                return None;
            }
        }
    }
    (initials.chars().count() > 2).then_some(at)
}

/// Whether a word is a title, of which none holds an apostrophe.
fn is_title(line: Line<'_, impl Hints>, at: usize) -> bool {
    let may_be = line.hints.kinds(at);
    may_be & TITLE != 0 && may_be & UNKNOWN != UNKNOWN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, bool, bool)> {
        let (gazetteer, reader) = (Gazetteer::news(), NameReader::english());
        let mut words = Words::default();
        words.read(text, 0..text.len());
        let (mut buffer, mut found) = (String::new(), Vec::new());
        let hints = reader.hints(&words, text, &gazetteer);
        reader.read(text, &words, hints, &gazetteer, &mut buffer, &mut found);
        let words = words.as_slice();
        found
            .iter()
            .map(|name| {
                let written = &text[words[name.from].start..words[name.to - 1].end];
                (written.to_string(), name.listed.is_some(), name.doubtful)
            })
            .collect()
    }

    #[test]
    fn names_lose_their_titles() {
        let found = names(
            "Azerbaijan’s Defense Minister Zakir Hasanov met Foreign Minister Hossein Amir-Abdollahian.",
        );
        let written: Vec<_> = found.iter().map(|name| name.0.as_str()).collect();
        assert_eq!(written, ["Azerbaijan’s", "Zakir Hasanov", "Hossein Amir-Abdollahian"]);
        assert!(found[0].1 && !found[1].1);
    }

    #[test]
    fn the_start_of_a_sentence_is_doubtful() {
        assert_eq!(names("The talks failed."), []);
        assert_eq!(names("Economically, they fell."), [("Economically".into(), false, true)]);
        assert_eq!(names("Tehran-Baku ties grew.").len(), 2);
        assert_eq!(names("Officials of the Bank of Elmland spoke.")[1].0, "Bank of Elmland");
        assert_eq!(names("They said: “Critics err.”"), [("Critics".into(), false, true)]);
    }

    #[test]
    fn bodies_keep_their_names() {
        for (text, name) in [
            ("The Defense Ministry spoke.", "Defense Ministry"),
            ("The Institute for Learning closed.", "Institute for Learning"),
            ("The Council on Rural Affairs met.", "Council on Rural Affairs"),
            ("The National Teachers’ Union left.", "National Teachers’ Union"),
            ("The Education Secretary Priya Nair left.", "Priya Nair"),
            ("The Democrats’ Nora Bell left.", "Democrats"),
        ] {
            assert_eq!(names(text)[0].0, name);
        }
    }

    #[test]
    fn offices_fields_and_initials_are_told_from_names() {
        let written = |text: &str| -> Vec<String> {
            names(text).into_iter().filter(|name| !name.2).map(|name| name.0).collect()
        };
        for (text, expected) in [
            ("They met Presidential Nominee Dana Holt.", vec!["Dana Holt"]),
            ("They met QRX Head Ivo Trell.", vec!["QRX", "Ivo Trell"]),
            ("The Marlow Oil and Gas Company grew.", vec!["Marlow Oil and Gas Company"]),
            (
                "The Ministry of Labour, Health and Welfare met.",
                vec!["Ministry of Labour, Health and Welfare"],
            ),
            ("The Elm National Party (ENP) left.", vec!["Elm National Party", "ENP"]),
            ("After the Vienna talks they left.", vec![]),
            ("By then the GDP fell.", vec![]),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn headlines_in_capitals_only_show_listed_names() {
        let found = names("High Hopes for Iran After New Deal Signed Today");
        assert_eq!(found.len(), 1);
    }
}
