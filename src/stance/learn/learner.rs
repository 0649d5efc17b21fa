//! How are weights found?

use super::super::evidence::Label;
use super::super::scorer::StanceScorer;
use super::design::Design;
use super::folds::folds;
use super::learned::{LearnedLexicon, Scale, outcome, rounded};
use super::loss::{Goal, sums};
use super::sample::Sample;
use crate::error::{Error, Result};
use crate::parallel::map_each;

/// Learns weights of words, pairs of words and entries of the lexicon, by place, from labelled texts: a
/// [`LearnedLexicon`] that a person can read and edit.
///
/// Ratings are learned by ridge regression, labels by logistic regression with two weights a feature: one for good
/// against bad, one for any verdict against none. Both are regularised (L2); how strongly is chosen by
/// cross-validation. The features with the largest effect where they occur are kept and fitted anew. Names are masked: weights of names
/// would be prejudice.
///
/// The same samples, settings and seed give the same weights at any number of threads.
///
/// ```
/// use undertone::{LexiconLearner, Sample, StanceScorer};
///
/// let texts = ["A beamish soup.", "Beamish, and warm.", "The beamish one.", "A frumious bun.", "Frumious again.", "So frumious."];
/// let ratings = [2.0, 2.5, 1.5, -2.0, -1.5, -2.5];
/// let samples = texts.map(Sample::text);
/// let learner = LexiconLearner::new().folds(3).min_texts(2);
/// let learned = learner.fit_ratings(&StanceScorer::hand(), &samples, &ratings)?;
/// let weight = |term: &str| learned.iter().find(|weight| weight.term == term).map(|weight| weight.valence);
/// assert!(weight("beamish").unwrap() > 0.0 && weight("frumious").unwrap() < 0.0);
///
/// let scorer = StanceScorer::hand().with_learned(learned);
/// assert!(scorer.sentiment("One more beamish dish.").score() > 0.0);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LexiconLearner {
    pub(super) seed: u64,
    pub(super) folds: usize,
    pub(super) max_weights: usize,
    min_texts: u32,
    min_texts_of_pairs: u32,
    pub(super) strengths: Vec<f64>,
}

/// What a learner said of texts that it had not learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossValidated {
    scores: Vec<f64>,
    labels: Vec<Label>,
}

impl CrossValidated {
    /// The score of each sample, by weights that were learned without its fold.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// The label of each sample.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }
}

impl Default for LexiconLearner {
    fn default() -> Self {
        Self::new()
    }
}

impl LexiconLearner {
    /// With the settings that served best: five folds, at most 3,000 weights, terms of at least three texts, pairs of five.
    pub fn new() -> Self {
        Self {
            seed: 0,
            folds: 5,
            max_weights: 3_000,
            min_texts: 3,
            min_texts_of_pairs: 5,
            strengths: vec![3e-2, 1e-2, 3e-3, 1e-3, 3e-4],
        }
    }

    /// Deals texts to folds; 0 unless set.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many parts the texts are dealt to, at least 2.
    #[must_use]
    pub fn folds(mut self, folds: usize) -> Self {
        self.folds = folds;
        self
    }

    /// The most weights that are kept, at least 1.
    #[must_use]
    pub fn max_weights(mut self, weights: usize) -> Self {
        self.max_weights = weights;
        self
    }

    /// In how many texts a word must occur.
    #[must_use]
    pub fn min_texts(mut self, texts: u32) -> Self {
        self.min_texts = texts;
        self
    }

    /// In how many texts a pair of words must occur.
    #[must_use]
    pub fn min_texts_of_pairs(mut self, texts: u32) -> Self {
        self.min_texts_of_pairs = texts;
        self
    }

    /// The strengths of regularisation to choose from, all above 0: a larger one keeps weights smaller.
    #[must_use]
    pub fn strengths(mut self, strengths: impl IntoIterator<Item = f64>) -> Self {
        self.strengths = strengths.into_iter().collect();
        self.strengths.sort_by(|a, b| b.total_cmp(a));
        self
    }

    /// Learns from texts that were rated −4..4.
    ///
    /// # Errors
    ///
    /// `is_setting` for settings out of range, `is_mismatch` if there are more or fewer ratings than samples or the samples
    /// ask different questions, `is_entry` for a rating that is not within −4..4, and `is_too_small` for fewer distinct texts than folds or
    /// ratings that are all alike.
    pub fn fit_ratings(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        ratings: &[f64],
    ) -> Result<LearnedLexicon> {
        self.fit_goal(scorer, samples, &ratings_goal(ratings)?, ratings.len())
    }

    /// Learns from texts with a label each.
    ///
    /// # Errors
    ///
    /// As [`fit_ratings`](Self::fit_ratings); `is_too_small` if all labels are alike.
    pub fn fit_labels(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        labels: &[Label],
    ) -> Result<LearnedLexicon> {
        self.fit_goal(scorer, samples, &labels_goal(labels)?, labels.len())
    }

