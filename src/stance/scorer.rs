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

use super::evidence::{Evidence, Label, Sentiment, Stance, Verdict, emptied};
use super::lexicon::Lexicon;
use super::reader::{Memory, StanceReader};
use super::reading::Reading;
use super::rule_set::Rules;
use super::rules::{self, Aim};
use crate::article::{Document, each_sentence};
use crate::targets::{Gazetteer, Target, TargetKind, Targets, mentions_of};
use crate::text::matcher::Matcher;

/// Squared raw score at which the score is about 0.7.
const SCALE: f64 = 12.0;

/// How much a text without evidence counts for: little evidence makes a small score.
const PRIOR_SENTIMENT: f64 = 0.5;
const PRIOR_STANCE: f64 = 0.5;

/// Scores within this band around 0 are neutral.
const BAND_SENTIMENT: f64 = 0.08;
const BAND_STANCE: f64 = 0.06;

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

    /// A reader that scores text after text in the same memory.
    pub fn reader(&self) -> StanceReader<'_> {
        StanceReader::new(self)
    }

    /// How a document sounds, over its headline and paragraphs.
    pub fn sentiment<'d, D: Document + ?Sized>(&'d self, doc: &'d D) -> Sentiment<'d> {
        Sentiment { verdict: self.sound(doc, &mut Memory::default()) }
    }

    /// How a document stands toward a target that the caller names: wherever it is spoken of,
    /// under any of its names. Without a mention the score is 0.
    pub fn stance<'d, D: Document + ?Sized>(&'d self, doc: &'d D, target: &str) -> Stance<'d> {
        let target = mentions_of(&self.targets, doc, target);
        let verdict = self.toward(doc, target.mentions(), &mut Memory::default());
        Stance { target, verdict }
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
        let target = mention_at(doc, range);
        let verdict = self.toward(doc, target.mentions(), &mut Memory::default());
        Stance { target, verdict }
    }

    /// What the actor at one byte range feels toward what is mentioned at another, as far as the
    /// sentences that hold both tell.
    pub fn score_between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: Range<usize>,
        target: Range<usize>,
    ) -> Stance<'d> {
        let (holder, target) = (mention_at(doc, holder), mention_at(doc, target));
        let mut memory = Memory::default();
        let verdict = self.between(doc, holder.mentions(), target.mentions(), &mut memory);
        Stance { target, verdict }
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
        let target = mentions_of(&self.targets, doc, target);
        let mut memory = Memory::default();
        let verdict = self.between(doc, holder.mentions(), target.mentions(), &mut memory);
        Stance { target, verdict }
    }

    pub(super) fn sound<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let text = doc.text();
        let mut tally = Tally::in_memory(memory);
        let reading = &mut memory.reading;
        each_sentence(doc, |range| {
            if self.read(text, &range, reading) {
                tally.take(reading, &range, self, text);
            }
        });
        tally.verdict(PRIOR_SENTIMENT, BAND_SENTIMENT)
    }

    pub(super) fn between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: &[Range<usize>],
        target: &[Range<usize>],
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let text = doc.text();
        let mut tally = Tally::in_memory(memory);
        let reading = &mut memory.reading;
        each_sentence(doc, |range| {
            let (holder, target) = (starting_in(holder, &range), starting_in(target, &range));
            if holder.is_empty() || target.is_empty() {
                return reading.skip(text, range);
            }
            if !self.read(text, &range, reading) {
                return;
            }
            let first = |of: &[Range<usize>]| {
                let mut words = of.iter().map(|mention| reading.words_within(mention));
                words.find(|words| !words.is_empty())
            };
            let (Some(holder), Some(target)) = (first(holder), first(target)) else { return };
            let (sentence, weighed) = reading.parts(text);
            rules::direct(sentence, &self.lexicon, &holder, &target, weighed);
            tally.take(reading, &range, self, text);
        });
        tally.verdict(PRIOR_STANCE, BAND_STANCE)
    }

    pub(super) fn toward<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        mentions: &[Range<usize>],
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let mut tally = Tally::in_memory(memory);
        self.each_aim(doc, &[mentions], memory, |_, reading, range| {
            tally.take(reading, &range, self, doc.text());
        });
        tally.verdict(PRIOR_STANCE, BAND_STANCE)
    }

    /// The stance toward several targets in one reading of the document.
    fn toward_each<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        targets: Vec<Target>,
    ) -> Vec<Stance<'d>> {
        let mut tallies: Vec<Tally<'d>> = targets.iter().map(|_| Tally::default()).collect();
        let mentions: Vec<_> = targets.iter().map(Target::mentions).collect();
        self.each_aim(doc, &mentions, &mut Memory::default(), |target, reading, range| {
            tallies[target].take(reading, &range, self, doc.text());
        });
        let verdicts = tallies.into_iter().map(|tally| tally.verdict(PRIOR_STANCE, BAND_STANCE));
        targets
            .into_iter()
            .zip(verdicts)
            .map(|(target, verdict)| Stance { target, verdict })
            .collect()
    }

    /// Calls `each` with every sentence that speaks of a target, weighed for that target. Others are
    /// not read.
    fn each_aim<D: Document + ?Sized>(
        &self,
        doc: &D,
        targets: &[&[Range<usize>]],
        memory: &mut Memory,
        mut each: impl FnMut(usize, &Reading, Range<usize>),
    ) {
        let text = doc.text();
        let Memory { reading, spoken_of, here, mentions, unaimed, .. } = memory;
        // All mentions in the order of the text, so that those of a sentence lie together.
        spoken_of.clear();
        for (target, found) in targets.iter().enumerate() {
            spoken_of.extend(found.iter().map(|mention| (mention.clone(), target)));
        }
        spoken_of.sort_unstable_by_key(|(mention, target)| (mention.start, *target));
        each_sentence(doc, |range| {
            here.clear();
            let first = spoken_of.partition_point(|(mention, _)| mention.start < range.start);
            let inside =
                spoken_of[first..].iter().take_while(|(mention, _)| mention.start < range.end);
            here.extend(inside.filter(|(mention, _)| mention.end <= range.end).cloned());
            if here.is_empty() {
                return reading.skip(text, range);
            }
            if !self.read(text, &range, reading) {
                return;
            }
            here.sort_unstable_by_key(|(mention, target)| (*target, mention.start, mention.end));
            reading.read_names(text, &self.targets);
            unaimed.clone_from(&reading.weighed);
            for of_one in here.chunk_by(|(_, a), (_, b)| a == b) {
                mentions.clear();
                mentions.extend(of_one.iter().map(|(mention, _)| reading.words_within(mention)));
                mentions.retain(|words: &Range<usize>| !words.is_empty());
                if mentions.is_empty() {
                    continue;
                }
                reading.weighed.clone_from(unaimed);
                let (sentence, weighed) = reading.parts(text);
                rules::aim(self.rules, sentence, &self.lexicon, &Aim { mentions }, weighed);
                each(of_one[0].1, reading, range.clone());
            }
        });
    }

    /// Reads a sentence and applies the rules of the sentence; whether it holds a polar entry.
    fn read(&self, text: &str, range: &Range<usize>, reading: &mut Reading) -> bool {
        reading.read(text, range.clone(), &self.lexicon, &self.matcher);
        let found = !reading.weighed.is_empty();
        if found {
            let (sentence, weighed) = reading.parts(text);
            rules::apply(self.rules, sentence, weighed);
        }
        found
    }
}

/// The mentions, which are in order, that start in a range.
fn starting_in<'m>(mentions: &'m [Range<usize>], range: &Range<usize>) -> &'m [Range<usize>] {
    let from = mentions.partition_point(|mention| mention.start < range.start);
    let to = mentions.partition_point(|mention| mention.start < range.end);
    &mentions[from..to.max(from)]
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
    sum: f64,
    weights: f64,
}

impl<'d> Tally<'d> {
    /// For another text.
    fn in_memory(memory: &mut Memory) -> Self {
        memory.reading.restart();
        let evidence = emptied(std::mem::take(&mut memory.evidence));
        Self { evidence, ..Self::default() }
    }

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
                    rules: weighed.rules,
                });
            }
        }
    }

    fn verdict(mut self, prior: f64, band: f64) -> Verdict<'d> {
        let root = (self.weights + prior).sqrt();
        let raw = self.sum / root;
        let squash = (raw * raw + SCALE).sqrt();
        for reason in &mut self.evidence {
            reason.contribution /= root * squash;
        }
        let score = raw / squash;
        Verdict { score, label: Label::of(score, band), evidence: self.evidence }
    }
}
