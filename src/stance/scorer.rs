//! From a document to its sentences, and from sentences to a verdict.
//!
//! The rules of a sentence are applied once, then the rules of each target to what they left; the
//! formula from words to a score is in `tally.rs`.

use std::ops::Range;

use super::cues::mark_cues;
use super::entry::Sense;
use super::evidence::{Sentiment, Stance, Verdict};
use super::learn::{LearnedLexicon, Question, Subject, Terms};
use super::lexicon::Lexicon;
use super::reader::{Memory, StanceReader};
use super::reading::Reading;
use super::rule_set::{Rule, Rules};
use super::rules::{self, Aim};
use super::spoken::{Spoken, in_order, mention_at, starting_in, starting_inside};
use super::stacked::Stacked;
use super::tally::Tally;
use crate::article::{Document, each_sentence};
use crate::targets::{Gazetteer, Target, Targets, mentions_of};
use crate::text::matcher::Matcher;

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
    senses: Vec<Sense>,
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
    fn of(&self, question: Question) -> &[LearnedLexicon] {
        match question {
            Question::Text => &self.text,
            Question::Target => &self.target,
            Question::Pair => &self.pair,
        }
    }

    /// Whether sentences without an entry matter too.
    fn wants_all(&self, question: Question) -> bool {
        self.studied || !self.of(question).is_empty()
    }
}

impl StanceScorer {
    /// With the built-in lexicon, gazetteer, all rules, and weights learned from rated sentences
    /// (`docs/learning.md` says which, and how). It judges better than [`hand`](Self::hand) and explains itself
    /// as well; its neutral band follows what the text says.
    pub fn news() -> Self {
        Self::hand().with_news()
    }

    /// With the weights of [`news`](Self::news) on top of what it has.
    #[must_use]
    pub fn with_news(self) -> Self {
        // The tables are part of the crate, and a test reads each of them strictly.
        let tables = LEARNED.iter().filter_map(|table| LearnedLexicon::from_tsv(table).ok());
        tables.fold(self, Self::with_learned)
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
        self.learned.of(question)
    }

    /// The same scorer for a learner to read with.
    pub(super) fn studied(mut self) -> Self {
        self.learned.studied = true;
        self
    }

    /// Gives the words of terms numbers.
    pub(super) fn join(&mut self, terms: &mut Terms) {
        terms.join(&mut self.matcher, &self.lexicon, |_| true);
    }

    /// The same scorer without learned weights.
    #[must_use]
    pub fn without_learned(mut self) -> Self {
        self.learned = Learned::default();
        self
    }

    /// With a lexicon, gazetteer and rules of your own.
    pub fn new(lexicon: Lexicon, gazetteer: Gazetteer, rules: Rules) -> Self {
        let mut matcher = lexicon.matcher();
        mark_cues(&mut matcher);
        let senses = lexicon.senses();
        let targets = Targets::with_gazetteer(gazetteer);
        targets.mark_kinds(&mut matcher);
        Self { lexicon, matcher, senses, targets, rules, learned: Learned::default() }
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
        let mut tally = Stacked::in_memory(memory);
        self.each_text(doc, memory, |reading| tally.take(text, reading, &Subject::Text, self));
        tally.verdict(self, Question::Text, Tally::sentiment, memory)
    }

