//! What is a topic about?

use super::naming::Keyword;
use super::sentences::TopicSentence;
use crate::counts::{TermId, Vocabulary};

/// How many terms tell how coherent a topic is.
pub(super) const COHERENCE_TERMS: usize = 10;

/// What is kept of a topic.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Found {
    pub(super) size: usize,
    pub(super) terms: Vec<(TermId, f32)>,
    /// As the terms are shown, empty until they were read in their phrases.
    pub(super) keywords: Vec<Keyword>,
    /// Empty until they were read.
    pub(super) sentences: Vec<TopicSentence>,
    pub(super) representatives: Vec<u32>,
    pub(super) coherence: f64,
}

#[cfg(feature = "serde")]
impl Found {
    /// Whether its columns and rows exist.
    pub(crate) fn fits(&self, n_terms: usize, n_docs: usize) -> bool {
        self.terms.iter().all(|(term, _)| term.index() < n_terms)
            && self.representatives.iter().all(|&row| (row as usize) < n_docs)
            && self.sentences.iter().all(|sentence| sentence.row() < n_docs)
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
    /// The weight is `c · φ²`, above 0 and comparable between topics. `c` is c-TF-IDF,
    /// `p · ln(1 + average f of topics / f(t))`: `f` adds up `1 + ln(count)` over articles, and `p` is the term's
    /// share of that in the topic. `φ` is the correlation between an article's holding the term and its being of the
    /// topic. Source: Grootendorst (2022), with plain counts and without the last factor, which takes away words as
    /// common elsewhere; `n·φ²` is Pearson's χ². Terms that only repeat a stronger one (Iran, Iranian) are left
    /// out.
    pub fn terms(self, n: usize) -> impl ExactSizeIterator<Item = TopicTerm<'m>> {
        let Self { found, vocabulary, .. } = self;
        found.terms.iter().take(n).map(|&(id, weight)| TopicTerm {
            id,
            written: vocabulary.written(id),
            weight,
        })
    }

    /// At most `n` keywords as people write them, the strongest first: the [terms](Self::terms), or once
    /// [`name_topics`](crate::TopicModel::name_topics) has read how they are used, the phrases that
    /// they mostly come in.
    pub fn keywords(self, n: usize) -> Vec<&'m str> {
        if self.found.keywords.is_empty() {
            return self.terms(n).map(TopicTerm::written).collect();
        }
        self.found.keywords.iter().take(n).map(|keyword| keyword.written.as_str()).collect()
    }

    /// A short name of two to four words, as far as there are any: the first
    /// [keywords](Self::keywords) that fit.
    pub fn label(self) -> String {
        const ENOUGH: usize = 3;
        const MOST: usize = 4;
        let (mut label, mut n_words) = (Vec::new(), 0);
        for keyword in self.keywords(MOST) {
            let words = keyword.split(' ').count();
            if n_words == 0 || (n_words < ENOUGH && n_words + words <= MOST) {
                n_words += words;
                label.push(keyword);
            }
        }
        label.join(", ")
    }

    /// At most `n` rows of the most typical articles, nearest to the centroid first; up to 50 are
    /// kept.
    pub fn representatives(self, n: usize) -> Vec<usize> {
        self.found.representatives.iter().take(n).map(|&row| row as usize).collect()
    }

    /// At most `n` sentences that say best what the topic is about, the best first, each from another
    /// article; up to 10 are kept. None before [`name_topics`](crate::TopicModel::name_topics) has read
    /// the articles.
    pub fn representative_sentences(self, n: usize) -> &'m [TopicSentence] {
        &self.found.sentences[..n.min(self.found.sentences.len())]
    }

    /// How often the first ten terms occur in the same articles, compared with chance, −1..=1: the
    /// mean [NPMI](crate::Coherence::npmi) of their pairs. Topics of news that people can name mostly lie above 0.1. A topic
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
