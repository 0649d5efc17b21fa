//! What is known of one collocation?

use super::association::Association;

/// The longest collocation that is found at once; longer ones are found by a second pass over joined
/// words.
pub(super) const LONGEST: usize = 3;

/// Words that come together more often than by chance: `prime minister`, `White House`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Collocation {
    pub(super) term: String,
    pub(super) written: String,
    pub(super) variants: Vec<String>,
    pub(super) count: u64,
    pub(super) expected: f64,
    pub(super) pmi: f64,
    pub(super) npmi: f64,
    pub(super) log_likelihood: f64,
}

impl Collocation {
    /// The term that it counts as when it is joined: the terms of its words, joined by `_`.
    pub fn term(&self) -> &str {
        &self.term
    }

    /// As people write it: the most frequent form, ties broken by name. If a third of all uses are
    /// without capitals, the most frequent of those.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// All forms in which it was written, in order.
    pub fn variants(&self) -> impl ExactSizeIterator<Item = &str> {
        self.variants.iter().map(String::as_str)
    }

    /// How often it occurs.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How often it would occur by chance, below [`count`](Self::count).
    pub fn expected(&self) -> f64 {
        self.expected
    }

    /// [`Association::Pmi`], above 0.
    pub fn pmi(&self) -> f64 {
        self.pmi
    }

    /// [`Association::Npmi`], above 0 and at most 1.
    pub fn npmi(&self) -> f64 {
        self.npmi
    }

    /// [`Association::LogLikelihood`], above 0. Above 10.83, chance would do as well in one of a
    /// thousand cases (χ² with one degree of freedom).
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    pub(super) fn score(&self, order: Association) -> f64 {
        match order {
            Association::Pmi => self.pmi,
            Association::Npmi => self.npmi,
            Association::LogLikelihood => self.log_likelihood,
        }
    }
}
