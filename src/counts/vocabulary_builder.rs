//! Learning a vocabulary as the documents come, without their rows.

use std::fmt;
use std::sync::Arc;

use super::counter::{Counted, Counter};
use super::doc_freq_table::DocFreqTable;
use super::params::CountParams;
use super::prune;
use super::tally::Tally;
use super::vocabulary::Vocabulary;
use crate::Result;
use crate::article::Document;
use crate::text::Analyze;

/// Learns a [`Vocabulary`] from documents of which nothing else is kept.
///
/// This is the first of two passes over a corpus that does not fit in memory; in the second,
/// [`Vocabulary::count`] counts one batch after the other, and a [`TfIdf`](crate::TfIdf) made by
/// [`fit_vocabulary`](crate::TfIdfParams::fit_vocabulary) weighs them. The vocabulary is the one that
/// [`CountMatrix::from_docs`](crate::CountMatrix::from_docs) learns.
///
/// Memory follows the distinct written forms and the distinct terms before any are dropped, never the
/// text nor the number of documents. Distinct words grow slowly with a corpus; distinct n-grams grow
/// nearly as fast as the text, and about 40 bytes are held for each.
///
/// ```
/// use undertone::{Analyzer, CountParams, DocFreq, TfIdf, VocabularyBuilder};
///
/// let analyzer = Analyzer::english();
/// let params = CountParams::default().min_doc_freq(DocFreq::Docs(2));
/// let mut builder = VocabularyBuilder::new(&analyzer, params);
/// for article in ["Oil prices fell", "Snow fell", "Oil exports rose"] {
///     builder.push(article);
/// }
/// let vocabulary = builder.finish()?;
/// assert_eq!(vocabulary.terms().collect::<Vec<_>>(), ["fell", "oil"]);
///
/// let tfidf = TfIdf::params().fit_vocabulary(&vocabulary)?;
/// for batch in [["Oil prices fell", "Snow fell"]] {
///     let weights = tfidf.transform(&vocabulary.count(&analyzer, batch))?;
///     assert_eq!(weights.row(0).count(), 2);
/// }
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone)]
pub struct VocabularyBuilder<A> {
    counter: Counter<A, Tally>,
}

impl<A: Analyze> VocabularyBuilder<A> {
    /// A builder that has seen nothing; settings are checked by [`finish`](Self::finish) and
    /// [`doc_freqs`](Self::doc_freqs).
    ///
    /// The analyzer may be borrowed: `&Analyzer` analyzes too.
    pub fn new(analyzer: A, params: CountParams) -> Self {
        Self { counter: Counter::new(analyzer, params) }
    }

    /// How many documents were counted.
    pub fn n_docs(&self) -> usize {
        self.counter.n_docs()
    }

    /// Counts a document. Cost: linear in the text.
    ///
    /// # Panics
    ///
    /// This and [`push_all`](Self::push_all) panic if more than 4 billion distinct terms were seen, or
    /// 4 GB of distinct spellings.
    pub fn push<D: Document + ?Sized>(&mut self, doc: &D) {
        self.counter.push(doc);
    }

    /// Counts documents in order, with feature `rayon` on all threads of the current pool.
    ///
    /// About 32 MB of text are held at once, so an iterator that reads its documents as it goes may be
    /// longer than memory.
    pub fn push_all<I>(&mut self, docs: I)
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        self.counter.push_all(docs);
    }

    /// Adds what another builder counted. The order of merging does not matter.
    ///
    /// # Errors
    ///
    /// If the other counted with other settings
    /// ([`Error::is_mismatch`](crate::Error::is_mismatch)). That the analyzers agree is up to the caller.
    pub fn merge(&mut self, other: Self) -> Result<()> {
        self.counter.merge(other.counter)
    }

    /// What was counted so far, nothing dropped: to be kept, sent, and merged with other parts.
    ///
    /// Cost: sorts the terms and spells them all out, n-grams too.
    ///
    /// # Errors
    ///
    /// If a setting is out of range or n-grams are made of terms that hold spaces
    /// ([`Error::is_setting`](crate::Error::is_setting)), or if more than 4,294,967,295 documents were
    /// counted ([`Error::is_numeric`](crate::Error::is_numeric)).
    pub fn doc_freqs(&self) -> Result<DocFreqTable> {
        let Counter { params, counted, .. } = &self.counter;
        params.check()?;
        self.counter.check_words()?;
        let n_docs = DocFreqTable::checked_docs(Some(self.n_docs()))?;
        Ok(DocFreqTable::of(&counted.terms, &counted.sink, n_docs, params))
    }

    /// Sorts and prunes the vocabulary.
    ///
    /// # Errors
    ///
    /// As [`doc_freqs`](Self::doc_freqs), and if two settings contradict each other
    /// ([`Error::is_setting`](crate::Error::is_setting)), if there was no document, or if no term is left
    /// ([`Error::is_too_small`](crate::Error::is_too_small)).
    pub fn finish(self) -> Result<Arc<Vocabulary>> {
        self.counter.check()?;
        let n_docs = DocFreqTable::checked_docs(Some(self.n_docs()))?;
        let params = self.counter.params;
        let Counted { terms, sink: mut tally } = self.counter.counted;
        if params.binary {
            tally.make_binary();
        }
        let kept = prune::keep(&terms, &tally, n_docs, &params)?;
        drop(tally);
        Ok(Arc::new(kept.into_vocabulary(&terms, &terms.shown(), n_docs, params)))
    }
}

impl<A> fmt::Debug for VocabularyBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VocabularyBuilder")
            .field("n_docs", &self.counter.n_docs())
            .field("params", &self.counter.params)
            .finish_non_exhaustive()
    }
}
