//! Which terms tell one group of articles from another?

use crate::contingency::{Contingency, p_value};
use crate::counts::CountMatrix;
use crate::{Error, Result};

/// A term, its counts in two groups of articles, and how far these are from chance.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct KeyTerm {
    /// The term as it is counted.
    pub term: String,
    /// The term as people write it.
    pub written: String,
    /// How often it was counted in the target group.
    pub target: u64,
    /// How often it was counted in the reference group.
    pub reference: u64,
    /// How many articles of the target group hold it.
    pub target_docs: usize,
    /// How many articles of the reference group hold it.
    pub reference_docs: usize,
    /// The log-likelihood ratio G²; negative if the target group uses the term less than
    /// the reference group does.
    pub log_likelihood: f64,
    /// Pearson's χ² with the same sign, without Yates' correction.
    pub chi2: f64,
    /// The binary logarithm of [`relative_risk`](Self::relative_risk), a count of 0 taken as 0.5: at 1
    /// the term is twice as frequent in the target group, at −1 half as frequent.
    ///
    /// Source: Hardie (2014), *Log Ratio: an informal introduction*.
    pub log_ratio: f64,
    /// The term's share of what was counted in the target group over its share in the reference
    /// group, at least 0; `None` if the reference group does not have it.
    pub relative_risk: Option<f64>,
    /// The probability of a G² at least so far from 0 if both groups used the term alike, from the χ²
    /// distribution with one degree of freedom.
    pub p: f64,
    /// `p` corrected by Holm's method (1979) for the number of terms that were compared, at most 1.
    pub p_holm: f64,
}

impl KeyTerm {
    /// By how many percent the share in the target group exceeds that in the reference group, −100 or
    /// more; `None` if the reference group does not have the term.
    ///
    /// Source: %DIFF of Gabrielatos and Marchi (2011).
    pub fn percent_diff(&self) -> Option<f64> {
        self.relative_risk.map(|risk| 100.0 * (risk - 1.0))
    }
}

/// The terms that tell a target group of articles from a reference group.
///
/// Each term is compared in a table of two rows and two columns, counts of the term and of all other
/// terms in either group:
///
/// `G² = 2 Σ O ln(O / E)` over the four cells, with `E = row total · column total / total`.
///
/// Source: Dunning (1993), *Accurate Methods for the Statistics of Surprise and Coincidence*; Rayson
/// and Garside (2000) sum over the two cells of the term alone, which differs little for rare terms.
/// The sign is that of quanteda's `textstat_keyness(measure = "lr")`, and the value is the same with
/// `correction = "none"`; quanteda's default divides by Williams' correction.
///
/// Words clump: an article that repeats a name forty times is not forty witnesses, and p-values say
/// less than they seem to. Look at [`log_ratio`](KeyTerm::log_ratio), and at
/// [`target_docs`](KeyTerm::target_docs) for how many articles are behind a term.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, Keyness};
///
/// let articles = [
///     "The ferry sailed late. Ferry crews complained.",
///     "A ferry ran aground, and the crews left the ferry.",
///     "The bank raised rates. Rates may rise again.",
///     "Rates fell, the bank said.",
/// ];
/// let counts = CountMatrix::from_docs(&Analyzer::english(), articles, CountParams::default())?;
/// let keyness = Keyness::against_rest(&counts, &[0, 1])?;
/// let first = &keyness.terms()[0];
/// assert_eq!((first.written.as_str(), first.target, first.reference), ("ferry", 4, 0));
/// assert_eq!(keyness.of_reference().next().unwrap().written, "rates");
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Keyness {
    terms: Vec<KeyTerm>,
    target: u64,
    reference: u64,
}

impl Keyness {
    /// Compares the articles of the rows `target` with those of the rows `reference`; other rows are
    /// left out.
    ///
    /// Cost: one pass over the counts of these rows, and a sort of the terms.
    ///
    /// # Errors
    ///
    /// If a row is not in the matrix, or is named twice in one group or in both
    /// ([`Error::is_setting`]); if a group has no row, or no counted term ([`Error::is_too_small`]).
    pub fn between(counts: &CountMatrix, target: &[usize], reference: &[usize]) -> Result<Self> {
        let mut taken = vec![false; counts.n_docs()];
        mark(&mut taken, target, Group::Target)?;
        let in_target = taken.clone();
        if let Some(row) = reference.iter().find(|&&row| in_target.get(row) == Some(&true)) {
            let allowed = "outside the target group, which has it too";
            return Err(Error::setting("row of the reference group", row, allowed));
        }
        mark(&mut taken, reference, Group::Reference)?;
        Self::compare(counts, target.iter().copied(), reference.iter().copied())
    }

