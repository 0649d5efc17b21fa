//! How is text after text scored without asking for memory each time?

use std::ops::Range;

use super::evidence::{Evidence, Scored};
use super::learn::{LearnedTally, Scratch};
use super::reading::{Reading, Weighed};
use super::scorer::StanceScorer;
use super::spoken::{Numbered, Spoken};
use crate::article::Document;
use crate::targets::TargetKind;

/// Scores text after text in the same memory, from [`StanceScorer::reader`].
///
/// The scores are those of the scorer, reasons and all. They lie in the reader until it reads on, and
/// once its memory has grown to the longest sentence and the most evidence, reading plain sentences
/// allocates nothing. (Text of several lines is first looked at for wrapped paragraphs, which does.)
/// A sentence that is asked about again for another target is not read again. Give each thread a reader of its own; one costs nothing to make.
///
/// ```
/// use undertone::{Label, StanceScorer};
///
/// let scorer = StanceScorer::news();
/// let mut reader = scorer.reader();
/// for (text, label) in [
///     ("Elmland signed a fair and honest treaty.", Label::Positive),
///     ("Elmland broke its promise.", Label::Negative),
/// ] {
///     let stance = reader.score_toward(text, 0..7);
///     assert_eq!(stance.label(), label);
///     assert!(!stance.evidence().is_empty());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct StanceReader<'s> {
    scorer: &'s StanceScorer,
    memory: Memory,
}

/// What scoring needs room for.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) reading: Reading,
    /// Every mention and whose it is; those in the sentence; of one target, in words.
    pub(super) spoken_of: Vec<Numbered>,
    pub(super) here: Vec<Numbered>,
    pub(super) mentions: Vec<Range<usize>>,
    /// What the entries of the sentence that is read, or held, weigh before a target is looked at.
    pub(super) unaimed: Vec<Weighed>,
    /// For each learned lexicon.
    pub(super) learned: Vec<LearnedTally<'static>>,
    pub(super) scratch: Option<Box<Scratch>>,
    /// Empty; only its memory counts.
    pub(super) evidence: Vec<Evidence<'static>>,
}

impl<'s> StanceReader<'s> {
    pub(super) fn new(scorer: &'s StanceScorer) -> Self {
        Self { scorer, memory: Memory::default() }
    }

    /// The scorer that the reader reads for.
    pub fn scorer(&self) -> &'s StanceScorer {
        self.scorer
    }

    /// How a document sounds, as [`StanceScorer::sentiment`].
    pub fn sentiment<'d, D: Document + ?Sized>(&mut self, doc: &'d D) -> Scored<'_, 'd>
    where
        's: 'd,
    {
        let verdict = self.scorer.sound(doc, &mut self.memory);
        Scored::new(verdict, &mut self.memory.evidence)
    }

    /// How a document stands toward what is mentioned at a byte range of its text, as
    /// [`StanceScorer::score_toward`]. A range that does not fit the text has no evidence.
    pub fn score_toward<'d, D: Document + ?Sized>(
        &mut self,
        doc: &'d D,
        range: Range<usize>,
    ) -> Scored<'_, 'd>
    where
        's: 'd,
    {
        let target = fitting(doc.text(), &range);
        let verdict = self.scorer.toward(doc, target, &mut self.memory);
        Scored::new(verdict, &mut self.memory.evidence)
    }

    /// What the actor at one byte range feels toward what is mentioned at another, as
    /// [`StanceScorer::score_between`].
    pub fn score_between<'d, D: Document + ?Sized>(
        &mut self,
        doc: &'d D,
        holder: Range<usize>,
        target: Range<usize>,
    ) -> Scored<'_, 'd>
    where
        's: 'd,
    {
        let (holder, target) = (fitting(doc.text(), &holder), fitting(doc.text(), &target));
        let verdict = self.scorer.between(doc, holder.mentions, target, &mut self.memory);
        Scored::new(verdict, &mut self.memory.evidence)
    }
}

/// The mention at a range, if it fits the text.
fn fitting<'m>(text: &str, range: &'m Range<usize>) -> Spoken<'m> {
    let fits = text.get(range.clone()).is_some_and(|name| !name.is_empty());
    let mentions = if fits { std::slice::from_ref(range) } else { &[] };
    Spoken { mentions, kind: TargetKind::Name }
}
