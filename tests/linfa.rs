//! The stages in pipelines of linfa, by functions that know linfa's traits and none of our types.

use linfa::ParamGuard;
use linfa::dataset::{DatasetBase, Records};
use linfa::traits::{Fit, Predict, PredictInplace, Transformer};
use linfa_clustering::{GaussianMixtureModel, KMeans};
use linfa_nn::distance::L2Dist;
use ndarray::{Array1, array};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use undertone::{
    Analyzer, CountMatrix, CountParams, Error, Lsa, Tf, TfIdf, TfIdfParams, TopicModel,
};

const SPORT_AND_BANKS: [&str; 8] = [
    "goal match team coach",
    "match team goal goal",
    "team coach match",
    "coach goal team",
    "bank rates prices loans",
    "rates prices bank bank",
    "loans bank rates",
    "prices loans bank",
];

fn counts() -> Result<CountMatrix, Error> {
    CountMatrix::from_docs(&Analyzer::plain(), SPORT_AND_BANKS, CountParams::default())
}

/// Learns a step from a dataset, and takes the dataset through it.
fn step<P, M, R, S, T, E>(
    params: &P,
    dataset: DatasetBase<R, T>,
) -> Result<(M, DatasetBase<S, T>), E>
where
    R: Records,
    S: Records,
    E: std::error::Error + From<linfa::Error>,
    P: Fit<R, T, E, Object = M>,
    M: Transformer<DatasetBase<R, T>, Result<DatasetBase<S, T>, E>>,
{
    let model = params.fit(&dataset)?;
    let transformed = model.transform(dataset)?;
    Ok((model, transformed))
}

/// Learns groups, and says in which the samples are.
fn groups<P, M, R, T, E>(params: &P, dataset: &DatasetBase<R, T>) -> Result<(M, Array1<usize>), E>
where
    R: Records,
    E: std::error::Error + From<linfa::Error>,
    P: Fit<R, T, E, Object = M>,
    M: PredictInplace<R, Array1<usize>>,
{
    let model = params.fit(dataset)?;
    let groups = model.predict(dataset);
    Ok((model, groups))
}

/// The first four in one group, the others in another.
fn assert_parted(groups: &Array1<usize>) {
    assert_eq!(groups.len(), 8);
    assert!(groups.iter().take(4).all(|&group| group == groups[0]), "{groups}");
    assert!(groups.iter().skip(4).all(|&group| group == groups[4]), "{groups}");
    assert_ne!(groups[0], groups[4]);
}

#[test]
fn counts_become_groups() {
    let targets = Array1::from_iter(0..8_usize);
    let dataset = DatasetBase::new(counts().unwrap(), targets.clone());
    let (tfidf, weights) = step(&TfIdf::params(), dataset).unwrap();
    let (_, topics) = groups(&TopicModel::params(2), &weights).unwrap();
    assert_parted(&topics);

    let (lsa, points) = step(&Lsa::params(2), weights).unwrap();
    assert_eq!(points.targets, targets);
    let rng = || Xoshiro256Plus::seed_from_u64(1);
    let kmeans = KMeans::params_with(2, rng(), L2Dist);
    let (kmeans, clusters) = groups(&kmeans, &points).unwrap();
    assert_parted(&clusters);
    let mixture = GaussianMixtureModel::params_with_rng(2, rng()).reg_covariance(1e-3);
    let (mixture, parts) = groups(&mixture, &points).unwrap();
    assert_parted(&parts);

    // Later articles go the same way.
    let later = tfidf.vocabulary().count(&Analyzer::plain(), ["a bank raised rates", "goal"]);
    let later = DatasetBase::new(later, ());
    let later: DatasetBase<_, _> = Transformer::transform(&tfidf, later).unwrap();
    let later: DatasetBase<_, _> = Transformer::transform(&lsa, later).unwrap();
    let expected = |of: &Array1<usize>| array![of[4], of[0]];
    assert_eq!(kmeans.predict(&later), expected(&clusters));
    assert_eq!(mixture.predict(&later), expected(&parts));
}

