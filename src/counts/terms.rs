//! From a written word to the number of its term, without asking twice.

use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::forms::{Form, Forms, HASHER, Key, NONE, index};
use super::strings::Strings;
use crate::text::{Analyze, Span, TokenKind};

/// Tokens that are looked up at the same time, at most 64.
const AT_ONCE: usize = 64;

/// Text in which one new written form can be expected at the least: of corpora of news, mail and
/// reviews of 1 to 20 MB, none has fewer.
const BYTES_PER_FORM: usize = 256;

/// A term: a word, or a shorter run of terms and the word after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The node of the run without its last word; [`NONE`] for a single word.
    pub(super) prefix: u32,
    /// The node of the last word; for a single word, its number among the words.
    pub(super) last: u32,
}

/// Bytes of a very long form.
const LONG: usize = 256;

/// Where a word is, with all that is asked of most: a look-up reads a place and the text, no more.
#[derive(Clone, Copy, Debug)]
struct WordPlace {
    /// The upper half of the hash.
    half: u32,
    node: u32,
    /// Where it stands among the words.
    start: u32,
    len: u32,
}

impl WordPlace {
    fn is(&self, word: &str, text: &str) -> bool {
        let start = self.start as usize;
        text.as_bytes().get(start..start + self.len as usize) == Some(word.as_bytes())
    }
}

/// A hash of 64 bits from half of one: a table takes places from the lower bits, and a check from the
/// highest.
fn spread(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

/// Every written form, word and run of words seen so far, each with a number.
///
/// Numbers follow the order of first sight, so they differ between threads; nothing that a user
/// sees depends on them. The hashes are fixed, and so are iterations.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    forms: Forms,
    words: Strings,
    /// The nodes of words, by their text.
    word_table: HashTable<WordPlace>,
    nodes: Vec<Node>,
    /// Runs of two and more.
    runs: HashTable<(Node, u32)>,
    /// The next new word.
    word: String,
}

impl Terms {
    /// Appends the nodes of the terms that tokens of a piece of text count as, [`NONE`] for those that
    /// do not count; counts one use of each written form.
    ///
    /// A token of a quarter of a gigabyte does not count, nor one that is not in the text.
    pub(super) fn nodes_of(
        &mut self,
        piece: &str,
        spans: &[Span],
        analyzer: &(impl Analyze + ?Sized),
        nodes: &mut Vec<u32>,
    ) {
        let kinds = TokenKind::ALL.iter().filter(|&&kind| analyzer.may_count(kind));
        let kinds = kinds.fold(0_u32, |kinds, &kind| kinds | 1 << kind as u32);
        let may_count = |kind: TokenKind| kinds >> kind as u32 & 1 == 1;
        let mut places = [0; AT_ONCE];
        let mut keys = [Key::NO_FORM; AT_ONCE];
        let mut found = [NONE; AT_ONCE];
        for spans in spans.chunks(AT_ONCE) {
            let mut n_keys = 0;
            for (at, span) in spans.iter().enumerate() {
                let known = Key::new(piece.as_bytes(), &span.range, span.kind);
                keys[n_keys] = known.unwrap_or(Key::NO_FORM);
                places[n_keys] = at;
                n_keys += usize::from(may_count(span.kind));
            }
            let mut others = self.forms.count_at_home(&keys[..n_keys], &mut found);
            while others.trailing_zeros() < n_keys as u32 {
                let at = others.trailing_zeros() as usize;
                found[at] = self.node_of(keys[at], piece, &spans[places[at]], analyzer);
                others &= others - 1;
            }
            if n_keys == spans.len() {
                nodes.extend_from_slice(&found[..n_keys]);
                continue;
            }
            let first = nodes.len();
            nodes.resize(first + spans.len(), NONE);
            for (&at, &node) in places.iter().zip(&found[..n_keys]) {
                nodes[first + at] = node;
            }
        }
    }

    /// The node of a token that is long or new, or whose form is not where its hash says.
    fn node_of(
        &mut self,
        key: Key,
        piece: &str,
        span: &Span,
        analyzer: &(impl Analyze + ?Sized),
    ) -> u32 {
        if key == Key::NO_FORM {
            return self.node_of_odd(piece, span, analyzer);
        }
        if let Some(form) = self.forms.find_mut(key, &piece.as_bytes()[span.range.clone()]) {
            form.uses = form.uses.saturating_add(1);
            return form.node;
        }
        self.node_of_new(key, piece, span, analyzer)
    }

    /// As [`node_of`](Self::node_of), for a form that was not seen before.
    #[cold]
    #[inline(never)]
    fn node_of_new(
        &mut self,
        key: Key,
        piece: &str,
        span: &Span,
        analyzer: &(impl Analyze + ?Sized),
    ) -> u32 {
        let Some(token) = span.token(piece) else { return NONE };
        let mut word = std::mem::take(&mut self.word);
        word.clear();
        let counts = analyzer.term(token, &mut word) && !word.is_empty();
        let node = if counts { self.node_of_word(&word) } else { NONE };
        self.word = word;
        self.forms.insert(key, token.text(), node, 1);
        node
    }

