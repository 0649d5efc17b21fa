//! Where does each word of a sentence stand toward what the text is read for?
//!
//! Every word is told in one go, side after side, so that a term asks for no more than what is noted at its words.

use std::ops::Range;

use super::super::cues::{BY, PASSIVE};
use super::super::entry::EntryClass;
use super::super::reading::Sentence;
use super::super::rules::{BE_BEFORE, is_doer, is_passive};
use super::Subject;
use super::place::{NEXT, Place, Places};
use crate::text::words::Shape;

/// A negator reaches this many words past itself.
const REACH: usize = 4;

/// A word or two may stand between a term and the target that it is next to.
const BESIDE: usize = 2;

/// What a word is by itself.
const ALONE: Places = Places::of(&[Place::Any, Place::Negated, Place::Shouted]);
/// Where it stands toward a target in its clause.
const SIDE: Places = Places::of(&[
    Place::Before,
    Place::After,
    Place::Passive,
    Place::By,
    Place::NextBefore,
    Place::NextAfter,
]);
const FRONT: Places = Places::of(&[Place::Before, Place::By]);
/// Far before a target, next to it, in it, next to it behind it, far behind it.
const ZONES: [Places; 5] = [
    Places::one(Place::Before),
    Places::of(&[Place::Before, Place::NextBefore]),
    Places::one(Place::Inside),
    Places::of(&[Place::After, Place::NextAfter]),
    Places::one(Place::After),
];
const BETWEEN: Places = Places::of(&[Place::Toward, Place::Back]);
const AROUND: Places = Places::of(&[Place::Around, Place::AroundBack]);

/// The places of the words of a sentence. A word of another clause than the target is [`Place::Apart`] and has its
/// side noted as well.
#[derive(Clone, Debug, Default)]
pub(super) struct Placing {
    words: Vec<Places>,
    /// The places of each word as a term.
    single: Vec<Places>,
}

impl Placing {
    /// Reads a sentence.
    pub(super) fn read(&mut self, sentence: &Sentence<'_>, subject: &Subject<'_>) {
        self.alone(sentence);
        match subject {
            Subject::Text => {}
            Subject::Target(mentions) => self.toward_nearest(sentence, mentions),
            Subject::Pair { holder, target } => self.between(holder, target),
        }
        let Self { words, single } = self;
        single.clear();
        single.extend(words.iter().map(|&word| word.and(ALONE).or(side(word, word))));
    }

    /// The places of a word, or of several that are one.
    #[inline]
    pub(super) fn single(&self, from: usize, to: usize) -> Places {
        if from + 1 == to {
            return self.single.get(from).copied().unwrap_or_default();
        }
        self.at(from).and(ALONE).without(Place::Shouted).or(self.side(from, to))
    }

    /// The places of words beside each other.
    #[inline]
    pub(super) fn pair(&self, from: usize, to: usize) -> Places {
        Places::one(Place::Any).or(self.side(from, to).less(NEXT).without(Place::Inside))
    }

    /// The places of an entry: whether it is negated is for the rules to say.
    pub(super) fn entry(&self, from: usize, to: usize) -> Places {
        let shouted = self.at(from).and(Places::one(Place::Shouted));
        Places::one(Place::Any).or(shouted).or(self.side(from, to))
    }

    #[inline]
    fn at(&self, word: usize) -> Places {
        self.words.get(word).copied().unwrap_or_default()
    }

    #[inline]
    fn side(&self, from: usize, to: usize) -> Places {
        side(self.at(from), self.at(to.wrapping_sub(1)))
    }

    /// What each word is by itself.
    fn alone(&mut self, sentence: &Sentence<'_>) {
        let mut has_lower = false;
        self.words.clear();
        self.words.extend(sentence.words.iter().map(|word| {
            has_lower |= word.shape == Shape::Lower;
            Places::one(Place::Any).with(Place::Shouted, word.shape == Shape::Upper)
        }));
        // Where all is in capitals, nothing is shouted.
        if !has_lower {
            self.words.fill(Places::one(Place::Any));
        }
        if sentence.holds(EntryClass::Negator) {
            self.negate(sentence);
        }
    }

