//! Which few directions carry it?

mod svd;

use ndarray::{Array2, ArrayView1, ArrayView2};

pub(crate) use self::svd::gather;
use self::svd::{Wanted, truncated_svd};
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::tfidf::TfIdfMatrix;

/// Latent semantic analysis: the few directions in which weighted articles differ most, and what
/// each term adds to each.
///
/// It is the truncated singular value decomposition of the weights, articles × terms, found by the
/// randomised method of Halko, Martinsson & Tropp (2011) without ever filling in the zeros. Words
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
pub struct Lsa {
    /// Orthonormal columns, shape (terms, rank).
    components: Array2<f32>,
    singular_values: Vec<f64>,
    explained_variance: Vec<f64>,
}

impl Lsa {
    /// Settings for at most `dims` directions.
    pub fn params(dims: usize) -> LsaParams {
        LsaParams(LsaValidParams { dims, seed: 0, power_iterations: 4, oversampling: 12 })
    }

    /// The strength of each direction, falling, all above 0: the length of the articles' coordinates
    /// along it.
    pub fn singular_values(&self) -> &[f64] {
        &self.singular_values
    }

    /// The share of the weights' sum of squares that each direction carries, in 0..=1; together at
    /// most 1.
    pub fn explained_variance(&self) -> &[f64] {
        &self.explained_variance
    }

    /// How many directions are kept: what was asked for, or fewer if the articles do not differ in
    /// so many.
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

    /// Coordinates of weighted articles, shape (articles, directions).
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
        Ok(Embedding { rows: gather(rows, &self.components) })
    }
}

/// Settings of an [`Lsa`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LsaParams(LsaValidParams);

/// Settings of an [`Lsa`] that were checked: at least one direction is asked for.
///
/// It is what linfa's `ParamGuard` makes of [`LsaParams`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LsaValidParams {
    dims: usize,
    seed: u64,
    power_iterations: usize,
    oversampling: usize,
}

impl LsaParams {
    /// Which random directions the search begins with; 0 unless set. Any two seeds find the same
    /// strong directions, and differ a little in the weakest.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }

    /// How often the directions found are sharpened; 4 unless set. Each costs two passes over the
    /// entries. 0 is allowed and gives a rough answer.
    #[must_use]
    pub fn power_iterations(mut self, power_iterations: usize) -> Self {
        self.0.power_iterations = power_iterations;
        self
    }

    /// How many directions are searched beyond those that are kept; 12 unless set. More make the
    /// weakest of those kept more exact.
    #[must_use]
    pub fn oversampling(mut self, oversampling: usize) -> Self {
        self.0.oversampling = oversampling;
        self
    }

    /// How many directions are asked for at most.
    pub fn dims(&self) -> usize {
        self.0.dims
    }

    /// Finds the directions in which weighted articles differ most.
    ///
    /// Cost: `2 · power_iterations + 2` passes over the entries times `dims + oversampling`, and dense
    /// products that grow with articles or terms, whichever are fewer.
    ///
    /// # Errors
    ///
    /// `is_setting` if no direction is asked for; `is_numeric` if every weight is 0 or one is not
    /// finite.
    pub fn fit(&self, weights: &TfIdfMatrix) -> Result<Lsa> {
        self.checked()?.fit_rows(weights.csr())
    }

    pub(crate) fn checked(&self) -> Result<&LsaValidParams> {
        if self.0.dims == 0 {
            return Err(Error::setting("dims", self.0.dims, "at least 1"));
        }
        Ok(&self.0)
    }
}

impl LsaValidParams {
    /// Finds the directions of sparse rows.
    pub(crate) fn fit_rows(&self, rows: &Csr<f32>) -> Result<Lsa> {
        let wanted = Wanted {
            dims: self.dims,
            oversampling: self.oversampling,
            power_iterations: self.power_iterations,
            seed: self.seed,
        };
        let svd = truncated_svd(rows, &wanted)?;
        let total: f64 = rows
            .rows()
            .map(|(_, values)| values.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>())
            .sum();
        let explained_variance = svd.singular.iter().map(|value| value * value / total).collect();
        Ok(Lsa { components: svd.right, singular_values: svd.singular, explained_variance })
    }
}

/// Articles as points: coordinates along the directions of an [`Lsa`], shape (articles, directions).
///
/// An article none of whose terms are known lies at the origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    rows: Array2<f32>,
}

impl Embedding {
    /// All coordinates, for ndarray and for the estimators of linfa.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        self.rows.view()
    }

    /// The coordinates of one article.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: usize) -> ArrayView1<'_, f32> {
        self.rows.row(row)
    }

    /// The array, without copying.
    pub fn into_inner(self) -> Array2<f32> {
        self.rows
    }

    /// How many articles.
    pub fn n_rows(&self) -> usize {
        self.rows.nrows()
    }

    /// How many directions.
    pub fn n_dims(&self) -> usize {
        self.rows.ncols()
    }

    /// The same points moved to distance 1 from the origin, where squared distance is
    /// `2 − 2·cosine`; points at the origin stay.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        for mut row in self.rows.rows_mut() {
            let length = row.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt();
            if length > 0.0 {
                row.mapv_inplace(|value| (f64::from(value) / length) as f32);
            }
        }
        self
    }
}
