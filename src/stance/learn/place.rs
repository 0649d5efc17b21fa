//! Where does a word stand toward what the text is read for?

use std::ops::Range;

use super::super::reading::Sentence;
use super::super::rules::{Role, role_of};
use super::Subject;
use crate::text::words::Word;

/// Where a term stands. One term may have a weight at several places, and all of them count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Place {
    /// Anywhere in what is read, and not negated.
    Any,
    /// In reach of a negator.
    Negated,
    /// Before the target in its clause.
    Before,
    /// Behind the target in its clause.
    After,
    /// Behind the target as the one to whom it is done: "the target was …".
    Passive,
    /// Before the target as the one by whom it is done: "… by the target".
    By,
    /// Next to the target, before it.
    NextBefore,
    /// Next to the target, behind it.
    NextAfter,
    /// In another clause than the target.
    Apart,
    /// Inside the words that name the target.
    Inside,
    /// In what the target itself says.
    OwnWords,
    /// Between holder and target, the holder first.
    Toward,
    /// Between holder and target, the target first.
    Back,
    /// Outside holder and target, the holder first.
    Around,
    /// Outside holder and target, the target first.
    AroundBack,
    /// In capitals, in a text that is not all in capitals.
    Shouted,
    /// As the hand-made rules count it.
    Scored,
    /// As a share of all that the hand-made rules count.
    Share,
    /// An entry of the lexicon, wherever it counts, with its sign and strength after the rules.
    Entry,
}

/// How many places there are.
pub(super) const N_PLACES: usize = 19;

const PLACES: [(Place, &str); N_PLACES] = [
    (Place::Any, "any"),
    (Place::Negated, "negated"),
    (Place::Before, "before"),
    (Place::After, "after"),
    (Place::Passive, "passive"),
    (Place::By, "by"),
    (Place::NextBefore, "next-before"),
    (Place::NextAfter, "next-after"),
    (Place::Apart, "apart"),
    (Place::Inside, "inside"),
    (Place::OwnWords, "own-words"),
    (Place::Toward, "toward"),
    (Place::Back, "back"),
    (Place::Around, "around"),
    (Place::AroundBack, "around-back"),
    (Place::Shouted, "shouted"),
    (Place::Scored, "scored"),
    (Place::Share, "share"),
    (Place::Entry, "entry"),
];

impl Place {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        PLACES[self as usize].1
    }

    pub(super) fn numbered(number: u32) -> Self {
        PLACES[number as usize % N_PLACES].0
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        PLACES.iter().find(|(_, known)| *known == name).map(|&(place, _)| place)
    }
}

/// Words beside the target are at most this far from it.
const BESIDE: usize = 2;

/// A set of places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places(u32);

impl Places {
    const ALL: Self = Self(u32::MAX);

    pub(super) fn insert(&mut self, place: Place) {
        self.0 |= 1 << place as u32;
    }

    pub(super) fn has(self, place: Place) -> bool {
        self.0 & (1 << place as u32) != 0
    }

    pub(super) fn one(place: Place) -> Self {
        Self(1 << place as u32)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, place: Place) -> Self {
        Self(self.0 & !(1 << place as u32))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many places come before one.
    pub(super) fn rank(self, place: Place) -> u32 {
        (self.0 & ((1 << place as u32) - 1)).count_ones()
    }

    /// The places, in their order.
    pub(super) fn iter(self) -> impl Iterator<Item = Place> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| Place::numbered(left.trailing_zeros()));
            left &= left.wrapping_sub(1);
            next
        })
    }

    /// Whether it has a place that depends on where the target stands.
    fn depends(self) -> bool {
        const APART_FROM_IT: u32 = 1 << Place::Any as u32
            | 1 << Place::Negated as u32
            | 1 << Place::Shouted as u32
            | 1 << Place::Entry as u32;
        self.0 & !APART_FROM_IT != 0
    }
}

/// The places at which a term has a weight, and the number of its first weight, if weights are numbered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub(super) places: Places,
    pub(super) first: u32,
}

impl Wanted {
    /// Every place, with no weight yet.
    pub(super) const ALL: Self = Self { places: Places::ALL, first: 0 };

    pub(super) fn has(self, place: Place) -> bool {
        self.places.has(place)
    }

    /// The number of the weight at a place.
    #[inline]
    pub(super) fn weight(self, place: Place) -> u32 {
        self.first + self.places.rank(place)
    }
}

/// Tells the places of words of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Placing<'s> {
    pub(super) sentence: Sentence<'s>,
    pub(super) subject: &'s Subject<'s>,
}

impl Placing<'_> {
    /// The `wanted` places of words `from..to` that depend on where the subject stands.
    #[inline]
    pub(super) fn of(&self, from: usize, to: usize, wanted: Places) -> Places {
        if !wanted.depends() {
            return Places::default();
        }
        let found = match self.subject {
            Subject::Text => Places::default(),
            Subject::Target(mentions) => self.toward(mentions, (from, to), wanted),
            Subject::Pair { holder, target } => {
                let holder_first = holder.start <= target.start;
                let (first, last) = if holder_first { (holder, target) } else { (target, holder) };
                let between = first.end <= from && to <= last.start;
                Places::one(match (between, holder_first) {
                    (true, true) => Place::Toward,
                    (true, false) => Place::Back,
                    (false, true) => Place::Around,
                    (false, false) => Place::AroundBack,
                })
            }
        };
        found.and(wanted)
    }

    fn toward(
        &self,
        mentions: &[Range<usize>],
        (from, to): (usize, usize),
        wanted: Places,
    ) -> Places {
        let apart = |mention: &Range<usize>| {
            if to <= mention.start { mention.start - to } else { from.saturating_sub(mention.end) }
        };
        let nearest = match mentions {
            [only] => Some(only),
            _ => mentions.iter().min_by_key(|mention| apart(mention)),
        };
        let Some(mention) = nearest else { return Places::default() };
        if from < mention.end && mention.start < to {
            return Places::one(Place::Inside);
        }
        let words = self.sentence.words;
        if clause_of(words, from) != clause_of(words, mention.start) {
            return Places::one(Place::Apart);
        }
        let before = to <= mention.start;
        let (by_role, plain, role, next) = if before {
            (Place::By, Place::Before, Role::Agent, Place::NextBefore)
        } else {
            (Place::Passive, Place::After, Role::Patient, Place::NextAfter)
        };
        let mut places = Places::default();
        if wanted.has(by_role) || wanted.has(plain) {
            let played = role_of(&self.sentence, mention, from..to) == Some(role);
            places.insert(if played { by_role } else { plain });
        }
        if apart(mention) <= BESIDE {
            places.insert(next);
        }
        places
    }
}

fn clause_of(words: &[Word], at: usize) -> u32 {
    words.get(at).map_or(u32::MAX, |word| word.clause)
}
