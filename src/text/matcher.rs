//! Where in a sentence does an entry of a table stand? Longest first, on tokens.

use hashbrown::HashMap;

use super::clitics::without_possessive;
use super::fold::{fold_into, is_apostrophe};
use super::scan::Segmentation;
use super::tokens::{Token, Tokens};

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
    words: HashMap<Box<str>, u32, Fixed>,
    /// The node that a word leads to from the root, by word.
    first: Vec<u32>,
    edges: HashMap<(u32, u32), u32, Fixed>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    entry: u32,
    leads_on: bool,
}

impl Matcher {
    pub(crate) fn new(spelling: Spelling) -> Self {
        Self { spelling, ..Self::default() }
    }

    /// Adds a word or phrase for an entry; a later entry of the same form replaces an earlier one.
    pub(crate) fn insert(&mut self, form: &str, entry: u32) {
        let words = self.spelled(form);
        self.insert_spelled(words, entry);
    }

    /// As [`insert`](Self::insert), for words that are spelled already: to read them again could part
    /// them, since `AT&T` is one word and `at&t` is two.
    pub(crate) fn insert_spelled<W: AsRef<str>>(
        &mut self,
        words: impl IntoIterator<Item = W>,
        entry: u32,
    ) {
        if let Some(node) = self.node_for(words) {
            self.nodes[node as usize].entry = entry;
        }
    }

    /// Adds a word or phrase unless it is there.
    pub(crate) fn insert_if_new(&mut self, form: &str, entry: u32) {
        let words = self.spelled(form);
        if let Some(node) = self.node_for(words)
            && self.nodes[node as usize].entry == NONE
        {
            self.nodes[node as usize].entry = entry;
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

    fn node_for<W: AsRef<str>>(&mut self, words: impl IntoIterator<Item = W>) -> Option<u32> {
        let mut node = NONE;
        for word in words {
            let word = self.intern(word.as_ref());
            let next = if node == NONE {
                self.first[word as usize]
            } else {
                self.edges.get(&(node, word)).copied().unwrap_or(NONE)
            };
            node = if next == NONE { self.grow(node, word) } else { next };
        }
        (node != NONE).then_some(node)
    }

    /// The number of a spelled word, which is given one if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        let next = self.first.len() as u32;
        let id = *self.words.entry(word.into()).or_insert(next);
        if id == next {
            self.first.push(NONE);
        }
        id
    }

    fn grow(&mut self, node: u32, word: u32) -> u32 {
        let new = self.nodes.len() as u32;
        self.nodes.push(Node { entry: NONE, leads_on: false });
        if node == NONE {
            self.first[word as usize] = new;
        } else {
            self.edges.insert((node, word), new);
            self.nodes[node as usize].leads_on = true;
        }
        new
    }

    /// The number of a token, if any entry holds it; `buffer` saves an allocation a call.
    pub(crate) fn word(&self, token: &str, buffer: &mut String) -> Option<u32> {
        if self.spelling == Spelling::Capitals && token.bytes().all(|b| b.is_ascii_lowercase()) {
            return self.words.get(token).copied();
        }
        self.spelling.spell(token, buffer);
        let word = self.words.get(buffer.as_str()).copied();
        if word.is_none() && self.spelling == Spelling::Capitals && is_capitals(token) {
            buffer.clear();
            fold_into(token, buffer);
            return self.words.get(buffer.as_str()).copied();
        }
        word
    }

    /// The longest entry that starts with the first of `words`, each with its number inside a phrase
    /// and at the end of one, where it may have a possessive ending that the entry has not.
    pub(crate) fn longest_possessive(
        &self,
        words: impl Iterator<Item = (Option<u32>, Option<u32>)>,
    ) -> Option<(u32, usize)> {
        let (mut node, mut found) = (NONE, None);
        for (length, (inside, last)) in (1..).zip(words) {
            let end = self.step(node, last).filter(|&end| self.nodes[end as usize].entry != NONE);
            if let Some(end) = end {
                found = Some((self.nodes[end as usize].entry, length));
            }
            match self.step(node, inside) {
                Some(next) if self.nodes[next as usize].leads_on => node = next,
                _ => break,
            }
        }
        found
    }

    /// The node behind a node, or behind the root if that is [`NONE`], on the way of a word.
    fn step(&self, node: u32, word: Option<u32>) -> Option<u32> {
        let next = match node {
            NONE => *self.first.get(word? as usize)?,
            _ => *self.edges.get(&(node, word?))?,
        };
        (next != NONE).then_some(next)
    }

    /// The longest entry that starts with the first of `words`: its number and how many words.
    pub(crate) fn longest(
        &self,
        mut words: impl Iterator<Item = Option<u32>>,
    ) -> Option<(u32, usize)> {
        let mut node = *self.first.get(words.next()?? as usize)?;
        let mut length = 1;
        let mut found = None;
        while node != NONE {
            let here = self.nodes[node as usize];
            if here.entry != NONE {
                found = Some((here.entry, length));
            }
            if !here.leads_on {
                break;
            }
            let Some(Some(word)) = words.next() else { break };
            node = self.edges.get(&(node, word)).copied().unwrap_or(NONE);
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
