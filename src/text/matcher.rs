//! Where in a sentence does an entry of a table stand? Longest first, on tokens.

use super::clitics::without_possessive;
use super::fold::{fold_into, is_apostrophe};
use super::plain::{Hashed, Sketch};
use super::scan::Segmentation;
use super::steps::Steps;
pub(crate) use super::steps::follow_bit;
use super::tokens::{Token, Tokens};
use super::word_table::{Case, WordTable};

/// No word, no node, no entry.
const NONE: u32 = u32::MAX;

/// How a token is spelled for a lookup: with its case folded, or as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Spelling {
    #[default]
    Folded,
    /// Case matters, as in names; only apostrophes are made straight.
    Cased,
    /// Folded, but an entry in capitals is found in capitals only, with or without dots: `US` is
    /// `U.S.` and not `us`. Shouted words are found all the same. A possessive ending stays.
    Capitals,
}

impl Spelling {
    /// Replaces `out` by the spelling of a token, without its possessive ending unless stated.
    pub(crate) fn spell(self, token: &str, out: &mut String) {
        out.clear();
        match self {
            Self::Folded => fold_into(token, out),
            Self::Capitals if is_capitals(token) => {
                let bare = without_possessive(token);
                out.extend(bare.chars().filter(|c| *c != '.'));
                if bare != token {
                    out.push_str("'s");
                }
                return;
            }
            Self::Capitals => {
                fold_into(token, out);
                return;
            }
            Self::Cased if token.is_ascii() && !token.contains('`') => out.push_str(token),
            Self::Cased => out.extend(token.chars().map(straight)),
        }
        out.truncate(without_possessive(out).len());
    }
}

fn straight(c: char) -> char {
    if is_apostrophe(c) { '\'' } else { c }
}

/// Whether a word is two or more capitals, with or without dots and a possessive ending.
fn is_capitals(word: &str) -> bool {
    let letters = without_possessive(word);
    letters.chars().all(|c| c.is_uppercase() || c == '.')
        && letters.chars().filter(|c| *c != '.').nth(1).is_some()
}

/// A trie over words. Distinct words have numbers, so that a sentence is looked up once a word and
/// phrases are followed by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    spelling: Spelling,
    /// The nodes that words lead to from the root: one look tells all of most words.
    words: WordTable<Start>,
    /// How many words have numbers.
    len: u32,
    /// Of a matcher to which case matters, the words that entries start with, in small letters.
    firsts: Sketch,
    /// The steps to the nodes further on; their numbers are marked as [`DEEP`].
    steps: Steps,
}

/// Marks the number of a node that is not reached from the root.
const DEEP: u32 = 1 << 31;

/// What there is to tell of a word: its number, and what entries start with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// [`Start::NONE`] of a word that no entry holds.
    pub(crate) number: u32,
    /// The entry that is this word alone; [`Start::NONE`] without one.
    pub(crate) entry: u32,
    /// A bit for each word that longer entries go on with.
    follows: u32,
    /// What its user notes of a word.
    pub(crate) mark: u32,
}

impl Default for Start {
    fn default() -> Self {
        Self::ABSENT
    }
}

impl Start {
    pub(crate) const NONE: u32 = NONE;

    /// Of a word that no entry holds.
    pub(crate) const ABSENT: Self = Self { number: NONE, entry: NONE, follows: 0, mark: 0 };

    /// Whether a longer entry may go on with a word.
    #[inline]
    pub(crate) fn may_lead_to(self, next: Self) -> bool {
        self.follows & follow_bit(next.number) != 0
    }

    /// Whether an entry is this word alone.
    #[inline]
    pub(crate) fn is_entry(self) -> bool {
        self.entry != NONE
    }

    /// The word where it is written with an ending: what was noted of it does not hold there.
    pub(crate) fn unmarked(self) -> Self {
        self.with_mark(0)
    }

    /// The word with another mark.
    pub(crate) fn with_mark(self, mark: u32) -> Self {
        Self { mark, ..self }
    }
}

impl Matcher {
    pub(crate) fn new(spelling: Spelling) -> Self {
        Self { spelling, ..Self::default() }
    }

    /// Adds a word or phrase for an entry; a later entry of the same form replaces an earlier one.
    pub(crate) fn insert(&mut self, form: &str, entry: u32) {
        self.with_entry(form, |slot| *slot = entry);
    }

    /// As [`insert`](Self::insert), for words that are spelled already: to read them again could part
    /// them, since `AT&T` is one word and `at&t` is two.
    pub(crate) fn insert_spelled<W: AsRef<str>>(
        &mut self,
        words: impl IntoIterator<Item = W>,
        entry: u32,
    ) {
        if let Some(slot) = self.entry_of(words) {
            *slot = entry;
        }
    }

