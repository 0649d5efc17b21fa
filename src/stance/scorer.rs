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

use super::evidence::{Evidence, Label, Sentiment, Stance, Verdict};
use super::learn::{LearnedLexicon, LearnedTally, Question, Subject, Terms};
use super::lexicon::Lexicon;
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

/// The learned tables that are part of the crate.
pub(super) const LEARNED: [&str; 2] =
    [include_str!("../data/learned/sentiment.tsv"), include_str!("../data/learned/stance.tsv")];

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
    learned: Learned,
}

/// What was learned for each question.
#[derive(Clone, Debug, Default)]
struct Learned {
    text: Vec<LearnedLexicon>,
    target: Vec<LearnedLexicon>,
    pair: Vec<LearnedLexicon>,
    /// Whether somebody learns, and so wants to see every sentence.
    studied: bool,
}

impl Learned {
    fn any(&self) -> bool {
        self.studied || [&self.text, &self.target, &self.pair].iter().any(|of| !of.is_empty())
    }
}

impl StanceScorer {
    /// With the built-in lexicon, gazetteer, all rules, and weights learned from rated sentences
    /// (`docs/learning.md` says which, and how). It judges better than [`hand`](Self::hand) and explains itself
    /// as well; its neutral band follows what the text says.
    pub fn news() -> Self {
        // The tables are part of the crate, and a test reads each of them strictly.
        let tables = LEARNED.iter().filter_map(|table| LearnedLexicon::from_tsv(table).ok());
        tables.fold(Self::hand(), Self::with_learned)
    }

    /// With the built-in lexicon, gazetteer and all rules, and no learned weight.
    pub fn hand() -> Self {
        Self::new(Lexicon::news(), Gazetteer::news(), Rules::all())
    }

    /// With learned weights for the question that they answer, on top of those that it has: they
    /// weigh its verdict beside their own terms. Weights belong on the scorer that they were learned with.
    #[must_use]
    pub fn with_learned(mut self, mut learned: LearnedLexicon) -> Self {
        learned.join(&mut self.matcher, &self.lexicon);
        let slot = match learned.question() {
            Question::Text => &mut self.learned.text,
            Question::Target => &mut self.learned.target,
            Question::Pair => &mut self.learned.pair,
        };
        slot.push(learned);
        self
    }

    /// The learned weights for a question, in the order in which they are read.
    pub fn learned(&self, question: Question) -> &[LearnedLexicon] {
        match question {
            Question::Text => &self.learned.text,
            Question::Target => &self.learned.target,
            Question::Pair => &self.learned.pair,
        }
    }

    /// The same scorer for a learner to read with.
    pub(super) fn studied(mut self) -> Self {
        self.learned.studied = true;
        self
    }

    /// Gives the words of terms numbers.
    pub(super) fn join(&mut self, terms: &mut Terms) {
        terms.join(&mut self.matcher, &self.lexicon);
    }

    /// The same scorer without learned weights.
    #[must_use]
    pub fn without_learned(mut self) -> Self {
        self.learned = Learned::default();
        self
    }

    /// With a lexicon, gazetteer and rules of your own.
    pub fn new(lexicon: Lexicon, gazetteer: Gazetteer, rules: Rules) -> Self {
        let matcher = lexicon.matcher();
        let targets = Targets::with_gazetteer(gazetteer);
        Self { lexicon, matcher, targets, rules, learned: Learned::default() }
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
        self.each_sentence(doc, |reading| {
            tally.take(text, reading, &Subject::Text, self);
        });
        Sentiment { verdict: tally.verdict(text, Question::Text, self) }
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
        self.each_pair(doc, holder, &target, |reading, subject| {
            tally.take(text, reading, subject, self);
        });
        let verdict = tally.verdict(text, Question::Pair, self);
        Stance { target, verdict }
    }

