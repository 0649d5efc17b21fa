//! Which written forms were seen? Found again at little cost.

use super::form::{Brief, Full, Text};
use super::key::Key;
use super::places::{AT_ONCE, Asked, Lookups, Places, Vacant};
use crate::parallel::join;
use crate::text::{Span, TokenKind};

/// A word that does not count, or the prefix that a single word does not have.
pub(super) const NONE: u32 = u32::MAX;

/// A form as others see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// With which [`Forms::text`] finds it again, as long as none is added.
    pub(super) id: FormId,
    pub(super) key: Key,
    /// The node of the word that it counts as, or [`NONE`].
    pub(super) node: u32,
    /// How often it was seen; stays at 4 billion.
    pub(super) uses: u32,
}

/// The place of a form in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormId {
    Brief(u32),
    Full(u32),
}

/// Forms that are looked for together.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    brief: Lookups<u64>,
    full: Lookups<Key>,
}

impl Batch {
    pub(super) const MOST: usize = AT_ONCE;

    /// Takes out one of the forms that were not found at home.
    #[inline]
    pub(super) fn next_other(&mut self) -> Option<Asked<Key>> {
        let brief = self.brief.next_other();
        let brief =
            brief.map(|Asked { key, home, at }| Asked { key: Key::of_brief(key), home, at });
        brief.or_else(|| self.full.next_other())
    }
}

/// The forms seen so far: short ones in a table of their own, since most are short and
/// each line of memory that a look-up touches is a wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    brief: Places<Brief>,
    full: Places<Full>,
    /// The texts of long forms.
    written: String,
}

impl Forms {
    /// Adds forms of a text to those that are looked for together, if they are of a kind that `counts`. They are then on
    /// their way from memory.
    #[inline]
    pub(super) fn ask(
        &self,
        batch: &mut Batch,
        text: &[u8],
        spans: &[Span],
        counts: impl Fn(TokenKind) -> bool,
    ) {
        // Nobody can guess which are brief: written down are all, and the next over those that are not.
        let (mut rest, mut n_rest) = ([0; Batch::MOST], 0);
        for (at, span) in spans.iter().take(Batch::MOST).enumerate() {
            let key = Key::brief_of(text, &span.range, span.kind);
            let home = self.brief.fetch(Brief::hash_of(key));
            let counts = counts(span.kind);
            batch.brief.push(Asked { key, home, at: at as u32 }, counts && key != 0);
            rest[n_rest % Batch::MOST] = at as u32;
            n_rest += usize::from(counts && key == 0);
        }
        for &at in &rest[..n_rest] {
            let Span { range, kind } = &spans[at as usize];
            let key = Key::new(text, range, *kind);
            if key.is_brief() {
                let home = self.brief.fetch(Brief::hash_of(key.brief()));
                batch.brief.push(Asked { key: key.brief(), home, at }, true);
            } else {
                let home = self.full.fetch(key.hash());
                batch.full.push(Asked { key, home, at }, true);
            }
        }
    }

    /// Counts a use of each form of a batch that lies where its hash says, and puts its node where it was
    /// asked for. The batch holds the others then.
    pub(super) fn count_at_home(&mut self, batch: &mut Batch, nodes: &mut [u32; Batch::MOST]) {
        self.brief.count_at_home(&mut batch.brief, nodes);
        self.full.count_at_home(&mut batch.full, nodes);
    }

    /// Counts some uses of a form and gives its node, or the place where it belongs if it was not seen.
    pub(super) fn count(&mut self, key: Key, text: &[u8], uses: u32) -> Result<u32, Vacant> {
        self.make_room(1);
        let home = if key.is_brief() {
            self.brief.home(Brief::hash_of(key.brief()))
        } else {
            self.full.home(key.hash_of(text))
        };
        self.count_from(home, key, text, uses)
    }

    /// As [`count`](Self::count), of a form that was [asked](Self::ask) for and is not long, or may lie elsewhere.
    pub(super) fn count_near(&mut self, home: u32, key: Key, text: &[u8]) -> Result<u32, Vacant> {
        if key.is_long() {
            self.count(key, text, 1)
        } else {
            self.count_from(home as usize, key, text, 1)
        }
    }

    fn count_from(&mut self, home: usize, key: Key, text: &[u8], uses: u32) -> Result<u32, Vacant> {
        if key.is_brief() {
            let brief = key.brief();
            return self.brief.count_from(home, uses, true, |form| form.key == brief);
        }
        let written = &self.written;
        self.full.count_from(home, uses, !key.is_long(), |form| form.is(key, text, written))
    }

    /// Whether nothing has come to the place of a form since.
    pub(super) fn is_vacant(&self, place: Vacant, key: Key) -> bool {
        if key.is_brief() { self.brief.is_vacant(place) } else { self.full.is_vacant(place) }
    }

    /// Makes room for so many forms in all, brief and others.
    pub(super) fn reserve(&mut self, n_brief: usize, n_full: usize) {
        self.brief.reserve(n_brief, Brief::hash);
        self.full.reserve(n_full, |form| form.hash(&self.written));
    }

