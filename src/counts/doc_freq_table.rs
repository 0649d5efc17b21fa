//! What does a corpus say of each term? As a table of whole numbers, without rows.

use std::cmp::Ordering;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::params::CountParams;
use super::prune;
use super::spellings::Spellings;
use super::strings::Strings;
use super::tally::Tally;
use super::terms::Terms;
use super::vocabulary::{Origin, Vocabulary};
use crate::{Error, Result};

/// The most documents whose frequencies fit.
const MAX_DOCS: usize = u32::MAX as usize;

/// In how many documents of a corpus each term occurs, and how often in all: nothing dropped yet.
///
/// Parts of a corpus may be counted on different threads, days or machines, each by a
/// [`VocabularyBuilder`](crate::VocabularyBuilder), and merged in any order: terms stand sorted by
/// their names, so the same counts are the same bytes however they were split. It can be serialised,
/// and what is read is checked.
///
/// Memory: about 30 bytes and the name for each distinct term, the same for each written form.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, DocFreq, VocabularyBuilder};
///
/// let analyzer = Analyzer::english();
/// let count = |docs: &[&str]| {
///     let mut builder = VocabularyBuilder::new(&analyzer, CountParams::default());
///     builder.push_all(docs);
///     builder.doc_freqs()
/// };
/// let mut both = count(&["Oil prices fell", "Oil oil"])?;
/// both.merge(count(&["Snow fell"])?)?;
/// assert_eq!(both.n_docs(), 3);
/// let found: Vec<_> = both.iter().collect();
/// assert_eq!(found, [("fell", 2, 2), ("oil", 2, 3), ("price", 1, 1), ("snow", 1, 1)]);
///
/// // Which of them become columns is decided now.
/// let params = CountParams::default().min_doc_freq(DocFreq::Docs(2));
/// let vocabulary = both.vocabulary(params.clone())?;
/// let docs = ["Oil prices fell", "Oil oil", "Snow fell"];
/// assert_eq!(&vocabulary, CountMatrix::from_docs(&analyzer, docs, params)?.vocabulary());
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::saved::DocFreqTable"))]
pub struct DocFreqTable {
    pub(super) ngrams: RangeInclusive<usize>,
    pub(super) binary: bool,
    pub(super) n_docs: usize,
    pub(super) terms: Strings,
    pub(super) doc_freq: Vec<u32>,
    pub(super) totals: Vec<u64>,
    pub(super) spellings: Spellings,
}

impl DocFreqTable {
    /// How many documents were counted.
    pub fn n_docs(&self) -> usize {
        self.n_docs
    }

    /// How many distinct terms they hold.
    pub fn n_terms(&self) -> usize {
        self.terms.len()
    }

