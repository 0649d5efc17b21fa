//! The tally of the hand-made rules, and the learned lexicons on top of it.

use super::evidence::Verdict;
use super::learn::{LearnedTally, Question, Scratch, Subject};
use super::reader::Memory;
use super::reading::Reading;
use super::scorer::StanceScorer;
use super::tally::Tally;

/// What the rules and each learned lexicon make of a document, on its way to a verdict.
#[derive(Default)]
pub(super) struct Stacked<'d> {
    hand: Tally<'d>,
    /// As many as there are learned lexicons for the question, and in a used memory perhaps more.
    learned: Vec<LearnedTally<'d>>,
    scratch: Option<Box<Scratch>>,
}

impl<'d> Stacked<'d> {
    /// For another text.
    pub(super) fn in_memory(memory: &mut Memory) -> Self {
        let (learned, scratch) = (std::mem::take(&mut memory.learned), memory.scratch.take());
        Self { hand: Tally::in_memory(memory), learned, scratch }
    }

    /// Takes over what the rules left of the entries in a sentence, and what has a learned weight.
    pub(super) fn take(
        &mut self,
        text: &'d str,
        reading: &Reading,
        subject: &Subject<'_>,
        scorer: &'d StanceScorer,
    ) {
        let question = subject.question();
        self.hand.take(reading, &reading.range(), scorer, text);
        if question != Question::Text {
            self.hand.close();
        }
        let learned = scorer.learned(question);
        if learned.is_empty() {
            return;
        }
        let scratch = self.scratch.get_or_insert_default();
        if self.learned.len() < learned.len() {
            self.learned.resize_with(learned.len(), LearnedTally::default);
        }
        for (tally, learned) in self.learned.iter_mut().zip(learned) {
            tally.take(text, reading, subject, (learned, scorer.lexicon()), scratch);
        }
    }

    /// The verdict of the rules, and of each learned lexicon upon the one before it.
    pub(super) fn verdict(
        mut self,
        scorer: &'d StanceScorer,
        question: Question,
        by_hand: impl FnOnce(Tally<'d>) -> Verdict<'d>,
        memory: &mut Memory,
    ) -> Verdict<'d> {
        let mut verdict = by_hand(self.hand);
        for (tally, learned) in self.learned.iter_mut().zip(scorer.learned(question)) {
            verdict = tally.verdict(learned, verdict);
        }
        // The standard library collects in place.
        memory.scratch = self.scratch;
        memory.learned = self.learned.into_iter().map(LearnedTally::restarted).collect();
        verdict
    }
}