    fn negate(&mut self, sentence: &Sentence<'_>) {
        for negator in sentence.of(EntryClass::Negator) {
            for at in negator.to..(negator.to + REACH).min(self.words.len()) {
                if sentence.same_clause(negator.from, at) {
                    let word = &mut self.words[at];
                    *word = word.without(Place::Any).or(Places::one(Place::Negated));
                }
            }
        }
    }

    /// Where the words of a part of the sentence stand toward a mention. All are told without a branch, since where the
    /// target stands could not be guessed.
    fn toward(&mut self, sentence: &Sentence<'_>, mention: &Range<usize>, part: Range<usize>) {
        let Range { start, end } = *mention;
        let Some(clause) = sentence.words.get(start).map(|word| word.clause) else { return };
        let by = by_before(sentence, start);
        let (from, to) = (part.start, part.end);
        let words = sentence.words[from..to].iter().zip(&mut self.words[from..to]);
        let (near, far) = (start.saturating_sub(BESIDE + 1), end + BESIDE + 1);
        for (at, (word, noted)) in (from..).zip(words) {
            let zone = usize::from(at >= near)
                + usize::from(at >= start)
                + usize::from(at >= end)
                + usize::from(at >= far);
            let side = ZONES[zone].swapped(FRONT, at < by);
            *noted = noted.or(side).with(Place::Apart, word.clause != clause);
        }
        if sentence.any_cue & PASSIVE != 0 {
            self.passive(sentence, end.max(from)..to);
        }
    }

    /// Notes which verbs behind the target say what is done to it.
    fn passive(&mut self, sentence: &Sentence<'_>, behind: Range<usize>) {
        let Range { start, end } = behind;
        for be in (start.saturating_sub(BE_BEFORE)..end).filter(|&at| sentence.is(PASSIVE, at)) {
            for verb in (be + 1).max(start)..(be + 1 + BE_BEFORE).min(end) {
                if is_passive(sentence, verb) {
                    let word = &mut self.words[verb];
                    *word = word.without(Place::After).or(Places::one(Place::Passive));
                }
            }
        }
    }

    /// Each word toward the mention that is nearest, of two the first.
    fn toward_nearest(&mut self, sentence: &Sentence<'_>, mentions: &[Range<usize>]) {
        let mut from = 0;
        let mut outer = outermost(mentions).peekable();
        while let Some(mention) = outer.next() {
            let to = outer.peek().map_or(self.words.len(), |next| {
                // As many words are nearer to each.
                mention.end + next.start.saturating_sub(mention.end).div_ceil(2)
            });
            let to = to.clamp(from, self.words.len());
            self.toward(sentence, mention, from..to);
            from = to;
        }
    }

    /// Whether words stand between holder and target.
    fn between(&mut self, holder: &Range<usize>, target: &Range<usize>) {
        let holder_first = holder.start <= target.start;
        let (first, last) = if holder_first { (holder, target) } else { (target, holder) };
        let (inner, outer) = if holder_first {
            (Place::Toward, Place::Around)
        } else {
            (Place::Back, Place::AroundBack)
        };
        for (at, noted) in self.words.iter_mut().enumerate() {
            let between = first.end <= at && at < last.start;
            *noted = noted.or(Places::one(if between { inner } else { outer }));
        }
    }
}

/// Mentions, which are in order, but for those inside earlier ones.
fn outermost(mentions: &[Range<usize>]) -> impl Iterator<Item = &Range<usize>> {
    let mut told = 0;
    mentions.iter().filter(move |mention| {
        let is_outer = mention.end > told;
        told = told.max(mention.end);
        is_outer
    })
}

/// The word before which a "by" makes what stands there done by the target at a word; 0 without one.
fn by_before(sentence: &Sentence<'_>, target: usize) -> usize {
    if sentence.any_cue & BY == 0 {
        return 0;
    }
    (0..target).rev().find(|&at| is_doer(sentence, at)).unwrap_or(0)
}

