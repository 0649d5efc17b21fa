//! From a written word to the number of its term, without asking twice.

use std::ops::Range;

use super::forms::{Form, Forms, Key, NONE, Vacant, index};
use super::nodes::{Node, Nodes};
use super::shown::ShownForms;
use super::strings::Strings;
use super::words::WordHash;
use crate::parallel::join;
use crate::text::{Analyze, Span, Token, TokenKind};

/// Tokens that are looked up at the same time, at most 64.
const AT_ONCE: usize = 64;

/// Text in which one new written form can be expected at the least: of corpora of news, mail and
/// reviews of 1 to 20 MB, none has fewer.
const BYTES_PER_FORM: usize = 192;
/// The same for words: with stems, two of three forms are a word not seen before.
const BYTES_PER_WORD: usize = 300;

/// Bytes of a very long form.
const LONG: usize = 256;

/// Every written form, word and run of words seen so far, each with a number.
///
/// Numbers follow the order of first sight, so they differ between threads; nothing that a user
/// sees depends on them. The hashes are fixed, and so are iterations.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    forms: Forms,
    nodes: Nodes,
    /// Forms that were just met, and the words that they count as.
    fresh: Vec<Fresh>,
    words_met: String,
}

/// A form that was not seen before.
#[derive(Clone, Debug)]
struct Fresh {
    /// Which of the tokens that are looked up together it is.
    at: usize,
    place: Vacant,
    /// Where its word stands in [`Terms::words_met`]; nothing if it does not count.
    word: Range<usize>,
    hash: WordHash,
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
        let mut homes = [0; AT_ONCE];
        let mut found = [NONE; AT_ONCE];
        for spans in spans.chunks(AT_ONCE) {
            // No place moves until all of these are counted.
            self.forms.reserve(self.forms.len() + AT_ONCE);
            let mut n_keys = 0;
            for (at, span) in spans.iter().enumerate() {
                keys[n_keys] = Key::new(piece.as_bytes(), &span.range, span.kind);
                homes[n_keys] = self.forms.home(keys[n_keys]);
                places[n_keys] = at;
                n_keys += usize::from(may_count(span.kind));
            }
            let mut others = self.forms.count_at_home(&keys[..n_keys], &homes, &mut found);
            while others.trailing_zeros() < n_keys as u32 {
                let at = others.trailing_zeros() as usize;
                others &= others - 1;
                let (key, span) = (keys[at], &spans[places[at]]);
                if key == Key::NO_FORM {
                    found[at] = self.node_of_odd(piece, span, analyzer);
                    continue;
                }
                let text = &piece.as_bytes()[span.range.clone()];
                match self.forms.count_near(homes[at], key, text) {
                    Ok(node) => found[at] = node,
                    Err(place) => self.meet(at, place, span.token(piece), analyzer),
                }
            }
            for number in 0..self.fresh.len() {
                let at = self.fresh[number].at;
                found[at] = self.learn(number, keys[at], &spans[places[at]], piece);
            }
            self.forget_fresh();
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

    /// Asks what a form counts as that was not seen before. That word is on its way from memory while
    /// others are asked for.
    #[cold]
    #[inline(never)]
    fn meet(
        &mut self,
        at: usize,
        place: Vacant,
        token: Option<Token<'_>>,
        analyzer: &(impl Analyze + ?Sized),
    ) {
        let start = self.words_met.len();
        let counts = token.is_some_and(|token| analyzer.term(token, &mut self.words_met));
        if !counts {
            self.words_met.truncate(start);
        }
        let word = start..self.words_met.len();
        let hash = WordHash::of(&self.words_met[word.clone()]);
        self.nodes.prefetch(hash);
        self.fresh.push(Fresh { at, place, word, hash });
    }

    /// Adds a form that was just met, and gives its node.
    fn learn(&mut self, number: usize, key: Key, span: &Span, piece: &str) -> u32 {
        let Fresh { place, word, hash, .. } = self.fresh[number].clone();
        let Some(token) = span.token(piece) else { return NONE };
        let place = if self.forms.is_vacant(place) {
            place
        } else {
            match self.forms.count(key, token.text().as_bytes(), 1) {
                Ok(node) => return node,
                Err(place) => place,
            }
        };
        let word = &self.words_met[word];
        let node = if word.is_empty() { NONE } else { self.nodes.of_word(word, hash) };
        self.forms.insert(place, key, token.text(), node, 1);
        node
    }

    fn forget_fresh(&mut self) {
        self.fresh.clear();
        self.words_met.clear();
    }

    /// The node of a token that has no key: nothing was written, as in the space
    /// around a word, or too much.
    #[cold]
    #[inline(never)]
    fn node_of_odd(&mut self, piece: &str, span: &Span, analyzer: &(impl Analyze + ?Sized)) -> u32 {
        let mut word = String::new();
        let Some(token) = span.token(piece) else { return NONE };
        if !token.text().is_empty() || !analyzer.term(token, &mut word) || word.is_empty() {
            return NONE;
        }
        self.nodes.of_word(&word, WordHash::of(&word))
    }

    /// The node of a run of words followed by a word, both given by their nodes.
    pub(super) fn node_of_run(&mut self, prefix: u32, last: u32) -> u32 {
        self.nodes.of_run(Node { prefix, last })
    }

    /// Takes in what another has seen; gives for each of its nodes the number here.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<u32> {
        // Written forms come in while the nodes do, with numbers behind all that there are now.
        let first = self.nodes().len();
        index(first + other.nodes().len());
        let first = first as u32;
        let Self { forms, nodes, .. } = self;
        let (here, ()) = join(|| nodes.merge(&other.nodes), || forms.merge(&other.forms, first));
        forms.renumber(first, &here);
        here
    }

    /// Makes room for the words of a text of so many bytes, as few as there may be.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.forms.reserve(bytes / BYTES_PER_FORM);
        self.nodes.reserve(bytes / BYTES_PER_WORD);
    }

    /// How many written forms were seen; many more if their spellings are very long.
    pub(super) fn n_forms(&self) -> usize {
        self.forms.len().max(self.forms.n_bytes() / LONG)
    }

    pub(super) fn nodes(&self) -> &[Node] {
        self.nodes.all()
    }

    pub(super) fn words(&self) -> &Strings {
        self.nodes.words()
    }

    /// The written forms, in no order that means anything.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&Form, &str)> {
        self.forms.iter()
    }

    /// The number of a node's word, if it is a single one.
    pub(super) fn word_of(&self, node: u32) -> Option<usize> {
        let Node { prefix, last } = self.nodes()[node as usize];
        (prefix == NONE).then_some(last as usize)
    }

    /// The numbers of a node's words, in the order of reading.
    pub(super) fn words_of(&self, node: u32, words: &mut Vec<u32>) {
        words.clear();
        let mut node = self.nodes()[node as usize];
        while node.prefix != NONE {
            words.push(self.nodes()[node.last as usize].last);
            node = self.nodes()[node.prefix as usize];
        }
        words.push(node.last);
        words.reverse();
    }

    /// How each word is shown.
    pub(super) fn shown(&self) -> ShownForms<'_> {
        ShownForms::new(&self.forms, self.nodes(), self.words())
    }
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
            assert_eq!((terms.words().len(), terms.shown().of(0)), (1, expected), "{text}");
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
