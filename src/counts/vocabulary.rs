//! Which terms are the columns?

use std::fmt;
use std::sync::Arc;

use super::given::place_of;
use super::matrix::CountMatrix;
use super::params::CountParams;
use super::strings::Strings;
use crate::article::Document;
use crate::text::Analyze;

/// The number of a column: a term of one [`Vocabulary`].
///
/// It means nothing to another vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TermId(pub(crate) u32);

impl TermId {
    /// The column, counted from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for TermId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The terms that are counted, sorted, with what the corpus says of each.
///
/// A vocabulary is learned with a [`CountMatrix`] and shared by everything computed from it. Terms
/// are stems or folded words; [`written`](Self::written) gives the form in which people wrote them.
///
/// ```
/// use std::sync::Arc;
/// use undertone::{Analyzer, CountMatrix, CountParams};
///
/// let analyzer = Analyzer::english();
/// let docs = ["The ministers met in Baku", "A minister left Baku"];
/// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
/// let vocabulary = counts.vocabulary();
/// let term = vocabulary.id("minist").unwrap();
/// assert_eq!((vocabulary.doc_freq(term), vocabulary.n_docs()), (2, 2));
/// assert_eq!(vocabulary.written(term), "minister");
///
/// // Later articles, same columns.
/// let later = vocabulary.count(&analyzer, ["Baku hosts the minister’s guests"]);
/// assert_eq!(later.rows().next().unwrap().count(), 2);
/// assert_eq!(later.unknown_share(), 0.5); // "host" and "guest"
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::saved::Vocabulary"))]
pub struct Vocabulary {
    pub(super) terms: Strings,
    pub(super) written: Strings,
    pub(super) doc_freq: Vec<u32>,
    pub(super) totals: Vec<u64>,
    pub(super) n_docs: usize,
    pub(super) params: CountParams,
    pub(super) origin: Origin,
}

/// Where columns come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) enum Origin {
    /// Learned from a corpus.
    Learned,
    /// Given by the user.
    Given,
    /// Numbers of places that terms are hashed into.
    Hashed,
}

impl Vocabulary {
    /// How many terms there are: the number of columns.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are none; every vocabulary has at least one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many documents it was learned from, 0 if it was given or hashed.
    pub fn n_docs(&self) -> usize {
        self.n_docs
    }

    /// How it was counted.
    pub fn params(&self) -> &CountParams {
        &self.params
    }

    /// The terms in the order of the columns: sorted by their bytes.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &str> {
        self.terms.iter()
    }

    /// The columns in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = TermId> + use<> {
        (0..self.len() as u32).map(TermId)
    }

    /// The column of a term, given as [`Analyze::term`] gives it, words of an n-gram joined by one
    /// space. A binary search; if the vocabulary is [hashed](Self::hashed), the place of the term.
    pub fn id(&self, term: &str) -> Option<TermId> {
        if self.is_hashed() {
            return Some(TermId(place_of(term, self.len()) as u32));
        }
        self.terms.position(term).map(|column| TermId(column as u32))
    }

    /// A term as it is counted: a stem, perhaps.
    ///
    /// # Panics
    ///
    /// This and the other methods that take a column panic if there is no such column here.
    pub fn term(&self, term: TermId) -> &str {
        self.terms.get(term.index())
    }

    /// A term as people write it: of the forms that counted as it, the most frequent, ties broken by
    /// name. If a third of all uses are without capitals, the most frequent of those.
    pub fn written(&self, term: TermId) -> &str {
        let strings = if self.is_hashed() { &self.terms } else { &self.written };
        strings.get(term.index())
    }

    /// In how many documents of the corpus it occurred: at least 1, but 0 if nothing was learned.
    pub fn doc_freq(&self, term: TermId) -> usize {
        self.doc_freq[term.index()] as usize
    }

    /// How often it was counted in the corpus; as [`doc_freq`](Self::doc_freq) if counts are binary.
    pub fn total(&self, term: TermId) -> u64 {
        self.totals[term.index()]
    }

    /// Counts other documents with these columns. Nothing here changes; terms without a column are
    /// passed over, and [`CountMatrix::unknown_share`] says how many.
    ///
    /// The analyzer must be the one that the vocabulary was learned with. Cost: as
    /// [`CountMatrix::from_docs`]; for many batches, a [`counter`](Self::counter) costs less.
    pub fn count<A, I>(self: &Arc<Self>, analyzer: &A, docs: I) -> CountMatrix
    where
        A: Analyze + ?Sized,
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        self.counter(analyzer).count(docs)
    }
}

impl fmt::Debug for Vocabulary {
    /// Names the size, not a hundred thousand terms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary")
            .field("len", &self.len())
            .field("n_docs", &self.n_docs)
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}
