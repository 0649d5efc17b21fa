//! Which collocations are looked for, and in which order do they come?

use std::ops::RangeInclusive;

use super::association::Association;
use super::collocation::LONGEST;
use crate::{Error, Result};

/// Which collocations are looked for, and how they are ranked.
///
/// Settings are checked when they are used.
///
/// ```
/// use undertone::{Association, CollocationParams};
///
/// let params = CollocationParams::default().lengths(2..=3).min_count(20).order(Association::Npmi);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CollocationParams {
    pub(super) lengths: RangeInclusive<usize>,
    pub(super) min_count: u64,
    pub(super) order: Association,
}

impl Default for CollocationParams {
    /// Two words, found at least 5 times, ranked by log-likelihood.
    fn default() -> Self {
        Self { lengths: 2..=2, min_count: 5, order: Association::default() }
    }
}

impl CollocationParams {
    /// How many words a collocation has; `2..=2` unless set, within `2..=3`.
    #[must_use]
    pub fn lengths(mut self, lengths: RangeInclusive<usize>) -> Self {
        self.lengths = lengths;
        self
    }

    /// Passes over what occurs less often; 5 unless set, at least 1.
    #[must_use]
    pub fn min_count(mut self, min: u64) -> Self {
        self.min_count = min;
        self
    }

    /// The measure that ranks them; [`Association::LogLikelihood`] unless set.
    #[must_use]
    pub fn order(mut self, order: Association) -> Self {
        self.order = order;
        self
    }

    pub(super) fn check(&self) -> Result<()> {
        let (shortest, longest) = (*self.lengths.start(), *self.lengths.end());
        if self.lengths.is_empty() || shortest < 2 || longest > LONGEST {
            let value = format!("{shortest}..={longest}");
            let allowed = format!("a range within 2..={LONGEST} that is not empty");
            return Err(Error::setting("lengths of collocations", value, allowed));
        }
        if self.min_count == 0 {
            return Err(Error::setting("min_count", 0, "at least 1"));
        }
        Ok(())
    }
}
