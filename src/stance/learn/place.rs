//! Where may a term stand toward what the text is read for?

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

/// A set of places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places(u32);

impl Places {
    pub(super) const fn of(places: &[Place]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < places.len() {
            bits |= 1 << places[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    pub(super) const fn one(place: Place) -> Self {
        Self(1 << place as u32)
    }

    /// The number of the first place, [`N_PLACES`] if there is none.
    pub(super) fn first(self) -> usize {
        (self.0 | 1 << N_PLACES).trailing_zeros() as usize
    }

    /// A bit for the number of each place.
    pub(super) fn bits(self) -> u32 {
        self.0
    }

    /// The places with these numbers.
    pub(super) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    pub(super) fn has(self, place: Place) -> bool {
        self.0 & (1 << place as u32) != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, place: Place) -> Self {
        self.less(Self::one(place))
    }

    /// One of two sets, without a branch.
    #[inline]
    pub(super) fn either(holds: bool, then: Self, otherwise: Self) -> Self {
        let mask = u32::from(holds).wrapping_neg();
        Self(then.0 & mask | otherwise.0 & !mask)
    }

    /// Without those of others.
    pub(super) fn less(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// With a place as well, if that holds.
    pub(super) fn with(self, place: Place, holds: bool) -> Self {
        Self(self.0 | u32::from(holds) << place as u32)
    }

    /// With some places taken out and some put in, those that were not there, if that holds.
    pub(super) fn swapped(self, places: Self, holds: bool) -> Self {
        Self(self.0 ^ places.0 & u32::from(holds).wrapping_neg())
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
}

/// Next to a target.
pub(super) const NEXT: Places = Places::of(&[Place::NextBefore, Place::NextAfter]);