    /// As [`node_of`](Self::node_of), for tokens that have no key: nothing was written, as in the space
    /// around a word, or too much.
    #[cold]
    #[inline(never)]
    fn node_of_odd(&mut self, piece: &str, span: &Span, analyzer: &(impl Analyze + ?Sized)) -> u32 {
        let mut word = String::new();
        let Some(token) = span.token(piece) else { return NONE };
        if !token.text().is_empty() || !analyzer.term(token, &mut word) || word.is_empty() {
            return NONE;
        }
        self.node_of_word(&word)
    }

    fn node_of_word(&mut self, word: &str) -> u32 {
        let hash = hash_word(word);
        let (half, text) = ((hash >> 32) as u32, self.words.text());
        let is = |place: &WordPlace| place.half == half && place.is(word, text);
        if let Some(place) = self.word_table.find(spread(half), is) {
            return place.node;
        }
        let start = index(self.words.text().len());
        let number = index(self.words.push(word));
        let node = index(self.nodes.len());
        self.nodes.push(Node { prefix: NONE, last: number });
        let place = WordPlace { half, node, start, len: word.len() as u32 };
        self.word_table.insert_unique(spread(half), place, |place| spread(place.half));
        node
    }

    /// The node of a run of words followed by a word, both given by their nodes.
    pub(super) fn node_of_run(&mut self, prefix: u32, last: u32) -> u32 {
        let run = Node { prefix, last };
        let entry = self.runs.entry(
            hash_run(run),
            |(known, _)| *known == run,
            |(known, _)| hash_run(*known),
        );
        match entry {
            Entry::Occupied(entry) => entry.get().1,
            Entry::Vacant(entry) => {
                let node = index(self.nodes.len());
                entry.insert((run, node));
                self.nodes.push(run);
                node
            }
        }
    }

    /// Takes in what another has seen; gives for each of its nodes the number here.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<u32> {
        let mut here = Vec::with_capacity(other.nodes.len());
        for node in &other.nodes {
            // A prefix and a last word always come before the run.
            here.push(match node.prefix {
                NONE => self.node_of_word(other.words.get(node.last as usize)),
                prefix => self.node_of_run(here[prefix as usize], here[node.last as usize]),
            });
        }
        self.merge_forms(other, &here);
        here
    }

    /// Takes in the written forms of another, whose nodes are all here.
    fn merge_forms(&mut self, other: &Self, here: &[u32]) {
        // All room first: forms come in the order of their places, which fills a smaller table from
        // one end.
        self.forms.reserve(self.forms.len() + other.forms.len());
        for (form, text) in other.forms.iter() {
            if let Some(known) = self.forms.find_mut(form.key(), text.as_bytes()) {
                known.uses = known.uses.saturating_add(form.uses);
                continue;
            }
            let node = if form.node == NONE { NONE } else { here[form.node as usize] };
            self.forms.insert(form.key(), text, node, form.uses);
        }
    }

    /// Makes room for the words of a text of so many bytes, as few as there may be.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.forms.reserve(bytes / BYTES_PER_FORM);
    }

    /// How many written forms were seen; many more if their spellings are very long.
    pub(super) fn n_forms(&self) -> usize {
        self.forms.len().max(self.forms.n_bytes() / LONG)
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(super) fn words(&self) -> &Strings {
        &self.words
    }

    /// The written forms, in no order that means anything.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&Form, &str)> {
        self.forms.iter()
    }

    /// The numbers of a node's words, in the order of reading.
    pub(super) fn words_of(&self, node: u32, words: &mut Vec<u32>) {
        words.clear();
        let mut node = self.nodes[node as usize];
        while node.prefix != NONE {
            words.push(self.nodes[node.last as usize].last);
            node = self.nodes[node.prefix as usize];
        }
        words.push(node.last);
        words.reverse();
    }

    /// How each word is shown: the form in which it was written most often, ties broken by name. A
    /// form without capitals goes before all others if a third of the uses have none, so that a
    /// word which often starts a sentence or stands in a headline does not look like a name. Runs of
    /// characters are shown as they are counted, with the spaces that belong to them.
    pub(super) fn shown(&self) -> Vec<&str> {
        let counted = |form: &Form| form.node != NONE && !form.key().is_char_ngram();
        let forms = || self.forms.iter().filter(|(form, _)| counted(form));
        let word = |form: &Form| self.nodes[form.node as usize].last as usize;
        // Most words have one form; only the others need a look at what was written.
        let mut only: Vec<(u32, &str)> = vec![(0, ""); self.words.len()];
        for (form, text) in forms() {
            let (n_forms, first) = &mut only[word(form)];
            *n_forms += 1;
            *first = text;
        }
        let mut n_several = 0;
        let places: Vec<u32> = only
            .iter()
            .map(|&(n_forms, _)| {
                n_several += u32::from(n_forms > 1);
                n_several
            })
            .collect();
        let mut several = vec![Shown::default(); n_several as usize + 1];
        for (form, text) in forms().filter(|(form, _)| only[word(form)].0 > 1) {
            several[places[word(form)] as usize].add(text, u64::from(form.uses));
        }
        let shown_as = |(((n_forms, first), place), word)| match n_forms {
            0 => word,
            1 => first,
            _ => several[place as usize].form().unwrap_or(word),
        };
        only.into_iter().zip(places).zip(self.words.iter()).map(shown_as).collect()
    }
}