#[test]
fn what_a_dataset_carries_stays() {
    let counts = counts().unwrap();
    let names: Vec<String> = counts.vocabulary().terms().map(str::to_string).collect();
    let of_samples = Array1::from_iter((1..=8_u8).map(f32::from));
    let dataset = DatasetBase::new(counts.clone(), ())
        .with_feature_names(names.clone())
        .with_weights(of_samples.clone());
    assert_eq!((dataset.nsamples(), dataset.nfeatures()), (8, 8));

    let (tfidf, weights) = step(&TfIdf::params(), dataset).unwrap();
    assert_eq!((weights.nsamples(), weights.nfeatures()), (8, 8));
    assert_eq!((weights.feature_names(), &weights.weights), (&names[..], &of_samples));
    assert_eq!(weights.records, tfidf.transform(&counts).unwrap());

    let rows = weights.records.clone();
    let (lsa, points) = step(&Lsa::params(3), weights).unwrap();
    assert_eq!((points.nsamples(), points.nfeatures()), (8, lsa.n_dims()));
    assert_eq!((points.feature_names().len(), &points.weights), (0, &of_samples));
    let embedding = lsa.transform(&rows).unwrap();
    assert_eq!((embedding.nsamples(), embedding.nfeatures()), (8, lsa.n_dims()));
    assert_eq!(points.records, embedding.view());
}

#[test]
fn a_step_of_references_does_what_the_method_does() {
    fn through<'a, M, R, S>(model: &M, records: &'a R) -> Result<S, Error>
    where
        R: Records,
        M: Transformer<&'a R, Result<S, Error>>,
    {
        model.transform(records)
    }
    let counts = counts().unwrap();
    let tfidf = TfIdf::params().fit(&counts).unwrap();
    let weights = through(&tfidf, &counts).unwrap();
    assert_eq!(weights, tfidf.transform(&counts).unwrap());
    let lsa = Lsa::params(2).fit(&weights).unwrap();
    assert_eq!(through(&lsa, &weights).unwrap(), lsa.transform(&weights).unwrap());
}

/// The message of the error that both ways of checking give, or `None` if both give settings.
fn refused<P: ParamGuard>(params: P) -> Option<String> {
    let by_reference = params.check_ref().err().map(|error| error.to_string());
    let by_value = params.check().err().map(|error| error.to_string());
    assert_eq!(by_reference, by_value);
    by_value
}

#[test]
fn settings_are_guarded() {
    for good in [TfIdf::params(), TfIdfParams::textbook(), TfIdf::params().idf_power(0.0)] {
        assert_eq!(refused(good), None);
    }
    let k1 = refused(TfIdf::params().tf(Tf::Bm25 { k1: -1.0, b: 0.5 }));
    assert_eq!(k1.as_deref(), Some("k1 is -1, but must be in 0..=1000"));
    let power = refused(TfIdf::params().idf_power(9.0));
    assert_eq!(power.as_deref(), Some("idf_power is 9, but must be in 0..=4"));
    assert_eq!(refused(Lsa::params(1)), None);
    assert_eq!(refused(Lsa::params(0)).as_deref(), Some("dims is 0, but must be at least 1"));
    assert_eq!(refused(TopicModel::params(2)), None);
    assert!(refused(TopicModel::params(0)).is_some_and(|message| message.contains("is 0")));
}

#[test]
fn checked_settings_fit_as_unchecked_ones_do() {
    fn checked<P, M, R>(params: P, dataset: &DatasetBase<R, ()>) -> Result<M, Error>
    where
        R: Records,
        P: ParamGuard<Error = Error>,
        P::Checked: Fit<R, (), Error, Object = M>,
    {
        params.check()?.fit(dataset)
    }
    let dataset = DatasetBase::new(counts().unwrap(), ());
    let tfidf = TfIdfParams::textbook();
    assert_eq!(checked(tfidf, &dataset).unwrap(), tfidf.fit(&dataset.records).unwrap());
    let error = checked(tfidf.idf_power(f64::NAN), &dataset).unwrap_err();
    assert!(error.is_setting());
    let error = Fit::fit(&tfidf.idf_power(f64::NAN), &dataset).unwrap_err();
    assert!(error.is_setting());
}
