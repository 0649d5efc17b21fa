//! From a written word to the number of its term, without asking twice.

use std::ops::Range;

use super::forms::{Batch, Forms, NONE, index};
use super::key::Key;
use super::nodes::{Node, Nodes};
use super::places::{Asked, Vacant};
use super::shown::ShownForms;
use super::strings::Strings;
use super::words::WordHash;
use crate::parallel::join;
use crate::text::{Analyze, Span, Token, TokenKind};

/// Text in which about one new written form of at most 7 bytes can be expected at the least, and one that is longer:
/// of corpora of news, mail and reviews of 1 to 20 MB, the poorest has one in 323 bytes and one in 487.
const BYTES_PER_BRIEF: usize = 300;
const BYTES_PER_FULL: usize = 500;
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
    /// Forms that are being looked for.
    batch: Batch,
    /// Forms that were just met, and the words that they count as.
    fresh: Vec<Fresh>,
    words_met: String,
}

/// A form that was not seen before.
#[derive(Clone, Debug)]
struct Fresh {
    /// Which of the tokens that are looked up together it is.
    at: usize,
    key: Key,
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
        for spans in spans.chunks(Batch::MOST) {
            // No place moves until all of these are counted.
            self.forms.make_room(spans.len());
            let mut found = [NONE; Batch::MOST];
            self.forms.ask(&mut self.batch, piece.as_bytes(), spans, may_count);
            self.forms.count_at_home(&mut self.batch, &mut found);
            while let Some(Asked { key, home, at }) = self.batch.next_other() {
                let (at, span) = (at as usize, &spans[at as usize]);
                if key == Key::NO_FORM {
                    found[at] = self.node_of_odd(piece, span, analyzer);
                    continue;
                }
                match self.forms.count_near(home, key, &piece.as_bytes()[span.range.clone()]) {
                    Ok(node) => found[at] = node,
                    Err(place) => self.meet(at, key, place, span.token(piece), analyzer),
                }
            }
            for number in 0..self.fresh.len() {
                let at = self.fresh[number].at;
                found[at] = self.learn(number, &spans[at], piece);
            }
            self.forget_fresh();
            nodes.extend_from_slice(&found[..spans.len()]);
        }
    }

    /// Asks what a form counts as that was not seen before. That word is on its way from memory while
    /// others are asked for.
    #[cold]
    #[inline(never)]
    fn meet(
        &mut self,
        at: usize,
        key: Key,
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
        self.fresh.push(Fresh { at, key, place, word, hash });
    }

    /// Adds a form that was just met, and gives its node.
    fn learn(&mut self, number: usize, span: &Span, piece: &str) -> u32 {
        let Fresh { key, place, word, hash, .. } = self.fresh[number].clone();
        let Some(token) = span.token(piece) else { return NONE };
        let place = if self.forms.is_vacant(place, key) {
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

    /// Takes in what others have seen, one after the other; hands for each of their nodes the number here to `use_nodes`.
    pub(super) fn merge(&mut self, others: &[Self], use_nodes: impl FnOnce(Vec<Vec<u32>>) + Send) {
        // Written forms come in while the nodes do and are used, with numbers behind all that there are now.
        let first = self.nodes().len();
        index(others.iter().fold(first, |sum, other| sum + other.nodes().len()));
        let first = first as u32;
        let Self { forms, nodes, .. } = self;
        let merge_nodes = || {
            let here: Vec<_> = others.iter().map(|other| nodes.merge(&other.nodes)).collect();
            let numbers = here.concat();
            use_nodes(here);
            numbers
        };
        let merge_forms = || {
            let mut first = first;
            for other in others {
                forms.merge(&other.forms, first);
                first += other.nodes().len() as u32;
            }
        };
        let (numbers, ()) = join(merge_nodes, merge_forms);
        forms.renumber(first, &numbers);
    }

    /// Makes room for the words of a text of so many bytes, as few as there may be.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.forms.reserve(bytes / BYTES_PER_BRIEF, bytes / BYTES_PER_FULL);
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
    pub(super) fn forms(&self) -> &Forms {
        &self.forms
    }

    /// The number of a node's word, if it is a single one.
    pub(super) fn word_of(&self, node: u32) -> Option<usize> {
        self.nodes.word_of(node)
    }

    /// Whether there are no runs.
    pub(super) fn are_words(&self) -> bool {
        self.nodes.are_words()
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
        ShownForms::new(&self.forms, &self.nodes)
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
            assert_eq!(
                (terms.words().len(), terms.shown().of(0).as_ref()),
                (1, expected),
                "{text}"
            );
        }
    }

    #[test]
    fn long_forms_that_agree_at_both_ends_are_two() {
        let mut terms = Terms::default();
        let nodes =
            read(&mut terms, "https://a.org/one/page https://a.org/two/page counterrevolution");
        assert_eq!(nodes[..2], [NONE, NONE]);
        assert_eq!(terms.forms.all().count(), 1);
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
        left.merge(&[right], |here| assert_eq!(here[0][other_run as usize], run));
        assert_eq!(left.nodes().len(), 3);
        let mut words = Vec::new();
        left.words_of(run, &mut words);
        let words: Vec<_> = words.iter().map(|&word| left.words().get(word as usize)).collect();
        assert_eq!(words, ["oil", "price"]);
    }
}
