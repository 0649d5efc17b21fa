//! Which formula?

use std::sync::Arc;

use super::TfIdf;
use crate::counts::{CountMatrix, Vocabulary};
use crate::{Error, Result};

/// What a count is worth within its document.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Tf {
    /// The count itself.
    Raw,
    /// `1 + ln(count)`: the tenth use of a word tells less than the first.
    ///
    /// Source: Manning, Raghavan and Schütze (2008), *Introduction to Information Retrieval*, 6.4.1.
    Sublinear,
    /// 1, however often the term occurs.
    Binary,
    /// `count (k1 + 1) / (count + k1 (1 - b + b length / mean length))`, where length is the number
    /// of counted terms in the document and the mean is that of the corpus that was fitted.
    ///
    /// It rises from 1 (in a document of mean length) toward `k1 + 1`. Source: Robertson and Zaragoza
    /// (2009), *The Probabilistic Relevance Framework: BM25 and Beyond*, 3.4.
    Bm25 {
        /// How late more occurrences stop to count, in `0.0..=1000.0`; 1.2 is usual.
        k1: f64,
        /// How much the length of the document matters, in `0.0..=1.0`; 0.75 is usual.
        b: f64,
    },
}

/// How much a term tells that `df` of `n` documents hold.
///
/// Weights are learned from the documents that were fitted. A column that none of them holds counts
/// as if one did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Idf {
    /// `ln((1 + n) / (1 + df)) + 1`, at least 1.
    ///
    /// The inner 1s act as one more document that holds every term; the outer 1 keeps a term found
    /// everywhere from vanishing. Source: scikit-learn's default.
    Smooth,
    /// `ln(n / df) + 1`, at least 1. Source: scikit-learn with `smooth_idf=False`; without the outer
    /// 1, Manning et al. (2008), 6.2.1.
    Plain,
    /// `max(0, ln((n - df) / df))`: a term that half of the documents hold tells nothing.
    ///
    /// Source: Manning et al. (2008), 6.4.3, after Robertson and Spärck Jones (1976).
    Probabilistic,
    /// `ln(1 + (n - df + 0.5) / (df + 0.5))`: what search engines mean by BM25, together with
    /// [`Tf::Bm25`], [power](TfIdfParams::idf_power) 1 and [`Norm::None`]; above 0, however frequent a term is.
    ///
    /// Source: Kamphuis, de Vries, Boytsov and Lin (2020), *Which BM25 Do You Mean?*, the formula of Lucene.
    Bm25,
    /// 1 for every term.
    None,
}

/// What length each row is brought to. A row of zeros stays one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Norm {
    /// Weights of a row add up to 1.
    L1,
    /// Squares of the weights of a row add up to 1, so that the product of two rows is their cosine.
    L2,
    /// None: long documents weigh more.
    None,
}

/// The formula of a [`TfIdf`].
///
/// The default (sublinear, smooth, squared, L2) is what found the topics of news best when it was
/// measured; [`textbook`](Self::textbook) is the formula that most other programs use.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TfIdfParams(pub(super) TfIdfValidParams);

/// The formula of a [`TfIdf`], checked: every number is in its range.
///
/// It is what linfa's `ParamGuard` makes of [`TfIdfParams`].
///
/// ```
/// use linfa::ParamGuard;
/// use undertone::{TfIdf, TfIdfValidParams};
///
/// let checked: TfIdfValidParams = TfIdf::params().idf_power(1.5).check()?;
/// let error = TfIdf::params().idf_power(9.0).check().unwrap_err();
/// assert_eq!(error.to_string(), "idf_power is 9, but must be in 0..=4");
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Saved"))]
pub struct TfIdfValidParams {
    pub(super) tf: Tf,
    pub(super) idf: Idf,
    pub(super) idf_power: f64,
    pub(super) norm: Norm,
}

/// What a file says, before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    tf: Tf,
    idf: Idf,
    idf_power: f64,
    norm: Norm,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for TfIdfValidParams {
    type Error = Error;

    fn try_from(Saved { tf, idf, idf_power, norm }: Saved) -> Result<Self> {
        TfIdfParams(Self { tf, idf, idf_power, norm }).checked().copied()
    }
}

