//! How does a model outlive its process? In one file, checked when it is opened.

mod frame;
#[cfg(test)]
mod tests;

use std::io::{Read, Write};
use std::sync::Arc;

use crate::article::Document;
use crate::error::{Error, Result};
use crate::reduce::Lsa;
use crate::text::{Analyzer, Stemmer};
use crate::tfidf::TfIdf;
use crate::topics::{Assignment, LinfaGaussianMixture, LinfaKMeans, TopicModel};

/// Raised whenever the payload changes.
const VERSION: u32 = 4;

/// All that it takes to find the topic of a page: analyzer, vocabulary, weights, word
/// distributions, directions, centroids.
///
/// An opened model assigns articles exactly as the one that was saved. The file is checked as a whole
/// (format version, length, CRC-32 checksum) and in its parts (shapes, columns, finite numbers), and so
/// is the stemmer: where it would stem otherwise than when the model was fitted, the file does not
/// open.
///
/// Size of the file: about 4 bytes per term and direction and per term and topic, so 6 MB for 20 000
/// terms, 60 directions and 20 topics. The checksum finds damage, not malice.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, SavedTopics, TfIdf, TopicModel};
///
/// let analyzer = Analyzer::english();
/// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
/// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
/// let tfidf = TfIdf::params().fit(&counts)?;
/// let model = TopicModel::params(2).fit(&tfidf.transform(&counts)?)?;
///
/// let mut file = Vec::new();
/// SavedTopics::new(analyzer, tfidf, model)?.save(&mut file)?;
///
/// let opened = SavedTopics::open(&file[..])?;
/// let today = opened.assign(["A late goal decided the match"])?;
/// assert_eq!(today[0].topic(), opened.model().assignments()[0].topic());
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SavedTopics {
    analyzer: Analyzer,
    tfidf: TfIdf,
    model: TopicModel,
}

impl SavedTopics {
    /// Puts together what was used to fit `model`.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if weights and model have different vocabularies.
    pub fn new(analyzer: Analyzer, tfidf: TfIdf, model: TopicModel) -> Result<Self> {
        if tfidf.vocabulary() != model.vocabulary() {
            let (expected, found) = (model.vocabulary().len(), tfidf.vocabulary().len());
            let found = format!("{found} of another vocabulary");
            return Err(Error::mismatch("terms of the weights", expected, found));
        }
        Ok(Self { analyzer, tfidf, model })
    }

    /// The topic of each article, in order. Articles none of whose terms are known have confidence 0.
    ///
    /// # Errors
    ///
    /// None that depends on the articles.
    pub fn assign<I>(&self, docs: I) -> Result<Vec<Assignment>>
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        let counts = self.model.vocabulary().count(&self.analyzer, docs);
        self.model.assign(&self.tfidf.transform(&counts)?)
    }

    /// What reads the articles.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// What weighs their terms.
    pub fn tfidf(&self) -> &TfIdf {
        &self.tfidf
    }

    /// The topics.
    pub fn model(&self) -> &TopicModel {
        &self.model
    }

    /// Writes the model. The same model gives the same bytes.
    ///
    /// # Errors
    ///
    /// `is_io` if `writer` fails.
    pub fn save(&self, writer: impl Write) -> Result<()> {
        let stemmer = self.analyzer.stemmer().map(Stemmer::name);
        let mut payload = Vec::new();
        append(&mut payload, &stemmer)?;
        append(&mut payload, &self.analyzer)?;
        append(&mut payload, &self.tfidf)?;
        append(&mut payload, &self.model.lsa)?;
        append(&mut payload, &self.model.kmeans)?;
        append(&mut payload, &self.model.mixture)?;
        append(&mut payload, &self.model.topics)?;
        append(&mut payload, &self.model.assignments)?;
        append(&mut payload, &self.model.inertia)?;
        append(&mut payload, &self.model.gaussian)?;
        append(&mut payload, &self.model.density)?;
        append(&mut payload, &self.model.learned)?;
        frame::write(writer, VERSION, &payload)
    }

    /// Reads a model, to the end of the file.
    ///
    /// # Errors
    ///
    /// `is_io` if `reader` fails; `is_saved` if this is no saved model, one of another format version,
    /// a damaged one, one with something behind it, or one whose stemmer is not at hand.
    pub fn open(reader: impl Read) -> Result<Self> {
        let payload = frame::read(reader, VERSION)?;
        let mut rest = payload.as_slice();
        let stemmer: Option<String> = next(&mut rest, "stemmer")?;
        let analyzer: Analyzer = next(&mut rest, "analyzer").map_err(|error| match stemmer {
            Some(name) => Error::saved(format!(
                "the analyzer cannot be set up; it was saved with the stemmer {name}, here is {}",
                Stemmer::AT_HAND
            )),
            None => error,
        })?;
        let tfidf: TfIdf = next(&mut rest, "weights")?;
        let model = TopicModel {
            vocabulary: Arc::clone(tfidf.vocabulary()),
            lsa: next(&mut rest, "directions")?,
            kmeans: next(&mut rest, "centroids")?,
            mixture: next(&mut rest, "word distributions")?,
            topics: next(&mut rest, "topics")?,
            assignments: next(&mut rest, "assignments")?,
            inertia: next(&mut rest, "inertia")?,
            gaussian: next(&mut rest, "Gaussian mixture")?,
            density: next(&mut rest, "dense places")?,
            learned: next(&mut rest, "sums of partial_fit")?,
        };
        if !rest.is_empty() {
            return Err(Error::saved(format!("{} bytes left over", rest.len())));
        }
        check(&model.lsa, &model.kmeans, tfidf.vocabulary().len())?;
        check_topics(&model)?;
        check_engine(&model)?;
        Ok(Self { analyzer, tfidf, model })
    }
}

