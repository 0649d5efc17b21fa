//! Where in a sentence does an entry of a table stand? Longest first, on tokens.

use hashbrown::HashMap;

use super::clitics::without_possessive;
use super::fold::{fold_into, is_apostrophe};
use super::plain::{Key, PlainText, Sketch};
use super::scan::Segmentation;
use super::tokens::{Token, Tokens};
use super::word_table::{Case, WordTable};

type Fixed = foldhash::fast::FixedState;

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
    words: WordTable,
    /// Of a matcher to which case matters, the words that entries start with, in small letters.
    firsts: Sketch,
    /// The nodes that words lead to from the root, by word: one look tells all of most words.
    starts: Vec<Node>,
    edges: HashMap<(u32, u32), u32, Fixed>,
    /// A bit for each edge: most pairs of words are no edge, and this small table tells.
    pairs: Vec<u64>,
    /// The nodes further on; their numbers are marked as [`DEEP`].
    nodes: Vec<Node>,
}

/// Marks the number of a node that is not reached from the root.
const DEEP: u32 = 1 << 31;

#[derive(Clone, Copy, Debug)]
struct Node {
    entry: u32,
    /// What its user notes of a word, and the length of the word.
    mark: (u8, u8),
    /// Whether longer entries go on from here, and a bit for the words that they go on with.
    follows: u64,
}

impl Node {
    const NEW: Self = Self { entry: NONE, mark: (0, 0), follows: 0 };

    fn leads_on(self) -> bool {
        self.follows != 0
    }

    /// Whether a longer entry may go on with a word.
    #[inline]
    fn may_lead_to(self, word: u32) -> bool {
        self.follows & follow_bit(word) != 0
    }
}

/// Which of 64 bits stands for a word that goes on from a node.
pub(crate) fn follow_bit(word: u32) -> u64 {
    1 << (word.wrapping_mul(0x9E37_79B9) >> 26)
}

/// There are 2 to the power of so many bits for edges.
const PAIR_BITS: u32 = 18;

/// Which of 64 bits tells of an edge, and which bit of that.
fn pair_bit(node: u32, word: u32) -> (usize, u64) {
    let pair = u64::from(node) << 32 | u64::from(word);
    let bit = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PAIR_BITS);
    ((bit >> 6) as usize, 1 << (bit & 63))
}

impl Matcher {
    pub(crate) fn new(spelling: Spelling) -> Self {
        Self { spelling, ..Self::default() }
    }

    /// Adds a word or phrase for an entry; a later entry of the same form replaces an earlier one.
    pub(crate) fn insert(&mut self, form: &str, entry: u32) {
        if let Some(node) = self.node_of(form) {
            self.node_mut(node).entry = entry;
        }
    }

    /// As [`insert`](Self::insert), for words that are spelled already: to read them again could part
    /// them, since `AT&T` is one word and `at&t` is two.
    pub(crate) fn insert_spelled<W: AsRef<str>>(
        &mut self,
        words: impl IntoIterator<Item = W>,
        entry: u32,
    ) {
        if let Some(node) = self.node_for(words) {
            self.node_mut(node).entry = entry;
        }
    }

    /// Adds a word or phrase unless it is there.
    pub(crate) fn insert_if_new(&mut self, form: &str, entry: u32) {
        if let Some(node) = self.node_of(form)
            && self.node(node).entry == NONE
        {
            self.node_mut(node).entry = entry;
        }
    }

    /// The node of a word or phrase.
    fn node_of(&mut self, form: &str) -> Option<u32> {
        // Most forms: small letters are one word, spelled as it is.
        let small = !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_lowercase());
        if small && self.spelling != Spelling::Cased {
            return Some(self.intern(form));
        }
        let words = self.spelled(form);
        self.node_for(words)
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

    fn node_for<W: AsRef<str>>(&mut self, words: impl IntoIterator<Item = W>) -> Option<u32> {
        let mut node = NONE;
        for word in words {
            let id = self.intern(word.as_ref());
            if node == NONE && self.spelling == Spelling::Cased {
                self.firsts.insert(&word.as_ref().to_lowercase());
            }
            node = if node == NONE { id } else { self.grow(node, id) };
        }
        (node != NONE).then_some(node)
    }

