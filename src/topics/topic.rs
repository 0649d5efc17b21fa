//! What is a topic about?

use crate::counts::{TermId, Vocabulary};

/// How many terms tell how coherent a topic is.
pub(super) const COHERENCE_TERMS: usize = 10;

/// What is kept of a topic.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Found {
    pub(super) size: usize,
    pub(super) terms: Vec<(TermId, f32)>,
    pub(super) representatives: Vec<u32>,
    pub(super) coherence: f64,
}

#[cfg(feature = "serde")]
impl Found {
    /// Whether its columns and rows exist.
    pub(crate) fn fits(&self, n_terms: usize, n_docs: usize) -> bool {
        self.terms.iter().all(|(term, _)| term.index() < n_terms)
            && self.representatives.iter().all(|&row| (row as usize) < n_docs)
    }
}

/// A topic of a [`TopicModel`](crate::TopicModel). Copying copies references.
#[derive(Clone, Copy, Debug)]
pub struct Topic<'m> {
    id: usize,
    found: &'m Found,
    vocabulary: &'m Vocabulary,
}

/// A term that sets a topic apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopicTerm<'m> {
    id: TermId,
    written: &'m str,
    weight: f32,
}

impl<'m> Topic<'m> {
    pub(super) fn new(id: usize, found: &'m Found, vocabulary: &'m Vocabulary) -> Self {
        Self { id, found, vocabulary }
    }

    /// The number of the topic, from 0, the largest topic first.
    pub fn id(self) -> usize {
        self.id
    }

    /// How many of the articles that the model was fitted on belong to it, at least 1.
    pub fn size(self) -> usize {
        self.found.size
    }

    /// At most `n` terms that set the topic apart, the strongest first; up to 50 are kept.
    ///
    /// The weight is c-TF-IDF, `p · ln(1 + average f of topics / f(t)) · max(0, 1 − q/p)`: `f` adds up
    /// `1 + ln(count)` over articles, `p` is the term's share of that in the topic and `q` in all
    /// others. Above 0, comparable between topics. Source: Grootendorst (2022), with plain counts and
    /// without the last factor, which takes away words as common elsewhere. Terms that only repeat a
    /// stronger one (Iran, Iranian) are left out.
    pub fn terms(self, n: usize) -> impl ExactSizeIterator<Item = TopicTerm<'m>> {
        let Self { found, vocabulary, .. } = self;
        found.terms.iter().take(n).map(|&(id, weight)| TopicTerm {
            id,
            written: vocabulary.written(id),
            weight,
        })
    }

    /// The first `n` [terms](Self::terms) as people write them.
    pub fn keywords(self, n: usize) -> Vec<&'m str> {
        self.terms(n).map(TopicTerm::written).collect()
    }

    /// A short name: the first three keywords.
    pub fn label(self) -> String {
        self.keywords(3).join(", ")
    }

    /// At most `n` rows of the most typical articles, nearest to the centroid first; up to 50 are
    /// kept.
    pub fn representatives(self, n: usize) -> Vec<usize> {
        self.found.representatives.iter().take(n).map(|&row| row as usize).collect()
    }

    /// How often the first ten terms occur in the same articles, compared with chance, −1..=1: the
    /// mean NPMI of their pairs. Topics of news that people can name mostly lie above 0.1. A topic
    /// with a single term has 0.
    pub fn coherence(self) -> f64 {
        self.found.coherence
    }
}

impl<'m> TopicTerm<'m> {
    /// The column of the term.
    pub fn id(self) -> TermId {
        self.id
    }

    /// The term as people write it.
    pub fn written(self) -> &'m str {
        self.written
    }

    /// How strongly it sets the topic apart, above 0.
    pub fn weight(self) -> f32 {
        self.weight
    }
}