/// Which of many written forms is shown, see [`Terms::shown`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Shown<'s> {
    uses: u64,
    lowercase_uses: u64,
    most: (u64, &'s str),
    most_lowercase: (u64, &'s str),
}

impl<'s> Shown<'s> {
    pub(crate) fn add(&mut self, form: &'s str, uses: u64) {
        let keep_more = |most: &mut (u64, &'s str)| {
            if uses > most.0 || (uses == most.0 && form < most.1) {
                *most = (uses, form);
            }
        };
        self.uses += uses;
        keep_more(&mut self.most);
        if !form.contains(char::is_uppercase) {
            self.lowercase_uses += uses;
            keep_more(&mut self.most_lowercase);
        }
    }

    /// The form to show, if there was one.
    pub(crate) fn form(&self) -> Option<&'s str> {
        let lowercase = self.lowercase_uses > 0 && 3 * self.lowercase_uses >= self.uses;
        let form = if lowercase { self.most_lowercase.1 } else { self.most.1 };
        (self.uses > 0).then_some(form)
    }
}

fn hash_word(word: &str) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write(word.as_bytes());
    hasher.finish()
}

fn hash_run(run: Node) -> u64 {
    let mut hasher = HASHER.build_hasher();
    hasher.write_u64(u64::from(run.prefix) << 32 | u64::from(run.last));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyzer, Tokens};

    fn read(terms: &mut Terms, text: &str) -> Vec<u32> {
        let analyzer = Analyzer::english();
        let mut tokens = Tokens::default();
        analyzer.tokens_into(text, &mut tokens);
        {
            let mut nodes = Vec::new();
            terms.nodes_of(text, tokens.spans(), &analyzer, &mut nodes);
            nodes
        }
    }

    #[test]
    fn forms_of_one_word_share_a_node() {
        let mut terms = Terms::default();
        let nodes = read(&mut terms, "Ministers met the minister");
        assert_eq!(nodes[0], nodes[3]);
        assert_eq!(nodes[2], NONE);
    }

    #[test]
    fn words_are_shown_as_they_are_written() {
        let cases = [
            ("Ministers ministers minister Minister Ministers", "minister"),
            ("Iran Iran Iran iran", "Iran"),
            ("Iran’s Iran Iran’s Iran", "Iran"),
            ("NASA Nasa nasa NASA NASA NASA NASA", "NASA"),
        ];
        for (text, expected) in cases {
            let mut terms = Terms::default();
            read(&mut terms, text);
            assert_eq!(terms.shown(), [expected], "{text}");
        }
    }

    #[test]
    fn long_forms_that_agree_at_both_ends_are_two() {
        let mut terms = Terms::default();
        let nodes =
            read(&mut terms, "https://a.org/one/page https://a.org/two/page counterrevolution");
        assert_eq!(nodes[..2], [NONE, NONE]);
        assert_eq!(terms.forms.iter().count(), 1);
        let (one, two) = ("incomprehensibilities", "incompreXensibilities");
        let text = format!("{one} {two} {one}");
        let nodes = read(&mut terms, &text);
        assert!(nodes[0] == nodes[2] && nodes[0] != nodes[1]);
    }

    #[test]
    fn merging_finds_words_and_runs_again() {
        let (mut left, mut right) = (Terms::default(), Terms::default());
        let nodes = read(&mut left, "oil prices");
        let run = left.node_of_run(nodes[0], nodes[1]);
        let other = read(&mut right, "Prices oil");
        let other_run = right.node_of_run(other[1], other[0]);
        let here = left.merge(&right);
        assert_eq!(here[other_run as usize], run);
        assert_eq!(left.nodes().len(), 3);
        let mut words = Vec::new();
        left.words_of(run, &mut words);
        let words: Vec<_> = words.iter().map(|&word| left.words().get(word as usize)).collect();
        assert_eq!(words, ["oil", "price"]);
    }
}
