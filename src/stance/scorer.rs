//! From sentences to a score with reasons.
//!
//! Each polar entry in reach has a value `v` (its valence after the rules of the sentence, −4..4)
//! and a weight `w` (1, or less by the rules of the target). With `W` the sum of the weights,
//!
//! ```text
//! raw   = Σ w·v / √(W + prior)
//! score = raw / √(raw² + scale)
//! ```
//!
//! The square root lies between the sum, which grows with length, and the mean, which forgets how
//! much was said; on rated editorials it followed people best of the three. The second line keeps
//! the score within −1..1. An entry contributes `w·v · score / Σ w·v`, so contributions sum to the
//! score.

use std::ops::Range;

use super::evidence::{Evidence, Label, Sentiment, Stance, Verdict, Voice};
use super::lexicon::Lexicon;
use super::reading::{Reading, Speaker};
use super::rule_set::Rules;
use super::rules::{self, Aim};
use crate::article::{Document, each_sentence};
use crate::targets::{Gazetteer, Target, TargetKind, Targets, mentions_of};
use crate::text::matcher::Matcher;

/// Squared raw score at which the score is about 0.7.
const SCALE: f64 = 12.0;

/// How much a stretch without evidence counts for: little evidence makes a small score.
const PRIOR: f64 = 0.5;

/// A sentence that speaks of the target and says nothing good or bad counts for this much of one that does.
const SILENT: f64 = 1.0;
const SILENT_TOPIC: f64 = 0.0;

/// Scores within this band around 0 are neutral.
const BAND_SENTIMENT: f64 = 0.08;
const BAND_STANCE: f64 = 0.05;

/// Evidence that weighs less than this is left out.
const LEAST_WEIGHT: f64 = 0.01;

/// Scores how a text sounds, and how it stands toward a target, from a lexicon and rules.
///
/// Scoring never fails and never changes the scorer; share one between threads. Building one reads
/// the lexicon, so build it once.
///
/// ```
/// use undertone::{Label, StanceScorer};
///
/// let scorer = StanceScorer::news();
/// let text = "Baku praised the treaty. Critics say Elmland’s corrupt ministry didn’t help.";
/// let stance = scorer.stance(text, "Elmland");
/// assert_eq!(stance.label(), Label::Negative);
/// for reason in stance.evidence() {
///     println!("{:+.2} {} in: {}", reason.contribution(), reason.words(), reason.sentence());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct StanceScorer {
    lexicon: Lexicon,
    matcher: Matcher,
    targets: Targets,
    rules: Rules,
}

impl StanceScorer {
    /// With the built-in lexicon, gazetteer and all rules.
    pub fn news() -> Self {
        Self::new(Lexicon::news(), Gazetteer::news(), Rules::all())
    }

