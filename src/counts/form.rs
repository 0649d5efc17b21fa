//! How is a written form kept? In a place of a table, in as little room as can be.

use std::hash::{BuildHasher, Hasher};

use super::forms::NONE;
use super::key::{HASHER, Key};
use super::places::Place;

/// A form of at most 7 bytes: four of them share a cache line. Nine of ten tokens are such, and all forms of a large
/// corpus fit no cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
pub(super) struct Brief {
    /// All of its key, see [`Key::brief`]; 0 where there is none.
    pub(super) key: u64,
    pub(super) node: u32,
    pub(super) uses: u32,
}

impl Place for Brief {
    type Key = u64;

    // Not zeros, of which the system would hand out each page when it is first written to, here and there: all from
    // one end to the other is faster, and most of all on two threads.
    const EMPTY: Self = Self { key: 0, node: NONE, uses: 0 };

    #[inline]
    fn is_empty(&self) -> bool {
        self.key == 0
    }

    #[inline]
    fn differs(&self, key: u64) -> u64 {
        self.key ^ key
    }

    #[inline]
    fn node(&mut self) -> &mut u32 {
        &mut self.node
    }

    #[inline]
    fn uses(&mut self) -> &mut u32 {
        &mut self.uses
    }
}

impl Brief {
    /// Where a form with such a key belongs.
    #[inline]
    pub(super) fn hash_of(key: u64) -> u64 {
        let mut hasher = HASHER.build_hasher();
        hasher.write_u64(key);
        hasher.finish()
    }

    pub(super) fn hash(&self) -> u64 {
        Self::hash_of(self.key)
    }

    pub(super) fn key(&self) -> Key {
        Key::of_brief(self.key)
    }
}

/// Any other form, with all that most hits need, in half a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Full {
    pub(super) low: u64,
    pub(super) high: u64,
    pub(super) shape: u32,
    pub(super) node: u32,
    /// Where it stands among the written forms, if its key does not hold it.
    pub(super) start: u32,
    pub(super) uses: u32,
}

impl Place for Full {
    type Key = Key;

    const EMPTY: Self = Self { low: 0, high: 0, shape: 0, node: NONE, start: 0, uses: 0 };

    /// Forms have at least one byte.
    #[inline]
    fn is_empty(&self) -> bool {
        self.shape == 0
    }

    /// Long forms that start alike share a key, so it tells of none.
    #[inline]
    fn differs(&self, key: Key) -> u64 {
        (self.low ^ key.low)
            | (self.high ^ key.high)
            | u64::from(self.shape ^ key.shape)
            | u64::from(key.is_long())
    }

    #[inline]
    fn node(&mut self) -> &mut u32 {
        &mut self.node
    }

    #[inline]
    fn uses(&mut self) -> &mut u32 {
        &mut self.uses
    }
}

impl Full {
    pub(super) fn key(&self) -> Key {
        Key { low: self.low, high: self.high, shape: self.shape }
    }

    /// The text of a long form, nothing of any other.
    pub(super) fn long_text<'s>(&self, written: &'s str) -> &'s str {
        let key = self.key();
        if key.is_long() { &written[self.start as usize..][..key.len()] } else { "" }
    }

    pub(super) fn text<'s>(&self, written: &'s str) -> Text<'s> {
        let key = self.key();
        if key.is_long() { Text::Long(self.long_text(written)) } else { Text::of(key) }
    }

    pub(super) fn hash(&self, written: &str) -> u64 {
        self.key().hash_of(self.long_text(written).as_bytes())
    }

    /// Whether this is the form with that key and text; the text matters for long ones only.
    #[inline]
    pub(super) fn is(&self, key: Key, text: &[u8], written: &str) -> bool {
        self.key() == key && (!key.is_long() || self.long_text(written).as_bytes() == text)
    }
}

/// The spelling of a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Text<'t> {
    /// What a key held: so many of these bytes.
    Short([u8; 16], u8),
    Long(&'t str),
}

impl Text<'_> {
    pub(super) fn of(key: Key) -> Self {
        Self::Short(key.bytes(), key.len() as u8)
    }
}

impl AsRef<[u8]> for Text<'_> {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Short(bytes, len) => &bytes[..usize::from(*len)],
            Self::Long(text) => text.as_bytes(),
        }
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        match self {
            Self::Long(text) => text,
            Self::Short(..) => std::str::from_utf8(self.as_ref()).unwrap_or_default(),
        }
    }
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::Long("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_take_a_half_and_a_quarter_of_a_cache_line() {
        assert_eq!((size_of::<Full>(), size_of::<Brief>()), (32, 16));
    }
}
