//! Which subjects does the user already know? Topics that begin at given words.

use std::sync::Arc;

use ndarray::Array2;

use super::means;
use crate::counts::{TermId, Vocabulary};
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::reduce::Lsa;
use crate::text::Analyze;
use crate::tfidf::TfIdfMatrix;
use crate::topics::assemble::{Parts, assembled};
use crate::topics::kmeans;
use crate::topics::mixture::{Labels, Mixture, damped};
use crate::topics::model::TopicModel;
use crate::topics::params::TopicParams;
use crate::topics::points::Points;

/// Words that say what some topics shall be about: a list for each topic.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, SeedWords};
///
/// let analyzer = Analyzer::english();
/// let counts = CountMatrix::from_docs(&analyzer, ["goals, a bank"], CountParams::default())?;
/// let seeds = SeedWords::new(&analyzer, counts.vocabulary(), [["goal", "penalty"], ["bank", "banks"]])?;
/// assert_eq!(seeds.n_topics(), 2);
/// assert_eq!(seeds.terms(1).len(), 1); // "bank" and "banks" are one term
/// assert_eq!(seeds.unknown(), [(0, "penalty".to_string())]);
///
/// let none = SeedWords::new(&analyzer, counts.vocabulary(), [["penalty"]]).unwrap_err();
/// assert_eq!(none.to_string(), "seed words of topic 0: expected a word that was counted, found only `penalty`");
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedWords {
    topics: Vec<Vec<TermId>>,
    unknown: Vec<(usize, String)>,
}

impl SeedWords {
    /// Reads lists of words or phrases with the analyzer that the articles were counted with.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if no word of a list was counted. Other unknown words are told by
    /// [`unknown`](Self::unknown).
    pub fn new<A, I>(analyzer: &A, vocabulary: &Arc<Vocabulary>, lists: I) -> Result<Self>
    where
        A: Analyze + ?Sized,
        I: IntoIterator,
        I::Item: IntoIterator<Item: AsRef<str>>,
    {
        let mut seeds = Self { topics: Vec::new(), unknown: Vec::new() };
        for (number, list) in lists.into_iter().enumerate() {
            let words: Vec<String> =
                list.into_iter().map(|word| word.as_ref().to_string()).collect();
            let counts = vocabulary.count(analyzer, &words);
            let mut terms: Vec<TermId> =
                counts.rows().flat_map(|row| row.map(|(term, _)| term)).collect();
            terms.sort_unstable();
            terms.dedup();
            if terms.is_empty() {
                let found = match words.len() {
                    0 => "none".to_string(),
                    _ => format!("only `{}`", words.join("`, `")),
                };
                let what = format!("a word that was counted, found {found}");
                return Err(Error::nothing(format!(
                    "seed words of topic {number}: expected {what}"
                )));
            }
            let unknown = words.iter().zip(counts.rows()).filter(|(_, row)| row.len() == 0);
            seeds.unknown.extend(unknown.map(|(word, _)| (number, word.clone())));
            seeds.topics.push(terms);
        }
        Ok(seeds)
    }

    /// How many lists there are.
    pub fn n_topics(&self) -> usize {
        self.topics.len()
    }

    /// The terms of a list, rising.
    ///
    /// # Panics
    ///
    /// If there is no such list.
    pub fn terms(&self, list: usize) -> &[TermId] {
        &self.topics[list]
    }

    /// The words that were never counted, with the number of their list.
    pub fn unknown(&self) -> &[(usize, String)] {
        &self.unknown
    }
}

/// A model some of whose topics began at given words.
#[derive(Clone, Debug)]
pub struct GuidedTopics {
    model: TopicModel,
    topics: Vec<Option<usize>>,
}

impl GuidedTopics {
    /// The model; all its topics are numbered by size.
    pub fn model(&self) -> &TopicModel {
        &self.model
    }

    /// The model, without copying.
    pub fn into_model(self) -> TopicModel {
        self.model
    }

    /// For each list of seed words the topic that came of it; `None` if no article is about it.
    pub fn topics(&self) -> &[Option<usize>] {
        &self.topics
    }
}

