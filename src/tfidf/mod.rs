//! How much does a term tell?

mod matrix;
mod params;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

pub use matrix::TfIdfMatrix;
pub use params::{Idf, Norm, Tf, TfIdfParams, TfIdfValidParams};

use crate::counts::{CountMatrix, TermId, Vocabulary};
use crate::parallel::join;
use crate::{Error, Result};

/// How much each term tells, learned from a corpus once and then only read.
///
/// A document weighs the same alone and in a batch, because nothing is learned from what is
/// transformed. What was learned is kept as whole numbers; clones share the vocabulary.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf};
///
/// let analyzer = Analyzer::english();
/// let docs = ["Oil prices fell", "Snow fell", "Oil exports rose"];
/// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
/// let tfidf = TfIdf::params().fit(&counts)?;
/// let weights = tfidf.transform(&counts)?;
/// assert_eq!((weights.n_docs(), weights.n_terms()), (3, 6));
///
/// // "price" tells more than "oil", which two of three documents hold.
/// let idf = |term| tfidf.idf()[counts.vocabulary().id(term).unwrap().index()];
/// assert!(idf("price") > idf("oil"));
///
/// // Later documents are weighed by what was learned.
/// let later = counts.vocabulary().count(&analyzer, ["Oil prices fell"]);
/// assert!(tfidf.transform(&later)?.row(0).eq(weights.row(0)));
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Learned", into = "Learned"))]
pub struct TfIdf {
    learned: Learned,
    /// Follows from what was learned.
    idf: Vec<f64>,
}

#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Learned {
    vocabulary: Arc<Vocabulary>,
    params: TfIdfParams,
    doc_freq: Vec<u32>,
    n_docs: usize,
    /// Counted terms in all documents, each as often as it was counted.
    length: u64,
}

/// Document frequencies below this have their weights worked out once.
const RARE: usize = 256;

impl TfIdf {
    /// The default formula, to be changed and then [fitted](TfIdfParams::fit).
    pub fn params() -> TfIdfParams {
        TfIdfParams::default()
    }

    pub(crate) fn learn(params: TfIdfValidParams, counts: &CountMatrix) -> Result<Self> {
        check_docs(counts.n_docs())?;
        // Counted from the rows and not taken from the vocabulary, whose documents may be others.
        let (doc_freq, length) =
            join(|| counts.csr().column_counts(), || sum(counts.csr().values()));
        let vocabulary = Arc::clone(counts.vocabulary());
        let n_docs = counts.n_docs();
        let params = TfIdfParams(params);
        Ok(Self::new(Learned { vocabulary, params, doc_freq, n_docs, length }))
    }

    pub(crate) fn learn_from_vocabulary(
        params: TfIdfValidParams,
        vocabulary: &Arc<Vocabulary>,
    ) -> Result<Self> {
        let n_docs = vocabulary.n_docs();
        check_docs(n_docs)?;
        let doc_freq = vocabulary.ids().map(|term| vocabulary.doc_freq(term) as u32).collect();
        // A saved vocabulary may claim any totals; those of a corpus add up.
        let total = |sum: u64, term| sum.saturating_add(vocabulary.total(term));
        let length = vocabulary.ids().fold(0, total);
        let (vocabulary, params) = (Arc::clone(vocabulary), TfIdfParams(params));
        Ok(Self::new(Learned { vocabulary, params, doc_freq, n_docs, length }))
    }

    fn new(learned: Learned) -> Self {
        let Learned { params: TfIdfParams(formula), n_docs, .. } = learned;
        let weight = |df: u32| formula.idf.weight(df, n_docs).powf(formula.idf_power);
        // Most terms are in few documents; logarithms and powers cost more than all else here.
        let rare: Vec<f64> =
            (0..RARE.min(learned.doc_freq.len())).map(|df| weight(df as u32)).collect();
        let idf = |&df: &u32| rare.get(df as usize).copied().unwrap_or_else(|| weight(df));
        let idf = learned.doc_freq.iter().map(idf).collect();
        Self { learned, idf }
    }

