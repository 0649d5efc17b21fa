//! Which words made a score, and by how much?

use std::fmt;
use std::ops::Range;

use super::entry::Entry;
use super::rule_set::Rules;
use super::span::{SaidBy, Span};
use crate::targets::Target;

/// A verdict in three classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Label {
    /// Against.
    Negative,
    /// Neither, or too little to tell.
    Neutral,
    /// In favour.
    Positive,
}

impl Label {
    /// −1, 0 or 1.
    pub fn sign(self) -> i8 {
        self as i8 - 1
    }

    /// The label of a score with a neutral band from `-band` to `band`.
    pub(super) fn of(score: f64, band: f64) -> Self {
        match score {
            score if score > band => Self::Positive,
            score if score < -band => Self::Negative,
            _ => Self::Neutral,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        })
    }
}

/// One reason for a score: an entry of the lexicon at a place in the text.
#[derive(Clone, Debug)]
pub struct Evidence<'d> {
    pub(super) sentence: &'d str,
    /// Where the sentence starts in the document's text.
    pub(super) start: usize,
    pub(super) entry: &'d Entry,
    pub(super) contribution: f64,
    pub(super) weight: f64,
    pub(super) words: Span,
    pub(super) said_by: SaidBy,
    pub(super) rules: Rules,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Voice<'d> {
    /// Whoever wrote the text.
    Writer,
    /// Somebody who is quoted or whose words are reported, as the sentence names them.
    Speaker(&'d str),
    /// Somebody who is quoted in a sentence that does not say who it is.
    Unnamed,
}

impl<'d> Evidence<'d> {
    /// The sentence it stands in.
    pub fn sentence(&self) -> &'d str {
        self.sentence
    }

    /// Where the sentence stands, in bytes of the document's text.
    pub fn sentence_range(&self) -> Range<usize> {
        self.start..self.start + self.sentence.len()
    }

    /// Where the words of the entry stand, in bytes of the document's text: of one sentence as far as its first four
    /// gigabytes.
    pub fn range(&self) -> Range<usize> {
        self.words.range(self.start)
    }

    /// The words as written.
    pub fn words(&self) -> &'d str {
        self.words.of(self.sentence)
    }

    /// The entry of the lexicon.
    pub fn entry(&self) -> &'d Entry {
        self.entry
    }

    /// What it adds to the score: the contributions of all evidence sum to the score.
    pub fn contribution(&self) -> f64 {
        self.contribution
    }

    /// How much of the entry counts, 0 to 1: less far from the target or in somebody else's words.
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Who says it: the writer, or somebody whom the sentence quotes.
    pub fn voice(&self) -> Voice<'d> {
        match self.said_by {
            SaidBy::Writer => Voice::Writer,
            SaidBy::Named(name) => Voice::Speaker(name.of(self.sentence)),
            SaidBy::Unnamed => Voice::Unnamed,
        }
    }

    /// The rules that changed what the entry says.
    pub fn rules(&self) -> Rules {
        self.rules
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Evidence<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("Evidence", 8)?;
        fields.serialize_field("sentence", self.sentence)?;
        fields.serialize_field("sentence_range", &self.sentence_range())?;
        fields.serialize_field("range", &self.range())?;
        fields.serialize_field("entry", self.entry.text())?;
        fields.serialize_field("contribution", &self.contribution)?;
        fields.serialize_field("weight", &self.weight)?;
        fields.serialize_field("rules", &self.rules)?;
        fields.serialize_field("voice", &self.voice())?;
        fields.end()
    }
}

/// What the evidence comes to.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct Verdict<'d> {
    pub(super) score: f64,
    pub(super) label: Label,
    pub(super) evidence: Vec<Evidence<'d>>,
}

impl<'d> Verdict<'d> {
    /// How strongly good and bad speak, apart: the contributions of each sign, summed.
    pub(super) fn strength(&self, good: bool) -> f64 {
        let signed = self.evidence.iter().map(|reason| reason.contribution);
        signed.filter(|part| (*part > 0.0) == good).sum::<f64>().abs()
    }

