//! From words to sentences to a score with reasons.
//!
//! Each polar entry of a sentence has a value `v` (its valence after the rules of the sentence, −4..4)
//! and a weight `w` (1, or less by the rules of the target). With `W` the sum of the weights,
//!
//! ```text
//! raw   = Σ w·v / √(W + prior)
//! score = raw / √(raw² + scale)
//! ```
//!
//! The square root lies between the sum, which grows with length, and the mean, which forgets how
//! much was said; on rated editorials it followed people best of the three. The second line keeps
//! the score within −1..1, so that one sentence full of strong words is no more than one sentence.
//!
//! How a text *sounds* is this formula over all its words at once. How it *stands* toward a target is
//! the mean over the sentences that speak of it: a name that is spoken of in ten sentences and judged in
//! one is not judged much. Of a topic, which no sentence must name, only sentences with evidence count.
//!
//! An entry contributes `w·v · score / Σ w·v` of its sentence, divided by the number of sentences, so
//! contributions sum to the score.
//!
//! The mean is a weighted one where some of the sentences stand in the lead (`rules/lead.rs`). How a text sounds is no
//! mean over sentences: there the weights `w` of the lead grow and all shrink, so that their sum stays `W`.

use std::ops::Range;

use super::evidence::{Evidence, Label, Verdict, emptied};
use super::reader::Memory;
use super::reading::Reading;
use super::rules::{Lead, weigh_lead};
use super::scorer::StanceScorer;
use super::span::Span;
use crate::targets::TargetKind;

/// Squared raw score at which the score of a sentence is about 0.7.
const SCALE: f64 = 12.0;

/// How much a sentence without evidence counts for: little evidence makes a small score.
const PRIOR: f64 = 0.5;

/// Scores within this band around 0 are neutral.
const BAND_SENTIMENT: f64 = 0.08;
pub(super) const BAND_STANCE: f64 = 0.05;

/// Evidence that weighs less than this is left out.
pub(super) const LEAST_WEIGHT: f64 = 0.01;

/// Evidence on its way to a verdict.
#[derive(Default)]
pub(super) struct Tally<'d> {
    evidence: Vec<Evidence<'d>>,
    /// How many of the evidence belong to sentences that are scored already.
    done: usize,
    sum: f64,
    weights: f64,
    /// By how much more the weights count for the lead among them.
    surplus: f64,
    /// The scores of the sentences, summed, how many hold evidence and how many do not; of the lead each counts for more.
    scores: f64,
    telling: f64,
    silent: f64,
    lead: Lead,
}

impl<'d> Tally<'d> {
    /// For another text.
    pub(super) fn in_memory(memory: &mut Memory) -> Self {
        memory.reading.restart();
        let evidence = emptied(std::mem::take(&mut memory.evidence));
        Self { evidence, ..Self::default() }
    }

    /// Takes over what the rules left of the entries in a sentence.
    pub(super) fn take(
        &mut self,
        reading: &Reading,
        range: &Range<usize>,
        scorer: &'d StanceScorer,
        text: &'d str,
    ) {
        if let Some(weight) = self.lead.weight_before(reading) {
            self.weigh_lead(weight);
        }
        let words = reading.words();
        for weighed in &reading.weighed {
            if !weighed.counts() {
                continue;
            }
            let part = weighed.weight * weighed.value;
            self.sum += part;
            self.weights += weighed.weight;
            if part != 0.0 {
                let span = |from: usize, to: usize| {
                    Span::of_text(words[from].start..words[to - 1].end, range.start)
                };
                self.evidence.push(Evidence {
                    sentence: &text[range.clone()],
                    start: range.start,
                    words: span(weighed.hit.from, weighed.hit.to),
                    entry: scorer.lexicon().entry(weighed.hit.entry),
                    contribution: part,
                    weight: weighed.weight,
                    rules: weighed.rules,
                    said_by: weighed.voice.said_by(span),
                });
            }
        }
    }

    /// Lets all that was taken count for so much.
    fn weigh_lead(&mut self, weight: f64) {
        weigh_lead(&mut self.evidence, weight);
        self.surplus = self.weights * (weight - 1.0);
        for sum in [&mut self.sum, &mut self.scores, &mut self.telling, &mut self.silent] {
            *sum *= weight;
        }
    }

    /// Scores what was taken since the last time as one sentence.
    pub(super) fn close(&mut self) {
        let root = (self.weights + PRIOR).sqrt();
        // The lead counts more at the cost of the rest: a text says no more for having one.
        let share =
            if self.surplus > 0.0 { self.weights / (self.weights + self.surplus) } else { 1.0 };
        let raw = self.sum * share / root;
        let squash = (raw * raw + SCALE).sqrt();
        for reason in &mut self.evidence[self.done..] {
            reason.contribution = reason.contribution * share / (root * squash);
        }
        self.scores += raw / squash;
        if self.evidence.len() > self.done {
            self.telling += 1.0;
        } else {
            self.silent += 1.0;
        }
        (self.done, self.sum, self.weights, self.surplus) = (self.evidence.len(), 0.0, 0.0, 0.0);
    }

    /// The verdict on a target, over its sentences.
    pub(super) fn verdict(self, kind: TargetKind) -> Verdict<'d> {
        let silent = if kind == TargetKind::Topic { 0.0 } else { self.silent };
        let sentences = self.telling + silent;
        self.shared_among(sentences.max(1.0), BAND_STANCE)
    }

    /// How everything that was taken sounds.
    pub(super) fn sentiment(mut self) -> Verdict<'d> {
        self.close();
        self.shared_among(1.0, BAND_SENTIMENT)
    }

    fn shared_among(mut self, sentences: f64, band: f64) -> Verdict<'d> {
        for reason in &mut self.evidence {
            reason.contribution /= sentences;
        }
        let score = self.scores / sentences;
        Verdict { score, label: Label::of(score, band), evidence: self.evidence }
    }
}
