//! Reading documents for collocations: push, merge, finish.

use std::fmt;

use super::collocation::{Collocation, LONGEST};
use super::params::CollocationParams;
use super::written::Written;
use super::{Collocations, runs};
use crate::article::Document;
use crate::counts::{CountBuilder, CountParams};
use crate::text::Analyze;
use crate::{Error, Result};

/// Finds collocations as documents come, and merges with others.
///
/// As with [`CountBuilder`](crate::CountBuilder), merging parts in their order gives the same bytes as reading everything.
///
/// ```
/// use undertone::{Analyzer, CollocationBuilder, CollocationParams};
///
/// let analyzer = Analyzer::english();
/// let params = CollocationParams::default().min_count(2);
/// let mut first = CollocationBuilder::new(&analyzer, params.clone());
/// first.push("The White House called. Snow fell.");
/// let mut second = CollocationBuilder::new(&analyzer, params);
/// second.push("White House staff left. House prices fell.");
/// first.merge(second)?;
/// let found = first.finish()?;
/// assert_eq!(found.iter().map(|one| one.written()).collect::<Vec<_>>(), ["White House"]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone)]
pub struct CollocationBuilder<A> {
    pub(super) builder: CountBuilder<Written<A>>,
    params: CollocationParams,
}

impl<A: Analyze> CollocationBuilder<A> {
    /// A builder that has seen nothing; settings are checked by [`finish`](Self::finish).
    pub fn new(analyzer: A, params: CollocationParams) -> Self {
        let longest = (*params.lengths.end()).min(LONGEST);
        let counts = CountParams::default().ngrams(2..=longest);
        Self { builder: CountBuilder::new(Written(analyzer), counts), params }
    }

    /// How many documents were read.
    pub fn n_docs(&self) -> usize {
        self.builder.n_docs()
    }

    /// Reads a document. Cost: linear in the text.
    ///
    /// # Panics
    ///
    /// If more than 4 billion distinct runs of words were seen.
    pub fn push<D: Document + ?Sized>(&mut self, doc: &D) {
        self.builder.push(doc);
    }

    /// Appends the documents that another builder read.
    ///
    /// # Errors
    ///
    /// If the other has other settings ([`Error::is_mismatch`]). That the analyzers agree is up to the
    /// caller.
    pub fn merge(&mut self, other: Self) -> Result<()> {
        if self.params != other.params {
            let (expected, found) = (format!("{:?}", self.params), format!("{:?}", other.params));
            return Err(Error::mismatch("settings of collocations to merge", expected, found));
        }
        self.builder.merge(other.builder)
    }

    /// Weighs and ranks what was read.
    ///
    /// # Errors
    ///
    /// If a setting is out of range ([`Error::is_setting`](crate::Error::is_setting)).
    pub fn finish(self) -> Result<Collocations> {
        let Self { builder, params } = self;
        params.check()?;
        let (terms, totals) = builder.into_totals();
        let mut found = Vec::new();
        for length in params.lengths.clone() {
            runs::collocations(&terms, &totals, length, params.min_count, &mut found);
        }
        let score = |one: &Collocation| one.score(params.order);
        found.sort_by(|a, b| score(b).total_cmp(&score(a)).then_with(|| a.term.cmp(&b.term)));
        Ok(Collocations { found })
    }
}

impl<A> fmt::Debug for CollocationBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CollocationBuilder").field("params", &self.params).finish_non_exhaustive()
    }
}