    pub(super) fn between<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        holder: &[Range<usize>],
        target: Spoken<'_>,
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let text = doc.text();
        let mut tally = Stacked::in_memory(memory);
        self.each_pair(doc, holder, target, memory, |reading, subject| {
            tally.take(text, reading, subject, self);
        });
        tally.verdict(self, Question::Pair, |hand| hand.verdict(target.kind), memory)
    }

    pub(super) fn toward<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        target: Spoken<'_>,
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let text = doc.text();
        let mut tally = Stacked::in_memory(memory);
        self.each_aim(doc, &[target], memory, |_, reading, subject| {
            tally.take(text, reading, subject, self);
        });
        tally.verdict(self, Question::Target, |hand| hand.verdict(target.kind), memory)
    }

    /// The stance toward several targets in one reading of the document.
    fn toward_each<'d, D: Document + ?Sized>(
        &'d self,
        doc: &'d D,
        targets: Vec<Target>,
    ) -> Vec<Stance<'d>> {
        let (text, mut memory) = (doc.text(), Memory::default());
        let mut tallies: Vec<Stacked<'d>> = targets.iter().map(|_| Stacked::default()).collect();
        let spoken: Vec<Spoken<'_>> = targets.iter().map(Spoken::of).collect();
        self.each_aim(doc, &spoken, &mut memory, |target, reading, subject| {
            tallies[target].take(text, reading, subject, self);
        });
        let verdicts = targets.into_iter().zip(tallies).map(|(target, tally)| {
            let by_hand = |hand: Tally<'d>| hand.verdict(target.kind());
            let verdict = tally.verdict(self, Question::Target, by_hand, &mut memory);
            Stance { target, verdict }
        });
        verdicts.collect()
    }

    /// Calls `each` with every sentence that tells how the text sounds.
    pub(super) fn each_text<D: Document + ?Sized>(
        &self,
        doc: &D,
        memory: &mut Memory,
        mut each: impl FnMut(&Reading),
    ) {
        let (text, reading) = (doc.text(), &mut memory.reading);
        let all = self.learned.wants_all(Question::Text);
        self.each_sentence(doc, |range, is_behind_lead| {
            reading.is_behind_lead = is_behind_lead;
            if self.read(text, &range, reading) || all {
                each(reading);
            }
        });
    }

    /// Calls `each` with every sentence that speaks of both, weighed for what the holder feels. Others
    /// are not read.
    pub(super) fn each_pair<D: Document + ?Sized>(
        &self,
        doc: &D,
        holder: &[Range<usize>],
        target: Spoken<'_>,
        memory: &mut Memory,
        mut each: impl FnMut(&Reading, &Subject<'_>),
    ) {
        let (text, reading) = (doc.text(), &mut memory.reading);
        let all = self.learned.wants_all(Question::Pair);
        self.each_sentence(doc, |range, is_behind_lead| {
            reading.is_behind_lead = is_behind_lead;
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
            if telling || all {
                reading.read_names(text, &self.targets);
                let (sentence, weighed) = reading.parts(text);
                rules::direct(&sentence, &self.lexicon, &holder, &aim, weighed);
            }
            each(reading, &Subject::Pair { holder, target: aim });
        });
    }

    /// Calls `each` with every sentence that speaks of a target, weighed for that target. Others are
    /// not read.
    pub(super) fn each_aim<D: Document + ?Sized>(
        &self,
        doc: &D,
        targets: &[Spoken<'_>],
        memory: &mut Memory,
        mut each: impl FnMut(usize, &Reading, &Subject<'_>),
    ) {
        let text = doc.text();
        in_order(targets.iter().map(|target| target.mentions), &mut memory.spoken_of);
        self.each_sentence(doc, |range, is_behind_lead| {
            memory.reading.is_behind_lead = is_behind_lead;
            self.aim_in(text, range, targets, memory, &mut each);
        });
    }

    /// Calls `each` with the sentence at a range, if it speaks of a target, weighed for each that it speaks of.
    fn aim_in(
        &self,
        text: &str,
        range: Range<usize>,
        targets: &[Spoken<'_>],
        memory: &mut Memory,
        each: &mut dyn FnMut(usize, &Reading, &Subject<'_>),
    ) {
        let Memory { reading, spoken_of, here, mentions, unaimed, .. } = memory;
        here.clear();
        let inside = starting_inside(spoken_of, &range).iter();
        here.extend(inside.filter(|(mention, _)| mention.end <= range.end).cloned());
        if here.is_empty() {
            return reading.skip(text, range);
        }
        here.sort_unstable_by_key(|(mention, target)| (*target, mention.start, mention.end));
        let mut fresh = !reading.holds(text, &range);
        if fresh {
            if self.read(text, &range, reading) || self.learned.wants_all(Question::Target) {
                reading.read_names(text, &self.targets);
            }
            unaimed.clone_from(&reading.weighed);
            reading.hold(text);
        }
        for of_one in here.chunk_by(|(_, a), (_, b)| a == b) {
            mentions.clear();
            mentions.extend(of_one.iter().map(|(mention, _)| reading.words_within(mention)));
            mentions.retain(|words: &Range<usize>| !words.is_empty());
            if mentions.is_empty() {
                continue;
            }
            // The rules of a target change what those of the sentence left.
            if !std::mem::take(&mut fresh) {
                reading.weighed.clone_from(unaimed);
            }
            let target = of_one[0].1;
            let aim = Aim::at(mentions, targets[target].kind);
            let (sentence, weighed) = reading.parts(text);
            rules::aim(self.rules, &sentence, &self.lexicon, &aim, weighed);
            each(target, reading, &Subject::Target(mentions));
        }
    }

    /// Calls `each` with every sentence of a document, and whether it stands behind a lead that counts more.
    pub(super) fn each_sentence<D: Document + ?Sized>(
        &self,
        doc: &D,
        mut each: impl FnMut(Range<usize>, bool),
    ) {
        let weighs = self.rules.contains(Rule::Lead);
        each_sentence(doc, |range, in_lead| each(range, weighs && !in_lead));
    }

    /// Reads a sentence and applies the rules of the sentence; whether it holds a polar entry.
    pub(super) fn read(&self, text: &str, range: &Range<usize>, reading: &mut Reading) -> bool {
        reading.read(text, range.clone(), &self.matcher, &self.senses);
        let found = !reading.weighed.is_empty();
        if found {
            let (sentence, weighed) = reading.parts(text);
            reading.voices = Some(rules::apply(self.rules, &sentence, weighed));
        }
        found
    }
}
