//! Which written forms were seen? Found again at little cost.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::parallel::fill_rows;
use crate::prefetch::prefetch;
use crate::text::TokenKind;

/// A word that does not count, or the prefix that a single word does not have.
pub(super) const NONE: u32 = u32::MAX;

/// The same hashes in every run, on every machine.
pub(super) const HASHER: FixedState = FixedState::with_seed(0);

/// What tells written forms apart: length, kind and the first 16 bytes.
///
/// Forms of up to 16 bytes, which nearly all are, are told apart by it alone, without a look at
/// their text and without a branch on their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    low: u64,
    high: u64,
    /// The length in bytes times 16, plus the kind.
    shape: u32,
}

impl Key {
    const WIDTH: usize = 16;
    const KIND_BITS: u32 = 4;
    pub(super) const LONGEST: usize = (u32::MAX >> Self::KIND_BITS) as usize;

    /// The key of the form at a range of bytes of a text; [`NO_FORM`](Self::NO_FORM) if the range is empty,
    /// is not in the text or is longer than [`LONGEST`](Self::LONGEST).
    #[inline]
    pub(super) fn new(text: &[u8], range: &Range<usize>, kind: TokenKind) -> Self {
        let len = range.end.wrapping_sub(range.start);
        if len.wrapping_sub(1) >= Self::LONGEST || range.end > text.len() {
            return Self::NO_FORM;
        }
        let Some(rest) = text.get(range.start..) else { return Self::NO_FORM };
        let first = match rest.first_chunk() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => Self::last_bytes(rest),
        };
        // What comes after the form does not belong to it.
        let in_low = len.min(8) as u32;
        let in_high = len.min(16) as u32 - in_low;
        let low = (first as u64) << (64 - 8 * in_low);
        let high = ((first >> 64) as u64).checked_shl(64 - 8 * in_high).unwrap_or(0);
        Self { low, high, shape: (len as u32) << Self::KIND_BITS | kind as u32 }
    }

    /// Fewer bytes than a key holds, filled up.
    #[cold]
    fn last_bytes(rest: &[u8]) -> u128 {
        let mut bytes = [0; Self::WIDTH];
        bytes[..rest.len()].copy_from_slice(rest);
        u128::from_le_bytes(bytes)
    }

    /// The key of what is none: no form has it.
    pub(super) const NO_FORM: Self = Self { low: 0, high: 0, shape: u32::MAX };

    /// Whether the first bytes are not all.
    fn is_long(self) -> bool {
        self.shape >= ((Self::WIDTH as u32) + 1) << Self::KIND_BITS
    }

    pub(super) fn is_char_ngram(self) -> bool {
        use TokenKind::{CharNgram, WholeWord, WordEnd, WordStart};
        let kind = u32::from(self.kind());
        [CharNgram, WordStart, WordEnd, WholeWord].iter().any(|&known| known as u32 == kind)
    }

    /// The kind of token, as a number.
    pub(super) fn kind(self) -> u8 {
        (self.shape & ((1 << Self::KIND_BITS) - 1)) as u8
    }

    fn len(self) -> usize {
        (self.shape >> Self::KIND_BITS) as usize
    }

    /// Long forms that start alike and are as long share it; they have another, see [`hash_of`].
    #[inline]
    fn hash(self) -> u64 {
        let mut hasher = HASHER.build_hasher();
        hasher
            .write_u128(u128::from(self.high) << 64 | u128::from(self.low ^ u64::from(self.shape)));
        hasher.finish()
    }
}

/// A distinct written form, with all that most hits need, in half a cache line: the forms of a large
/// corpus fit no cache, and each line that a look-up touches is a wait.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Form {
    low: u64,
    high: u64,
    shape: u32,
    /// The node of the word that it counts as, or [`NONE`].
    pub(super) node: u32,
    /// Where it stands among the written forms.
    start: u32,
    /// How often it was seen; stays at 4 billion.
    pub(super) uses: u32,
}

impl Form {
    /// A place where none is: forms have at least one byte.
    const EMPTY: Self = Self { low: 0, high: 0, shape: 0, node: NONE, start: 0, uses: 0 };

    pub(super) fn key(&self) -> Key {
        Key { low: self.low, high: self.high, shape: self.shape }
    }

    fn hash(&self, written: &str) -> u64 {
        hash_of(self.key(), self.text(written).as_bytes())
    }

    /// Where it stands among the written forms, and its length.
    pub(super) fn written(&self) -> (u32, u32) {
        (self.start, self.key().len() as u32)
    }

    fn text<'s>(&self, written: &'s str) -> &'s str {
        &written[self.start as usize..][..self.key().len()]
    }

    /// Whether this is the form with that key and text; the text matters for long ones only.
    #[inline]
    fn is(&self, key: Key, text: &[u8], written: &str) -> bool {
        self.key() == key && (key.len() <= Key::WIDTH || self.text(written).as_bytes() == text)
    }
}

