//! Which topics does a text belong to, and how surely? One, or several in order.

use super::elementary::exp_of_negative;
use super::mixture::{Mixture, damped, largest, temperature};
use super::model::{Assignment, TopicModel};
use crate::counts::CountMatrix;
use crate::error::Result;
use crate::text::Analyze;
use crate::tfidf::TfIdfMatrix;

impl Assignment {
    /// The topic if it is at least so [sure](Self::confidence): 0 accepts all but
    /// [outliers](Self::is_outlier), above 1 none.
    ///
    /// ```
    /// # use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    /// # let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
    /// # let counts = CountMatrix::from_docs(&Analyzer::english(), docs, CountParams::default())?;
    /// # let tfidf = TfIdf::params().fit(&counts)?;
    /// # let model = TopicModel::params(2).fit(&tfidf.transform(&counts)?)?;
    /// let later = counts.vocabulary().count(&Analyzer::english(), ["match goal", "unheard words"]);
    /// let assigned = model.assign(&tfidf.transform(&later)?)?;
    /// assert_eq!(assigned[0].at_least(0.5), Some(model.assignments()[0].topic()));
    /// assert_eq!(assigned[1].at_least(0.5), None);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn at_least(self, confidence: f32) -> Option<usize> {
        (!self.outlier && self.confidence >= confidence).then_some(self.topic())
    }
}

impl TopicModel {
    /// All topics for each of some articles, the likeliest first, with confidences that add up to 1. The
    /// first is the one that [`assign`](Self::assign) gives. None for an article without any known term.
    ///
    /// Cost: as [`assign`](Self::assign), and a sort of the topics for each article.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if the weights are over another vocabulary.
    pub fn rank(&self, weights: &TfIdfMatrix) -> Result<Vec<Vec<Assignment>>> {
        weights.counts().check_columns(&self.vocabulary)?;
        Ok(ranked(&self.mixture, weights.counts()))
    }

    /// The topics nearest to a query of a few words, read by the analyzer that the model's articles
    /// were counted with: all topics, the likeliest first, with confidences that add up to 1. None if no
    /// word of the query is known.
    ///
    /// ```
    /// use undertone::{Analyzer, CountMatrix, CountParams, TfIdf, TopicModel};
    ///
    /// let analyzer = Analyzer::english();
    /// let docs = ["goal match", "match team goal", "bank rates", "rates prices bank"];
    /// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
    /// let model = TopicModel::params(2).fit(&TfIdf::params().fit(&counts)?.transform(&counts)?)?;
    ///
    /// let nearest = model.nearest_topics(&analyzer, "interest rates");
    /// assert_eq!(nearest[0].topic(), model.assignments()[2].topic());
    /// assert!(nearest[0].confidence() > nearest[1].confidence());
    /// assert!(model.nearest_topics(&analyzer, "volcano").is_empty());
    /// # Ok::<(), undertone::Error>(())
    /// ```
    pub fn nearest_topics<A: Analyze + ?Sized>(
        &self,
        analyzer: &A,
        query: &str,
    ) -> Vec<Assignment> {
        let counts = self.vocabulary.count(analyzer, [query]);
        ranked(&self.mixture, &counts).pop().unwrap_or_default()
    }
}

/// For each row all topics, by what the likeliest distribution of each says; none for an empty row.
fn ranked(mixture: &Mixture, counts: &CountMatrix) -> Vec<Vec<Assignment>> {
    let rows = damped(counts.csr());
    let scores = mixture.scores(&rows);
    let ranked = rows.rows().zip(scores.rows()).map(|((columns, words), scores)| {
        if columns.is_empty() {
            return Vec::new();
        }
        let scores = scores.to_vec();
        let (_, most) = largest(&scores);
        let temperature = temperature(words);
        let mut best = vec![f32::NEG_INFINITY; mixture.n_topics()];
        let mut shares = vec![0.0_f32; mixture.n_topics()];
        for (&score, &owner) in scores.iter().zip(&mixture.owners) {
            let owner = owner as usize;
            best[owner] = best[owner].max(score);
            shares[owner] += exp_of_negative((score - most) / temperature);
        }
        let sum: f32 = shares.iter().sum();
        let mut order: Vec<usize> = (0..best.len()).collect();
        // Stable: the first of equals stays first.
        order.sort_by(|&a, &b| best[b].total_cmp(&best[a]));
        let assignment = |topic: usize| Assignment {
            topic: topic as u32,
            confidence: shares[topic] / sum,
            outlier: false,
        };
        order.into_iter().map(assignment).collect()
    });
    ranked.collect()
}
