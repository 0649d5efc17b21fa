//! How do topics go on learning? Batch after batch, by what each has used so far.

use super::cluster::linfa_model;
use super::keywords::{Reference, Use, strongest};
use super::kmeans;
use super::mixture::Mixture;
use super::model::{Assignment, TopicModel, assigned, mark};
use super::params::TopicParams;
use super::points::Points;
use crate::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::map_blocks;
use crate::tfidf::TfIdfMatrix;

/// What topics have learned from the articles that they were given so far.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Learned {
    /// How the articles of each topic use each term.
    uses: Vec<Use>,
    /// Of how many articles each centroid is the mean.
    located: Vec<u32>,
}

impl Learned {
    fn new(n_topics: usize, n_terms: usize) -> Self {
        Self { uses: vec![Use::none(n_terms); n_topics], located: vec![0; n_topics] }
    }

    /// Adds articles to their topics, but for outliers. In the order of the rows, so that batches
    /// give the sums, to the last bit, that all articles at once would give.
    fn add(&mut self, counts: &Csr<u32>, points: &Points, assignments: &[Assignment]) {
        for (row, assignment) in assignments.iter().enumerate() {
            if !assignment.is_outlier() {
                self.uses[assignment.topic()].add(counts.row(row));
                self.located[assignment.topic()] += u32::from(!points.is_at_origin(row));
            }
        }
    }

    /// The word distributions of what each topic has used.
    fn mixture(&self, n_terms: usize) -> Mixture {
        let used = ndarray::Array2::from_shape_fn((n_terms, self.uses.len()), |(term, topic)| {
            self.uses[topic].frequency_of(term) as f32
        });
        let sizes: Vec<f64> = self.uses.iter().map(|of| of.n_articles() as f64).collect();
        let n_articles = self.uses.iter().map(Use::n_articles).sum();
        Mixture::maximise(used, &sizes, n_articles)
    }

    /// Whether there is as much as so many topics and terms take.
    #[cfg(feature = "serde")]
    pub(crate) fn fits(&self, n_terms: usize, n_topics: usize) -> bool {
        self.located.len() == n_topics
            && self.uses.len() == n_topics
            && self.uses.iter().all(|of| of.fits(n_terms))
    }
}

impl TopicModel {
    /// Sums up what each topic uses of the articles that the model was fitted on, which
    /// [`partial_fit`](Self::partial_fit) adds to. `weights` are those that it was fitted on.
    ///
    /// Memory: 12 bytes per term and topic, kept with the model and [saved](crate::SavedTopics) with it.
    /// Cost: one pass over the entries.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the model was fitted on other articles.
    pub fn prepare_partial_fit(&mut self, weights: &TfIdfMatrix) -> Result<()> {
        self.check_fitted(weights)?;
        let points = Points::new(self.lsa.project(weights.csr())?.normalized().into_inner());
        let mut learned = Learned::new(self.n_topics(), self.vocabulary.len());
        learned.add(weights.counts().csr(), &points, &self.assignments);
        self.learned = Some(learned);
        Ok(())
    }

    /// Learns from later articles over the same vocabulary, and gives their topics: what the model
    /// [assigns](Self::assign) before it has learned from them.
    ///
    /// What follows all articles so far, those of a batch counting as much as those before:
    ///
    /// - the word distributions, and with them later assignments: each topic's is made of the
    ///   articles that it was given (classification EM, Celeux & Govaert 1992, one round per batch), so a
    ///   topic that was [merged](Self::merge) from several has a single one from now on,
    /// - [sizes](crate::Topic::size) and [terms](crate::Topic::terms),
    /// - the centroids, as running means (Sculley 2010),
    /// - [`assignments`](Self::assignments), to which those of the batch are appended; what was assigned
    ///   before stays, though [`assign`](Self::assign) may now say otherwise,
    /// - [`inertia`](Self::inertia), which adds the distances of the batch from the new centroids.
    ///
    /// What stays: the number of topics and the numbers that they have, even where sizes no longer fall;
    /// the directions; dense places; a Gaussian mixture; typical articles, their sentences, and
    /// coherence, which are those of the articles that the model was fitted on. Keywords are single
    /// terms again. New subjects get no topics: fit anew when confidences fall.
    ///
    /// Cost: as [`assign`](Self::assign), one pass over the entries, and as much as terms times topics; so
    /// batches of thousands of articles cost least. Memory: the batch, and 12 bytes per article for
    /// its assignment.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let analyzer = Analyzer::english();
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
    /// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
    /// let tfidf = TfIdf::params().fit(&counts)?;
    /// let weights = tfidf.transform(&counts)?;
    /// let mut model = TopicModel::params(2).fit(&weights)?;
    /// model.prepare_partial_fit(&weights)?;
    ///
    /// let today = counts.vocabulary().count(&analyzer, ["team match", "goal"]);
    /// let topics = model.partial_fit(&tfidf.transform(&today)?)?;
    /// let sport = topics[0].topic();
    /// assert_eq!(topics[1].topic(), sport);
    /// assert_eq!((model.topic(sport).size(), model.assignments().len()), (4, 6));
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the weights are over another vocabulary; `is_setting` without
    /// [`prepare_partial_fit`](Self::prepare_partial_fit). The model is then as before.
    pub fn partial_fit(&mut self, weights: &TfIdfMatrix) -> Result<&[Assignment]> {
        weights.counts().check_columns(&self.vocabulary)?;
        let Some(mut learned) = self.learned.clone() else {
            return Err(Error::setting(
                "partial_fit",
                "called first",
                "called after prepare_partial_fit",
            ));
        };
        let points = Points::new(self.lsa.project(weights.csr())?.normalized().into_inner());
        let outliers = self.density.as_ref().map(|density| density.outliers(points.rows.view()));
        let counts = weights.counts().csr();
        let mut found = assigned(self.mixture.likely(counts), counts);
        mark(&mut found, outliers.as_deref());

        let centroids = self.moved(&learned.located, &points, &found);
        let kmeans = linfa_model(&centroids)?;
        learned.add(counts, &points, &found);
        self.inertia += kmeans::inertia(&kmeans::nearest(points.known(), centroids.view()));
        self.kmeans = kmeans;
        self.mixture = learned.mixture(self.vocabulary.len());
        self.describe(&learned);
        self.learned = Some(learned);
        let before = self.assignments.len();
        self.assignments.extend(found);
        Ok(&self.assignments[before..])
    }