/// Where a form belongs. Of long forms all of the text counts: addresses of one site begin alike.
#[inline]
fn hash_of(key: Key, text: &[u8]) -> u64 {
    if !key.is_long() {
        return key.hash();
    }
    let mut hasher = HASHER.build_hasher();
    hasher.write(text);
    hasher.finish()
}

/// The place in a table of a power of two of them.
#[inline]
fn home_of(hash: u64, n_places: usize) -> usize {
    (hash >> (64 - n_places.trailing_zeros())) as usize
}

/// Where a form belongs that is not there, unless another has come to this place, or the table has grown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vacant(usize);

/// The forms seen so far with their text: a table with open addresses and linear probing.
///
/// It is our own for two reasons. [`count_at_home`](Self::count_at_home) looks many forms up at once,
/// each in one place and without a branch, so that the processor waits for many lines of memory at the
/// same time; of two forms that would lie in one place the more frequent does, so nearly all are found so.
/// And places follow the hash from its highest bits on, so that a table that grows or takes in another is
/// read and written from one end to the other, not here and there.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    /// A power of two of them, or none.
    places: Vec<Form>,
    taken: usize,
    written: String,
}

impl Forms {
    /// Where the form with a key belongs, which is then on its way from memory; for
    /// [`count_at_home`](Self::count_at_home).
    #[inline]
    pub(super) fn home(&self, key: Key) -> u32 {
        let home = home_of(key.hash(), self.places.len().max(2));
        prefetch(&self.places, home);
        home as u32
    }

    /// Counts a use of each of a few forms that lies where its hash says. Puts the nodes of those into
    /// `nodes`, and returns a bit for each of the others.
    pub(super) fn count_at_home(&mut self, keys: &[Key], homes: &[u32], nodes: &mut [u32]) -> u64 {
        let mut others = 0;
        for (bit, ((key, node), home)) in keys.iter().zip(nodes).zip(homes).enumerate() {
            let form = &mut self.places[*home as usize];
            let differs = (form.low ^ key.low)
                | (form.high ^ key.high)
                | u64::from(form.shape ^ key.shape)
                | u64::from(key.is_long());
            form.uses = form.uses.saturating_add(u32::from(differs == 0));
            *node = form.node;
            others |= u64::from(differs != 0) << bit;
        }
        others
    }

    /// Counts some uses of a form and gives its node, or the place where it belongs if it was not seen.
    pub(super) fn count(&mut self, key: Key, text: &[u8], uses: u32) -> Result<u32, Vacant> {
        self.reserve(self.taken + 1);
        let home = home_of(hash_of(key, text), self.places.len());
        self.count_from(home, key, text, uses)
    }

    /// As [`count`](Self::count), of a form that may lie elsewhere than at the [`home`](Self::home) of its key.
    pub(super) fn count_near(&mut self, home: u32, key: Key, text: &[u8]) -> Result<u32, Vacant> {
        if key.is_long() {
            return self.count(key, text, 1);
        }
        self.count_from(home as usize, key, text, 1)
    }

    fn count_from(&mut self, home: usize, key: Key, text: &[u8], uses: u32) -> Result<u32, Vacant> {
        let last = self.places.len() - 1;
        let mut place = home;
        let form = loop {
            let form = &mut self.places[place];
            if form.shape == 0 {
                return Err(Vacant(place));
            }
            if form.is(key, text, &self.written) {
                break form;
            }
            place = (place + 1) & last;
        };
        form.uses = form.uses.saturating_add(uses);
        let (node, uses) = (form.node, form.uses);
        // All places between the two are taken, so either is found from its home in both.
        if place != home && !key.is_long() && uses > self.places[home].uses {
            self.places.swap(place, home);
        }
        Ok(node)
    }

    /// Whether nothing has come to a place since.
    pub(super) fn is_vacant(&self, place: Vacant) -> bool {
        self.places[place.0].shape == 0
    }

