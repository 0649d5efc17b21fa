//! What was learned: terms with weights.

use super::super::entry::{Entry, EntryClass};
use super::super::evidence::Label;
use super::super::lexicon::Lexicon;
use super::features::Feature;
use super::place::{N_PLACES, Place, Places};
use super::terms::Terms;
use super::weights::Weights;
use crate::text::matcher::Matcher;

/// What a learned lexicon answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Question {
    /// How a text sounds.
    Text,
    /// How a text stands toward a target.
    Target,
    /// What one actor feels toward another.
    Pair,
}

/// What the weights add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// A rating of −4..4.
    Rating,
    /// How likely each of three labels is.
    Label,
}

pub(super) const QUESTIONS: [(Question, &str); 3] =
    [(Question::Text, "text"), (Question::Target, "target"), (Question::Pair, "pair")];
pub(super) const SCALES: [(Scale, &str); 2] = [(Scale::Rating, "rating"), (Scale::Label, "label")];

/// A rating further than this from 0 is a label of its sign, as a share of the largest rating.
const BAND_RATING: f64 = 0.125;

/// The largest rating.
const MOST: f64 = 4.0;

/// One weight of a learned lexicon.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LearnedWeight {
    /// The term: one word or two, the written forms of each with slashes between.
    pub term: String,
    /// Where the term has this weight.
    pub place: Place,
    /// How good (above 0) or bad what it says is.
    pub valence: f64,
    /// How much it speaks for any verdict (above 0) or against one.
    pub opinion: f64,
}

/// Weights of words, pairs of words and entries of the lexicon by their place, learned from labelled texts by
/// a [`LexiconLearner`](crate::LexiconLearner) or read from a table.
///
/// With `x` the value of a term at a place (1 for each use, divided by the square root of the number of words of the
/// sentence; half the valence for entries; both divided by the square root of the number of sentences, or toward a
/// target by their number; those of headline and first paragraph count for more), `s = Σ valence·x` and `o = Σ opinion·x`:
/// a rating is `s`, and its score `s/4`; of labels, `+1` has the probability
/// `exp(o + s) / (1 + exp(o + s) + exp(o − s))`, `−1` the same with `−s`, and the score is the difference of the two.
/// Both lie within −1..1, and a piece of evidence contributes `valence·x · score/s`.
#[derive(Clone, Debug)]
pub struct LearnedLexicon {
    pub(super) question: Question,
    pub(super) scale: Scale,
    pub(super) terms: Terms,
    /// Valence and opinion by feature.
    weights: Vec<Option<(f32, f32)>>,
    entries: Vec<Entry>,
    /// The same weights for reading, once [`join`](Self::join) has packed them.
    packed: Weights,
}

impl LearnedLexicon {
    /// With no weight yet.
    pub(super) fn new(question: Question, scale: Scale, terms: Terms) -> Self {
        let weights = vec![None; terms.len() * N_PLACES];
        let (entries, packed) = (Vec::new(), Weights::default());
        Self { question, scale, terms, weights, entries, packed }
    }

    pub(super) fn set(&mut self, feature: Feature, valence: f64, opinion: f64) {
        let at = feature.0 as usize;
        if at >= self.weights.len() {
            self.weights.resize((at / N_PLACES + 1) * N_PLACES, None);
        }
        self.weights[at] = Some((valence as f32, opinion as f32));
    }

    /// Makes the entries that evidence points to, and joins the words to those of a scorer.
    pub(in super::super) fn join(&mut self, matcher: &mut Matcher, lexicon: &Lexicon) {
        let Self { terms, weights, .. } = self;
        let has_weight = |term: u32| {
            let of_term = weights.chunks(N_PLACES).nth(term as usize);
            of_term.is_some_and(|of_term| of_term.iter().any(Option::is_some))
        };
        terms.join(matcher, lexicon, has_weight);
        self.entries = (0..self.terms.len() as u32).map(|term| self.entry_of(term)).collect();
        self.packed = Weights::of(&self.weights);
    }

    /// The term as an entry: its valence is the weight that is furthest from 0.
    fn entry_of(&self, term: u32) -> Entry {
        let from = term as usize * N_PLACES;
        let weights = self.weights[from..from + N_PLACES].iter().flatten();
        let valence = weights
            .map(|weight| weight.0)
            .fold(0.0, |most: f32, weight| if weight.abs() > most.abs() { weight } else { most });
        Entry::learned(&self.terms.written(term), valence, EntryClass::Judge)
    }

    pub(super) fn terms(&self) -> &Terms {
        &self.terms
    }

    pub(super) fn entry(&self, term: u32) -> &Entry {
        &self.entries[term as usize]
    }

    /// Whether a term has a weight at a place, once [`join`](Self::join) has packed them.
    pub(super) fn has(&self, term: u32, place: Place) -> bool {
        self.packed.has(term, place)
    }

    /// What the weights of a term at some places add up to, once [`join`](Self::join) has packed them.
    #[inline]
    pub(super) fn sum(&self, term: u32, places: Places) -> (f64, f64) {
        self.packed.sum(term, places)
    }

    pub(super) fn weight(&self, feature: Feature) -> Option<(f64, f64)> {
        let (valence, opinion) = (*self.weights.get(feature.0 as usize)?)?;
        Some((f64::from(valence), f64::from(opinion)))
    }

    /// What it answers.
    pub fn question(&self) -> Question {
        self.question
    }

    /// How many weights there are.
    pub fn len(&self) -> usize {
        self.weights.iter().flatten().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The weights, term by term.
    pub fn iter(&self) -> impl Iterator<Item = LearnedWeight> {
        (0..self.weights.len() as u32).filter_map(|at| {
            let feature = Feature(at);
            let (valence, opinion) = self.weights[at as usize]?;
            Some(LearnedWeight {
                term: self.terms.written(feature.term()),
                place: Place::numbered(feature.place()),
                valence: rounded(f64::from(valence)),
                opinion: rounded(f64::from(opinion)),
            })
        })
    }

    /// Score and label of sums of weights.
    pub(super) fn outcome(&self, valence: f64, opinion: f64) -> (f64, Label) {
        outcome(self.scale, valence, opinion)
    }
}

/// Score and label of sums of weights.
pub(super) fn outcome(scale: Scale, valence: f64, opinion: f64) -> (f64, Label) {
    match scale {
        Scale::Rating => {
            let score = (valence / MOST).clamp(-1.0, 1.0);
            (score, Label::of(score, BAND_RATING))
        }
        Scale::Label => {
            let [bad, neutral, good] = probabilities(valence, opinion);
            let label = if neutral >= bad && neutral >= good {
                Label::Neutral
            } else {
                Label::of(valence, 0.0)
            };
            (good - bad, label)
        }
    }
}

/// How likely the labels −1, 0 and 1 are.
pub(super) fn probabilities(valence: f64, opinion: f64) -> [f64; 3] {
    let (bad, good) = (opinion - valence, opinion + valence);
    let top = bad.max(good).max(0.0);
    let parts = [(bad - top).exp(), (-top).exp(), (good - top).exp()];
    let sum: f64 = parts.iter().sum();
    parts.map(|part| part / sum)
}

/// A weight as tables hold it, with four decimals.
pub(super) fn rounded(weight: f64) -> f64 {
    (weight * 1e4).round() / 1e4
}
