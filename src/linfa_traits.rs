//! How do the stages join linfa? Its traits on our types, for code that is generic over them.
//!
//! - [`TfIdfParams`], [`LsaParams`] and [`TopicParams`] are [`Fit`]; the latter two are checked by
//!   [`ParamGuard`].
//! - [`TfIdf`] and [`Lsa`] are [`Transformer`]s; what can fail gives a `Result`.
//! - [`TopicModel`] is [`PredictInplace`], and so `Predict` for datasets.
//!
//! The methods of the same names on the types themselves do the same, take the matrix without a
//! dataset around it, and are found first by method calls.

use linfa::ParamGuard;
use linfa::dataset::{DatasetBase, Records};
use linfa::traits::{Fit, PredictInplace, Transformer};
use ndarray::Array1;

use crate::counts::CountMatrix;
use crate::error::{Error, Result};
use crate::reduce::{Embedding, Lsa, LsaParams, LsaValidParams};
use crate::tfidf::{TfIdf, TfIdfMatrix, TfIdfParams};
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

impl<T> Fit<CountMatrix, T, Error> for TfIdfParams {
    type Object = TfIdf;

    fn fit(&self, dataset: &DatasetBase<CountMatrix, T>) -> Result<TfIdf> {
        TfIdfParams::fit(self, &dataset.records)
    }
}

impl Transformer<&CountMatrix, Result<TfIdfMatrix>> for TfIdf {
    fn transform(&self, counts: &CountMatrix) -> Result<TfIdfMatrix> {
        TfIdf::transform(self, counts)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::CountParams;
    use crate::text::Analyzer;
    use linfa::traits::Predict;

    /// Knows linfa and not us.
    fn fit_and_predict<P, R, M>(params: &P, dataset: &DatasetBase<R, Array1<()>>) -> Array1<usize>
    where
        R: Records,
        P: Fit<R, Array1<()>, Error, Object = M>,
        M: for<'r> Predict<&'r DatasetBase<R, Array1<()>>, Array1<usize>>,
    {
        params.fit(dataset).unwrap().predict(dataset)
    }

    fn dataset<R: Records>(records: R) -> DatasetBase<R, Array1<()>> {
        let targets = Array1::default(records.nsamples());
        DatasetBase::new(records, targets)
    }

    #[test]
    fn stages_are_estimators_of_linfa() {
        let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
        let counts =
            CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default()).unwrap();
        let counts = dataset(counts);
        let tfidf = Fit::fit(&TfIdf::params(), &counts).unwrap();
        let weights = dataset(Transformer::transform(&tfidf, &counts.records).unwrap());
        assert_eq!((weights.nsamples(), weights.nfeatures()), (4, 6));

        let lsa: Lsa = Fit::fit(&Lsa::params(3), &weights).unwrap();
        let points = Transformer::transform(&lsa, &weights.records).unwrap();
        assert_eq!((points.nsamples(), points.nfeatures()), (4, lsa.n_dims()));

        let topics = fit_and_predict(&TopicModel::params(2), &weights);
        assert_eq!((topics[0], topics[2]), (topics[1], topics[3]));
        assert!(Fit::fit(&TopicModel::params(0), &weights).is_err_and(|error| error.is_setting()));
        assert!(LsaParams::check(Lsa::params(0)).is_err());
    }
}
