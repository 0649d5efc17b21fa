//! How do the stages join linfa? Its traits on our types, for code that is generic over them.
//!
//! - [`TfIdfParams`], [`LsaParams`] and [`TopicParams`] are [`ParamGuard`]s, and what they are checked
//!   to be is [`Fit`]; so they are too.
//! - [`TfIdf`] and [`Lsa`] are [`Transformer`]s of records, and of datasets, whose targets they keep;
//!   what can fail gives a `Result`.
//! - [`TopicModel`] is [`PredictInplace`], and so `Predict` for datasets.
//!
//! The methods of the same names on the types themselves do the same, take the matrix without a
//! dataset around it, and are found first by method calls.

use linfa::ParamGuard;
use linfa::dataset::{DatasetBase, Records};
use linfa::traits::{Fit, PredictInplace, Transformer};
use ndarray::{Array1, Array2};

use crate::counts::CountMatrix;
use crate::error::{Error, Result};
use crate::reduce::{Embedding, Lsa, LsaParams, LsaValidParams};
use crate::tfidf::{TfIdf, TfIdfMatrix, TfIdfParams, TfIdfValidParams};
use crate::topics::{TopicModel, TopicParams, TopicValidParams};

/// A fault that linfa found in a dataset.
impl From<linfa::Error> for Error {
    fn from(error: linfa::Error) -> Self {
        Self::numeric("linfa", error.to_string())
    }
}

/// One sample per document, one feature per term.
impl Records for CountMatrix {
    type Elem = u32;

    fn nsamples(&self) -> usize {
        self.n_docs()
    }

    fn nfeatures(&self) -> usize {
        self.n_terms()
    }
}

/// One sample per document, one feature per term.
impl Records for TfIdfMatrix {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.csr().n_rows()
    }

    fn nfeatures(&self) -> usize {
        self.csr().n_cols()
    }
}

/// One sample per document, one feature per direction.
impl Records for Embedding {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.n_rows()
    }

    fn nfeatures(&self) -> usize {
        self.n_dims()
    }
}

impl ParamGuard for TfIdfParams {
    type Checked = TfIdfValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&TfIdfValidParams> {
        self.checked()
    }

    fn check(self) -> Result<TfIdfValidParams> {
        self.checked().copied()
    }
}

impl<T> Fit<CountMatrix, T, Error> for TfIdfValidParams {
    type Object = TfIdf;

    fn fit(&self, dataset: &DatasetBase<CountMatrix, T>) -> Result<TfIdf> {
        TfIdf::learn(*self, &dataset.records)
    }
}

impl Transformer<&CountMatrix, Result<TfIdfMatrix>> for TfIdf {
    fn transform(&self, counts: &CountMatrix) -> Result<TfIdfMatrix> {
        TfIdf::transform(self, counts)
    }
}

/// Targets, weights of samples and names of features stay.
///
/// ```
/// use linfa::dataset::DatasetBase;
/// use linfa::traits::{Fit, Transformer};
/// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TfIdfMatrix};
///
/// let docs = ["oil prices", "snow"];
/// let counts = CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default())?;
/// let names: Vec<_> = counts.vocabulary().terms().map(str::to_string).collect();
/// let dataset = DatasetBase::new(counts, [1, 0]).with_feature_names(names);
/// let tfidf = Fit::fit(&TfIdf::params(), &dataset)?;
/// let weighed: DatasetBase<TfIdfMatrix, _> = Transformer::transform(&tfidf, dataset)?;
/// assert_eq!(weighed.feature_names(), ["oil", "prices", "snow"]);
/// assert_eq!(weighed.targets, [1, 0]);
/// # Ok::<(), undertone::Error>(())
/// ```
impl<T> Transformer<DatasetBase<CountMatrix, T>, Result<DatasetBase<TfIdfMatrix, T>>> for TfIdf {
    fn transform(
        &self,
        counts: DatasetBase<CountMatrix, T>,
    ) -> Result<DatasetBase<TfIdfMatrix, T>> {
        let weights = TfIdf::transform(self, &counts.records)?;
        let names = counts.feature_names().to_vec();
        let of_samples = counts.weights.clone();
        Ok(counts.with_records(weights).with_weights(of_samples).with_feature_names(names))
    }
}

impl ParamGuard for LsaParams {
    type Checked = LsaValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&LsaValidParams> {
        self.checked()
    }

    fn check(self) -> Result<LsaValidParams> {
        self.checked().cloned()
    }
}

impl<T> Fit<TfIdfMatrix, T, Error> for LsaValidParams {
    type Object = Lsa;

    fn fit(&self, dataset: &DatasetBase<TfIdfMatrix, T>) -> Result<Lsa> {
        self.fit_rows(dataset.records.csr())
    }
}

impl Transformer<&TfIdfMatrix, Result<Embedding>> for Lsa {
    fn transform(&self, weights: &TfIdfMatrix) -> Result<Embedding> {
        Lsa::transform(self, weights)
    }
}

/// Targets and weights of samples stay. The points are an array, which linfa's estimators take.
impl<T> Transformer<DatasetBase<TfIdfMatrix, T>, Result<DatasetBase<Array2<f32>, T>>> for Lsa {
    fn transform(
        &self,
        weights: DatasetBase<TfIdfMatrix, T>,
    ) -> Result<DatasetBase<Array2<f32>, T>> {
        let points = Lsa::transform(self, &weights.records)?.into_inner();
        let of_samples = weights.weights.clone();
        Ok(weights.with_records(points).with_weights(of_samples))
    }
}

impl ParamGuard for TopicParams {
    type Checked = TopicValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&TopicValidParams> {
        self.checked()
    }

    fn check(self) -> Result<TopicValidParams> {
        self.checked().cloned()
    }
}

impl<T> Fit<TfIdfMatrix, T, Error> for TopicValidParams {
    type Object = TopicModel;

    fn fit(&self, dataset: &DatasetBase<TfIdfMatrix, T>) -> Result<TopicModel> {
        self.fit_checked(&dataset.records)
    }
}

/// Topic numbers. As is linfa's custom, these methods panic where [`TopicModel::assign`] has an error:
/// if the weights are over another vocabulary, or the targets are not as many as the rows.
impl PredictInplace<TfIdfMatrix, Array1<usize>> for TopicModel {
    fn predict_inplace<'a>(&'a self, weights: &'a TfIdfMatrix, targets: &mut Array1<usize>) {
        assert_eq!(weights.nsamples(), targets.len(), "one target for each article");
        match self.assign(weights) {
            Ok(assignments) => {
                for (target, assignment) in targets.iter_mut().zip(assignments) {
                    *target = assignment.topic();
                }
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn default_target(&self, weights: &TfIdfMatrix) -> Array1<usize> {
        Array1::zeros(weights.nsamples())
    }
}
