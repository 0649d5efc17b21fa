//! How many directions are asked for, and how exactly?

use super::lsa::{Lsa, Totals};
use super::svd::{Svd, Wanted, truncated_svd};
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::{inside, join};
use crate::tfidf::TfIdfMatrix;

/// With so many, blocks are as narrow as they get in spaces of up to 808 columns.
const MOST_POWER_ITERATIONS: usize = 100;

/// The small dense problem grows with the cube of this; here it takes the better part of an hour.
const MOST_OVERSAMPLING: usize = 10_000;

/// Settings of an [`Lsa`].
///
/// The search takes place in a space of `dims + oversampling` columns, which is filled block by block:
/// a random block, and after each power iteration one more. More oversampling costs more and is more exact.
/// More power iterations are more exact too and cost about as many products, since the blocks become
/// narrower.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, Lsa, TfIdf};
///
/// let docs = ["goal match", "match team", "bank rates", "rates prices"];
/// let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
/// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
/// let error = Lsa::params(5).fit(&weights).unwrap_err();
/// assert_eq!(error.to_string(), "dims is 5, but 4 articles of 6 terms have at most 4 directions");
/// assert_eq!(Lsa::params(5).allow_fewer(true).fit(&weights)?.n_dims(), 4);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LsaParams(LsaValidParams);

/// Settings of an [`Lsa`] that were checked: at least one direction is asked for, and the effort is
/// within bounds.
///
/// It is what linfa's `ParamGuard` makes of [`LsaParams`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Saved"))]
pub struct LsaValidParams {
    dims: usize,
    seed: u64,
    power_iterations: usize,
    oversampling: usize,
    allow_fewer: bool,
}

/// What a file says, before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    dims: usize,
    seed: u64,
    power_iterations: usize,
    oversampling: usize,
    allow_fewer: bool,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for LsaValidParams {
    type Error = Error;

    fn try_from(saved: Saved) -> Result<Self> {
        let Saved { dims, seed, power_iterations, oversampling, allow_fewer } = saved;
        let params = Self { dims, seed, power_iterations, oversampling, allow_fewer };
        LsaParams(params).checked().cloned()
    }
}

impl LsaParams {
    pub(super) fn new(dims: usize) -> Self {
        Self(LsaValidParams {
            dims,
            seed: 0,
            power_iterations: 18,
            oversampling: 200,
            allow_fewer: false,
        })
    }

    /// Which random directions the search begins with; 0 unless set. Any two seeds find the same
    /// strong directions, and differ a little in the weakest.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }

    /// How often the random block is multiplied by the weights and back, in 0..=100; 18 unless set. All
    /// blocks on the way are kept, so more of them are narrower (in steps of 8 columns), and there are
    /// fewer if the space is full before. 0 gives a rough answer.
    #[must_use]
    pub fn power_iterations(mut self, power_iterations: usize) -> Self {
        self.0.power_iterations = power_iterations;
        self
    }

    /// How many directions are searched beyond those that are kept, in 0..=10,000; 200 unless set.
    /// More make the weakest of those kept more exact, and cost time and memory.
    #[must_use]
    pub fn oversampling(mut self, oversampling: usize) -> Self {
        self.0.oversampling = oversampling;
        self
    }

    /// Whether articles that do not differ in so many directions give fewer, in place of an error; not
    /// unless set.
    #[must_use]
    pub fn allow_fewer(mut self, allow_fewer: bool) -> Self {
        self.0.allow_fewer = allow_fewer;
        self
    }

    /// How many directions are asked for.
    pub fn dims(&self) -> usize {
        self.0.dims
    }

