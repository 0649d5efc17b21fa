//! In which of its written forms is a word shown?

use super::forms::{Form, Forms, NONE};
use super::nodes::Node;
use super::strings::Strings;

/// How each word is shown: the form in which it was written most often, ties broken by name. A
/// form without capitals goes before all others if a third of the uses have none, so that a
/// word which often starts a sentence or stands in a headline does not look like a name. Runs of
/// characters are shown as they are counted, with the spaces that belong to them.
pub(super) struct ShownForms<'t> {
    forms: &'t Forms,
    words: &'t Strings,
    /// For each word what was found first. Most have one form, whose text need not be looked at.
    found: Vec<Found>,
    several: Vec<Shown<'t>>,
}

#[derive(Clone, Copy)]
enum Found {
    /// Runs of characters.
    None,
    /// Where the form is written, and how often it was used.
    One { start: u32, len: u32, uses: u32 },
    /// The place in [`ShownForms::several`].
    Several(u32),
}

impl<'t> ShownForms<'t> {
    pub(super) fn new(forms: &'t Forms, nodes: &[Node], words: &'t Strings) -> Self {
        let mut shown =
            Self { forms, words, found: vec![Found::None; words.len()], several: Vec::new() };
        let counted = |form: &&Form| form.node != NONE && !form.key().is_char_ngram();
        for form in forms.all().filter(counted) {
            shown.add(nodes[form.node as usize].last, form);
        }
        shown
    }

    fn add(&mut self, word: u32, form: &Form) {
        let (forms, found) = (self.forms, &mut self.found[word as usize]);
        let (start, len) = form.written();
        let place = match *found {
            Found::None => {
                *found = Found::One { start, len, uses: form.uses };
                return;
            }
            Found::One { start, len, uses } => {
                let place = self.several.len();
                *found = Found::Several(place as u32);
                self.several.push(Shown::default());
                self.several[place].add(forms.text(start, len), u64::from(uses));
                place
            }
            Found::Several(place) => place as usize,
        };
        self.several[place].add(forms.text(start, len), u64::from(form.uses));
    }

    /// The form in which a word is shown.
    pub(super) fn of(&self, word: usize) -> &'t str {
        match self.found[word] {
            Found::None => self.words.get(word),
            Found::One { start, len, .. } => self.forms.text(start, len),
            Found::Several(place) => {
                self.several[place as usize].form().unwrap_or_else(|| self.words.get(word))
            }
        }
    }
}

/// Which of many written forms is shown, see [`ShownForms`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Shown<'s> {
    uses: u64,
    lowercase_uses: u64,
    most: (u64, &'s str),
    most_lowercase: (u64, &'s str),
}

impl<'s> Shown<'s> {
    pub(crate) fn add(&mut self, form: &'s str, uses: u64) {
        let keep_more = |most: &mut (u64, &'s str)| {
            if uses > most.0 || (uses == most.0 && form < most.1) {
                *most = (uses, form);
            }
        };
        self.uses += uses;
        keep_more(&mut self.most);
        // Nearly all that have none are told by their bytes.
        let plain = form.bytes().all(|byte| byte.is_ascii_lowercase());
        if plain || !form.contains(char::is_uppercase) {
            self.lowercase_uses += uses;
            keep_more(&mut self.most_lowercase);
        }
    }

    /// The form to show, if there was one.
    pub(crate) fn form(&self) -> Option<&'s str> {
        let lowercase = self.lowercase_uses > 0 && 3 * self.lowercase_uses >= self.uses;
        let form = if lowercase { self.most_lowercase.1 } else { self.most.1 };
        (self.uses > 0).then_some(form)
    }
}
