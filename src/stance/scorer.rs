//! From a document to its sentences, and from sentences to a verdict.
//!
//! The rules of a sentence are applied once, then the rules of each target to what they left; the
//! formula from words to a score is in `tally.rs`.

use std::ops::Range;

use super::evidence::{Sentiment, Stance};
use super::lexicon::Lexicon;
use super::reading::Reading;
use super::rule_set::Rules;
use super::rules::{self, Aim};
use super::tally::Tally;
use crate::article::{Document, each_sentence};
use crate::targets::{Gazetteer, Target, TargetKind, Targets, mentions_of};
use crate::text::matcher::Matcher;

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
        Sentiment { verdict: tally.sentiment() }
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
            reading.read_names(text, &self.targets);
            let (sentence, weighed) = reading.parts(text);
            rules::direct(sentence, &self.lexicon, &holder, &target, weighed);
            tally.take(reading, &range, self, text);
            tally.close();
        });
        let verdict = tally.verdict(target.kind());
        Stance { target, verdict }
    }

    fn toward<'d, D: Document + ?Sized>(&'d self, doc: &'d D, target: Target) -> Stance<'d> {
        let mut tally = Tally::default();
        self.each_aim(doc, std::slice::from_ref(&target), |_, reading, range| {
            tally.take(reading, &range, self, doc.text());
            tally.close();
        });
        let verdict = tally.verdict(target.kind());
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
            let verdict = tally.verdict(target.kind());
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
        let spoken_of = in_order(targets);
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
    pub(super) fn each_sentence<D: Document + ?Sized>(
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

/// All mentions in the order of the text, so that those of a sentence lie together, each with the
/// number of its target.
pub(super) fn in_order(targets: &[Target]) -> Vec<(&Range<usize>, usize)> {
    let mut spoken_of: Vec<(&Range<usize>, usize)> = Vec::new();
    for (target, found) in targets.iter().enumerate() {
        spoken_of.extend(found.mentions().iter().map(|mention| (mention, target)));
    }
    spoken_of.sort_unstable_by_key(|(mention, target)| (mention.start, *target));
    spoken_of
}

/// The target that a caller points at; it has no mention where the range does not fit the text.
fn mention_at<D: Document + ?Sized>(doc: &D, range: Range<usize>) -> Target {
    let text = doc.text();
    match text.get(range.clone()).filter(|name| !name.is_empty()) {
        Some(name) => Target::new(name.to_string(), TargetKind::Name, vec![range], text),
        None => Target::new(String::new(), TargetKind::Name, Vec::new(), text),
    }
}