    /// Compares the articles of the rows `target` with all other rows.
    ///
    /// # Errors
    ///
    /// As for [`between`](Self::between).
    pub fn against_rest(counts: &CountMatrix, target: &[usize]) -> Result<Self> {
        let mut taken = vec![false; counts.n_docs()];
        mark(&mut taken, target, Group::Target)?;
        if target.len() == counts.n_docs() {
            return Err(Group::Reference.without_rows());
        }
        let rest = (0..counts.n_docs()).filter(|&row| !taken[row]);
        Self::compare(counts, target.iter().copied(), rest)
    }

    fn compare(
        counts: &CountMatrix,
        target: impl Iterator<Item = usize>,
        reference: impl Iterator<Item = usize>,
    ) -> Result<Self> {
        let target = Tally::of(counts, target, Group::Target)?;
        let reference = Tally::of(counts, reference, Group::Reference)?;
        let vocabulary = counts.vocabulary();
        let used = vocabulary
            .ids()
            .filter(|id| target.counts[id.index()] + reference.counts[id.index()] > 0);
        let mut terms: Vec<KeyTerm> = used
            .map(|id| {
                let column = id.index();
                let table = Contingency {
                    target: target.counts[column],
                    reference: reference.counts[column],
                    target_total: target.total,
                    reference_total: reference.total,
                };
                let (log_likelihood, chi2) = table.signed();
                KeyTerm {
                    term: vocabulary.term(id).to_string(),
                    written: vocabulary.written(id).to_string(),
                    target: table.target,
                    reference: table.reference,
                    target_docs: target.docs[column],
                    reference_docs: reference.docs[column],
                    log_likelihood,
                    chi2,
                    log_ratio: table.log_ratio(),
                    relative_risk: table.relative_risk(),
                    p: p_value(log_likelihood.abs()),
                    p_holm: 1.0,
                }
            })
            .collect();
        correct(&mut terms);
        terms.sort_by(|a, b| {
            b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.term.cmp(&b.term))
        });
        Ok(Self { terms, target: target.total, reference: reference.total })
    }

    /// Every term that either group has: those of the target group first, G² falling through 0 to the
    /// terms of the reference group; ties by the term.
    pub fn terms(&self) -> &[KeyTerm] {
        &self.terms
    }

    /// The terms that the target group uses more, strongest first.
    pub fn of_target(&self) -> impl Iterator<Item = &KeyTerm> {
        self.terms.iter().take_while(|term| term.log_likelihood > 0.0)
    }

    /// The terms that the reference group uses more, strongest first.
    pub fn of_reference(&self) -> impl Iterator<Item = &KeyTerm> {
        self.terms.iter().rev().take_while(|term| term.log_likelihood < 0.0)
    }

    /// How much was counted in the target group, over all terms.
    pub fn target_total(&self) -> u64 {
        self.target
    }

    /// How much was counted in the reference group, over all terms.
    pub fn reference_total(&self) -> u64 {
        self.reference
    }
}

#[derive(Clone, Copy)]
enum Group {
    Target,
    Reference,
}

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Reference => "reference",
        }
    }

    fn row_name(self) -> &'static str {
        match self {
            Self::Target => "row of the target group",
            Self::Reference => "row of the reference group",
        }
    }

    fn without_rows(self) -> Error {
        Error::nothing(format!("the {} group has no article", self.name()))
    }
}

/// Marks the rows of a group, each of which must be there and unmarked.
fn mark(taken: &mut [bool], rows: &[usize], group: Group) -> Result<()> {
    if rows.is_empty() {
        return Err(group.without_rows());
    }
    let n_docs = taken.len();
    for &row in rows {
        match taken.get_mut(row) {
            Some(taken) if !*taken => *taken = true,
            Some(_) => return Err(Error::setting(group.row_name(), row, "given only once")),
            None => {
                let allowed = format!("below {n_docs}, the number of articles");
                return Err(Error::setting(group.row_name(), row, allowed));
            }
        }
    }
    Ok(())
}

/// What was counted in one group, by column.
struct Tally {
    counts: Vec<u64>,
    docs: Vec<usize>,
    total: u64,
}

