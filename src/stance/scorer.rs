//! From a document to its sentences, and from sentences to a verdict.
//!
//! The rules of a sentence are applied once, then the rules of each target to what they left; the
//! formula from words to a score is in `tally.rs`.

use std::ops::Range;

use super::evidence::{Sentiment, Stance, Verdict};
use super::lexicon::Lexicon;
use super::reader::{Memory, StanceReader};
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
        self.toward_one(doc, mentions_of(&self.targets, doc, target))
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
        self.toward_one(doc, mention_at(doc, range))
    }

    /// What the actor at one byte range feels toward what is mentioned at another, as far as the
    /// sentences that hold both tell.
    pub fn score_between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: Range<usize>,
        target: Range<usize>,
    ) -> Stance<'d> {
        self.between_two(doc, &mention_at(doc, holder), mention_at(doc, target))
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
        self.between_two(doc, &holder, mentions_of(&self.targets, doc, target))
    }

    fn toward_one<'d, D: Document + ?Sized>(&'d self, doc: &'d D, target: Target) -> Stance<'d> {
        let verdict = self.toward(doc, Spoken::of(&target), &mut Memory::default());
        Stance { target, verdict }
    }

    fn between_two<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: &Target,
        target: Target,
    ) -> Stance<'d> {
        let mut memory = Memory::default();
        let verdict = self.between(doc, holder.mentions(), Spoken::of(&target), &mut memory);
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
        tally.sentiment()
    }

    pub(super) fn between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: &[Range<usize>],
        target: Spoken<'_>,
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let text = doc.text();
        let mut tally = Tally::in_memory(memory);
        let reading = &mut memory.reading;
        each_sentence(doc, |range| {
            let (holder, aim) = (starting_in(holder, &range), starting_in(target.mentions, &range));
            if holder.is_empty() || aim.is_empty() {
                return reading.skip(text, range);
            }
            let telling = self.read(text, &range, reading);
            let first = |of: &[Range<usize>]| {
                let mut words = of.iter().map(|mention| reading.words_within(mention));
                words.find(|words| !words.is_empty())
            };
            let (Some(holder), Some(aim)) = (first(holder), first(aim)) else { return };
            if telling {
                reading.read_names(text, &self.targets);
                let (sentence, weighed) = reading.parts(text);
                rules::direct(sentence, &self.lexicon, &holder, &aim, weighed);
                tally.take(reading, &range, self, text);
            }
            tally.close();
        });
        tally.verdict(target.kind)
    }

    pub(super) fn toward<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        target: Spoken<'_>,
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let mut tally = Tally::in_memory(memory);
        self.each_aim(doc, &[target], memory, |_, reading, range| {
            tally.take(reading, &range, self, doc.text());
            tally.close();
        });
        tally.verdict(target.kind)
    }

    /// The stance toward several targets in one reading of the document.
    fn toward_each<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        targets: Vec<Target>,
    ) -> Vec<Stance<'d>> {
        let mut tallies: Vec<Tally<'d>> = targets.iter().map(|_| Tally::default()).collect();
        let spoken: Vec<Spoken<'_>> = targets.iter().map(Spoken::of).collect();
        self.each_aim(doc, &spoken, &mut Memory::default(), |target, reading, range| {
            tallies[target].take(reading, &range, self, doc.text());
            tallies[target].close();
        });
        let verdicts = targets.into_iter().zip(tallies).map(|(target, tally)| {
            let verdict = tally.verdict(target.kind());
            Stance { target, verdict }
        });
        verdicts.collect()
    }

    /// Calls `each` with every sentence that speaks of a target, weighed for that target. Others are
    /// not read.
    fn each_aim<D: Document + ?Sized>(
        &self,
        doc: &D,
        targets: &[Spoken<'_>],
        memory: &mut Memory,
        mut each: impl FnMut(usize, &Reading, Range<usize>),
    ) {
        let text = doc.text();
        let Memory { reading, spoken_of, here, mentions, unaimed, .. } = memory;
        in_order(targets.iter().map(|target| target.mentions), spoken_of);
        each_sentence(doc, |range| {
            here.clear();
            let inside = starting_inside(spoken_of, &range).iter();
            here.extend(inside.filter(|(mention, _)| mention.end <= range.end).cloned());
            if here.is_empty() {
                return reading.skip(text, range);
            }
            here.sort_unstable_by_key(|(mention, target)| (*target, mention.start, mention.end));
            if self.read(text, &range, reading) {
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
                reading.weighed.clone_from(unaimed);
                let target = of_one[0].1;
                let named = targets[target].kind != TargetKind::Topic;
                let (sentence, weighed) = reading.parts(text);
                rules::aim(self.rules, sentence, &self.lexicon, &Aim { mentions, named }, weighed);
                each(target, reading, range.clone());
            }
        });
    }

    /// Reads a sentence and applies the rules of the sentence; whether it holds a polar entry.
    pub(super) fn read(&self, text: &str, range: &Range<usize>, reading: &mut Reading) -> bool {
        reading.read(text, range.clone(), &self.lexicon, &self.matcher);
        let found = !reading.weighed.is_empty();
        if found {
            let (sentence, weighed) = reading.parts(text);
            rules::apply(self.rules, sentence, weighed);
        }
        found
    }
}

/// Where a target is spoken of, in the order of the text, and what kind of target it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken<'m> {
    pub(super) mentions: &'m [Range<usize>],
    pub(super) kind: TargetKind,
}

impl<'m> Spoken<'m> {
    fn of(target: &'m Target) -> Self {
        Self { mentions: target.mentions(), kind: target.kind() }
    }
}

/// A mention and the number of its target.
pub(super) type Numbered = (Range<usize>, usize);

/// Replaces `spoken_of` by all mentions in the order of the text, so that those of a sentence lie together.
pub(super) fn in_order<'m>(
    targets: impl Iterator<Item = &'m [Range<usize>]>,
    spoken_of: &mut Vec<Numbered>,
) {
    spoken_of.clear();
    for (target, found) in targets.enumerate() {
        spoken_of.extend(found.iter().map(|mention| (mention.clone(), target)));
    }
    spoken_of.sort_unstable_by_key(|(mention, target)| (mention.start, *target));
}

/// The mentions of several targets, which are in order, that start in a range.
pub(super) fn starting_inside<'m>(
    spoken_of: &'m [Numbered],
    range: &Range<usize>,
) -> &'m [Numbered] {
    let from = spoken_of.partition_point(|(mention, _)| mention.start < range.start);
    let to = spoken_of.partition_point(|(mention, _)| mention.start < range.end);
    &spoken_of[from..to.max(from)]
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