    /// The centroids once some points have joined, as means of all that did.
    fn moved(
        &self,
        located: &[u32],
        points: &Points,
        assignments: &[Assignment],
    ) -> ndarray::Array2<f32> {
        let old = self.kmeans.centroids();
        let mut sums = old.mapv(f64::from);
        let mut sizes = located.to_vec();
        for (mut sum, &size) in sums.rows_mut().into_iter().zip(located) {
            sum *= f64::from(size);
        }
        for (row, assignment) in assignments.iter().enumerate() {
            if !assignment.is_outlier() && !points.is_at_origin(row) {
                sizes[assignment.topic()] += 1;
                let mut sum = sums.row_mut(assignment.topic());
                sum.iter_mut()
                    .zip(points.rows.row(row))
                    .for_each(|(sum, &value)| *sum += f64::from(value));
            }
        }
        ndarray::Array2::from_shape_fn(old.dim(), |(topic, column)| match sizes[topic] {
            0 => old[(topic, column)],
            size => (sums[(topic, column)] / f64::from(size)) as f32,
        })
    }

    /// Sizes and terms by what was learned.
    fn describe(&mut self, learned: &Learned) {
        let reference = Reference::new(Use::sum(&learned.uses), learned.uses.len());
        let terms = map_blocks(learned.uses.len(), 1, |topic| {
            strongest(reference.weights(&learned.uses[topic.start]), &self.vocabulary)
        });
        for ((topic, terms), of) in self.topics.iter_mut().zip(terms).zip(&learned.uses) {
            topic.size = of.n_articles();
            topic.terms = terms;
            topic.keywords.clear();
        }
    }
}

impl TopicParams {
    /// Topics of a corpus past memory: those that [`fit`](Self::fit) finds in the first batch, which then
    /// [learn](TopicModel::partial_fit) from the others, in their order. An error among the batches
    /// ends it.
    ///
    /// Topics are looked for in the first batch alone, so that should hold some of all there is: ten
    /// thousand articles drawn from the whole corpus rather than the oldest. Weights of all batches come
    /// from one [`TfIdf`](crate::TfIdf), whose vocabulary a first reading of the corpus gives
    /// ([`VocabularyBuilder`](crate::VocabularyBuilder), [`fit_vocabulary`](crate::TfIdfParams::fit_vocabulary)).
    /// The same batches give the same topics, byte for byte, at any number of threads.
    ///
    /// Cost: that of fitting the first batch, and [`partial_fit`](TopicModel::partial_fit) of each other.
    /// Memory: one batch and the model.
    ///
    /// ```
    /// use undertone::{Analyzer, CountParams, TfIdf, TopicModel, VocabularyBuilder};
    ///
    /// let analyzer = Analyzer::english();
    /// let batches = [
    ///     ["goal match", "match team goal", "bank rates", "rates prices bank"],
    ///     ["team match", "bank prices", "goal team", "rates bank"],
    /// ];
    /// let mut builder = VocabularyBuilder::new(&analyzer, CountParams::default());
    /// for batch in batches {
    ///     builder.push_all(batch);
    /// }
    /// let vocabulary = builder.finish()?;
    /// let tfidf = TfIdf::params().fit_vocabulary(&vocabulary)?;
    ///
    /// let weights = batches.iter().map(|batch| tfidf.transform(&vocabulary.count(&analyzer, batch)));
    /// let model = TopicModel::params(2).fit_batches(weights)?;
    /// assert_eq!(model.assignments().len(), 8);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit) for the first batch, and as [`partial_fit`](TopicModel::partial_fit) for the
    /// others; `is_too_small` if there is no batch.
    pub fn fit_batches<I>(&self, batches: I) -> Result<TopicModel>
    where
        I: IntoIterator<Item = Result<TfIdfMatrix>>,
    {
        let mut batches = batches.into_iter();
        let Some(first) = batches.next() else {
            return Err(Error::too_small("batches", 1, 0));
        };
        let first = first?;
        let mut model = self.fit(&first)?;
        model.prepare_partial_fit(&first)?;
        drop(first);
        for batch in batches {
            model.partial_fit(&batch?)?;
        }
        Ok(model)
    }
}
