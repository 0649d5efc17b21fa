//! What do the sentences of typical articles say, word by word?

use std::ops::Range;

use hashbrown::HashMap;

use crate::article::{Document, sections, sentences_of};
use crate::counts::{TermId, Vocabulary};
use crate::text::{Analyze, TokenKind, Tokens, without_possessive};

type Fixed = foldhash::fast::FixedState;

/// How much of an article is read, in bytes: most news is shorter.
const READ: usize = 4 << 10;

/// A word of a sentence that counts.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) term: TermId,
    /// Where it stands in the document's text, without its possessive ending.
    pub(super) place: Range<usize>,
    /// Whether a phrase may go on from the word before: nothing but a space or hyphen between.
    pub(super) joins: bool,
}

/// A sentence: the words that have a column, and how many words it has in all.
#[derive(Debug, Default)]
pub(super) struct Passage {
    pub(super) range: Range<usize>,
    pub(super) words: Vec<Word>,
    pub(super) n_words: usize,
}

/// Reads documents sentence by sentence; each written form is asked about once.
pub(super) struct Reader<'a, A: ?Sized> {
    analyzer: &'a A,
    ids: Ids<'a>,
    forms: HashMap<(String, TokenKind), Option<TermId>, Fixed>,
    tokens: Tokens,
    term: String,
    passage: Passage,
}

impl<'a, A: Analyze + ?Sized> Reader<'a, A> {
    pub(super) fn new(analyzer: &'a A, vocabulary: &'a Vocabulary) -> Self {
        Self {
            analyzer,
            ids: Ids::of(vocabulary),
            forms: HashMap::default(),
            tokens: Tokens::default(),
            term: String::new(),
            passage: Passage::default(),
        }
    }

    /// Hands over the sentences in order, of long articles those at the beginning.
    pub(super) fn read<D: Document + ?Sized>(&mut self, doc: &D, mut each: impl FnMut(&Passage)) {
        let mut left = READ;
        for (section, text) in sections(doc) {
            let start = section.range.start;
            let text = beginning(text, left);
            left -= text.len();
            for range in sentences_of(section.kind, text) {
                self.read_sentence(doc.text(), start + range.start..start + range.end);
                each(&self.passage);
            }
        }
    }

    fn read_sentence(&mut self, text: &str, range: Range<usize>) {
        let sentence = &text[range.clone()];
        self.tokens.clear();
        self.analyzer.tokens_into(sentence, &mut self.tokens);
        self.passage.words.clear();
        self.passage.n_words = self.tokens.len();
        // Where the last word ended, if a phrase may go on from there.
        let mut end = None;
        for token in self.tokens.iter(sentence) {
            let form = (token.text(), token.kind());
            let known = self.forms.get(&Form(form)).copied();
            let term = known.unwrap_or_else(|| {
                self.term.clear();
                let counts = self.analyzer.term(token, &mut self.term);
                let term = self.ids.get(&self.term).filter(|_| counts);
                self.forms.insert((form.0.to_string(), form.1), term);
                term
            });
            let Some(term) = term else {
                end = None;
                continue;
            };
            let place = token.range();
            let bare = place.start..place.start + without_possessive(token.text()).len();
            let joins = end.is_some_and(|end: usize| {
                matches!(sentence.get(end..place.start), Some(" " | "-" | "–"))
            });
            end = (bare == place).then_some(place.end);
            let place = range.start + bare.start..range.start + bare.end;
            self.passage.words.push(Word { term, place, joins });
        }
        self.passage.range = range;
    }
}

/// Which column each term has, to be asked often.
enum Ids<'a> {
    Named(HashMap<&'a str, TermId, Fixed>),
    Hashed(&'a Vocabulary),
}

impl<'a> Ids<'a> {
    fn of(vocabulary: &'a Vocabulary) -> Self {
        if vocabulary.is_hashed() {
            return Self::Hashed(vocabulary);
        }
        Self::Named(vocabulary.ids().map(|id| (vocabulary.term(id), id)).collect())
    }

    fn get(&self, term: &str) -> Option<TermId> {
        match self {
            Self::Named(ids) => ids.get(term).copied(),
            Self::Hashed(vocabulary) => vocabulary.id(term),
        }
    }
}

/// A text up to a number of bytes, and no part of a word.
fn beginning(text: &str, n_bytes: usize) -> &str {
    if text.len() <= n_bytes {
        return text;
    }
    let end = (0..=n_bytes).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    let start = &text[..end];
    &start[..start.rfind(char::is_whitespace).unwrap_or(0)]
}

/// A written form that is looked up without being copied.
#[derive(Hash)]
struct Form<'t>((&'t str, TokenKind));

impl hashbrown::Equivalent<(String, TokenKind)> for Form<'_> {
    fn equivalent(&self, (text, kind): &(String, TokenKind)) -> bool {
        self.0 == (text.as_str(), *kind)
    }
}
