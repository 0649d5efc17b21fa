//! Along which directions do articles differ most?

use ndarray::{Array2, ArrayView2};

use super::columns::weighted_sums;
use super::embedding::Embedding;
use super::gather::gather;
use super::params::LsaParams;
use super::svd::Svd;
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::tfidf::TfIdfMatrix;

/// Latent semantic analysis: the few directions in which weighted articles differ most, and what
/// each term adds to each.
///
/// It is the truncated singular value decomposition of the weights, articles × terms, found in a block
/// Krylov space with a random start (Musco & Musco 2015) without ever filling in the zeros. Words
/// that occur in the same articles point the same way, so articles become comparable that share a
/// subject and hardly a word.
///
/// The columns are not centred first, since that would fill in the zeros; see Deerwester et al.
/// (1990). Fitting is deterministic: the same weights, settings and seed give the same bytes at any
/// number of threads (on processors of the same kind; dense products use what the processor has).
///
/// Size: one `f32` per term and direction. Cloning copies them.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, Lsa, TfIdf};
///
/// let docs = ["goal match team", "match team coach", "bank rates prices", "rates prices rose"];
/// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
/// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
/// let lsa = Lsa::params(2).fit(&weights)?;
/// let points = lsa.transform(&weights)?.normalized();
/// assert_eq!(points.view().dim(), (4, 2));
/// // The first two share words; the first and the third share none.
/// assert!(points.row(0).dot(&points.row(1)) > 0.9);
/// assert!(points.row(0).dot(&points.row(2)).abs() < 0.1);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Saved"))]
pub struct Lsa {
    /// Orthonormal columns, shape (terms, rank).
    components: Array2<f32>,
    singular_values: Vec<f64>,
    energy_share: Vec<f64>,
    explained_variance_ratio: Vec<f64>,
}

/// What a file says, before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    components: Array2<f32>,
    singular_values: Vec<f64>,
    energy_share: Vec<f64>,
    explained_variance_ratio: Vec<f64>,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for Lsa {
    type Error = Error;

    fn try_from(saved: Saved) -> Result<Self> {
        let Saved { components, singular_values, energy_share, explained_variance_ratio } = saved;
        let lsa = Self { components, singular_values, energy_share, explained_variance_ratio };
        let strong = lsa.singular_values.iter().all(|&value| value > 0.0 && value.is_finite());
        if !lsa.fits(lsa.n_terms()) || !strong {
            return Err(Error::saved("the directions have other lengths than their strengths"));
        }
        if lsa.components.iter().any(|value| !value.is_finite()) {
            return Err(Error::saved("a direction is not finite"));
        }
        Ok(lsa)
    }
}

impl Lsa {
    /// Settings for so many directions.
    pub fn params(dims: usize) -> LsaParams {
        LsaParams::new(dims)
    }

    pub(super) fn new(svd: Svd, totals: &Totals) -> Self {
        let squares = || svd.singular.iter().map(|value| value * value);
        let energy_share = squares().map(|square| square / totals.squares).collect();
        let explained_variance_ratio = squares()
            // The mean coordinate along each direction.
            .zip(weighted_sums(&svd.right, &totals.means))
            .map(|(square, mean)| totals.share_of_variance(square, mean))
            .collect();
        Self {
            components: svd.right,
            singular_values: svd.singular,
            energy_share,
            explained_variance_ratio,
        }
    }

    /// The strength of each direction, falling, all above 0: the length of the articles' coordinates
    /// along it.
    pub fn singular_values(&self) -> &[f64] {
        &self.singular_values
    }

    /// The share of the weights' sum of squares that each direction carries, in 0..=1 and falling;
    /// together at most 1 but for rounding. It is `σ² / ‖A‖²`, with `‖A‖²` the sum of squared weights.
    ///
    /// The first direction of articles mostly points at their mean, so its share is large.
    /// [`explained_variance_ratio`](Self::explained_variance_ratio) leaves the mean out.
    pub fn energy_share(&self) -> &[f64] {
        &self.energy_share
    }