    /// With a lexicon, gazetteer and rules of your own.
    pub fn new(lexicon: Lexicon, gazetteer: Gazetteer, rules: Rules) -> Self {
        let matcher = lexicon.matcher();
        Self { lexicon, matcher, targets: Targets::with_gazetteer(gazetteer), rules }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The rules that are switched on.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Finds who is spoken of, with the scorer's gazetteer.
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// How a document sounds, over its headline and paragraphs.
    pub fn sentiment<'d, D: Document + ?Sized>(&'d self, doc: &'d D) -> Sentiment<'d> {
        let text = doc.text();
        let mut tally = Tally::default();
        self.each_sentence(doc, |reading, range| {
            tally.take(reading, &range, self, text);
        });
        tally.close();
        Sentiment { verdict: tally.verdict(TargetKind::Topic, BAND_SENTIMENT) }
    }

    /// How a document stands toward a target that the caller names: wherever it is spoken of,
    /// under any of its names. Without a mention the score is 0.
    pub fn stance<'d, D: Document + ?Sized>(&'d self, doc: &'d D, target: &str) -> Stance<'d> {
        self.toward(doc, mentions_of(&self.targets, doc, target))
    }

    /// How a document stands toward everybody whom it speaks of, most mentions first.
    pub fn stances<'d, D: Document + ?Sized>(&'d self, doc: &'d D) -> Vec<Stance<'d>> {
        self.toward_each(doc, self.targets.find(doc))
    }

    /// How a document stands toward what is mentioned at a byte range of its text. A range that
    /// does not fit the text has no evidence.
    pub fn score_toward<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        range: Range<usize>,
    ) -> Stance<'d> {
        self.toward(doc, mention_at(doc, range))
    }

    /// What the actor at one byte range feels toward what is mentioned at another, as far as the
    /// sentences that hold both tell.
    pub fn score_between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: Range<usize>,
        target: Range<usize>,
    ) -> Stance<'d> {
        self.between(doc, &mention_at(doc, holder), mention_at(doc, target))
    }

    /// What an actor that the caller names feels toward a target, wherever one sentence speaks of
    /// both under any of their names.
    pub fn stance_of<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: &str,
        target: &str,
    ) -> Stance<'d> {
        let holder = mentions_of(&self.targets, doc, holder);
        self.between(doc, &holder, mentions_of(&self.targets, doc, target))
    }

    fn between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: &Target,
        target: Target,
    ) -> Stance<'d> {
        let text = doc.text();
        let mut tally = Tally::default();
        self.each_sentence(doc, |reading, range| {
            let first = |of: &Target| {
                let from = of.mentions().partition_point(|mention| mention.start < range.start);
                let inside =
                    of.mentions()[from..].iter().take_while(|mention| mention.start < range.end);
                let mut words = inside.map(|mention| reading.words_within(mention));
                words.find(|words| !words.is_empty())
            };
            let (Some(holder), Some(target)) = (first(holder), first(&target)) else { return };
            let (sentence, weighed) = reading.parts(text);
            rules::direct(sentence, &self.lexicon, &holder, &target, weighed);
            tally.take(reading, &range, self, text);
            tally.close();
        });
        let verdict = tally.verdict(target.kind(), BAND_STANCE);
        Stance { target, verdict }
    }

    fn toward<'d, D: Document + ?Sized>(&'d self, doc: &'d D, target: Target) -> Stance<'d> {
        let mut tally = Tally::default();
        self.each_aim(doc, std::slice::from_ref(&target), |_, reading, range| {
            tally.take(reading, &range, self, doc.text());
            tally.close();
        });
        let verdict = tally.verdict(target.kind(), BAND_STANCE);
        Stance { target, verdict }
    }

    /// The stance toward several targets in one reading of the document.
    fn toward_each<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        targets: Vec<Target>,
    ) -> Vec<Stance<'d>> {
        let mut tallies: Vec<Tally<'d>> = targets.iter().map(|_| Tally::default()).collect();
        self.each_aim(doc, &targets, |target, reading, range| {
            tallies[target].take(reading, &range, self, doc.text());
            tallies[target].close();
        });
        let verdicts = targets.into_iter().zip(tallies).map(|(target, tally)| {
            let verdict = tally.verdict(target.kind(), BAND_STANCE);
            Stance { target, verdict }
        });
        verdicts.collect()
    }

    /// Calls `each` with every sentence that speaks of a target, weighed for that target.
    fn each_aim<D: Document + ?Sized>(
        &self,
        doc: &D,
        targets: &[Target],
        mut each: impl FnMut(usize, &Reading, Range<usize>),
    ) {
        let text = doc.text();
        // All mentions in the order of the text, so that those of a sentence lie together.
        let mut spoken_of: Vec<(&Range<usize>, usize)> = Vec::new();
        for (target, found) in targets.iter().enumerate() {
            spoken_of.extend(found.mentions().iter().map(|mention| (mention, target)));
        }
        spoken_of.sort_unstable_by_key(|(mention, target)| (mention.start, *target));
        let (mut here, mut mentions, mut unaimed) = (Vec::new(), Vec::new(), Vec::new());
        self.each_sentence(doc, |reading, range| {
            here.clear();
            let first = spoken_of.partition_point(|(mention, _)| mention.start < range.start);
            let inside =
                spoken_of[first..].iter().take_while(|(mention, _)| mention.start < range.end);
            here.extend(inside.filter(|(mention, _)| mention.end <= range.end));
            if here.is_empty() {
                return;
            }
            here.sort_by_key(|(_, target)| *target);
            if !reading.weighed.is_empty() {
                reading.read_names(text, &self.targets);
            }
            unaimed.clone_from(&reading.weighed);
            for of_one in here.chunk_by(|(_, a), (_, b)| a == b) {
                mentions.clear();
                mentions.extend(of_one.iter().map(|(mention, _)| reading.words_within(mention)));
                mentions.retain(|words: &Range<usize>| !words.is_empty());
                if mentions.is_empty() {
                    continue;
                }
                reading.weighed.clone_from(&unaimed);
                let (sentence, weighed) = reading.parts(text);
                rules::aim(
                    self.rules,
                    sentence,
                    &self.lexicon,
                    &Aim {
                        mentions: &mentions,
                        named: targets[of_one[0].1].kind() != TargetKind::Topic,
                    },
                    weighed,
                );
                each(of_one[0].1, reading, range.clone());
            }
        });
    }

    /// Calls `each` with every sentence, after the rules of the sentence, and its byte range.
    fn each_sentence<D: Document + ?Sized>(
        &self,
        doc: &D,
        mut each: impl FnMut(&mut Reading, Range<usize>),
    ) {
        let mut reading = Reading::default();
        each_sentence(doc, |range| {
            reading.read(doc.text(), range.clone(), &self.lexicon, &self.matcher);
            if !reading.weighed.is_empty() {
                let (sentence, weighed) = reading.parts(doc.text());
                rules::apply(self.rules, sentence, weighed);
            }
            each(&mut reading, range);
        });
    }
}