impl TopicParams {
    /// As [`fit`](Self::fit), but some topics are known: the first lists of words say what they are about.
    /// The other topics are free.
    ///
    /// A seeded topic starts from the articles with most of its words (Basu, Banerjee & Mooney 2002, seeded
    /// k-means), in place of the nearest that an ordinary search finds. In all rounds the words pull: they
    /// count for their topic as often again as the whole corpus uses them, a prior in the manner of
    /// Jagarlamudi, Daumé & Udupa (2012). An article is still free to go where all its words belong.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, SeedWords, TfIdf, TopicModel};
    ///
    /// let analyzer = Analyzer::english();
    /// let docs = [
    ///     "goal match striker", "striker match goal", "serve tennis court", "court tennis serve",
    ///     "bank rates prices", "rates bank prices",
    /// ];
    /// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    ///
    /// let seeds = SeedWords::new(&analyzer, counts.vocabulary(), [["tennis", "court"]])?;
    /// let guided = TopicModel::params(2).fit_guided(&weights, &seeds)?;
    /// let tennis = guided.topics()[0].unwrap();
    /// assert_eq!(guided.model().topic(tennis).size(), 2);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and `is_setting` if fewer topics are asked for than there are lists.
    pub fn fit_guided(&self, weights: &TfIdfMatrix, seeds: &SeedWords) -> Result<GuidedTopics> {
        let valid = self.checked()?;
        if self.topics() < seeds.n_topics() {
            let allowed =
                format!("at least the number of lists of seed words, {}", seeds.n_topics());
            return Err(Error::setting("topics", self.topics(), allowed));
        }
        if let Some(term) = seeds.topics.iter().flatten().find(|t| t.index() >= weights.n_terms()) {
            return Err(Error::mismatch("columns of seed words", weights.n_terms(), term));
        }
        let lsa: Lsa = self.lsa(weights.n_docs()).fit(weights)?;
        // The ordinary search, for its centroids and its checks.
        let free = valid.fit_points(weights, lsa.clone())?;
        let points = Points::new(lsa.project(weights.csr())?.normalized().into_inner());
        let centroids = centroids(weights, seeds, &points, free.kmeans.centroids(), self.topics());
        let known = points.known();
        let nearest = kmeans::nearest(known.view(), centroids.view());
        let nearest: Labels = nearest.iter().map(|nearest| Some(nearest.cluster)).collect();
        let mut labels = points.of_all(&nearest);
        let counts = damped(weights.counts().csr());
        let mut rows = counts.clone();
        pull(&mut rows, &mut labels, seeds);
        let mixture = Mixture::fit(&rows, &labels, centroids.nrows(), valid.rounds);
        let labels: Vec<u32> =
            mixture.likely_of_damped(&counts).iter().map(|likely| likely.topic).collect();
        let centroids = means(&points, &labels, centroids.nrows());
        let (model, origins) = assembled(
            weights,
            &counts,
            &points,
            Parts { lsa, mixture, centroids, density: None, inertia: None },
        )?;
        let place = |list| origins.iter().position(|&origin| origin == list);
        Ok(GuidedTopics { model, topics: (0..seeds.n_topics()).map(place).collect() })
    }
}

/// Centroids of seeded topics first, then of the free ones, which are those of an ordinary search that
/// lie farthest from the seeded.
fn centroids(
    weights: &TfIdfMatrix,
    seeds: &SeedWords,
    points: &Points,
    found: &Array2<f32>,
    topics: usize,
) -> Array2<f32> {
    let seeded = seeded(weights, seeds, points);
    let mut free: Vec<usize> = (0..found.nrows()).collect();
    for seed in seeded.rows() {
        let distance = |&topic: &usize| {
            found.row(topic).iter().zip(seed).map(|(a, b)| (a - b) * (a - b)).sum::<f32>()
        };
        let nearest = free.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).copied();
        free.retain(|&topic| Some(topic) != nearest);
    }
    free.truncate(topics - seeded.nrows());
    let rows = seeded.rows().into_iter().chain(free.iter().map(|&topic| found.row(topic)));
    let mut centroids = Array2::zeros((seeded.nrows() + free.len(), found.ncols()));
    for (mut to, row) in centroids.rows_mut().into_iter().zip(rows) {
        to.assign(&row);
    }
    centroids
}

/// For each list the mean point of the articles, each as often as the words of the list weigh in it;
/// articles in which another list weighs more are left out.
fn seeded(weights: &TfIdfMatrix, seeds: &SeedWords, points: &Points) -> Array2<f32> {
    let mut lists: Vec<Vec<usize>> = vec![Vec::new(); weights.n_terms()];
    for (list, terms) in seeds.topics.iter().enumerate() {
        for term in terms {
            lists[term.index()].push(list);
        }
    }
    let mut sums = Array2::<f64>::zeros((seeds.n_topics(), points.rows.ncols()));
    let mut totals = vec![0.0; seeds.n_topics()];
    let mut score = vec![0.0_f64; seeds.n_topics()];
    for (row, point) in weights.rows().zip(points.rows.rows()) {
        score.fill(0.0);
        for (term, weight) in row {
            lists[term.index()].iter().for_each(|&list| score[list] += f64::from(weight));
        }
        let most = score.iter().copied().fold(0.0, f64::max);
        let Some(list) = score.iter().position(|&score| score > 0.0 && score >= most) else {
            continue;
        };
        // Squared: an article that names a subject in passing says little about it.
        let share = most * most;
        totals[list] += share;
        let mut sum = sums.row_mut(list);
        sum.iter_mut().zip(point).for_each(|(sum, &value)| *sum += share * f64::from(value));
    }
    for (mut sum, &total) in sums.rows_mut().into_iter().zip(&totals) {
        sum /= if total > 0.0 { total } else { 1.0 };
    }
    sums.mapv(|value| value as f32)
}

/// Adds a row for each list that holds its words as often as the whole corpus does, with its topic.
fn pull(rows: &mut Csr<f32>, labels: &mut Labels, seeds: &SeedWords) {
    let mut totals = vec![0.0_f64; rows.n_cols()];
    for (columns, values) in rows.rows() {
        for (&column, &value) in columns.iter().zip(values) {
            totals[column as usize] += f64::from(value);
        }
    }
    for (list, terms) in seeds.topics.iter().enumerate() {
        rows.push_row(terms.iter().map(|term| (term.0, totals[term.index()] as f32)));
        labels.push(Some(list as u32));
    }
}
