//! How was each word written? As a table that can be merged with others.

use super::form::Text;
use super::forms::{Form, NONE};
use super::shown::Shown;
use super::strings::Strings;
use super::terms::Terms;
#[cfg(feature = "serde")]
use crate::{Error, Result};

/// The written forms of words with their uses, sorted by word, form and kind of token.
///
/// Words without a form (runs of characters, which are shown as they are counted) are not here.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Spellings {
    words: Strings,
    /// For each word the end of its forms.
    ends: Vec<usize>,
    forms: Strings,
    /// For each form the kind of token: one spelling of two kinds is two forms.
    kinds: Vec<u8>,
    uses: Vec<u32>,
}

/// A word, a form of it, the kind of token and how often it was used.
type Spelling<'s> = (&'s str, &'s str, u8, u32);

impl Spellings {
    pub(super) fn of(terms: &Terms) -> Self {
        let forms: Vec<(Form, Text<'_>)> = terms
            .forms()
            .all()
            .filter(|form| form.node != NONE && !form.key.is_char_ngram())
            .map(|form| (form, terms.forms().text(form.id)))
            .collect();
        let word = |form: &Form| terms.words().get(terms.nodes()[form.node as usize].last as usize);
        let spellings = forms
            .iter()
            .map(|(form, text)| (word(form), text.as_ref(), form.key.kind(), form.uses));
        let mut all: Vec<Spelling<'_>> = spellings.collect();
        all.sort_unstable();
        let mut spellings = Self::default();
        for spelling in all {
            spellings.push(spelling);
        }
        spellings.shrink_to_fit();
        spellings
    }

    /// Appends a form that comes after all others, or is the last one again.
    fn push(&mut self, (word, form, kind, uses): Spelling<'_>) {
        let n_words = self.words.len();
        if n_words == 0 || self.words.get(n_words - 1) != word {
            self.words.push(word);
            self.ends.push(self.forms.len());
        } else if let (Some(&last), Some(last_uses)) = (self.kinds.last(), self.uses.last_mut())
            && last == kind
            && self.forms.get(self.forms.len() - 1) == form
        {
            *last_uses = last_uses.saturating_add(uses);
            return;
        }
        self.forms.push(form);
        self.kinds.push(kind);
        self.uses.push(uses);
        if let Some(end) = self.ends.last_mut() {
            *end = self.forms.len();
        }
    }

    fn shrink_to_fit(&mut self) {
        self.words.shrink_to_fit();
        self.forms.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.uses.shrink_to_fit();
    }

    fn iter(&self) -> impl Iterator<Item = Spelling<'_>> {
        self.words.iter().enumerate().flat_map(move |(word, text)| {
            let each = move |at| (text, self.forms.get(at), self.kinds[at], self.uses[at]);
            self.forms_of(word).map(each)
        })
    }

    fn forms_of(&self, word: usize) -> std::ops::Range<usize> {
        let start = if word == 0 { 0 } else { self.ends[word - 1] };
        start..self.ends[word]
    }

    /// The forms of both, uses added up: two sorted lists become one.
    pub(super) fn merged(&self, other: &Self) -> Self {
        let mut merged = Self::default();
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let next = match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if a <= b => left.next(),
                (Some(_), None) => left.next(),
                _ => right.next(),
            };
            let Some(next) = next else { break };
            merged.push(next);
        }
        merged.shrink_to_fit();
        merged
    }

    /// The form in which a word is shown, the word itself if none is known.
    pub(super) fn shown<'s>(&'s self, word: &'s str) -> &'s str {
        let Some(number) = self.words.position(word) else { return word };
        let mut shown = Shown::default();
        for form in self.forms_of(number) {
            shown.add(self.forms.get(form), u64::from(self.uses[form]));
        }
        shown.form().unwrap_or(word)
    }

    /// Whether this is a table that [`of`](Self::of) or [`merged`](Self::merged) could have made.
    #[cfg(feature = "serde")]
    pub(super) fn check(&self) -> Result<()> {
        self.words.check()?;
        self.forms.check()?;
        let n_forms = self.forms.len();
        let fits = self.ends.len() == self.words.len()
            && self.kinds.len() == n_forms
            && self.uses.len() == n_forms
            && self.ends.last().copied().unwrap_or(0) == n_forms
            && self.ends.is_sorted_by(|a, b| a < b)
            && self.ends.first() != Some(&0);
        if !fits {
            return Err(Error::saved("the parts of the written forms differ in length"));
        }
        let place = |(word, form, kind, _)| (word, form, kind);
        if !self.words.iter().is_sorted_by(|a, b| a < b)
            || !self.iter().map(place).is_sorted_by(|a, b| a < b)
        {
            return Err(Error::saved("the written forms are not sorted"));
        }
        if self.uses.contains(&0) {
            return Err(Error::saved("a written form was never used"));
        }
        Ok(())
    }
}
