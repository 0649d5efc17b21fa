//! Which signs stand inside a word, and what kind of word is it?

use super::super::classes::Class::{Apostrophe, Currency, Digit, Letter, Other, Underscore};
use super::super::classes::class_of;
use super::super::eight::{AFTER, After};
use super::super::tokens::{TakeTokens, TokenKind};
use super::News;

impl<T: TakeTokens> News<'_, '_, T> {
    /// Reads a word of ASCII letters, if what stands behind them is a sign that never goes on with a
    /// word.
    pub(super) fn letters(&mut self, start: usize) -> Option<usize> {
        let end = self.ascii_letters(start);
        let over = match AFTER[usize::from(self.byte(end))] {
            After::Space | After::Sign => self.byte(end) != b'-',
            After::Stop => !matches!(self.byte(end), b'.'),
            _ => matches!(self.byte(end), b'/' | b'@' | b'\\' | b'#'),
        };
        if !over || end == start {
            return None;
        }
        self.tokens.take(start..end, TokenKind::Word);
        Some(end)
    }

    /// Reads the word whose first letter or digit is at `first`; it may own a sign before that.
    pub(super) fn word(&mut self, start: usize, first: usize) -> usize {
        let mut at = first;
        let mut run_start = first;
        let mut previous = Other;
        let mut acronym = false;
        let mut counts = false;
        loop {
            let (class, width) = self.at(at);
            match class {
                Letter | Digit | Underscore => {
                    if class != previous {
                        run_start = at;
                    }
                    counts |= class != Underscore;
                    previous = class;
                    at += width;
                    if class == Letter {
                        at = self.ascii_letters(at);
                    }
                    continue;
                }
                Apostrophe
                    if matches!(previous, Letter | Digit) && self.class(at + width) == previous =>
                {
                    at += width;
                    previous = Other;
                    continue;
                }
                _ => {}
            }
            let single = run_start + 1 == at && previous == Letter;
            let joins = match self.byte(at) {
                b'.' if previous == Letter => self.dot_joins(run_start, at, acronym),
                b'.' | b',' | b':' if previous == Digit => self.class(at + 1) == Digit,
                b'&' => {
                    previous == Letter
                        && at - run_start <= 3
                        && self.bytes[run_start..at].iter().all(u8::is_ascii_uppercase)
                        && self.byte(at + 1).is_ascii_uppercase()
                }
                b'-' if previous == Letter => self.hyphen_joins(run_start, at, start),
                _ => false,
            };
            if !joins {
                break;
            }
            acronym |= single && self.byte(at) == b'.';
            at += 1;
            previous = Other;
        }
        if acronym && run_start + 1 == at && self.byte(at) == b'.' {
            at = self.possessive(at + 1);
        }
        if self.byte(at) == b'%' && previous == Digit {
            at += 1;
        }
        if counts {
            self.tokens.take(start..at, kind_of(&self.text[start..at]));
        }
        at
    }

    /// Whether the full stop at `at` stands inside a word: `U.S.`, `Ph.D`, `example.com`.
    fn dot_joins(&self, run_start: usize, at: usize, acronym: bool) -> bool {
        let next = at + 1;
        if self.class(next) != Letter {
            return false;
        }
        let next_run = self.run(next, Letter);
        let next_single = next_run == next + 1;
        let length = at - run_start;
        if length == 1 || acronym {
            // `U.S`, `a.m`; but `plan B.The` comes apart.
            return next_single;
        }
        if self.byte(next).is_ascii_lowercase() {
            return self.byte(at - 1).is_ascii_lowercase() || self.byte(at - 1).is_ascii_digit();
        }
        length == 2 && next_single && self.byte(next_run) == b'.'
    }

    /// Whether the hyphen at `at` stands inside a word: `e-mail`, `Covid-19`, `F-35`, `plan-B`.
    fn hyphen_joins(&self, run_start: usize, at: usize, start: usize) -> bool {
        let next = at + 1;
        match self.class(next) {
            Digit => true,
            Letter => {
                let after_hyphen = start > 0 && self.bytes[start - 1] == b'-';
                let left_single = at == run_start + 1 && run_start == start && !after_hyphen;
                let right_single = self.byte(next).is_ascii_uppercase()
                    && self.run(next, Letter) == next + 1
                    && self.byte(next + 1) != b'-';
                left_single || right_single
            }
            _ => false,
        }
    }

    /// The end of `'s` if it stands at `at`, else `at`.
    fn possessive(&self, at: usize) -> usize {
        let (class, width) = self.at(at);
        let s = at + width;
        let is_s = class == Apostrophe && matches!(self.byte(s), b's' | b'S');
        if is_s && !matches!(self.class(s + 1), Letter | Digit) { s + 1 } else { at }
    }
}

/// A number may end in a short lowercase unit (`1.13bn`, `1980s`, `22nd`) or `%`.
pub(super) fn kind_of(word: &str) -> TokenKind {
    if word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return TokenKind::Word;
    }
    let digits = word.trim_start_matches(|c| class_of(c) == Currency);
    let rest = digits.trim_start_matches(|c: char| c.is_numeric() || ".,:;'’".contains(c));
    let unit =
        rest.len() <= 2 && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'%');
    if rest.len() < digits.len() && unit { TokenKind::Number } else { TokenKind::Word }
}