    /// Adds a word or phrase unless it is there.
    pub(crate) fn insert_if_new(&mut self, form: &str, entry: u32) {
        self.with_entry(form, |slot| {
            if *slot == NONE {
                *slot = entry;
            }
        });
    }

    /// Changes the entry of a word or phrase.
    fn with_entry(&mut self, form: &str, change: impl FnOnce(&mut u32)) {
        // Most forms: small letters are one word, spelled as it is.
        let small = !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_lowercase());
        let slot = if small && self.spelling != Spelling::Cased {
            Some(&mut self.start(form).entry)
        } else {
            let words = self.spelled(form);
            self.entry_of(words)
        };
        if let Some(slot) = slot {
            change(slot);
        }
    }

    fn spelled(&self, form: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        Segmentation::News.scan(form, &mut tokens);
        let spell = |token: Token<'_>| {
            let mut spelled = String::new();
            self.spelling.spell(token.text(), &mut spelled);
            spelled
        };
        tokens.iter(form).map(spell).collect()
    }

    /// The first word of a form in small letters, as [`may_start_with`](Self::may_start_with) is asked for it.
    pub(crate) fn first_word(&self, form: &str) -> Option<String> {
        self.spelled(form).first().map(|first| first.to_lowercase())
    }

    /// The place for the entry of some words; of no words none.
    fn entry_of<W: AsRef<str>>(&mut self, words: impl IntoIterator<Item = W>) -> Option<&mut u32> {
        let mut words = words.into_iter();
        let first = words.next()?;
        if self.spelling == Spelling::Cased {
            self.firsts.insert(&first.as_ref().to_lowercase());
        }
        let Some(second) = words.next() else { return Some(&mut self.start(first.as_ref()).entry) };
        let second = self.intern(second.as_ref());
        let start = self.start(first.as_ref());
        start.follows |= follow_bit(second);
        let mut node = start.number;
        let mut place = self.grow(node, second);
        for word in words {
            let word = self.intern(word.as_ref());
            let step = self.steps.at(place);
            step.follows |= follow_bit(word);
            node = step.next;
            place = self.grow(node, word);
        }
        Some(&mut self.steps.at(place).entry)
    }

    /// The number of a spelled word, which is given one if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        self.start(word).number
    }

    /// What is told of a spelled word, which is given a number if it is new.
    fn start(&mut self, word: &str) -> &mut Start {
        let start = self.words.get_or_insert(word, Start { number: self.len, ..Start::ABSENT });
        self.len += u32::from(start.number == self.len);
        start
    }

    /// The place of the step from a node on the way of a word, made if it is not there.
    fn grow(&mut self, node: u32, word: u32) -> usize {
        let new = self.steps.len() as u32 | DEEP;
        self.steps.find_or_add(node, word, new)
    }

    /// What is told of a token, if any entry holds it; `buffer` saves an allocation a call.
    #[inline]
    pub(crate) fn word(&self, token: &str, buffer: &mut String) -> Option<Start> {
        let plain = match self.spelling {
            Spelling::Folded => self.words.get_plain(token, Case::Lower),
            Spelling::Cased => self.words.get_plain(token, Case::Kept),
            Spelling::Capitals if token.bytes().all(|b| b.is_ascii_lowercase()) => {
                return self.words.get(token);
            }
            Spelling::Capitals => return self.spell_and_find(token, buffer),
        };
        plain.unwrap_or_else(|_| self.spell_and_find(token, buffer))
    }

    /// Has what is told of a word fetched, which is soon asked for.
    #[inline]
    pub(crate) fn fetch(&self, word: Hashed) {
        self.words.fetch(word);
    }

    /// What is told of a word with a key, of a matcher whose words are folded; [`Start::ABSENT`] if no entry
    /// holds it.
    #[inline]
    pub(crate) fn plain_word(&self, word: Hashed) -> Start {
        self.words.find(word).unwrap_or(Start::ABSENT)
    }

    /// Whether an entry may start with a word with this key, whatever its case.
    #[inline]
    pub(crate) fn may_start_with(&self, word: Hashed) -> bool {
        self.firsts.may_hold(word)
    }

    /// What is told of a token, spelled first.
    #[cold]
    pub(crate) fn spell_and_find(&self, token: &str, buffer: &mut String) -> Option<Start> {
        self.spelling.spell(token, buffer);
        let word = self.words.get(buffer);
        if word.is_none() && self.spelling == Spelling::Capitals && is_capitals(token) {
            buffer.clear();
            fold_into(token, buffer);
            return self.words.get(buffer);
        }
        word
    }

    /// What is told of a word that is spelled already.
    pub(crate) fn spelled_word(&self, spelled: &str) -> Option<Start> {
        self.words.get(spelled)
    }

    /// The longest entry that starts with the first of `words`, each as it is inside a phrase
    /// and at the end of one, where it may have a possessive ending that the entry has not.
    pub(crate) fn longest_possessive(
        &self,
        words: impl Iterator<Item = (Option<Start>, Option<Start>)>,
    ) -> Option<(u32, usize)> {
        let (mut node, mut found) = (NONE, None);
        for (length, (inside, last)) in (1..).zip(words) {
            let end = self.step(node, last).map(|(_, entry, _)| entry);
            if let Some(entry) = end.filter(|&entry| entry != NONE) {
                found = Some((entry, length));
            }
            match self.step(node, inside) {
                Some((next, _, follows)) if follows != 0 => node = next,
                _ => break,
            }
        }
        found
    }

    /// The node behind a node, or behind the root if that is [`NONE`], on the way of a word, with its entry and
    /// the bits of what follows.
    fn step(&self, node: u32, word: Option<Start>) -> Option<(u32, u32, u32)> {
        let word = word?;
        if node == NONE {
            return Some((word.number, word.entry, word.follows));
        }
        self.steps.find(node, word.number).map(|step| (step.next, step.entry, step.follows))
    }

    /// Notes something of a word.
    pub(crate) fn mark(&mut self, word: &str, bits: u32) {
        self.start(word).mark |= bits;
    }

    /// The longest entry that starts with the first of `words`: its number and how many words.
    #[inline]
    pub(crate) fn longest(
        &self,
        mut words: impl Iterator<Item = Option<Start>>,
    ) -> Option<(u32, usize)> {
        let start = words.next()??;
        let found = (start.entry != NONE).then_some((start.entry, 1));
        if start.follows == 0 {
            return found;
        }
        match words.next() {
            Some(Some(next)) if start.may_lead_to(next) => {
                let after = words.map(|word| word.map_or(NONE, |word| word.number));
                self.longer((start.number, next.number), after).or(found)
            }
            _ => found,
        }
    }

    /// Whether an entry may start with a word and the next one, as good as sure; where it goes on is fetched then.
    #[inline]
    pub(crate) fn may_be_longer(&self, start: Start, next: Start) -> bool {
        start.may_lead_to(next) & self.steps.fetch(start.number, next.number)
    }

    /// The longest entry that starts with two words and goes on with those after them, by their numbers, and the
    /// length of all of it.
    pub(crate) fn longer(
        &self,
        (mut node, mut word): (u32, u32),
        mut words: impl Iterator<Item = u32>,
    ) -> Option<(u32, usize)> {
        let mut found = None;
        let mut length = 2;
        while let Some(step) = self.steps.find(node, word) {
            if step.entry != NONE {
                found = Some((step.entry, length));
            }
            match words.next() {
                Some(after) if step.follows & follow_bit(after) != 0 => {
                    (node, word) = (step.next, after);
                }
                _ => break,
            }
            length += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(matcher: &Matcher, text: &str) -> Option<(u32, usize)> {
        matcher.longest(text.split(' ').map(|word| matcher.word(word, &mut String::new())))
    }

    #[test]
    fn the_longest_entry_wins() {
        let mut matcher = Matcher::default();
        for (id, form) in
            ["war", "war crime", "war crime tribunal", "ill-advised"].iter().enumerate()
        {
            matcher.insert(form, id as u32);
        }
        matcher.insert_if_new("war", 9);
        assert_eq!(find(&matcher, "war crime court"), Some((1, 2)));
        assert_eq!(find(&matcher, "war crime tribunal"), Some((2, 3)));
        assert_eq!(find(&matcher, "war"), Some((0, 1)));
        assert_eq!(find(&matcher, "ill advised"), Some((3, 2)));
        assert_eq!(find(&matcher, "ill will"), None);
    }

    #[test]
    fn entries_in_capitals_are_found_in_capitals() {
        let mut matcher = Matcher::new(Spelling::Capitals);
        for (id, form) in ["US", "interest rate", "Łódź", "C.I.A."].iter().enumerate() {
            matcher.insert(form, id as u32);
        }
        for (text, expected) in [
            ("US", Some((0, 1))),
            ("U.S.", Some((0, 1))),
            ("us", None),
            ("Us", None),
            ("INTEREST RATE", Some((1, 2))),
            ("łódź", Some((2, 1))),
            ("CIA", Some((3, 1))),
            ("cia", None),
        ] {
            assert_eq!(find(&matcher, text), expected, "{text}");
        }
    }
}