    /// Weighs the terms of documents: each count by [`Tf`], times [`idf`](Self::idf), rows brought to
    /// the length that [`Norm`] says. Nothing here changes.
    ///
    /// Weights are finite and at least 0. Cost: one pass over the entries.
    ///
    /// # Errors
    ///
    /// If the columns are not those that were fitted ([`Error::is_mismatch`]).
    pub fn transform(&self, counts: &CountMatrix) -> Result<TfIdfMatrix> {
        counts.check_columns(&self.learned.vocabulary)?;
        let weights = counts.csr().map_rows(|terms, row, out, row_weights| {
            self.weigh(terms, row, row_weights);
            for (out, &weight) in out.iter_mut().zip(&*row_weights) {
                *out = weight as f32;
            }
        });
        Ok(TfIdfMatrix::new(counts.clone(), weights))
    }

    /// The weights of one row, in `f64` up to the end.
    fn weigh(&self, terms: &[u32], row: &[u32], weights: &mut Vec<f64>) {
        let tf = self.tf_of(row);
        weights.clear();
        let entries = terms.iter().zip(row);
        weights.extend(entries.map(|(&term, &count)| tf(count) * self.idf[term as usize]));
        let norm = match self.learned.params.0.norm {
            Norm::None => return,
            Norm::L1 => weights.iter().sum::<f64>(),
            Norm::L2 => weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt(),
        };
        if norm > 0.0 {
            for weight in weights {
                *weight /= norm;
            }
        }
    }

    fn tf_of(&self, row: &[u32]) -> impl Fn(u32) -> f64 + use<> {
        let tf = self.learned.params.0.tf;
        // What BM25 adds to the count below the line.
        let tempered = match tf {
            Tf::Bm25 { k1, b } => k1 * (1.0 - b + b * sum(row) as f64 / self.mean_length()),
            _ => 0.0,
        };
        move |count| {
            let count = f64::from(count);
            match tf {
                Tf::Raw => count,
                Tf::Sublinear if count > 1.0 => 1.0 + count.ln(),
                Tf::Sublinear | Tf::Binary => 1.0,
                Tf::Bm25 { k1, .. } => count * (k1 + 1.0) / (count + tempered),
            }
        }
    }

    fn mean_length(&self) -> f64 {
        // Of a corpus without a counted term no length can be told.
        let length = if self.learned.length == 0 { 1.0 } else { self.learned.length as f64 };
        length / self.learned.n_docs as f64
    }

    /// The factor of each term, in the order of the columns: its idf raised to the power that was
    /// set. Each is finite and at least 0.
    pub fn idf(&self) -> &[f64] {
        &self.idf
    }

    /// In how many of the fitted documents a term occurred.
    ///
    /// # Panics
    ///
    /// If there is no such column.
    pub fn doc_freq(&self, term: TermId) -> usize {
        self.learned.doc_freq[term.index()] as usize
    }

    /// How many documents were fitted.
    pub fn n_docs(&self) -> usize {
        self.learned.n_docs
    }

    /// The terms that the columns stand for.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.learned.vocabulary
    }

    /// The formula.
    pub fn formula(&self) -> &TfIdfParams {
        &self.learned.params
    }
}

fn check_docs(n_docs: usize) -> Result<()> {
    if n_docs == 0 {
        return Err(Error::nothing("no documents to weigh terms by, but at least 1 is needed"));
    }
    Ok(())
}

fn sum(row: &[u32]) -> u64 {
    row.iter().copied().map(u64::from).sum()
}

impl fmt::Debug for TfIdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TfIdf")
            .field("formula", self.formula())
            .field("n_docs", &self.n_docs())
            .field("n_terms", &self.idf.len())
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "serde")]
impl From<TfIdf> for Learned {
    fn from(tfidf: TfIdf) -> Self {
        tfidf.learned
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Learned> for TfIdf {
    type Error = Error;

    fn try_from(learned: Learned) -> Result<Self> {
        learned.params.checked()?;
        if learned.doc_freq.len() != learned.vocabulary.len() {
            return Err(Error::saved("document frequencies do not fit their vocabulary"));
        }
        let n_docs = learned.n_docs;
        if n_docs == 0 || learned.doc_freq.iter().any(|&docs| docs as usize > n_docs) {
            return Err(Error::saved("a document frequency is above the number of documents"));
        }
        Ok(Self::new(learned))
    }
}