    /// Makes room for so many forms in all.
    pub(super) fn reserve(&mut self, n_forms: usize) {
        // At most three quarters are full, so that what is not at home is near.
        let n_places = n_forms + n_forms / 3 + 1;
        if n_places <= self.places.len() {
            return;
        }
        let n_places = n_places.next_power_of_two().max(64);
        let places = std::mem::replace(&mut self.places, vec![Form::EMPTY; n_places]);
        for form in places.into_iter().filter(|form| form.shape != 0) {
            let mut place = home_of(form.hash(&self.written), n_places);
            while self.places[place].shape != 0 {
                place = (place + 1) & (n_places - 1);
            }
            self.places[place] = form;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.taken
    }

    /// How many bytes of spellings there are.
    pub(super) fn n_bytes(&self) -> usize {
        self.written.len()
    }

    /// The longest way from where a form belongs to where it is.
    #[cfg(test)]
    fn longest_way(&self) -> usize {
        let last = self.places.len() - 1;
        let way = |(place, form): (usize, &Form)| {
            place.wrapping_sub(home_of(form.hash(&self.written), self.places.len())) & last
        };
        let forms = self.places.iter().enumerate().filter(|(_, form)| form.shape != 0);
        forms.map(way).max().unwrap_or(0)
    }

    /// Adds a form that is not there, where it belongs.
    pub(super) fn insert(&mut self, place: Vacant, key: Key, text: &str, node: u32, uses: u32) {
        let Key { low, high, shape } = key;
        let start = index(self.written.len());
        self.written.push_str(text);
        self.places[place.0] = Form { low, high, shape, node, start, uses };
        self.taken += 1;
    }

    /// Takes in the forms of another, their nodes numbered from `first` on.
    pub(super) fn merge(&mut self, other: &Self, first: u32) {
        // All room first: forms come in the order of their places, which fills a smaller table from
        // one end.
        self.reserve(self.len() + other.len());
        for (form, text) in other.iter() {
            if let Err(place) = self.count(form.key(), text.as_bytes(), form.uses) {
                let node = if form.node == NONE { NONE } else { first + form.node };
                self.insert(place, form.key(), text, node, form.uses);
            }
        }
    }

    /// Gives the nodes numbered from `first` on other numbers.
    pub(super) fn renumber(&mut self, first: u32, numbers: &[u32]) {
        fill_rows(&mut self.places, 1, 1 << 14, |_, places| {
            for form in places.iter_mut().filter(|form| form.node != NONE && form.node >= first) {
                form.node = numbers[(form.node - first) as usize];
            }
        });
    }

    /// All forms, nearly in the order of their hashes.
    pub(super) fn all(&self) -> impl Iterator<Item = &Form> {
        self.places.iter().filter(|form| form.shape != 0)
    }

    /// All forms with their text, in the same order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Form, &str)> {
        self.all().map(|form| (form, form.text(&self.written)))
    }

    /// What is [written](Form::written) at a place.
    pub(super) fn text(&self, start: u32, len: u32) -> &str {
        &self.written[start as usize..][..len as usize]
    }
}

/// Columns and places are 32 bits wide; as many distinct terms would need some hundred gigabytes.
pub(super) fn index(number: usize) -> u32 {
    let index = u32::try_from(number).unwrap_or(NONE);
    assert!(index < NONE, "more than {NONE} distinct terms, or bytes of spellings");
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_short_forms_apart() {
        let mut forms: Vec<String> = ["a", "b", "ab", "ba", "aab", "aba", "abab", "é", "a\0", "\0"]
            .map(String::from)
            .to_vec();
        for len in 4..=16 {
            for at in 0..len {
                forms.push((0..len).map(|i| if i == at { 'x' } else { 'a' }).collect());
            }
        }
        for (i, one) in forms.iter().enumerate() {
            let key_of = |form: &str, kind| Key::new(form.as_bytes(), &(0..form.len()), kind);
            let key = key_of(one, TokenKind::Word);
            // What stands around a form does not matter.
            let text = format!("ab {one} and so on, and on");
            assert_eq!(key, Key::new(text.as_bytes(), &(3..3 + one.len()), TokenKind::Word));
            assert_ne!(key, key_of(one, TokenKind::Number));
            for other in &forms[i + 1..] {
                assert_ne!(key, key_of(other, TokenKind::Word), "{one} {other}");
            }
        }
    }

    #[test]
    #[allow(clippy::reversed_empty_ranges)]
    fn ranges_that_are_none_have_no_key() {
        let key = |range| Key::new("some text".as_bytes(), &range, TokenKind::Word);
        assert!(key(0..4) != Key::NO_FORM && key(5..9) != Key::NO_FORM);
        for range in [0..0, 9..9, 9..12, 3..2, 0..10, 8..3, 20..usize::MAX] {
            assert_eq!(key(range.clone()), Key::NO_FORM, "{range:?}");
        }
    }

    #[test]
    fn forms_are_near_where_they_belong() {
        let key = |text: &str| Key::new(text.as_bytes(), &(0..text.len()), TokenKind::Word);
        let add = |forms: &mut Forms, text: &str, node| {
            let place = forms.count(key(text), text.as_bytes(), 1).unwrap_err();
            forms.insert(place, key(text), text, node, 1);
        };
        let mut forms = Forms::default();
        for i in 0..40_000 {
            for text in [format!("word{i}"), format!("https://a.org/world/{i:08}")] {
                add(&mut forms, &text, i);
            }
        }
        assert_eq!(forms.len(), 80_000);
        assert!(forms.longest_way() < 200, "{}", forms.longest_way());
        // In the order of another table, as when builders are merged.
        let mut merged = Forms::default();
        merged.reserve(forms.len());
        for (form, text) in forms.iter() {
            add(&mut merged, text, form.node);
        }
        assert!(merged.longest_way() < 200, "{}", merged.longest_way());
        for i in [0, 7, 39_999] {
            let text = format!("https://a.org/world/{i:08}");
            assert_eq!(merged.count(key(&text), text.as_bytes(), 1).ok(), Some(i));
        }
    }

    #[test]
    fn a_form_takes_half_a_cache_line() {
        assert_eq!(size_of::<Form>(), 32);
    }
}