    /// How far to trust the score: `agreement · W / (W + 1)`. The agreement is `|good − bad| / (good +
    /// bad)`, and `W` is the sum of the weights of the evidence.
    pub(super) fn confidence(&self) -> f64 {
        let (mut good, mut bad, mut weights) = (0.0, 0.0, 0.0);
        for reason in &self.evidence {
            let sum = if reason.contribution > 0.0 { &mut good } else { &mut bad };
            *sum += reason.contribution;
            weights += reason.weight;
        }
        let (good, bad): (f64, f64) = (good, -bad);
        if good + bad > 0.0 {
            (good - bad).abs() / (good + bad) * weights / (weights + 1.0)
        } else {
            0.0
        }
    }

    pub(super) fn strongest(&self) -> Vec<&Evidence<'d>> {
        let mut reasons: Vec<_> = self.evidence.iter().collect();
        reasons.sort_by(|a, b| {
            let size = |reason: &Evidence<'_>| reason.contribution.abs();
            size(b).total_cmp(&size(a)).then(a.range().start.cmp(&b.range().start))
        });
        reasons
    }
}

macro_rules! verdict_accessors {
    () => {
        /// −1 (wholly bad) to 1 (wholly good); 0 without evidence.
        pub fn score(&self) -> f64 {
            self.verdict.score
        }

        /// The score as one of three classes.
        pub fn label(&self) -> Label {
            self.verdict.label
        }

        /// How far to trust the score, 0 (nothing to go by, or as much for as against) to 1: grows with
        /// the amount of evidence and with its agreement.
        pub fn confidence(&self) -> f64 {
            self.verdict.confidence()
        }

        /// Why the label should not be taken for a side; `None` where the evidence bears it, and for a neutral one.
        pub fn doubt(&self) -> Option<crate::Doubt> {
            crate::stance::doubt::Doubt::of(&self.verdict)
        }

        /// The reasons, in the order of the text. Their contributions sum to the score.
        pub fn evidence(&self) -> &[Evidence<'d>] {
            &self.verdict.evidence
        }

        /// The reasons, those that weigh most first.
        pub fn strongest(&self) -> Vec<&Evidence<'d>> {
            self.verdict.strongest()
        }

        /// The sum of what speaks for it, at least 0: `positive() - negative()` is the score.
        pub fn positive(&self) -> f64 {
            self.verdict.strength(true)
        }

        /// The sum of what speaks against it, at least 0.
        pub fn negative(&self) -> f64 {
            self.verdict.strength(false)
        }
    };
}

/// How a text sounds.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Sentiment<'d> {
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub(super) verdict: Verdict<'d>,
}

impl<'d> Sentiment<'d> {
    verdict_accessors!();
}

/// How a text stands toward a target.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Stance<'d> {
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub(super) target: Target,
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub(super) verdict: Verdict<'d>,
}

impl<'d> Stance<'d> {
    /// Whom it is about, with aliases and mentions.
    pub fn target(&self) -> &Target {
        &self.target
    }

    verdict_accessors!();
}

/// A score with its reasons in the memory of the [`StanceReader`](crate::StanceReader) that found it,
/// until that reads on. The reasons point into the text, and a copy of them outlives the reader.
#[derive(Debug)]
pub struct Scored<'r, 'd> {
    verdict: Verdict<'d>,
    /// Where the memory goes when the score is dropped.
    memory: &'r mut Vec<Evidence<'static>>,
}

impl<'r, 'd> Scored<'r, 'd> {
    pub(super) fn new(verdict: Verdict<'d>, memory: &'r mut Vec<Evidence<'static>>) -> Self {
        Self { verdict, memory }
    }

    verdict_accessors!();
}

impl Drop for Scored<'_, '_> {
    fn drop(&mut self) {
        *self.memory = emptied(std::mem::take(&mut self.verdict.evidence));
    }
}

/// The memory of a list for evidence of another text. The standard library collects in place.
pub(super) fn emptied<'d>(mut evidence: Vec<Evidence<'_>>) -> Vec<Evidence<'d>> {
    evidence.clear();
    evidence.into_iter().map_while(|_| None).collect()
}
