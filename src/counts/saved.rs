//! What a saved vocabulary or matrix must be, so that no broken file can make a later step panic.

use std::sync::Arc;

use super::params::CountParams;
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
        Ok(Self { terms, written, doc_freq, totals, n_docs, params, origin })
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
