//! Where could a sentence end? Full stops, question and exclamation marks, blank lines.
//!
//! What stands in short quotation marks or brackets is stepped over: `He said “Go. Now.” and left.`

use std::ops::Range;

use super::telling::next_telling;

/// The longest quotation or bracket that is kept in one sentence, in bytes. A longer one holds
/// sentences of its own.
const LONGEST_QUOTE: usize = 300;

/// The most brackets in brackets.
const DEEPEST: usize = 8;

/// A place where a sentence could end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) kind: StopKind,
    /// The marks: `.`, `?!`, `…`; empty where there are none.
    pub(super) marks: Range<usize>,
    /// Behind the marks and the quotation marks and brackets that close after them.
    pub(super) end: usize,
}

/// What stands where a sentence could end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopKind {
    /// One full stop, which may belong to an abbreviation.
    FullStop,
    /// Other marks.
    Marks,
    /// The end of a bracket that the sentence began with.
    Aside,
    /// A blank line, which ends a sentence whatever stands there.
    BlankLine,
}

impl Stop {
    /// Whether something closes behind the marks.
    pub(super) fn closes(&self) -> bool {
        self.end > self.marks.end
    }

    fn unmarked(kind: StopKind, at: usize, end: usize) -> Self {
        Self { kind, marks: at..at, end }
    }
}

/// Marks that end sentences, in the scripts that news is written in.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '?'
            | '!'
            | '…'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '։'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '።'
            | '။'
            | '។'
            | '。'
            | '！'
            | '．'
            | '？'
            | '｡'
    )
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '"' | '’' | '\'' | '»' | '›' | ')' | ']' | '」' | '』' | '）')
}

/// The first place at or after `at` where the sentence whose first letter or sign stands at `start`
/// could end.
pub(super) fn next_stop(text: &str, start: usize, mut at: usize) -> Option<Stop> {
    let bytes = text.as_bytes();
    loop {
        at = next_telling(bytes, at)?;
        let c = text[at..].chars().next()?;
        let next = at + c.len_utf8();
        if is_address(text, at) {
            at = behind_address(text, next);
            continue;
        }
        if is_mark(c) {
            return Some(stop_at(text, at));
        }
        at = match c {
            '\n' if is_blank_line(&text[next..]) => {
                let rest = text[next..].trim_start();
                return Some(Stop::unmarked(StopKind::BlankLine, at, text.len() - rest.len()));
            }
            '\u{2029}' => return Some(Stop::unmarked(StopKind::BlankLine, at, next)),
            '(' | '[' if at == start => match behind_closer(text, at, c) {
                Some(end) if text[..end].ends_with([')', ']']) => {
                    return Some(Stop::unmarked(StopKind::Aside, end, end));
                }
                inside => inside.unwrap_or(next),
            },
            '“' | '‘' | '«' | '(' | '[' | '"' | '\'' => {
                behind_closer(text, at, c).unwrap_or(next)
            }
            _ => next,
        };
    }
}

/// Whether the colon or full stop at `at` is the first of a web address.
fn is_address(text: &str, at: usize) -> bool {
    let (before, rest) = (&text.as_bytes()[..at], &text[at..]);
    rest.starts_with("://") || (rest.starts_with('.') && before.ends_with(b"www"))
}

/// Behind a web address, but before the marks that follow it.
fn behind_address(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let beyond = |c: char| c.is_whitespace() || matches!(c, '。' | '，' | '、' | '」' | '）');
    let address = rest.split(beyond).next().unwrap_or_default();
    at + address.trim_end_matches(|c| is_mark(c) || is_closer(c)).len()
}

/// What follows a note behind a full stop: "it was.[3]", "it was.³"
fn without_note(behind: &str) -> Option<&str> {
    if let Some(after) = behind.strip_prefix(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
    {
        return Some(after);
    }
    let note = behind.strip_prefix('[')?;
    let digits = note.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if digits == 0 { None } else { note[digits..].strip_prefix(']') }
}

fn is_blank_line(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '\r', '\u{A0}']).starts_with('\n')
}

/// The stop whose first mark stands at `at`.
fn stop_at(text: &str, at: usize) -> Stop {
    let rest = &text[at..];
    if rest == "." {
        return Stop { kind: StopKind::FullStop, marks: at..at + 1, end: at + 1 };
    }
    let marks = rest.len() - rest.trim_start_matches(is_mark).len();
    let behind = &rest[marks..];
    let mut closed = behind.trim_start_matches(is_closer);
    while let Some(after) = without_note(closed) {
        closed = after;
    }
    let spaced = closed.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    // « Oui. »
    closed = spaced.strip_prefix('»').unwrap_or(closed);
    let end = at + marks + (behind.len() - closed.len());
    let kind = if &rest[..marks] == "." { StopKind::FullStop } else { StopKind::Marks };
    Stop { kind, marks: at..at + marks, end }
}

/// Where to go on behind the quotation or bracket that opens at `at`: at the marks before what closes
/// it, or behind that. `None` if nothing closes it soon.
fn behind_closer(text: &str, at: usize, opener: char) -> Option<usize> {
    let inside = at + opener.len_utf8();
    let mut limit = text.len().min(inside + LONGEST_QUOTE);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let before = text[..at].chars().next_back();
    let quoted = &text[inside..limit];
    let closer = match opener {
        '“' => closes(quoted, '“', '”'),
        '«' => closes(quoted, '«', '»'),
        '(' | '[' if before.is_some_and(|c| matches!(c, ':' | ';' | '=' | '-')) => None, // :(
        '(' => matching(quoted, '(', ')'),
        '[' => matching(quoted, '[', ']'),
        _ if before.is_some_and(|c| {
            !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–' | '“' | '"')
        }) =>
        {
            None
        }
        '"' => quoted.find('"').filter(|&at| !ends_with_space(&quoted[..at])),
        _ => single_closer(text, inside, quoted),
    }?;
    if quoted[..closer].contains("\n\n") {
        return None;
    }
    let said = quoted[..closer].trim_end_matches(|c: char| is_closer(c) || c.is_whitespace());
    let unmarked = said.trim_end_matches(is_mark);
    if unmarked.len() < said.len() {
        return Some(inside + unmarked.len());
    }
    quoted[closer..].chars().next().map(|mark| inside + closer + mark.len_utf8())
}

/// The first `close`, if no other `open` comes before it: then the first was never closed.
fn closes(quoted: &str, open: char, close: char) -> Option<usize> {
    let at = quoted.find(close)?;
    (!quoted[..at].contains(open)).then_some(at)
}

/// The closing bracket that belongs to the one before `quoted`.
fn matching(quoted: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for (at, bracket) in quoted.match_indices([open, close]) {
        depth = if bracket.starts_with(open) { depth + 1 } else { depth - 1 };
        match depth {
            0 => return Some(at),
            // Nobody writes that; looking on for each of many brackets would take long.
            DEEPEST.. => return None,
            _ => {}
        }
    }
    None
}

/// What closes a single quotation mark: an apostrophe behind punctuation and before white space, so
/// that `workers’ rights` closes nothing.
fn single_closer(text: &str, inside: usize, quoted: &str) -> Option<usize> {
    if !quoted.starts_with(char::is_uppercase) {
        return None;
    }
    let mut found = quoted.match_indices(['’', '\'']);
    let closer = found.find(|(at, mark)| {
        let behind = &text[inside + at + mark.len()..];
        quoted[..*at].ends_with([',', '.', '?', '!']) && !behind.starts_with(char::is_alphanumeric)
    })?;
    Some(closer.0)
}

fn ends_with_space(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
}
