//! In which of its written forms is a word shown?

use super::form::Text;
use super::forms::{Form, FormId, Forms, NONE};
use super::nodes::Nodes;
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
    several: Vec<Shown<Text<'t>>>,
}

#[derive(Clone, Copy)]
enum Found {
    /// Runs of characters.
    None,
    One(FormId),
    /// The place in [`ShownForms::several`].
    Several(u32),
}

impl<'t> ShownForms<'t> {
    pub(super) fn new(forms: &'t Forms, nodes: &'t Nodes) -> Self {
        let words = nodes.words();
        let mut shown =
            Self { forms, words, found: vec![Found::None; words.len()], several: Vec::new() };
        for form in forms.all() {
            if form.node == NONE || form.key.is_char_ngram() {
                continue;
            }
            if let Some(word) = nodes.word_of(form.node) {
                shown.add(word, form);
            }
        }
        shown
    }

    fn add(&mut self, word: usize, form: Form) {
        let (forms, found) = (self.forms, &mut self.found[word]);
        let place = match *found {
            Found::None => {
                *found = Found::One(form.id);
                return;
            }
            Found::One(first) => {
                let place = self.several.len();
                *found = Found::Several(place as u32);
                self.several.push(Shown::default());
                self.several[place].add(forms.text(first), u64::from(forms.uses(first)));
                place
            }
            Found::Several(place) => place as usize,
        };
        self.several[place].add(forms.text(form.id), u64::from(form.uses));
    }

    /// The forms in which all words are shown.
    pub(super) fn all(&self) -> Strings {
        let mut all = Strings::with_capacity(self.words.len(), self.words.text().len());
        for word in 0..self.words.len() {
            all.push(self.of(word).as_ref());
        }
        all
    }

    /// The form in which a word is shown.
    pub(super) fn of(&self, word: usize) -> Text<'t> {
        let itself = || Text::Long(self.words.get(word));
        match self.found[word] {
            Found::None => itself(),
            Found::One(form) => self.forms.text(form),
            Found::Several(place) => self.several[place as usize].form().unwrap_or_else(itself),
        }
    }
}

/// Which of many written forms is shown, see [`ShownForms`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Shown<T> {
    uses: u64,
    lowercase_uses: u64,
    most: (u64, T),
    most_lowercase: (u64, T),
}

impl<T: AsRef<[u8]> + Copy> Shown<T> {
    pub(crate) fn add(&mut self, form: T, uses: u64) {
        let text = form.as_ref();
        let keep_more = |most: &mut (u64, T)| {
            if uses > most.0 || (uses == most.0 && text < most.1.as_ref()) {
                *most = (uses, form);
            }
        };
        self.uses += uses;
        keep_more(&mut self.most);
        if !has_capitals(text) {
            self.lowercase_uses += uses;
            keep_more(&mut self.most_lowercase);
        }
    }

    /// The form to show, if there was one.
    pub(crate) fn form(&self) -> Option<T> {
        let lowercase = self.lowercase_uses > 0 && 3 * self.lowercase_uses >= self.uses;
        let form = if lowercase { self.most_lowercase.1 } else { self.most.1 };
        (self.uses > 0).then_some(form)
    }
}

fn has_capitals(text: &[u8]) -> bool {
    if text.is_ascii() {
        return text.iter().any(u8::is_ascii_uppercase);
    }
    std::str::from_utf8(text).is_ok_and(|text| text.contains(char::is_uppercase))
}
