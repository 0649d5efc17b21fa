//! Which terms are counted, and which of them are kept?

use std::fmt;
use std::ops::RangeInclusive;

use crate::{Error, Result};

/// The longest run of words: memory grows with it, and longer ones repeat nowhere.
pub(super) const LONGEST_RUN: usize = 32;

/// A number of documents, as such or as a share of all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DocFreq {
    /// So many documents.
    Docs(usize),
    /// So large a share of the documents, in `0.0..=1.0`.
    Share(f64),
}

impl DocFreq {
    fn check(self, name: &'static str) -> Result<()> {
        match self {
            // Says what is allowed, so that NaN is not.
            Self::Share(share) if !(0.0..=1.0).contains(&share) => {
                Err(Error::setting(name, share, "a share in 0..=1"))
            }
            _ => Ok(()),
        }
    }

    /// The fewest documents that are at least this many of `n_docs`.
    ///
    /// Compares `docs / n_docs` with the share and not `docs` with `share * n_docs`: the quotient is
    /// the number nearest to the true one, as is a share written in decimals, so that 7 of 100
    /// documents are a share of 0.07; the product would be 7.000000000000001.
    pub(super) fn at_least(self, n_docs: usize) -> usize {
        match self {
            Self::Docs(docs) => docs,
            Self::Share(share) => {
                let near = near(share, n_docs);
                let enough = |docs: usize| docs as f64 / n_docs as f64 >= share;
                (near.saturating_sub(1)..=near + 1).find(|&docs| enough(docs)).unwrap_or(n_docs)
            }
        }
    }

    /// The most documents that are at most this many of `n_docs`.
    pub(super) fn at_most(self, n_docs: usize) -> usize {
        match self {
            Self::Docs(docs) => docs.min(n_docs),
            Self::Share(share) => {
                let near = near(share, n_docs);
                let allowed = |docs: usize| docs as f64 / n_docs as f64 <= share;
                (near.saturating_sub(1)..=near + 1).rev().find(|&docs| allowed(docs)).unwrap_or(0)
            }
        }
    }
}

/// A share of documents as a number of them, off by one at most.
#[allow(clippy::cast_sign_loss)] // Shares are in 0..=1.
fn near(share: f64, n_docs: usize) -> usize {
    (share * n_docs as f64) as usize
}

/// `3 documents`, `a share of 0.2`.
impl fmt::Display for DocFreq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Docs(1) => f.write_str("1 document"),
            Self::Docs(docs) => write!(f, "{docs} documents"),
            Self::Share(share) => write!(f, "a share of {share}"),
        }
    }
}

/// Which terms are counted and which are kept.
///
/// Settings are checked when they are used, by [`CountBuilder::finish`](crate::CountBuilder::finish)
/// or [`CountMatrix::from_docs`](crate::CountMatrix::from_docs), where all of them are known.
///
/// ```
/// use undertone::{CountMatrix, CountParams, DocFreq, Analyzer};
///
/// let params = CountParams::default().min_doc_freq(DocFreq::Docs(2)).ngrams(1..=2);
/// let docs = ["Oil prices fall", "Oil prices rise", "Snow falls"];
/// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, params)?;
/// assert_eq!(counts.vocabulary().terms().collect::<Vec<_>>(), ["oil", "oil prices", "prices"]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CountParams {
    pub(super) min_doc_freq: DocFreq,
    pub(super) max_doc_freq: DocFreq,
    pub(super) max_terms: Option<usize>,
    pub(super) ngrams: RangeInclusive<usize>,
    pub(super) binary: bool,
}

impl Default for CountParams {
    /// Single words, all of them, as often as they occur.
    fn default() -> Self {
        Self {
            min_doc_freq: DocFreq::Docs(1),
            max_doc_freq: DocFreq::Share(1.0),
            max_terms: None,
            ngrams: 1..=1,
            binary: false,
        }
    }
}

impl CountParams {
    /// Drops terms found in fewer documents; by default none are.
    ///
    /// Two documents are a good start for topics: in news, about half of all terms occur in one
    /// article only, where they join it with nothing.
    #[must_use]
    pub fn min_doc_freq(mut self, min: DocFreq) -> Self {
        self.min_doc_freq = min;
        self
    }

    /// Drops terms found in more documents; by default none are.
    #[must_use]
    pub fn max_doc_freq(mut self, max: DocFreq) -> Self {
        self.max_doc_freq = max;
        self
    }

    /// Of the terms that the bounds on documents leave, keeps those that occur most often, ties
    /// broken by name; by default all. At least 1.
    #[must_use]
    pub fn max_terms(mut self, max: usize) -> Self {
        self.max_terms = Some(max);
        self
    }

    /// Counts runs of this many terms, joined by one space, as terms too; by default `1..=1`, within
    /// `1..=32`.
    ///
    /// A run ends where its section does (headline, paragraph) and at a token that does not count,
    /// such as a stop word. With more than single words no term may hold a space or a control
    /// character of ASCII, since `new york` would then be two things; the built-in analyzer's never
    /// do. Time and memory grow with the number of distinct runs.
    #[must_use]
    pub fn ngrams(mut self, lengths: RangeInclusive<usize>) -> Self {
        self.ngrams = lengths;
        self
    }