/// The side of what starts with one word and ends with another. Before the target its end tells, behind it its start;
/// and it stands between two where both do.
#[inline]
#[allow(clippy::needless_bitwise_bool)] // That is how none of it is a branch.
fn side(first: Places, last: Places) -> Places {
    let (behind, last_behind) = (first.and(FRONT).is_empty(), last.and(FRONT).is_empty());
    // Part of the target, or the target part of it.
    let inside = first.or(last).has(Place::Inside) | (!behind & last_behind);
    let both = first.and(last).and(BETWEEN);
    let around = first.or(last).and(AROUND);
    let told = Places::either(behind, first, last).and(SIDE);
    let pair = Places::either(both.is_empty(), around, both);
    let apart = Places::either(first.has(Place::Apart), Places::one(Place::Apart), told.or(pair));
    Places::either(inside, Places::one(Place::Inside), apart)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::super::reading::Reading;
    use super::super::super::rules::{Role, role_of};
    use super::super::super::scorer::StanceScorer;
    use super::*;

    static SCORER: LazyLock<StanceScorer> = LazyLock::new(StanceScorer::hand);

    const WORDS: [&str; 20] = [
        "Elmland",
        "was",
        "not",
        "attacked",
        "by",
        "the",
        "BAD",
        "mayor",
        "and",
        "Baku",
        "praised",
        "often",
        "quickly",
        "winning",
        "is",
        "criticised",
        "but",
        "with",
        "never",
        "being",
    ];

    /// A place as its documentation has it, of a word or of two.
    fn side_of(sentence: &Sentence<'_>, mention: &Range<usize>, from: usize, to: usize) -> Places {
        if from < mention.end && mention.start < to {
            return Places::one(Place::Inside);
        }
        if sentence.words[from].clause != sentence.words[mention.start].clause {
            return Places::one(Place::Apart);
        }
        let role = role_of(sentence, mention, from..to);
        let before = to <= mention.start;
        let apart = if before { mention.start - to } else { from - mention.end };
        let (side, next) = match (before, role) {
            (true, Some(Role::Agent)) => (Place::By, Place::NextBefore),
            (true, _) => (Place::Before, Place::NextBefore),
            (false, Some(Role::Patient)) => (Place::Passive, Place::NextAfter),
            (false, _) => (Place::After, Place::NextAfter),
        };
        Places::one(side).with(next, apart <= BESIDE)
    }

    /// In reach of a negator of its clause.
    fn is_negated(sentence: &Sentence<'_>, at: usize) -> bool {
        sentence.of(EntryClass::Negator).any(|negator| {
            at >= negator.to && at - negator.to < REACH && sentence.same_clause(negator.from, at)
        })
    }

    proptest! {
        /// What is told in one go is what each place means.
        #[test]
        fn places_are_what_they_mean(
            written in prop::collection::vec((0..WORDS.len(), any::<bool>()), 1..16),
            start in 0..16_usize,
            length in 1..3_usize,
        ) {
            let comma = |(word, comma): &(usize, bool)| format!("{}{} ", WORDS[*word], if *comma { "," } else { "" });
            let text: String = written.iter().map(comma).collect();
            let mut reading = Reading::default();
            SCORER.read(&text, &(0..text.len()), &mut reading);
            let n_words = reading.words().len();
            let mention = start % n_words..(start % n_words + length).min(n_words);
            let sentence = reading.sentence(&text);
            let mut placing = Placing::default();
            placing.read(&sentence, &Subject::Target(std::slice::from_ref(&mention)));
            let has_lower = sentence.words.iter().any(|word| word.shape == Shape::Lower);
            for at in 0..n_words {
                let plain = if is_negated(&sentence, at) { Place::Negated } else { Place::Any };
                let shouted = has_lower && sentence.words[at].shape == Shape::Upper;
                let expected = Places::one(plain)
                    .with(Place::Shouted, shouted)
                    .or(side_of(&sentence, &mention, at, at + 1));
                prop_assert_eq!(placing.single(at, at + 1), expected, "{} {}", text, at);
                if at + 1 < n_words {
                    let side = side_of(&sentence, &mention, at, at + 2);
                    let expected = Places::one(Place::Any).or(side.less(NEXT).without(Place::Inside));
                    prop_assert_eq!(placing.pair(at, at + 2), expected, "{} {}", text, at);
                }
            }
        }
    }
}