    /// Each term, sorted by its bytes, with the number of documents that hold it and how often it was
    /// counted in all; if counts are binary, the last two are the same.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize, u64)> {
        let numbers = self.doc_freq.iter().zip(&self.totals);
        self.terms.iter().zip(numbers).map(|(term, (&docs, &total))| (term, docs as usize, total))
    }

    /// Adds the counts of other documents. Cost: linear in the terms of both.
    ///
    /// # Errors
    ///
    /// If the other counted other n-grams, or only one of them is binary
    /// ([`Error::is_mismatch`]); if there are more than 4,294,967,295 documents in all
    /// ([`Error::is_numeric`]). Nothing changes then. That the analyzers agree is up to the caller.
    pub fn merge(&mut self, other: Self) -> Result<()> {
        self.check_settings(&other.ngrams, other.binary)?;
        let n_docs = Self::checked_docs(self.n_docs.checked_add(other.n_docs))?;
        if other.n_docs == 0 {
            return Ok(());
        }
        if self.n_docs == 0 {
            *self = other;
            return Ok(());
        }
        let (left, right) = (self.n_terms(), other.n_terms());
        let (mut terms, mut doc_freq, mut totals) = (Strings::default(), Vec::new(), Vec::new());
        let (mut here, mut there) = (0, 0);
        while here < left || there < right {
            let order = match (here < left, there < right) {
                (true, true) => self.terms.get(here).cmp(other.terms.get(there)),
                (true, false) => Ordering::Less,
                _ => Ordering::Greater,
            };
            let (mut docs, mut total) = (0, 0_u64);
            if order.is_ge() {
                terms.push(other.terms.get(there));
                (docs, total) = (other.doc_freq[there], other.totals[there]);
                there += 1;
            }
            if order.is_le() {
                if order.is_lt() {
                    terms.push(self.terms.get(here));
                }
                // At most the number of documents, which fits.
                docs += self.doc_freq[here];
                total = total.saturating_add(self.totals[here]);
                here += 1;
            }
            doc_freq.push(docs);
            totals.push(total);
        }
        terms.shrink_to_fit();
        doc_freq.shrink_to_fit();
        totals.shrink_to_fit();
        let spellings = self.spellings.merged(&other.spellings);
        *self = Self { n_docs, terms, doc_freq, totals, spellings, ..other };
        Ok(())
    }

    /// The vocabulary that these settings leave: the one that
    /// [`CountMatrix::from_docs`](crate::CountMatrix::from_docs) learns from the same documents.
    ///
    /// # Errors
    ///
    /// If a setting is out of range or two contradict each other ([`Error::is_setting`]), if the
    /// settings are those of other n-grams, or only one of both is binary ([`Error::is_mismatch`]), if
    /// there was no document, or if no term is left ([`Error::is_too_small`]).
    pub fn vocabulary(&self, params: CountParams) -> Result<Arc<Vocabulary>> {
        params.check()?;
        self.check_settings(&params.ngrams, params.binary)?;
        if self.n_docs == 0 {
            return Err(Error::nothing("no documents to count, but at least 1 is needed"));
        }
        let kept = prune::within_bounds(&self.doc_freq, self.n_docs, &params)?;
        let kept = prune::most_frequent(kept, &self.totals, &params);
        let (mut terms, mut written) = (Strings::default(), Strings::default());
        for &term in &kept {
            let name = self.terms.get(term as usize);
            terms.push(name);
            if *params.ngrams.end() > 1 {
                // The words of a run hold no spaces.
                written.push_joined(name.split(' ').map(|word| self.spellings.shown(word)));
            } else {
                written.push(self.spellings.shown(name));
            }
        }
        terms.shrink_to_fit();
        written.shrink_to_fit();
        let doc_freq = kept.iter().map(|&term| self.doc_freq[term as usize]).collect();
        let totals = kept.iter().map(|&term| self.totals[term as usize]).collect();
        let n_docs = self.n_docs;
        let origin = Origin::Learned;
        Ok(Arc::new(Vocabulary { terms, written, doc_freq, totals, n_docs, params, origin }))
    }

    /// Sorts and spells out what was counted.
    pub(super) fn of(terms: &Terms, tally: &Tally, n_docs: usize, params: &CountParams) -> Self {
        let counted: Vec<u32> = (0..tally.doc_freq.len() as u32)
            .filter(|&node| tally.doc_freq[node as usize] > 0)
            .collect();
        let nodes = prune::sorted_by_name(terms, &counted);
        let (mut names, mut words) = (Strings::default(), Vec::new());
        for &node in &nodes {
            terms.words_of(node, &mut words);
            names.push_joined(words.iter().map(|&word| terms.words().get(word as usize)));
        }
        names.shrink_to_fit();
        let doc_freq: Vec<u32> = nodes.iter().map(|&node| tally.doc_freq[node as usize]).collect();
        let totals = if params.binary {
            doc_freq.iter().copied().map(u64::from).collect()
        } else {
            nodes.iter().map(|&node| tally.totals[node as usize]).collect()
        };
        let (ngrams, binary) = (params.ngrams.clone(), params.binary);
        let spellings = Spellings::of(terms);
        Self { ngrams, binary, n_docs, terms: names, doc_freq, totals, spellings }
    }

    /// The number of documents, unless their frequencies would not fit.
    pub(super) fn checked_docs(n_docs: Option<usize>) -> Result<usize> {
        n_docs.filter(|&n_docs| n_docs <= MAX_DOCS).ok_or_else(|| {
            let message = format!("more than the {MAX_DOCS} documents that can be counted");
            Error::numeric("document frequencies", message)
        })
    }

    fn check_settings(&self, ngrams: &RangeInclusive<usize>, binary: bool) -> Result<()> {
        if (&self.ngrams, self.binary) == (ngrams, binary) {
            return Ok(());
        }
        let shown = |ngrams: &RangeInclusive<usize>, binary| {
            format!("ngrams {}..={}, binary {binary}", ngrams.start(), ngrams.end())
        };
        let (expected, found) = (shown(&self.ngrams, self.binary), shown(ngrams, binary));
        Err(Error::mismatch("settings of document frequencies", expected, found))
    }
}

impl fmt::Debug for DocFreqTable {
    /// Names the size, not a million terms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocFreqTable")
            .field("n_docs", &self.n_docs)
            .field("n_terms", &self.n_terms())
            .field("ngrams", &self.ngrams)
            .field("binary", &self.binary)
            .finish_non_exhaustive()
    }
}