    /// Makes room for so many more forms of either kind.
    pub(super) fn make_room(&mut self, n_more: usize) {
        self.reserve(self.brief.len() + n_more, self.full.len() + n_more);
    }

    pub(super) fn len(&self) -> usize {
        self.brief.len() + self.full.len()
    }

    /// How many bytes of spellings there are besides the keys.
    pub(super) fn n_bytes(&self) -> usize {
        self.written.len()
    }

    /// Adds a form that is not there, where it belongs.
    pub(super) fn insert(&mut self, place: Vacant, key: Key, text: &str, node: u32, uses: u32) {
        if key.is_brief() {
            return self.brief.insert(place, Brief { key: key.brief(), node, uses });
        }
        let start = index(self.written.len());
        if key.is_long() {
            self.written.push_str(text);
        }
        let Key { low, high, shape } = key;
        self.full.insert(place, Full { low, high, shape, node, start, uses });
    }

    /// Takes in the forms of another, their nodes numbered from `first` on.
    pub(super) fn merge(&mut self, other: &Self, first: u32) {
        let here = |node| if node == NONE { NONE } else { first + node };
        let Self { brief, full, written } = self;
        let merge_brief = || {
            brief.reserve_for(&other.brief, Brief::hash);
            for (_, &form) in other.brief.iter() {
                brief.reserve(brief.len() + 1, Brief::hash);
                let home = brief.home(form.hash());
                let found = brief.count_from(home, form.uses, true, |known| known.key == form.key);
                if let Err(place) = found {
                    brief.insert(place, Brief { node: here(form.node), ..form });
                }
            }
        };
        let merge_full = || {
            full.reserve_for(&other.full, |form| form.hash(written));
            for (_, &form) in other.full.iter() {
                full.reserve(full.len() + 1, |form| form.hash(written));
                let (key, text) = (form.key(), form.long_text(&other.written));
                let home = full.home(key.hash_of(text.as_bytes()));
                let is = |known: &Full| known.is(key, text.as_bytes(), written);
                if let Err(place) = full.count_from(home, form.uses, !key.is_long(), is) {
                    let start = index(written.len());
                    written.push_str(text);
                    full.insert(place, Full { node: here(form.node), start, ..form });
                }
            }
        };
        join(merge_brief, merge_full);
    }

    /// Gives the nodes numbered from `first` on other numbers.
    pub(super) fn renumber(&mut self, first: u32, numbers: &[u32]) {
        self.brief.renumber(first, numbers);
        self.full.renumber(first, numbers);
    }

    /// All forms, in no order that means anything.
    pub(super) fn all(&self) -> impl Iterator<Item = Form> {
        let brief = self.brief.iter().map(|(place, form)| {
            let Brief { node, uses, .. } = *form;
            Form { id: FormId::Brief(place), key: form.key(), node, uses }
        });
        let full = self.full.iter().map(|(place, form)| {
            let Full { node, uses, .. } = *form;
            Form { id: FormId::Full(place), key: form.key(), node, uses }
        });
        brief.chain(full)
    }

    /// How a form is written.
    pub(super) fn text(&self, id: FormId) -> Text<'_> {
        match id {
            FormId::Brief(place) => Text::of(self.brief.at(place).key()),
            FormId::Full(place) => self.full.at(place).text(&self.written),
        }
    }

    /// How often a form was seen.
    pub(super) fn uses(&self, id: FormId) -> u32 {
        match id {
            FormId::Brief(place) => self.brief.at(place).uses,
            FormId::Full(place) => self.full.at(place).uses,
        }
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
    use crate::text::TokenKind;

    #[test]
    fn forms_are_near_where_they_belong() {
        let key = |text: &str| Key::new(text.as_bytes(), &(0..text.len()), TokenKind::Word);
        let add = |forms: &mut Forms, text: &str, node| {
            let place = forms.count(key(text), text.as_bytes(), 1).unwrap_err();
            forms.insert(place, key(text), text, node, 1);
        };
        let longest_way = |forms: &Forms| {
            let full = forms.full.longest_way(|form| form.hash(&forms.written));
            full.max(forms.brief.longest_way(Brief::hash))
        };
        let mut forms = Forms::default();
        for i in 0..40_000 {
            let long = format!("https://a.org/world/{i:08}");
            for text in [format!("w{i}"), format!("someword{i}"), long] {
                add(&mut forms, &text, i);
            }
        }
        assert_eq!(forms.len(), 120_000);
        assert!(longest_way(&forms) < 200, "{}", longest_way(&forms));
        // In the order of another table, as when builders are merged.
        let mut merged = Forms::default();
        merged.reserve(forms.brief.len(), forms.full.len());
        for form in forms.all() {
            add(&mut merged, forms.text(form.id).as_ref(), form.node);
        }
        assert!(longest_way(&merged) < 200, "{}", longest_way(&merged));
        for i in [0, 7, 39_999] {
            let text = format!("https://a.org/world/{i:08}");
            assert_eq!(merged.count(key(&text), text.as_bytes(), 1).ok(), Some(i));
        }
    }
}