    /// Finds the directions in which weighted articles differ most.
    ///
    /// The strong directions are exact to rounding; on news of 2,000 to 15,000 articles all of the
    /// first 90 of 100 singular values were within 1 % of the exact ones (`docs/evaluation.md`).
    ///
    /// Let `k` be `dims` and `m = dims + oversampling`, no more than articles or terms, whichever are
    /// fewer (`s`; the others are `l`).
    ///
    /// Cost: about `2·m + k` passes over the entries for a single column, `2·s·m²` multiplications for
    /// the dense products, `9·m³` for the small problem.
    ///
    /// Memory while fitting: a second copy of the weights (8 bytes an entry, and 8 for each term), and then the
    /// greater of `4·s·m + 4·b·(2·s + l)` bytes for the search, where `b` is the width of a block (16 for 100
    /// directions), and `4·k·(s + l)` bytes for the answer, of which `4·k·terms` stay.
    ///
    /// # Errors
    ///
    /// - `is_setting` if `dims` is 0, or `power_iterations` or `oversampling` is out of its range.
    /// - `is_too_small` if `dims` is above the number of articles or terms, or above the rank that was found.
    ///   Neither if [fewer are allowed](Self::allow_fewer).
    /// - `is_numeric` if every weight is 0, or one is not finite or too large to square.
    pub fn fit(&self, weights: &TfIdfMatrix) -> Result<Lsa> {
        self.checked()?.fit_rows(weights.csr())
    }

    pub(crate) fn checked(&self) -> Result<&LsaValidParams> {
        let valid = &self.0;
        if valid.dims == 0 {
            return Err(Error::setting("dims", valid.dims, "at least 1"));
        }
        for (name, value, most) in [
            ("power_iterations", valid.power_iterations, MOST_POWER_ITERATIONS),
            ("oversampling", valid.oversampling, MOST_OVERSAMPLING),
        ] {
            if value > most {
                return Err(Error::setting(name, value, format!("in 0..={most}")));
            }
        }
        Ok(valid)
    }
}

impl LsaValidParams {
    /// Finds the directions of sparse rows.
    pub(crate) fn fit_rows(&self, rows: &Csr<f32>) -> Result<Lsa> {
        let shape = format!("{} articles of {} terms", rows.n_rows(), rows.n_cols());
        let most = rows.n_rows().min(rows.n_cols());
        if self.dims > most && !self.allow_fewer {
            let dims = self.dims;
            return Err(Error::nothing(format!(
                "dims is {dims}, but {shape} have at most {most} directions"
            )));
        }
        let (totals, columns) = join(|| Totals::new(rows), || rows.transposed());
        let totals = totals?;
        let svd = inside(|| self.svd(rows, &columns))?;
        let (dims, rank) = (self.dims, svd.singular.len());
        if rank < dims && !self.allow_fewer {
            return Err(Error::nothing(format!(
                "dims is {dims}, but the weights of {shape} have rank {rank}"
            )));
        }
        Ok(Lsa::new(svd, &totals))
    }

    /// The decomposition of weights, however small.
    ///
    /// Products of very small weights vanish in `f32`, so those are brought near 1 first, by a power of two,
    /// which changes no digit. (Products of very large ones are noticed.)
    fn svd(&self, rows: &Csr<f32>, columns: &Csr<f32>) -> Result<Svd> {
        let values = || rows.rows().flat_map(|(_, values)| values);
        let largest = values().fold(0.0, |max: f32, value| max.max(value.abs()));
        if largest <= 0.0 || largest >= f32::exp2(-30.0) {
            return truncated_svd(rows, columns, &self.wanted());
        }
        let power = f64::from(largest).log2().round();
        let scaled = values().map(|&value| (f64::from(value) * (-power).exp2()) as f32).collect();
        let rows = rows.with_values(scaled);
        let mut svd = truncated_svd(&rows, &rows.transposed(), &self.wanted())?;
        for value in &mut svd.singular {
            *value *= power.exp2();
        }
        Ok(svd)
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            dims: self.dims,
            oversampling: self.oversampling,
            power_iterations: self.power_iterations,
            seed: self.seed,
        }
    }
}