fn append<T: serde::Serialize>(payload: &mut Vec<u8>, part: &T) -> Result<()> {
    let bytes = postcard::to_stdvec(part).map_err(|error| Error::saved(error.to_string()))?;
    payload.extend(bytes);
    Ok(())
}

fn next<'p, T: serde::Deserialize<'p>>(rest: &mut &'p [u8], what: &str) -> Result<T> {
    let (part, after) = postcard::take_from_bytes(rest)
        .map_err(|error| Error::saved(format!("the {what} cannot be read: {error}")))?;
    *rest = after;
    Ok(part)
}

fn check(lsa: &Lsa, kmeans: &LinfaKMeans, n_terms: usize) -> Result<()> {
    if !lsa.fits(n_terms) {
        return Err(Error::saved("the directions do not fit the vocabulary"));
    }
    let centroids = kmeans.centroids();
    if centroids.ncols() != lsa.n_dims() || centroids.nrows() == 0 {
        return Err(Error::saved("the centroids do not fit the directions"));
    }
    if centroids.iter().chain(lsa.components()).any(|value| !value.is_finite()) {
        return Err(Error::saved("a number is not finite"));
    }
    Ok(())
}

fn check_topics(model: &TopicModel) -> Result<()> {
    let (n_terms, n_topics) = (model.vocabulary.len(), model.topics.len());
    let fit = n_topics == model.kmeans.centroids().nrows()
        && model.mixture.checked_dim() == Some((n_terms, n_topics))
        && model.assignments.iter().all(|assignment| assignment.topic() < n_topics)
        && model.topics.iter().all(|topic| topic.fits(n_terms, model.assignments.len()))
        && model.learned.as_ref().is_none_or(|learned| learned.fits(n_terms, n_topics));
    if fit { Ok(()) } else { Err(Error::saved("the topics do not fit the centroids")) }
}

/// The mixture of Gaussians and the dense places lie in the model's directions, if there are any.
fn check_engine(model: &TopicModel) -> Result<()> {
    let dims = model.lsa.n_dims();
    let gaussian = model.gaussian.as_ref().is_none_or(|gaussian: &LinfaGaussianMixture| {
        let n = gaussian.means().nrows();
        gaussian.means().ncols() == dims
            && gaussian.weights().len() == n
            && gaussian.covariances().dim() == (n, dims, dims)
            && gaussian.precisions().dim() == (n, dims, dims)
    });
    let density = model.density.as_ref().is_none_or(|density| density.checked_dims() == Some(dims));
    if gaussian && density {
        return Ok(());
    }
    Err(Error::saved("the engine does not fit the directions"))
}