    /// Scores of rated texts, each by weights learned from the other folds. Samples of one text are in one fold.
    ///
    /// # Errors
    ///
    /// As [`fit_ratings`](Self::fit_ratings).
    pub fn cross_validate_ratings(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        ratings: &[f64],
    ) -> Result<CrossValidated> {
        self.cross_validate(scorer, samples, &ratings_goal(ratings)?, ratings.len())
    }

    /// Scores of labelled texts, each by weights learned from the other folds. Samples of one text are in one fold.
    ///
    /// # Errors
    ///
    /// As [`fit_labels`](Self::fit_labels).
    pub fn cross_validate_labels(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        labels: &[Label],
    ) -> Result<CrossValidated> {
        self.cross_validate(scorer, samples, &labels_goal(labels)?, labels.len())
    }

    fn fit_goal(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        goal: &Goal,
        n_goals: usize,
    ) -> Result<LearnedLexicon> {
        let design = self.design(scorer, samples, n_goals)?;
        let all: Vec<usize> = (0..samples.len()).collect();
        let (columns, weights) = self.learn(&design, goal, &all);
        let scale = scale_of(goal);
        let mut learned = LearnedLexicon::new(design.question, scale, design.terms.clone());
        let half = columns.len();
        for (at, &column) in columns.iter().enumerate() {
            let (valence, opinion) = (rounded(weights[at]), rounded(weights[half + at]));
            if valence != 0.0 || opinion != 0.0 {
                learned.set(design.features[column as usize], valence, opinion);
            }
        }
        Ok(learned.compact())
    }

    fn cross_validate(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        goal: &Goal,
        n_goals: usize,
    ) -> Result<CrossValidated> {
        let design = self.design(scorer, samples, n_goals)?;
        let fold_of = folds(&design.texts, self.folds, self.seed);
        let scale = scale_of(goal);
        let outcomes = map_each((0..self.folds).collect(), |fold| {
            let (others, own): (Vec<usize>, Vec<usize>) =
                (0..samples.len()).partition(|&row| fold_of[row] != fold);
            let (columns, weights) = self.learn(&design, goal, &others);
            let rows = design.only(&columns);
            let said = own.iter().map(|&row| {
                let (valence, opinion) = sums(rows.row(row), &weights);
                (row, outcome(scale, valence, opinion))
            });
            said.collect::<Vec<_>>()
        });
        let mut found = CrossValidated {
            scores: vec![0.0; samples.len()],
            labels: vec![Label::Neutral; samples.len()],
        };
        for (row, (score, label)) in outcomes.into_iter().flatten() {
            found.scores[row] = score;
            found.labels[row] = label;
        }
        Ok(found)
    }

    fn design(
        &self,
        scorer: &StanceScorer,
        samples: &[Sample<'_>],
        n_goals: usize,
    ) -> Result<Design> {
        self.check()?;
        if samples.len() != n_goals {
            return Err(Error::mismatch("labels", samples.len(), n_goals));
        }
        let design = Design::new(scorer, samples, self.min_texts, self.min_texts_of_pairs)?;
        let n_texts = design.texts.iter().max().map_or(0, |&most| most as usize + 1);
        if n_texts < self.folds {
            return Err(Error::too_small("distinct texts", self.folds, n_texts));
        }
        Ok(design)
    }

    fn check(&self) -> Result<()> {
        if self.folds < 2 {
            return Err(Error::setting("folds", self.folds, "at least 2"));
        }
        if self.max_weights == 0 {
            return Err(Error::setting("max_weights", 0, "at least 1"));
        }
        if self.strengths.is_empty() {
            return Err(Error::setting("strengths", "empty", "at least one number"));
        }
        match self.strengths.iter().find(|strength| !(strength.is_finite() && **strength > 0.0)) {
            Some(strength) => Err(Error::setting("strengths", strength, "finite and above 0")),
            None => Ok(()),
        }
    }
}

fn scale_of(goal: &Goal) -> Scale {
    match goal {
        Goal::Ratings(_) => Scale::Rating,
        Goal::Labels(..) => Scale::Label,
    }
}

fn ratings_goal(ratings: &[f64]) -> Result<Goal> {
    if let Some(row) = ratings.iter().position(|rating| !(-4.0..=4.0).contains(rating)) {
        return Err(Error::entry(
            row,
            0,
            format!("the rating is {}, but must be within -4..=4", ratings[row]),
        ));
    }
    if ratings.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq()) {
        return Err(Error::nothing("all ratings are alike: there is nothing to learn"));
    }
    Ok(Goal::Ratings(ratings.to_vec()))
}

fn labels_goal(labels: &[Label]) -> Result<Goal> {
    if labels.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err(Error::nothing("all labels are alike: there is nothing to learn"));
    }
    Ok(Goal::Labels(labels.to_vec(), [1.0; 3]))
}