impl Tally {
    fn of(counts: &CountMatrix, rows: impl Iterator<Item = usize>, group: Group) -> Result<Self> {
        let n_terms = counts.n_terms();
        let mut tally = Self { counts: vec![0; n_terms], docs: vec![0; n_terms], total: 0 };
        for row in rows {
            for (term, count) in counts.row(row) {
                tally.counts[term.index()] += u64::from(count);
                tally.docs[term.index()] += 1;
                tally.total += u64::from(count);
            }
        }
        if tally.total == 0 {
            let message =
                format!("no term is counted in the articles of the {} group", group.name());
            return Err(Error::nothing(message));
        }
        Ok(tally)
    }
}

/// Holm's step-down method: the smallest p times the number of tests, the next times one less, and
/// none below the one before it.
fn correct(terms: &mut [KeyTerm]) {
    terms.sort_by(|a, b| a.p.total_cmp(&b.p));
    let (n, mut lowest) = (terms.len(), 0.0_f64);
    for (rank, term) in terms.iter_mut().enumerate() {
        lowest = lowest.max((n - rank) as f64 * term.p).min(1.0);
        term.p_holm = lowest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::CountParams;
    use crate::text::Analyzer;

    fn count(docs: &[&str]) -> CountMatrix {
        CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap()
    }

    #[test]
    fn groups_that_cannot_be_compared_are_refused() {
        let counts = count(&["a b", "a c", "", "b"]);
        let all: &[usize] = &[0, 1, 2, 3];
        let cases: &[(&[usize], &[usize], &str)] = &[
            (&[], &[1], "the target group has no article"),
            (&[0], &[], "the reference group has no article"),
            (
                &[4],
                &[1],
                "row of the target group is 4, but must be below 4, the number of articles",
            ),
            (
                &[0],
                &[9],
                "row of the reference group is 9, but must be below 4, the number of articles",
            ),
            (&[0, 0], &[1], "row of the target group is 0, but must be given only once"),
            (&[0], &[1, 1], "row of the reference group is 1, but must be given only once"),
            (
                &[0, 1],
                &[3, 1],
                "row of the reference group is 1, but must be outside the target group, which has it too",
            ),
            (&[2], &[0], "no term is counted in the articles of the target group"),
            (&[0], &[2], "no term is counted in the articles of the reference group"),
        ];
        for (target, reference, expected) in cases {
            let error = Keyness::between(&counts, target, reference).unwrap_err();
            assert_eq!(error.to_string(), *expected);
        }
        let error = Keyness::against_rest(&counts, all).unwrap_err();
        assert!(error.is_too_small() && error.to_string() == "the reference group has no article");
        assert!(Keyness::against_rest(&counts, &[]).is_err());
    }

    #[test]
    fn terms_stand_from_target_to_reference() {
        let counts = count(&["x x y same", "x y same", "z z w same", "w z same", "gone"]);
        let keyness = Keyness::between(&counts, &[0, 1], &[2, 3]).unwrap();
        let order: Vec<_> = keyness.terms().iter().map(|term| term.term.as_str()).collect();
        assert_eq!(order, ["x", "y", "same", "w", "z"]);
        assert_eq!(keyness.of_target().count(), 2);
        assert_eq!(keyness.of_reference().next().unwrap().term, "z");
        let same = &keyness.terms()[2];
        assert_eq!(
            (same.log_likelihood, same.p, same.p_holm, same.log_ratio),
            (0.0, 1.0, 1.0, 0.0)
        );
        assert_eq!((same.target_docs, same.reference_docs), (2, 2));
        assert_eq!(same.percent_diff(), Some(0.0));
        assert_eq!((keyness.target_total(), keyness.reference_total()), (7, 7));
        assert_eq!(keyness.terms()[0].relative_risk, None);
    }

    #[test]
    fn holm_corrects_step_by_step() {
        let counts = count(&["x x x x x x a b", "y y y y y y a b"]);
        let keyness = Keyness::against_rest(&counts, &[0]).unwrap();
        let terms = keyness.terms();
        // Four terms; the two smallest p are equal, so both are multiplied by 4.
        assert!((terms[0].p_holm - 4.0 * terms[0].p).abs() < 1e-15);
        assert!((terms[0].p_holm - terms[3].p_holm).abs() < 1e-15);
        assert!((terms[1].p_holm - 1.0).abs() < 1e-15);
    }

    #[test]
    fn one_term_alone_tells_nothing() {
        let counts = count(&["x", "x x"]);
        let keyness = Keyness::against_rest(&counts, &[0]).unwrap();
        let only = &keyness.terms()[0];
        assert_eq!((only.log_likelihood, only.chi2, only.p), (0.0, 0.0, 1.0));
    }
}
