//! How good are the topics of a model?

use super::{Agreement, Coherence, Silhouette, topic_diversity};
use crate::article::Document;
use crate::counts::{CountMatrix, TermId};
use crate::error::Result;
use crate::text::Analyze;
use crate::tfidf::TfIdfMatrix;
use crate::topics::TopicModel;

impl TopicModel {
    /// The share of distinct terms among the first `n` of all topics, 0..=1; see [`topic_diversity`]. 25
    /// are usual.
    pub fn diversity(&self, n: usize) -> f64 {
        topic_diversity(&self.term_ids(n))
    }

    /// How well the articles are parted by topic: the [silhouette](Silhouette::cosine) of their cosine
    /// distances in the model's directions. `weights` may be those that the model was fitted on, or
    /// others.
    ///
    /// Cost: as assigning, and articles × topics × directions.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the weights are over another vocabulary; `is_too_small` if all articles have one
    /// topic.
    pub fn silhouette(&self, weights: &TfIdfMatrix) -> Result<Silhouette> {
        let topics: Vec<usize> = self.assign(weights)?.iter().map(|found| found.topic()).collect();
        Silhouette::cosine(self.lsa().transform(weights)?.view(), &topics)
    }

    /// How far the topics of the articles that the model was fitted on agree with labels given to them.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if there is not one label for each article.
    pub fn agreement<L: Ord>(&self, labels: &[L]) -> Result<Agreement> {
        let topics: Vec<usize> = self.assignments().iter().map(|found| found.topic()).collect();
        Agreement::new(&topics, labels)
    }

    /// How coherent the first `n` terms of each topic are, over articles that were counted: those that
    /// the model was fitted on, or others over the same columns.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the counts are over another vocabulary.
    pub fn coherence_in_documents(&self, counts: &CountMatrix, n: usize) -> Result<Coherence> {
        counts.check_columns(self.vocabulary())?;
        Coherence::in_documents(counts, &self.term_ids(n))
    }

    /// How coherent the first `n` terms of each topic are, over windows of `width` words of any
    /// articles, read by the analyzer that the model's terms come from; see
    /// [`Coherence::in_windows`].
    ///
    /// ```
    /// use undertone::{Analyzer, Coherence, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let analyzer = Analyzer::english();
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
    /// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
    /// let model = TopicModel::params(2).fit(&TfIdf::params().fit(&counts)?.transform(&counts)?)?;
    ///
    /// let coherence = model.coherence_in_windows(&analyzer, docs, 10, Coherence::WINDOW)?;
    /// assert_eq!(coherence.c_v().len(), 2);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `is_setting` if `width` is 0.
    pub fn coherence_in_windows<A, I>(
        &self,
        analyzer: &A,
        docs: I,
        n: usize,
        width: usize,
    ) -> Result<Coherence>
    where
        A: Analyze + ?Sized,
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        let terms: Vec<Vec<&str>> = self
            .term_ids(n)
            .into_iter()
            .map(|ids| ids.into_iter().map(|id| self.vocabulary().term(id)).collect())
            .collect();
        Coherence::in_windows(analyzer, docs, &terms, width)
    }

    /// The columns of the first `n` terms of each topic.
    fn term_ids(&self, n: usize) -> Vec<Vec<TermId>> {
        self.iter().map(|topic| topic.terms(n).map(|term| term.id()).collect()).collect()
    }
}