    /// The number of a spelled word, which is given one if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        let next = self.starts.len() as u32;
        let id = self.words.get_or_insert(word, next);
        if id == next {
            self.starts.push(Node::NEW);
        }
        id
    }

    /// The node behind a node on the way of a word, made if it is not there.
    fn grow(&mut self, node: u32, word: u32) -> u32 {
        let new = self.nodes.len() as u32 | DEEP;
        let next = *self.edges.entry((node, word)).or_insert(new);
        self.node_mut(node).follows |= follow_bit(word);
        if next == new {
            self.nodes.push(Node::NEW);
            self.pairs.resize(1 << (PAIR_BITS - 6), 0);
            let (at, bit) = pair_bit(node, word);
            self.pairs[at] |= bit;
        }
        next
    }

    /// The node behind a node on the way of a word.
    #[inline]
    fn edge(&self, node: u32, word: u32) -> Option<u32> {
        let (at, bit) = pair_bit(node, word);
        if self.pairs.get(at)? & bit == 0 { None } else { self.edges.get(&(node, word)).copied() }
    }

    #[inline]
    fn node(&self, id: u32) -> Node {
        if id & DEEP == 0 { self.starts[id as usize] } else { self.nodes[(id ^ DEEP) as usize] }
    }

    fn node_mut(&mut self, id: u32) -> &mut Node {
        if id & DEEP == 0 {
            &mut self.starts[id as usize]
        } else {
            &mut self.nodes[(id ^ DEEP) as usize]
        }
    }

    /// The number of a token, if any entry holds it; `buffer` saves an allocation a call.
    #[inline]
    pub(crate) fn word(&self, token: &str, buffer: &mut String) -> Option<u32> {
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

    /// As [`word`](Self::word) of a matcher whose words are folded, for the token at `start..end` of a
    /// text, of which `plain` is the sentence.
    #[inline]
    pub(crate) fn word_inside(
        &self,
        text: &str,
        plain: &PlainText,
        (start, end): (usize, usize),
        buffer: &mut String,
    ) -> Option<u32> {
        match plain.key(start, end) {
            Some(key) => self.words.find(key),
            None => self.spell_and_find(&text[start..end], buffer),
        }
    }

    /// Whether an entry may start with a word with this key, whatever its case.
    #[inline]
    pub(crate) fn may_start_with(&self, key: Key) -> bool {
        self.firsts.may_hold(key)
    }

    #[cold]
    fn spell_and_find(&self, token: &str, buffer: &mut String) -> Option<u32> {
        self.spelling.spell(token, buffer);
        let word = self.words.get(buffer);
        if word.is_none() && self.spelling == Spelling::Capitals && is_capitals(token) {
            buffer.clear();
            fold_into(token, buffer);
            return self.words.get(buffer);
        }
        word
    }

    /// The number of a word that is spelled already.
    pub(crate) fn spelled_word(&self, spelled: &str) -> Option<u32> {
        self.words.get(spelled)
    }

    /// The longest entry that starts with the first of `words`, each with its number inside a phrase
    /// and at the end of one, where it may have a possessive ending that the entry has not.
    pub(crate) fn longest_possessive(
        &self,
        words: impl Iterator<Item = (Option<u32>, Option<u32>)>,
    ) -> Option<(u32, usize)> {
        let (mut node, mut found) = (NONE, None);
        for (length, (inside, last)) in (1..).zip(words) {
            let end = self.step(node, last).map(|end| self.node(end).entry);
            if let Some(entry) = end.filter(|&entry| entry != NONE) {
                found = Some((entry, length));
            }
            match self.step(node, inside) {
                Some(next) if self.node(next).leads_on() => node = next,
                _ => break,
            }
        }
        found
    }

    /// The node behind a node, or behind the root if that is [`NONE`], on the way of a word.
    fn step(&self, node: u32, word: Option<u32>) -> Option<u32> {
        if node == NONE { word } else { self.edge(node, word?) }
    }

    /// Notes something of a word.
    pub(crate) fn mark(&mut self, word: &str, bits: u8) {
        let id = self.intern(word) as usize;
        let noted = self.starts[id].mark.0;
        self.starts[id].mark = (noted | bits, word.len() as u8);
    }

    /// What was noted of a word, if it is written with so many bytes: one that is written longer has an
    /// ending, or is drawn out.
    #[inline]
    pub(crate) fn marks(&self, word: u32, len: usize) -> u8 {
        let (noted, own) = self.starts[word as usize].mark;
        if usize::from(own) == len { noted } else { 0 }
    }

    /// The longest entry that starts with the first of `words`: its number and how many words.
    #[inline]
    pub(crate) fn longest(
        &self,
        mut words: impl Iterator<Item = Option<u32>>,
    ) -> Option<(u32, usize)> {
        let word = words.next()??;
        let start = self.starts[word as usize];
        let found = (start.entry != NONE).then_some((start.entry, 1));
        if start.leads_on()
            && let Some(Some(next)) = words.next()
            && start.may_lead_to(next)
        {
            return self.longest_from((word, next), words).or(found);
        }
        found
    }

    /// The longest entry that goes on behind a node with a word and those after it, and the length of
    /// all of it.
    fn longest_from(
        &self,
        (mut node, mut word): (u32, u32),
        mut words: impl Iterator<Item = Option<u32>>,
    ) -> Option<(u32, usize)> {
        let mut found = None;
        let mut length = 2;
        while let Some(next) = self.edge(node, word) {
            let here = self.node(next);
            if here.entry != NONE {
                found = Some((here.entry, length));
            }
            if !here.leads_on() {
                break;
            }
            let Some(Some(after)) = words.next() else { break };
            if !here.may_lead_to(after) {
                break;
            }
            (node, word) = (next, after);
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