impl Default for TfIdfParams {
    fn default() -> Self {
        let (tf, idf, norm) = (Tf::Sublinear, Idf::Smooth, Norm::L2);
        Self(TfIdfValidParams { tf, idf, idf_power: 2.0, norm })
    }
}

impl TfIdfParams {
    /// Raw counts times smooth idf, L2: the default of scikit-learn's `TfidfVectorizer`, whose weights it
    /// gives.
    pub fn textbook() -> Self {
        Self::default().tf(Tf::Raw).idf_power(1.0)
    }

    /// What a count is worth; [`Tf::Sublinear`] unless set.
    #[must_use]
    pub fn tf(mut self, tf: Tf) -> Self {
        self.0.tf = tf;
        self
    }

    /// What a term is worth; [`Idf::Smooth`] unless set.
    #[must_use]
    pub fn idf(mut self, idf: Idf) -> Self {
        self.0.idf = idf;
        self
    }

    /// The power that the idf is raised to, in `0.0..=4.0`; 2 unless set. At 0 every factor is 1, even of a
    /// term whose idf is 0.
    ///
    /// Clusters of documents look at products of two rows, where an idf of power 2 stands to the
    /// fourth: the words that few documents share decide, which suits topics. 1 is the textbook's.
    #[must_use]
    pub fn idf_power(mut self, power: f64) -> Self {
        self.0.idf_power = power;
        self
    }

    /// What length rows have; [`Norm::L2`] unless set.
    #[must_use]
    pub fn norm(mut self, norm: Norm) -> Self {
        self.0.norm = norm;
        self
    }

    /// Learns how much each term tells. Cost: one pass over the entries.
    ///
    /// # Errors
    ///
    /// If a setting is out of range ([`Error::is_setting`]), or there is no document
    /// ([`Error::is_too_small`]).
    pub fn fit(&self, counts: &CountMatrix) -> Result<TfIdf> {
        TfIdf::learn(*self.checked()?, counts)
    }

    /// Learns how much each term tells from what a vocabulary says of the corpus that it was learned
    /// from: the same as [`fit`](Self::fit) on the counts of that corpus, which need not be at hand.
    ///
    /// Cost: one look at each term.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf};
    ///
    /// let docs = ["Oil prices fell", "Snow fell"];
    /// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// let tfidf = TfIdf::params().fit_vocabulary(counts.vocabulary())?;
    /// assert_eq!(tfidf, TfIdf::params().fit(&counts)?);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting is out of range ([`Error::is_setting`]), or the vocabulary was learned from no
    /// document ([`Error::is_too_small`]).
    pub fn fit_vocabulary(&self, vocabulary: &Arc<Vocabulary>) -> Result<TfIdf> {
        TfIdf::learn_from_vocabulary(*self.checked()?, vocabulary)
    }

    pub(crate) fn checked(&self) -> Result<&TfIdfValidParams> {
        if let Tf::Bm25 { k1, b } = self.0.tf {
            if !(0.0..=1000.0).contains(&k1) {
                return Err(Error::setting("k1", k1, "in 0..=1000"));
            }
            if !(0.0..=1.0).contains(&b) {
                return Err(Error::setting("b", b, "in 0..=1"));
            }
        }
        if !(0.0..=4.0).contains(&self.0.idf_power) {
            return Err(Error::setting("idf_power", self.0.idf_power, "in 0..=4"));
        }
        Ok(&self.0)
    }
}

impl Idf {
    /// The weight, at least 0 and finite.
    pub(super) fn weight(self, doc_freq: u32, n_docs: usize) -> f64 {
        let (df, n) = (f64::from(doc_freq.max(1)), n_docs as f64);
        match self {
            Self::Smooth => ((1.0 + n) / (1.0 + f64::from(doc_freq))).ln() + 1.0,
            Self::Plain => (n / df).ln() + 1.0,
            Self::Probabilistic => ((n - df) / df).ln().max(0.0),
            Self::Bm25 => (1.0 + (n - df + 0.5) / (df + 0.5)).ln(),
            Self::None => 1.0,
        }
    }
}