    /// The variance of the articles' coordinates along each direction, divided by the variance of
    /// all columns of the weights together; in 0..=1, together at most 1 but for rounding.
    ///
    /// It is what scikit-learn's `TruncatedSVD.explained_variance_ratio_` holds. It need not fall: the
    /// first direction often says what all articles share, and so little of how they differ. All are 0
    /// if the articles are all alike.
    pub fn explained_variance_ratio(&self) -> &[f64] {
        &self.explained_variance_ratio
    }

    /// How many directions are kept: what was asked for, or the rank if
    /// [fewer are allowed](LsaParams::allow_fewer).
    pub fn n_dims(&self) -> usize {
        self.components.ncols()
    }

    /// How many terms the directions are made of.
    pub fn n_terms(&self) -> usize {
        self.components.nrows()
    }

    /// What each term adds to each direction, shape (terms, directions). Columns have unit length
    /// and stand at right angles; the largest component of each is positive.
    pub fn components(&self) -> ArrayView2<'_, f32> {
        self.components.view()
    }

    /// Coordinates of weighted articles, shape (articles, directions). An article gets the same alone
    /// and among others. One that has nothing in common with the directions lies at the origin: coordinates that
    /// together are shorter than a ten-thousandth of its weights are rounding, and become 0.
    ///
    /// Cost: one pass over the entries times directions.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the weights are over another number of terms. They must be over the same
    /// vocabulary as those that the directions were found in.
    pub fn transform(&self, weights: &TfIdfMatrix) -> Result<Embedding> {
        self.project(weights.csr())
    }

    /// Coordinates of rows over the same columns.
    pub(crate) fn project(&self, rows: &Csr<f32>) -> Result<Embedding> {
        if rows.n_cols() != self.n_terms() {
            return Err(Error::mismatch("terms of the weights", self.n_terms(), rows.n_cols()));
        }
        Ok(Embedding::of(rows, gather(rows, &self.components)))
    }

    /// Whether the parts have the lengths that they say; what was read from a file may not.
    #[cfg(feature = "serde")]
    pub(crate) fn fits(&self, n_terms: usize) -> bool {
        let lengths = [
            self.singular_values.len(),
            self.energy_share.len(),
            self.explained_variance_ratio.len(),
        ];
        let figures = [&self.singular_values, &self.energy_share, &self.explained_variance_ratio];
        self.n_terms() == n_terms
            && lengths == [self.n_dims(); 3]
            && figures.into_iter().flatten().all(|value| value.is_finite())
    }
}

/// Sums over all weights, by which those of a direction are divided.
pub(super) struct Totals {
    /// Of squared weights.
    squares: f64,
    /// The mean weight of each term.
    means: Vec<f64>,
    /// The variances of the weights of each term, added up.
    variance: f64,
    n_rows: f64,
}

impl Totals {
    /// Of rows that are not empty. It is an error if one holds a number that is not finite.
    pub(super) fn new(rows: &Csr<f32>) -> Result<Self> {
        let (mut squares, mut means) = (0.0, vec![0.0; rows.n_cols()]);
        for (doc, (columns, values)) in rows.rows().enumerate() {
            for (&column, &value) in columns.iter().zip(values) {
                if !value.is_finite() {
                    let message =
                        format!("the weight of term {column} in article {doc} is {value}");
                    return Err(Error::numeric("lsa", message));
                }
                let value = f64::from(value);
                squares += value * value;
                means[column as usize] += value;
            }
        }
        let n_rows = rows.n_rows() as f64;
        for mean in &mut means {
            *mean /= n_rows;
        }
        let mut variance = squares / n_rows - means.iter().map(|mean| mean * mean).sum::<f64>();
        // Equal articles leave what rounding leaves.
        if variance <= 1e-12 * squares / n_rows {
            variance = 0.0;
        }
        Ok(Self { squares, means, variance, n_rows })
    }

    /// Of a direction along which coordinates have this sum of squares and this mean.
    fn share_of_variance(&self, squares: f64, mean: f64) -> f64 {
        if self.variance <= 0.0 {
            return 0.0;
        }
        (squares / self.n_rows - mean * mean).max(0.0) / self.variance
    }
}