    /// Counts a term once in each document that holds it; by default as often as it occurs.
    #[must_use]
    pub fn binary(mut self, binary: bool) -> Self {
        self.binary = binary;
        self
    }

    /// What can be said before any document was read.
    pub(super) fn check(&self) -> Result<()> {
        self.min_doc_freq.check("min_doc_freq")?;
        self.max_doc_freq.check("max_doc_freq")?;
        let ngrams = || format!("{}..={}", self.ngrams.start(), self.ngrams.end());
        if *self.ngrams.start() == 0 {
            return Err(Error::setting("ngrams", ngrams(), "a range that starts at 1 or above"));
        }
        if self.ngrams.is_empty() {
            return Err(Error::setting("ngrams", ngrams(), "a range that is not empty"));
        }
        if *self.ngrams.end() > LONGEST_RUN {
            let allowed = format!("a range that ends at {LONGEST_RUN} or below");
            return Err(Error::setting("ngrams", ngrams(), allowed));
        }
        if self.max_terms == Some(0) {
            return Err(Error::setting("max_terms", 0, "at least 1"));
        }
        let crossed = match (self.min_doc_freq, self.max_doc_freq) {
            (DocFreq::Docs(min), DocFreq::Docs(max)) => min > max,
            (DocFreq::Share(min), DocFreq::Share(max)) => min > max,
            _ => false,
        };
        if crossed { Err(self.crossed()) } else { Ok(()) }
    }

    /// The bounds as numbers of documents.
    pub(super) fn doc_freq_bounds(&self, n_docs: usize) -> Result<(usize, usize)> {
        let min = self.min_doc_freq.at_least(n_docs).max(1);
        let max = self.max_doc_freq.at_most(n_docs);
        if min > n_docs {
            let allowed = format!("at most the {n_docs} that were counted");
            return Err(Error::setting("min_doc_freq", self.min_doc_freq, allowed));
        }
        if min > max { Err(self.crossed()) } else { Ok((min, max)) }
    }

    /// Names the setting that was made; a bound of one document is none.
    fn crossed(&self) -> Error {
        if self.min_doc_freq == DocFreq::Docs(1) {
            return Error::setting("max_doc_freq", self.max_doc_freq, "at least 1 document");
        }
        let allowed = format!("at most max_doc_freq, {}", self.max_doc_freq);
        Error::setting("min_doc_freq", self.min_doc_freq, allowed)
    }

    /// For messages about what these settings left over.
    pub(super) fn bounds(&self) -> String {
        format!("min_doc_freq {} and max_doc_freq {}", self.min_doc_freq, self.max_doc_freq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_mean_what_they_say() {
        for n_docs in 1..=300 {
            for docs in 0..=n_docs {
                let share = DocFreq::Share(docs as f64 / n_docs as f64);
                assert_eq!((share.at_least(n_docs), share.at_most(n_docs)), (docs, docs));
            }
        }
        assert_eq!(
            (DocFreq::Share(0.07).at_least(100), DocFreq::Share(0.29).at_most(100)),
            (7, 29)
        );
        assert_eq!((DocFreq::Share(0.25).at_least(10), DocFreq::Share(0.25).at_most(10)), (3, 2));
    }

    #[test]
    fn each_bad_setting_has_its_message() {
        use DocFreq::{Docs, Share};
        let params = CountParams::default;
        let cases = [
            (params().min_doc_freq(Share(7.0)), "min_doc_freq is 7, but must be a share in 0..=1"),
            (
                params().max_doc_freq(Share(f64::NAN)),
                "max_doc_freq is NaN, but must be a share in 0..=1",
            ),
            (
                params().ngrams(0..=2),
                "ngrams is 0..=2, but must be a range that starts at 1 or above",
            ),
            (
                params().ngrams(RangeInclusive::new(3, 2)),
                "ngrams is 3..=2, but must be a range that is not empty",
            ),
            (params().max_terms(0), "max_terms is 0, but must be at least 1"),
            (
                params().min_doc_freq(Docs(3)).max_doc_freq(Docs(2)),
                "min_doc_freq is 3 documents, but must be at most max_doc_freq, 2 documents",
            ),
            (
                params().min_doc_freq(Share(0.5)).max_doc_freq(Share(0.2)),
                "min_doc_freq is a share of 0.5, but must be at most max_doc_freq, a share of 0.2",
            ),
        ];
        for (params, expected) in cases {
            let error = params.check().unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(error.is_setting());
        }
        let bounds = |params: CountParams| params.doc_freq_bounds(10).unwrap_err().to_string();
        assert_eq!(
            bounds(params().min_doc_freq(Docs(11))),
            "min_doc_freq is 11 documents, but must be at most the 10 that were counted"
        );
        assert_eq!(
            bounds(params().min_doc_freq(Docs(6)).max_doc_freq(Share(0.5))),
            "min_doc_freq is 6 documents, but must be at most max_doc_freq, a share of 0.5"
        );
        assert_eq!(params().doc_freq_bounds(10).unwrap(), (1, 10));
    }
}
