//! Where is a form? A table with open addresses and linear probing.

use crate::parallel::fill_rows;
use crate::prefetch::prefetch;

use super::forms::NONE;

/// What a table holds: a form's key, its node and its uses.
pub(super) trait Place: Copy + Send {
    type Key: Copy;

    /// A place where none is.
    const EMPTY: Self;

    fn is_empty(&self) -> bool;

    /// 0 if the key tells for sure that this is its form.
    fn differs(&self, key: Self::Key) -> u64;

    /// The node of the word that the form counts as, or [`NONE`].
    fn node(&mut self) -> &mut u32;

    /// How often it was seen; stays at 4 billion.
    fn uses(&mut self) -> &mut u32;
}

/// Where a form belongs that is not there, unless another has come to this place, or the table has grown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vacant(usize);

/// How many forms are looked for at the same time: a bit for each.
pub(super) const AT_ONCE: usize = 64;

/// A form that is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<K> {
    pub(super) key: K,
    pub(super) home: u32,
    /// Which of the tokens that are read together it is.
    pub(super) at: u32,
}

/// Forms that are looked for in one table at the same time.
#[derive(Clone, Debug)]
pub(super) struct Lookups<K> {
    asked: [Asked<K>; AT_ONCE],
    n_asked: usize,
    /// A bit for each that was not at home.
    others: u64,
}

impl<K: Copy + Default> Default for Lookups<K> {
    fn default() -> Self {
        Self { asked: [Asked::default(); AT_ONCE], n_asked: 0, others: 0 }
    }
}

impl<K: Copy> Lookups<K> {
    /// Adds a form if it belongs here; otherwise the next is written over it.
    #[inline]
    pub(super) fn push(&mut self, asked: Asked<K>, belongs: bool) {
        self.asked[self.n_asked % AT_ONCE] = asked;
        self.n_asked += usize::from(belongs);
    }

    /// Takes out one of the forms that were not at home.
    #[inline]
    pub(super) fn next_other(&mut self) -> Option<Asked<K>> {
        let next = self.asked.get(self.others.trailing_zeros() as usize)?;
        self.others &= self.others - 1;
        Some(*next)
    }
}

/// Forms by their hashes.
///
/// It is our own for two reasons. [`count_at_home`](Self::count_at_home) looks many forms up at once,
/// each in one place and without a branch, so that the processor waits for many lines of memory at the
/// same time; of two forms that would lie in one place the more frequent does, so nearly all are found so.
/// And places follow the hash from its highest bits on, so that a table that grows or takes in another is
/// read and written from one end to the other, not here and there.
#[derive(Clone, Debug)]
pub(super) struct Places<P> {
    /// A power of two of them, or none.
    places: Vec<P>,
    taken: usize,
}

impl<P> Default for Places<P> {
    fn default() -> Self {
        Self { places: Vec::new(), taken: 0 }
    }
}

impl<P: Place> Places<P> {
    pub(super) fn len(&self) -> usize {
        self.taken
    }

    /// Where a form with a hash belongs, which is then on its way from memory; for
    /// [`count_at_home`](Self::count_at_home).
    #[inline]
    pub(super) fn fetch(&self, hash: u64) -> u32 {
        let home = self.home(hash);
        prefetch(&self.places, home);
        home as u32
    }

    /// Where a form with a hash belongs.
    #[inline]
    pub(super) fn home(&self, hash: u64) -> usize {
        (hash >> (64 - self.places.len().max(2).trailing_zeros())) as usize
    }

    /// Counts a use of each of a few forms that lies where its hash says. Puts their nodes into `nodes`; the
    /// forms that are left to be taken out are the others.
    #[inline]
    pub(super) fn count_at_home(
        &mut self,
        lookups: &mut Lookups<P::Key>,
        nodes: &mut [u32; AT_ONCE],
    ) {
        let asked = &lookups.asked[..lookups.n_asked];
        let mut others = 0;
        for (bit, &Asked { key, home, at }) in asked.iter().enumerate() {
            let place = &mut self.places[home as usize];
            let differs = place.differs(key);
            *place.uses() = place.uses().saturating_add(u32::from(differs == 0));
            nodes[at as usize % AT_ONCE] = *place.node();
            others |= u64::from(differs != 0) << bit;
        }
        (lookups.n_asked, lookups.others) = (0, others);
    }