    /// Calls `each` with every sentence that speaks of both, weighed for what the holder feels.
    pub(super) fn each_pair<D: Document + ?Sized>(
        &self,
        doc: &D,
        holder: &Target,
        target: &Target,
        mut each: impl FnMut(&Reading, &Subject<'_>),
    ) {
        let text = doc.text();
        self.each_sentence(doc, |reading| {
            let range = reading.range();
            let first = |of: &Target| {
                let from = of.mentions().partition_point(|mention| mention.start < range.start);
                let inside =
                    of.mentions()[from..].iter().take_while(|mention| mention.start < range.end);
                let mut words = inside.map(|mention| reading.words_within(mention));
                words.find(|words| !words.is_empty())
            };
            let (Some(holder), Some(target)) = (first(holder), first(target)) else { return };
            if self.learned.any() {
                reading.read_names(text, &self.targets);
            }
            let (sentence, weighed) = reading.parts(text);
            rules::direct(sentence, &self.lexicon, &holder, &target, weighed);
            each(reading, &Subject::Pair { holder, target });
        });
    }

    fn toward<'d, D: Document + ?Sized>(&'d self, doc: &'d D, target: Target) -> Stance<'d> {
        let mut tally = Tally::default();
        self.each_aim(doc, std::slice::from_ref(&target), |_, reading, subject| {
            tally.take(doc.text(), reading, subject, self);
        });
        let verdict = tally.verdict(doc.text(), Question::Target, self);
        Stance { target, verdict }
    }

    /// The stance toward several targets in one reading of the document.
    fn toward_each<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        targets: Vec<Target>,
    ) -> Vec<Stance<'d>> {
        let mut tallies: Vec<Tally<'d>> = targets.iter().map(|_| Tally::default()).collect();
        self.each_aim(doc, &targets, |target, reading, subject| {
            tallies[target].take(doc.text(), reading, subject, self);
        });
        let text = doc.text();
        let verdicts = tallies.into_iter().map(|tally| tally.verdict(text, Question::Target, self));
        targets
            .into_iter()
            .zip(verdicts)
            .map(|(target, verdict)| Stance { target, verdict })
            .collect()
    }

    /// Calls `each` with every sentence that speaks of a target, weighed for that target.
    pub(super) fn each_aim<D: Document + ?Sized>(
        &self,
        doc: &D,
        targets: &[Target],
        mut each: impl FnMut(usize, &Reading, &Subject<'_>),
    ) {
        let text = doc.text();
        // All mentions in the order of the text, so that those of a sentence lie together.
        let mut spoken_of: Vec<(&Range<usize>, usize)> = Vec::new();
        for (target, found) in targets.iter().enumerate() {
            spoken_of.extend(found.mentions().iter().map(|mention| (mention, target)));
        }
        spoken_of.sort_unstable_by_key(|(mention, target)| (mention.start, *target));
        let (mut here, mut mentions, mut unaimed) = (Vec::new(), Vec::new(), Vec::new());
        self.each_sentence(doc, |reading| {
            let range = reading.range();
            here.clear();
            let first = spoken_of.partition_point(|(mention, _)| mention.start < range.start);
            let inside =
                spoken_of[first..].iter().take_while(|(mention, _)| mention.start < range.end);
            here.extend(inside.filter(|(mention, _)| mention.end <= range.end));
            if here.is_empty() {
                return;
            }
            here.sort_by_key(|(_, target)| *target);
            reading.read_names(text, &self.targets);
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
                    &Aim { mentions: &mentions },
                    weighed,
                );
                each(of_one[0].1, reading, &Subject::Target(&mentions));
            }
        });
    }

    /// Calls `each` with every sentence after the rules of the sentence; without learned weights, with
    /// those that hold an entry.
    pub(super) fn each_sentence<D: Document + ?Sized>(
        &self,
        doc: &D,
        mut each: impl FnMut(&mut Reading),
    ) {
        let all = self.learned.any();
        let mut reading = Reading::default();
        each_sentence(doc, |range| {
            reading.read(doc.text(), range, &self.lexicon, &self.matcher);
            if all || !reading.weighed.is_empty() {
                let (sentence, weighed) = reading.parts(doc.text());
                rules::apply(self.rules, sentence, weighed);
                each(&mut reading);
            }
        });
    }
}

/// The target that a caller points at; it has no mention where the range does not fit the text.
pub(super) fn mention_at<D: Document + ?Sized>(doc: &D, range: Range<usize>) -> Target {
    let text = doc.text();
    match text.get(range.clone()).filter(|name| !name.is_empty()) {
        Some(name) => Target::new(name.to_string(), TargetKind::Name, vec![range], text),
        None => Target::new(String::new(), TargetKind::Name, Vec::new(), text),
    }
}

/// Evidence on its way to a verdict.
#[derive(Default)]
pub(super) struct Tally<'d> {
    evidence: Vec<Evidence<'d>>,
    sum: f64,
    weights: f64,
    /// For each learned lexicon.
    learned: Vec<LearnedTally>,
}

impl<'d> Tally<'d> {
    /// Takes over what the rules left of the entries in a sentence, and what has a learned weight.
    pub(super) fn take(
        &mut self,
        text: &'d str,
        reading: &Reading,
        subject: &Subject<'_>,
        scorer: &'d StanceScorer,
    ) {
        let (words, range) = (reading.words(), reading.range());
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
        let learned = scorer.learned(subject.question());
        self.learned.resize_with(learned.len(), LearnedTally::default);
        for (tally, learned) in self.learned.iter_mut().zip(learned) {
            tally.take(text, reading, subject, learned);
        }
    }

    pub(super) fn verdict(
        self,
        text: &'d str,
        question: Question,
        scorer: &'d StanceScorer,
    ) -> Verdict<'d> {
        let (tallies, hand) = (self.learned, Self { learned: Vec::new(), ..self });
        let weights = tallies.iter().zip(scorer.learned(question));
        weights.fold(hand.by_hand(question), |verdict, (tally, weights)| {
            tally.verdict(weights, &scorer.lexicon, text, verdict)
        })
    }

    fn by_hand(mut self, question: Question) -> Verdict<'d> {
        let (prior, band) = match question {
            Question::Text => (PRIOR_SENTIMENT, BAND_SENTIMENT),
            Question::Target | Question::Pair => (PRIOR_STANCE, BAND_STANCE),
        };
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