/// The target that a caller points at; it has no mention where the range does not fit the text.
fn mention_at<D: Document + ?Sized>(doc: &D, range: Range<usize>) -> Target {
    let text = doc.text();
    match text.get(range.clone()).filter(|name| !name.is_empty()) {
        Some(name) => Target::new(name.to_string(), TargetKind::Name, vec![range], text),
        None => Target::new(String::new(), TargetKind::Name, Vec::new(), text),
    }
}

/// Evidence on its way to a verdict.
#[derive(Default)]
struct Tally<'d> {
    evidence: Vec<Evidence<'d>>,
    /// How many of the evidence belong to stretches that are scored already.
    done: usize,
    sum: f64,
    weights: f64,
    /// The scores of the stretches, summed, how many hold evidence and how many do not.
    scores: f64,
    telling: usize,
    silent: usize,
}

impl<'d> Tally<'d> {
    /// Takes over what the rules left of the entries in a sentence.
    fn take(
        &mut self,
        reading: &Reading,
        range: &Range<usize>,
        scorer: &'d StanceScorer,
        text: &'d str,
    ) {
        let words = reading.words();
        for weighed in &reading.weighed {
            if weighed.weight < LEAST_WEIGHT {
                continue;
            }
            let part = weighed.weight * weighed.value;
            self.sum += part;
            self.weights += weighed.weight;
            if part != 0.0 {
                self.evidence.push(Evidence {
                    sentence: &text[range.clone()],
                    sentence_range: range.clone(),
                    range: words[weighed.hit.from].start..words[weighed.hit.to - 1].end,
                    entry: scorer.lexicon.entry(weighed.hit.entry),
                    contribution: part,
                    weight: weighed.weight,
                    rules: weighed.rules,
                    voice: match weighed.voice {
                        Speaker::Writer => Voice::Writer,
                        Speaker::Named(from, to) => {
                            Voice::Speaker(&text[words[from].start..words[to - 1].end])
                        }
                        Speaker::Unnamed => Voice::Unnamed,
                    },
                });
            }
        }
    }

    /// Scores what was taken since the last time as one stretch.
    fn close(&mut self) {
        let root = (self.weights + PRIOR).sqrt();
        let raw = self.sum / root;
        let squash = (raw * raw + SCALE).sqrt();
        for reason in &mut self.evidence[self.done..] {
            reason.contribution /= root * squash;
        }
        self.scores += raw / squash;
        if self.evidence.len() > self.done {
            self.telling += 1
        } else {
            self.silent += 1
        }
        (self.done, self.sum, self.weights) = (self.evidence.len(), 0.0, 0.0);
    }

    fn verdict(mut self, kind: TargetKind, band: f64) -> Verdict<'d> {
        let silent = if kind == TargetKind::Topic { SILENT_TOPIC } else { SILENT };
        let stretches = self.telling as f64 + silent * self.silent as f64;
        let share = if stretches > 0.0 { 1.0 / stretches.max(1.0) } else { 0.0 };
        for reason in &mut self.evidence {
            reason.contribution *= share;
        }
        let score = self.scores * share;
        Verdict { score, label: Label::of(score, band), evidence: self.evidence }
    }
}