    /// Counts some uses of a form, looked for from its home on, and gives its node, or the place where it
    /// belongs if it was not seen. A form that is `free` to move changes places with a rarer one that lies at its home.
    pub(super) fn count_from(
        &mut self,
        home: usize,
        uses: u32,
        free: bool,
        is: impl Fn(&P) -> bool,
    ) -> Result<u32, Vacant> {
        let last = self.places.len() - 1;
        let mut at = home;
        let place = loop {
            let place = &mut self.places[at];
            if place.is_empty() {
                return Err(Vacant(at));
            }
            if is(place) {
                break place;
            }
            at = (at + 1) & last;
        };
        *place.uses() = place.uses().saturating_add(uses);
        let (node, uses) = (*place.node(), *place.uses());
        // All places between the two are taken, so either is found from its home in both.
        if at != home && free && uses > *self.places[home].uses() {
            self.places.swap(at, home);
        }
        Ok(node)
    }

    /// Whether nothing has come to a place since.
    pub(super) fn is_vacant(&self, place: Vacant) -> bool {
        self.places[place.0].is_empty()
    }

    /// Adds a form that is not there, where it belongs.
    pub(super) fn insert(&mut self, place: Vacant, form: P) {
        self.places[place.0] = form;
        self.taken += 1;
    }

    /// Makes room for so many forms in all.
    pub(super) fn reserve(&mut self, n_forms: usize, hash: impl Fn(&P) -> u64) {
        // At most three quarters are full, so that what is not at home is near.
        self.grow(n_forms + n_forms / 3 + 1, hash);
    }

    /// Makes room for the forms of another table.
    pub(super) fn reserve_for(&mut self, other: &Self, hash: impl Fn(&P) -> u64) {
        // All at once, since they come in the order of their places, which fills a table that is too small from one
        // end. Many are here already, so a table that would be nearly full with all of them is large enough.
        let n_forms = self.taken + other.taken;
        self.grow(n_forms + n_forms / 8, hash);
    }

    fn grow(&mut self, n_places: usize, hash: impl Fn(&P) -> u64) {
        if n_places <= self.places.len() {
            return;
        }
        let n_places = n_places.next_power_of_two().max(64);
        let places = std::mem::replace(&mut self.places, vec![P::EMPTY; n_places]);
        for place in places.into_iter().filter(|place| !place.is_empty()) {
            let mut at = self.home(hash(&place));
            while !self.places[at].is_empty() {
                at = (at + 1) & (n_places - 1);
            }
            self.places[at] = place;
        }
    }

    /// Gives the nodes numbered from `first` on other numbers.
    pub(super) fn renumber(&mut self, first: u32, numbers: &[u32]) {
        fill_rows(&mut self.places, 1, 1 << 14, |_, places| {
            for node in places.iter_mut().filter(|place| !place.is_empty()).map(Place::node) {
                if *node != NONE && *node >= first {
                    *node = numbers[(*node - first) as usize];
                }
            }
        });
    }

    /// The form at a place.
    pub(super) fn at(&self, place: u32) -> &P {
        &self.places[place as usize]
    }

    /// All forms with their places, nearly in the order of their hashes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &P)> {
        (0..).zip(&self.places).filter(|(_, form)| !form.is_empty())
    }

    /// The longest way from where a form belongs to where it is.
    #[cfg(test)]
    pub(super) fn longest_way(&self, hash: impl Fn(&P) -> u64) -> usize {
        let last = self.places.len().saturating_sub(1);
        let way = |(at, form)| (at as usize).wrapping_sub(self.home(hash(form))) & last;
        self.iter().map(way).max().unwrap_or(0)
    }
}
