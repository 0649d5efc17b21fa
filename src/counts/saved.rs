//! What a saved vocabulary or matrix must be, so that no broken file can make a later step panic.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::params::CountParams;
use super::spellings::Spellings;
use super::strings::Strings;
use super::vocabulary::Origin;
use crate::csr::Csr;
use crate::{Error, Result};

#[derive(serde::Deserialize)]
pub(super) struct Vocabulary {
    terms: Strings,
    written: Strings,
    doc_freq: Vec<u32>,
    totals: Vec<u64>,
    n_docs: usize,
    params: CountParams,
    origin: Origin,
}

impl TryFrom<Vocabulary> for super::Vocabulary {
    type Error = Error;

    fn try_from(saved: Vocabulary) -> Result<Self> {
        let Vocabulary { terms, written, doc_freq, totals, n_docs, params, origin } = saved;
        terms.check()?;
        written.check()?;
        params.check()?;
        let n_terms = terms.len();
        let n_written = if origin == Origin::Hashed { 0 } else { n_terms };
        if u32::try_from(n_terms).is_err()
            || n_terms == 0
            || written.len() != n_written
            || [doc_freq.len(), totals.len()].iter().any(|&len| len != n_terms)
        {
            return Err(Error::saved("the parts of a vocabulary differ in length"));
        }
        if !terms.iter().is_sorted_by(|a, b| a < b) {
            return Err(Error::saved("the terms of a vocabulary are not sorted"));
        }
        // Nothing was learned of columns that were given.
        let allowed = if origin == Origin::Learned { 1..=n_docs } else { 0..=0 };
        if !doc_freq.iter().all(|&docs| allowed.contains(&(docs as usize))) {
            let message = format!("a document frequency is not in {allowed:?}");
            return Err(Error::saved(message));
        }
        let mut learned = doc_freq.iter().zip(&totals);
        let fits = if origin == Origin::Learned {
            learned.all(|(&docs, &total)| total >= u64::from(docs))
        } else {
            n_docs == 0 && learned.all(|(_, &total)| total == 0)
        };
        if !fits {
            return Err(Error::saved(
                "the totals of a vocabulary do not fit its document frequencies",
            ));
        }
        Ok(Self { terms, written, doc_freq, totals, n_docs, params, origin })
    }
}

#[derive(serde::Deserialize)]
pub(super) struct DocFreqTable {
    ngrams: RangeInclusive<usize>,
    binary: bool,
    n_docs: usize,
    terms: Strings,
    doc_freq: Vec<u32>,
    totals: Vec<u64>,
    spellings: Spellings,
}

impl TryFrom<DocFreqTable> for super::DocFreqTable {
    type Error = Error;

    fn try_from(saved: DocFreqTable) -> Result<Self> {
        let DocFreqTable { ngrams, binary, n_docs, terms, doc_freq, totals, spellings } = saved;
        CountParams::default().ngrams(ngrams.clone()).check()?;
        terms.check()?;
        spellings.check()?;
        Self::checked_docs(Some(n_docs))?;
        let n_terms = terms.len();
        if u32::try_from(n_terms).is_err() || doc_freq.len() != n_terms || totals.len() != n_terms {
            return Err(Error::saved("the parts of document frequencies differ in length"));
        }
        if !terms.iter().is_sorted_by(|a, b| a < b) {
            return Err(Error::saved("the terms of document frequencies are not sorted"));
        }
        if !doc_freq.iter().all(|&docs| (1..=n_docs).contains(&(docs as usize))) {
            return Err(Error::saved("a document frequency is not in 1..=n_docs"));
        }
        let fits = |(&docs, &total): (&u32, &u64)| {
            if binary { total == u64::from(docs) } else { total >= u64::from(docs) }
        };
        if !doc_freq.iter().zip(&totals).all(fits) {
            return Err(Error::saved("a term occurs in more documents than it was counted"));
        }
        Ok(Self { ngrams, binary, n_docs, terms, doc_freq, totals, spellings })
    }
}

#[derive(serde::Deserialize)]
pub(super) struct CountMatrix {
    vocabulary: Arc<super::Vocabulary>,
    rows: Arc<Csr<u32>>,
    seen: u64,
    unknown: u64,
}

impl TryFrom<CountMatrix> for super::CountMatrix {
    type Error = Error;

    fn try_from(saved: CountMatrix) -> Result<Self> {
        let CountMatrix { vocabulary, rows, seen, unknown } = saved;
        rows.check()?;
        if rows.n_cols() != vocabulary.len() {
            return Err(Error::saved("the columns of a matrix are not those of its vocabulary"));
        }
        if rows.rows().any(|(_, counts)| counts.contains(&0)) {
            return Err(Error::saved("a count is zero"));
        }
        if unknown > seen {
            return Err(Error::saved("more terms are unknown than were read"));
        }
        Ok(Self { vocabulary, rows, seen, unknown })
    }
}
