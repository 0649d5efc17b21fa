//! How much more often do two things come together than by chance?

use crate::contingency::Contingency;

/// How collocations are ranked, strongest first.
///
/// Of `N` pairs, `f(x)` begin with *x*, `f(y)` end with *y*, and `f(x, y)` are both; by chance
/// `E = f(x) · f(y) / N` would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Association {
    /// Pointwise mutual information in bits, `log₂(f(x, y) / E)`. Favours rare pairs: what occurs once
    /// and never apart is at the top, so ask for a high least count. Church and Hanks (1990).
    Pmi,
    /// PMI divided by its largest value, `−log₂(f(x, y) / N)`: above 0, and 1 for words that never come
    /// apart. Bouma (2009).
    Npmi,
    /// Log-likelihood ratio, `G² = 2 Σ O ln(O / E)` over the four cells of *x* or another, then *y* or
    /// another: how surely it is no chance, so frequent pairs come first. Dunning (1993).
    #[default]
    LogLikelihood,
}

/// How often two things come together and each at all, among all pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) both: u64,
    pub(super) first: u64,
    pub(super) second: u64,
    pub(super) all: u64,
}

impl Pair {
    /// How often both would come together by chance.
    pub(super) fn expected(self) -> f64 {
        self.first as f64 * self.second as f64 / self.all as f64
    }

    pub(super) fn pmi(self) -> f64 {
        (self.both as f64 / self.expected()).log2()
    }

    /// PMI as a share of its maximum; 1 where every pair is this one, the limit of pairs that are
    /// all but that.
    pub(super) fn npmi(self) -> f64 {
        if self.both == self.all {
            return 1.0;
        }
        self.pmi() / -(self.both as f64 / self.all as f64).log2()
    }

    pub(super) fn log_likelihood(self) -> f64 {
        if self.first == self.all {
            // Nothing else ever comes first, so nothing can be said.
            return 0.0;
        }
        let table = Contingency {
            target: self.both,
            target_total: self.first,
            reference: self.second - self.both,
            reference_total: self.all - self.first,
        };
        table.signed().0.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by the formulas of nltk's `BigramAssocMeasures` in Python; the third row is "the
    /// swiss" of Dunning (1993), table 2, where G² is given as 270.72.
    #[test]
    fn measures_are_those_of_nltk() {
        let cases = [
            (
                [20, 42, 20, 14_307_668],
                [18.377_967_788_479_985, 0.944_962_480_8, 521.093_839_065_4],
            ),
            ([8, 15_828, 4675, 14_307_668], [0.629_343_211_6, 0.030_300_171_87, 1.325_389_396_3]),
            ([110, 2552, 221, 31_777], [2.631_739_849_2, 0.321_951_529_6, 270.721_876_936_2]),
            ([5, 5, 5, 12], [1.263_034_405_8, 1.0, 16.300_638_383_8]),
            ([1, 2, 3, 10], [0.736_965_594_2, 0.221_848_749_6, 0.447_335_005_0]),
            ([3, 4, 5, 6], [-0.152_003_093_4, -0.152_003_093_4, 0.908_053_349_4]),
        ];
        for ([both, first, second, all], expected) in cases {
            let pair = Pair { both, first, second, all };
            let found = [pair.pmi(), pair.npmi(), pair.log_likelihood()];
            for (found, expected) in found.into_iter().zip(expected) {
                assert!((found - expected).abs() < 1e-7, "{pair:?}: {found}, not {expected}");
            }
        }
        let always = Pair { both: 3, first: 3, second: 3, all: 3 };
        assert!(always.log_likelihood().abs() < 1e-12 && (always.npmi() - 1.0).abs() < 1e-12);
    }
}
